"""One row of the marked parcel, made alike in Python and in a page: js/numbers/parcel_row.js repeats this file."""

from itertools import islice
from math import floor

import numpy as np

from ..common import checks
from .marked_parcel import START

BITS = 2**32


def parcel_row(example, lag):
    """A row of `marked_parcel` that two whole numbers name: inputs (T, 3), float64, its last step that of the bell.

    The numbers have two decimals, so that a reader is shown what a cell is handed. example: which row, from 1; lag:
    steps from flag to bell. Raises TypeError or ValueError, naming the argument.

    >>> parcel_row(example=1, lag=1).tolist()
    [[0.39, 0.0, 0.0], [0.7, 1.0, 0.0], [-0.8, 0.0, 1.0]]
    """
    example, lag = checks.whole(example, "example", 1, BITS - 1), checks.whole(lag, "lag", 1, 10**6)
    draws = evenly(example * 0x9E3779B1 + lag)
    flag = floor(START * next(draws))
    steps = flag + lag + 1
    inputs = np.zeros((steps, 3))
    inputs[:, 0] = [(floor(200 * draw + 0.5) - 100) / 100 for draw in islice(draws, steps)]
    inputs[flag, 1] = inputs[-1, 2] = 1
    return inputs


def evenly(state):
    """Numbers from 0 to 1, 1 left out, without end: mulberry32, a generator of a page's 32-bit arithmetic. Source:
    T. Ettinger, 2017, in the public domain.
    """
    while True:
        state = (state + 0x6D2B79F5) % BITS
        t = (state ^ state >> 15) * (state | 1) % BITS
        t ^= (t + (t ^ t >> 7) * (t | 61)) % BITS
        yield (t ^ t >> 14) / BITS
