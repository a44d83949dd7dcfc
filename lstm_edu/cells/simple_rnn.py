"""The plain recurrent cell: one matrix for the input, one for the state, one tanh.

    h_t = tanh(x_t W + h_{t-1} U + b)              x_t (B, D), h (B, U)

W is `kernel` (D, U), U is `recurrent_kernel` (U, U), b is `bias` (U,): the names and layout of Keras' SimpleRNN.
Source: J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990), 179-211.
"""

from ..common import checks
from . import activations
from .activations import ACTIVATIONS, SLOPES
from .loop import Cell


class SimpleRNNCell(Cell):
    """`SimpleRNNCell(kernel, recurrent_kernel, bias=None, activation="tanh")`

    kernel (D, U), recurrent_kernel (U, U), bias (U,) or None. `activation` is a name out of `activations.py`.
    Raises ValueError or TypeError, naming the argument, if a shape, a type or a number does not fit.
    """

    def __init__(self, kernel, recurrent_kernel, bias=None, activation="tanh"):
        self.kernel, self.recurrent_kernel, self.bias = checks.weights(kernel, recurrent_kernel, bias, blocks=1)
        self.activation = activations.named(activation, "activation")
        self.input_size, self.units = self.kernel.shape

    def _turn(self, x_t, h):
        z = x_t @ self.kernel + h @ self.recurrent_kernel  # (B, U)
        if self.bias is not None:
            z = z + self.bias
        return (ACTIVATIONS[self.activation](z),)

    def _back(self, at, d_h):
        """d_h (B, U), the loss' slope for the new state, gives that for z and for the old state, (B, U) each."""
        d_z = d_h * SLOPES[self.activation](at.h)
        return d_z, (d_z @ self.recurrent_kernel.T,)
