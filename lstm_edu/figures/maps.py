"""Every unit of a trace at once: one heat map for each part."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..common import checks
from ..words import Words
from .cell import name_steps
from .page import Figure, describe
from .style import COLOURS, TITLE, broken, number, plain, role, theme

say = Words("figures")
part_name = Words("parts")

# A GRU's two gates in the colours of the LSTM's gates that do the like.
LOOKS_LIKE = {"z": "f", "r": "i"}
GATES = "ifozr"
UNIT = 12  # pixels, height of a row, between the two that a map may have
LEAST, MOST = 76, 260
GAP = 44  # between two maps
ROOM_FOR_WORDS = 60  # more words beside each other than this cannot be read


def maps(trace, sample=0, words=None, steps=None, name=None):
    """Each part of a trace as a heat map, a row for each unit and a column for each step, in time order.

    trace: what a cell's `run` returned. words: T texts for the steps. steps: (first, last), a part of the steps, both
    ends included; None: from the first that counts to the last. name: of the layer, for the title. A gate's map goes
    from 0, the ground, to 1; a map of values on both sides of 0 is grey below it. Masked steps are left empty. Raises
    ValueError or TypeError if an argument does not fit the trace.
    """
    B, T, H = trace.h.shape
    if T == 0:
        raise ValueError("trace: expected at least one step, got none")
    checks.whole(sample, "sample", 0, B - 1)
    checks.texts(words, "words", T)
    masked = np.zeros(T, bool) if trace.mask is None else ~trace.in_time("mask")[sample]
    counts = np.arange(T) if masked.all() else np.flatnonzero(~masked)
    first, last = (int(counts[0]), int(counts[-1])) if steps is None else _ends(steps, T)
    shown = slice(first, last + 1)

    parts = trace.cell.parts
    each = min(max(UNIT * H, LEAST), MOST)
    height = len(parts) * (each + GAP)
    figure = make_subplots(
        rows=len(parts),
        shared_xaxes=True,
        vertical_spacing=GAP / height,
        subplot_titles=[plain(named(part)) for part in parts],
        figure=Figure(),
    )
    figure.update_annotations(x=0, xanchor="left", font_size=14)
    told = []
    for row, part in enumerate(parts, start=1):
        z = trace.in_time(part)[sample].T.astype(float)  # (H, T)
        z[:, masked] = np.nan
        z = z[:, shown]
        figure.add_trace(_map(z, part, first, figure.layout[f"yaxis{row}"].domain), row=row, col=1)
        if np.isfinite(z).any():
            least, most = number(np.nanmin(z)), number(np.nanmax(z))
            told.append(say("maps.range", name=named(part), least=least, most=most))
        axis = {"title_text": say("unit"), "autorange": "reversed", "showgrid": False, "zeroline": False}
        figure.update_yaxes(axis | ({"dtick": 1} if H <= 8 else {}), row=row, col=1)
    title = say("maps.of", name=name, sample=sample) if name else say("maps.title", sample=sample)
    figure.update_layout(title_text=plain(title), height=height + 120, hovermode="closest", margin_t=TITLE + 40)
    figure.update_xaxes(range=[first - 0.5, last + 0.5])
    figure.update_xaxes(title_text=say("step"), row=len(parts), col=1)
    if words is not None and last - first < ROOM_FOR_WORDS:
        name_steps(figure, words)
    alt = say("maps.alt", title=title, units=H, first=first, last=last, ranges="; ".join(told))
    if masked[shown].any():
        alt += " " + say("maps.masked", n=int(masked[shown].sum()))
    return describe(figure, alt)


def named(part):
    """Letter and words of a part."""
    return f"{part} {part_name(part)}"


def _map(z, part, first, domain):
    """The heat map of one part; its scale stands beside it, in the same part of the figure's height."""
    low, high, colours = _scale(z, part)
    return go.Heatmap(
        z=z,
        x=list(range(first, first + z.shape[1])),
        y=list(range(len(z))),
        zmin=low,
        zmax=high,
        colorscale=colours,
        colorbar={"thickness": 12, "y": sum(domain) / 2, "len": domain[1] - domain[0], "nticks": 4, "ypad": 0},
        hoverongaps=False,
        hovertemplate=broken(say("maps.hover", part=part, unit="%{y}", step="%{x}", value="%{z:.4g}"))
        + "<extra></extra>",
    )


def _scale(z, part):
    """(lowest value, highest, colours): by the same rule as js/kit/map_colours.js."""
    look = LOOKS_LIKE.get(part, part)
    up = [theme("background"), role(look), COLOURS["roles"][look]["text"]["light"]]
    least, most = (float(np.nanmin(z)), float(np.nanmax(z))) if np.isfinite(z).any() else (0.0, 0.0)
    if part in GATES and least >= 0 and most <= 1:
        return 0, 1, _spread(up)
    top = 1.0 if part != "c" and max(-least, most) <= 1 else _rounded_up(max(-least, most) or 1.0)
    return -top, top, _spread([theme("ink"), theme("faded-text"), *up])


def _spread(colours):
    return [[k / (len(colours) - 1), colour] for k, colour in enumerate(colours)]


def _rounded_up(value):
    """The next round number."""
    ten = 10.0 ** np.floor(np.log10(value))
    return float(next(factor * ten for factor in (1, 2, 3, 5, 10) if factor * ten >= value * (1 - 1e-9)))


def _ends(steps, T):
    """(first, last), checked."""
    if not isinstance(steps, (tuple, list)) or len(steps) != 2:
        raise ValueError(f"steps: expected a pair (first, last), got {steps!r}")
    first = checks.whole(steps[0], "steps[0]", 0, T - 1)
    return first, checks.whole(steps[1], "steps[1]", first, T - 1)
