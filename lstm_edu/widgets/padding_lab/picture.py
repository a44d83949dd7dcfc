"""What stands in for the widget: P(positive) along the row, a curve for each network."""

import numpy as np

from ...common.html import element
from ...imdb.text import PAD
from ..base import picture

WIDE, HIGH, ROW, NUMBERS = 360, 32, 60, 60  # of a curve, of a network with its title, and of what stands beside it
SQUEEZED = 0.5  # of the width, at most, for all zeros; js/widgets/padding_lab/curve.js has it too


def curves(row, titles, answers, label):
    """The SVG of a row of ids (T,), and of each network its title and P(positive) (T,)."""
    zeros = row == PAD  # (T,)
    share = min(zeros.mean(), SQUEEZED)
    wide = np.where(zeros, share / max(zeros.sum(), 1), (1 - share) / (~zeros).sum())  # (T,), together 1
    x = WIDE * (np.cumsum(wide) - wide / 2)
    padded = _padded(zeros, share)
    drawn = [_network(x, p, title, padded, ROW * k) for k, (title, p) in enumerate(zip(titles, answers, strict=True))]
    view = f"0 0 {WIDE + NUMBERS} {ROW * len(drawn)}"
    return picture("padding-still", view, label, drawn, style="display:block;width:100%;max-width:34rem")


def _padded(zeros, share):
    """The part of the width that is padding, if there is some."""
    left = 0 if zeros[0] else WIDE * (1 - share)
    attributes = {"x": f"{left:.1f}", "width": f"{WIDE * share:.1f}", "height": HIGH, "opacity": 0.12}
    return element("rect", fill="currentColor", **attributes) if zeros.any() else None


def _network(x, p, title, padded, top):
    """One network: its title, its curve with a line at one half, and its answer at the end."""
    steps = _needed(p)
    points = " ".join(f"{x[t]:.1f},{HIGH * (1 - p[t]):.1f}" for t in steps)
    return element(
        "g",
        element("text", title, y=14, fill="currentColor", font_size=13),
        element(
            "g",
            padded,
            element("path", d=f"M0 {HIGH / 2}H{WIDE}", stroke="currentColor", opacity=0.3),
            element("polyline", points=points, fill="none", stroke="currentColor", stroke_width=1.5),
            element("text", f"{p[-1]:.3f}", x=WIDE + 10, y=HIGH / 2 + 5, fill="currentColor", font_size=15),
            transform="translate(0 20)",
        ),
        transform=f"translate(0 {top})",
    )


def _needed(p):
    """The steps (n,) that a line through p (T,) needs: where it moves by a hundredth of the height, and both ends."""
    moved = np.flatnonzero(np.diff(np.round(p, 2)))
    return np.unique(np.concatenate([[0], moved, moved + 1, [len(p) - 1]]))
