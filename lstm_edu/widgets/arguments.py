"""Checks of what is handed to a widget: each message names the argument, what was expected and what came."""

from math import isfinite
from numbers import Integral, Real


def share(value, argument):
    """A gate's value: a number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{argument}: expected a number from 0 to 1, got {type(value).__name__}")
    if not (isfinite(value) and 0 <= value <= 1):
        raise ValueError(f"{argument}: expected a number from 0 to 1, got {value}")
    return float(value)


def whole(value, argument, lowest, highest):
    """A whole number in a range, both ends included."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{argument}: expected a whole number, got {type(value).__name__}")
    if not lowest <= value <= highest:
        raise ValueError(f"{argument}: expected a whole number from {lowest} to {highest}, got {value}")
    return int(value)


def one_of(value, names, argument):
    """One of some names."""
    if not isinstance(value, str):
        raise TypeError(f"{argument}: expected one of {', '.join(names)}, got {type(value).__name__}")
    if value not in names:
        raise ValueError(f"{argument}: expected one of {', '.join(names)}, got {value!r}")
    return value
