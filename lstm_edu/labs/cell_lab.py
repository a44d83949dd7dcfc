"""The lab of chapter 4: one step of an LSTM under the reader's hands."""

from functools import cached_property

import ipywidgets
import numpy as np

from .. import drawing
from ..cells import LSTMCell
from ..common.html import element, fragment
from ..widgets import CellStepper
from ..words import Words
from .lab import Lab, beside, choice, play, slider, together

say = Words("labs")
part_name = Words("parts")
LAYERS = [part for part in drawing.PARTS if part in LSTMCell.blocks]  # in the order of the chapter
SOURCES = "kernel", "recurrent_kernel", "bias"
AIR = "padding:0.1em 0.4em;text-align:right"  # the table stands in pages with no style sheet of ours
TURNS = 20


def four_gates(cells=None):
    """A lab on one step of an LSTM: sliders for x, h, c and any weight, the drawing and a table answering.

    cells: an `LSTMCell`, or a dict of name: `LSTMCell` to choose from; one input and one unit if None. They stay as
    they are. Of a larger cell one input and one unit are moved at a time, the others stay where they were put.
    Raises TypeError for anything else, ValueError for no cell or one whose activation is not tanh. Returns a
    `FourGates`, which shows itself.
    """
    if cells is None:
        # every weight 1, and the forget gate's bias 1, as Keras starts it
        cells = LSTMCell(np.ones((1, 4)), np.ones((1, 4)), np.array([0.0, 1.0, 0.0, 0.0]))
    cells = cells if isinstance(cells, dict) else {say("four_gates.own"): cells}
    if not cells:
        raise ValueError("cells: expected an LSTMCell or a dict of some, got an empty dict")
    for cell in cells.values():
        if not isinstance(cell, LSTMCell):
            raise TypeError(f"cells: expected an LSTMCell or a dict of some, got {type(cell).__name__}")
        if cell.activation != "tanh":
            raise ValueError(f"cells: expected activation 'tanh', got {cell.activation!r}")
    return FourGates(cells)


