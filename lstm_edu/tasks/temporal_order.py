"""Temporal order: two of many letters count, and what is asked for is their order.

Source: S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997), 1735-1780, experiment 6a.
"""

import numpy as np

from .examples import Examples, lags

QUIET = 4  # letters that say nothing: a, b, c, d; then X and Y, which count, and the begin and the end of a row


def temporal_order(n, lag, rng):
    """n examples: inputs (n, T, 8), a letter each step (a 1 in its place): a begin, quiet letters, and among them twice
    an X or a Y; an end. y (n,): 0 for X X, 1 for X Y, 2 for Y X, 3 for Y Y, asked for at the last step.

    lag: T, at least 10, or (shortest, longest). The letters that count stand between a tenth and a fifth of the row,
    and between the half and six tenths, as in the source's rows of 100 to 110 (10 to 20, 50 to 60).
    """
    long, T = lags(lag, n, rng)
    if long.min() < 10:
        raise ValueError(f"lag: expected rows of at least 10 steps, got {long.min()}")
    rows, start = np.arange(n), T - long
    letters = rng.integers(0, QUIET, (n, T))
    which = rng.integers(0, 2, (n, 2))
    letters[rows, start + rng.integers(long // 10, long // 5 + 1)] = QUIET + which[:, 0]
    letters[rows, start + rng.integers(long // 2, long * 6 // 10 + 1)] = QUIET + which[:, 1]
    letters[rows, start], letters[:, -1] = QUIET + 2, QUIET + 3
    inputs = np.eye(QUIET + 4, dtype=np.float32)[letters] * (np.arange(T) >= start[:, None])[..., None]
    asked = np.zeros((n, T), bool)
    asked[:, -1] = True
    return Examples(inputs, 2 * which[:, 0] + which[:, 1], asked)
