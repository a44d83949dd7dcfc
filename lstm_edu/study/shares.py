"""What word, memory and bias bring to the sum of each layer."""

import numpy as np

from ..cells import LSTMCell
from . import word_groups
from .rounded import short

GATES = LSTMCell.blocks
SHARES = ("word", "memory", "bias")


class Shares:
    """Of one network, by word of V.

    The result: layer -> "all" words and "telling" ones, those of praise and scorn -> numbers for word, memory, bias.
    size: the mean of the absolute share over units and words; largest: at how many of the words it is the largest
    of the three.
    """

    def __init__(self, V):
        self.size = np.zeros((V, len(GATES), len(SHARES)))
        self.largest = np.zeros((V, len(GATES), len(SHARES)))  # times

    def add(self, seen):
        cell, words, V = seen.net.cell, seen.words, len(self.size)
        terms = (
            seen.net.embedding(words) @ cell.kernel,  # (N, 4H)
            seen.trace.before("h")[seen.real] @ cell.recurrent_kernel,
            np.broadcast_to(cell.bias, (len(words), len(cell.bias))),
        )
        sizes = np.stack([np.abs(term).reshape(len(words), len(GATES), -1).mean(axis=2) for term in terms], axis=2)
        largest = sizes.argmax(axis=2)  # (N, gates)
        for k in range(len(GATES)):
            for m in range(len(SHARES)):
                self.size[:, k, m] += np.bincount(words, sizes[:, k, m], V)
                self.largest[:, k, m] += np.bincount(words, largest[:, k] == m, V)

    def result(self, moved):
        telling = np.zeros(len(self.size), bool)
        telling[[word_groups.word_id(word) for kind in ("praise", "scorn") for word in word_groups.GROUPS[kind]]] = True
        return {
            part: {
                kind: {
                    name: short(sums[words, k].sum(axis=0) / moved.count[words].sum())
                    for name, sums in (("size", self.size), ("largest", self.largest))
                }
                for kind, words in (("all", np.ones_like(telling)), ("telling", telling))
            }
            for k, part in enumerate(GATES)
        }
