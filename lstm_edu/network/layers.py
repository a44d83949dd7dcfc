"""What stands before a cell and what stands behind it, each one line of arithmetic."""

from dataclasses import dataclass

import numpy as np

from ..common import checks
from .quantised import dequantise


@dataclass(frozen=True, eq=False)
class Rows:
    """The slopes (V, D) of a table of which some rows were looked up, once or more often: `ids` (N,), each once and in
    order, and their `values` (N, D), all the rest is zero. `squares` (N, D): the slopes of each time a row was looked
    up, squared and then added up, where `values` are added up; see `learn.optimisers`.
    """

    ids: np.ndarray
    values: np.ndarray
    squares: np.ndarray

    def __add__(self, other):
        ids = np.union1d(self.ids, other.ids)
        added = np.zeros((2, len(ids), self.values.shape[1]), self.values.dtype)
        for one in (self, other):
            added[:, np.searchsorted(ids, one.ids)] += one.values, one.squares
        return Rows(ids, *added)


class Embedding:
    """`Embedding(table, mask_zero=False)`: a vector of D numbers for each of V ids, looked up.

    table (V, D), row k that of id k. mask_zero: id 0 is no word but padding, and a step with it does not count, as
    Keras has it. `Embedding.of_whole_numbers(q, scale, dtype, mask_zero)` has the table q * scale, and keeps both.
    Raises ValueError or TypeError, naming the argument, for anything else.

    >>> import numpy as np
    >>> from lstm_edu.network import Embedding
    >>> embedding = Embedding(np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 4.0]]))
    >>> embedding(np.array([[2, 1]])).tolist()
    [[[3.0, 4.0], [1.0, 2.0]]]
    """

    def __init__(self, table, mask_zero=False):
        self.table = checks.real(table, "table")
        if self.table.ndim != 2:
            raise ValueError(f"table: expected shape (V, D), got {self.table.shape}")
        self.mask_zero = checks.flag(mask_zero, "mask_zero")
        self.q = self.scale = None

    @classmethod
    def of_whole_numbers(cls, q, scale, dtype, mask_zero=False):
        """q (V, D) int8, scale (D,): see `quantised`, whose form of a shipped embedding this is."""
        made = cls(dequantise(q, scale, dtype), mask_zero)
        made.q, made.scale = q, scale
        return made

    def __call__(self, ids):
        """ids (...) of whole numbers from 0 to V - 1 give (..., D)."""
        ids = checks.plain(ids, "ids")
        if ids.dtype.kind not in "iu":
            raise TypeError(f"ids: expected whole numbers, got dtype {ids.dtype}")
        if ids.size and not 0 <= ids.min() <= ids.max() < len(self.table):
            raise ValueError(f"ids: expected 0 to {len(self.table) - 1}, got {ids.min()} to {ids.max()}")
        return self.table[ids]

    def backward(self, ids, d_x):
        """The slopes of the table, from those d_x (B, T, D) of what was looked up: `Rows`, a word's slopes added up."""
        ids, d_x = ids.T.ravel(), d_x.swapaxes(0, 1).reshape(-1, d_x.shape[2])  # (T * B,), (T * B, D)
        if len(self.table) <= 2**16:
            ids = ids.astype(np.uint16)  # NumPy sorts these ten times as fast
        if not len(ids):  # the way back ended before it came to any of them
            return Rows(ids, d_x, d_x)
        order = np.argsort(ids, kind="stable")
        ids = ids[order]
        starts = np.flatnonzero(np.append(True, ids[1:] != ids[:-1]))  # where another word begins
        d_x = np.take(d_x, order, axis=0)
        return Rows(ids[starts], *(np.add.reduceat(array, starts, axis=0) for array in (d_x, d_x * d_x)))


class Dense:
    """`Dense(kernel, bias=None)`: y = h W + b, kernel W (H, K), bias b (K,) or None.

    What squashes y is left to who asks. Raises ValueError or TypeError, naming the argument, for anything else.

    >>> import numpy as np
    >>> from lstm_edu.network import Dense
    >>> Dense(np.array([[1.0], [10.0]]), np.array([0.5]))(np.array([[2.0, 3.0]])).tolist()
    [[32.5]]
    """

    def __init__(self, kernel, bias=None):
        self.kernel = checks.real(kernel, "kernel")
        if self.kernel.ndim != 2:
            raise ValueError(f"kernel: expected shape (H, K), got {self.kernel.shape}")
        self.bias = bias if bias is None else checks.shaped(bias, "bias", self.kernel.shape[1:], "(K,)")

    def __call__(self, h):
        """h (..., H) gives (..., K), in the dtype of h."""
        y = h @ self.kernel.astype(h.dtype, copy=False)
        return y if self.bias is None else y + self.bias.astype(h.dtype, copy=False)
