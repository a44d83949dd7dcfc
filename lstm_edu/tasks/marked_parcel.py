"""The task that runs through the book: one parcel of many is marked, and a few steps later a bell asks for it.

At every step a parcel comes by. Once a flag goes up with it: keep this one. `lag` steps later a bell rings: what was in
it? Its first form asks for a number, the second for a letter. In the third the flag goes up several times, and the last
one counts: what was kept must go when another comes.
"""

import numpy as np

from .examples import Examples, lags, length

START = 5  # the flag goes up at one of the first five steps
LETTERS = 4
FLAGS = 20  # where there are several flags, the last goes up at one of the first twenty steps
SHARE = 0.25  # of the steps before it that have a flag, too


def marked_parcel(n, lag, rng, steps=None):
    """n examples of numbers from -1 to 1: inputs (n, T, 3) are the number, the flag and the bell; y (n, 1), the number
    that was flagged. Who knows nothing is off by sqrt(1/3) = 0.577 (root of the mean square).

    lag: steps from flag to bell, or (shortest, longest). steps: T; None: no more than the longest lag needs. Raises
    ValueError where a lag does not fit into them.
    """
    flag, bell, T = times(n, lag, rng, steps)
    inputs = np.zeros((n, T, 3), np.float32)
    inputs[..., 0] = rng.uniform(-1, 1, (n, T))
    rows = np.arange(n)
    inputs[rows, flag, 1] = inputs[rows, bell, 2] = 1
    return Examples(inputs, inputs[rows, flag, :1], inputs[..., 2] == 1)


def letter_box(n, lag, rng, steps=None):
    """n examples of letters, one of four each: inputs (n, T, 6) are the letter (a 1 in its place), the flag and the
    bell; y (n,), the letter that was flagged. Chance is one in four. Arguments as for `marked_parcel`.
    """
    flag, bell, T = times(n, lag, rng, steps)
    letters = rng.integers(0, LETTERS, (n, T))
    inputs = np.zeros((n, T, LETTERS + 2), np.float32)
    inputs[..., :LETTERS] = np.eye(LETTERS)[letters]
    rows = np.arange(n)
    inputs[rows, flag, LETTERS] = inputs[rows, bell, LETTERS + 1] = 1
    return Examples(inputs, letters[rows, flag], inputs[..., LETTERS + 1] == 1)


def last_parcel(n, lag, rng, steps=None):
    """As `marked_parcel`, with a flag at a quarter of the steps before the one that counts; y (n, 1), the number that
    was flagged last, `lag` steps before the bell.
    """
    last, bell, T = times(n, lag, rng, steps, start=FLAGS)
    inputs = np.zeros((n, T, 3), np.float32)
    inputs[..., 0] = rng.uniform(-1, 1, (n, T))
    inputs[..., 1] = (rng.uniform(size=(n, T)) < SHARE) & (np.arange(T) < last[:, None])
    rows = np.arange(n)
    inputs[rows, last, 1] = inputs[rows, bell, 2] = 1
    return Examples(inputs, inputs[rows, last, :1], inputs[..., 2] == 1)


def times(n, lag, rng, steps, start=START):
    """When the flag goes up (n,), one of the first `start` steps, when the bell rings (n,), and T."""
    steps_between, longest = lags(lag, n, rng)
    flag = rng.integers(0, start, n)
    return flag, flag + steps_between, length(steps, start + longest)
