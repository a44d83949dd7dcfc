"""What "not" does to the logit when it stands before a word, and what "very" does."""

import numpy as np

from ..imdb.text import PAD
from ..runs.statistics import mean_half_width
from .rounded import short
from .word_groups import word_id

FIRST_WORDS = ("not", "very")
SECOND_WORDS = ("good", "great", "funny", "bad", "boring", "terrible")


class Before:
    """Of one network.

    The result: first word -> second word, or "any" -> `times`, how often; `mean` of what the first adds to the logit
    after both; `half_width` of its 95% interval.
    """

    def __init__(self):
        self.added = {(first, second): [] for first in FIRST_WORDS for second in (*SECOND_WORDS, "any")}

    def add(self, seen):
        """At each first word that stands between two words: the logit after both, less what it is without the first."""
        net, ids, trace = seen.net, seen.ids, seen.trace
        for first in FIRST_WORDS:
            r, t = np.nonzero(ids[:, 1:-1] == word_id(first))  # the first word stands at t + 1
            known = ids[r, t] != PAD
            r, t = r[known], t[known]
            after = ids[r, t + 2]
            h, _ = net.cell.step(net.embedding(after), (trace.h[r, t], trace.c[r, t]))
            added = net.logit(trace.h[r, t + 2]) - net.logit(h)
            for second in (*SECOND_WORDS, "any"):
                self.added[first, second].append(added if second == "any" else added[after == word_id(second)])

    def result(self):
        found = {first: {} for first in FIRST_WORDS}
        for (first, second), parts in self.added.items():
            values = np.concatenate(parts).astype(float)
            found[first][second] = {"times": len(values)}
            if len(values):
                mean, half_width = short([values.mean(), mean_half_width(values)])
                found[first][second] |= {"mean": mean, "half_width": half_width}
        return found
