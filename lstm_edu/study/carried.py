"""What carries a difference over one word: the belt, the candidate, or h through the gates."""

from types import SimpleNamespace

import numpy as np

from .fading import swapped
from .memory import BEFORE
from .rounded import short
from .tangent import tangent

WAYS = ("belt", "candidate", "gates")
SETTLED = 10  # words after which what is left of a difference is what survives


def carried(net, ids):
    """Of one network, on `memory.long_ones`: way -> its share of what a word hands on of a belt difference.

    A small difference, in the direction of another review's state, is followed through the words after it, to first
    order. At each word the new difference of the belt d is a sum: what came along the belt, f * d_{t-1}; what h brought
    through the candidate; what h brought through the gates i and f. A part's share is the length of its projection on
    d, as a share of d's own: part . d / d . d. The three add up to 1. Means over the reviews and all words but the
    first SETTLED.
    """
    x, cell = net.embedding(ids), net.cell
    own = cell.forward(x[:, :BEFORE]).state
    d_h, d_c = (there - here for here, there in zip(own, swapped(own), strict=True))
    trace = cell.run(x[:, BEFORE:], own)
    c_prev, shares = trace.before("c"), []
    for t in range(trace.c.shape[1]):
        at = SimpleNamespace(c_prev=c_prev[:, t], **{name: getattr(trace, name)[:, t] for name in (*cell.blocks, "c")})
        d_h, parts = tangent(cell, at, d_h, d_c)
        d_c = sum(parts)
        size = (d_c * d_c).sum(axis=1)
        shares.append([((part * d_c).sum(axis=1) / size).mean() for part in parts])
    return dict(zip(WAYS, short(np.mean(shares[SETTLED:], axis=0)), strict=True))
