"""What all cells share: the loop over the steps, the mask, and the way back through time.

A cell says what one turn of the loop computes (`_turn`) and how a gradient goes back through that turn (`_back`).
The rest is here: which step comes next, which steps count, and the sum of what every step says about a weight.
Source of the way back: P. J. Werbos, "Backpropagation through time: what it does and how to do it", Proceedings of
the IEEE 78 (1990), 1550-1560.
"""

from copy import copy
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from ..common import checks


@dataclass(frozen=True, eq=False, kw_only=True)
class Trace:
    """All that one run computed. Rows are in processing order: with `go_backwards` the last word comes first; `inputs`
    alone stays in time order.

    `h` holds the outputs: a masked step repeats the output before it. The gates of a masked step hold what was
    computed and not used. An LSTM's trace has `i`, `f`, `g`, `o` and `c`, the state of the belt, which waits at a
    masked step; a GRU's has `z`, `r`, `g`; each (B, T, U), and not to be written to. The cell and the inputs are those
    that were handed over, no copies: who changes them in place takes the gradients first.
    """

    cell: "Cell"
    inputs: np.ndarray  # (B, T, D), in time order
    mask: np.ndarray | None  # (B, T), in processing order
    go_backwards: bool
    initial_state: np.ndarray | tuple  # h0 (B, U), or (h0, c0)
    h: np.ndarray  # (B, T, U)
    state: np.ndarray | tuple  # after the last step: h (B, U), or (h, c)

    @property
    def last_output(self):
        """The output after the last step (B, U); zeros where no step counted."""
        return self.h[:, -1] if self.h.shape[1] else np.zeros_like(_parts(self.state)[0])

    def backward(self, d_outputs=None, d_state=None):
        """How a loss changes with everything this run was made of: back-propagation through time.

        d_outputs (B, T, U): the loss' slope for each output, rows as in `h`; d_state: for the last state, as `state`;
        None for zeros. Returns `Gradients`; takes time in proportion to T, and about twice the memory of the trace.
        Raises ValueError or TypeError as `run` does.
        """
        B, T, U = self.h.shape
        dtype = self.h.dtype
        d_outputs = checks.slopes(d_outputs, "d_outputs", (B, T, U), "(B, T, U)", dtype)
        d_state = checks.states(d_state, "d_state", self.cell.states, B, U, dtype)
        cell, at = self.cell._cast(dtype), self._steps()
        d_z = np.zeros((B, T, cell.kernel.shape[1]), dtype)  # of the sums that the activations are applied to
        d_kept = {name: np.empty((B, T, U), dtype) for name in cell.states}
        d_y = np.zeros((B, U), dtype)  # of an output that masked steps repeat
        for t in reversed(range(T)):
            here = SimpleNamespace(**{name: values[:, t] for name, values in at.items()})
            d_y = d_y + d_outputs[:, t]
            if self.mask is None:
                d_new, d_y = (d_state[0] + d_y, *d_state[1:]), 0
                d_z[:, t], d_state = cell._back(here, *d_new)
            else:  # where a step does not count, state and output are handed through
                counts = self.mask[:, t, None]  # (B, 1)
                d_new = (d_state[0] + np.where(counts, d_y, 0), *d_state[1:])
                d_turn, d_old = cell._back(here, *d_new)
                d_z[:, t] = np.where(counts, d_turn, 0)
                d_state = [np.where(counts, old, new) for old, new in zip(d_old, d_new, strict=True)]
                d_y = np.where(counts, 0, d_y)
            for name, value in zip(cell.states, d_new, strict=True):
                d_kept[name][:, t] = value
        d_x = d_z @ cell.kernel.T  # (B, T, D)
        return cell.gradients(
            **cell._weight_gradients(SimpleNamespace(**at), d_z),
            inputs=d_x[:, ::-1] if self.go_backwards else d_x,
            initial_state=_unpacked(d_state),
            **d_kept,
        )

    def _steps(self):
        """{name: (B, T, ...)}: what each turn saw and computed: `x`, the old state (`h_prev`, ...), the parts."""
        at = {name: getattr(self, name) for name in self.cell.parts}
        at["x"] = self.inputs[:, ::-1] if self.go_backwards else self.inputs
        for name, first in zip(self.cell.states, _parts(self.initial_state), strict=True):
            at[f"{name}_prev"] = np.concatenate([first[:, None], at[name][:, :-1]], axis=1)[:, : self.h.shape[1]]
        if self.mask is not None:  # before the first step that counts the output is zero, the state still h0
            begun = np.logical_or.accumulate(self.mask, axis=1)[:, :-1, None]
            at["h_prev"][:, 1:] = np.where(begun, at["h_prev"][:, 1:], _parts(self.initial_state)[0][:, None])
            for name in set(self.cell.parts) - set(self.cell.states):  # what was not used, and need not be finite
                at[name] = np.where(self.mask[:, :, None], at[name], 0)
        return at