class FourGates(Lab):
    """The lab: `weights` by name, x (D,), h and c (H,), the turn, and which input and unit are looked at.

    Live, `stepper` is a `CellStepper` in step with all of that, and `controls` are ipywidgets by name.
    """

    def __init__(self, cells):
        self.cells = cells
        self.take(next(iter(cells)))

    def take(self, name):
        """Take one of the cells, and start."""
        cell = self.cells[name]
        # our own copies, in float64: sliders write into them
        self.weights = {n: np.array(getattr(cell, n), float) for n in SOURCES if getattr(cell, n) is not None}
        self.gate = cell.recurrent_activation
        self.x, self.h, self.c = np.full(cell.input_size, 1.0), np.full(cell.units, 0.5), np.full(cell.units, 2.0)
        self.first = self.h, self.c  # of turn 0
        self.turn = self.input = self.unit = 0

    @property
    def cell(self):
        """The cell with the weights as they stand now."""
        return LSTMCell(**self.weights, recurrent_activation=self.gate)

    def values(self):
        """One step of the chosen unit: x, h_prev, c_prev, f, i, g, o, c, h, all floats."""
        trace = self.cell.run(self.x[None, None], (self.h[None], self.c[None]))  # one sequence of one step
        before = {"x": self.x[self.input], "h_prev": self.h[self.unit], "c_prev": self.c[self.unit]}
        after = {name: getattr(trace, name)[0, 0, self.unit] for name in drawing.PARTS}
        return {name: float(value) for name, value in (before | after).items()}

    def sums(self):
        """What goes into each part of the chosen unit: name -> (from x, from h, bias), floats, 0 for no bias."""
        bias = self.weights.get("bias", np.zeros(4 * len(self.h)))
        terms = self.x @ self.weights["kernel"], self.h @ self.weights["recurrent_kernel"], bias  # (4H,) each
        return {name: tuple(float(term[self._column(name)]) for term in terms) for name in LAYERS}

    def go(self, turn):
        """To a later turn, by the cell's own step, or back to the start."""
        if turn < self.turn:
            self.turn, (self.h, self.c) = 0, self.first
        for _ in range(turn - self.turn):
            h, c = self.cell.step(self.x[None], (self.h[None], self.c[None]))
            self.h, self.c = h[0], c[0]
        self.turn = turn

    # --- on a page --------------------------------------------------------------------------------------------------

    def __repr__(self):
        return f"FourGates(unit {self.unit}: " + ", ".join(f"{k} {v:.3f}" for k, v in self.values().items()) + ")"

    def html(self):
        """The state as it stands, without a kernel: the drawing with its numbers, and the table."""
        values = self.values()
        return drawing.lstm("gates", values=values | drawing.products(values))._repr_html_() + self.table()

    def table(self):
        """The step as an HTML table: what enters each part, their sum, and what comes out; then the two products."""
        v = self.values()
        titles = [say(f"four_gates.{title}") for title in ("part", *SOURCES, "sum", "value")]
        head = element("tr", [element("th", title, scope="col", style=AIR) for title in titles])
        rows = [
            element(
                "tr",
                element("th", name, scope="row", style=AIR),
                [element("td", f"{number:.3f}", style=AIR) for number in (*terms, sum(terms), v[name])],
            )
            for name, terms in self.sums().items()
        ]
        kept, written = f"{v['f']:.3f} · ({v['c_prev']:.3f})", f"{v['i']:.3f} · ({v['g']:.3f})"
        belt = say("four_gates.belt", kept=kept, written=written, c=f"{v['c']:.3f}")
        out = f"h = o · tanh(c) = {v['o']:.3f} · tanh({v['c']:.3f}) = {v['h']:.3f}"
        numbers = element("table", element("thead", head), element("tbody", rows))
        return fragment(numbers, element("p", belt, element("br"), out))

    # --- live -------------------------------------------------------------------------------------------------------

    @cached_property
    def widget(self):
        """Controls, drawing and table, one below the other, made anew for each cell that is chosen."""
        self._place, self._table = ipywidgets.VBox(), ipywidgets.HTML()
        self._listening = True
        chooser = choice(say("four_gates.cell"), list(self.cells))
        chooser.observe(lambda change: self._show(change["new"]), "value")
        self._show(chooser.value)
        return together(*([chooser] if len(self.cells) > 1 else []), self._place)

    def _show(self, name):
        self.take(name)
        self.stepper = CellStepper(self.cell, self.x, h=self.h, c=self.c)
        self.stepper.observe(self._moved_in_the_page, [*self.weights, "x", "h", "c", "t", "unit"])
        self.controls = self._controls()
        for key, control in self.controls.items():
            control.observe(lambda change, key=key: self._moved(key, change["new"]), "value")
        self._answer()
        *others, turn = self.controls.values()
        self._place.children = [*others, beside(say("four_gates.turns"), turn), self.stepper, self._table]

    def _controls(self):
        """Name -> control: dropdowns input and unit, of several; sliders x, h, c; which weight, its value; turn."""
        largest = max(8, *(np.ceil(np.abs(w).max()) for w in self.weights.values() if w.size))
        sizes = {"input": len(self.x), "unit": len(self.h)}
        names = {"input": say("four_gates.input"), "unit": say("unit")}
        controls = {name: choice(names[name], range(size)) for name, size in sizes.items() if size > 1}
        controls |= {"x": slider("x", -3, 3)}
        controls |= {"h": slider(say("four_gates.h"), -1, 1), "c": slider(say("four_gates.c"), -3, 3)}
        controls["which"] = choice(say("four_gates.which"), self._weight_names())
        controls["weight"] = slider(say("four_gates.weight"), -largest, largest)
        controls["turn"] = play(TURNS)
        return controls

    def _weight_names(self):
        """(what the reader sees, (array, part)) of every weight of the chosen unit and input."""
        return [
            (
                say("four_gates.name", part=part, name=part_name(part), source=say(f"four_gates.{array}")),
                (array, part),
            )
            for part in LAYERS
            for array in SOURCES
            if array in self.weights
        ]

    def _slot(self, name):
        """The array that a slider moves, and the index in it."""
        if name == "x":
            return self.x, (self.input,)
        if name in ("h", "c"):
            return getattr(self, name), (self.unit,)
        array, part = self.controls["which"].value
        rows = {"kernel": (self.input,), "recurrent_kernel": (self.unit,), "bias": ()}[array]
        return self.weights[array], (*rows, self._column(part))

    def _column(self, part):
        """Of the chosen unit, in the kernels."""
        return LSTMCell.blocks.index(part) * len(self.h) + self.unit

    def _moved(self, name, value):
        """A control was moved."""
        if not self._listening:
            return
        if name == "turn":
            self.go(value)
        elif name in ("input", "unit"):
            setattr(self, name, value)
        elif name != "which":
            array, index = self._slot(name)
            array[index] = value
        self._answer()

    def _moved_in_the_page(self, change):
        """The reader moved the drawing's own controls."""
        if not self._listening:
            return
        for name in self.weights:
            self.weights[name] = np.array(getattr(self.stepper, name))
        self.x, self.h, self.c = (np.array(value) for value in (self.stepper.x[-1], self.stepper.h, self.stepper.c))
        self.turn, self.unit = self.stepper.t, self.stepper.unit
        self._answer()

    def _answer(self):
        """Controls, drawing and table show the state; none of them answers to that."""
        if self.turn == 0:
            self.first = self.h.copy(), self.c.copy()
        self._listening = False
        try:
            for name in ("x", "h", "c", "weight"):
                array, index = self._slot(name)
                self._put(self.controls[name], array[index])
            self.controls["turn"].value = min(self.turn, TURNS)
            if "unit" in self.controls:
                self.controls["unit"].value = self.unit
            state = self.weights | {"x": self.x[None], "h": self.h, "c": self.c}
            with self.stepper.hold_sync():
                for name, array in state.items():
                    setattr(self.stepper, name, array.tolist())
                self.stepper.t, self.stepper.unit = self.turn, self.unit
            self._table.value = self.table()
        finally:
            self._listening = True

    @staticmethod
    def _put(control, value):
        """A slider to a value, its ends moved out if the value lies beyond."""
        if abs(value) > control.max:
            control.min, control.max = -np.ceil(abs(value)), np.ceil(abs(value))
        control.value = value
