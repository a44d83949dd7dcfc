"""The GRU cell: one state, a gate that says how much of it stays, and one for what the candidate sees of it.

    z = sigmoid(x_t W_z + h_{t-1} U_z + b_z)              how much of the old state stays
    r = sigmoid(x_t W_r + h_{t-1} U_r + b_r)              how much of it the candidate sees
    g = tanh(x_t W_g + b_g + r * (h_{t-1} U_g + b_Ug))    reset_after=True, the form of Keras 3 and of cuDNN
    g = tanh(x_t W_g + b_g + (r * h_{t-1}) U_g)           reset_after=False, the form of Keras 2
    h_t = z * h_{t-1} + (1 - z) * g                       every letter (B, H), x_t (B, D)

The weights come in Keras' layout, three blocks of H columns in the order z, r, g (Keras calls g h): kernel (D, 3H),
recurrent_kernel (H, 3H), bias (3H,) or with reset_after (2, 3H), a row for the input's side and one for the state's.
Sources: K. Cho and others, "Learning phrase representations using RNN encoder-decoder for statistical machine
translation", EMNLP 2014. Keras' documentation names its third version, arXiv:1406.1078v3, for reset_after=False, and
the first, 1406.1078v1, for reset_after=True.
"""

from dataclasses import dataclass

import numpy as np

from ..common import checks
from .activations import curve, named, slope
from .loop import Cell, summed
from .trace import Trace


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class GRUTrace(Trace):
    """A `Trace` with both gates and the candidate, (B, T, H) each: 4 * B * T * H numbers with h.

    >>> import numpy as np
    >>> trace = GRUCell(np.zeros((1, 3)), np.zeros((1, 3))).run(np.ones((1, 2, 1)))
    >>> trace.z.tolist(), trace.g.tolist()
    ([[[0.5], [0.5]]], [[[0.0], [0.0]]])
    """

    z: np.ndarray
    r: np.ndarray
    g: np.ndarray


class GRUCell(Cell):
    """`GRUCell(kernel, recurrent_kernel, bias=None, activation="tanh", recurrent_activation="sigmoid",
    reset_after=True)`

    kernel (D, 3H), recurrent_kernel (H, 3H), bias (2, 3H), without reset_after (3H,), or None. The activations are
    names out of `activations.py`: `recurrent_activation` for z and r, `activation` for the candidate.
    Raises ValueError or TypeError, naming the argument, if a shape, a type or a number does not fit.

    >>> cell = GRUCell(kernel=[[-50.0, 0.0, 1.0]], recurrent_kernel=[[0.0, 0.0, 0.0]])
    >>> cell([[[1.0], [0.0]]]).round(3).tolist()  # z = 0: all new, tanh(1); z = 0.5: half of it stays
    [[[0.762], [0.381]]]
    """

    blocks = "zrg"
    parts = (*blocks, "h")
    trace = GRUTrace
    from_pytorch = (
        "r stands before z, so hand over w.reshape(3, {H}, -1)[[1, 0, 2]].reshape(3 * {H}, -1).T for each w of its "
        "arrays, and as the bias np.concatenate of its two"
    )

    def __init__(
        self,
        kernel,
        recurrent_kernel,
        bias=None,
        activation="tanh",
        recurrent_activation="sigmoid",
        reset_after=True,
    ):
        self.reset_after = checks.flag(reset_after, "reset_after")
        super().__init__(kernel, recurrent_kernel, bias, bias_rows=2 if reset_after else None)
        self.activation = named(activation, "activation")
        self.recurrent_activation = named(recurrent_activation, "recurrent_activation")

    def turn(self, x_t, h):
        gate, squash = curve(self.recurrent_activation), curve(self.activation)
        x_z, x_r, x_g = np.split(x_t @ self.kernel + self._bias(0), 3, axis=1)  # (B, H) each
        U_z, U_r, U_g = np.split(self.recurrent_kernel, 3, axis=1)  # (H, H) each
        b_z, b_r, b_g = np.split(self._bias(1), 3)  # (H,) each
        z = gate(x_z + h @ U_z + b_z)
        r = gate(x_r + h @ U_r + b_r)
        seen = r * (h @ U_g + b_g) if self.reset_after else (r * h) @ U_g
        g = squash(x_g + seen)
        h = z * h + (1 - z) * g
        return z, r, g, h

    def back(self, at, d_h):
        """d_h (B, H), the slope for the new state, gives those of the three sums (B, 3H) and that for the old state."""
        d_gate, d_squash = slope(self.recurrent_activation), slope(self.activation)
        U_z, U_r, U_g = np.split(self.recurrent_kernel, 3, axis=1)  # (H, H) each
        d_keep = d_h * (at.h_prev - at.g) * d_gate(at.z)
        d_g = d_h * (1 - at.z) * d_squash(at.g)
        if self.reset_after:
            d_r = d_g * (at.h_prev @ U_g + self._bias(1)[self.columns("g")]) * d_gate(at.r)
            d_old = (d_g * at.r) @ U_g.T
        else:
            d_r = d_g @ U_g.T * at.h_prev * d_gate(at.r)
            d_old = d_g @ U_g.T * at.r
        d_old = d_old + d_h * at.z + d_keep @ U_z.T + d_r @ U_r.T
        return np.concatenate([d_keep, d_r, d_g], axis=1), (d_old,)

    def weight_gradients(self, at, d_z):
        gates, d_g = d_z[..., : 2 * self.units], d_z[..., 2 * self.units :]
        seen, d_seen = (at.h_prev, d_g * at.r) if self.reset_after else (at.r * at.h_prev, d_g)
        d_state_side = np.concatenate([gates, d_seen], axis=2)  # (B, T, 3H)
        found = {
            "kernel": summed(at.x, d_z),
            "recurrent_kernel": np.concatenate([summed(at.h_prev, gates), summed(seen, d_seen)], axis=1),
        }
        if self.bias is None:
            return found
        d_bias = d_z.sum((0, 1))
        return found | {"bias": np.stack([d_bias, d_state_side.sum((0, 1))]) if self.reset_after else d_bias}

    def _bias(self, side):
        """(3H,) of the input's side (0) or the state's (1); zeros where there is none."""
        if self.bias is None or (side == 1 and not self.reset_after):
            return np.zeros(3 * self.units, self.kernel.dtype)
        return self.bias[side] if self.reset_after else self.bias
