"""Figures of a cell: its gates over time, its activations, its weights."""

from numbers import Real

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..cells.activations import ACTIVATIONS
from ..words import Words
from .style import DASHES, describe, number, plain, role, slider_of, theme

part_name = Words("parts")
ORDER = "figoch"  # the reading order of the book


def name_of(part):
    """Letter and words of a part, as legends write it: "f forget gate"."""
    return f"{part} {part_name(part)}"


def gates(trace, sample=0, unit=0, words=None):
    """f, i, g, o (above) and c, h (below) of one unit at each step, in time order; masked steps are shaded.

    trace: what `LSTMCell.run` returned. words: T texts for the steps. A trace with `go_backwards` is turned back into
    time order. Raises ValueError if `sample`, `unit` or the number of words does not fit the trace.
    """
    B, T, U = trace.h.shape
    _check_index("sample", sample, B)
    _check_index("unit", unit, U)
    if words is not None and len(words) != T:
        raise ValueError(f"words: expected {T} texts, one for each step, got {len(words)}")
    direction = slice(None, None, -1 if trace.go_backwards else 1)
    series = {part: getattr(trace, part)[sample, direction, unit] for part in ORDER}  # (T,) each
    masked = np.zeros(T, bool) if trace.mask is None else ~trace.mask[sample, direction]

    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06)
    for part, y in series.items():
        line = {"color": role(part), "dash": DASHES[part], "width": 3 if part == "c" else 2}
        curve = go.Scatter(x=list(range(T)), y=y, name=name_of(part), mode="lines+markers", line=line)
        figure.add_trace(curve.update(marker={"size": 5}), row=2 if part in "ch" else 1, col=1)
    for step in np.flatnonzero(masked):
        figure.add_vrect(
            x0=step - 0.5, x1=step + 0.5, fillcolor=theme("faded"), opacity=0.5, line_width=0, layer="below"
        )
    title = f"The gates, the belt and the output of unit {unit}"
    if trace.go_backwards:
        title += ", read from the last step to the first"
    figure.update_layout(title_text=title, height=560)
    figure.update_yaxes(title_text="f, i, g, o", range=[-1.05, 1.05], row=1, col=1)
    figure.update_yaxes(title_text="c, h", row=2, col=1)
    figure.update_xaxes(title_text="step", row=2, col=1)
    if words is not None:
        _name_steps(figure, words)
    ranges = "; ".join(f"{name_of(p)} from {number(y.min())} to {number(y.max())}" for p, y in series.items() if T)
    alt = f"{title}, over {T} steps: {ranges}."
    if masked.any():
        steps = ", ".join(map(str, np.flatnonzero(masked)))
        alt += f" Shaded, because the mask leaves them out: steps {steps}."
    return describe(figure, alt)


def curves(series, slider=None, start=None, log=False, title="", x="step", y="value"):
    """Curves of one quantity for several settings: with a slider, one is drawn strong among the others.

    series: setting (a number or a word) -> (T,) values at steps 0 to T-1. slider: what the settings are; None draws all
    alike with a legend. start: the setting shown first, the first if None. log: a logarithmic y axis. x, y: the axes'
    titles. Raises ValueError if there is no curve, the lengths differ or `start` is no setting.
    """
    series = {key: np.asarray(line, float) for key, line in series.items()}
    if not series or any(line.ndim != 1 for line in series.values()) or len({len(v) for v in series.values()}) > 1:
        raise ValueError(f"series: expected curves (T,) of one length, got shapes {[v.shape for v in series.values()]}")
    keys = list(series)
    active = _active(keys, start)
    labels = [number(key) if isinstance(key, Real) else plain(key) for key in keys]
    prefix = f"{plain(slider)} " if slider else ""
    figure = go.Figure()
    for label, line in zip(labels, series.values(), strict=True):
        figure.add_scatter(x=list(range(len(line))), y=line, name=f"{prefix}{label}", mode="lines")
    if slider:
        states = [{name: [s[name] for s in _strong(keys, k)] for name in _strong(keys, k)[0]} for k in range(len(keys))]
        steps = [(label, "restyle", [state]) for label, state in zip(labels, states, strict=True)]
        for curve, look in zip(figure.data, _strong(keys, active), strict=True):
            curve.update({name.replace(".", "_"): value for name, value in look.items()})
        figure.update_layout(sliders=[slider_of(plain(slider), steps, active)], showlegend=False)
    figure.update_layout(title_text=plain(title), xaxis_title_text=plain(x), yaxis_title_text=plain(y))
    figure.update_layout(hovermode="closest")
    if log:
        figure.update_yaxes(type="log", exponentformat="power")
    ends = "; ".join(
        f"{prefix}{label}: {number(line[0])} to {number(line[-1])}"
        for label, line in zip(labels, series.values(), strict=True)
        if len(line)
    )
    return describe(figure, f"{title}. {y} against {x}, first and last value, {ends}.".lstrip(". "))


