"""The forget gate of each unit over all words."""

import numpy as np

from .rounded import short

EDGES = np.linspace(0, 1, 51)


class Forget:
    """Of one network. `half_life` (H,) in words: ln(1/2) over the mean of ln f, the exact rate of a product."""

    def __init__(self, H):
        self.log_f = np.zeros(H)
        self.histogram = np.zeros(len(EDGES) - 1, int)

    def add(self, seen):
        f = seen.trace.f[seen.real]  # (N, H)
        self.log_f += np.log(f).sum(axis=0, dtype=float)
        self.histogram += np.histogram(f, EDGES)[0]

    def result(self, moved):
        return {
            "half_life": short(np.log(0.5) / (self.log_f / moved.count.sum())),
            "mean": short(moved.means()["f"]),
            "histogram": self.histogram.tolist(),
        }
