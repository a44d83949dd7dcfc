"""Many reviews read by one network, those of like length side by side, or by another cell in its cell's place."""

import numpy as np

from .. import imdb
from ..cells import LSTMCell

BATCH = 250


def batches(rows):
    """Index arrays of at most BATCH rows, all rows once, the shortest first."""
    order = np.argsort([len(row) for row in rows], kind="stable")
    return np.array_split(order, -(-len(rows) // BATCH))


def side_by_side(rows):
    """Some rows of ids as an array (B, T), zeros in front, T the longest."""
    return imdb.pad(rows, max(len(row) for row in rows))


def logits(net, rows, cell=None, at=None):
    """The logit of every row (N,).

    cell: another one in the place of the trained, from the first word on; or, where `at` is the id of a word, at
    this word alone.
    """
    found = np.empty(len(rows), np.float32)
    for which in batches(rows):
        ids = side_by_side([rows[k] for k in which])
        h = (cell or net.cell)(*net.ready(ids))[:, -1] if at is None else _with_another_at(net, ids, cell, at)  # (B, H)
        found[which] = net.logit(h)
    return found


def _with_another_at(net, ids, cell, at):
    """The last h (B, H) where `cell` takes the step at one word, and the trained cell all others."""
    x, (h, c), mask = net.ready(ids)
    for t in range(x.shape[1]):
        new_h, new_c = net.cell.step(x[:, t], (h, c))
        there = np.flatnonzero(ids[:, t] == at)
        new_h[there], new_c[there] = cell.step(x[there, t], (h[there], c[there]))
        counts = True if mask is None else mask[:, t, None]
        h, c = (np.where(counts, new, old) for new, old in ((new_h, h), (new_c, c)))
    return h


def last_states(net, rows):
    """The state (h, c), (N, H) each, after the last word of every row."""
    found = np.empty((2, len(rows), net.cell.units), net.embedding.table.dtype)
    for which in batches(rows):
        found[:, which] = net.cell.forward(*net.ready(side_by_side([rows[k] for k in which]))).state
    return tuple(found)


def deaf(cell, parts=LSTMCell.blocks):
    """The cell in which these parts do not hear h: their columns of U are 0. Where all are deaf the belt is all that
    joins two steps."""
    U = cell.recurrent_kernel.copy()
    for part in parts:
        U[:, cell.columns(part)] = 0
    return LSTMCell(cell.kernel, U, cell.bias)
