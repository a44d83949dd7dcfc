"""The answers of chapter 3's questions, computed."""

import numpy as np
import pytest

from lstm_edu import LSTMCell, SimpleRNNCell
from lstm_edu.cells.activations import sigmoid

from .shared import Computed, computes, draw, true_by_number, weights


def half_life(f):
    """Steps until half is gone, by taking them: whole ones, and the last as a share."""
    n = np.linspace(0, 200, 2_000_001)
    return float(n[(f**n <= 0.5).argmax()])


@computes("belt-careful")
def belt_careful():
    cell = SimpleRNNCell([[0.0]], [[1.0]])
    kept = cell(np.zeros((1, 100, 1)), initial_state=np.ones((1, 1)))[0, :, 0]
    numbers = {"all": 1, "three_quarters": kept[0], "eighth": 1 / 8}
    assert abs(kept[0] - 0.75) < 0.02  # what one tanh leaves
    return true_by_number(kept[-1], numbers)


def levers(T, put, read, f=40.0):
    """One unit whose gates stand where they are told to: c and h of every step, each (T,)."""
    kernel = np.zeros((3, 4))
    kernel[0, 0], kernel[1, 2], kernel[2, 3] = 80, 40, 80  # put opens i, the parcel sets g, read opens o
    x = np.zeros((1, T, 3))
    x[0, put, :2], x[0, read, 2] = 1, 1
    trace = LSTMCell(kernel, np.zeros((1, 4)), [-40, f, 0, -40]).run(x)
    return trace.c[0, :, 0], trace.h[0, :, 0]


@computes("belt-order")
def belt_order():
    c, h = levers(10, put=[2], read=7)
    cleared, as_it_is, squashed = 0, c[7], np.tanh(c[7])
    return Computed([h[7], c[8]], [[h[7], cleared], [as_it_is, c[8]], [as_it_is, cleared], [h[7], squashed]])


@computes("belt-start")
def belt_start():
    f = float(sigmoid(1.0))
    whole = next(n for n in range(100) if f**n < 0.5)
    return Computed(half_life(f), [0.5 / (1 - f), whole], [f])


@computes("belt-longer", keras=True)
def belt_longer():
    import keras

    from lstm_edu.keras_bridge import from_keras

    def share(layer_class, seed):
        keras.utils.set_random_seed(seed)
        layer = layer_class(32)
        layer.build((None, None, 8))
        x = draw(16, 21, 8, seed=seed)
        nudged = x.copy()
        nudged[:, 0] += 1
        cell = from_keras(layer)
        moved = np.abs(cell(nudged) - cell(x)).max(axis=(0, 2))
        return moved[20] / moved[0]

    plain, lstm = (
        np.median([share(layer, seed) for seed in range(10)]) for layer in (keras.layers.SimpleRNN, keras.layers.LSTM)
    )
    assert sigmoid(1.0) == pytest.approx(0.731, abs=5e-4)  # the hint's forget gate
    return Computed(
        {
            "simple_rnn": plain > lstm,
            "lstm_half": lstm > plain and lstm > 0.5,
            "lstm_few": lstm > plain and lstm < 0.05,
        },
        told=[0.731],
    )


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


@computes("belt-broadcast")
def belt_broadcast():
    z_o, c, V_o = draw(4), draw(4, seed=2), draw(4, 4, seed=3)
    told = np.tanh(z_o + (V_o + c))
    return Computed(told.shape, [(z_o + c @ V_o).shape, (z_o + c[None] @ V_o).shape, told.ravel().shape])


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
    c, h = levers(100, put=np.arange(100), read=99)
    one, read_one = levers(100, put=[0], read=99)
    return Computed([c[99], h[99]], [[c[99], c[99]], [one[99], read_one[99]], [one[99], h[99]]])


@computes("belt-letters")
def belt_letters():
    with_weights = "output", "i", "f", "k"  # the lines of the five that have a W
    blocks = LSTMCell(*weights(3, 5)).kernel.shape[1] // 5
    assert blocks == len(with_weights)
    return Computed(blocks, [len("ijk"), len((*with_weights, "c"))])


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
            o = sigmoid(z["o"] + c @ V_o) if line == "output" else sigmoid(z["o"])
            i, f, k = sigmoid(z["i"]), sigmoid(z["f"]), (sigmoid if line == "gates" else np.tanh)(z["k"])
            c = i * k + c * f  # as printed
            state = o if line == "state" else o * np.tanh(c)
            found.append(state)
        return np.allclose(np.stack(found, axis=1), wanted)

    return {line: stays(line) for line in ("output", "gates", "c", "state")}
