"""The LSTM once more, laid out for speed, both ways round: the equations of `lstm.py`, no `Trace`, and for learning.

What is different, and why:
- units first: z is (4, H, B) and not (B, 4H), so that each gate is one piece of memory, not a stride through all rows;
- one product for two gates: [x_t, h_{t-1}, 1] stands in one array (D + H + 1, B), the kernels and the biases of two
  gates in one matrix. One product for all four takes longer at 128 x 65 x 128: where the three sizes multiply to more
  than 1,000,000, OpenBLAS shares the work out to threads, too little work to pay;
- on the way back only d_z U^T waits for the step after it. The slopes of weights and inputs are multiplied out for a
  stretch of steps at once: large products are fast, and use both cores;
- the three sigmoids are one exp over three quarters of z: 1 / (1 + exp(-z)); the minus is in the matrix beforehand.
  Other activations than tanh and sigmoid are left to `lstm.py`;
- every result of the loop is written into an array that is there already;
- the way back ends where the slopes have vanished: see `VANISHED`.
"""

import numpy as np

from ..common import checks
from . import masking
from .trace import Gradients

STRETCH = 25  # steps; no power of 2: rows of an array would share the few places that a core's cache has for them
# Slopes so much smaller than the largest one count as 0 from there on: 1e-30 in float32. Soon they would be below
# 1e-38, where the dtype ends, and near that end computing takes ten times as long on many machines. What would grow
# again by a factor of 1e30 on its way to the first step is lost.
VANISHED = {np.dtype(np.float32): 2.0**-100, np.dtype(np.float64): 2.0**-900}
ORDER = "ifog"  # the gates side by side


