"""Labs: one step of a cell under the reader's hands, in a live kernel; a picture of it where nobody is there.

The widgets are made when a page with a reader behind it asks for them. A program that runs the notebook, such as the
build of the book, gets the picture, and no widget state enters the page.
"""

from functools import cached_property

import ipywidgets
import numpy as np
import plotly.graph_objects as go
from IPython import get_ipython

from . import drawing, figures
from .cells import LSTMCell

# reading order; the number says which block of U columns of a kernel is the part's
PARTS = {"f": ("forget gate", 1), "i": ("input gate", 0), "g": ("candidate", 2), "o": ("output gate", 3)}
WIDE = "28rem"
AIR = 'style="padding:0.1em 0.4em;text-align:right"'  # the table stands in pages with no style sheet of ours
NEEDS_KERNEL = (
    "This lab needs a running kernel: open this notebook in JupyterLab and run its cells. Here is its first state."
)


def four_gates(cell=None):
    """A lab on one step of an LSTM: sliders for x, h, c and any weight, the gates and the belt answering.

    cell: an `LSTMCell`, which stays as it is; one input and one unit if None. Of a larger cell one input and one unit
    are moved at a time, the others stay where they were put.
    Raises TypeError if `cell` is no LSTMCell. Returns a `FourGates`, which shows itself.
    """
    if cell is None:
        # every weight 1, and the forget gate's bias 1, as Keras starts it
        cell = LSTMCell(np.ones((1, 4)), np.ones((1, 4)), np.array([0.0, 1.0, 0.0, 0.0]))
    if not isinstance(cell, LSTMCell):
        raise TypeError(f"cell: expected an LSTMCell, got {type(cell).__name__}")
    return FourGates(cell)


