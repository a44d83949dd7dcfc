"""What each word moves: means over all its occurrences, for the questions that compare words."""

import numpy as np

from ..cells import LSTMCell

MOVED = (*LSTMCell.blocks, "c")  # the four layers, and the belt by this much


class Moved:
    """Sums over what one network does at each word, for V words and H units."""

    def __init__(self, V, H):
        self.count = np.zeros(V)
        self.sums = np.zeros((V, len(MOVED) * H))
        self.squares = np.zeros(len(MOVED) * H)

    def add(self, seen):
        trace, old_c = seen.trace, seen.trace.before("c")
        moved = np.concatenate([trace.i, trace.f, trace.g, trace.o, trace.c - old_c], axis=2)[seen.real]  # (N, 5H)
        order = np.argsort(seen.words, kind="stable")
        words, starts = np.unique(seen.words[order], return_index=True)
        self.sums[words] += np.add.reduceat(moved[order], starts, axis=0)
        self.squares += (moved.astype(float) ** 2).sum(axis=0)
        self.count += np.bincount(seen.words, minlength=len(self.count))

    def means(self):
        """Part -> its mean over all words (H,), float32."""
        mean = self.sums.sum(axis=0) / self.count.sum()
        return dict(zip(MOVED, mean.reshape(len(MOVED), -1).astype(np.float32), strict=True))

    def at(self, part):
        """(V, H): the mean of a part at each word."""
        of_words = self.sums.reshape(len(self.sums), len(MOVED), -1)[:, MOVED.index(part)]
        return of_words / np.maximum(self.count, 1)[:, None]

    def shift(self):
        """(V, parts, H): the mean at each word less the mean at all words, in standard deviations."""
        n = self.count.sum()
        mean = self.sums.sum(axis=0) / n
        spread = np.sqrt(self.squares / n - mean**2)
        shift = (self.sums / np.maximum(self.count, 1)[:, None] - mean) / spread
        return shift.reshape(len(shift), len(MOVED), -1)
