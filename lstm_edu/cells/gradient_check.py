"""A way back held against nudges: the test that a cell of your own has to pass before it is trained."""

from copy import copy

import numpy as np

from ..common import checks
from .loop import Cell
from .trace import packed, parts_of

STEP = 1e-4  # of a nudge


def gradient_check(cell, steps=4, batch=2, seed=0):
    """How far the slopes of a cell's `back` are off: {name: largest error}, relative to the largest slope of all.

    The cell reads `steps` random inputs, `batch` sequences side by side, from a random state, in float64. Of a random
    loss of its outputs and its last state, every slope is found twice: by the way back, and by nudging that number
    alone, up and down. Names: those of the weights, "inputs", and of the initial state "h", for an LSTM "c" as well.
    Rounding leaves some 1e-10; an error above 1e-6 is a mistake in `turn` or `back`. A curve with a corner, such as
    relu, can be off where a number lies at the corner. The cell is not changed; its bias is better not all zeros, as
    a mistake may hide behind them.

    Raises TypeError where the cell is no `Cell`, ValueError where a number is too small or a slope is not finite.

    >>> import numpy as np
    >>> from lstm_edu import LSTMCell
    >>> rng = np.random.default_rng(1)
    >>> cell = LSTMCell(rng.normal(size=(2, 12)), rng.normal(size=(3, 12)), rng.normal(size=12))
    >>> list(found := gradient_check(cell))
    ['kernel', 'recurrent_kernel', 'bias', 'inputs', 'h', 'c']
    >>> max(found.values()) < 1e-8
    True

    Source: central differences of fourth order, M. Abramowitz, I. Stegun, "Handbook of mathematical functions", 1964,
    formula 25.3.6.
    """
    if not isinstance(cell, Cell):
        raise TypeError(f"cell: expected a Cell, got {type(cell).__name__}")
    steps, batch = checks.whole(steps, "steps", 1, 1_000), checks.whole(batch, "batch", 1, 1_000)
    rng = np.random.default_rng(checks.whole(seed, "seed", 0, 2**32 - 1))
    cell = _own(cell)
    x = rng.normal(size=(batch, steps, cell.input_size))  # (B, T, D)
    start, d_state = ([rng.normal(size=(batch, cell.units)) for _ in cell.states] for _ in range(2))
    d_h = rng.normal(size=(batch, steps, cell.units))  # (B, T, H)

    def loss():
        trace = cell.run(x, packed(start))
        last = zip(d_state, parts_of(trace.state), strict=True)
        return (d_h * trace.h).sum() + sum((d * part).sum() for d, part in last)

    found = cell.run(x, packed(start)).backward(d_h, packed(d_state))
    moved = {name: getattr(cell, name) for name in found.weights}
    moved |= {"inputs": x} | dict(zip(cell.states, start, strict=True))
    said = found.weights | {"inputs": found.inputs}
    said |= zip(cell.states, parts_of(found.initial_state), strict=True)
    nudged = {name: _nudged(loss, array) for name, array in moved.items()}
    if not all(np.isfinite([*map(np.sum, said.values()), *map(np.sum, nudged.values())])):
        raise ValueError("cell: expected finite slopes, got others: look at its turn, or at the size of its weights")
    largest = max(np.abs(slopes).max() for slopes in nudged.values()) or 1.0
    return {name: float(np.abs(said[name] - nudged[name]).max() / largest) for name in moved}


def _own(cell):
    """The same cell with weights of its own, in float64: they are moved and put back."""
    own = copy(cell)
    for name in cell.weights:
        value = getattr(cell, name)
        setattr(own, name, None if value is None else np.array(value, np.float64))
    return own


def _nudged(loss, array):
    """The loss' slope for every number of the array, which is put back as it was."""
    slopes = np.zeros_like(array)
    for where in np.ndindex(array.shape):
        old, losses = array[where], []
        for k in (-2, -1, 1, 2):
            array[where] = old + k * STEP
            losses.append(loss())
        array[where] = old
        slopes[where] = (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * STEP)
    return slopes
