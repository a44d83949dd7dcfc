"""What "not" and "very" add before a word of praise and before one of scorn, on the same states."""

import numpy as np

from ..runs.statistics import mean_half_width
from .before import FIRST_WORDS, SECOND_WORDS
from .reading import last_states
from .rounded import short
from .word_groups import word_id

STATES = 4_000
PAIRS = {"bad": "good", "terrible": "great", "boring": "funny"}  # scorn -> the praise it is compared with


def beginnings(rows):
    """Of STATES reviews drawn at random the words up to a place drawn at random, the same for all networks."""
    rng = np.random.default_rng(4)
    drawn = rng.choice(len(rows), min(STATES, len(rows)), replace=False)
    return [rows[k][: rng.integers(1, len(rows[k]) + 1)] for k in drawn]


def pairs(net, heads):
    """Of one network: from each state, after the words of `beginnings`, it reads on "not good" and "good" and so on.

    first word -> second word -> `mean` of what the first adds to the logit after both, `half_width` of its 95%
    interval. And for a word of scorn: `more`, the mean of how much more is added before it than before its word of
    praise from the same state, `more_half_width`, of the paired interval, and `less`, the share by which what
    is added is smaller.
    """
    start = last_states(net, heads)
    read = lambda word, state: net.cell.step(net.embedding(np.full(len(heads), word_id(word))), state)  # noqa: E731
    found = {}
    for first in FIRST_WORDS:
        after_first = read(first, start)
        added = {
            second: (net.logit(read(second, after_first)[0]) - net.logit(read(second, start)[0])).astype(float)
            for second in SECOND_WORDS
        }
        found[first] = {
            second: {"mean": short(values.mean()), "half_width": short(mean_half_width(values))}
            for second, values in added.items()
        }
        for scorn, praise in PAIRS.items():
            more = added[scorn] - added[praise]
            found[first][scorn] |= {
                "more": short(more.mean()),
                "more_half_width": short(mean_half_width(more)),
                "less": short(1 - added[scorn].mean() / added[praise].mean()),
            }
    return found
