"""TrainingFilm: a plain loop and an LSTM while they learn the same task, and the time in the reader's hand."""

import numpy as np
import traitlets

from ..common import checks
from ..common.html import Markup, element, fragment, table
from ..drawing import css
from ..films import PARTS, Film, film, names
from ..words import Words
from .base import Widget
from .packed import packed

say = Words("training_film")
COLUMNS = ("batch", "plain_right", "plain_left", "lstm_right", "lstm_left", "kept")
LEFT, WIDE, HIGH, APART = 50, 480, 100, 150  # of the still picture: where a chart begins, its size, where the next does
LINES = {"simple_rnn": ("var(--gate-h)", "6 4"), "lstm": ("var(--gate-c)", None)}  # colour and dashes


class TrainingFilm(Widget):
    """`TrainingFilm(film="letter_30", batch=0, part="f")`

    A filmed training: what a plain loop and an LSTM answer right, how much of the slope is left at each step, and for
    one sequence the state of the one and a part of the other, at each step and unit. film: the name of one that is
    shipped, or a `Film`. batch: after how many batches, one at which a frame was taken; part: of the LSTM, "f", "i",
    "o" or "c". Both are traits, in step with the page. Raises TypeError or ValueError, naming the argument.

    >>> widget = TrainingFilm("letter_30", batch=50)
    >>> widget.batch, widget.part
    (50, 'f')
    """

    script = "training_film"
    film = traitlets.Dict().tag(sync=True)  # as js/numbers/film.js opens it
    batch = traitlets.Int().tag(sync=True)
    part = traitlets.Unicode().tag(sync=True)

    def __init__(self, film="letter_30", batch=0, part="f"):
        self.shown = of_name(film)
        super().__init__(film=pack(self.shown), batch=self._taken(batch), part=_part(part))

    @traitlets.validate("batch")
    def _check_batch(self, proposal):
        return self._taken(proposal.value)

    @traitlets.validate("part")
    def _check_part(self, proposal):
        return _part(proposal.value)

    def _taken(self, batch):
        """A number of batches after which a frame was taken."""
        taken = self.shown.batch.tolist()
        if checks.whole(batch, "batch", 0, taken[-1]) not in taken:
            raise ValueError(f"batch: expected one of {taken[0]}, {taken[1]}, ... {taken[-1]}, got {batch}")
        return batch

    def still(self):
        shown = self.shown
        columns = [
            column for cell in PARTS for column in (_percents(shown.right(cell)), _shares(_at_flag(shown, cell)))
        ]
        rows = zip(shown.batch, *columns, [f"{f:.3f}" for f in shown.kept], strict=True)
        return fragment(
            element("p", say("task", lag=shown.bell - shown.flag)),
            picture(shown),
            table([say(f"table.{name}") for name in COLUMNS], rows, caption=say("table.frames")),
        )


def of_name(shown):
    """The `Film` of a name; a `Film` is one already."""
    return shown if isinstance(shown, Film) else film(checks.one_of(shown, tuple(names()), "film"))


def pack(shown):
    """What the page has of a `Film`: of each cell what it answers right, the slope for its own state, and its parts."""
    cells = {}
    for cell, state in zip(PARTS, ("h", "c"), strict=True):
        cells[cell] = {
            "units": shown.card["settings"]["units"],
            "right": packed(shown.right(cell)),
            "slope": packed(shown.stored[f"{cell}.slope_{state}"]),
            "parts": {name: packed(shown.stored[f"{cell}.{name}"]) for name in PARTS[cell]},
            "most": {name: shown.most(cell, name) for name in PARTS[cell]},
        }
    return {
        "batch": packed(shown.batch),
        "letters": shown.letters.tolist(),
        "flag": shown.flag,
        "bell": shown.bell,
        "examples": shown.card["slopes_over"],
        "cells": cells,
    }


def picture(shown):
    """Over the batches: the share of right answers; how much of the slope is left at the flag, in powers of ten."""
    powers = {cell: np.log10(_at_flag(shown, cell)) for cell in PARTS}
    lowest = int(np.floor(min(power.min() for power in powers.values())))
    left = {cell: 1 - power / lowest for cell, power in powers.items()}
    return element(
        "svg",
        element("style", Markup(css(".film-still"))),
        _chart(0, say("still.right"), {cell: shown.right(cell) for cell in PARTS}, ("100%", "0%")),
        _chart(APART, say("still.left"), left, ("1", f"1e{lowest}")),
        _text(LEFT, 2 * APART + 5, say("batch", n=0)),
        _text(LEFT + WIDE, 2 * APART + 5, say("batch", n=shown.batch[-1]), text_anchor="end"),
        class_="film-still",
        role="img",
        aria_label=say("still.label"),
        viewBox=f"0 0 {LEFT + WIDE + 10} {2 * APART + 12}",
        style="display:block;width:100%;max-width:36rem",
    )


def _chart(top, title, lines, ends):
    """Two lines of heights from 0 to 1 (K,), under a title; `ends` are the names of 1 and of 0."""
    top += 28

    def line(heights, colour, dashes):
        x = LEFT + WIDE * np.arange(len(heights)) / (len(heights) - 1)
        points = " ".join(f"{a:.1f},{top + HIGH * (1 - b):.1f}" for a, b in zip(x, heights, strict=True))
        return element("polyline", points=points, fill="none", stroke=colour, stroke_width=2.5, stroke_dasharray=dashes)

    return fragment(
        _text(LEFT, top - 12, title, font_weight="bold"),
        [
            fragment(
                element("path", d=f"M{LEFT} {y}h{WIDE}", stroke="var(--lstm-faded)"),
                _text(LEFT - 6, y + 4, end, text_anchor="end"),
            )
            for y, end in zip((top, top + HIGH), ends, strict=True)
        ],
        [line(heights, *LINES[cell]) for cell, heights in lines.items()],
    )


def _text(x, y, words, **attributes):
    return element("text", words, x=x, y=y, fill="currentColor", font_size=13, **attributes)


def _part(name):
    return checks.one_of(name, tuple(PARTS["lstm"]), "part")


def _at_flag(shown, cell):
    return shown.left(cell)[:, shown.flag]


def _percents(values):
    return [f"{value:.0%}" for value in values]


def _shares(values):
    return [f"{value:.4f}" if value >= 0.001 else f"{value:.1e}" for value in values]
