"""What a run leaves behind: everything that it computed, and from there the way back through time.

Source of the way back: P. J. Werbos, "Backpropagation through time: what it does and how to do it", Proceedings of
the IEEE 78 (1990), 1550-1560.
"""

from dataclasses import dataclass, fields
from types import SimpleNamespace

import numpy as np

from ..common import checks
from .masking import handed_on, outputs_back


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Trace:
    """All that one run computed. Rows are in processing order: with `go_backwards` the last word comes first; `inputs`
    alone stays in time order, and `in_time` turns the others.

    `h` holds the outputs: a masked step repeats the output before it, or, where the cell's `zero_output_for_mask` is
    set, is zero. `states` has what went round the loop, which
    waits at a masked step. The gates of a masked step hold what was computed and not used. An LSTM's trace has `i`,
    `f`, `g`, `o` and `c`, the state of the belt; a GRU's has `z`, `r`, `g`; each (B, T, H), and not to be written to.
    The cell and the inputs are those that were handed over, no copies: who changes them in place takes the gradients
    first.

    >>> from lstm_edu import SimpleRNNCell
    >>> cell = SimpleRNNCell(kernel=[[1.0]], recurrent_kernel=[[0.5]], activation="linear")
    >>> trace = cell.run([[[8.0], [0.0], [0.0]]])
    >>> trace.h[0, :, 0].tolist(), trace.before("h")[0, :, 0].tolist()
    ([8.0, 4.0, 2.0], [0.0, 8.0, 4.0])
    """

    cell: object  # the `Cell` that ran
    inputs: np.ndarray  # (B, T, D), in time order
    mask: np.ndarray | None  # (B, T), in processing order
    go_backwards: bool
    initial_state: np.ndarray | tuple  # h0 (B, H), or (h0, c0)
    h: np.ndarray  # (B, T, H)
    states: dict  # {"h": (B, T, H)}, and "c", after each step
    state: np.ndarray | tuple  # after the last step: h (B, H), or (h, c)

    def __repr__(self):
        """One line: what it has, and its size; the numbers would fill pages."""
        B, T, _ = self.h.shape
        counted = "all" if self.mask is None or self.mask.all() else f"{self.mask.sum():,} of"
        backwards = ", the last step first" if self.go_backwards else ""
        parts = " ".join(self.cell.parts)
        return f"{type(self).__name__} {parts} {self.h.shape}, {counted} {B * T:,} steps count{backwards}"

    @property
    def last_output(self):
        """The output after the last step (B, H), as `h` has it: zeros where no step counted. The state is `state`."""
        return self.h[:, -1] if self.h.shape[1] else np.zeros_like(parts_of(self.state)[0])

    def before(self, name):
        """The state h, or the belt c, that each step began from (B, T, H). Before the first step that counts it is the
        initial one, where the output is zero. Raises ValueError for a name that is not in `states`.
        """
        after = self.states[checks.one_of(name, tuple(self.states), "name")]
        first = dict(zip(self.states, parts_of(self.initial_state), strict=True))[name]
        return np.concatenate([first[:, None], after[:, :-1]], axis=1)[:, : after.shape[1]]

    def in_time(self, name):
        """A part of the trace, or its mask, in the order of the inputs, the first word first. Raises ValueError for a
        name that is neither.
        """
        own = {field.name for field in fields(self)} - {field.name for field in fields(Trace)}  # the gates, c
        value = getattr(self, checks.one_of(name, ("h", "mask", *sorted(own)), "name"))
        return value[:, ::-1] if self.go_backwards and value is not None else value

    def backward(self, d_outputs=None, d_state=None):
        """How a loss changes with everything this run was made of: back-propagation through time.

        d_outputs (B, T, H): the loss' slope for each output, rows as in `h`; d_state: for the last state, as `state`;
        None for zeros. Returns `Gradients`; takes time in proportion to T, and about twice the memory of the trace.
        Raises ValueError or TypeError as `run` does.
        """
        B, T, H = self.h.shape
        dtype = self.h.dtype
        d_outputs = checks.slopes(d_outputs, "d_outputs", (B, T, H), "(B, T, H)", dtype)
        d_state = checks.states(d_state, "d_state", self.cell.states, B, H, dtype)
        cell, at = self.cell.cast(dtype), self._steps()
        d_made = outputs_back(d_outputs, self.mask, self.cell.zero_output_for_mask)
        d_z = np.zeros((B, T, cell.kernel.shape[1]), dtype)  # of the sums that the activations are applied to
        d_kept = {name: np.empty((B, T, H), dtype) for name in cell.states}
        for t in reversed(range(T)):
            here = SimpleNamespace(**{name: values[:, t] for name, values in at.items()})
            counts = None if self.mask is None else self.mask[:, t, None]  # (B, 1)
            d_new = (d_state[0] + d_made[:, t], *d_state[1:])
            d_turn, d_old = cell.back(here, *d_new)
            d_z[:, t] = handed_on(counts, d_turn, 0)
            d_state = [handed_on(counts, old, new) for old, new in zip(d_old, d_new, strict=True)]
            for name, value in zip(cell.states, d_new, strict=True):
                d_kept[name][:, t] = value
        d_x = d_z @ cell.kernel.T  # (B, T, D)
        return Gradients(
            weights=cell.weight_gradients(SimpleNamespace(**at), d_z),
            inputs=d_x[:, ::-1] if self.go_backwards else d_x,
            initial_state=packed(d_state),
            **d_kept,
        )

    def _steps(self):
        """{name: (B, T, ...)}: what each turn saw and computed: `x`, the old state (`h_prev`, ...), the parts."""
        counts = None if self.mask is None else self.mask[:, :, None]
        parts = [name for name in self.cell.parts if name not in self.states]
        at = {name: handed_on(counts, getattr(self, name), 0) for name in parts}  # what was not used may be infinite
        at |= self.states | {f"{name}_prev": self.before(name) for name in self.states}
        at["x"] = self.inputs[:, ::-1] if self.go_backwards else self.inputs
        return at


@dataclass(frozen=True, eq=False, kw_only=True)
class Gradients:
    """The slope of a loss for the weights, {name: array} with shapes as the weights', for the inputs (B, T, D) in time
    order, the initial state, and for the state h, c after every step (B, T, H), rows as in the trace.

    The state, and not the output: at a masked step it is that of the state that waits, and what a repeated output says
    is counted at the step whose output it repeats. A weight that the cell does not have, such as a bias, is not among
    `weights`.

    >>> from lstm_edu import SimpleRNNCell
    >>> cell = SimpleRNNCell(kernel=[[1.0]], recurrent_kernel=[[0.5]], activation="linear")
    >>> gradients = cell.run([[[8.0], [0.0], [0.0]]]).backward(d_state=[[1.0]])
    >>> gradients.h[0, :, 0].tolist(), gradients.weights["kernel"].tolist()
    ([0.25, 0.5, 1.0], [[2.0]])
    """

    weights: dict
    inputs: np.ndarray
    initial_state: np.ndarray | tuple
    h: np.ndarray | None = None
    c: np.ndarray | None = None
    since: int = 0

    @property
    def kernel(self):
        return self.weights["kernel"]

    @property
    def recurrent_kernel(self):
        return self.weights["recurrent_kernel"]

    @property
    def bias(self):
        """None for a cell without one."""
        return self.weights.get("bias")


def parts_of(state):
    """h, or the pair (h, c), as a tuple."""
    return state if isinstance(state, tuple) else (state,)


def packed(parts):
    """The other way: h alone, or the tuple."""
    return tuple(parts) if len(parts) > 1 else parts[0]
