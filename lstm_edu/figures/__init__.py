"""Plotly figures of traces, weights and recorded runs; the one room that imports plotly.

Each function returns a `Figure`, Plotly's in the style of the book, with a text alternative computed from its numbers;
but `tabulate` prints numbers under one another, and `gallery` is a list of small pictures. A figure of your own stands
in the book after `describe(figure, alt)`.
"""

from .cell import activations, gates, matrix
from .curves import curves, lines
from .experiments import arrows, beginnings, by_lag, raced, reach, ways
from .gallery import gallery
from .learning import parcel, race, shares
from .maps import maps
from .page import Figure, describe
from .points import each, points, stacked
from .reviews import lengths
from .runs import history, strip
from .study import half_lives, likeness, memory, plane, same_unit, word_groups
from .style import COLOURS, plain, role, theme
from .tabulate import tabulate

__all__ = [
    "COLOURS",
    "Figure",
    "activations",
    "arrows",
    "beginnings",
    "by_lag",
    "curves",
    "describe",
    "each",
    "gallery",
    "gates",
    "half_lives",
    "history",
    "lengths",
    "likeness",
    "lines",
    "maps",
    "matrix",
    "memory",
    "parcel",
    "plain",
    "plane",
    "points",
    "race",
    "raced",
    "reach",
    "role",
    "same_unit",
    "shares",
    "stacked",
    "strip",
    "tabulate",
    "theme",
    "ways",
    "word_groups",
]