class FastRun:
    """One run over T steps of an `LSTMCell` with tanh and sigmoid: `h` (B, T, H), `state` (h, c), (B, H) each, and, if
    what it needs is kept, the way back.

    rows (B, T, D) in processing order, h and c (B, H), mask (B, T) or None, all checked and in the cell's dtype.
    Without `kept` it holds T * B * H numbers, with it 6 * T * B * H more; its time is in proportion to T.
    """

    def __init__(self, cell, rows, h, c, mask, kept=False):
        B, T, D = rows.shape
        H, dtype = cell.units, cell.kernel.dtype
        self.cell, self.rows, self.mask = cell, rows, mask
        self.waits = np.zeros(T, bool) if mask is None else ~mask.all(axis=0)  # (T,): steps at which somebody waits
        self.y = np.empty((T + 1, H, B), dtype)
        self.z = np.empty((T if kept else 1, 4, H, B), dtype)
        self.belt = np.empty((T + 1 if kept else 2, H, B), dtype)
        self.read = np.empty((T if kept else 1, H, B), dtype)  # tanh(c_t)
        self.y[0], self.belt[0] = h.T, c.T

        matrix = stacked(cell)
        matrix[:3] *= -1
        matrix = matrix.reshape(2, 2 * H, -1)
        seen = np.ones((D + H + 1, B), dtype)  # x_t, h_{t-1}, 1
        written, old_c, old_h = np.empty((H, B), dtype), self.belt[0], self.y[0]
        with np.errstate(over="ignore", under="ignore"):  # exp of more than 88 is infinite, and 1 over it 0
            for t in range(T):
                z, read = self.z[t % len(self.z)], self.read[t % len(self.read)]
                c, h = self.belt[(t + 1) % len(self.belt)], self.y[t + 1]
                gates, g = z[:3], z[3]
                i, f, o = gates  # (H, B) each
                seen[:D], seen[D:-1] = rows[:, t].T, old_h
                np.matmul(matrix, seen, out=z.reshape(2, 2 * H, B))
                np.exp(gates, out=gates)
                gates += 1
                np.reciprocal(gates, out=gates)
                np.tanh(g, out=g)
                np.multiply(f, old_c, out=c)
                c += np.multiply(i, g, out=written)
                np.multiply(o, np.tanh(c, out=read), out=h)
                if self.waits[t]:
                    masking.hand_on(~mask[:, t], old_c, c)
                    masking.hand_on(~mask[:, t], old_h, h)
                old_c, old_h = c, h
        self.state = old_h.T, old_c.T

    @property
    def h(self):
        return masking.outputs(self.y[1:].transpose(2, 0, 1), self.mask, self.cell.zero_output_for_mask)

    @property
    def last_output(self):
        """As `Trace.last_output` (B, H)."""
        if self.mask is None:
            return masking.handed_on(len(self.y) > 1, self.state[0], 0)
        last = masking.shown(self.mask, self.cell.zero_output_for_mask)[:, -1:].any(axis=1, keepdims=True)  # (B, 1)
        return masking.handed_on(last, self.state[0], 0)

    def backward(self, d_outputs=None, d_state=None):
        """As `Trace.backward`, in `Gradients` without those of the state at every step; d_outputs (B, T, H) and d_state
        (d_h, d_c), (B, H) each, or None for zeros.
        """
        cell, mask = self.cell, self.mask
        (B, T, D), H, dtype = self.rows.shape, cell.units, cell.kernel.dtype
        d_h, d_c = (d.T.copy() for d in checks.states(d_state, "d_state", cell.states, B, H, dtype))
        d_y, first = None, T
        if d_outputs is not None:
            d_outputs = checks.shaped(d_outputs, "d_outputs", (B, T, H), "(B, T, H)", dtype)
            d_y = masking.outputs_back(d_outputs, mask, cell.zero_output_for_mask)
            first = int(d_y.any((0, 2)).argmax()) if d_y.any() else T  # the first step with a slope of its own

        matrix = stacked(cell).reshape(4 * H, -1)
        to_x, to_h = matrix[:, :D], np.ascontiguousarray(matrix[:, D:-1].T)
        d_matrix = np.zeros_like(matrix)
        d_x = np.zeros((T, B, D), dtype)
        slopes = np.empty((3, H, B), dtype)
        one, two = np.empty((2, H, B), dtype)
        largest, since = 0.0, 0
        for end in range(T, 0, -STRETCH):
            start = max(0, end - STRETCH)
            size = max(*(float(np.abs(d).max(initial=0)) for d in (d_h, d_c)))
            largest = max(largest, size)
            if end <= first and size <= largest * VANISHED[dtype]:
                d_h[...] = d_c[...] = 0
                since = end
                break
            stretch = np.empty((4, H, end - start, B), dtype)  # the slopes for z
            for t in reversed(range(start, end)):
                if d_y is not None:
                    d_h += d_y[:, t].T
                if self.waits[t]:
                    waits_h, waits_c = d_h * ~mask[:, t], d_c * ~mask[:, t]
                    d_h *= mask[:, t]
                    d_c *= mask[:, t]
                d_z, z, read = stretch[:, :, t - start], self.z[t], self.read[t]
                gates, g, d_gates, d_g = z[:3], z[3], d_z[:3], d_z[3]
                i, f, o = gates
                d_i, d_f, d_o = d_gates
                np.multiply(d_h, read, out=d_o)
                np.multiply(d_h, o, out=one)
                d_c += one  # d_h * o * tanh'(c_t), tanh' = 1 - read * read
                one *= np.multiply(read, read, out=two)
                d_c -= one
                np.multiply(d_c, g, out=d_i)
                np.multiply(d_c, self.belt[t], out=d_f)
                np.subtract(1, gates, out=slopes)
                slopes *= gates
                d_gates *= slopes
                np.multiply(d_c, i, out=one)
                np.multiply(one, np.subtract(1, np.multiply(g, g, out=two), out=two), out=d_g)
                d_c *= f
                np.matmul(to_h, d_z.reshape(4 * H, B), out=d_h)
                if self.waits[t]:
                    d_h += waits_h
                    d_c += waits_c
            d_sums = stretch.reshape(4 * H, -1)  # (4H, steps * B)
            seen = np.ones((end - start, B, D + H + 1), dtype)
            seen[..., :D], seen[..., D:-1] = self.rows[:, start:end].swapaxes(0, 1), self.y[start:end].swapaxes(1, 2)
            d_matrix += d_sums @ seen.reshape(-1, D + H + 1)
            np.matmul(d_sums.T, to_x, out=d_x[start:end].reshape(-1, D))
        return Gradients(
            weights=unstacked(cell, d_matrix),
            inputs=d_x.swapaxes(0, 1),
            initial_state=(d_h.T, d_c.T),
            since=since,
        )


def stacked(cell):
    """A cell's weights as one matrix a block, (4, H, D + H + 1)."""
    bias = np.zeros(4 * cell.units, cell.kernel.dtype) if cell.bias is None else cell.bias
    columns = np.concatenate([cell.kernel, cell.recurrent_kernel, bias[None]])  # (D + H + 1, 4H)
    return np.stack([columns[:, cell.columns(block)].T for block in ORDER])


def unstacked(cell, matrix):
    """The other way round: {name: array} of the weights that the cell has, from (4H, D + H + 1)."""
    rows = matrix.reshape(4, cell.units, -1)
    columns = np.concatenate([rows[ORDER.index(block)].T for block in cell.blocks], axis=1)  # (D + H + 1, 4H)
    kernel, recurrent_kernel, bias = np.split(columns, [cell.input_size, -1])
    found = {"kernel": kernel, "recurrent_kernel": recurrent_kernel}
    return found if cell.bias is None else found | {"bias": bias[0]}
