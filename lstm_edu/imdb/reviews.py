"""A split of the data: many reviews of different lengths in one flat array."""

import dis
import sys

import numpy as np

from ..common import checks


class Reviews:
    """Reviews as word ids, with their labels.

    One flat array holds every review, one after the other: 25,000 reviews take about 24 MB, where a list of lists of
    Python integers takes more than ten times that.

    `len(reviews)` is their number; `reviews[k]` is review k, an int32 array (T,); `reviews[:100]`, or an index
    array, is a smaller `Reviews`; a loop visits each review. The arrays are views of the flat one and read-only.

    tokens (N,) int32, all word ids; offsets (len + 1,), review k is `tokens[offsets[k]:offsets[k + 1]]`;
    labels (len,) int64, 1 positive, 0 negative; lengths (len,), tokens of each review.
    """

    def __init__(self, tokens, offsets, labels):
        self.tokens = _read_only(checks.whole_numbers(tokens, "tokens"), np.int32)
        self.offsets = _read_only(offsets, np.int64)
        self.labels = _read_only(labels, np.int64)
        if len(self.offsets) != len(self.labels) + 1:
            raise ValueError(f"offsets: expected one more than labels ({len(self.labels)}), got {len(self.offsets)}")
        if self.offsets[0] != 0 or self.offsets[-1] != len(self.tokens) or (np.diff(self.offsets) < 0).any():
            raise ValueError(f"offsets: expected to rise from 0 to the number of tokens, {len(self.tokens)}")

    @classmethod
    def of(cls, rows, labels):
        """`Reviews` of rows of ids, each of its own length."""
        return cls(np.concatenate([np.empty(0, np.int32), *rows]), np.cumsum([0, *map(len, rows)]), labels)

    @property
    def lengths(self):
        return np.diff(self.offsets)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, which):
        if isinstance(which, int | np.integer):
            if not -len(self) <= which < len(self):
                raise IndexError(f"review: expected an index under {len(self)}, got {which}")
            k = which % len(self)
            return self.tokens[self.offsets[k] : self.offsets[k + 1]]
        chosen = np.arange(len(self))[which]
        if chosen.ndim != 1:
            raise IndexError(f"review: expected an integer, a slice or one row of indices, got shape {chosen.shape}")
        return Reviews.of([self[k] for k in chosen], self.labels[chosen])

    def __iter__(self):
        names = _unpacked_into(sys._getframe(1))
        if names is not None and names != len(self):  # Python would say: too many values to unpack
            raise ValueError(
                f"reviews: expected a loop or an index, got {names} names for {len(self)} reviews: "
                "their labels are apart, x, y = train, train.labels"
            )
        return (self[k] for k in range(len(self)))

    def __repr__(self):
        return f"Reviews({len(self):,} reviews, {len(self.tokens):,} tokens, {self.labels.sum():,} positive)"


def _unpacked_into(frame):
    """How many names a frame is about to hand the values out to, as in `x, y = reviews`; None where it is not."""
    code, at = frame.f_code.co_code, frame.f_lasti
    return code[at + 1] if dis.opname[code[at]] == "UNPACK_SEQUENCE" else None


def _read_only(array, dtype):
    array = np.asarray(array, dtype).view()
    array.flags.writeable = False
    return array
