"""Plotly figures of traces, weights and recorded runs; the one room that imports plotly.

Each function returns a `plotly.graph_objects.Figure` in the colours of the book, with a text alternative computed from
its numbers. A figure of your own needs a title or `describe(figure, alt)` before it can stand in the book.
"""

from .dialects import dialects
from .lines import lines
from .padding import padding
from .page import use_book_style
from .parameters import parameters
from .parts import activations, belt, curves, gates, matrix, one_step
from .runs import history, lengths, strip
from .style import COLOURS, describe, plain, role, theme

__all__ = [
    "COLOURS",
    "activations",
    "belt",
    "curves",
    "describe",
    "dialects",
    "gates",
    "history",
    "lengths",
    "lines",
    "matrix",
    "one_step",
    "padding",
    "parameters",
    "plain",
    "role",
    "strip",
    "theme",
    "use_book_style",
]

use_book_style()
