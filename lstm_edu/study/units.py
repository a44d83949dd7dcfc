"""Correlations over all words of all reviews of the belts, inside a network and between two: of units, and of
directions."""

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

        canonical: of the belts of two networks over the same words, see `_canonical`. axes, mean: of each network the
        two directions (2, H) in which its belts move most, of length 1, and the belts' mean (H,); the networks are the
        last axis.
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
            "canonical": self._canonical(covariance, self.other_products / n - np.outer(mean, mean)),
            "axes": short(np.stack([self._axes(covariance, k) for k in range(S)], axis=-1)),
            "mean": short(mean[: S * H].reshape(S, H).T),
        }

    def _axes(self, covariance, k):
        """The two directions (2, H) of network k's belts, its logit rising along both."""
        belts, logit = slice(k * self.H, (k + 1) * self.H), self.S * self.H + k
        axes = np.linalg.eigh(covariance[belts, belts])[1][:, :-3:-1].T
        return axes * np.sign(axes @ covariance[belts, logit])[:, None]

    def _canonical(self, covariance, elsewhere):
        """Over all pairs of networks: the canonical correlations, their `mean`, `least` and `most`, (H,) each;
        `apart` (H,), their mean where the other network reads another review; `answer` (H, S), the correlation of a
        network's own side of each with its logit, without the sign, the mean over its pairs."""
        S, H = self.S, self.H
        of = [slice(k * H, (k + 1) * H) for k in range(S)]
        rulers = [_ruler(covariance[one, one]) for one in of]
        found, apart, answer = [], [], np.zeros((H, S))
        for a, b in ((a, b) for a in range(S) for b in range(S) if a != b):
            left, correlations, _ = np.linalg.svd(rulers[a] @ covariance[of[a], of[b]] @ rulers[b])
            found.append(correlations)
            apart.append(np.linalg.svd(rulers[a] @ elsewhere[of[a], of[b]] @ rulers[b], compute_uv=False))
            logit = S * H + a
            with_logit = left.T @ rulers[a] @ covariance[of[a], logit] / np.sqrt(covariance[logit, logit])  # (H,)
            answer[:, a] += np.abs(with_logit) / (S - 1)
        return {
            "mean": short(np.mean(found, axis=0)),
            "least": short(np.min(found, axis=0)),
            "most": short(np.max(found, axis=0)),
            "apart": short(np.mean(apart, axis=0)),
            "answer": short(answer),
        }


def _ruler(covariance):
    """What makes the numbers of this covariance (H, H) uncorrelated and of variance 1: its inverse root."""
    sizes, directions = np.linalg.eigh(covariance)
    return directions / np.sqrt(sizes) @ directions.T


def _spread(values):
    """Five numbers of a list of arrays: the 0th, 10th, 50th, 90th and 100th of a hundred."""
    return short(np.quantile(np.concatenate(values), [0, 0.1, 0.5, 0.9, 1]))
