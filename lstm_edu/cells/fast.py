"""The LSTM once more, laid out for speed: the same equations as `lstm.py`, no trace, arrays kept from step to step.

What is different, and why:
- units first: z is (4, H, B) and not (B, 4H), so that each gate is one piece of memory, not a stride through all rows;
- one product for each gate: [x_t, h_{t-1}, 1] stands in one array (D + H + 1, B), the kernels and the bias of a gate in
  one matrix. One product for all four takes twice as long at 128 x 65 x 128: where the three sizes multiply to more
  than 1,000,000, OpenBLAS rearranges both arrays first and shares the work out to threads, too little work to pay;
- where the gates are sigmoids and the rest is tanh, all four are one tanh over the whole of z: sigmoid(z) is
  (1 + tanh(z / 2)) / 2, and the halves are in the matrix beforehand;
- then, and without a mask, nothing is made anew in the loop: every result is written where the one before it stood.
"""

import numpy as np

from . import masking
from .activations import curve


def outputs(cell, rows, h, c, mask):
    """The outputs (B, T, H) of an `LSTMCell`; a view, units first in memory.

    rows (B, T, D) in processing order, h and c (B, H), mask (B, T) or None, all checked and in the cell's dtype.
    Keeps (T + 8) * B * H numbers, the inputs of one step and the weights; takes time in proportion to T.
    """
    B, T, D = rows.shape
    H, dtype = cell.units, cell.kernel.dtype
    smooth = (cell.activation, cell.recurrent_activation) == ("tanh", "sigmoid")
    gate, squash = curve(cell.recurrent_activation), curve(cell.activation)

    bias = np.zeros(4 * H, dtype) if cell.bias is None else cell.bias
    columns = np.concatenate([cell.kernel, cell.recurrent_kernel, bias[None]])  # (D + H + 1, 4H)
    order = [cell.blocks.index(block) for block in "ifog"]  # the gates side by side
    matrix = columns.reshape(-1, 4, H)[:, order].transpose(1, 2, 0)  # (4, H, D + H + 1)
    if smooth:
        matrix[:3] *= 0.5

    seen = np.empty((D + H + 1, B), dtype)  # x_t, h_{t-1}, 1
    seen[D:-1], seen[-1] = h.T, 1
    h, c = seen[D:-1], c.T.copy()  # (H, B); written over below, so never the caller's array
    z = np.empty((4, H, B), dtype)
    i, f, o, g = z  # (H, B) each
    gates = z[:3]  # (3, H, B)
    written, read = np.empty_like(c), np.empty_like(c)
    y = np.empty((T, H, B), dtype)
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
        else:
            masking.hand_on(mask[:, t], f * c + written, c)
            masking.hand_on(mask[:, t], o * squash(c), h)
        y[t] = h
    return masking.outputs(y.transpose(2, 0, 1), mask)
