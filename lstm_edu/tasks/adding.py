"""The adding problem: two numbers of a long row are marked; their sum is asked for at the end.

Source: S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997), 1735-1780, experiment 4;
here with numbers from 0 to 1, as in Q. Le, N. Jaitly, G. Hinton, arXiv:1504.00941 (2015).
"""

import numpy as np

from .examples import Examples, lags


def adding(n, lag, rng):
    """n examples: inputs (n, T, 2) are a number from 0 to 1 and the mark; y (n, 1), the sum of both marked numbers,
    asked for at the last step. Who always says 1 is off by sqrt(1/6) = 0.408 (root of the mean square).

    lag: T, or (shortest, longest): the row of an example that is shorter stands at the end, zeros before it. One mark
    is in the first half of a row, one in the second.
    """
    long, T = lags(lag, n, rng)
    if long.min() < 2:
        raise ValueError(f"lag: expected rows of at least 2 steps, for two marks, got {long.min()}")
    rows = np.arange(n)
    inputs = np.zeros((n, T, 2), np.float32)
    within = np.arange(T) >= T - long[:, None]  # (n, T)
    inputs[..., 0] = rng.uniform(0, 1, (n, T)) * within
    first = rng.integers(0, long // 2)
    second = rng.integers(long // 2, long)
    for place in (first, second):
        inputs[rows, T - long + place, 1] = 1
    asked = np.zeros((n, T), bool)
    asked[:, -1] = True
    return Examples(inputs, inputs.prod(axis=2).sum(axis=1, keepdims=True), asked)
