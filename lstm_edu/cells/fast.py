"""The LSTM once more, laid out for speed: the same equations as `lstm.py`, no trace, arrays kept from step to step.

What is different, and why:
- units first: z is (4, U, B) and not (B, 4U), so that each gate is one piece of memory, not a stride through all rows;
- one product for each gate: [x_t, h_{t-1}, 1] stands in one array (D + U + 1, B), the kernels and the bias of a gate in
  one matrix. One product for all four takes twice as long at 128 x 65 x 128: where the three sizes multiply to more
  than 1,000,000, OpenBLAS rearranges both arrays first and shares the work out to threads, too little work to pay;
- where the gates are sigmoids and the rest is tanh, all four are one tanh over the whole of z: sigmoid(z) is
  (1 + tanh(z / 2)) / 2, and the halves are in the matrix beforehand;
- then, and without a mask, nothing is made anew in the loop: every result is written where the one before it stood.
"""

import numpy as np

from .activations import ACTIVATIONS


def outputs(cell, rows, h, c, mask):
    """The outputs (B, T, U) of an `LSTMCell`; a view, units first in memory.

    rows (B, T, D) in processing order, h and c (B, U), mask (B, T) or None, all checked and in the cell's dtype.
    Keeps (T + 8) * B * U numbers, the inputs of one step and the weights; takes time in proportion to T.
    """
    B, T, D = rows.shape
    U, dtype = cell.units, cell.kernel.dtype
    smooth = (cell.activation, cell.recurrent_activation) == ("tanh", "sigmoid")
    gate, squash = ACTIVATIONS[cell.recurrent_activation], ACTIVATIONS[cell.activation]

    bias = np.zeros(4 * U, dtype) if cell.bias is None else cell.bias
    columns = np.concatenate([cell.kernel, cell.recurrent_kernel, bias[None]])  # (D + U + 1, 4U)
    matrix = columns.reshape(-1, 4, U)[:, [0, 1, 3, 2]].transpose(1, 2, 0)  # (4, U, D + U + 1): i, f, o, then g
    if smooth:
        matrix[:3] *= 0.5

    seen = np.empty((D + U + 1, B), dtype)  # x_t, h_{t-1}, 1
    seen[D:-1], seen[-1] = h.T, 1
    h, c = seen[D:-1], c.T.copy()  # (U, B); written over below, so never the caller's array
    z = np.empty((4, U, B), dtype)
    i, f, o, g = z  # (U, B) each
    gates = z[:3]  # (3, U, B)
    written, read = np.empty_like(c), np.empty_like(c)
    y = np.zeros((T, U, B), dtype)
    for t in range(T):
        seen[:D] = rows[:, t].T
        np.matmul(matrix, seen, out=z)
        if smooth:
            np.tanh(z, out=z)
            gates *= 0.5
            gates += 0.5
        else:
            gates[...], g[...] = gate(gates), squash(g)
        np.multiply(i, g, out=written)
        if mask is None:
            c *= f
            c += written
            np.multiply(o, squash(c, out=read) if smooth else squash(c), out=h)
            y[t] = h
        else:
            counts = mask[:, t]  # (B,)
            np.copyto(c, f * c + written, where=counts)
            np.copyto(h, o * squash(c), where=counts)
            y[t] = np.where(counts, h, y[t - 1] if t else 0)
    return y.transpose(2, 0, 1)
