"""What `fit` is fed: batches, and how reviews are put into batches of like length."""

from functools import partial
from typing import NamedTuple

import numpy as np

from .. import imdb
from ..common import checks


class Batch(NamedTuple):
    """inputs (B, T) ids or (B, T, D) numbers; y, what is right, for each step that is asked; asked: booleans (B, T), or
    None for the last step of each sequence.
    """

    inputs: np.ndarray
    y: np.ndarray
    asked: np.ndarray | None = None


def of_reviews(reviews, size=128, maxlen=500, alike=True, padding="pre"):
    """A function draw(rng): the reviews once, in batches of up to `size` of about one length, in a new order each time.

    A review longer than `maxlen` keeps its last words. Zeros stand in front of the shorter ones of a batch (padding
    "post": behind them): few, for the lengths of a batch differ by a tenth or so. alike=False: batches as they come,
    each `maxlen` long, as Keras' `fit` has them.
    """
    size, maxlen = checks.whole(size, "size", 1, 10**6), checks.whole(maxlen, "maxlen", 1, 10**6)
    lengths = np.minimum(reviews.lengths, maxlen)

    def draw(rng):
        batches = parted(lengths * rng.uniform(0.95, 1.05, len(lengths)) if alike else rng.random(len(lengths)), size)
        made = partial(padded, reviews, maxlen=maxlen, whole=not alike, padding=padding)
        return Lazy([batches[k] for k in rng.permutation(len(batches))], made)

    return draw


def in_order(reviews, size=128, maxlen=500, alike=True, padding="pre"):
    """The reviews once, the short ones first: pairs of which reviews, (B,), and their `Batch`; alike=False: all of them
    `maxlen` long.
    """
    parts = parted(np.minimum(reviews.lengths, maxlen), size)
    return [(rows, padded(reviews, rows, maxlen, not alike, padding)) for rows in parts]


def parted(numbers, size):
    """Which reviews stand in which batch: a list of (B,), the smallest number first."""
    order = np.argsort(numbers, kind="stable")
    return [order[k : k + size] for k in range(0, len(order), size)]


def padded(reviews, rows, maxlen, whole=False, padding="pre"):
    """Some reviews as a batch, as long as the longest of them, and no longer than `maxlen`; whole: of that length."""
    some = [reviews[int(k)] for k in rows]
    return Batch(imdb.pad(some, maxlen if whole else min(maxlen, max(map(len, some))), padding), reviews.labels[rows])


class Lazy:
    """A list of batches, each made when it is its turn."""

    def __init__(self, parts, made):
        self.parts, self.made = parts, made

    def __len__(self):
        return len(self.parts)

    def __iter__(self):
        return map(self.made, self.parts)
