"""One step of an LSTM cell, to first order: how a small difference in the old state arrives in the new one."""

import numpy as np


def tangent(cell, at, d_h, d_c):
    """d_h, d_c (B, H), a small difference of the old state, give that of the new h, and in its parts that of the new c:
    along the belt, through the candidate, and through the gates i and f; (B, H) each.

    cell: an `LSTMCell` with tanh and sigmoid; at: `c_prev` and what `turn` gave there, i, f, g, o, c, (B, H) each or
    (1, H).
    """
    d_i, d_f, d_g, d_o = np.split(d_h @ cell.recurrent_kernel, len(cell.blocks), axis=1)  # of the sums, (B, H) each
    read = np.tanh(at.c)
    belt = at.f * d_c
    candidate = at.i * (1 - at.g**2) * d_g
    gates = at.g * at.i * (1 - at.i) * d_i + at.c_prev * at.f * (1 - at.f) * d_f
    new_h = at.o * (1 - read**2) * (belt + candidate + gates) + read * at.o * (1 - at.o) * d_o
    return new_h, (belt, candidate, gates)


def jacobian(cell, at):
    """The step's slopes (2H, 2H), a row for each number of the new state (h, then c), a column for each of the old."""
    H = cell.units
    new_h, new_c = tangent(cell, at, *np.split(np.eye(2 * H), 2, axis=1))
    return np.concatenate([new_h, sum(new_c)], axis=1).T
