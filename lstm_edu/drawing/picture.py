"""The LSTM drawing as an object: what may be asked of it, and its two faces, SVG and words."""

import json
from collections.abc import Iterable, Mapping
from html import escape
from itertools import count
from math import isfinite, tanh
from numbers import Real
from pathlib import Path
from types import NoneType

from ..words import Words
from .palette import content
from .svg import render

say = Words("drawing")
LARGE = 1000  # from here on a number would have too many characters
_numbers = count(1)  # for ids that are unique on a page


def geometry():
    """What `geometry.json` says, as a new dict: states, nodes with their ports, edges, labels and places for values."""
    return json.loads(content("geometry.json"))


def lstm(state="gates", values=None, highlight=None):
    """One turn of the loop, drawn.

    state: "loop" (a simple recurrent network), "belt" (with the carry track, no gates) or "gates" (the LSTM). What two
    states share stands at the same place in both.
    values: name -> number, printed beside what has that name with 3 decimals. highlight: a name or several; their parts
    are drawn strong, the rest faded. Names are x, h_prev, c_prev, f, i, g, o, c, h, as far as the state has them, and
    in "gates" f_times_c, i_times_g and tanh_c, which `products` computes.
    Raises ValueError for a state or name that is not there and for a value that is not finite, TypeError for a value
    that is no number. Returns a `Drawing`.
    """
    plan = geometry()
    _check_state(state, plan)
    return _drawn(state, values, highlight, plan)


def gru(values=None, highlight=None):
    """One turn of a GRU, drawn over the places of the LSTM's parts: z at that of f, g at its own, r at that of o.

    values, highlight: as for `lstm`, of x, h_prev, z, r, g, h, and of what lies on the lines between: z_times_h, and
    rest_times_g, which is (1 - z) * g. Returns a `Drawing`.
    """
    return _drawn("gru", values, highlight, geometry() | json.loads(content("gru.json")))


def _drawn(state, values, highlight, plan):
    """The `Drawing` of what was asked for, if the state has it."""
    known = [name for name, value in plan["values"].items() if state in value["states"]]
    values = {} if values is None else values
    highlight = [highlight] if isinstance(highlight, str) else highlight
    if not isinstance(values, Mapping):
        raise TypeError(f"values: expected a mapping of names to numbers, got {type(values).__name__}")
    if not isinstance(highlight, Iterable | NoneType):
        raise TypeError(f"highlight: expected a name or several, got {type(highlight).__name__}")
    highlight = None if highlight is None else tuple(highlight)
    for argument, names in (("values", values), ("highlight", highlight or ())):
        for name in names:
            if name not in known:
                raise ValueError(f"{argument}: expected names among {', '.join(known)} (state {state!r}), got {name!r}")
    texts = {name: three_decimals(value, f"values[{name!r}]") for name, value in values.items()}
    return Drawing(state, texts, highlight, plan)


def plain():
    """One turn of the plain loop, drawn with its weights: x through W, the last h through U, b and the tanh; no values.

    Boxes hold weights, circles hold none. Returns a `Drawing`.
    """
    return Drawing("plain", {}, None, geometry() | json.loads(content("plain.json")))


def describe(state="gates"):
    """The drawing of a state in words, a few sentences. Raises ValueError for a state that is not there."""
    _check_state(state, geometry())
    return say(f"{state}.description")


def products(values):
    """What lies on the lines between, of the values of a whole step: f_times_c, i_times_g, tanh_c."""
    return {
        "f_times_c": values["f"] * values["c_prev"],
        "i_times_g": values["i"] * values["g"],
        "tanh_c": tanh(values["c"]),
    }


class Drawing:
    """A drawing, made by `lstm`, `gru` or `plain`: `svg` for a page, `save` for a file; it shows itself."""

    def __init__(self, state, values, highlight, plan):
        self._plan = plan
        self.state, self._values, self._highlight = state, values, highlight
        self.svg = self._render(f"lstm-{next(_numbers)}")

    def __repr__(self):
        return f"Drawing({self.state!r})"

    def _repr_html_(self):
        # shown twice, it stands twice on the page: ids of its own each time
        svg = self._render(f"lstm-{next(_numbers)}")
        return (
            f'<figure class="lstm-figure" style="width:100%;max-width:33rem;margin:1rem auto">{svg}'
            f"<details><summary>{say('picture.heading')}</summary><p>{escape(self.description)}</p></details></figure>"
        )

    @property
    def description(self):
        """The drawing in words, with the values it prints and what it draws strong."""
        sentences = [say(f"{self.state}.description")]
        if self._values:
            printed = ", ".join(f"{say(f'values.{name}')} {text}" for name, text in self._values.items())
            sentences.append(say("picture.printed", values=printed))
        if self._highlight is not None:
            strong = ", ".join(say(f"values.{name}") for name in self._highlight) or say("picture.nothing")
            sentences.append(say("picture.strong", names=strong))
        return " ".join(sentences)

    def save(self, path):
        """Write the drawing as an SVG file that stands alone, for <img>. The same drawing gives the same bytes."""
        Path(path).write_text(self._render("lstm", alone=True) + "\n", encoding="utf-8")

    def _render(self, identity, alone=False):
        return render(self._plan, self.state, self._values, self._highlight, identity, alone)


def three_decimals(value, argument="value"):
    """A number as the drawing prints it: 0.500, −1.240, 0.000; from a thousand on 1.23e4."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{argument}: expected a number, got {type(value).__name__}")
    if not isfinite(value):
        raise ValueError(f"{argument}: expected a finite number, got {value}")
    number = float(value)
    digits, _, exponent = format(number, "z.3f" if abs(number) < LARGE else ".2e").partition("e")
    return (digits + (f"e{int(exponent)}" if exponent else "")).replace("-", "−")


def _check_state(state, plan):
    if state not in tuple(plan["states"]):
        raise ValueError(f"state: expected {', '.join(map(repr, plan['states']))}, got {state!r}")
