"""Keeper: one LSTM unit that keeps what is flagged, until the reader holds one of its gates and breaks it."""

import numpy as np
import traitlets

from .. import drawing
from ..cells import LSTMCell
from ..common import checks
from ..common.checks import one_of, share
from ..common.html import element, fragment, table
from ..network import held
from ..words import Words
from .base import Widget, picture

say = Words("keeper")
GATES = ("f", "i", "o")
VALUES = (0.4, 0.8, -0.3, 0.6, -0.9, -0.5, 0.2, -0.7)
FLAGS = (0, 1, 0, 0, 0, 1, 0, 0)
LONGEST = 12  # steps
LITTLE, NEARLY, NONE = 0.1, 0.9, 0.005  # of a parcel: not worth a word; all of it; 0% as it is told
# the columns are i, f, g, o: the value goes to g alone; the flag opens i and shuts f, which else stand shut and open
WEIGHTS = {
    "kernel": [[0.0, 0.0, 2.0, 0.0], [10.0, -10.0, 0.0, 0.0]],
    "recurrent_kernel": [[0.0, 0.0, 0.0, 0.0]],
    "bias": [-5.0, 5.0, 0.0, 5.0],
}


class Keeper(Widget):
    """`Keeper(values=None, flags=None, hold=None, level=1.0)`

    A cell of one unit whose input has two numbers, a value and a flag. A flagged value takes the place of what lies on
    its belt; the others pass by. values (T,) from -1 to 1, flags (T,) of 0 and 1, T from 2 to 12: eight steps with two
    flags if None. hold: "f", "i" or "o", a gate that has the value `level`, from 0 to 1, at every step; None for none.

    All are traits, in step with the page. `cell` is the unit as an `LSTMCell`, `trace` its run with what is held, and
    `broken` says what does not work any more, computed from that run. Raises TypeError or ValueError, naming the
    argument.

    >>> Keeper().trace.c[0, :, 0].round(2).tolist()
    [0.0, 0.92, 0.91, 0.91, 0.89, -0.75, -0.74, -0.74]
    >>> Keeper(hold="i", level=0.0).broken
    [('nothing', {})]
    """

    script = "keeper"
    values = traitlets.List().tag(sync=True)
    flags = traitlets.List().tag(sync=True)
    hold = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    level = traitlets.Float().tag(sync=True)
    weights = traitlets.Dict(WEIGHTS, read_only=True).tag(sync=True)
    cell = LSTMCell(*WEIGHTS.values())

    def __init__(self, values=None, flags=None, hold=None, level=1.0):
        values = _values(VALUES if values is None else values)
        default = FLAGS if len(values) == len(FLAGS) else [0] * len(values)
        flags = _flags(default if flags is None else flags, len(values))
        super().__init__(values=values, flags=flags, hold=_gate(hold), level=share(level, "level"))

    @traitlets.validate("values")
    def _check_values(self, proposal):
        return _values(proposal.value, len(self.values) or None)

    @traitlets.validate("flags")
    def _check_flags(self, proposal):
        return _flags(proposal.value, len(self.values))

    @traitlets.validate("hold")
    def _check_hold(self, proposal):
        return _gate(proposal.value)

    @traitlets.validate("level")
    def _check_level(self, proposal):
        return share(proposal.value, "level")

    @property
    def trace(self):
        """The run over the row, i, f, g, o, c and h (1, T, 1) each."""
        cell = self.cell if self.hold is None else held(self.cell, self.hold, self.level)
        return cell.run(np.column_stack([self.values, self.flags])[None])

    @property
    def broken(self):
        """What does not work, [(kind, numbers)], kinds as in words/en/keeper.toml; empty where all does."""
        f, i, c, h = (getattr(self.trace, part)[0, :, 0] for part in "fich")
        of = shares(f, i)
        flags = np.array(self.flags, bool)
        flagged, others = np.flatnonzero(flags), np.flatnonzero(~flags)
        written = [t for t in flagged if of[t, t] > LITTLE]
        found = [("nothing", {})] if len(flagged) and not written else []
        if written:
            faint = min(written, key=lambda t: of[t, t])
            found += _if(of[faint, faint] < NEARLY, "faint", at=faint, share=of[faint, faint])
            ends = dict(zip(flagged, [*flagged[1:] - 1, len(flags) - 1], strict=True))  # before the next flag
            lost = min(written, key=lambda s: of[ends[s], s] / of[s, s])
            left = of[ends[lost], lost] / of[lost, lost]
            place = {"from": lost, "at": ends[lost]}
            found += _if(left < NONE, "gone", **place) or _if(left < NEARLY, "lost", **place, share=left)
        pairs = list(zip(flagged, flagged[1:], strict=False))
        if pairs:
            s, t = max(pairs, key=lambda pair: of[pair[1], pair[0]])
            found += _if(of[t, s] > LITTLE, "summed", **{"from": s, "at": t}, share=of[t, s])
        found += _if((i[others] > LITTLE).any(), "all", n=len(others))  # with these weights: all or none of them
        full = np.abs(c) > LITTLE
        if full.any():
            shown = h[full] / np.tanh(c[full])
            hidden = shown.max() < LITTLE
            found += _if(hidden, "hidden") + _if(not hidden and shown.min() < NEARLY, "dim", share=shown.min())
        return found

    def told(self):
        """The same in sentences."""
        found = self.broken
        if not found:
            return say("broken.works" if any(self.flags) else "broken.empty")
        numbers = [
            (
                kind,
                {name: f"{int(100 * value + 0.5)}%" if name == "share" else value for name, value in numbers.items()},
            )
            for kind, numbers in found
        ]
        first = [say("broken.belt_works")] if all(kind in ("hidden", "dim") for kind, _ in found) else []
        return " ".join(first + [say(f"broken.{kind}", **told) for kind, told in numbers])

    # --- where no script runs -------------------------------------------------------------------------------------

    def still(self):
        trace = {part: getattr(self.trace, part)[0, :, 0] for part in drawing.PARTS}
        held_ = say("held_none") if self.hold is None else say("held_at", gate=self.hold, level=f"{self.level:.2f}")
        rows = [
            (t, f"{value:.2f}", say("flag") if flag else "", *(f"{trace[part][t]:.4f}" for part in drawing.PARTS))
            for t, (value, flag) in enumerate(zip(self.values, self.flags, strict=True))
        ]
        return fragment(
            _picture(self.values, self.flags, trace["c"], trace["h"]),
            element("p", held_, " ", self.told()),
            element(
                "details",
                element("summary", say("numbers.summary")),
                table([say("step"), say("value"), say("flag"), *drawing.PARTS], rows),
            ),
        )


