"""The figure of padding and truncation: which words stay, and where the zeros go."""

import plotly.graph_objects as go

from ..imdb import pad
from ..imdb.batches import ENDS
from .style import describe, plain, slider_of, theme
from .table import text

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
    figure = go.Figure(
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
            hovertemplate="step %{y}: %{text}<extra></extra>",
            hoverongaps=False,
            xgap=6,
            ygap=2,
        )
    )
    names = [f"pad {padding}<br>cut {truncating}" for padding, truncating in SETTINGS]
    figure.update_xaxes(tickvals=list(range(len(SETTINGS))), ticktext=names, side="top", showline=False, ticks="")
    figure.update_yaxes(
        title_text="step", range=[longest + 0.5, 0.5], dtick=1, showgrid=False, ticks="", zeroline=False
    )
    figure.update_layout(
        title_text="Which words stay, and where the zeros go",
        hovermode="closest",
        height=SQUARE * longest + 130,
        sliders=[slider_of("maxlen", steps, start - 1)],
    )
    told = ". ".join(
        f"padding {padding}, truncating {truncating}: {' '.join(text(row[k]) for row in looks[start]['text'][:start])}"
        for k, (padding, truncating) in enumerate(SETTINGS)
    )
    return describe(figure, f"{len(words)} words, {' '.join(words)}, in {start} places. {told}.")


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
