"""The loop of chapter 1, line by line: the running line, the variables, their shapes."""

import numpy as np
import traitlets

from ..cells import SimpleRNNCell
from ..common import checks
from ..common.html import Markup, element, fragment, table
from ..words import Words
from .base import Widget, picture

say = Words("loop_stepper")
LOOP = "state_t = 0\nfor input_t in input_sequence:\n    output_t = f(input_t, state_t)\n    state_t = output_t"
LONGEST = 20  # steps
COLUMN, BAR, MIDDLE = 44, 26, (34, 100)  # of the picture: a step's width, the longest bar, where the bars stand


class LoopStepper(Widget):
    """`LoopStepper(sequence=(1, 0, 0, 0), cell=None, keep=0.5, at=0)`

    The loop of chapter 1 with the line lit that has just run. sequence: 1 to 20 steps; without a cell a number each,
    (T,), and f is `keep * state_t + input_t`; with a `SimpleRNNCell` (tanh) D numbers each, (T, D), and f is the cell.
    at: how many lines have run after the first, 0 to 3T + 1. `sequence`, `keep` and `at` are traits: the reader changes
    them, and Python may read and set them. Raises ValueError or TypeError, naming the argument.
    """

    script = "loop_stepper"
    sequence = traitlets.List().tag(sync=True)
    keep = traitlets.Float().tag(sync=True)
    at = traitlets.Int().tag(sync=True)
    kernel = traitlets.List().tag(sync=True)  # the weights in float64, empty without a cell or without a bias
    recurrent_kernel = traitlets.List().tag(sync=True)
    bias = traitlets.List().tag(sync=True)

    def __init__(self, sequence=(1, 0, 0, 0), cell=None, keep=0.5, at=0):
        if cell is not None and not isinstance(cell, SimpleRNNCell):
            raise TypeError(f"cell: expected a SimpleRNNCell or None, got {type(cell).__name__}")
        if cell is not None and cell.activation != "tanh":
            raise ValueError(f"cell: expected the activation 'tanh', got {cell.activation!r}")
        steps = _steps(sequence, None if cell is None else cell.input_size)
        at = checks.whole(at, "at", 0, 3 * len(steps) + 1)
        weights = {} if cell is None else {name: getattr(cell, name) for name in ("kernel", "recurrent_kernel", "bias")}
        weights = {name: w.astype(np.float64).tolist() for name, w in weights.items() if w is not None}
        super().__init__(sequence=steps, keep=_number(keep), at=at, **weights)

    @traitlets.validate("sequence")
    def _check_sequence(self, proposal):
        return _steps(proposal.value, len(self.kernel) or None)

    @traitlets.validate("keep")
    def _check_keep(self, proposal):
        return _number(proposal.value)

    @traitlets.validate("at")
    def _check_at(self, proposal):
        return checks.whole(proposal.value, "at", 0, 3 * len(self.sequence) + 1)

    @traitlets.observe("sequence")
    def _stay_within(self, change):
        self.at = min(self.at, 3 * len(change.new) + 1)

    def outputs(self):
        """What the loop gives for the sequence as it stands, computed by the NumPy cell in float64: (T, H)."""
        if self.kernel:
            bias = np.array(self.bias) if self.bias else None
            cell = SimpleRNNCell(np.array(self.kernel), np.array(self.recurrent_kernel), bias)
        else:
            cell = SimpleRNNCell(np.ones((1, 1)), np.array([[self.keep]]), activation="linear")
        x = np.array(self.sequence, np.float64).reshape(1, len(self.sequence), -1)
        return cell.run(x).h[0]

    def still(self):
        x, h = np.array(self.sequence, np.float64).reshape(len(self.sequence), -1), self.outputs()
        rows = [(t, _text(x[t]), _text(h[t])) for t in range(len(x))]
        return fragment(element("pre", LOOP), _picture(x, h), table((say("table.step"), "input_t", "output_t"), rows))


def _steps(sequence, D):
    """The inputs as a list: a number for each step, or D of them."""
    steps = checks.real(sequence, "sequence", np.float64)
    if steps.ndim != (1 if D is None else 2) or not 1 <= len(steps) <= LONGEST or steps.shape[1:] not in ((), (D,)):
        meaning = "(T,)" if D is None else f"(T, D) = (T, {D})"
        raise ValueError(f"sequence: expected shape {meaning}, T from 1 to {LONGEST}, got {steps.shape}")
    return steps.tolist()


def _number(keep):
    return float(checks.shaped(keep, "keep", (), "a number", np.float64))


def _text(values):
    return " ".join(f"{value:.4g}" if len(values) == 1 else f"{value:.3f}" for value in values)


def _picture(x, h):
    """The inputs as bars over the outputs as bars, step by step."""
    bars = "".join(
        _bars(row, t * COLUMN, y, np.abs(values).max() or 1, colour)
        for values, y, colour in ((x, MIDDLE[0], "--lstm-line"), (h, MIDDLE[1], "--gate-h"))
        for t, row in enumerate(values)
    )
    width, height = COLUMN * len(x), MIDDLE[1] + MIDDLE[0]
    label = say("picture.still", n=len(x))
    return picture("loop-still", f"0 0 {width} {height}", label, Markup(bars), width=width, style="max-width:100%")


def _bars(values, left, middle, most, colour):
    wide = min((COLUMN - 12) / len(values), 12)
    left += (COLUMN - wide * len(values)) / 2
    return "".join(
        f'<rect x="{left + k * wide:.1f}" y="{middle - max(value, 0) / most * BAR:.1f}" width="{wide * 0.8:.1f}" '
        f'height="{abs(value) / most * BAR:.1f}" fill="var({colour})"/>'
        for k, value in enumerate(values)
    )
