"""Plotly figures of traces, weights and recorded runs; the one room that imports plotly.

Each function but `tabulate`, which prints numbers under one another, returns a `plotly.graph_objects.Figure` in the
colours of the book, with a text alternative computed from its numbers. A figure of your own needs a title or
`describe(figure, alt)` before it can stand in the book.
"""

from .lines import lines
from .padding import padding
from .page import use_book_style
from .parts import activations, curves, gates, matrix
from .runs import history, lengths, strip
from .style import COLOURS, describe, plain, role, theme
from .tabulate import tabulate
from .watching import half_lives, likeness, memory, same_unit, word_groups

__all__ = [
    "COLOURS",
    "activations",
    "curves",
    "describe",
    "gates",
    "half_lives",
    "history",
    "lengths",
    "likeness",
    "lines",
    "matrix",
    "memory",
    "padding",
    "plain",
    "role",
    "same_unit",
    "strip",
    "tabulate",
    "theme",
    "use_book_style",
    "word_groups",
]

use_book_style()
