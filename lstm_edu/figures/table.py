"""A figure's numbers as HTML tables, for whoever cannot see the figure or wants the numbers."""

import base64
import html
import re

import numpy as np

from ..common.html import element, fragment, table
from ..words import Words
from .style import MINUS, number

say = Words("figures")
ROWS = 60  # a longer table is thinned
COLUMNS = 40


def tables(figure):
    """HTML tables of a figure's traces. figure: a dict as `Figure.to_dict()` gives it.

    Traces over the same positions share a table, a heat map has its own. A trace whose places say little has in its
    `meta` what stands in the table: {"heading": ..., "positions": [...], "values": [...]}; {"table": False}: nothing.
    Raises ValueError for a kind of trace that no table is known for.
    """
    layout = figure.get("layout", {})
    parts, shared = [], {}
    for trace in figure.get("data", []):
        kind = trace.get("type", "scatter")
        if not (trace.get("meta") or {}).get("table", True):
            continue
        if kind == "heatmap":
            parts.append(_heatmap(trace, layout))
        elif kind in ("scatter", "scattergl", "bar"):
            positions, heading, series = _series(trace, layout)
            shared.setdefault((tuple(positions), heading), []).append(series)
        else:
            raise ValueError(f"figure: expected traces of type scatter, bar or heatmap, got {kind!r}")
    for (positions, heading), columns in shared.items():
        header = [heading, *(name for name, _ in columns)]
        rows = [[position, *(values[k] for _, values in columns)] for k, position in enumerate(positions)]
        parts.append(_table(header, rows))
    return fragment(parts)


def values(array):
    """The values of a trace's array, a list: as they are, or out of the typed form that Plotly gives NumPy arrays."""
    if isinstance(array, dict) and "bdata" in array:
        decoded = np.frombuffer(base64.b64decode(array["bdata"]), np.dtype(array["dtype"]))
        if "shape" in array:
            decoded = decoded.reshape([int(size) for size in str(array["shape"]).split(",")])
        return decoded.tolist()
    return [] if array is None else np.asarray(array, dtype=object).tolist()


def text(value):
    """`value` as plain text: numbers in four digits, Plotly's tags left out, its entities read."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return "\N{EN DASH}"
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
        return " ".join(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", " ", str(value))).split())
    whole = float(value).is_integer() and abs(value) < 1e9
    return str(int(value)).replace("-", MINUS) if whole else number(value)


def _series(trace, layout):
    """(positions, their heading, (name, values)) of a trace of lines, points or bars, as text."""
    across, up = ("y", "x") if trace.get("orientation") == "h" else ("x", "y")
    own, axis = trace.get("meta") or {}, _axis(trace, layout, across)
    numbers = own.get("values", values(trace.get(up)))
    positions = own.get("positions", values(trace.get(across)) or list(range(len(numbers))))
    name = text(trace.get("name") or _title(_axis(trace, layout, up)) or say("page.value"))
    named = [text(p) for p in positions] if "positions" in own else _named(positions, axis)
    return named, own.get("heading") or _title(axis) or say("page.position"), (name, [text(v) for v in numbers])


def _heatmap(trace, layout):
    z = values(trace.get("text")) or values(trace.get("z"))  # squares with words in them: the words
    x = values(trace.get("x")) or list(range(len(z[0]) if z else 0))
    y = values(trace.get("y")) or list(range(len(z)))
    across, up = _axis(trace, layout, "x"), _axis(trace, layout, "y")
    corner = f"{_title(up) or say('page.row')} / {_title(across) or say('page.column')}"
    header = [corner, *_named(x, across)]
    rows = [[name, *(text(v) for v in row)] for name, row in zip(_named(y, up), z, strict=True)]
    return _table(header, rows)


def _axis(trace, layout, letter):
    """The layout's entry for the axis that the trace is drawn on; for an axis that shows none itself, of its twin."""
    axis = layout.get(letter + "axis" + trace.get(letter + "axis", letter)[1:], {})
    twin = axis.get("matches")
    return {**layout.get(letter + "axis" + twin[1:], {}), **axis} if twin else axis


def _title(axis):
    return text(axis.get("title", {}).get("text") or "")


def _named(positions, axis):
    """The positions as text, under the names that the axis' ticks give them."""
    ticks = dict(zip(values(axis.get("tickvals")), values(axis.get("ticktext")), strict=False))
    if not ticks or len(ticks) < len(set(positions)):
        return [text(p) for p in positions]
    return [f"{text(p)}: {text(ticks[p])}" if p in ticks else text(p) for p in positions]


def _thin(length, most):
    """Indices of at most `most` of `length` things, evenly, the first and the last among them."""
    return np.unique(np.linspace(0, length - 1, most).round().astype(int)) if length > most else np.arange(length)


def _table(header, rows):
    """One table; thinned, and then it says so. All cells are plain text."""
    which, columns = _thin(len(rows), ROWS), np.r_[0, 1 + _thin(len(header) - 1, COLUMNS)]
    fewer = len(which) < len(rows), len(columns) < len(header)
    left_out = say("page.rows", shown=len(which), all=len(rows)) if fewer[0] else ""
    if fewer[1]:
        narrow = say("page.columns", shown=len(columns) - 1, all=len(header) - 1)
        left_out = say("page.both", rows=left_out, columns=narrow) if fewer[0] else narrow
    numbers = table([header[k] for k in columns], [[rows[r][k] for k in columns] for r in which])
    return fragment(
        element("p", say("page.thinned", parts=left_out)) if left_out else None,
        element("div", numbers, class_="plot-numbers", role="group", aria_label=say("page.numbers"), tabindex=0),
    )
