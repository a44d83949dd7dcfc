"""Figures of the reviews: how long they are, and which words stay when they are padded and cut."""

import numpy as np
import plotly.graph_objects as go

from ..imdb import pad
from ..imdb.batches import ENDS
from ..words import Words
from .page import Figure, describe
from .style import broken, plain, slider_of, theme
from .table import text

say = Words("figures")
SETTINGS = [(padding, truncating) for padding in ENDS for truncating in ENDS]
SQUARE = 30  # pixels, height of one step


def padding(words, start=None):
    """A short text under the four settings of `imdb.pad`, one column each, for the `maxlen` that a slider chooses.

    words: T texts; start: the maxlen shown first, T if None; the slider goes from 1 to T + 3. Step 1, which the network
    reads first, is at the top. Raises ValueError if there is no word or `start` is none of the slider's.
    """
    words = [str(word) for word in words]
    if not words:
        raise ValueError("words: expected at least one, got none")
    longest = len(words) + 3
    start = len(words) if start is None else start
    if not 1 <= start <= longest:
        raise ValueError(f"start: expected 1 to {longest}, got {start}")

    looks = {maxlen: _squares(words, maxlen, longest) for maxlen in range(1, longest + 1)}
    steps = [(n, "restyle", [{name: [value] for name, value in look.items()}]) for n, look in looks.items()]
    figure = Figure(
        go.Heatmap(
            **looks[start],
            x=list(range(len(SETTINGS))),
            y=list(range(1, longest + 1)),
            zmin=0,
            zmax=1,
            colorscale=[[0, theme("surface")], [1, theme("faded")]],
            showscale=False,
            texttemplate="%{text}",
            textfont={"color": theme("ink")},
            hovertemplate=say("padding.hover", step="%{y}", word="%{text}") + "<extra></extra>",
            hoverongaps=False,
            xgap=6,
            ygap=2,
        )
    )
    names = [broken(say("padding.setting", padding=p, truncating=t)) for p, t in SETTINGS]
    figure.update_xaxes(tickvals=list(range(len(SETTINGS))), ticktext=names, side="top", showline=False, ticks="")
    figure.update_yaxes(
        title_text=say("step"), range=[longest + 0.5, 0.5], dtick=1, showgrid=False, ticks="", zeroline=False
    )
    figure.update_layout(
        title_text=say("padding.title"),
        hovermode="closest",
        height=SQUARE * longest + 130,
        sliders=[slider_of("maxlen", steps, start - 1)],
    )
    shown = [" ".join(map(text, column)) for column in zip(*looks[start]["text"][:start], strict=True)]
    rows = ". ".join(
        say("padding.row", padding=padding, truncating=truncating, words=row)
        for (padding, truncating), row in zip(SETTINGS, shown, strict=True)
    )
    return describe(figure, say("padding.alt", count=len(words), words=" ".join(words), places=start, rows=rows))


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


def _squares(words, maxlen, longest):
    """z and text of the heat map (longest, settings): 1 a word, 0 a zero of the padding, None no step at all."""
    numbered = range(1, len(words) + 1)
    kept = [pad([numbered], maxlen, padding=p, truncating=t)[0].tolist() for p, t in SETTINGS]
    rows = [list(row) for row in zip(*kept, strict=True)]  # (maxlen, settings), 0 for padding
    beyond = longest - maxlen
    return {
        "z": [[min(k, 1) for k in row] for row in rows] + beyond * [len(SETTINGS) * [None]],
        "text": [[plain(words[k - 1]) if k else "0" for k in row] for row in rows] + beyond * [len(SETTINGS) * [""]],
    }
