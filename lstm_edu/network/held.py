"""A gate set to a number by hand: another cell, in which it is held. The trained cell knows nothing of it."""

from math import isfinite
from numbers import Real

from ..cells import LSTMCell
from ..cells.activations import curve
from ..common import checks


def held(cell, part, value, unit=None):
    """An `LSTMCell` like `cell` in which `part` ("i", "f", "g" or "o") always has this value, whatever comes in.

    value: a number of any size, or an array (H,), one for each unit; unit: the one that is held, all of them if None.
    The value is exact. A held cell can be held again, and what is held later wins. Its way back knows that nothing
    moves what is held. Raises TypeError or ValueError, naming the argument.

    >>> import numpy as np
    >>> cell = LSTMCell(np.ones((1, 8)), np.ones((2, 8)))
    >>> held(cell, "f", 0.25, unit=1).run(np.ones((1, 1, 1))).f.round(2).tolist()
    [[[0.73, 0.25]]]
    """
    if type(cell) not in (LSTMCell, HeldCell):  # a relative has other equations
        raise TypeError(f"cell: expected an LSTMCell, got {type(cell).__name__}")
    checks.one_of(part, tuple(LSTMCell.blocks), "part")
    value = checks.real(value, "value")
    if value.shape not in ((), (cell.units,) if unit is None else ()):
        raise ValueError(f"value: expected a number, or for all units (H,) = ({cell.units},), got shape {value.shape}")
    units = slice(None) if unit is None else checks.whole(unit, "unit", 0, cell.units - 1)
    return HeldCell(cell, part, value, units)


def checked(hold, units, steps, gates=tuple(LSTMCell.blocks)):
    """A hold, {"gate", "unit", "step", "value"}, as `Network.run` takes it: unit None for all, step None for all.

    gates: those that the cell has.
    """
    if not isinstance(hold, dict) or set(hold) != {"gate", "unit", "step", "value"}:
        raise ValueError(f"holds: expected a dict of gate, unit, step and value, got {hold!r}")
    if hold["gate"] not in gates:
        raise ValueError(f"holds: expected a gate out of {', '.join(gates) or 'none'}, got {hold['gate']!r}")
    for name, count in (("unit", units), ("step", steps)):
        if hold[name] is not None:
            checks.whole(hold[name], f"holds: {name}", 0, count - 1)
    value = hold["value"]
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise ValueError(f"holds: value: expected a number, got {value!r}")
    return hold


class HeldCell(LSTMCell):
    """What `held` makes: the weights of an `LSTMCell`, and `holds`, what is held in it."""

    def __init__(self, cell, part, value, units):
        vars(self).update(vars(cell))
        self.holds = (*getattr(cell, "holds", ()), (part, value, units))

    def turn(self, x_t, h, c):
        parts = dict(zip(self.parts, super().turn(x_t, h, c), strict=True))
        for part, value, units in self.holds:
            parts[part][:, units] = value
        i, f, g, o = (parts[name] for name in self.blocks)
        c = f * c + i * g  # what follows from the gates, once more, as in cells/lstm.py
        h = o * curve(self.activation)(c)
        return i, f, g, o, c, h

    def back(self, at, d_h, d_c):
        d_z, (_, d_c) = super().back(at, d_h, d_c)
        for part, _, units in self.holds:
            d_z[:, self.columns(part)][:, units] = 0
        return d_z, (d_z @ self.recurrent_kernel.T, d_c)
