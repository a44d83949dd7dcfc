"""The LSTM's relatives: each changes a line or two of `lstm.py`, and says which.

`CholletCell`       h_t = a(x_t W_o + h_{t-1} U_o + c_{t-1} V_o + b_o)    the pseudocode of a textbook, as printed
`NoTanhCell`        h_t = o * c_t                                         the belt is read as it is
`NoForgetGateCell`  c_t = c_{t-1} + i * g                                 the cell of 1997: what is written stays
`CIFGCell`          c_t = (1 - i) * c_{t-1} + i * g                       what is written takes the place of the old
`PeepholeCell`      z_i += p_i * c_{t-1}, z_f += p_f * c_{t-1}, z_o += p_o * c_t    the gates see the belt

All of them leave an `LSTMTrace`, with f = 1 or f = 1 - i where there is no forget gate of its own.
Sources: F. Chollet, "Deep learning with Python", Manning 2017, section 6.2; S. Hochreiter, J. Schmidhuber, "Long
short-term memory", Neural Computation 9 (1997), 1735-1780; K. Greff and others, "LSTM: a search space odyssey", IEEE
TNNLS 28 (2017), 2222-2232 (CIFG); F. Gers, N. Schraudolph, J. Schmidhuber, "Learning precise timing with LSTM recurrent
networks", JMLR 3 (2002), 115-143 (peepholes).
"""

import numpy as np

from ..common import checks
from .activations import curve, slope
from .loop import summed
from .lstm import LSTMCell


class CholletCell(LSTMCell):
    """`CholletCell(kernel, recurrent_kernel, carry_kernel, bias=None, activation="tanh")`

    The output is what an LSTM's output gate is, made from the old belt through a full matrix `carry_kernel` (H, H),
    V_o, taken in the kernel's dtype; one activation does for all:
    h_t = a(x_t W_o + h_{t-1} U_o + c_{t-1} V_o + b_o). The other weights and the errors as for `LSTMCell`; the
    trace's o is its h. That h_t goes round as the next state is left unsaid there.

    >>> cell = CholletCell(np.zeros((1, 4)), np.zeros((1, 4)), carry_kernel=[[1.0]])
    >>> cell.step([[1.0]], ([[0.0]], [[0.5]]))[0].round(3).tolist()  # tanh(0.5): the old belt is what it sees
    [[0.462]]
    """

    weights = (*LSTMCell.weights, "carry_kernel")

    def __init__(self, kernel, recurrent_kernel, carry_kernel, bias=None, activation="tanh"):
        super().__init__(kernel, recurrent_kernel, bias, activation, activation)
        shape = (self.units, self.units)
        self.carry_kernel = checks.shaped(carry_kernel, "carry_kernel", shape, "(H, H)", self.kernel.dtype)

    def turn(self, x_t, h, c):
        squash = curve(self.activation)
        z_i, z_f, z_g, z_o = self._sums(x_t, h)  # (B, H) each
        o = h = squash(z_o + c @ self.carry_kernel)
        f = squash(z_f)
        i = squash(z_i)
        g = squash(z_g)
        c = f * c + i * g
        return i, f, g, o, c, h

    def back(self, at, d_h, d_c):
        d_squash = slope(self.activation)
        d_o = d_h * d_squash(at.h)
        d_f = d_c * at.c_prev * d_squash(at.f)
        d_i = d_c * at.g * d_squash(at.i)
        d_g = d_c * at.i * d_squash(at.g)
        d_z = np.concatenate([d_i, d_f, d_g, d_o], axis=1)  # (B, 4H)
        return d_z, (d_z @ self.recurrent_kernel.T, d_c * at.f + d_o @ self.carry_kernel.T)

    def weight_gradients(self, at, d_z):
        d_o = d_z[..., self.columns("o")]  # (B, T, H)
        return super().weight_gradients(at, d_z) | {"carry_kernel": summed(at.c_prev, d_o)}


class NoTanhCell(LSTMCell):
    """`NoTanhCell(kernel, recurrent_kernel, bias=None, activation="tanh", recurrent_activation="sigmoid")`

    h_t = o * c_t: the belt is read without a tanh, so |h| may pass 1. All else as in `LSTMCell`.

    >>> cell = NoTanhCell(np.zeros((1, 4)), np.zeros((1, 4)))
    >>> cell.step([[1.0]], ([[0.0]], [[8.0]]))[0].tolist()  # 0.5 * (0.5 * 8)
    [[2.0]]
    """

    def turn(self, x_t, h, c):
        i, f, g, o, c, _ = super().turn(x_t, h, c)
        h = o * c
        return i, f, g, o, c, h

    def back(self, at, d_h, d_c):
        d_gate, d_squash = slope(self.recurrent_activation), slope(self.activation)
        d_c = d_c + d_h * at.o
        d_o = d_h * at.c * d_gate(at.o)
        d_f = d_c * at.c_prev * d_gate(at.f)
        d_i = d_c * at.g * d_gate(at.i)
        d_g = d_c * at.i * d_squash(at.g)
        d_z = np.concatenate([d_i, d_f, d_g, d_o], axis=1)  # (B, 4H)
        return d_z, (d_z @ self.recurrent_kernel.T, d_c * at.f)


