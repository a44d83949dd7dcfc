"""The LSTM once more, laid out for speed, both ways round: the equations of `lstm.py`, no `Trace`, and for learning.

What is different, and why:
- units first: z is (4, H, B) and not (B, 4H), so that each gate is one piece of memory, not a stride through all rows;
- one product for each gate: [x_t, h_{t-1}, 1] stands in one array (D + H + 1, B), the kernels and the bias of a gate in
  one matrix. One product for all four takes twice as long at 128 x 65 x 128: where the three sizes multiply to more
  than 1,000,000, OpenBLAS rearranges both arrays first and shares the work out to threads, too little work to pay;
- all four activations are one tanh over the whole of z: sigmoid(z) is (1 + tanh(z / 2)) / 2, and the halves are in the
  matrix beforehand. Other activations than tanh and sigmoid are left to `lstm.py`;
- every result of the loop is written into an array that is there already;
- the way back ends where the slopes have vanished: see `VANISHED`.
"""

import numpy as np

from . import masking
from .trace import Gradients

# A slope so much smaller than the largest one changes no digit of their sum: the square of the rounding error, 1e-14
# in float32. From there on slopes count as 0. They would soon be below 1e-38, and computing with such numbers takes ten
# times as long.
VANISHED = {np.dtype(np.float32): 2.0**-46, np.dtype(np.float64): 2.0**-104}
LOOK = 8  # steps from one look at the slopes' size to the next


class FastRun:
    """One run over T steps of an `LSTMCell` with tanh and sigmoid: `h` (B, T, H), `state` (h, c), (B, H) each, and, if
    what it needs is kept, the way back.

    rows (B, T, D) in processing order, h and c (B, H), mask (B, T) or None, all checked and in the cell's dtype.
    Without `kept` it holds T * B * H numbers, with it 6 * T * B * H; its time is in proportion to T.
    """

    def __init__(self, cell, rows, h, c, mask, kept=False):
        B, T, D = rows.shape
        H, dtype = cell.units, cell.kernel.dtype
        self.cell, self.rows, self.mask = cell, rows, mask
        matrix = stacked(cell)
        matrix[:3] *= 0.5

        seen = np.empty((D + H + 1, B), dtype)  # x_t, h_{t-1}, 1
        seen[-1] = 1
        self.z = np.empty((T if kept else 1, 4, H, B), dtype)
        self.belt = np.empty((T + 1 if kept else 2, H, B), dtype)
        self.y = np.empty((T + 1, H, B), dtype)
        self.y[0], self.belt[0] = h.T, c.T
        written, read = np.empty((2, H, B), dtype)
        for t in range(T):
            z, old, new = self.z[t % len(self.z)], self.belt[t % len(self.belt)], self.belt[(t + 1) % len(self.belt)]
            i, f, o, g = z  # (H, B) each
            seen[:D], seen[D:-1] = rows[:, t].T, self.y[t]
            np.matmul(matrix, seen, out=z)
            np.tanh(z, out=z)
            z[:3] *= 0.5
            z[:3] += 0.5
            np.multiply(f, old, out=new)
            new += np.multiply(i, g, out=written)
            np.multiply(o, np.tanh(new, out=read), out=self.y[t + 1])
            if mask is not None:
                masking.hand_on(~mask[:, t], old, new)
                masking.hand_on(~mask[:, t], self.y[t], self.y[t + 1])
        self.h = masking.outputs(self.y[1:].transpose(2, 0, 1), mask)
        self.state = self.y[T].T, self.belt[T % len(self.belt)].T

    def backward(self, d_outputs=None, d_state=None):
        """As `Trace.backward`, in `Gradients` without those of the state at every step; d_outputs (B, T, H) and d_state
        (d_h, d_c), (B, H) each, or None for zeros.
        """
        cell, rows, mask = self.cell, self.rows, self.mask
        B, T, D = rows.shape
        H, dtype = cell.units, cell.kernel.dtype
        d_h, d_c = (np.zeros((H, B), dtype) if d is None else d.T.copy() for d in d_state or (None, None))
        d_y, first = None, T
        if d_outputs is not None:
            d_y = masking.outputs_back(d_outputs, mask)
            first = int(d_y.any((0, 2)).argmax()) if d_y.any() else T  # the first step with a slope of its own
        matrix = stacked(cell)[..., :-1].transpose(2, 0, 1).reshape(D + H, 4 * H)
        to_x, to_h = np.split(matrix, [D])  # (D, 4H), (H, 4H)

        seen = np.empty((D + H + 1, B), dtype)
        seen[-1] = 1
        d_matrix = np.zeros((4, H, D + H + 1), dtype)
        d_x = np.zeros((T, D, B), dtype)
        d_z, flat = np.empty((4, H, B), dtype), np.empty((3, H, B), dtype)
        read, back = np.empty((2, H, B), dtype)
        largest = 0.0
        for t in reversed(range(T)):
            if d_y is not None:
                d_h += d_y[:, t].T
            if t % LOOK == 0 or t == T - 1:
                size = max(float(np.abs(d_h).max()), float(np.abs(d_c).max()))
                largest = max(largest, size)
                if t < first and size <= largest * VANISHED[dtype]:
                    d_h[...] = d_c[...] = 0
                    break
            z, old = self.z[t], self.belt[t]
            i, f, o, g = z
            if mask is not None:
                waits_h, waits_c = d_h * ~mask[:, t], d_c * ~mask[:, t]
                d_h *= mask[:, t]
                d_c *= mask[:, t]
            np.tanh(self.belt[t + 1], out=read)
            np.multiply(d_h, read, out=d_z[2])
            np.multiply(d_h, o, out=back)
            read *= read
            back -= np.multiply(back, read, out=read)  # d_h * o * tanh'(c_t)
            d_c += back
            np.multiply(d_c, g, out=d_z[0])
            np.multiply(d_c, old, out=d_z[1])
            np.subtract(1, z[:3], out=flat)
            flat *= z[:3]
            d_z[:3] *= flat
            np.multiply(g, g, out=read)
            np.subtract(1, read, out=read)
            np.multiply(d_c, i, out=d_z[3])
            d_z[3] *= read
            d_c *= f

            seen[:D], seen[D:-1] = rows[:, t].T, self.y[t]
            d_matrix += d_z @ seen.T
            sums = d_z.reshape(4 * H, B)
            np.matmul(to_x, sums, out=d_x[t])
            np.matmul(to_h, sums, out=d_h)
            if mask is not None:
                d_h += waits_h
                d_c += waits_c
        return Gradients(weights=unstacked(cell, d_matrix), inputs=d_x.transpose(2, 0, 1), initial_state=(d_h.T, d_c.T))


ORDER = "ifog"  # the gates side by side


def stacked(cell):
    """A cell's weights as one matrix a block, (4, H, D + H + 1)."""
    bias = np.zeros(4 * cell.units, cell.kernel.dtype) if cell.bias is None else cell.bias
    columns = np.concatenate([cell.kernel, cell.recurrent_kernel, bias[None]])  # (D + H + 1, 4H)
    return np.stack([columns[:, cell.columns(block)].T for block in ORDER])


def unstacked(cell, matrix):
    """The other way round: {name: array} of the weights that the cell has."""
    columns = np.concatenate([matrix[ORDER.index(block)].T for block in cell.blocks], axis=1)  # (D + H + 1, 4H)
    kernel, recurrent_kernel, bias = np.split(columns, [cell.input_size, -1])
    found = {"kernel": kernel, "recurrent_kernel": recurrent_kernel}
    return found if cell.bias is None else found | {"bias": bias[0]}
