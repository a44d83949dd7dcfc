"""How far words of a kind move the gates and the belt, beside drawn groups of words: see `word_groups`."""

import numpy as np

from . import word_groups
from .moved import MOVED
from .rounded import short

QUANTILES = (0.05, 0.5, 0.95)


def groups(moved, positive, rng):
    """Of one network: group -> part -> effect, quantiles of both baselines, how many drawn groups reach the effect.

    positive (V,): of the reviews with a word, the share that is positive.
    """
    effects = word_groups.effects(moved.shift(), moved.count, positive, rng)
    return {
        name: {
            part: {"effect": short(found["effect"][k])}
            | {
                kind: {
                    "quantiles": short(np.quantile(found[kind][:, k], QUANTILES)),
                    "reach": int((found[kind][:, k] >= found["effect"][k]).sum()),
                }
                for kind in word_groups.UNLIKE
            }
            for k, part in enumerate(MOVED)
        }
        for name, found in effects.items()
    }
