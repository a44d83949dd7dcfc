"""Recurrent layers of other libraries as this package's cells, and back, and those of Keras' old files; none of the
libraries is imported.

`dialects.convert` brings the weights of one LSTM from one layout to another; here whole layers are read and written, of
each kind, one above the other and in both directions.
"""

from .keras_h5 import cells_from_h5
from .layer import Layer
from .onnx import cells_from_onnx, to_onnx
from .pytorch import cells_from_pytorch, to_pytorch

__all__ = ["Layer", "cells_from_h5", "cells_from_onnx", "cells_from_pytorch", "to_onnx", "to_pytorch"]
