"""What squashes a pre-activation, by the names Keras gives it, and each curve's slope. All keep shape and dtype."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


def sigmoid(z):
    """The gate function 1 / (1 + exp(-z)), from 0 to 1, written with tanh: it never overflows.

    To rounding it is the same curve; from about -17 down (float32; -37 in float64) it is 0 and not a tiny number.
    """
    return 0.5 * (1 + np.tanh(0.5 * z))


def hard_sigmoid(z):
    """Keras 3's straight-line stand-in for the sigmoid: z/6 + 1/2, cut off at 0 and 1 (it reaches both)."""
    return np.clip(z / 6 + 0.5, 0, 1)


def hard_sigmoid_keras2(z):
    """The stand-in of Keras 0.3 to 2.15: z/5 + 1/2, cut off at 0 and 1. Keras 3 means another line by that name."""
    return np.clip(0.2 * z + 0.5, 0, 1)


def relu(z):
    return np.maximum(z, 0)


def softsign(z):
    return z / (1 + np.abs(z))


def linear(z):
    return z


class Activation(NamedTuple):
    """A curve, and its slope from the curve's own value y: a cell keeps y and not z. At a corner it is that of the flat
    side.
    """

    curve: Callable
    slope: Callable


ACTIVATIONS = {
    "tanh": Activation(np.tanh, lambda y: 1 - y * y),
    "sigmoid": Activation(sigmoid, lambda y: y * (1 - y)),
    "hard_sigmoid": Activation(hard_sigmoid, lambda y: ((y > 0) & (y < 1)) * y.dtype.type(1 / 6)),
    "hard_sigmoid_keras2": Activation(hard_sigmoid_keras2, lambda y: ((y > 0) & (y < 1)) * y.dtype.type(0.2)),
    "relu": Activation(relu, lambda y: (y > 0).astype(y.dtype)),
    "softsign": Activation(softsign, lambda y: (1 - np.abs(y)) ** 2),
    "linear": Activation(linear, np.ones_like),
}


def named(name, argument):
    """The activation's name, if it is one of these."""
    if not isinstance(name, str):
        raise TypeError(f"{argument}: expected a name out of {sorted(ACTIVATIONS)}, got {type(name).__name__}")
    if name not in ACTIVATIONS:
        raise ValueError(f"{argument}: expected one of {sorted(ACTIVATIONS)}, got {name!r}")
    return name


def curve(name):
    return ACTIVATIONS[name].curve


def slope(name):
    return ACTIVATIONS[name].slope
