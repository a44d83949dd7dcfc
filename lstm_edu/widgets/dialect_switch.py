"""One set of weights in the orders of several libraries, and what a wrong reading returns."""

import numpy as np
import traitlets

from ..cells import LSTMCell
from ..common import checks
from ..common.html import element, fragment, table
from ..dialects import DIALECTS, convert, reordered
from ..words import Words
from .base import Widget, picture

say = Words("dialect_switch")

CURVES = ("sigmoid", "hard_sigmoid_keras2", "hard_sigmoid")


class DialectSwitch(Widget):
    """`DialectSwitch(cell=None, x_t=None, state=None, written="cs231n", read="keras", written_curve="sigmoid",
    read_curve="sigmoid")`

    One step of `cell` (an LSTMCell with tanh) on x_t (B, D) from state (h, c), (B, H) each, zeros if None; its weights
    are written to a file in the order of `written` and taken from it in the order of `read`. The curves are the gates',
    names out of `cells/activations.py`: "sigmoid", "hard_sigmoid_keras2" or "hard_sigmoid". Without a cell it is the
    step that Stanford's assignment CS231n publishes. The last four are traits. Raises TypeError or ValueError, naming
    the argument.
    """

    script = "dialect_switch"
    orders = traitlets.Dict({name: dialect.order for name, dialect in DIALECTS.items()}).tag(sync=True)
    kernel = traitlets.List().tag(sync=True)  # the weights in Keras' order, float64; bias empty without one
    recurrent_kernel = traitlets.List().tag(sync=True)
    bias = traitlets.List().tag(sync=True)
    x = traitlets.List().tag(sync=True)
    h = traitlets.List().tag(sync=True)
    c = traitlets.List().tag(sync=True)
    written = traitlets.Enum(list(DIALECTS)).tag(sync=True)
    read = traitlets.Enum(list(DIALECTS)).tag(sync=True)
    written_curve = traitlets.Enum(CURVES).tag(sync=True)
    read_curve = traitlets.Enum(CURVES).tag(sync=True)

    def __init__(
        self,
        cell=None,
        x_t=None,
        state=None,
        written="cs231n",
        read="keras",
        written_curve="sigmoid",
        read_curve="sigmoid",
    ):
        if cell is None:
            if x_t is not None or state is not None:
                raise TypeError("cell: expected an LSTMCell, for x_t or state is given, got None")
            cell, x_t, state = published()
        if type(cell) is not LSTMCell:
            raise TypeError(f"cell: expected an LSTMCell or None, got {type(cell).__name__}")
        if cell.activation != "tanh":
            raise ValueError(f"cell: expected the activation 'tanh', got {cell.activation!r}")
        if x_t is None:
            raise TypeError(f"x_t: expected the inputs of one step, (B, D) = (batch, {cell.input_size}), got None")
        x = checks.one_step(x_t, cell.input_size)
        if not len(x):
            raise ValueError(f"x_t: expected a batch of at least one sequence, got shape {x.shape}")
        h, c = checks.states(state, "state", ("h", "c"), len(x), cell.units, np.float64)
        arrays = {"kernel": cell.kernel, "recurrent_kernel": cell.recurrent_kernel, "x": x, "h": h, "c": c}
        if cell.bias is not None:
            arrays["bias"] = cell.bias
        super().__init__(
            **{name: array.astype(np.float64).tolist() for name, array in arrays.items()},
            written=checks.one_of(written, DIALECTS, "written"),
            read=checks.one_of(read, DIALECTS, "read"),
            written_curve=checks.one_of(written_curve, CURVES, "written_curve"),
            read_curve=checks.one_of(read_curve, CURVES, "read_curve"),
        )

    def results(self):
        """The right h and the one that the reader gets, (B, H) each, computed by NumPy's cell."""
        there, expected = self.orders[self.written], self.orders[self.read]
        weights = [np.array(w) for w in (self.kernel, self.recurrent_kernel, self.bias) if w]
        taken = [reordered(reordered(w, LSTMCell.blocks, there), expected, LSTMCell.blocks) for w in weights]
        x, state = np.array(self.x), (np.array(self.h), np.array(self.c))
        cells = (
            LSTMCell(*weights, recurrent_activation=self.written_curve),
            LSTMCell(*taken, recurrent_activation=self.read_curve),
        )
        return tuple(cell.step(x, state)[0] for cell in cells)

    def still(self):
        right, got = (h[0] for h in self.results())
        rows = [(k, f"{a:.4f}", f"{b:.4f}") for k, (a, b) in enumerate(zip(right, got, strict=True))]
        return fragment(
            element("p", say("still.told", written=self.written, read=self.read)),
            self._picture(),
            table([say(name) for name in ("unit", "right", "returned")], rows),
        )

    def _picture(self):
        """The blocks as the file has them, over those that the reader's cell uses as i, f, g, o."""
        there, expected = self.orders[self.written], self.orders[self.read]
        used = "".join(there[expected.index(slot)] for slot in LSTMCell.blocks)
        told = ", ".join(
            say("as", letter=letter, slot=slot) for letter, slot in zip(used, LSTMCell.blocks, strict=True)
        )
        blocks = [
            (
                element("rect", x=100 * k, y=y, width=94, height=50, rx=3, fill=f"var(--gate-{letter})"),
                element("text", letter, x=100 * k + 47, y=y + 32, text_anchor="middle", font_size=22),
            )
            for row, y in ((there, 0), (used, 70))
            for k, letter in enumerate(row)
        ]
        label = say("picture.label", file=" ".join(there), used=told)
        return picture("dialect-still", "0 0 400 120", label, blocks, style="width:100%;max-width:27rem")


def published():
    """The step of Stanford's CS231n, assignment 3: cell, x_t (3, 4), and the state h, c, (3, 5) each."""
    theirs = {
        "Wx": np.linspace(-2.1, 1.3, 80).reshape(4, 20),
        "Wh": np.linspace(-0.7, 2.2, 100).reshape(5, 20),
        "b": np.linspace(0.3, 0.7, 20),
    }
    state = np.linspace(-0.3, 0.7, 15).reshape(3, 5), np.linspace(-0.4, 0.9, 15).reshape(3, 5)
    return LSTMCell(**convert(theirs, "cs231n", "keras")), np.linspace(-0.4, 1.2, 12).reshape(3, 4), state
