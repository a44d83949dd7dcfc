"""How long a difference lasts: two readings of the same words from two different states."""

import numpy as np

from .fading import fading, half_life, swapped
from .rounded import short

BEFORE, AFTER = 150, 100  # words read from the start, words read from two states
LONG = 2_000  # reviews of at least BEFORE + AFTER words, the first in the order of the data


def long_ones(rows, words=BEFORE + AFTER, most=LONG):
    """The last so many words of the rows that have them, (reviews, words)."""
    return np.stack([row[-words:] for row in rows if len(row) >= words][:most])


def memory(net, ids):
    """Of one network, on `long_ones` of BEFORE + N words: what is left of a difference in the logit after n words
    (`loop`), and what the belt alone would keep of it, the product of the forget gates (`belt`), both (N + 1,) and 1 at
    first; `half_life` of the loop in words.
    """
    x = net.embedding(ids)
    own = net.cell.run(x[:, :BEFORE]).state
    loop = fading(net, x[:, BEFORE:], own, swapped(own))
    f = net.cell.run(x[:, BEFORE:], own).f
    belt = np.cumprod(f.astype(float), axis=1).mean(axis=(0, 2))
    return {
        "reviews": len(ids),
        "loop": short(loop),
        "belt": short([1, *belt]),
        "half_life": short(half_life(loop), 1),
    }
