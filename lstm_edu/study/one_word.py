"""How long one word lasts: a word is changed, and the words after it are read with it and without it."""

import numpy as np

from ..imdb.text import OFFSET
from . import word_groups
from .fading import fading, half_life
from .memory import AFTER, BEFORE
from .rounded import short

SINCE = 50  # words at least stand before the one that is changed


def places(ids):
    """Which word is changed in each of `memory.long_ones`, the same for all networks: of the words SINCE to BEFORE one
    drawn at random. kind -> (reviews, their places). telling: a word of praise or scorn, where there is one; any: any.
    """
    telling = [word_groups.word_id(word) for kind in ("praise", "scorn") for word in word_groups.GROUPS[kind]]
    rng, found = np.random.default_rng(2), {}
    for kind, fits in (("telling", np.isin(ids, telling)), ("any", ids > OFFSET)):
        drawn = np.where(fits[:, SINCE:BEFORE], rng.random((len(ids), BEFORE - SINCE)), -1)
        reviews = np.flatnonzero(drawn.max(axis=1) >= 0)
        found[kind] = reviews, SINCE + drawn[reviews].argmax(axis=1)
    return found


def one_word(net, ids, mean_word, where):
    """Of one network: kind of word -> `times`, and for the word swapped for the mean word (`mean`) and left out (`out`)
    what is `left` of the difference in the logit after n more words (AFTER + 1,), with its `half_life` in words.

    ids: `memory.long_ones`; mean_word (D,); where: as `places` says.
    """
    x = net.embedding(ids)
    trace = net.cell.run(x[:, :BEFORE])
    found = {}
    for kind, (r, t) in where.items():
        before, after = ((trace.h[r, k], trace.c[r, k]) for k in (t - 1, t))
        mean = net.cell.step(np.tile(mean_word, (len(r), 1)), before)
        following = x[r[:, None], t[:, None] + np.arange(1, AFTER + 1)]  # (reviews, AFTER, D)
        found[kind] = {"times": len(r)}
        for how, other in (("mean", mean), ("out", before)):
            left = fading(net, following, after, other)
            found[kind][how] = {"left": short(left), "half_life": short(half_life(left), 1)}
    return found
