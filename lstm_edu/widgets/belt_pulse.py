"""BeltPulse: one value on the belt, put on at one step and read at another, fading in between."""

from math import log

import numpy as np
import traitlets

from ..common.checks import share, whole
from .base import Widget


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
        half = {0: "at once", 1: "never"}.get(self.f, f"{self.half_life:.1f} steps")
        rows = "".join(
            f'<tr><th scope="row">{t}</th><td>{c[t]:.6f}</td><td>{h[t]:.6f}</td></tr>' for t in range(self.steps)
        )
        return (
            f"{self._picture(c, h)}<p>f = {self.f:g}, i = {self.i:g}, o = {self.o:g}. Half is gone after: {half}. "
            f"On the belt at step {self.read}: {c[self.read]:.3f}; read there: {h[self.read]:.3f}.</p>"
            '<details><summary>The numbers</summary><table><thead><tr><th scope="col">step</th>'
            f'<th scope="col">on the belt, c</th><th scope="col">read, h</th></tr></thead><tbody>{rows}</tbody></table>'
            "</details>"
        )

    def _picture(self, c, h):
        """Columns for the belt, and one for what is read, as an SVG."""
        wide = 520 / self.steps
        columns = "".join(
            f'<rect x="{20 + t * wide:.2f}" y="{140 - 120 * value:.2f}" width="{0.8 * wide:.2f}" '
            f'height="{120 * value:.2f}"/>'
            for t, value in enumerate(c)
        )
        at, tall = 20 + self.read * wide, 60 * h[self.read]
        label = f"A value put on the belt at step {self.write}, fading, and read at step {self.read}"
        return (
            f'<svg viewBox="0 0 560 240" role="img" aria-label="{label}" style="display:block;max-width:100%">'
            f'<g fill="#c47703"><rect x="20" y="140" width="520" height="9"/><g opacity="0.6">{columns}</g></g>'
            f'<g fill="#069c9b"><rect x="20" y="220" width="520" height="1"/>'
            f'<rect x="{at:.2f}" y="{220 - tall:.2f}" width="{0.8 * wide:.2f}" height="{tall:.2f}"/></g>'
            '<g fill="currentColor" font-size="14"><text x="20" y="14">on the belt, c</text>'
            f'<text x="20" y="172">read, h</text><text x="20" y="236">step 0</text>'
            f'<text x="540" y="236" text-anchor="end">step {self.steps - 1}</text></g></svg>'
        )
