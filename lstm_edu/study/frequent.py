"""All frequent words one by one: how much of the belt and of the opinion is let go at each."""

import numpy as np

from .. import imdb
from ..imdb.text import OFFSET
from . import word_groups
from .but import WORD
from .rounded import seeds_last, short


def frequent(moved, singly, positive):
    """Of all networks, for the W words with at least `word_groups.LEAST` occurrences, in the order of their ids:
    `words`, `times`, `positive`, the share of positive reviews among those with the word, (W,) each; and with a place
    for each network last: `f`, the mean forget gate, `slope` of the logit after the word on the logit before it,
    `kick`, how much higher the logit is after it than before it on average, (W, S) each; of "but" its `rank` in f and
    in slope, 1 the lowest, (2, S).

    moved, singly: a list of what `Moved` and `Singly` added up; positive (V,).
    """
    count = moved[0].count
    ids = np.flatnonzero((count >= max(word_groups.LEAST, 1)) & (np.arange(len(count)) > OFFSET))
    of_networks = []
    for of_gates, of_logits in zip(moved, singly, strict=True):
        f, slope = of_gates.at("f").mean(axis=1)[ids], of_logits.slopes()[ids]
        n, before, after, *_ = of_logits.moments[ids].T
        place = ids == word_groups.word_id(WORD)
        of_networks.append(
            {
                "f": short(f),
                "slope": short(slope, 3),
                "kick": short((after - before) / n, 3),
                "rank": [int((values < values[place]).sum()) + 1 for values in (f, slope)],
            }
        )
    return {
        "words": imdb.decode(ids.tolist()),
        "times": count[ids].astype(int).tolist(),
        "positive": short(positive[ids], 3),
    } | seeds_last(of_networks)
