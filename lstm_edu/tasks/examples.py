"""What every task gives: examples, what is right, and at which steps it is asked for."""

from typing import NamedTuple

import numpy as np

from ..common import checks


class Examples(NamedTuple):
    """B examples of T steps: the batch that `learn` takes.

    inputs (B, T, D) float32; y: what is right, a number each (B, 1) float32, or a class (B,) int64; asked (B, T)
    booleans: the one step of each example at which the answer counts.
    """

    inputs: np.ndarray
    y: np.ndarray
    asked: np.ndarray


def lags(lag, n, rng):
    """(n,) steps, `lag` each, or drawn evenly from the range (shortest, longest), both ends included; and the longest
    that there could be."""
    n = checks.whole(n, "n", 1, 10**7)
    if isinstance(lag, tuple | list) and len(lag) != 2:
        raise ValueError(f"lag: expected a number of steps or (shortest, longest), got {lag}")
    shortest, longest = lag if isinstance(lag, tuple | list) else (lag, lag)
    for steps in (shortest, longest):
        checks.whole(steps, "lag", 1, 10**6)
    if shortest > longest:
        raise ValueError(f"lag: expected (shortest, longest), got {(shortest, longest)}")
    return checks.generator(rng).integers(shortest, longest + 1, n), longest


def length(steps, needed):
    """T: as many steps as asked for; None: as many as the task needs. ValueError where the task does not fit in."""
    if steps is None:
        return needed
    if checks.whole(steps, "steps", 1, 10**6) < needed:
        raise ValueError(f"steps: expected at least {needed}, for a lag does not fit into fewer, got {steps}")
    return steps