def shares(f, i):
    """How much of each parcel lies on the belt, from f and i (T,): [t, s] is the share of that of step s at step t."""
    of = np.zeros((len(f), len(f)))
    for t in range(len(f)):
        of[t] = f[t] * of[t - 1] if t else 0.0
        of[t, t] = i[t]
    return of


def _if(yes, kind, **numbers):
    plain = {name: value.item() if isinstance(value, np.generic) else value for name, value in numbers.items()}
    return [(kind, plain)] if yes else []


def _values(values, steps=None):
    values = checks.real(values, "values", np.float64)
    if steps is not None:
        checks.shaped(values, "values", (steps,), "(T,)")
    elif values.ndim != 1 or not 2 <= len(values) <= LONGEST:
        raise ValueError(f"values: expected shape (T,), T from 2 to {LONGEST}, got {values.shape}")
    if (np.abs(values) > 1).any():
        raise ValueError(f"values: expected numbers from -1 to 1, got {values[np.abs(values) > 1][0]}")
    return values.tolist()


def _flags(flags, steps):
    flags = checks.shaped(flags, "flags", (steps,), "(T,)", np.float64)
    if not np.isin(flags, (0, 1)).all():
        raise ValueError(f"flags: expected 0 or 1 for each step, got {flags[~np.isin(flags, (0, 1))][0]}")
    return flags.astype(int).tolist()


def _gate(hold):
    return None if hold is None else one_of(hold, GATES, "hold")


def _picture(values, flags, c, h):
    """Three rows of bars: what comes by, with its flags, what lies on the belt, and what is shown."""
    roles, wide = drawing.colours()["roles"], 560 / len(values)
    most = max(1.0, *np.abs(c))

    def row(top, title, heights, colour, most=1.0):
        bars = [
            element(
                "rect",
                x=f"{(t + 0.2) * wide:.1f}",
                y=f"{top + 60 - 40 * max(value, 0) / most:.1f}",
                width=f"{0.6 * wide:.1f}",
                height=f"{40 * abs(value) / most:.1f}",
            )
            for t, value in enumerate(heights)
        ]
        return fragment(
            element("text", title, x=0, y=top + 12, fill="currentColor", font_size=14),
            element("path", d=f"M0 {top + 60}H560", stroke="currentColor"),
            element("g", bars, fill=colour),
        )

    up = [
        element("path", d=f"M{(t + 0.5) * wide:.1f} 14v-12l12 4l-12 4", stroke="currentColor", fill="currentColor")
        for t, flag in enumerate(flags)
        if flag
    ]
    return picture(
        "keeper-still",
        "0 0 560 330",
        say("still.label"),
        row(0, say("parcels"), values, "currentColor"),
        up,
        row(110, say("belt"), c, roles["c"]["mark"], most),
        row(220, say("output"), h, roles["h"]["mark"]),
        style="display:block;max-width:35rem;width:100%",
    )
