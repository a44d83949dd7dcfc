"""The figure of the dialects: the four blocks in the order of a library, and what a reader of another order takes them
for."""

import plotly.graph_objects as go

from ..dialects import DIALECTS, HOUSE
from .parts import name_of
from .style import describe, role, slider_of


def dialects(reader="keras", start=None):
    """The blocks as they stand in the library that a slider chooses, over what a reader of `reader`'s order sees there.

    start: the library shown first, the first if None. Raises ValueError if `reader` or `start` is no dialect.
    """
    names = list(DIALECTS)
    start = names[0] if start is None else start
    for argument, name in (("reader", reader), ("start", start)):
        if name not in names:
            raise ValueError(f"{argument}: expected one of {', '.join(names)}, got {name!r}")
    looks = {name: _look(DIALECTS[name].order, DIALECTS[reader].order) for name in names}
    steps = [
        (
            f"{name}: {' '.join(DIALECTS[name].order)}",
            "update",
            [{key: [value] for key, value in look.items()}, {"yaxis.ticktext": [name, f"read as<br>{reader}"]}],
        )
        for name, look in looks.items()
    ]
    figure = go.Figure(
        go.Heatmap(
            **looks[start],
            x=[1, 2, 3, 4],
            y=[1, 0],
            zmin=-0.5,
            zmax=3.5,
            colorscale=[[(k + end) / 4, role(part)] for k, part in enumerate(HOUSE) for end in (0, 1)],
            showscale=False,
            texttemplate="%{text}",
            textfont={"color": "#000000", "size": 22},  # on marks of middling lightness, in both themes
            hovertemplate="block %{x}: %{text}<extra></extra>",
            xgap=2,
            ygap=10,
        )
    )
    figure.update_xaxes(title_text="block", dtick=1, showline=False, ticks="")
    figure.update_yaxes(tickvals=[1, 0], ticktext=[start, f"read as<br>{reader}"], showgrid=False, ticks="")
    figure.update_yaxes(zeroline=False, showline=False)
    figure.update_layout(
        title_text=f"Four blocks in six libraries, read in the order of {reader}",
        hovermode="closest",
        height=280,
        sliders=[slider_of("weights of", steps, names.index(start))],
    )
    told = "; ".join(f"{name} {' '.join(DIALECTS[name].order)}" for name in names)
    letters = ", ".join(name_of(part) for part in HOUSE)
    alt = f"{letters}. The order of the blocks: {told}. A reader of {reader}'s order sees "
    return describe(figure, f"{alt}{' '.join(DIALECTS[reader].order)} in all of them.")


def _look(there, read):
    """z and text of the heat map (2, 4): the block that stands in each place, and the one it is taken for."""
    return {"z": [[HOUSE.index(part) for part in row] for row in (there, read)], "text": [list(there), list(read)]}
