"""The answers of chapter 3's questions, computed."""

import numpy as np
import pytest

from lstm_edu import LSTMCell
from lstm_edu.cells.activations import sigmoid

from .shared import Computed, computes, draw, true_by_number, weights


def half_life(f):
    """Steps until half is gone, by taking them: whole ones, and the last as a share."""
    n = np.linspace(0, 200, 2_000_001)
    return float(n[(f**n <= 0.5).argmax()])


@computes("belt-one")
def belt_one():
    h = {0: 1.0}
    for step in range(100):
        h[step + 1] = np.tanh(h[step])
    assert 0.2 < 1 - h[1] < 0.25 and 0.9**100 < 0.001  # "a quarter"; "a weight of 0.9 does that"
    told = [0.76, 0.12, 0.001, 0.9, 0.1]
    return Computed(true_by_number(h[100], {"all": 1, "once": h[1], "eighth": 0.12, "nothing": 0}), told=told)


def belt(f, i, g, o):
    """c and h of every step, (T,) each, for gates as they are told."""
    c, rows = 0.0, []
    for t in range(len(g)):
        c = f[t] * c + i[t] * g[t]
        rows.append((c, o[t] * np.tanh(c)))
    return np.array(rows).T


@computes("belt-order")
def belt_order():
    put, read = np.eye(12)[2], np.eye(12)[9]
    c, h = belt(np.ones(12), put, np.ones(12), read)
    cleared, as_it_is, squashed = 0, c[9], np.tanh(c[9])
    return Computed([h[9], c[10]], [[h[9], cleared], [as_it_is, c[10]], [as_it_is, cleared], [h[9], squashed]])


PARCEL = [-1, 1, 1, -1, 1, 1, -1, 1, -1, 1, 1, -1]  # the marked parcel of the Timeline: flags at 2 and 6
FLAG, BELL = np.eye(12)[2] + np.eye(12)[6], np.eye(12)[5] + np.eye(12)[10]


@computes("belt-replace")
def belt_replace():
    def holds(f):
        c, _ = belt([1, f], [1, 1], [1, 0.5], [0, 0])
        return c[1]

    return Computed(holds(0), [holds(1), 0, 1], [0.5])


@computes("belt-start")
def belt_start():
    f = float(sigmoid(1.0))
    whole = next(n for n in range(100) if f**n < 0.5)
    return Computed(half_life(f), [0.5 / (1 - f), whole], [f])


@computes("belt-longer", keras=True)
def belt_longer():
    import keras

    from lstm_edu.keras_bridge import from_keras

    def share(layer_class, seed, forget_bias):
        keras.utils.set_random_seed(seed)
        layer = layer_class(32)
        layer.build((None, None, 8))
        cell = from_keras(layer)
        if forget_bias:
            cell.bias[32:64] = forget_bias
        x = draw(16, 21, 8, seed=seed)
        nudged = x.copy()
        nudged[:, 0] += 1
        moved = np.abs(cell(nudged) - cell(x)).max(axis=(0, 2))
        return moved[20] / moved[0]

    kinds = (keras.layers.SimpleRNN, None), (keras.layers.LSTM, None), (keras.layers.LSTM, 5)
    more = tuple(bool(np.median([share(kind, seed, bias) for seed in range(10)]) > 0.5) for kind, bias in kinds)
    told = [float(sigmoid(1.0)), float(sigmoid(5.0))]
    assert told == pytest.approx([0.731, 0.993], abs=5e-4)
    choices = {
        "all": (True, True, True),
        "lstms": (False, True, True),
        "bias_5": (False, False, True),
        "none": (False, False, False),
    }
    return Computed({choice: which == more for choice, which in choices.items()}, told=told)


@computes("belt-reach")
def belt_reach():
    cell = LSTMCell(*weights(3, 4, seed=3))
    x, zeros = draw(2, 8, 3), np.zeros((2, 4))
    plain, nudged = cell.run(x, (zeros, zeros)), cell.run(x, (zeros, zeros + np.eye(4)[0]))
    moved = [
        {q for q in "figoh" if not np.array_equal(getattr(plain, q)[:, t], getattr(nudged, q)[:, t])} for t in (0, 1)
    ]
    choices = {
        "all": ["figoh", "figoh"],
        "h_then_all": ["h", "figoh"],
        "f_and_h": ["fh", "figoh"],
        "none": ["", "figoh"],
    }
    return {choice: [set(names) for names in steps] == moved for choice, steps in choices.items()}


@computes("belt-half")
def belt_half():
    whole = next(n for n in range(100) if 0.8**n < 0.5)
    linear, scale = 0.5 / (1 - 0.8), 1 / (1 - 0.8)
    return Computed(half_life(0.8), [linear, scale, whole], [0.8])


@computes("belt-bias")
def belt_bias():
    bias = np.linspace(0, 10, 1_000_001)
    belt = sigmoid(bias) ** 100  # what is left after 100 steps
    near = sigmoid(bias) >= 0.99
    f = 0.5 ** (1 / 100)
    assert half_life(0.99) < 100
    return Computed(float(bias[(belt >= 0.5).argmax()]), [f, half_life(f), bias[near.argmax()]], [f, 0.99])


@computes("belt-hundred")
def belt_hundred():
    ones = np.ones(100)
    c, h = belt(ones, ones, ones, ones)
    one, read_one = belt(ones, np.eye(100)[0], ones, ones)
    return Computed([c[99], h[99]], [[c[99], c[99]], [one[99], read_one[99]], [one[99], h[99]]])


@computes("belt-first")
def belt_first():
    _, h = belt(np.ones(12), FLAG, PARCEL, BELL)
    _, cleared = belt(1 - FLAG, FLAG, PARCEL, BELL)
    return Computed(h[10], [cleared[10], h[5]])


@computes("belt-mend")
def belt_mend():
    kernel, recurrent_kernel, bias = weights(3, 4)
    W, U, b = (dict(zip("ifko", np.split(w, 4, axis=-1), strict=True)) for w in (kernel, recurrent_kernel, bias))
    x, V_o = draw(2, 8, 3), draw(4, 4, seed=5)
    wanted = LSTMCell(kernel, recurrent_kernel, bias)(x)

    def stays(line):
        """Whether the cell is right with this line as it is printed and all others mended."""
        state = c = np.zeros((2, 4))
        found = []
        for t in range(8):
            z = {q: x[:, t] @ W[q] + state @ U[q] + b[q] for q in "ifko"}
            printed = sigmoid(z["o"] + c @ V_o)
            i, f, k = sigmoid(z["i"]), sigmoid(z["f"]), (sigmoid if line == "gates" else np.tanh)(z["k"])
            c = i * k + c * f  # as printed
            state = printed if line == "output" else sigmoid(z["o"]) * np.tanh(c)
            found.append(state)
        return np.allclose(np.stack(found, axis=1), wanted)

    return {line: stays(line) for line in ("output", "gates", "c")}