def activations():
    """sigmoid and tanh with their derivatives; shaded is where the derivative is under a tenth of its largest value."""
    x = np.linspace(-6, 6, 241)  # steps of 0.05
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.08)
    told = []
    for row, (name, color, used) in enumerate(
        (("sigmoid", role("f"), "gates"), ("tanh", role("g"), "candidate")), start=1
    ):
        y = ACTIVATIONS[name](x)
        slope = y * (1 - y) if name == "sigmoid" else 1 - y**2
        curve = go.Scatter(x=x, y=y, name=f"{name} ({used})", mode="lines", line={"color": color, "width": 3})
        slopes = go.Scatter(
            x=x, y=slope, name=f"slope of {name}", mode="lines", line={"color": theme("line"), "dash": "dash"}
        )
        figure.add_trace(curve, row=row, col=1)
        figure.add_trace(slopes, row=row, col=1)
        edge = float(x[slope >= slope.max() / 10].max())
        for x0, x1 in ((x[0], -edge), (edge, x[-1])):
            figure.add_vrect(
                x0=x0, x1=x1, fillcolor=theme("faded"), opacity=0.4, line_width=0, layer="below", row=row, col=1
            )
        told.append(
            f"{name} goes from {number(y[0])} to {number(y[-1])}; its slope is {number(slope.max())} at 0 "
            f"and under a tenth of that beyond {number(edge)} on either side"
        )
    figure.update_layout(title_text="Sigmoid, tanh and their slopes", height=560)
    figure.update_xaxes(title_text="z", row=2, col=1)
    return describe(figure, ". ".join(told) + ".")


def matrix(kernel, units, name="kernel", rows=None):
    """A fused weight matrix as a heat map, its four blocks of columns (i, f, g, o, Keras' order) named and marked.

    kernel (N, 4U): `kernel`, `recurrent_kernel`, or a bias as (1, 4U); units: U; rows: N names for the rows.
    Raises ValueError if the shape or the number of names does not fit.
    """
    kernel = np.asarray(kernel)
    if kernel.ndim != 2 or kernel.shape[1] != 4 * units or not kernel.size:
        raise ValueError(f"kernel: expected shape (N, {4 * units}) for {units} units, got {kernel.shape}")
    if rows is not None and len(rows) != len(kernel):
        raise ValueError(f"rows: expected {len(kernel)} names, got {len(rows)}")
    largest = float(np.abs(kernel).max()) or 1.0
    figure = go.Figure(
        go.Heatmap(
            z=kernel,
            zmin=-largest,
            zmax=largest,
            colorscale=[[0, "#2166ac"], [0.5, "#f7f7f7"], [1, "#b2182b"]],
            colorbar={"title": {"text": "weight"}, "thickness": 12},
            hovertemplate="row %{y}, column %{x}: %{z:.4g}<extra></extra>",
        )
    )
    told = []
    for block, part in enumerate("ifgo"):
        first, last = block * units, (block + 1) * units - 1
        words = f"{name_of(part)}, columns {first} to {last}"
        figure.add_shape(
            type="rect",
            x0=first - 0.5,
            x1=last + 0.5,
            y0=1.01,
            y1=1.05,
            yref="paper",
            line_width=0,
            fillcolor=role(part),
        )
        figure.add_annotation(
            x=(first + last) / 2, y=1.06, yref="paper", yanchor="bottom", showarrow=False, text=f"<b>{part}</b>"
        )
        if block:
            figure.add_vline(x=first - 0.5, line={"color": theme("ink"), "width": 2})
        told.append(
            f"{words}, weights from {number(kernel[:, first : last + 1].min())} to "
            f"{number(kernel[:, first : last + 1].max())}"
        )
    title = f"{name} ({len(kernel)}, {4 * units})"
    figure.update_layout(title_text=plain(title), hovermode="closest", margin_t=88)
    figure.update_xaxes(title_text="column", range=[-0.5, 4 * units - 0.5])
    figure.update_yaxes(title_text="row", autorange="reversed", showgrid=False)
    if rows is not None:
        figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=[plain(row) for row in rows])
    return describe(figure, f"{title}, four blocks of columns side by side: {'; '.join(told)}.")


def _name_steps(figure, words):
    """Words as labels of steps: x stays the number of the step, so that a word that comes twice has two places."""
    figure.update_xaxes(tickvals=list(range(len(words))), ticktext=[plain(word) for word in words], tickangle=-60)


def _strong(keys, chosen):
    """The looks of curves of which one is chosen, one dict for each."""
    strong = {"line.color": theme("ink"), "line.width": 4, "opacity": 1.0, "zorder": 1}
    quiet = {"line.color": theme("faded-text"), "line.width": 1.5, "opacity": 0.5, "zorder": 0}
    return [strong if k == chosen else quiet for k in range(len(keys))]


def _active(keys, start):
    if start is not None and start not in keys:
        raise ValueError(f"start: expected one of {', '.join(map(str, keys))}, got {start!r}")
    return 0 if start is None else keys.index(start)


def _check_index(argument, index, length):
    if not 0 <= index < length:
        raise ValueError(f"{argument}: expected a whole number from 0 to {length - 1}, got {index!r}")
