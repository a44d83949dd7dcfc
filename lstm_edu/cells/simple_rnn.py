"""The plain recurrent cell: one matrix for the input, one for the state, one tanh.

    h_t = tanh(x_t W + h_{t-1} U + b)              x_t (B, D), h (B, U)

W is `kernel` (D, U), U is `recurrent_kernel` (U, U), b is `bias` (U,): the names and layout of Keras' SimpleRNN.
Source: J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990), 179-211.
"""

from dataclasses import dataclass

import numpy as np

from . import checks
from .activations import ACTIVATIONS


@dataclass(frozen=True, eq=False)
class SimpleRNNTrace:
    """All that one run computed. Rows are in processing order: with `go_backwards` the last word comes first."""

    cell: "SimpleRNNCell"
    inputs: np.ndarray  # (B, T, D), in time order
    mask: np.ndarray | None  # (B, T), in processing order
    go_backwards: bool
    initial_state: np.ndarray  # (B, U)
    h: np.ndarray  # (B, T, U), the outputs
    state: np.ndarray  # (B, U), after the last step

    @property
    def last_output(self):
        """The output after the last step (B, U); zeros where no step counted."""
        return self.h[:, -1] if self.h.shape[1] else np.zeros_like(self.state)


class SimpleRNNCell:
    """`SimpleRNNCell(kernel, recurrent_kernel, bias=None, activation="tanh")`

    kernel (D, U), recurrent_kernel (U, U), bias (U,) or None. `activation` is a name out of `activations.py`.
    Raises ValueError or TypeError, naming the argument, if a shape, a type or a number does not fit.
    """

    def __init__(self, kernel, recurrent_kernel, bias=None, activation="tanh"):
        self.kernel, self.recurrent_kernel, self.bias = checks.weights(kernel, recurrent_kernel, bias, blocks=1)
        self.activation = checks.activation(activation, "activation")
        self.input_size, self.units = self.kernel.shape

    def step(self, x_t, h=None):
        """One turn of the loop: x_t (B, D) and the old state h (B, U), None for zeros, give the new state (B, U)."""
        x_t = checks.one_step(x_t, self.input_size)
        h = checks.state(h, "h", len(x_t), self.units, x_t.dtype)
        return self._cast(x_t.dtype)._turn(x_t, h)

    def run(self, x, initial_state=None, mask=None, go_backwards=False):
        """The loop over T steps, every state kept.

        x (B, T, D); initial_state (B, U), zeros if None; mask (B, T) of booleans. Where the mask is False the state
        waits and the output repeats the one before (zeros before the first step that counts), as in Keras.
        Computes in float64 if x is float64, else in float32. Returns a `SimpleRNNTrace`.
        """
        x = checks.inputs(x, self.input_size)
        B, T, _ = x.shape
        h = h0 = checks.state(initial_state, "initial_state", B, self.units, x.dtype)
        mask = checks.mask(mask, B, T)
        direction = slice(None, None, -1 if go_backwards else 1)
        rows, mask = x[:, direction], None if mask is None else mask[:, direction]
        cell = self._cast(x.dtype)

        outputs = np.empty((B, T, self.units), x.dtype)
        y = np.zeros_like(h)  # what a masked step repeats
        for t in range(T):
            h_t = cell._turn(rows[:, t], h)  # (B, U)
            if mask is None:
                h = y = h_t
            else:
                counts = mask[:, t, None]  # (B, 1)
                h, y = np.where(counts, h_t, h), np.where(counts, h_t, y)
            outputs[:, t] = y
        return SimpleRNNTrace(self, x, mask, go_backwards, h0, outputs, state=h)

    def __call__(self, x, initial_state=None, mask=None, go_backwards=False):
        """The outputs alone (B, T, U); arguments as for `run`."""
        return self.run(x, initial_state, mask, go_backwards).h

    def _turn(self, x_t, h):
        z = x_t @ self.kernel + h @ self.recurrent_kernel  # (B, U)
        if self.bias is not None:
            z = z + self.bias
        return ACTIVATIONS[self.activation](z)

    def _cast(self, dtype):
        """This cell with its weights in `dtype`: once for each run, not at each step."""
        if self.kernel.dtype == dtype:
            return self
        weights = (None if w is None else w.astype(dtype) for w in (self.kernel, self.recurrent_kernel, self.bias))
        return SimpleRNNCell(*weights, self.activation)
