"""Timeline: a belt of twelve steps whose gates the reader sets, one order at a time."""

import numpy as np
import traitlets

from ..common.checks import one_of, whole
from ..common.html import element, fragment, table
from ..words import Words
from .base import Widget, picture

say = Words("timeline")
STEPS = 12
ORDERS = "+-cr"  # put +1, put -1, clear, read
# of each task its name, what comes by at each step, which of it is to be kept, and when that is asked for: at a bell
# the reader should read the last parcel that had a flag
TASKS = [
    {"name": "carry", "parcels": [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], "flags": [2], "bells": [9]},
    {"name": "last", "parcels": [0, 1, 0, 0, 1, 0, 0, -1, 0, 0, 0, 0], "flags": [1, 4, 7], "bells": [2, 6, 10]},
    {"name": "marked", "parcels": [-1, 1, 1, -1, 1, 1, -1, 1, -1, 1, 1, -1], "flags": [2, 6], "bells": [5, 10]},
    {"name": "free", "parcels": [0] * STEPS, "flags": [], "bells": []},
]
NAMES = tuple(task["name"] for task in TASKS)


class Timeline(Widget):
    """`Timeline(task="carry", orders=None)`

    The belt of one unit over twelve steps. At each step the reader says what happens to it: a parcel of 1 or -1 is put
    on, the belt is cleared, it is read, or nothing. These orders are the gates: f is 0 where it is cleared and else 1,
    i is 1 and g the parcel where one is put on, o is 1 where it is read.
    task: "carry", "last", "marked" or "free". orders: {step: letters}, "+" and "-" put on, "c" clears, "r" reads, such
    as {2: "+", 9: "cr"}; empty if None. `task`, `orders`, a text for each step, and `at`, the step whose sums are
    shown, are traits, in step with the page. `gates` are f, i, g, o by name, `c` and `h` what lies on the belt and what
    is read, all (12,). Raises TypeError or ValueError, naming the argument.

    >>> Timeline("free", {2: "+", 4: "+", 6: "c-"}).c.tolist()
    [0.0, 0.0, 1.0, 1.0, 2.0, 2.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0]
    """

    script = "timeline"
    tasks = traitlets.List(TASKS, read_only=True).tag(sync=True)
    task = traitlets.Unicode().tag(sync=True)
    orders = traitlets.List().tag(sync=True)
    at = traitlets.Int(0).tag(sync=True)

    def __init__(self, task="carry", orders=None):
        super().__init__(task=one_of(task, NAMES, "task"), orders=_by_step({} if orders is None else orders))

    @traitlets.validate("task")
    def _check_task(self, proposal):
        return one_of(proposal.value, NAMES, "task")

    @traitlets.validate("orders")
    def _check_orders(self, proposal):
        if len(proposal.value) != STEPS:
            raise ValueError(f"orders: expected {STEPS} texts, got {len(proposal.value)}")
        return [_order(letters, t) for t, letters in enumerate(proposal.value)]

    @traitlets.validate("at")
    def _check_at(self, proposal):
        return whole(proposal.value, "at", 0, STEPS - 1)

    @property
    def gates(self):
        """f, i, g and o of each step, (12,) each, by their names."""
        put = np.array([("+" in letters) - ("-" in letters) for letters in self.orders], float)
        cleared, read = (np.array([letter in letters for letters in self.orders], float) for letter in "cr")
        return {"f": 1 - cleared, "i": np.abs(put), "g": put, "o": read}

    @property
    def c(self):
        """What lies on the belt after each step (12,)."""
        f, i, g, _ = self.gates.values()
        c, belt = 0.0, []
        for t in range(STEPS):
            c = f[t] * c + i[t] * g[t]
            belt.append(c)
        return np.array(belt)

    @property
    def h(self):
        """What is read at each step (12,)."""
        return self.gates["o"] * np.tanh(self.c)

    # --- where no script runs -------------------------------------------------------------------------------------

    def still(self):
        parts = self.gates
        columns = [[_signed(value) for value in part] for part in (*parts.values(), self.c)]
        rows = zip(range(STEPS), map(_in_words, self.orders), *columns, [_signed(h, 2) for h in self.h], strict=True)
        return fragment(
            element("p", say(f"tasks.{self.task}")),
            self._picture(),
            table((say("step"), say("still.orders"), *parts, "c", "h"), rows),
        )

    def _picture(self):
        """Two rows of bars, what lies on the belt and what is read, each about its own line."""
        most = max(1, np.abs(self.c).max())
        rows = (("c", 66, self.c / most), ("h", 172, self.h))
        return picture(
            "timeline-still",
            "0 0 500 220",
            say("still.label"),
            [
                element(
                    "g",
                    element("path", d=f"M60 {middle}h{36 * STEPS}", stroke="currentColor"),
                    [_bar(t, middle, value) for t, value in enumerate(values)],
                    fill=f"var(--gate-{name})",
                )
                for name, middle, values in rows
            ],
            [_text(0, middle + 5, say(f"row.{name}")) for name, middle, _ in rows],
            [_text(78 + 36 * t, 120, t, text_anchor="middle") for t in range(STEPS)],
            style="display:block;width:100%;max-width:34rem",
        )


def _by_step(orders):
    """A text for each step, from {step: text}."""
    if not isinstance(orders, dict):
        raise TypeError(f"orders: expected a dict of orders by their steps, got {type(orders).__name__}")
    for step in orders:
        whole(step, "orders: a step", 0, STEPS - 1)
    return [_order(orders.get(t, ""), t) for t in range(STEPS)]


def _order(letters, t):
    """The orders of a step, each once and in the order of ORDERS."""
    if not isinstance(letters, str):
        raise TypeError(f"orders[{t}]: expected letters out of {ORDERS}, got {type(letters).__name__}")
    if set(letters) - set(ORDERS) or {"+", "-"} <= set(letters):
        raise ValueError(f"orders[{t}]: expected letters out of {ORDERS}, + or - and not both, got {letters!r}")
    return "".join(letter for letter in ORDERS if letter in letters)


def _in_words(letters):
    return ", ".join(say(f"orders.{ORDERS.index(letter)}") for letter in letters)


def _signed(value, digits=0):
    """With a true minus, and none before a zero."""
    return f"{value + 0.0:.{digits}f}".replace("-", "\N{MINUS SIGN}")


def _bar(t, middle, value):
    tall = 40 * abs(value)
    return element("rect", x=64 + 36 * t, y=f"{middle - max(40 * value, 0):.1f}", width=28, height=f"{tall:.1f}")


def _text(x, y, words, **attributes):
    return element("text", words, x=x, y=y, fill="currentColor", font_size=14, **attributes)
