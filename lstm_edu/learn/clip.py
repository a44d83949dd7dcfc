"""Slopes that are too long, made shorter.

Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML 2013.
"""

import numpy as np

from ..network.layers import Rows


def arrays_of(slopes):
    """The arrays in {name: slopes}; of `Rows` those that are not zero."""
    return [slope.values if isinstance(slope, Rows) else slope for slope in slopes.values()]


def norm(slopes):
    """The length of all slopes {name: array} taken as one vector, as `tf.linalg.global_norm` has it."""
    return float(np.sqrt(sum(float(np.square(array, dtype=np.float64).sum()) for array in arrays_of(slopes))))


def clipped(slopes, longest):
    """The slopes, of the same direction, but no longer than `longest` all together (Keras' `global_clipnorm`)."""
    length = norm(slopes)
    if not length > longest:
        return slopes
    return {name: scaled(slope, longest / length) for name, slope in slopes.items()}


def scaled(slope, share):
    if isinstance(slope, Rows):
        return Rows(slope.ids, scaled(slope.values, share), scaled(slope.squares, share * share))
    return slope * slope.dtype.type(share)
