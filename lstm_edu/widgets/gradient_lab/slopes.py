"""How far back the slope of one answer reaches, by NumPy's way back; in the page js/numbers/slopes.js does it."""

from typing import NamedTuple

import numpy as np

from ...cells import GRUCell, LSTMCell, SimpleRNNCell


class Reach(NamedTuple):
    """curves: {name: lengths of the slope at each step (T,)}: `total`, for an LSTM `belt` and `detour` too, its two
    parts, which add up to it as vectors. norm: the length of the slopes of all weights of cell and answer
    together.
    """

    curves: dict
    norm: float


def changed(cell, factor=1.0, forget_bias=None, activation="tanh"):
    """The cell in float64 with its recurrent kernel times `factor`; an LSTM with its forget bias set (None: its own), a
    plain loop with this activation.
    """
    weights = {name: value for name in cell.weights if (value := getattr(cell, name)) is not None}
    weights = {name: value.astype(np.float64) for name, value in weights.items()}
    weights["recurrent_kernel"] *= factor
    if isinstance(cell, SimpleRNNCell):
        return SimpleRNNCell(**weights, activation=activation)
    if isinstance(cell, GRUCell):
        return GRUCell(**weights, reset_after=cell.reset_after)
    if forget_bias is not None:
        weights.setdefault("bias", np.zeros(4 * cell.units))[cell.columns("f")] = forget_bias
    return LSTMCell(**weights)


@np.errstate(all="ignore")  # what is beyond float64 is said: inf
def reach(cell, dense, x, state=None):
    """The `Reach` of the first answer after the last step of x (1, T, D), times a number that makes the slope there of
    length 1: dL/dh, or for an LSTM dL/dc, what the belt's value counts for in all. Where no slope comes
    in at all it is nan at every step.
    """
    trace = cell.run(x, state)
    answer = dense.kernel[:, 0].astype(np.float64)  # (H,)
    lstm = isinstance(cell, LSTMCell)
    read = trace.o[0] * (1 - np.tanh(trace.c[0]) ** 2) if lstm else None  # (T, H), dh/dc of each unit
    scale = 1 / np.linalg.norm(answer * read[-1] if lstm else answer)
    if not np.isfinite(scale):
        return Reach(dict.fromkeys(("total", "belt", "detour"), np.full(len(trace.h[0]), np.nan)), np.nan)
    d_h = scale * answer[None]
    grads = trace.backward(d_state=(d_h, np.zeros_like(d_h)) if lstm else d_h)
    found = belt(trace.f[0], grads.c[0], grads.h[0] * read) if lstm else {"total": grads.h[0]}
    slopes = [*grads.weights.values(), scale * trace.last_output]
    slopes += [] if dense.bias is None else [np.array(scale)]
    norm = np.sqrt(sum(np.square(one).sum() for one in slopes))
    return Reach({name: np.linalg.norm(values, axis=1) for name, values in found.items()}, float(norm))


def belt(f, d_c, d_read):
    """dL/dc (T, H) of one sequence and its two parts: f (T, H); d_c (T, H), what comes back along the belt; d_read
    (T, H), what comes through this step's own h.
    """
    straight, detour = np.zeros_like(f), np.zeros_like(f)
    straight[-1] = d_read[-1]
    for t in reversed(range(len(f) - 1)):
        straight[t] = straight[t + 1] * f[t + 1]
        detour[t] = detour[t + 1] * f[t + 1] + d_read[t]
    return {"total": d_c + d_read, "belt": straight, "detour": detour}
