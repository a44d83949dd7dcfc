"""The cells: NumPy only. `loop` goes through the steps, forth and back; each other file is one cell's equations."""

from .activations import hard_sigmoid, hard_sigmoid_keras2, sigmoid
from .gru import GRUCell, GRUTrace
from .loop import Gradients, Trace
from .lstm import LSTMCell, LSTMTrace
from .simple_rnn import SimpleRNNCell

__all__ = [
    "GRUCell",
    "GRUTrace",
    "Gradients",
    "LSTMCell",
    "LSTMTrace",
    "SimpleRNNCell",
    "Trace",
    "hard_sigmoid",
    "hard_sigmoid_keras2",
    "sigmoid",
]
