"""The LSTM cell: a belt `c` beside the state `h`, and three gates that decide what is kept, written and read.

    f = sigmoid(x_t W_f + h_{t-1} U_f + b_f)       how much of the belt is kept
    i = sigmoid(x_t W_i + h_{t-1} U_i + b_i)       how much of the candidate is written
    g =    tanh(x_t W_g + h_{t-1} U_g + b_g)       the candidate (Keras calls it c)
    o = sigmoid(x_t W_o + h_{t-1} U_o + b_o)       how much of the belt is read
    c_t = f * c_{t-1} + i * g                      products element by element
    h_t = o * tanh(c_t)                            every letter (B, H), x_t (B, D)

The weights come in Keras' layout, the four blocks of H columns side by side in the order i, f, g, o:
kernel (D, 4H), recurrent_kernel (H, 4H), bias (4H,).

The way back turns every line round. d_h and d_c are a loss' slopes for the new h_t and c_t:

    d_c += d_h * o * tanh'(c_t)                    the belt is read, and goes on: both slopes add up
    d_o = d_h * tanh(c_t)    d_f = d_c * c_{t-1}    d_i = d_c * g    d_g = d_c * i
    d_z = each times the slope of its sigmoid or tanh
    d_c_{t-1} = d_c * f      d_h_{t-1} = d_z U^T    the belt has no matrix on its way back, either

Sources: S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997), 1735-1780 (the belt,
i and o); F. Gers, J. Schmidhuber, F. Cummins, "Learning to forget", Neural Computation 12 (2000), 2451-2471 (f).
"""

from dataclasses import dataclass

import numpy as np

from .activations import curve, named, slope
from .fast import FastRun
from .loop import Cell
from .trace import Trace


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class LSTMTrace(Trace):
    """A `Trace` with the gates, the candidate and the belt, (B, T, H) each: 6 * B * T * H numbers with h.

    >>> import numpy as np
    >>> trace = LSTMCell(np.zeros((1, 4)), np.zeros((1, 4))).run(np.ones((1, 2, 1)), ([[0.0]], [[8.0]]))
    >>> trace.f.tolist(), trace.c.tolist(), trace.before("c").tolist()
    ([[[0.5], [0.5]]], [[[4.0], [2.0]]], [[[8.0], [4.0]]])
    """

    i: np.ndarray
    f: np.ndarray
    g: np.ndarray
    o: np.ndarray
    c: np.ndarray


class LSTMCell(Cell):
    """`LSTMCell(kernel, recurrent_kernel, bias=None, activation="tanh", recurrent_activation="sigmoid")`

    kernel (D, 4H), recurrent_kernel (H, 4H), bias (4H,) or None. The activations are names out of `activations.py`:
    `recurrent_activation` for the three gates, `activation` for the candidate and for reading the belt.
    Raises ValueError or TypeError, naming the argument, if a shape, a type or a number does not fit.

    >>> import numpy as np
    >>> cell = LSTMCell(np.zeros((1, 4)), np.zeros((1, 4)), bias=[0.0, 50.0, 0.0, 0.0])  # f = 1, i = o = 0.5, g = 0
    >>> h, c = cell.step([[1.0]], state=([[0.0]], [[2.0]]))
    >>> c.tolist(), h.round(3).tolist()  # the belt stays, half of its tanh is read
    ([[2.0]], [[0.482]])
    """

    blocks = "ifgo"
    states = ("h", "c")
    parts = (*blocks, "c", "h")
    trace = LSTMTrace

    def __init__(self, kernel, recurrent_kernel, bias=None, activation="tanh", recurrent_activation="sigmoid"):
        super().__init__(kernel, recurrent_kernel, bias)
        self.activation = named(activation, "activation")
        self.recurrent_activation = named(recurrent_activation, "recurrent_activation")

    def __call__(self, x, initial_state=None, mask=None, go_backwards=None):
        """The outputs alone (B, T, H), faster and without the memory of a trace; arguments as for `run`."""
        if not self._has_a_fast_way():
            return super().__call__(x, initial_state, mask, go_backwards)
        x, rows, state, mask = self._ready(x, initial_state, mask, self._direction(go_backwards))
        return FastRun(self.cast(x.dtype), rows, *state, mask).h

    def forward(self, x, initial_state=None, mask=None, go_backwards=None):
        go_backwards = self._direction(go_backwards)
        if not self._has_a_fast_way() or go_backwards:
            return super().forward(x, initial_state, mask, go_backwards)
        x, rows, state, mask = self._ready(x, initial_state, mask, go_backwards)
        return FastRun(self.cast(x.dtype), rows, *state, mask, kept=True)

    def turn(self, x_t, h, c):
        gate, squash = curve(self.recurrent_activation), curve(self.activation)
        z_i, z_f, z_g, z_o = self._sums(x_t, h)  # (B, H) each
        f = gate(z_f)
        i = gate(z_i)
        g = squash(z_g)
        o = gate(z_o)
        c = f * c + i * g
        h = o * squash(c)
        return i, f, g, o, c, h

    def back(self, at, d_h, d_c):
        """d_h, d_c (B, H), the slopes for the new state, give d_z (B, 4H) and the slopes for the old h and c."""
        d_gate, d_squash = slope(self.recurrent_activation), slope(self.activation)
        read = curve(self.activation)(at.c)
        d_c = d_c + d_h * at.o * d_squash(read)
        d_o = d_h * read * d_gate(at.o)
        d_f = d_c * at.c_prev * d_gate(at.f)
        d_i = d_c * at.g * d_gate(at.i)
        d_g = d_c * at.i * d_squash(at.g)
        d_z = np.concatenate([d_i, d_f, d_g, d_o], axis=1)  # (B, 4H)
        return d_z, (d_z @ self.recurrent_kernel.T, d_c * at.f)

    def _has_a_fast_way(self):
        """`fast` knows the two methods above, with these activations, and no others."""
        own = (type(self).turn, type(self).back) == (LSTMCell.turn, LSTMCell.back)
        return own and (self.activation, self.recurrent_activation) == ("tanh", "sigmoid")

    def _sums(self, x_t, h):
        """What the activations are applied to, a block (B, H) each, in the order of the columns."""
        z = x_t @ self.kernel + h @ self.recurrent_kernel  # (B, 4H)
        if self.bias is not None:
            z = z + self.bias
        return np.split(z, len(self.blocks), axis=1)
