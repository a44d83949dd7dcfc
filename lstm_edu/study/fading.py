"""How a difference between two states fades, word by word: what the questions about memory share."""

import numpy as np


def fading(net, x, own, other, cell=None):
    """What is left of a difference in the logit after 0, 1 ... N words, as a share of the first: (N + 1,).

    x (B, N, D): the words that are read; own, other: the two states (h, c), (B, H) each, from which they are read;
    cell: another one in the place of the trained. The sizes of the differences are averaged over the B rows.
    """
    cell = cell or net.cell
    mine, theirs = (  # (B, N + 1) each
        net.logit(np.concatenate([state[0][:, None], cell(x, state)], axis=1)) for state in (own, other)
    )
    apart = np.abs(mine - theirs).mean(axis=0)
    return apart / apart[0]


def half_life(left):
    """After how many words half is left, on the line between two words; left (N + 1,), 1 at first.

    N where more than half is left after all of them.
    """
    below = np.flatnonzero(left <= 0.5)
    if not len(below):
        return len(left) - 1
    n = below[0]
    return n - (0.5 - left[n]) / (left[n - 1] - left[n])


def swapped(state):
    """For each row the state (h, c), (B, H) each, that the row before it has."""
    return tuple(np.roll(part, 1, axis=0) for part in state)