@dataclass(frozen=True, eq=False, kw_only=True)
class Gradients:
    """The slope of a loss for the weights (shapes as the weights'; bias None where there is none), for the inputs
    (B, T, D) in time order, the initial state, and for the state h, c after every step (B, T, U), rows as in the trace.

    The state, and not the output: at a masked step it is that of the state that waits, and what a repeated output says
    is counted at the step whose output it repeats.
    """

    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray | None
    inputs: np.ndarray
    initial_state: np.ndarray | tuple
    h: np.ndarray
    c: np.ndarray | None = None


class Cell:
    """The loop around a cell's equations, which the cell gives as `_turn` and `_back`; and it names

    weights: its arrays; states: what goes round the loop, h first; parts: what `_turn` returns and the trace keeps,
    the new state among it; trace, gradients: the classes of what `run` and `backward` return.
    """

    weights = ("kernel", "recurrent_kernel", "bias")
    states = ("h",)
    parts = ("h",)
    trace = Trace
    gradients = Gradients

    def step(self, x_t, state=None):
        """One turn of the loop: x_t (B, D) and the old state, None for zeros, give the new state.

        The state is h (B, U), for an LSTM the pair (h, c).
        """
        x_t = checks.one_step(x_t, self.input_size)
        state = checks.states(state, "state", self.states, len(x_t), self.units, x_t.dtype)
        parts = dict(zip(self.parts, self._cast(x_t.dtype)._turn(x_t, *state), strict=True))
        return _unpacked([parts[name] for name in self.states])

    def run(self, x, initial_state=None, mask=None, go_backwards=False):
        """The loop over T steps, everything kept: B * T * U numbers for each part, and time in proportion to T.

        x (B, T, D); initial_state h0 (B, U), for an LSTM the pair (h0, c0), zeros if None; mask (B, T) of booleans.
        Where the mask is False the state waits and the output repeats the one before (zeros before the first step
        that counts), as in Keras. Computes in float64 if x is float64, else in float32. Returns a `Trace`.
        """
        x, rows, start, mask = self._ready(x, initial_state, mask, go_backwards)
        B, T, _ = x.shape
        cell, state = self._cast(x.dtype), start

        kept = {name: np.empty((T, B, self.units), x.dtype).swapaxes(0, 1) for name in self.parts}
        y = np.zeros_like(state[0])  # what a masked step repeats
        for t in range(T):
            parts = dict(zip(self.parts, cell._turn(rows[:, t], *state), strict=True))  # (B, U) each
            new = [parts[name] for name in self.states]
            if mask is None:
                state, y = new, new[0]
            else:
                counts = mask[:, t, None]  # (B, 1)
                state = [np.where(counts, after, before) for after, before in zip(new, state, strict=True)]
                y = np.where(counts, new[0], y)
                parts |= dict(zip(self.states, state, strict=True)) | {"h": y}
            for name, value in parts.items():
                kept[name][:, t] = value
        for values in kept.values():
            values.flags.writeable = False
        return self.trace(
            cell=self,
            inputs=x,
            mask=mask,
            go_backwards=go_backwards,
            initial_state=_unpacked(start),
            state=_unpacked(state),
            **kept,
        )

    def __call__(self, x, initial_state=None, mask=None, go_backwards=False):
        """The outputs alone (B, T, U); arguments as for `run`."""
        return self.run(x, initial_state, mask, go_backwards).h

    def _ready(self, x, initial_state, mask, go_backwards):
        """What `run` was handed, checked: x (B, T, D), its rows in processing order, the state, the mask likewise."""
        x = checks.inputs(x, self.input_size)
        B, T, _ = x.shape
        state = checks.states(initial_state, "initial_state", self.states, B, self.units, x.dtype)
        mask = checks.mask(mask, B, T)
        direction = slice(None, None, -1 if checks.flag(go_backwards, "go_backwards") else 1)
        return x, x[:, direction], state, None if mask is None else mask[:, direction]

    def _cast(self, dtype):
        """This cell with its weights in `dtype`: once for each run, not at each step."""
        if self.kernel.dtype == dtype:
            return self
        cell = copy(self)
        for name in self.weights:
            value = getattr(self, name)
            setattr(cell, name, None if value is None else checks.real(value, name, dtype))
        return cell

    def _weight_gradients(self, at, d_z):
        """Of kernel, recurrent kernel and bias, from d_z (B, T, columns): each step's part of them, added up."""
        return {
            "kernel": summed(at.x, d_z),
            "recurrent_kernel": summed(at.h_prev, d_z),
            "bias": None if self.bias is None else d_z.sum((0, 1)),
        }


def summed(a, d_z):
    """The outer products a (B, T, N) x d_z (B, T, K) of every sequence and step, added up: (N, K)."""
    return np.tensordot(a, d_z, ((0, 1), (0, 1)))


def _parts(state):
    return state if isinstance(state, tuple) else (state,)


def _unpacked(state):
    return tuple(state) if len(state) > 1 else state[0]
