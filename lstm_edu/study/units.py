"""Correlations over all words of all reviews of the belts, unit by unit, inside a network and between two."""

import numpy as np

from .rounded import short


class Units:
    """Of S networks with H units each: what all of them do at a word is added up together."""

    def __init__(self, S, H):
        columns = S * (H + 1)  # the belts of all networks, then their logits
        self.S, self.H, self.count = S, H, 0
        self.sum, self.products = np.zeros(columns), np.zeros((columns, columns))
        self.other_products = np.zeros((columns, columns))  # at a word of a review, and at that of the next review
        self.belts, self.logits = [], []

    def add(self, seen):
        """One network after the other, on the same reviews."""
        self.belts.append(seen.trace.c)
        self.logits.append(seen.run.logit[..., None])
        if len(self.belts) == self.S:
            columns = np.concatenate(self.belts + self.logits, axis=2)  # (B, T, S * (H + 1))
            self.belts, self.logits = [], []
            real = columns[seen.real]
            self.count += len(real)
            self.sum += real.sum(axis=0, dtype=float)
            self.products += real.T @ real
            self.other_products += real.T @ np.roll(columns, 1, axis=0)[seen.real]

    def result(self):
        """Most correlations without their sign.

        within, same, other, best, chance: of two belts of one network; of the same number in two networks; of other
        numbers; for each unit of one network with the best match in another; and with the best match where the
        other network reads another review. answer: of a unit's belt with the logit of its network. Five numbers each,
        see `_spread`. first: the share of the first principal component in each network. opposite: the share of
        pairs with the same number whose sign is negative. seeds_1_2: seed 1's units (rows) and seed 2's, with signs.
        """
        n, H, S = self.count, self.H, self.S
        mean = self.sum / n
        covariance = self.products / n - np.outer(mean, mean)
        scale = np.outer(*2 * [np.sqrt(np.diag(covariance))])
        correlation = covariance / scale
        elsewhere = (self.other_products / n - np.outer(mean, mean)) / scale
        blocks, others = (  # (S, S, H, H)
            table[: S * H, : S * H].reshape(S, H, S, H).swapaxes(1, 2) for table in (correlation, elsewhere)
        )
        answers = [correlation[S * H + k, k * H : (k + 1) * H] for k in range(S)]
        pairs, off = [(a, b) for a in range(S) for b in range(S) if a != b], ~np.eye(H, dtype=bool)
        inside = [blocks[a, a] for a in range(S)]
        return {
            "within": _spread([np.abs(block[off]) for block in inside]),
            "same": _spread([np.abs(np.diag(blocks[pair])) for pair in pairs]),
            "other": _spread([np.abs(blocks[pair][off]) for pair in pairs]),
            "best": _spread([np.abs(blocks[pair]).max(axis=1) for pair in pairs]),
            "chance": _spread([np.abs(others[pair]).max(axis=1) for pair in pairs]),
            "answer": _spread([np.abs(row) for row in answers]),
            "opposite": float(np.mean([np.diag(blocks[pair]) < 0 for pair in pairs])),
            "first": short([np.linalg.eigvalsh(block)[-1] / H for block in inside]),
            "seeds_1_2": short(blocks[0, 1], 2),
        }


def _spread(values):
    """Five numbers of a list of arrays: the 0th, 10th, 50th, 90th and 100th of a hundred."""
    return short(np.quantile(np.concatenate(values), [0, 0.1, 0.5, 0.9, 1]))
