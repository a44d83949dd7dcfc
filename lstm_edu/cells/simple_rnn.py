"""The plain recurrent cell: one matrix for the input, one for the state, one tanh.

    h_t = tanh(x_t W + h_{t-1} U + b)              x_t (B, D), h (B, H)

W is `kernel` (D, H), U is `recurrent_kernel` (H, H), b is `bias` (H,): the names and layout of Keras' SimpleRNN.
Source: J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990), 179-211.
"""

from .activations import curve, named, slope
from .loop import Cell


class SimpleRNNCell(Cell):
    """`SimpleRNNCell(kernel, recurrent_kernel, bias=None, activation="tanh")`

    kernel (D, H), recurrent_kernel (H, H), bias (H,) or None. `activation` is a name out of `activations.py`.
    Raises ValueError or TypeError, naming the argument, if a shape, a type or a number does not fit.

    >>> cell = SimpleRNNCell(kernel=[[1.0]], recurrent_kernel=[[1.0]])
    >>> cell.step([[0.5]], [[0.5]]).round(3).tolist()  # tanh(0.5 + 0.5)
    [[0.762]]
    """

    def __init__(self, kernel, recurrent_kernel, bias=None, activation="tanh"):
        super().__init__(kernel, recurrent_kernel, bias)
        self.activation = named(activation, "activation")

    def turn(self, x_t, h):
        z = x_t @ self.kernel + h @ self.recurrent_kernel  # (B, H)
        if self.bias is not None:
            z = z + self.bias
        return (curve(self.activation)(z),)

    def back(self, at, d_h):
        """d_h (B, H), the loss' slope for the new state, gives that for z and for the old state, (B, H) each."""
        d_z = d_h * slope(self.activation)(at.h)
        return d_z, (d_z @ self.recurrent_kernel.T,)
