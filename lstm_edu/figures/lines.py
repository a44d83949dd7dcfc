"""Several curves over an axis of their own, told apart by colour and dashes."""

import numpy as np
import plotly.graph_objects as go

from .style import DASHES, describe, number, plain, theme

STYLES = list(dict.fromkeys(DASHES.values()))
INKS = ("ink", "faded-text", "line", "ink")  # no curve here is a gate, so none has a gate's colour


def lines(positions, series, title="", x="x", y="value"):
    """Curves over the same positions. positions (N,); series: name -> (N,) values; x, y: the axes' titles.

    Raises ValueError if there is no curve, more curves than kinds of dashes, or a length differs from N.
    """
    positions = np.asarray(positions, float)
    series = {name: np.asarray(line, float) for name, line in series.items()}
    if not 1 <= len(series) <= len(STYLES):
        raise ValueError(f"series: expected 1 to {len(STYLES)} curves, got {len(series)}")
    for name, line in series.items():
        if positions.ndim != 1 or line.shape != positions.shape:
            raise ValueError(f"series: expected shape (N,) as positions {positions.shape}, got {line.shape} for {name}")
    figure = go.Figure()
    for ink, dash, (name, line) in zip(INKS, STYLES, series.items(), strict=False):
        look = {"color": theme(ink), "dash": dash, "width": 3}
        figure.add_scatter(x=positions, y=line, name=plain(name), mode="lines", line=look)
    figure.update_layout(title_text=plain(title), xaxis_title_text=plain(x), yaxis_title_text=plain(y))
    told = "; ".join(f"{name} from {number(line.min())} to {number(line.max())}" for name, line in series.items())
    return describe(figure, f"{title}. {y} against {x}, {told}.".lstrip(". "))
