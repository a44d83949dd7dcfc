"""What all cells share: the loop over the steps.

A cell says what one turn of the loop computes (`turn`) and how a gradient goes back through that turn (`back`). The
rest is here and in `trace.py`: which step comes next, which steps count, and the sum of what every step says about a
weight.
"""

from copy import copy

import numpy as np

from ..common import checks
from .masking import handed_on, outputs
from .trace import Trace, packed


class Cell:
    """The loop around a cell's equations. A cell of your own is these two:

    turn(x_t, *state): one turn. x_t (B, D) and the old state, (B, H) each, give what `parts` names, (B, H) each.
    back(at, *d_state): the way back through it. The slopes for the new state, (B, H) each, give those for the sums
        that the activations are applied to (B, columns), and a tuple of those for the old state. `at` has what the turn
        saw and computed: `x`, `h_prev`, for an LSTM `c_prev`, and the parts.

    And it names `blocks`, a letter for each block of H columns in its kernels; `parts`, what `turn` returns and the
    trace keeps, the new state among it; `states`, what goes round the loop, h first; `weights`, its arrays; `trace`,
    the class of what `run` returns, with a field for each part. A cell whose weights are not used as
    z = x_t @ kernel + h @ recurrent_kernel + bias says their slopes in `weight_gradients`.

    Two settings of a Keras layer are attributes, False unless you set them (`from_keras` does): `go_backwards`, the
    direction of a run that is not told another; `zero_output_for_mask`, outputs of zero at every masked step.

    >>> import numpy as np
    >>> from lstm_edu.cells import Cell
    >>> class Leaky(Cell):
    ...     "h_t = h_{t-1} / 2 + tanh(x_t W + h_{t-1} U + b) / 2"
    ...
    ...     blocks = "g"
    ...
    ...     def turn(self, x_t, h):
    ...         g = np.tanh(x_t @ self.kernel + h @ self.recurrent_kernel + self.bias)  # (B, H)
    ...         return (h / 2 + g / 2,)
    ...
    ...     def back(self, at, d_h):
    ...         g = 2 * at.h - at.h_prev
    ...         d_z = d_h / 2 * (1 - g * g)
    ...         return d_z, (d_h / 2 + d_z @ self.recurrent_kernel.T,)
    >>> cell = Leaky(kernel=[[1.0]], recurrent_kernel=[[0.0]], bias=[0.0])
    >>> trace = cell.run([[[9.0], [0.0], [0.0]]])
    >>> trace.h[0, :, 0].round(3).tolist(), trace.backward(d_state=[[1.0]]).h[0, :, 0].tolist()
    ([0.5, 0.25, 0.125], [0.25, 0.5, 1.0])
    """

    blocks = "h"
    weights = ("kernel", "recurrent_kernel", "bias")
    states = ("h",)
    parts = ("h",)
    trace = Trace
    from_pytorch = "hand over its .T"  # how PyTorch's kernels become Keras', for the message that refuses them
    go_backwards = zero_output_for_mask = False

    def __init__(self, kernel, recurrent_kernel, bias=None, bias_rows=None):
        """The weights as `common.checks.weights` takes them, with `blocks`."""
        blocks = len(self.blocks)
        self.kernel, self.recurrent_kernel, self.bias = checks.weights(
            kernel, recurrent_kernel, bias, blocks, bias_rows, self.from_pytorch
        )
        self.input_size, self.units = len(self.kernel), len(self.recurrent_kernel)

    def columns(self, block):
        """Where a block stands in the kernels: `cell.kernel[:, cell.columns("f")]`, a slice of H columns.

        Raises ValueError for a letter that is not in `blocks`.
        """
        place = self.blocks.index(checks.one_of(block, tuple(self.blocks), "block"))
        return slice(place * self.units, (place + 1) * self.units)

    def step(self, x_t, state=None):
        """One turn of the loop: x_t (B, D) and the old state, None for zeros, give the new state.

        The state is h (B, H), for an LSTM the pair (h, c).
        """
        x_t = checks.one_step(x_t, self.input_size)
        state = checks.states(state, "state", self.states, len(x_t), self.units, x_t.dtype)
        parts = dict(zip(self.parts, self.cast(x_t.dtype).turn(x_t, *state), strict=True))
        return packed([parts[name] for name in self.states])

    def run(self, x, initial_state=None, mask=None, go_backwards=None):
        """The loop over T steps, everything kept: B * T * H numbers for each part, and time in proportion to T.

        x (B, T, D); initial_state h0 (B, H), for an LSTM the pair (h0, c0), zeros if None; mask (B, T) of booleans.
        Where the mask is False the state waits and the output repeats the one before (zeros before the first step
        that counts, with the cell's `zero_output_for_mask` zeros at all of them), as in Keras. go_backwards: the last
        step first, and the outputs in that order; None: as the cell says. Computes in float64 if x is float64, else in
        float32. Returns a `Trace`.
        """
        go_backwards = self._direction(go_backwards)
        x, rows, start, mask = self._ready(x, initial_state, mask, go_backwards)
        B, T, _ = x.shape
        cell, state = self.cast(x.dtype), start

        kept = {name: np.empty((T, B, self.units), x.dtype).swapaxes(0, 1) for name in self.parts}
        for t in range(T):
            parts = dict(zip(self.parts, cell.turn(rows[:, t], *state), strict=True))  # (B, H) each
            counts = None if mask is None else mask[:, t, None]  # (B, 1)
            state = [handed_on(counts, parts[name], old) for name, old in zip(self.states, state, strict=True)]
            parts |= zip(self.states, state, strict=True)
            for name, value in parts.items():
                kept[name][:, t] = value
        states = {name: kept[name] for name in self.states}
        kept["h"] = outputs(kept["h"], mask, self.zero_output_for_mask)
        for values in (*kept.values(), *states.values()):
            values.flags.writeable = False
        return self.trace(
            cell=self,
            inputs=x,
            mask=mask,
            go_backwards=go_backwards,
            initial_state=packed(start),
            states=states,
            state=packed(state),
            **kept,
        )

    def __call__(self, x, initial_state=None, mask=None, go_backwards=None):
        """The outputs alone (B, T, H); arguments as for `run`."""
        return self.run(x, initial_state, mask, go_backwards).h

    def forward(self, x, initial_state=None, mask=None, go_backwards=None):
        """For learning: `h` (B, T, H), `last_output`, `state`, and `backward`, the way back; as `run` has them,
        but an `LSTMCell` keeps no trace for it and takes a third of the time.
        """
        return self.run(x, initial_state, mask, go_backwards)

    def cast(self, dtype):
        """This cell with its weights in `dtype`: once for each run, not at each step."""
        if self.kernel.dtype == dtype:
            return self
        cell = copy(self)
        for name in self.weights:
            value = getattr(self, name)
            setattr(cell, name, None if value is None else checks.real(value, name, dtype))
        return cell

    def weight_gradients(self, at, d_z):
        """{name: slopes} of the weights, from d_z (B, T, columns): each step's part of them, added up."""
        found = {"kernel": summed(at.x, d_z), "recurrent_kernel": summed(at.h_prev, d_z)}
        return found if self.bias is None else found | {"bias": d_z.sum((0, 1))}

    def _direction(self, go_backwards):
        """Which way a run goes: as it is told, or else as the cell says."""
        return checks.flag(self.go_backwards if go_backwards is None else go_backwards, "go_backwards")

    def _ready(self, x, initial_state, mask, go_backwards):
        """What `run` was handed, checked: x (B, T, D), its rows in processing order, the state, the mask likewise."""
        checks.flag(self.zero_output_for_mask, "zero_output_for_mask")
        x = checks.inputs(x, self.input_size)
        B, T, _ = x.shape
        state = checks.states(initial_state, "initial_state", self.states, B, self.units, x.dtype)
        mask = checks.mask(mask, B, T)
        direction = slice(None, None, -1 if go_backwards else 1)
        return x, x[:, direction], state, None if mask is None else mask[:, direction]


def summed(a, d_z):
    """The outer products a (B, T, N) x d_z (B, T, K) of every sequence and step, added up: (N, K)."""
    return np.tensordot(a, d_z, ((0, 1), (0, 1)))
