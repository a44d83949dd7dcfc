"""What `watch` returns."""

from collections.abc import Mapping
from itertools import groupby

import numpy as np

from ..common import checks
from ..common.html import element, fragment, table
from ..words import Words
from .traces import Directions, Stack, Unfollowed

say = Words("watch")

AIR = "border-collapse: separate; border-spacing: 1em 0.2em"  # the table is shown in pages with no style of ours
FEW = 4  # calls of one layer that have a line each in the table
ROUNDING = 1e-4  # of the largest value: float32, 1,000 steps. What is more is another program


class Seen(Mapping):
    """What a model's recurrent layers computed, by their names; printed, it is a table of them.

    `seen["lstm_1"]` is a `Trace`: `f`, `c`, `h`, ... (B, T, H) in processing order, `in_time("f")` in the order of the
    inputs, `mask`, `inputs`. A `Bidirectional` has two, `seen["bidirectional"].forward` and `.backward`, also under
    the names "bidirectional.forward" and "bidirectional.backward"; a layer with several cells has `.cells`; a layer
    that was not followed has a `reason`. A layer inside of others is named by its place, "encoder/lstm", or by its own
    name where no other has that name; one that is called several times "lstm#1", "lstm#2", ...
    Raises KeyError, with the names that there are, for any other.
    """

    def __init__(self, model, rows):
        self.model = model  # its name
        self.rows = rows  # a `Row` for each call of each layer

    def __getitem__(self, name):
        exact = [row for row in self.rows if row.name == name]
        found = exact or [row for row in self.rows if row.name.rpartition("/")[2] == name]
        if len(found) != 1:
            fitting = [row.name for row in found or self._calls_of(name) or self.rows]
            shown = ", ".join(fitting[:12]) + (", ..." if len(fitting) > 12 else "")
            raise KeyError(f"name: expected one of {shown}, got {name!r}")
        return found[0].traced

    def get(self, name, default=None):
        """`seen[name]`, or `default` where no layer has this name."""
        return super().get(name, default)

    def __iter__(self):
        return (row.name for row in self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def worst(self):
        """The largest difference to what Keras returned; NaN where one is, or where no layer was followed."""
        differences = [row.difference for row in self.rows if row.difference is not None]
        return float(np.max(differences)) if differences else float("nan")

    def figure(self, layer, sample=0, tokens=None, steps=None):
        """Every unit of a layer at every step: a heat map for each part, in time order. Masked steps are left empty.

        layer: a name, or a trace of this `Seen`. sample: which sequence. tokens: T texts, one for each step. steps:
        (first, last), a part of the steps, both ends included. Returns a `figures.Figure`.
        Raises KeyError for a name that there is not, ValueError or TypeError for what has no trace of its own, and
        where an argument does not fit the trace.
        """
        from ..figures import maps

        name = layer if isinstance(layer, str) else None
        trace = self[layer] if isinstance(layer, str) else layer
        if isinstance(trace, Unfollowed):
            raise ValueError(f"layer: expected one that was followed, got {name}: {trace.reason}")
        if isinstance(trace, Directions):
            raise ValueError(
                f'layer: expected one direction, got both: "{name}.forward" and "{name}.backward" are the two'
            )
        if isinstance(trace, Stack):
            raise ValueError(f"layer: expected one cell, got {len(trace.cells)}: hand over one of its .cells")
        return maps(trace, sample, checks.texts(tokens, "tokens", trace.h.shape[1]), steps, name)

    def __repr__(self):
        head, lines = self._head(), self._lines()
        widths = [max(len(line[k]) for line in (head, *lines)) for k in range(len(head))]
        texts = [
            "  ".join(f"{text:<{w}}" for text, w in zip(line, widths, strict=True)).rstrip() for line in (head, *lines)
        ]
        return "\n".join([*texts, *self._remarks()])

    def _repr_html_(self):
        remarks = [element("p", remark) for remark in self._remarks()]
        return fragment(table(self._head(), self._lines(), style=AIR), remarks)

    def _head(self):
        return [say("layer"), say("kind"), say("inputs"), say("outputs"), say("counted"), say("difference")]

    def _lines(self):
        """A line of texts for each row; a layer that is called often has one for all of its calls."""
        lines = []
        for _, group in groupby(self.rows, key=lambda row: row.place):
            rows = list(group)
            for alike in [rows] if len(rows) > FEW else [[row] for row in rows]:
                lines.append(_line(alike))
        return lines

    def _remarks(self):
        """Sentences below the table: which layers are not followed, and which should not be relied on."""
        remarks = []
        for row in self.rows:
            if isinstance(row.traced, Unfollowed):
                told = say("reason", name=row.name, reason=row.traced.reason)
                remarks.append(told if row.traced.inputs is None else f"{told} {say('inputs_kept')}")
            elif not row.difference <= ROUNDING * row.largest:
                remarks.append(say("off", name=row.name))
        return remarks

    def _calls_of(self, place):
        return [row for row in self.rows if place in (row.place, row.place.rpartition("/")[2])]


def _line(rows):
    """The texts of one line: of a row, or of many calls of one layer."""
    first, last = rows[0], rows[-1]
    name = first.name if first is last else say("many", first=first.name, last=last.name)
    kind = say("backwards", kind=first.kind) if first.backwards else first.kind
    shapes = [say("nothing") if shape is None else str(shape) for shape in (first.inputs, first.outputs)]
    counted, steps = (sum(getattr(row, part) for row in rows) for part in ("counted", "steps"))
    number = (
        say("all", steps=f"{steps:,}") if counted == steps else say("some", counted=f"{counted:,}", steps=f"{steps:,}")
    )
    differences = [row.difference for row in rows if row.difference is not None]
    shown = f"{np.max(differences):.1e}" if differences else say("unfollowed")
    return [name, kind, *shapes, number, shown]
