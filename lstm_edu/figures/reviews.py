"""The figure of the reviews: how long they are."""

import numpy as np
import plotly.graph_objects as go

from ..words import Words
from .page import Figure, describe
from .style import broken, slider_of, theme

say = Words("figures")


def lengths(statistics):
    """How long the training reviews are, and what a maximal length, chosen by a slider, leaves of them.

    statistics: as `imdb.statistics()` gives them.
    """
    train = statistics["train"]
    edges, reviews = np.array(train["histogram"]["edges"]), train["histogram"]["reviews"]
    middles = (edges[:-1] + edges[1:]) / 2
    limits = {int(maxlen): kept for maxlen, kept in train["kept"].items()}
    active = list(limits).index(500) if 500 in limits else 0

    def state(maxlen):
        kept = limits[maxlen]
        whole, tokens = kept["reviews"] / train["reviews"], kept["tokens"] / train["tokens"]
        colors = [theme("ink") if edge <= maxlen else theme("faded-text") for edge in edges[1:]]
        # inside the figure, where the bars are low: short lines, for a narrow screen
        told = say("lengths.kept", maxlen=maxlen, reviews=f"{100 * whole:.1f}", tokens=f"{100 * tokens:.1f}")
        return colors, told

    states = {maxlen: state(maxlen) for maxlen in limits}
    steps = [
        (str(maxlen), "update", [{"marker.color": [colors]}, {"annotations[0].text": broken(told)}])
        for maxlen, (colors, told) in states.items()
    ]
    colors, told = list(states.values())[active]
    figure = Figure(
        go.Bar(x=middles, y=reviews, width=np.diff(edges), marker_color=colors, name=say("lengths.reviews"))
    )
    corner = {"x": 1, "y": 0.95, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "top"}
    figure.add_annotation(text=broken(told), showarrow=False, align="right", **corner)
    figure.update_layout(
        title_text=say("lengths.title"),
        bargap=0,
        xaxis_title_text=say("lengths.tokens"),
        yaxis_title_text=say("lengths.reviews"),
        hovermode="closest",
        sliders=[slider_of(say("lengths.slider"), steps, active)],
    )
    length = {name: train["length"][name] for name in ("min", "median", "p90", "max")}
    kept = ". ".join(told for _, told in states.values())
    return describe(figure, say("lengths.alt", reviews=f"{train['reviews']:,}", **length, kept=kept))
