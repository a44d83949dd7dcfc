"""CellStepper: the LSTM drawing with numbers flowing through it, part by part and turn by turn."""

import sys

import numpy as np
import traitlets

from .. import drawing
from ..cells import LSTMCell, SimpleRNNCell
from ..common import checks
from ..common.checks import one_of, whole
from ..common.html import Markup, element, fragment, table
from ..words import Words
from .base import Widget

GATES = ("sigmoid", "hard_sigmoid", "hard_sigmoid_keras2")
STAGES = drawing.geometry()["states"]
say = Words("cell_stepper")
named = Words("drawing")
WEIGHTS = ("kernel", "recurrent_kernel", "bias")


class CellStepper(Widget):
    """`CellStepper(cell=None, x=None, *, h=None, c=None, stage="gates", part=None, step=None, unit=0)`

    cell: an `LSTMCell`, or a built Keras LSTM layer; one input and one unit with all weights 1 and a forget bias of 1
    if None. x (D,) or (T, D): what comes in, ones if None. h, c (H,): what the turn before left, zeros if None.
    stage: "loop" (the candidate's layer alone), "belt" (f, i and o are 1) or "gates". part: the node of the drawing
    that is open, one of `parts(stage)`. step: how many parts of the turn have been computed since x, h and c came in;
    up to `part` if None, and none where that is None too. unit: which unit is looked at.
    All are traits, in step with the page, and so are `kernel`, `recurrent_kernel`, `bias`, as nested lists whose shapes
    stay, and `t`, which turn it is: it sees row t of x, or the last. `values` is what the drawing prints
    (x where it is one number).
    Raises TypeError or ValueError, naming the argument, for anything else.
    """

    script = "cell_stepper"
    kernel = traitlets.Any().tag(sync=True)
    recurrent_kernel = traitlets.Any().tag(sync=True)
    bias = traitlets.Any().tag(sync=True)
    gate = traitlets.Unicode().tag(sync=True)
    x = traitlets.Any().tag(sync=True)
    h = traitlets.Any().tag(sync=True)
    c = traitlets.Any().tag(sync=True)
    t = traitlets.Int().tag(sync=True)
    stage = traitlets.Unicode().tag(sync=True)
    part = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int().tag(sync=True)
    unit = traitlets.Int().tag(sync=True)

    def __init__(self, cell=None, x=None, *, h=None, c=None, stage="gates", part=None, step=None, unit=0):
        cell = _cell(cell)
        D, H = cell.input_size, cell.units
        self._shapes = {
            "kernel": ((D, 4 * H), "(D, 4H)"),
            "recurrent_kernel": ((H, 4 * H), "(H, 4H)"),
            "bias": ((4 * H,), "(4H,)"),
            "h": ((H,), "(H,)"),
            "c": ((H,), "(H,)"),
        }
        arrays = {name: getattr(cell, name) for name in WEIGHTS}
        arrays |= {name: np.zeros(H) if value is None else value for name, value in (("h", h), ("c", c))}
        lists = {name: self._listed(value, name) for name, value in arrays.items()}
        lists["x"] = self._rows(np.ones(D) if x is None else x)
        stage = one_of(stage, STAGES, "stage")
        flow = STAGES[stage]["flow"]
        if part is not None:
            one_of(part, parts(stage), "part")
        step = whole(flow.index(part) if step is None and part in flow else step or 0, "step", 0, _last(stage))
        part = part or flow[step]
        unit = whole(unit, "unit", 0, H - 1)
        super().__init__(**lists, gate=cell.recurrent_activation, t=0, stage=stage, part=part, step=step, unit=unit)

    @property
    def values(self):
        """What the drawing prints at this stage, all parts computed: name -> float, for the unit looked at."""
        before = {"h_prev": self.h[self.unit]}
        if len(self._x) == 1:
            before["x"] = self._x[0]
        if self.stage != "loop":
            before["c_prev"] = self.c[self.unit]
        values = before | {name: float(value[self.unit]) for name, value in self._turn().items()}
        return values | (drawing.products(values) if self.stage == "gates" else {})

    def next_turn(self):
        """The new h and c become the old ones."""
        new = self._turn()
        with self.hold_trait_notifications():
            self.h = new["h"]
            self.c = new.get("c", self.c)
            self.t += 1

    # --- what a trait may be --------------------------------------------------------------------------------------

    @traitlets.validate("kernel", "recurrent_kernel", "bias", "h", "c")
    def _check_array(self, proposal):
        return self._listed(proposal.value, proposal.trait.name)

    @traitlets.validate("x")
    def _check_x(self, proposal):
        return self._rows(proposal.value)

    @traitlets.validate("t")
    def _check_turn(self, proposal):
        return whole(proposal.value, "t", 0, sys.maxsize)

    @traitlets.validate("stage")
    def _check_stage(self, proposal):
        return one_of(proposal.value, STAGES, "stage")

    @traitlets.observe("stage")
    def _keep_to_the_stage(self, change):
        self.step = min(self.step, _last(change.new))
        self.part = self.part if self.part in parts(change.new) else STAGES[change.new]["flow"][self.step]

    @traitlets.validate("part")
    def _check_part(self, proposal):
        return one_of(proposal.value, parts(self.stage), "part")

    @traitlets.validate("step")
    def _check_step(self, proposal):
        return whole(proposal.value, "step", 0, _last(self.stage))

    @traitlets.validate("unit")
    def _check_unit(self, proposal):
        return whole(proposal.value, "unit", 0, len(self.h) - 1)

    @traitlets.validate("gate")
    def _check_gate(self, proposal):
        return one_of(proposal.value, GATES, "gate")

    def _listed(self, value, name):
        """An array as nested lists; a cell without a bias has None."""
        if name == "bias" and value is None:
            return None
        return checks.shaped(value, name, *self._shapes[name], np.float64).tolist()

    def _rows(self, value):
        """x as a list of rows."""
        D = self._shapes["kernel"][0][0]
        x = checks.real(value, "x", np.float64)
        rows = x[None] if x.ndim == 1 else x
        if rows.ndim != 2 or rows.shape[1] != D or not len(rows):
            raise ValueError(f"x: expected shape (D,) = ({D},) or (T, D) with T >= 1, got {x.shape}")
        return rows.tolist()

    # --- one turn -------------------------------------------------------------------------------------------------

    @property
    def _x(self):
        """The input of this turn (D,)."""
        return self.x[min(self.t, len(self.x) - 1)]

    def _turn(self):
        """What NumPy's cells make of this turn at this stage: name -> (H,)."""
        weights = [None if w is None else np.array(w) for w in (self.kernel, self.recurrent_kernel, self.bias)]
        x, h, c = np.array([self._x]), np.array([self.h]), np.array([self.c])  # one sequence
        if self.stage == "loop":
            candidate = [None if w is None else np.split(w, 4, axis=-1)[LSTMCell.blocks.index("g")] for w in weights]
            return {"h": SimpleRNNCell(*candidate).step(x, h)[0]}
        trace = LSTMCell(*weights, recurrent_activation=self.gate).run(x[:, None], (h, c))
        new = {name: getattr(trace, name)[0, 0] for name in drawing.PARTS}
        if self.stage == "gates":
            return new
        belt = c[0] + new["g"]
        return {"g": new["g"], "c": belt, "h": np.tanh(belt)}

    # --- where no script runs -------------------------------------------------------------------------------------

    def still(self):
        numbers = self.values
        picture = Markup(drawing.lstm(self.stage, values=numbers).svg)
        turn = say("turn", t=self.t)
        if len(self.h) > 1:
            turn = say("still.turn_of_unit", t=self.t, unit=self.unit, units=len(self.h))
        rows = [(named(f"values.{name}"), f"{value:.6f}") for name, value in numbers.items()]
        return fragment(
            element("div", picture, style="max-width:33rem;margin:0 auto"), table((turn, say("still.value")), rows)
        )


def parts(stage):
    """The nodes of the drawing that can be opened at a stage."""
    return [*STAGES[stage]["flow"], "h_prev", *(["c_prev"] if stage != "loop" else [])]


def _last(stage):
    return len(STAGES[stage]["flow"]) - 1


def _cell(cell):
    """The LSTMCell that was handed over, that a Keras layer holds, or the one to start with."""
    if cell is None:
        return LSTMCell(np.ones((1, 4)), np.ones((1, 4)), np.array([0.0, 1.0, 0.0, 0.0]))
    if type(cell).__module__.split(".")[0] == "keras":
        from ..keras_bridge import from_keras

        cell = from_keras(cell)
    if type(cell) is not LSTMCell:
        raise TypeError(f"cell: expected an LSTMCell or a keras LSTM layer, got {type(cell).__name__}")
    if cell.activation != "tanh" or cell.recurrent_activation not in GATES:
        raise ValueError(
            f"cell: expected activation 'tanh' and a recurrent_activation among {', '.join(GATES)}, "
            f"got {cell.activation!r} and {cell.recurrent_activation!r}"
        )
    return cell
