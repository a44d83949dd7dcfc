"""The functions that squash a pre-activation, by the names Keras gives them. Each keeps shape and dtype."""

import numpy as np


def sigmoid(z):
    """The gate function 1 / (1 + exp(-z)), from 0 to 1, written with tanh: the same curve, and it never overflows."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def hard_sigmoid(z):
    """Keras 3's straight-line stand-in for the sigmoid: z/6 + 1/2, cut off at 0 and 1 (it reaches both)."""
    return np.clip(z / 6 + 0.5, 0, 1)


def relu(z):
    return np.maximum(z, 0)


def softsign(z):
    return z / (1 + np.abs(z))


def linear(z):
    return z


ACTIVATIONS = {
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "hard_sigmoid": hard_sigmoid,
    "relu": relu,
    "softsign": softsign,
    "linear": linear,
}
