"""The answers of chapter 4's questions, computed."""

from decimal import Decimal

import numpy as np

from lstm_edu import LSTMCell
from lstm_edu.cells.activations import sigmoid
from lstm_edu.widgets import Keeper

from .shared import Computed, computes, draw, true_by_number, weights


@computes("gates-open")
def gates_open():
    def is_one(z):
        return 1 / (1 + np.exp(np.float32(-z))) == 1

    in_mathematics = 1 + (-Decimal(17)).exp() == 1  # Decimal has 28 digits
    assert 0.9 < sigmoid(4.0) < 1 and not is_one(16) and not in_mathematics
    return {"4": is_one(4), "17": is_one(17), "never": not any(is_one(z) for z in range(60))}


# the unit of the chapter: weights of the input, of the state, and the biases, in the order i, f, g, o
BY_HAND = [[2.0, 1.0, -1.5, 0.5]], [[1.0, -2.0, 1.0, -1.0]], [-1.0, 1.0, 0.0, 2.0]
X, H, C = 1.0, 0.5, 2.0


def hand_step():
    trace = LSTMCell(*BY_HAND).run([[[X]]], ([[H]], [[C]]))
    return {part: float(np.squeeze(getattr(trace, part))) for part in "figoch"}


@computes("gates-keeps")
def gates_keeps():
    f, without_state = (LSTMCell(*BY_HAND).run([[[X]]], ([[h]], [[C]])).f.item() for h in (H, 0.0))
    assert BY_HAND[1][0][1] == -2  # what `wrong` says of the weight
    return Computed(f * C, [f, C, without_state * C, f * H], told=[H])


@computes("gates-belt")
def gates_belt():
    s = hand_step()
    kept, written = s["f"] * C, s["i"] * s["g"]
    return Computed(s["c"], [kept - written, kept, C + written, s["f"] * H + written, kept + s["g"], written])


@computes("gates-held")
def gates_held():
    second = Keeper().flags.index(1, 2)
    first_parcel, second_parcel = (np.tanh(2 * Keeper().values[t]) for t in (1, second))
    c = Keeper(hold="f", level=1.0).trace.c[0, second, 0]
    told = {"first": first_parcel, "second": second_parcel, "sum": first_parcel + second_parcel}
    return Computed(true_by_number(c, told), told=[1, second])


@computes("gates-shown")
def gates_shown():
    whole, hidden = Keeper().trace, Keeper(hold="o", level=0.0).trace
    flag = Keeper().flags.index(1)
    left = hidden.c[0, flag + 2, 0] / whole.c[0, flag + 2, 0]
    stays = left == 1 and not hidden.h.any()
    return {"gone": left == 0, "fades": 0 < left < 1, "stays": stays}


@computes("gates-below")
def gates_below():
    turns = LSTMCell(*BY_HAND).run([[[X], [X]]], ([[H]], [[C]]))
    f, i, g, c = (getattr(turns, name)[0, :, 0] for name in "figc")
    crossed = c[0] > 0 > c[1]
    kept, written = f[1] * c[0], i[1] * g[1]
    return {"forget": crossed and kept < 0, "candidate": crossed and written < -kept < 0, "output": False}


@computes("gates-bug")
def gates_bug():
    cell, x, h, c = LSTMCell(*weights(3, 4)), draw(2, 1, 3), draw(2, 4, seed=2), draw(2, 4, seed=3)
    now = cell.run(x, (h, c))
    part = {name: getattr(now, name)[:, 0] for name in "figoch"}
    z_i, z_f, z_g, z_o = np.split(x[:, 0] @ cell.kernel + h @ cell.recurrent_kernel + cell.bias, 4, axis=1)
    f, i, g, o = (part[name] for name in "figo")
    gates = all(np.allclose(sigmoid(z), part[name]) for z, name in ((z_f, "f"), (z_i, "i"), (z_o, "o")))
    return {  # a line is wrong if, with all else right, its result is not the cell's
        "gates": not gates,
        "candidate": not np.allclose(np.tanh(z_g), g),
        "belt": not np.allclose(f * h + i * g, part["c"]),
        "output": not np.allclose(o * np.tanh(g), part["h"]),
    }


@computes("gates-hard")
def gates_hard():
    left = {}
    for curve in ("sigmoid", "hard_sigmoid"):
        cell = LSTMCell([[0.0] * 4], [[0.0] * 4], [0, -4, 0, 0], recurrent_activation=curve)
        left[curve] = cell.run(np.zeros((1, 10, 1)), (np.zeros((1, 1)), np.ones((1, 1)))).c[0, -1, 0] != 0
    pair = left["sigmoid"], left["hard_sigmoid"]
    return {
        "neither": pair == (False, False),
        "sigmoid": pair == (True, False),
        "hard_sigmoid": pair == (False, True),
        "both": pair == (True, True),
    }


@computes("gates-candidate")
def gates_candidate():
    cell = LSTMCell([[0, 0, 1, 0]], np.zeros((1, 4)), [0, 50, 0, 0], activation="sigmoid")
    trace = cell.run(draw(1, 40, 1))
    steps = np.diff(trace.c[0, :, 0])
    return {"down": not (steps < 0).any(), "up": not (steps > 0).any(), "read": not trace.h.any()}


@computes("gates-output")
def gates_output():
    kernel, recurrent_kernel, bias = BY_HAND
    mute = LSTMCell(kernel, recurrent_kernel, np.add(bias, [0, 0, 0, -50]))
    one, other = (mute.run(np.ones((1, 2, 1)), ([[0.0]], [[c]])) for c in (2.0, -2.0))
    # the shut gate is 3e-22 and not 0
    return {q: not np.allclose(getattr(one, q)[:, 1], getattr(other, q)[:, 1], rtol=0, atol=1e-15) for q in "figohc"}
