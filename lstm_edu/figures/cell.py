"""Figures of a cell: its gates over time, its activations, its weights."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..cells import LSTMCell
from ..cells.activations import ACTIVATIONS
from ..common import checks
from ..drawing import PARTS
from ..words import Words
from .page import Figure, describe
from .style import COLOURS, DASHES, number, plain, role, theme, written

say = Words("figures")
part_name = Words("parts")

# Values on both sides of 0, as in js/kit/map_colours.js: the colour of the belt above, the ink below, no gate's colour.
DIVERGING = [
    [0, theme("ink")],
    [0.25, theme("faded-text")],
    [0.5, theme("background")],
    [0.75, role("c")],
    [1, COLOURS["roles"]["c"]["text"]["light"]],
]


def name_of(part):
    """Letter and words of a part, as legends write it: "f forget gate"."""
    return f"{part} {part_name(part)}"


def gates(trace, sample=0, unit=0, words=None):
    """f, i, g, o (above) and c, h (below) of one unit at each step, in time order; masked steps are shaded.

    trace: what `LSTMCell.run` returned. words: T texts for the steps. A trace with `go_backwards` is turned back into
    time order. Raises ValueError if `sample`, `unit` or the number of words does not fit the trace.
    """
    B, T, H = trace.h.shape
    checks.whole(sample, "sample", 0, B - 1)
    checks.whole(unit, "unit", 0, H - 1)
    checks.texts(words, "words", T)
    series = {part: trace.in_time(part)[sample, :, unit] for part in PARTS}  # (T,) each
    masked = np.zeros(T, bool) if trace.mask is None else ~trace.in_time("mask")[sample]

    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, figure=Figure())
    for part, y in series.items():
        line = {"color": role(part), "dash": DASHES[part], "width": 3 if part == "c" else 2}
        curve = go.Scatter(x=list(range(T)), y=y, name=name_of(part), mode="lines+markers", line=line)
        figure.add_trace(curve.update(marker={"size": 5}), row=2 if part in "ch" else 1, col=1)
    for step in np.flatnonzero(masked):
        _shade(figure, step - 0.5, step + 0.5, 0.5)
    title = say("gates.backwards" if trace.go_backwards else "gates.title", unit=unit)
    figure.update_layout(title_text=title, height=560)
    figure.update_yaxes(title_text="f, i, g, o", range=[-1.05, 1.05], row=1, col=1)
    figure.update_yaxes(title_text="c, h", row=2, col=1)
    figure.update_xaxes(title_text=say("step"), row=2, col=1)
    if words is not None:
        name_steps(figure, words)
    ranges = "; ".join(
        say("gates.range", name=name_of(part), least=number(y.min()), most=number(y.max()))
        for part, y in series.items()
        if T
    )
    alt = say("gates.alt", title=title, steps=T, ranges=ranges)
    if masked.any():
        alt += " " + say("gates.masked", steps=", ".join(map(str, np.flatnonzero(masked))))
    return describe(figure, alt)


def activations():
    """sigmoid and tanh with their derivatives; shaded is where the derivative is under a tenth of its largest value."""
    x = np.linspace(-6, 6, 241)  # steps of 0.05
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.08, figure=Figure())
    told = []
    for row, (name, part, used) in enumerate((("sigmoid", "f", "gates"), ("tanh", "g", "candidate")), start=1):
        y = ACTIVATIONS[name].curve(x)
        slope = y * (1 - y) if name == "sigmoid" else 1 - y**2
        lines = (
            (y, say(f"activations.{used}", curve=name), {"color": role(part), "width": 3}),
            (slope, say("activations.slope", curve=name), {"color": theme("line"), "dash": "dash"}),
        )
        for values, words, line in lines:
            figure.add_trace(go.Scatter(x=x, y=values, name=words, mode="lines", line=line), row=row, col=1)
        edge = float(x[slope >= slope.max() / 10].max())
        for x0, x1 in ((x[0], -edge), (edge, x[-1])):
            _shade(figure, x0, x1, 0.4, row=row, col=1)
        shown = written(first=y[0], last=y[-1], largest=slope.max(), edge=edge)
        told.append(say("activations.told", curve=name, **shown))
    figure.update_layout(title_text=say("activations.title"), height=560)
    figure.update_xaxes(title_text="z", row=2, col=1)
    return describe(figure, ". ".join(told) + ".")


def matrix(kernel, units, name="kernel", rows=None):
    """A fused weight matrix as a heat map, its four blocks of columns (i, f, g, o, Keras' order) named and marked. A
    weight above 0 is orange, one below 0 grey.

    kernel (N, 4H): `kernel`, `recurrent_kernel`, or a bias as (1, 4H); units: H; rows: N names for the rows.
    Raises ValueError if the shape or the number of names does not fit.
    """
    kernel = np.asarray(kernel)
    if kernel.ndim != 2 or kernel.shape[1] != 4 * units or not kernel.size:
        raise ValueError(f"kernel: expected shape (N, {4 * units}) for {units} units, got {kernel.shape}")
    if rows is not None and len(rows) != len(kernel):
        raise ValueError(f"rows: expected {len(kernel)} names, got {len(rows)}")
    largest = float(np.abs(kernel).max()) or 1.0
    figure = Figure(
        go.Heatmap(
            z=kernel,
            zmin=-largest,
            zmax=largest,
            colorscale=DIVERGING,
            colorbar={"title": {"text": say("matrix.weight")}, "thickness": 12},
            hovertemplate=say("matrix.hover", row="%{y}", column="%{x}", weight="%{z:.4g}") + "<extra></extra>",
        )
    )
    told, strip = [], {"type": "rect", "y0": 1.01, "y1": 1.05, "yref": "paper", "line_width": 0}
    for block, part in enumerate(LSTMCell.blocks):
        first, last = block * units, (block + 1) * units - 1
        weights = kernel[:, first : last + 1]
        figure.add_shape(x0=first - 0.5, x1=last + 0.5, fillcolor=role(part), **strip)
        figure.add_annotation(
            x=(first + last) / 2, y=1.06, yref="paper", yanchor="bottom", showarrow=False, text=f"<b>{part}</b>"
        )
        if block:
            figure.add_vline(x=first - 0.5, line={"color": theme("ink"), "width": 2})
        least, most = number(weights.min()), number(weights.max())
        told.append(say("matrix.block", name=name_of(part), first=first, last=last, least=least, most=most))
    title = f"{name} ({len(kernel)}, {4 * units})"
    figure.update_layout(title_text=plain(title), hovermode="closest", margin_t=88)
    figure.update_xaxes(title_text=say("matrix.column"), range=[-0.5, 4 * units - 0.5])
    figure.update_yaxes(title_text=say("matrix.row"), autorange="reversed", showgrid=False)
    if rows is not None:
        figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=[plain(row) for row in rows])
    return describe(figure, say("matrix.alt", title=title, blocks="; ".join(told)))


def _shade(figure, x0, x1, opacity, **place):
    figure.add_vrect(x0=x0, x1=x1, fillcolor=theme("faded"), opacity=opacity, line_width=0, layer="below", **place)


def name_steps(figure, words):
    """Words as labels of steps: x stays the number of the step, so that a word that comes twice has two places."""
    figure.update_xaxes(tickvals=list(range(len(words))), ticktext=[plain(word) for word in words], tickangle=-60)