class NoForgetGateCell(LSTMCell):
    """`NoForgetGateCell(kernel, recurrent_kernel, bias=None, activation="tanh", recurrent_activation="sigmoid")`

    c_t = c_{t-1} + i * g: nothing leaves the belt. Three blocks, i, g, o: kernel (D, 3H), recurrent_kernel (H, 3H),
    bias (3H,). All else as in `LSTMCell`.

    >>> NoForgetGateCell(np.zeros((1, 3)), np.zeros((1, 3))).step([[1.0]], ([[0.0]], [[8.0]]))[1].tolist()
    [[8.0]]
    """

    blocks = "igo"

    def turn(self, x_t, h, c):
        gate, squash = curve(self.recurrent_activation), curve(self.activation)
        z_i, z_g, z_o = self._sums(x_t, h)  # (B, H) each
        i = gate(z_i)
        f = self._kept(i)
        g = squash(z_g)
        o = gate(z_o)
        c = f * c + i * g
        h = o * squash(c)
        return i, f, g, o, c, h

    def _kept(self, i):
        """What stands in for the forget gate (B, H)."""
        return np.ones_like(i)

    def back(self, at, d_h, d_c):
        d_gate, d_squash = slope(self.recurrent_activation), slope(self.activation)
        read = curve(self.activation)(at.c)
        d_c = d_c + d_h * at.o * d_squash(read)
        d_o = d_h * read * d_gate(at.o)
        d_i = d_c * self._moved_by_i(at) * d_gate(at.i)
        d_g = d_c * at.i * d_squash(at.g)
        d_z = np.concatenate([d_i, d_g, d_o], axis=1)  # (B, 3H)
        return d_z, (d_z @ self.recurrent_kernel.T, d_c * at.f)

    def _moved_by_i(self, at):
        """How c_t changes with i (B, H)."""
        return at.g


class CIFGCell(NoForgetGateCell):
    """`CIFGCell(kernel, recurrent_kernel, bias=None, activation="tanh", recurrent_activation="sigmoid")`

    c_t = (1 - i) * c_{t-1} + i * g: coupled input and forget gate. Three blocks, i, g, o, as in `NoForgetGateCell`.

    >>> CIFGCell(np.zeros((1, 3)), np.zeros((1, 3))).step([[1.0]], ([[0.0]], [[8.0]]))[1].tolist()  # 1 - i is 0.5
    [[4.0]]
    """

    def _kept(self, i):
        return 1 - i

    def _moved_by_i(self, at):
        return at.g - at.c_prev


class PeepholeCell(LSTMCell):
    """`PeepholeCell(kernel, recurrent_kernel, peephole, bias=None, activation="tanh", recurrent_activation="sigmoid")`

    z_i += p_i * c_{t-1}, z_f += p_f * c_{t-1}, z_o += p_o * c_t: each gate sees its own unit's belt, the output gate
    the new one. `peephole` (3, H), rows i, f, o, taken in the kernel's dtype. All else as in `LSTMCell`.

    >>> cell = PeepholeCell(np.zeros((1, 4)), np.zeros((1, 4)), peephole=[[0.0], [50.0], [0.0]])
    >>> cell.step([[1.0]], ([[0.0]], [[8.0]]))[1].tolist()  # f sees that the belt is full, and opens
    [[8.0]]
    """

    weights = (*LSTMCell.weights, "peephole")

    def __init__(
        self, kernel, recurrent_kernel, peephole, bias=None, activation="tanh", recurrent_activation="sigmoid"
    ):
        super().__init__(kernel, recurrent_kernel, bias, activation, recurrent_activation)
        self.peephole = checks.shaped(peephole, "peephole", (3, self.units), "(3, H)", self.kernel.dtype)

    def turn(self, x_t, h, c):
        gate, squash = curve(self.recurrent_activation), curve(self.activation)
        z_i, z_f, z_g, z_o = self._sums(x_t, h)  # (B, H) each
        p_i, p_f, p_o = self.peephole  # (H,) each
        f = gate(z_f + p_f * c)
        i = gate(z_i + p_i * c)
        g = squash(z_g)
        c = f * c + i * g
        o = gate(z_o + p_o * c)
        h = o * squash(c)
        return i, f, g, o, c, h

    def back(self, at, d_h, d_c):
        d_gate, d_squash = slope(self.recurrent_activation), slope(self.activation)
        p_i, p_f, p_o = self.peephole  # (H,) each
        read = curve(self.activation)(at.c)
        d_o = d_h * read * d_gate(at.o)
        d_c = d_c + d_h * at.o * d_squash(read) + d_o * p_o
        d_f = d_c * at.c_prev * d_gate(at.f)
        d_i = d_c * at.g * d_gate(at.i)
        d_g = d_c * at.i * d_squash(at.g)
        d_z = np.concatenate([d_i, d_f, d_g, d_o], axis=1)  # (B, 4H)
        return d_z, (d_z @ self.recurrent_kernel.T, d_c * at.f + d_i * p_i + d_f * p_f)

    def weight_gradients(self, at, d_z):
        d_i, d_f, d_o = (d_z[..., self.columns(gate)] for gate in "ifo")  # (B, T, H) each
        seen = (d_i * at.c_prev, d_f * at.c_prev, d_o * at.c)
        return super().weight_gradients(at, d_z) | {"peephole": np.stack([part.sum((0, 1)) for part in seen])}
