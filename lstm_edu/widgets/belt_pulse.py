"""BeltPulse: one value on the belt, put on at one step and read at another, fading in between."""

from math import log

import numpy as np
import traitlets

from .. import drawing
from ..common.checks import share, whole
from ..common.html import element, fragment, table
from ..words import Words
from .base import Widget

say = Words("belt_pulse")


class BeltPulse(Widget):
    """`BeltPulse(f=0.9, i=1.0, o=1.0, write=3, read=30, steps=40)`

    The belt of one unit over `steps` steps, its gates in the reader's hands. A candidate of 1 is put on at step `write`
    through an input gate of i, every step keeps f of it, and step `read` reads it through an output gate of o; at all
    other steps both gates are shut. f, i, o from 0 to 1; write and read from 0 to steps - 1; steps from 2 to 200.
    All are traits, in step with the page. `c` and `h` (steps,) are what lies on the belt and what is read,
    `half_life` the steps after which half is gone.
    Raises TypeError or ValueError, naming the argument, for anything else.
    """

    script = "belt_pulse"
    f = traitlets.Float().tag(sync=True)
    i = traitlets.Float().tag(sync=True)
    o = traitlets.Float().tag(sync=True)
    write = traitlets.Int().tag(sync=True)
    read = traitlets.Int().tag(sync=True)
    steps = traitlets.Int().tag(sync=True)

    def __init__(self, f=0.9, i=1.0, o=1.0, write=3, read=30, steps=40):
        gates = {name: share(value, name) for name, value in (("f", f), ("i", i), ("o", o))}
        steps = whole(steps, "steps", 2, 200)
        times = {name: whole(value, name, 0, steps - 1) for name, value in (("write", write), ("read", read))}
        super().__init__(**gates, **times, steps=steps)

    @traitlets.validate("f", "i", "o")
    def _check_gate(self, proposal):
        return share(proposal.value, proposal.trait.name)

    @traitlets.validate("write", "read")
    def _check_time(self, proposal):
        return whole(proposal.value, proposal.trait.name, 0, self.steps - 1)

    @traitlets.validate("steps")
    def _check_steps(self, proposal):
        return whole(proposal.value, "steps", max(2, self.write + 1, self.read + 1), 200)

    @property
    def c(self):
        """What lies on the belt after each step (steps,)."""
        kept, c = [], 0.0
        for t in range(self.steps):
            i = self.i if t == self.write else 0.0
            c = self.f * c + i * 1.0
            kept.append(c)
        return np.array(kept)

    @property
    def h(self):
        """What is read at each step (steps,)."""
        o = np.zeros(self.steps)
        o[self.read] = self.o
        return o * np.tanh(self.c)

    @property
    def half_life(self):
        """After how many steps half is gone: 0 at f = 0, infinite at f = 1."""
        if self.f in (0, 1):
            return 0.0 if self.f == 0 else float("inf")
        return log(1 / 2) / log(self.f)

    def still(self):
        c, h = self.c, self.h
        half = {0: say("at_once"), 1: say("never")}.get(self.f) or say("steps", n=f"{self.half_life:.1f}")
        gates = {name: f"{getattr(self, name):g}" for name in "fio"}
        read = {"t": self.read, "c": f"{c[self.read]:.3f}", "h": f"{h[self.read]:.3f}"}
        rows = [(t, f"{c[t]:.6f}", f"{h[t]:.6f}") for t in range(self.steps)]
        return fragment(
            self._picture(c, h),
            element("p", say("still.told", half=half, **gates, **read)),
            element(
                "details",
                element("summary", say("numbers.summary")),
                table([say(name) for name in ("step", "c", "h")], rows),
            ),
        )

    def _picture(self, c, h):
        """Columns for the belt, and one for what is read, as an SVG."""
        wide, roles = 520 / self.steps, drawing.colours()["roles"]

        def bar(t, y, tall):
            return element(
                "rect", x=f"{20 + t * wide:.2f}", y=f"{y - tall:.2f}", width=f"{0.8 * wide:.2f}", height=f"{tall:.2f}"
            )

        columns = element("g", [bar(t, 140, 120 * value) for t, value in enumerate(c)], opacity=0.6)
        read = bar(self.read, 220, 60 * h[self.read])
        return element(
            "svg",
            element("g", element("rect", x=20, y=140, width=520, height=9), columns, fill=roles["c"]["mark"]),
            element("g", element("rect", x=20, y=220, width=520, height=1), read, fill=roles["h"]["mark"]),
            element(
                "g",
                element("text", say("c"), x=20, y=14),
                element("text", say("h"), x=20, y=172),
                element("text", say("at_step", t=0), x=20, y=236),
                element("text", say("at_step", t=self.steps - 1), x=540, y=236, text_anchor="end"),
                fill="currentColor",
                font_size=14,
            ),
            viewBox="0 0 560 240",
            role="img",
            aria_label=say("still.label", write=self.write, read=self.read),
            style="display:block;max-width:100%",
        )
