"""The cells under test and what they are run on: kinds of cells, and cases of random numbers."""

from dataclasses import dataclass, field

import numpy as np

from lstm_edu.cells import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.cells.variants import CholletCell, CIFGCell, NoForgetGateCell, NoTanhCell, PeepholeCell


@dataclass(frozen=True)
class Kind:
    """A cell's class, its equations in `scalar_cells`, its options."""

    cell: type
    scalar: str
    options: dict = field(default_factory=dict)
    bounded: bool = True  # |h| <= 1
    own_gates: bool = True  # takes a recurrent_activation

    def weights(self, rng, input_size, units, bias=True):
        columns = len(self.cell.blocks) * units
        shapes = {"kernel": (input_size, columns), "recurrent_kernel": (units, columns)}
        if bias:
            both_sides = self.scalar == "gru" and self.options.get("reset_after", True)
            shapes["bias"] = (2, columns) if both_sides else (columns,)
        if self.scalar == "peephole":
            shapes["peephole"] = (3, units)
        if self.scalar == "chollet":
            shapes["carry_kernel"] = (units, units)
        return {name: rng.normal(size=shape) for name, shape in shapes.items()}

    def state(self, rng, batch, units):
        """A random state in the form the cell takes."""
        return packed([rng.normal(size=(batch, units)) for _ in self.cell.states])


KINDS = {
    "SimpleRNN": Kind(SimpleRNNCell, "simple_rnn", own_gates=False),
    "LSTM": Kind(LSTMCell, "lstm"),
    "GRU": Kind(GRUCell, "gru"),
    "GRU, reset before": Kind(GRUCell, "gru", {"reset_after": False}),
    "Chollet": Kind(CholletCell, "chollet", own_gates=False),
    "no tanh": Kind(NoTanhCell, "no_tanh", bounded=False),
    "no forget gate": Kind(NoForgetGateCell, "no_forget_gate"),
    "CIFG": Kind(CIFGCell, "cifg"),
    "peephole": Kind(PeepholeCell, "peephole"),
}


@dataclass(frozen=True)
class Case:
    """A cell and what it is run on."""

    kind: Kind
    weights: dict
    options: dict  # the cell's, beside the weights
    x: np.ndarray
    initial_state: object
    mask: np.ndarray | None
    go_backwards: bool
    zero_output_for_mask: bool = False

    @property
    def cell(self):
        cell = self.kind.cell(**self.weights, **self.options)
        cell.zero_output_for_mask = self.zero_output_for_mask
        return cell

    def run(self, **changes):
        return self.cell.run(**self._arguments(changes))

    def outputs(self, **changes):
        return self.cell(**self._arguments(changes))

    def forward(self, **changes):
        return self.cell.forward(**self._arguments(changes))

    def _arguments(self, changes):
        return {name: getattr(self, name) for name in ("x", "initial_state", "mask", "go_backwards")} | changes

    def counted(self):
        """The mask (B, T) in processing order; all true where there is none."""
        mask = np.ones(self.x.shape[:2], bool) if self.mask is None else self.mask
        return mask[:, ::-1] if self.go_backwards else mask

    def cut(self, k):
        """Arguments of two runs: the first k steps, and the others. And begun (B, T - k, 1): where a step of the second
        run has counted. Before that its output is zero, where the whole run repeats the first one's last.
        """
        T = self.x.shape[1]
        head, tail = (slice(T - k, T), slice(0, T - k)) if self.go_backwards else (slice(0, k), slice(k, T))
        first, second = (
            {"x": self.x[:, part], "mask": None if self.mask is None else self.mask[:, part]} for part in (head, tail)
        )
        return first, second, np.logical_or.accumulate(self.counted()[:, k:], axis=1)[:, :, None]


def case(
    kind,
    seed=0,
    batch=5,
    steps=5,
    input_size=3,
    units=4,
    masked=True,
    go_backwards=False,
    bias=True,
    dtype=np.float64,
    zero_output_for_mask=False,
    **options,
):
    """A `Case` of random numbers. Its masks in turn: all true, holes, left padding, right padding, all false."""
    rng = np.random.default_rng(seed)
    weights = {name: value.astype(dtype) for name, value in kind.weights(rng, input_size, units, bias).items()}
    x = rng.normal(size=(batch, steps, input_size)).astype(dtype)
    mask = np.ones((batch, steps), bool)
    for row in range(batch):
        cut = rng.integers(0, steps + 1)
        if row % 5 == 1:
            mask[row] = rng.random(steps) < 0.5
        elif row % 5 == 2:
            mask[row, :cut] = False
        elif row % 5 == 3:
            mask[row, cut:] = False
        elif row % 5 == 4:
            mask[row] = False
    state = kind.state(rng, batch, units)
    mask = mask if masked else None
    return Case(kind, weights, kind.options | options, x, state, mask, go_backwards, zero_output_for_mask)


def parts_of(state):
    """h or (h, c) as a tuple."""
    return state if isinstance(state, tuple) else (state,)


def packed(parts):
    """The other way: h alone, or the tuple."""
    return tuple(parts) if len(parts) > 1 else parts[0]


def close(got, expected, tolerance):
    """Equal within tolerance, beside numbers of size 1 absolute, beside larger ones relative to the largest."""
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape, f"shape {got.shape}, expected {expected.shape}"
    if got.size:
        error = np.abs(got - expected).max() / max(1, np.abs(expected).max())
        assert error <= tolerance, f"off by {error:.2g}, allowed {tolerance:.2g}"


def same(got, expected):
    """Equal to the bit; a state's parts one by one."""
    for a, b in zip(parts_of(got), parts_of(expected), strict=True):
        assert np.array_equal(a, b), "not the same bits"
