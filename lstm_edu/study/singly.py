"""The words of the groups one by one, beside other words as frequent: what forget gate and answer do at them."""

import numpy as np

from .. import imdb
from . import word_groups
from .moved import MOVED
from .rounded import short


class Singly:
    """Of one network, by word of V.

    The result: word of a group -> `times`, the words `like` it in count, and what the forget gate does at it. shift:
    the root of the mean square over the units of its shifts; reach: how many of the words like it shift as far; f: the
    mean over times and units; slope: of the logit after the word on the logit before it, how much of an old opinion is
    left; f_like, slope_like: smallest, middle and largest of the words like it.
    """

    def __init__(self, V):
        self.moments = np.zeros((V, 5))  # of the logits before and after

    def add(self, seen):
        before, after = (seen.net.logit(h[seen.real]).astype(float) for h in (seen.trace.before("h"), seen.trace.h))
        for k, values in enumerate((np.ones(len(before)), before, after, before * after, before**2)):
            self.moments[:, k] += np.bincount(seen.words, values, len(self.moments))

    def slopes(self):
        """(V,): the slope of after on before; 0 where there is none."""
        n, before, after, product, square = self.moments.T
        n = np.maximum(n, 1)
        covariance, variance = product - before * after / n, square - before**2 / n
        return np.divide(covariance, variance, out=np.zeros(len(n)), where=variance > 1e-9)

    def result(self, moved):
        f = moved.at("f").mean(axis=1)
        shift = np.sqrt((moved.shift()[:, MOVED.index("f")] ** 2).mean(axis=1))
        slope, found = self.slopes(), {}
        for word, others in word_groups.as_frequent(moved.count).items():
            k = word_groups.word_id(word)
            found[word] = {
                "times": int(moved.count[k]),
                "like": imdb.decode(others.tolist()),
                "shift": short(shift[k]),
                "reach": int((shift[others] >= shift[k]).sum()),
                "f": short(f[k]),
                "f_like": short(np.quantile(f[others], [0, 0.5, 1])),
                "slope": short(slope[k]),
                "slope_like": short(np.quantile(slope[others], [0, 0.5, 1])),
            }
        return found
