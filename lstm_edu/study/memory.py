"""How long a difference lasts: two readings of the same words from two different states."""

import numpy as np

from .rounded import short

BEFORE, AFTER = 150, 100  # words read from the start, words read from two states
LONG = 2_000  # reviews of at least BEFORE + AFTER words, the first in the order of the data


def long_ones(rows):
    """The last BEFORE + AFTER words of the rows that have them, (reviews, words)."""
    return np.stack([row[-BEFORE - AFTER :] for row in rows if len(row) >= BEFORE + AFTER][:LONG])


def memory(net, ids):
    """Of one network, on `long_ones`: what is left of a difference in the logit after n words (`loop`), and what the
    belt alone would keep of it, the product of the forget gates (`belt`), both (AFTER + 1,) and 1 at first; `half_life`
    of the loop in words.
    """
    x = net.embedding(ids)
    own = net.cell.run(x[:, :BEFORE]).state
    other = tuple(np.roll(part, 1, axis=0) for part in own)  # as the review before it left it
    here, there = (net.cell.run(x[:, BEFORE:], state) for state in (own, other))
    mine, theirs = (
        net.logit(np.stack([state[0], *trace.h.swapaxes(0, 1)])) for state, trace in ((own, here), (other, there))
    )  # (AFTER + 1, reviews) each
    apart = np.abs(mine - theirs).mean(axis=1)
    loop = apart / apart[0]
    belt = np.cumprod(here.f.astype(float), axis=1).mean(axis=(0, 2))
    half_life = np.interp(0.5, loop[::-1], np.arange(AFTER + 1)[::-1])  # on the line between two words
    return {"reviews": len(ids), "loop": short(loop), "belt": short([1, *belt]), "half_life": short(half_life, 1)}