class FourGates:
    """The lab: x (D,), h and c (U,), the cell, which input and unit are looked at; and two faces.

    `widget` is the live one: `controls` by name, the Plotly `figure`, and a table of the sums. `html()` is the picture.
    """

    def __init__(self, cell):
        names = "kernel", "recurrent_kernel", "bias"
        # our own copies, in float64: the weight slider writes into them
        self.weights = {n: np.array(getattr(cell, n), float) for n in names if getattr(cell, n) is not None}
        self.activations = {"activation": cell.activation, "recurrent_activation": cell.recurrent_activation}
        self.x, self.h, self.c = np.full(cell.input_size, 1.0), np.full(cell.units, 0.5), np.full(cell.units, 2.0)
        self.input = self.unit = 0

    @property
    def cell(self):
        """The cell with the weights as they stand now."""
        return LSTMCell(**self.weights, **self.activations)

    def values(self):
        """One step of the chosen unit: x, h_prev, c_prev, f, i, g, o, c, h, all floats."""
        trace = self.cell.run(self.x[None, None], (self.h[None], self.c[None]))  # one sequence of one step
        before = {"x": self.x[self.input], "h_prev": self.h[self.unit], "c_prev": self.c[self.unit]}
        after = {name: getattr(trace, name)[0, 0, self.unit] for name in "figoch"}
        return {name: float(value) for name, value in (before | after).items()}

    def sums(self):
        """What goes into each part of the chosen unit: name -> (from x, from h, bias), floats, 0 for no bias."""
        columns = {name: block * len(self.h) + self.unit for name, (_, block) in PARTS.items()}
        bias = self.weights.get("bias", np.zeros(4 * len(self.h)))
        return {
            name: (
                float(self.x @ self.weights["kernel"][:, k]),
                float(self.h @ self.weights["recurrent_kernel"][:, k]),
                float(bias[k]),
            )
            for name, k in columns.items()
        }

    # --- the two faces ------------------------------------------------------------------------------------------

    def _repr_mimebundle_(self, include=None, exclude=None):
        live = self.widget._repr_mimebundle_() if _reader_is_there() else {}
        return live | {"text/plain": repr(self), "text/html": self.html()}  # JupyterLab takes the widgets, if there are

    def __repr__(self):
        return f"FourGates(unit {self.unit}: " + ", ".join(f"{k} {v:.3f}" for k, v in self.values().items()) + ")"

    def html(self):
        """The state as it stands, without a kernel: the drawing with its numbers, the table, and where to run it."""
        return f"{drawing.lstm('gates', values=self.values())._repr_html_()}{self.table()}<p>{NEEDS_KERNEL}</p>"

    def table(self):
        """The step as an HTML table: what enters each part, their sum, and what comes out; then the two products."""
        v, squash = self.values(), self.activations["activation"]
        titles = ("part", "from x", "from h", "bias", "sum", "value")
        head = "".join(f'<th scope="col" {AIR}>{title}</th>' for title in titles)
        rows = "".join(
            f'<tr><th scope="row" {AIR}>{name}</th>'
            + "".join(f"<td {AIR}>{number:.3f}</td>" for number in (*terms, sum(terms), v[name]))
            + "</tr>"
            for name, terms in self.sums().items()
        )
        kept, written = f"{v['f']:.3f} · ({v['c_prev']:.3f})", f"{v['i']:.3f} · ({v['g']:.3f})"
        belt = f"c = f · c before + i · g = {kept} + {written} = {v['c']:.3f}"
        out = f"h = o · {squash}(c) = {v['o']:.3f} · {squash}({v['c']:.3f}) = {v['h']:.3f}"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{belt}<br>{out}</p>"

    # --- live ---------------------------------------------------------------------------------------------------

    @cached_property
    def widget(self):
        """Controls, bars and table, one below the other."""
        return ipywidgets.VBox([*self.controls.values(), self.figure, self._table])

    @cached_property
    def figure(self):
        """The bars. Their axis stands still where it can: at most 3 is kept on the belt, and no more than 1 written."""
        bars = go.FigureWidget(figures.one_step(self.values()))
        return bars if self.activations["activation"] in ("relu", "linear") else bars.update_yaxes(range=[-4.4, 4.4])

    @cached_property
    def _table(self):
        return ipywidgets.HTML(self.table())

    @cached_property
    def controls(self):
        """Name -> control: sliders x, h, c, weight; dropdowns which (weight) and, of several, input and unit."""
        largest = max(8, *(np.ceil(np.abs(w).max()) for w in self.weights.values() if w.size))
        controls = {
            name: _choice(name, size) for name, size in (("input", len(self.x)), ("unit", len(self.h))) if size > 1
        }
        controls |= {"x": _slider("x", 3), "h": _slider("h before", 1), "c": _slider("c before", 3)}
        controls["which"] = ipywidgets.Dropdown(
            options=self._weight_names(), description="weight", layout={"width": WIDE}
        )
        controls["weight"] = _slider("its value", largest)
        self._which = controls["which"].value
        for name in ("x", "h", "c", "weight"):
            array, index = self._place(name)
            controls[name].value = array[index]
            controls[name].observe(lambda change, name=name: self._move(name, change["new"]), "value")
        for name in controls.keys() & {"which", "input", "unit"}:
            controls[name].observe(lambda change, name=name: self._choose(name, change["new"]), "value")
        return controls

    def _weight_names(self):
        """(what the reader sees, (array, part)) of every weight of the chosen unit and input."""
        sources = {"kernel": "from x", "recurrent_kernel": "from h", "bias": "bias"}
        return [
            (f"{part}, {PARTS[part][0]}: {source}", (array, part))
            for part in PARTS
            for array, source in sources.items()
            if array in self.weights
        ]

    def _place(self, name):
        """The array that a slider moves, and the index in it."""
        if name == "x":
            return self.x, (self.input,)
        if name in ("h", "c"):
            return getattr(self, name), (self.unit,)
        array, part = self._which
        column = PARTS[part][1] * len(self.h) + self.unit
        rows = {"kernel": (self.input,), "recurrent_kernel": (self.unit,), "bias": ()}[array]
        return self.weights[array], (*rows, column)

    def _choose(self, name, value):
        setattr(self, "_which" if name == "which" else name, value)
        for slider in ("x", "h", "c", "weight"):
            array, index = self._place(slider)
            self.controls[slider].value = array[index]
        self._answer()

    def _move(self, name, value):
        array, index = self._place(name)
        array[index] = value
        self._answer()

    def _answer(self):
        self._table.value = self.table()
        with self.figure.batch_update():
            for bars, fresh in zip(self.figure.data, figures.one_step(self.values()).data, strict=True):
                bars.y, bars.text = fresh.y, fresh.text


def _slider(text, limit):
    return ipywidgets.FloatSlider(
        min=-limit, max=limit, step=0.1, description=text, readout_format=".2f", layout={"width": WIDE}
    )


def _choice(text, size):
    return ipywidgets.Dropdown(options=range(size), description=text)


def _reader_is_there():
    """Whether the code came from where a reader can be asked something, as in JupyterLab: not from a program.

    The Jupyter messages say so themselves (`allow_stdin` of execute_request).
    """
    request = getattr(get_ipython(), "get_parent", dict)()
    return bool(request.get("content", {}).get("allow_stdin"))
