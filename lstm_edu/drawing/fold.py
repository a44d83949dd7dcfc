"""The row of copies and the loop as one drawing: a box to tick, and the copies slide onto one another."""

from ..common.html import Markup, element, fragment
from ..words import Words
from .palette import content, css
from .shapes import path

say = Words("drawing")
COPIES = 3
PITCH, HALF = 124, 32  # from one copy's middle to the next, and from its middle to its side
MIDDLES = [102 + PITCH * copy for copy in range(COPIES)]
HOME = MIDDLES[1]  # where the copies lie when they are folded
LINE, UNDER = 58, 196  # the height of the line through the copies, and of the loop's way back
VIEW = (2 * HOME, 206)


def fold(words):
    """The loop as a row of copies of the cell, one for each word; a box to tick folds it into one cell with a loop.

    words: three texts, what the copies read. It moves by CSS alone. Raises ValueError for another number of texts.
    """
    words = [words] if isinstance(words, str) else list(words)
    if len(words) != COPIES or not all(isinstance(word, str) for word in words):
        raise ValueError(f"words: expected {COPIES} texts, got {words!r}")
    return Fold(words)


class Fold:
    """Made by `fold`; it shows itself in a notebook."""

    def __init__(self, words):
        self.words = words

    def __repr__(self):
        return f"Fold({self.words})"

    def _repr_html_(self):
        first, second, third = self.words
        told = say("fold.description", first=first, second=second, third=third)
        return element(
            "figure",
            element("style", Markup("\n".join([css(".lstm-fold"), content("drawing.css"), content("fold.css")]))),
            element("label", element("input", type="checkbox"), say("fold.switch")),
            element(
                "svg",
                element("rect", class_="lstm-card", width=VIEW[0], height=VIEW[1], rx=12),
                [_copy(step, word) for step, word in enumerate(self.words)],
                _row(),
                _loop(", ".join(self.words)),
                class_="lstm-drawing",
                viewBox=f"0 0 {VIEW[0]} {VIEW[1]}",
                role="img",
                aria_label=say("fold.label"),
            ),
            element("details", element("summary", say("picture.heading")), element("p", told)),
            class_="lstm-fold",
        )


def _copy(step, word):
    """What slides: the cell with its weights, what comes into it, and the input with its step and word."""
    x = MIDDLES[step]
    return element(
        "g",
        element(
            "g",
            _arrow([(x - PITCH + HALF, LINE), (x - HALF, LINE)]),
            _text(x - PITCH / 2, LINE - 12, "h", step - 1) if step else _text(x - PITCH / 2, LINE - 12, "0"),
            class_="lstm-h lstm-in-row",
        ),
        element(
            "g",
            element("rect", class_="lstm-end", x=x - 27, y=118, width=54, height=32, rx=16),
            _arrow([(x, 118), (x, LINE + 24)]),
            element("g", _text(x, 140, "x", step), _note(x, 172, word), class_="lstm-in-row"),
            class_="lstm-plain",
        ),
        element(
            "g",
            element("rect", class_="lstm-card", x=x - HALF, y=LINE - 24, width=2 * HALF, height=48, rx=8),
            element("rect", class_="lstm-layer", x=x - HALF, y=LINE - 24, width=2 * HALF, height=48, rx=8),
            _text(x, LINE + 5, say("fold.weights"), size=15),
            class_="lstm-h",
        ),
        class_="lstm-slides",
        style=f"--home:{HOME - x}px",
    )


def _row():
    """What only the row has: the state that the last copy puts out."""
    x = MIDDLES[-1]
    return element(
        "g",
        _arrow([(x + HALF, LINE), (x + PITCH - HALF, LINE)]),
        _text(x + PITCH / 2, LINE - 12, "h", COPIES - 1),
        class_="lstm-h lstm-in-row",
    )


def _loop(words):
    """What only the loop has: the way round, drawn from the cell's right side to its left, and its names."""
    right, left = HOME + PITCH - HALF, HOME - PITCH + HALF
    way = [(HOME + HALF, LINE), (right, LINE), (right, UNDER), (left, UNDER), (left, LINE), (HOME - HALF, LINE)]
    return fragment(
        element("g", _arrow(way, pathLength=1), class_="lstm-h lstm-in-loop lstm-round"),
        element(
            "g",
            _text(HOME - PITCH / 2, LINE - 12, "h", "t−1"),
            _text(HOME + PITCH / 2, LINE - 12, "h", "t"),
            class_="lstm-h lstm-in-loop",
        ),
        element("g", _text(HOME, 140, "x", "t"), _note(HOME, 172, words), class_="lstm-plain lstm-in-loop"),
    )


def _arrow(points, **attributes):
    """A line through the points, level or upright, with its head at the last one."""
    (x, y), (tip_x, tip_y) = points[-2:]
    along = (tip_x > x) - (tip_x < x), (tip_y > y) - (tip_y < y)
    base = tip_x - 9 * along[0], tip_y - 9 * along[1]
    corners = "".join(f"L{base[0] + side * along[1]:g} {base[1] + side * along[0]:g}" for side in (4.5, -4.5))
    return fragment(
        element("path", class_="lstm-edge", d=path([*points[:-1], base], 9), **attributes),
        element("path", class_="lstm-arrow", d=f"M{tip_x:g} {tip_y:g}{corners}Z"),
    )


def _text(x, y, text, sub=None, size=20):
    sub = None if sub is None else element("tspan", sub, dy=4, font_size=14)
    return element("text", text, sub, class_="lstm-italic", x=f"{x:g}", y=y, font_size=size, text_anchor="middle")


def _note(x, y, text):
    return element("text", text, x=x, y=y, font_size=15, text_anchor="middle")
