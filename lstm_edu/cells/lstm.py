"""The LSTM cell: a belt `c` beside the state `h`, and three gates that decide what is kept, written and read.

    f = sigmoid(x_t W_f + h_{t-1} U_f + b_f)       how much of the belt is kept
    i = sigmoid(x_t W_i + h_{t-1} U_i + b_i)       how much of the candidate is written
    g =    tanh(x_t W_g + h_{t-1} U_g + b_g)       the candidate (Keras calls it c)
    o = sigmoid(x_t W_o + h_{t-1} U_o + b_o)       how much of the belt is read
    c_t = f * c_{t-1} + i * g                      products element by element
    h_t = o * tanh(c_t)                            every letter (B, U), x_t (B, D)

The weights come in Keras' layout, the four blocks of U columns side by side in the order i, f, g, o:
kernel (D, 4U), recurrent_kernel (U, 4U), bias (4U,).
Sources: S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997), 1735-1780 (the belt,
i and o); F. Gers, J. Schmidhuber, F. Cummins, "Learning to forget", Neural Computation 12 (2000), 2451-2471 (f).
"""

from dataclasses import dataclass

import numpy as np

from . import checks
from .activations import ACTIVATIONS


@dataclass(frozen=True, eq=False)
class LSTMTrace:
    """All that one run computed. Rows are in processing order: with `go_backwards` the last word comes first.

    `h` holds the outputs: a masked step repeats the output before it. `c` holds the state, which waits there.
    The gates of a masked step hold what was computed and not used.
    """

    cell: "LSTMCell"
    inputs: np.ndarray  # (B, T, D), in time order
    mask: np.ndarray | None  # (B, T), in processing order
    go_backwards: bool
    initial_state: tuple[np.ndarray, np.ndarray]  # h0, c0, each (B, U)
    i: np.ndarray  # (B, T, U), and so are the five below
    f: np.ndarray
    g: np.ndarray
    o: np.ndarray
    c: np.ndarray
    h: np.ndarray
    state: tuple[np.ndarray, np.ndarray]  # h, c after the last step, each (B, U)

    @property
    def last_output(self):
        """The output after the last step (B, U); zeros where no step counted."""
        return self.h[:, -1] if self.h.shape[1] else np.zeros_like(self.state[0])


class LSTMCell:
    """`LSTMCell(kernel, recurrent_kernel, bias=None, activation="tanh", recurrent_activation="sigmoid")`

    kernel (D, 4U), recurrent_kernel (U, 4U), bias (4U,) or None. The activations are names out of `activations.py`:
    `recurrent_activation` for the three gates, `activation` for the candidate and for reading the belt.
    Raises ValueError or TypeError, naming the argument, if a shape, a type or a number does not fit.
    """

    def __init__(self, kernel, recurrent_kernel, bias=None, activation="tanh", recurrent_activation="sigmoid"):
        self.kernel, self.recurrent_kernel, self.bias = checks.weights(kernel, recurrent_kernel, bias, blocks=4)
        self.activation = checks.activation(activation, "activation")
        self.recurrent_activation = checks.activation(recurrent_activation, "recurrent_activation")
        self.input_size, self.units = self.kernel.shape[0], self.recurrent_kernel.shape[0]

    def step(self, x_t, state=None):
        """One turn of the loop: x_t (B, D) and the old (h, c), each (B, U), None for zeros, give the new (h, c)."""
        x_t = checks.one_step(x_t, self.input_size)
        h, c = checks.pair(state, "state")
        h = checks.state(h, "h", len(x_t), self.units, x_t.dtype)
        c = checks.state(c, "c", len(x_t), self.units, x_t.dtype)
        *_, c, h = self._cast(x_t.dtype)._turn(x_t, h, c)
        return h, c

    def run(self, x, initial_state=None, mask=None, go_backwards=False):
        """The loop over T steps, every gate kept: 6 * B * T * U numbers.

        x (B, T, D); initial_state (h0, c0), each (B, U), zeros if None; mask (B, T) of booleans. Where the mask is
        False the state waits and the output repeats the one before (zeros before the first step that counts), as in
        Keras. Computes in float64 if x is float64, else in float32. Returns an `LSTMTrace`.
        """
        x = checks.inputs(x, self.input_size)
        B, T, _ = x.shape
        h0, c0 = checks.pair(initial_state, "initial_state")
        h = h0 = checks.state(h0, "initial_state[0] (h0)", B, self.units, x.dtype)
        c = c0 = checks.state(c0, "initial_state[1] (c0)", B, self.units, x.dtype)
        mask = checks.mask(mask, B, T)
        direction = slice(None, None, -1 if go_backwards else 1)
        rows, mask = x[:, direction], None if mask is None else mask[:, direction]
        cell = self._cast(x.dtype)

        kept = {name: np.empty((B, T, self.units), x.dtype) for name in "ifgoch"}
        y = np.zeros_like(h)  # what a masked step repeats
        for t in range(T):
            i, f, g, o, c_t, h_t = cell._turn(rows[:, t], h, c)  # (B, U) each
            if mask is None:
                c, h, y = c_t, h_t, h_t
            else:
                counts = mask[:, t, None]  # (B, 1)
                c, h, y = np.where(counts, c_t, c), np.where(counts, h_t, h), np.where(counts, h_t, y)
            for name, value in zip("ifgoch", (i, f, g, o, c, y), strict=True):
                kept[name][:, t] = value
        return LSTMTrace(self, x, mask, go_backwards, (h0, c0), **kept, state=(h, c))

    def __call__(self, x, initial_state=None, mask=None, go_backwards=False):
        """The outputs alone (B, T, U); arguments as for `run`."""
        return self.run(x, initial_state, mask, go_backwards).h

    def _turn(self, x_t, h, c):
        gate, squash = ACTIVATIONS[self.recurrent_activation], ACTIVATIONS[self.activation]
        z = x_t @ self.kernel + h @ self.recurrent_kernel  # (B, 4U)
        if self.bias is not None:
            z = z + self.bias
        z_i, z_f, z_g, z_o = np.split(z, 4, axis=1)  # (B, U) each
        f = gate(z_f)
        i = gate(z_i)
        g = squash(z_g)
        o = gate(z_o)
        c = f * c + i * g
        h = o * squash(c)
        return i, f, g, o, c, h

    def _cast(self, dtype):
        """This cell with its weights in `dtype`: once for each run, not at each step."""
        if self.kernel.dtype == dtype:
            return self
        weights = (None if w is None else w.astype(dtype) for w in (self.kernel, self.recurrent_kernel, self.bias))
        return LSTMCell(*weights, self.activation, self.recurrent_activation)
