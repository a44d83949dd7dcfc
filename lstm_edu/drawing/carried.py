"""The belt with the marked parcel: put on at the flag, carried, read at the bell. It moves once."""

from itertools import count

from ..common.html import Markup, element
from ..words import Words
from .palette import content, css

say = Words("drawing")
_numbers = count(1)  # for ids that are unique on a page

WIDE, HIGH = 640, 246
PITCH, FIRST, STEPS = 64, 64, 9  # from parcel to parcel; where the first stands; how many come by
FLAG, BELL = 1, 7  # the steps where the flag goes up and the bell rings
ABOVE, BELT = 84, 180  # where the parcels stand that come by, and the belt
SIDE = 44  # of a parcel: its number is read where the picture is half as wide, too


def carried():
    """The belt, drawn: parcels come by above it, the marked one is put on it, carried, and read. Returns what shows
    itself in a notebook; with reduced motion it shows the end.
    """
    return Carried()


class Carried:
    """Made by `carried`."""

    def __repr__(self):
        return "Carried()"

    def _repr_html_(self):
        name = f"lstm-carried-{next(_numbers)}"
        style = css(".lstm-carried") + "\n" + content("drawing.css") + content("carried.css")
        picture = element(
            "svg",
            element("title", say("carried.title"), id=f"{name}-title"),
            element("style", Markup(style)),
            _belt(),
            [_parcel(step) for step in range(STEPS)],
            _sign("i", FLAG, "M-11 -6v-30l17 7l-17 7", "put"),
            _sign("o", BELL, "M-11 -10q5 -4 5 -11a6 6 0 0 1 12 0q0 7 5 11zM-2 -7a2 2 0 0 0 4 0z", "read"),
            _word("f", (_x(FLAG) + _x(BELL)) / 2, "carried"),
            _marked(),
            class_="lstm-drawing",
            viewBox=f"0 0 {WIDE} {HIGH}",
            role="img",
            aria_labelledby=f"{name}-title",
            style=f"--flag:{_x(FLAG)}px;--bell:{_x(BELL)}px;--above:{ABOVE}px;--belt:{BELT - 5}px",
        )
        words = element("details", element("summary", say("picture.heading")), element("p", say("carried.description")))
        return element("figure", picture, words, class_="lstm-carried")


def _x(step):
    """The middle of a step."""
    return FIRST + PITCH * step


def _belt():
    chevrons = "".join(f"M{_x(step) + PITCH / 2 - 2} {BELT - 3}l4 3l-4 3" for step in range(STEPS - 1))
    end = WIDE - 8
    return element(
        "g",
        element("path", d=f"M24 {BELT}H{end - 14}", class_="lstm-edge lstm-edge-belt"),
        element("path", d=f"M{end} {BELT}l-15 -10v20z", class_="lstm-arrow"),
        element("path", d=chevrons, class_="lstm-chevron"),
        class_="lstm-c",
    )


def _parcel(step):
    """A parcel that comes by; where the marked one was there is a trace of it."""
    return element(
        "rect",
        x=_x(step) - SIDE / 2,
        y=ABOVE - SIDE,
        width=SIDE,
        height=SIDE,
        rx=3,
        class_="lstm-passing" + (" lstm-trace" if step == FLAG else ""),
    )


def _sign(role, step, d, key):
    """A sign over a parcel that comes by, and under the belt what happens there."""
    sign = element("path", d=d, class_="lstm-sign", transform=f"translate({_x(step)} {ABOVE - SIDE})")
    return element("g", sign, _word(role, _x(step), key), class_=f"lstm-{role}")


def _word(role, x, key):
    """Under the belt: a gate's letter, and what it does."""
    letter = element("tspan", role, class_="lstm-letter")
    return element(
        "g",
        element(
            "text", letter, " ", say(f"carried.{key}"), x=f"{x:g}", y=BELT + 50, font_size=22, text_anchor="middle"
        ),
        class_=f"lstm-{role}",
    )


def _marked():
    """The marked parcel, and how the bell gets its number."""
    number = element("text", say("carried.number"), y=-15, font_size=20, text_anchor="middle", class_="lstm-number")
    box = element("rect", x=-SIDE / 2, y=-SIDE, width=SIDE, height=SIDE, rx=3)
    x, tip = _x(BELL), ABOVE + 6
    answer = element(
        "g",
        element("path", d=f"M{x} {BELT - SIDE - 8}V{tip + 8}", class_="lstm-edge"),
        element("path", d=f"M{x} {tip}l-4.5 9h9z", class_="lstm-arrow"),
        element("text", say("carried.number"), x=x + 22, y=28, font_size=24, class_="lstm-number"),
        class_="lstm-o lstm-answer",
    )
    return [answer, element("g", box, number, class_="lstm-marked")]
