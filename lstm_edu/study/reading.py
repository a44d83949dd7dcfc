"""A shipped model reading many reviews: NumPy's cell, float32, reviews of like length side by side."""

import numpy as np

from .. import imdb
from ..cells import LSTMCell
from ..network import shipped

LENGTH = 500  # steps of every text, zeros in front
BATCH = 250
SATURATED = 50.0  # a bias at which float32's sigmoid is exactly 1, and with a minus 0 to 21 digits


class Reader:
    """`Reader("lstm_32-seed2")`: the network in three parts, and how it reads rows of word ids.

    A row holds what is left of a review after the cut to LENGTH. The zeros in front are the same for all, so they are
    read once: `blank` keeps the state after 0, 1 ... LENGTH of them.
    """

    def __init__(self, name):
        arrays = shipped(name, np.float32).weights
        self.embedding = arrays["embedding"]  # (V, D)
        self.cell = LSTMCell(arrays["kernel"], arrays["recurrent_kernel"], arrays["bias"])
        self.dense = arrays["dense_kernel"][:, 0], arrays["dense_bias"][0]  # (U,), ()
        zeros = self.cell.run(self.embedding[np.zeros((1, LENGTH), int)])
        self.blank = tuple(np.pad(part[0], ((1, 0), (0, 0))) for part in (zeros.h, zeros.c))  # (LENGTH + 1, U) each

    def arguments(self, rows):
        """What `cell.run` takes for some rows: inputs (B, T, D), the state after each row's zeros, the mask (B, T)."""
        lengths = np.array([len(row) for row in rows])
        ids = imdb.pad(rows, lengths.max())  # (B, T)
        state = tuple(part[LENGTH - lengths] for part in self.blank)
        mask = np.arange(ids.shape[1]) >= ids.shape[1] - lengths[:, None]
        return self.embedding[ids], state, mask

    def logit(self, h):
        """What goes into the last sigmoid, (...), for outputs h (..., U): above 0 the answer is "positive"."""
        kernel, bias = self.dense
        return h @ kernel + bias

    def logits(self, rows, cell=None, at=None):
        """The logit of every row (N,).

        cell: another one in the place of the trained, from the first word on; or, where `at` is the id of a word, at
        this word alone.
        """
        found = np.empty(len(rows), np.float32)
        for which in batches(rows):
            some = [rows[k] for k in which]
            if at is None:
                h = (cell or self.cell)(*self.arguments(some))[:, -1]  # (B, U)
            else:
                h = self._with_another_at(some, cell, at)
            found[which] = self.logit(h)
        return found

    def _with_another_at(self, rows, cell, at):
        """The last h (B, U) where `cell` takes the step at one word, and the trained cell all others."""
        x, (h, c), mask = self.arguments(rows)
        ids = imdb.pad(rows, x.shape[1])
        for t in range(x.shape[1]):
            new_h, new_c = self.cell.step(x[:, t], (h, c))
            there = np.flatnonzero(ids[:, t] == at)
            new_h[there], new_c[there] = cell.step(x[there, t], (h[there], c[there]))
            h, c = (np.where(mask[:, t, None], new, old) for new, old in ((new_h, h), (new_c, c)))
        return h


def batches(rows):
    """Index arrays of at most BATCH rows, all rows once, the shortest first."""
    order = np.argsort([len(row) for row in rows], kind="stable")
    return np.array_split(order, -(-len(rows) // BATCH))


def held(cell, part, value):
    """The cell with one of i, f, g, o held: it looks at nothing, and always has the value (a number, or (U,))."""
    U = cell.units
    kernel, recurrent, bias = cell.kernel.copy(), cell.recurrent_kernel.copy(), cell.bias.copy()
    columns = slice("ifgo".index(part) * U, ("ifgo".index(part) + 1) * U)
    kernel[:, columns] = recurrent[:, columns] = 0
    with np.errstate(divide="ignore"):  # a gate of exactly 0 or 1: an infinite bias, clipped
        value = np.asarray(value, np.float32)
        before = np.arctanh(value) if part == "g" else np.log(value) - np.log1p(-value)
    bias[columns] = np.clip(before, -SATURATED, SATURATED)
    return LSTMCell(kernel, recurrent, bias)


def without_loop(cell):
    """The cell whose four layers see the word and not the old state: the belt is all that joins two steps."""
    return LSTMCell(cell.kernel, np.zeros_like(cell.recurrent_kernel), cell.bias)
