"""Curves of the reader's own numbers: several over one axis, or one for each setting with a slider."""

from numbers import Real

import numpy as np

from ..words import Words
from .page import Figure, describe
from .style import DASHES, number, plain, slider_of, theme

say = Words("figures")
STYLES = list(dict.fromkeys(DASHES.values()))
INKS = ("ink", "faded-text", "line", "ink")  # no curve here is a gate, so none has a gate's colour


def lines(positions, series, title="", x="x", y=None):
    """Curves over the same positions. positions (N,); series: name -> (N,) values; x, y: the axes' titles.

    Raises ValueError if there is no curve, more curves than kinds of dashes, or a length differs from N.
    """
    y = say("curves.value") if y is None else y
    positions = np.asarray(positions, float)
    series = {name: np.asarray(line, float) for name, line in series.items()}
    if not 1 <= len(series) <= len(STYLES):
        raise ValueError(f"series: expected 1 to {len(STYLES)} curves, got {len(series)}")
    for name, line in series.items():
        if positions.ndim != 1 or line.shape != positions.shape:
            raise ValueError(f"series: expected shape (N,) as positions {positions.shape}, got {line.shape} for {name}")
    figure = Figure()
    for ink, dash, (name, line) in zip(INKS, STYLES, series.items(), strict=False):
        look = {"color": theme(ink), "dash": dash, "width": 3}
        figure.add_scatter(x=positions, y=line, name=plain(name), mode="lines", line=look)
    figure.update_layout(title_text=plain(title), xaxis_title_text=plain(x), yaxis_title_text=plain(y))
    ranges = (
        say("curves.range", name=name, least=number(line.min()), most=number(line.max()))
        for name, line in series.items()
    )
    return describe(figure, _titled(title, say("curves.ranges", y=y, x=x, ranges="; ".join(ranges))))


def curves(series, slider=None, start=None, log=False, title="", x=None, y=None):
    """Curves of one quantity for several settings: with a slider, one is drawn strong among the others.

    series: setting (a number or a word) -> (T,) values at steps 0 to T-1. slider: what the settings are; None draws all
    alike with a legend. start: the setting shown first, the first if None. log: a logarithmic y axis. x, y: the axes'
    titles. Raises ValueError if there is no curve, the lengths differ or `start` is no setting.
    """
    x, y = say("step") if x is None else x, say("curves.value") if y is None else y
    series = {key: np.asarray(line, float) for key, line in series.items()}
    if not series or any(line.ndim != 1 for line in series.values()) or len({len(v) for v in series.values()}) > 1:
        raise ValueError(f"series: expected curves (T,) of one length, got shapes {[v.shape for v in series.values()]}")
    keys = list(series)
    active = _active(keys, start)
    labels = [number(key) if isinstance(key, Real) else plain(key) for key in keys]
    names = [say("curves.setting", slider=plain(slider), setting=label) if slider else label for label in labels]
    figure = Figure()
    for name, line in zip(names, series.values(), strict=True):
        figure.add_scatter(x=list(range(len(line))), y=line, name=name, mode="lines")
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
        say("curves.ends", name=name, first=number(line[0]), last=number(line[-1]))
        for name, line in zip(names, series.values(), strict=True)
        if len(line)
    )
    return describe(figure, _titled(title, say("curves.alt", y=y, x=x, ends=ends)))


def _titled(title, told):
    return f"{title}. {told}" if title else told


def _strong(keys, chosen):
    """The looks of curves of which one is chosen, one dict for each."""
    strong = {"line.color": theme("ink"), "line.width": 4, "opacity": 1.0, "zorder": 1}
    quiet = {"line.color": theme("faded-text"), "line.width": 1.5, "opacity": 0.5, "zorder": 0}
    return [strong if k == chosen else quiet for k in range(len(keys))]


def _active(keys, start):
    if start is not None and start not in keys:
        raise ValueError(f"start: expected one of {', '.join(map(str, keys))}, got {start!r}")
    return 0 if start is None else keys.index(start)
