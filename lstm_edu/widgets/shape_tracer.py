"""The shapes on the way through a model with one recurrent layer, and how many numbers it learns."""

from math import prod

import traitlets

from ..cells import GRUCell, LSTMCell, SimpleRNNCell
from ..common import checks
from ..common.html import element, fragment, table
from ..words import Words
from .base import Widget, picture

say = Words("shape_tracer")

BLOCKS = {"SimpleRNN": SimpleRNNCell.blocks, "LSTM": LSTMCell.blocks, "GRU": GRUCell.blocks}
SIZES = {"vocabulary": 10_000_000, "inputs": 10_000, "units": 10_000, "steps": 10_000, "batch": 10_000}  # at most
FLAGS = ("use_bias", "reset_after", "return_sequences", "bidirectional")


class ShapeTracer(Widget):
    """`ShapeTracer(vocabulary=10_000, inputs=32, units=32, steps=500, batch=128, cell="LSTM", use_bias=True,
    reset_after=True, return_sequences=False, bidirectional=False)`

    The model is an embedding (vocabulary, inputs), a layer of `units` units and `Dense(1)`; cell: "SimpleRNN", "LSTM"
    or "GRU"; the flags are Keras' arguments, `reset_after` the GRU's. All of them are traits, and so is `reading`, the
    way of counting that the reader looks at, "right" or one of those in js/numbers/counts.js. Raises TypeError or
    ValueError, naming the argument.
    """

    script = "shape_tracer"
    vocabulary = traitlets.Int().tag(sync=True)
    inputs = traitlets.Int().tag(sync=True)
    units = traitlets.Int().tag(sync=True)
    steps = traitlets.Int().tag(sync=True)
    batch = traitlets.Int().tag(sync=True)
    cell = traitlets.Enum(list(BLOCKS)).tag(sync=True)
    use_bias = traitlets.Bool().tag(sync=True)
    reset_after = traitlets.Bool().tag(sync=True)
    return_sequences = traitlets.Bool().tag(sync=True)
    bidirectional = traitlets.Bool().tag(sync=True)
    reading = traitlets.Unicode("right").tag(sync=True)

    def __init__(
        self,
        vocabulary=10_000,
        inputs=32,
        units=32,
        steps=500,
        batch=128,
        cell="LSTM",
        use_bias=True,
        reset_after=True,
        return_sequences=False,
        bidirectional=False,
    ):
        sizes = {"vocabulary": vocabulary, "inputs": inputs, "units": units, "steps": steps, "batch": batch}
        sizes = {name: checks.whole(size, name, 1, SIZES[name]) for name, size in sizes.items()}
        cell = checks.one_of(cell, BLOCKS, "cell")
        flags = dict(zip(FLAGS, (use_bias, reset_after, return_sequences, bidirectional), strict=True))
        flags = {name: checks.flag(flag, name) for name, flag in flags.items()}
        super().__init__(**sizes, cell=cell, **flags)

    @traitlets.validate(*SIZES)
    def _check_size(self, proposal):
        name = proposal.trait.name
        return checks.whole(proposal.value, name, 1, SIZES[name])

    def arrays(self):
        """name -> shape of the layer's arrays, those of one direction."""
        columns = len(BLOCKS[self.cell]) * self.units
        bias = (2, columns) if self.cell == "GRU" and self.reset_after else (columns,)
        shapes = {"kernel": (self.inputs, columns), "recurrent": (self.units, columns)}
        return shapes | ({"bias": bias} if self.use_bias else {})

    def count(self):
        """How many numbers the layer learns."""
        return (1 + self.bidirectional) * sum(prod(shape) for shape in self.arrays().values())

    def still(self):
        V, D, T, B = self.vocabulary, self.inputs, self.steps, self.batch
        out = (B, T) if self.return_sequences else (B,)
        wide = (1 + self.bidirectional) * self.units
        arrays = [
            (say("still.array", cell=self.cell, name=say(f"arrays.{name}")), shape, f"{prod(shape):,}")
            for name, shape in self.arrays().items()
        ]
        rows = [
            ("ids", (B, T), ""),
            ("Embedding", (V, D), f"{V * D:,}"),
            ("x", (B, T, D), ""),
            *arrays,
            (say("still.both", cell=self.cell) if self.bidirectional else self.cell, "", f"{self.count():,}"),
            ("h", (*out, wide), ""),
            ("Dense(1)", (wide, 1), f"{wide + 1:,}"),
            ("p", (*out, 1), ""),
        ]
        head = [say(f"still.{name}") for name in ("what", "shape", "parameters")]
        return fragment(self._picture(), table(head, [(name, str(shape), count) for name, shape, count in rows]))

    def _picture(self):
        """The arrays of one direction to scale, a column for each block, stacked."""
        H, blocks, arrays = self.units, BLOCKS[self.cell], self.arrays()
        shapes, y = [], 0
        for array, shape in arrays.items():
            rows = shape[0] if len(shape) == 2 else 1
            for k, name in enumerate(blocks):
                fill = "var(--lstm-ink)" if array == "bias" else f"var(--gate-{name}, var(--lstm-faded))"
                shapes.append(
                    element(
                        "rect",
                        x=k * H,
                        y=y,
                        width=H,
                        height=rows,
                        fill=fill,
                        fill_opacity=0.6 if array == "recurrent" else 1,
                        stroke="var(--lstm-background)",
                        vector_effect="non-scaling-stroke",
                    )
                )
            y += rows
        names = ", ".join(say(f"arrays.{name}") for name in arrays)
        label = say("still.label", cell=self.cell, units=H, blocks=", ".join(blocks), arrays=names)
        style = "width:100%;max-width:24rem;max-height:14rem"
        return picture("shape-still", f"0 0 {len(blocks) * H} {y}", label, shapes, style=style)
