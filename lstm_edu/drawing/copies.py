"""The loop unrolled: a row of copies of the cell, and under it the way back, as wide as the slope is long."""

from importlib.resources import files
from math import isfinite

from ..common.html import Markup, element
from ..words import Words
from .palette import css

say = Words("drawing")


def copies(norms, first=0):
    """A row of copies of the cell, one for each step; under each the slope's norm there, drawn as the width of the way
    back, the longest one as wide as there is room.

    norms (steps,): at least one, none below 0; first: the number of the first step. Raises ValueError for others.
    """
    norms = [float(norm) for norm in norms]
    if not norms or not all(isfinite(norm) and norm >= 0 for norm in norms):
        raise ValueError(f"norms: expected finite numbers from 0 on, at least one, got {norms}")
    return Copies(norms, first)


class Copies:
    """Made by `copies`; it shows itself in a notebook."""

    def __init__(self, norms, first):
        self.norms, self.first = norms, first

    def __repr__(self):
        return f"Copies({[three_digits(norm) for norm in self.norms]})"

    def _repr_html_(self):
        longest = max(self.norms) or 1.0
        items = [
            element(
                "li",
                element("span", element("em", "h"), element("sub", step), class_="lstm-copy"),
                element(
                    "span",
                    element("i", style=f"height:{1.6 * norm / longest:.3f}rem"),
                    class_="lstm-back",
                    aria_hidden="true",
                ),
                element("span", three_digits(norm), class_="lstm-norm"),
            )
            for step, norm in enumerate(self.norms, self.first)
        ]
        return element(
            "figure",
            element(
                "style", Markup(css(".lstm-copies") + files(__package__).joinpath("copies.css").read_text("utf-8"))
            ),
            element("figcaption", say("copies.title")),
            element("ol", items, aria_label=say("copies.label")),
            class_="lstm-copies",
        )


def three_digits(number):
    """With 3 significant digits, as it is set in print: 0.500, 2.06e−9."""
    form = ".2e" if 0 < abs(number) < 0.001 else "#.3g"  # 0.000123 has too many characters
    digits, _, exponent = format(number, form).partition("e")
    return (digits.rstrip(".") + (f"e{int(exponent)}" if exponent else "")).replace("-", "−")
