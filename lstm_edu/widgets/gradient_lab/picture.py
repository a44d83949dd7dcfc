"""The curves as a picture on a log axis, and how a share of the slope is written."""

import numpy as np

from ...common.html import element
from ...drawing import colours
from ...words import Words

say = Words("gradient_lab")
WIDE, HIGH, LEFT, FOOT = 640, 240, 52, 36  # of the picture
LEAST, MOST = 1e-12, 1e8  # what the axis reaches at most
LINES = {  # name of a curve: its role's colour, its dashes, so that none is told by colour alone
    "simple_rnn": ("h", None),
    "lstm": ("c", None),
    "belt": ("f", "7 4"),
    "detour": ("g", "2 4"),
    "gru": ("o", "10 3 2 3"),
}


def brief(value):
    """Two digits: 0.60, 13, 3e-07 as 3e−7."""
    if not np.isfinite(value):
        return say("no_number")
    if value != 0 and not 0.001 <= value < 1000:
        digits, power = f"{value:.0e}".split("e")
        return f"{digits}e{int(power)}".replace("-", "\N{MINUS SIGN}")
    return f"{value:.0f}" if value >= 10 else f"{value:#.2g}".rstrip(".") if value else "0"


def picture(curves, label):
    """The SVG: a line for each of the curves, {name: (T,)}, the last step at the right."""
    values = np.array(list(curves.values()))
    drawn = values[np.isfinite(values) & (values > 0)]
    low, high = (np.log10(np.clip(end(drawn, initial=1), LEAST, MOST)) for end in (np.min, np.max))
    low, high = min(np.floor(low), -1), max(np.ceil(high), 0)

    def y(power):
        return 12 + (HIGH - 12) * (high - power) / (high - low)

    every = max(1, int(np.ceil((high - low) / 8)))
    powers = np.arange(high, low - 1, -every)
    return element(
        "svg",
        [
            element(
                "line", x1=LEFT, x2=WIDE, y1=f"{y(p):.1f}", y2=f"{y(p):.1f}", stroke="currentColor", stroke_opacity=0.2
            )
            for p in powers
        ],
        [
            element(
                "text",
                brief(10.0**p) if p < -3 else f"{10.0**p:g}",
                x=LEFT - 6,
                y=f"{y(p) + 4:.1f}",
                text_anchor="end",
                fill="currentColor",
            )
            for p in powers
        ],
        [_line(name, row, y) for name, row in curves.items()],
        element("text", say("axis.first", n=values.shape[1] - 1), x=LEFT, y=HIGH + 22, fill="currentColor"),
        element("text", say("axis.asked"), x=WIDE, y=HIGH + 22, text_anchor="end", fill="currentColor"),
        class_="lab-still",
        viewBox=f"0 0 {WIDE} {HIGH + FOOT}",
        role="img",
        aria_label=label,
        font_size=13,
        style="display:block;max-width:100%",
    )


def _line(name, values, y):
    """One curve; what lies beyond the axis is drawn at its end."""
    colour, dashes = LINES[name]
    wide = (WIDE - LEFT) / len(values)
    kept = np.clip(np.nan_to_num(values, nan=LEAST, posinf=MOST), LEAST, MOST)
    points = " ".join(f"{LEFT + (t + 0.5) * wide:.1f},{y(p):.1f}" for t, p in enumerate(np.log10(kept)))
    stroke = {"stroke": colours()["roles"][colour]["mark"], "stroke_width": 2.5, "stroke_dasharray": dashes}
    return element("polyline", points=points, fill="none", **stroke)
