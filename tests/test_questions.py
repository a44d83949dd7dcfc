"""The questions of the Check: every answer, and every wrong answer that has a name, is computed here and not typed."""

import inspect
import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from test_prose import matches, prose_numbers

from lstm_edu import LSTMCell, SimpleRNNCell, imdb, runs
from lstm_edu.cells.activations import hard_sigmoid, hard_sigmoid_keras2, sigmoid
from lstm_edu.dialects import convert, reordered

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "lstm_edu/widgets/questions").glob("*.toml"))
QUESTIONS = {name: entry for file in FILES for name, entry in tomllib.loads(file.read_text("utf-8")).items()}
KEYS = {"place", "kind", "question", "answer", "right", "wrong", "hint"}
MORE = {"number": {"unit", "tolerance"}, "array": {"tolerance"}, "choice": {"choices"}, "several": {"choices"}}
COMPUTED = {}


@dataclass
class Computed:
    """What a question's answer is, its wrong answers in their order, and other numbers that its sentences tell."""

    answer: object
    wrong: list = field(default_factory=list)
    told: list = field(default_factory=list)


def computes(name, keras=False):
    """The function below computes the question `name`: a Computed, or a dict choice -> whether it is right."""

    def keep(function):
        assert name not in COMPUTED, f"two functions compute {name}"
        COMPUTED[name] = pytest.param(name, function, id=name, marks=[pytest.mark.keras] if keras else [])
        return function

    return keep


# --- what several questions need --------------------------------------------------------------------------------------


def weights(D, U, seed=0, blocks=4):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in ((D, blocks * U), (U, blocks * U), (blocks * U,))]


def draw(*shape, seed=1):
    return np.random.default_rng(seed).normal(size=shape)


def count(layer, D):
    """How many numbers a Keras layer really has, on inputs of D numbers."""
    layer.build((None, None, D))
    return layer.count_params()


def half_life(f):
    """Steps until half is gone, by taking them: whole ones, and the last as a share."""
    n = np.linspace(0, 200, 2_000_001)
    return float(n[(f**n <= 0.5).argmax()])


def true_by_number(value, numbers):
    """choice -> whether it is the one whose number is nearest to `value`."""
    nearest = min(numbers, key=lambda choice: abs(numbers[choice] - value))
    return {choice: choice == nearest for choice in numbers}


@cache
def positive():
    """The trained network: a list of texts -> their probabilities (n,)."""
    model = runs.load_model("lstm_32")

    def answer(ids, curve="sigmoid"):
        parts = (model[name] for name in ("kernel", "recurrent_kernel", "bias"))
        h = LSTMCell(*parts, recurrent_activation=curve).run(model["embedding"][ids]).last_output
        return sigmoid((h @ model["dense_kernel"] + model["dense_bias"])[:, 0])

    return answer


def padded(texts, **options):
    return imdb.pad([imdb.encode(text) for text in texts], 500, **options)


# --- chapter 1 --------------------------------------------------------------------------------------------------------


def outputs(factor, sequence):
    """Every output of the loop with `factor` in the place of the 0.5: a SimpleRNN of one unit without its tanh."""
    cell = SimpleRNNCell([[1.0]], [[float(factor)]], activation="linear")
    return cell(np.array(sequence, float)[None, :, None])[0, :, 0].tolist()


@computes("loop-fade")
def loop_fade():
    half = outputs(0.5, [1, 0, 0, 0, 0])
    no_memory, all_kept = outputs(0, [1, 0, 0, 0])[3], outputs(1, [1, 0, 0, 0])[3]
    return Computed(half[3], [no_memory, all_kept, half[1], half[2], half[4]])


@computes("loop-changes")
def loop_changes():
    cell = SimpleRNNCell(*weights(3, 4, blocks=1))
    before = {name: getattr(cell, name).copy() for name in ("kernel", "recurrent_kernel", "bias")}
    state = cell.run(draw(2, 6, 3, seed=1)).state
    after = cell.run(draw(2, 6, 3, seed=2)).state
    changed = {f"`{name}`": not np.array_equal(array, getattr(cell, name)) for name, array in before.items()}
    return changed | {"the state": not np.array_equal(state, after)}


@computes("loop-reset")
def loop_reset():
    kernel, recurrent_kernel, bias = weights(3, 4, blocks=1)
    sequences = draw(2, 6, 3)
    wanted = SimpleRNNCell(kernel, recurrent_kernel, bias).run(sequences).last_output

    def states(reset, redraw):
        h, found, new = np.zeros(4), [], kernel
        for k, sequence in enumerate(sequences):
            h = np.zeros(4) if reset else h
            new = draw(*kernel.shape, seed=9 + k) if redraw else kernel
            for x_t in sequence:
                h = np.tanh(x_t @ new + h @ recurrent_kernel + bias)
            found.append(h)
        return np.allclose(found, wanted)

    return {
        "`h = np.zeros(U)` goes inside the outer loop": states(reset=True, redraw=False),
        "`print(h)` goes inside the inner loop": states(reset=False, redraw=False),  # the same states, shown more often
        "the weights are drawn again before each sequence": states(reset=False, redraw=True),
    }


@computes("loop-count", keras=True)
def loop_count():
    import keras

    kernel, recurrent_kernel, bias = (w.size for w in weights(32, 32, blocks=1))
    lstm, dense = count(keras.layers.LSTM(32), 32), keras.layers.Dense(32)
    dense.build((None, 32))
    rnn = count(keras.layers.SimpleRNN(32), 32)
    return Computed(rnn, [kernel + recurrent_kernel, kernel, dense.count_params(), rnn + bias, lstm])


@computes("loop-without")
def loop_without():
    sequences = [1, 0], [0, 1], [5, 0]
    last = {factor: [outputs(factor, s)[-1] for s in sequences] for factor in (0, 0.5, 1)}
    return Computed(last[0], [last[0.5], last[1], [outputs(0, s)[0] for s in sequences]])


@computes("loop-broadcast")
def loop_broadcast():
    B, T, D, U = 2, 6, 3, 4
    kernel, recurrent_kernel, bias = weights(D, U, blocks=1)
    x, h = draw(B, T, D), np.zeros(U)
    every = SimpleRNNCell(kernel, recurrent_kernel, bias)(x)
    step = np.tanh(x[:, 0] @ kernel + h @ recurrent_kernel + bias)
    return Computed(step.shape, [h.shape, every.shape, x[:, 0].shape, x.shape])


# --- chapter 3 --------------------------------------------------------------------------------------------------------


@computes("belt-careful")
def belt_careful():
    cell = SimpleRNNCell([[0.0]], [[1.0]])
    kept = cell(np.zeros((1, 100, 1)), initial_state=np.ones((1, 1)))[0, :, 0]
    numbers = {"all of it": 1, "about three quarters": kept[0], "about an eighth": 1 / 8}
    assert abs(kept[0] - 0.75) < 0.02  # what one tanh leaves
    return true_by_number(kept[-1], numbers)


def levers(T, put, read, f=40.0, squash_belt=False):
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
            "the `SimpleRNN`": plain > lstm,
            "the `LSTM`, more than half of the change": lstm > plain and lstm > 0.5,
            "the `LSTM`, a few hundredths of the change at most": lstm > plain and lstm < 0.05,
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
        "all five at step 0": ["figoh", "figoh"],
        "h at step 0, all five at step 1": ["h", "figoh"],
        "f and h at step 0, all five at step 1": ["fh", "figoh"],
        "none at step 0, all five at step 1": ["", "figoh"],
    }
    return {choice: [set(names) for names in steps] == moved for choice, steps in choices.items()}


@computes("belt-broadcast")
def belt_broadcast():
    z_o, c, V_o = draw(4), draw(4, seed=2), draw(4, 4, seed=3)
    told = np.tanh(z_o + (V_o + c))
    return Computed(told.shape, [(z_o + c @ V_o).shape, (z_o + c[None] @ V_o).shape, told.ravel().shape])


@computes("belt-half")
def belt_half():
    whole = next(n for n in range(100) if 0.9**n < 0.5)
    linear, scale = 0.5 / (1 - 0.9), 1 / (1 - 0.9)
    return Computed(half_life(0.9), [linear, scale, whole], [0.9])


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
        """Whether the cell is right with `line` as it is printed and all others mended."""
        state = c = np.zeros((2, 4))
        found = []
        for t in range(8):
            z = {q: x[:, t] @ W[q] + state @ U[q] + b[q] for q in "ifko"}
            o = sigmoid(z["o"] + c @ V_o) if line == "output" else sigmoid(z["o"])
            i, f, k = sigmoid(z["i"]), sigmoid(z["f"]), (sigmoid if line == "i, f, k" else np.tanh)(z["k"])
            c = i * k + c * f  # as printed
            state = o if line == "state" else o * np.tanh(c)
            found.append(state)
        return np.allclose(np.stack(found, axis=1), wanted)

    return {f"the line of `{line}`": stays(line) for line in ("output", "i, f, k", "c", "state")}


# --- chapter 4 --------------------------------------------------------------------------------------------------------


@computes("gates-open")
def gates_open():
    def is_one(z):
        with localcontext(prec=200):
            return 1 / (1 + (-Decimal(z)).exp()) == 1

    assert 0.9 < sigmoid(4.0) < 1 and sigmoid(40.0) == 1
    never = not any(is_one(z) for z in range(400))
    return {"4": is_one(4), "40": is_one(40), "it never gets there": never}


# the unit of the chapter: weights of the input, of the state, and the biases, in the order i, f, g, o
BY_HAND = [[2.0, 1.0, -1.5, 0.5]], [[1.0, -2.0, 1.0, -1.0]], [-1.0, 1.0, 0.0, 2.0]
X, H, C = 1.0, 0.5, 2.0


def hand_step():
    trace = LSTMCell(*BY_HAND).run([[[X]]], ([[H]], [[C]]))
    return {part: float(np.squeeze(getattr(trace, part))) for part in "figoch"}


@computes("gates-which")
def gates_which():
    s = hand_step()
    values = {"the 1 (input)": X, "the 0.5 (old state)": H, "the 2 (belt)": C}
    return {choice: np.isclose(s["f"] * value + s["i"] * s["g"], s["c"]) for choice, value in values.items()}


@computes("gates-belt")
def gates_belt():
    s = hand_step()
    kept, parcel = s["f"] * C, s["i"] * s["g"]
    return Computed(s["c"], [kept - parcel, kept, C + parcel, s["f"] * H + parcel, kept + s["g"], parcel])


@computes("gates-held")
def gates_held():
    value, flag = [0.4, 0.8, -0.3, 0.6, -0.9, -0.5, 0.2, -0.7], [0, 1, 0, 0, 0, 1, 0, 0]
    kernel, bias = [[0, 0, 2, 0], [10, 0, 0, 0]], [-5, 50, 0, 5]  # f stands at 1 whatever comes
    c = LSTMCell(kernel, np.zeros((1, 4)), bias).run(np.column_stack([value, flag])[None]).c[0, -1, 0]
    first, second = np.tanh(2 * 0.8), np.tanh(2 * -0.5)
    return true_by_number(
        c, {"the first letter": first, "the second letter": second, "the sum of both": first + second}
    )


@computes("gates-bug")
def gates_bug():
    cell, x, h, c = LSTMCell(*weights(3, 4)), draw(2, 1, 3), draw(2, 4, seed=2), draw(2, 4, seed=3)
    now = cell.run(x, (h, c))
    part = {name: getattr(now, name)[:, 0] for name in "figoch"}
    z_i, z_f, z_g, z_o = np.split(x[:, 0] @ cell.kernel + h @ cell.recurrent_kernel + cell.bias, 4, axis=1)
    f, i, g, o = (part[name] for name in "figo")
    gates = all(np.allclose(sigmoid(z), part[name]) for z, name in ((z_f, "f"), (z_i, "i"), (z_o, "o")))
    return {  # a line is wrong if, with all else right, its result is not the cell's
        "`f, i, o = …`": not gates,
        "`g = np.tanh(z_g)`": not np.allclose(np.tanh(z_g), g),
        "`c = f * h + i * g`": not np.allclose(f * h + i * g, part["c"]),
        "`h = o * np.tanh(g)`": not np.allclose(o * np.tanh(g), part["h"]),
    }


@computes("gates-hard")
def gates_hard():
    left = {}
    for curve in ("sigmoid", "hard_sigmoid"):
        cell = LSTMCell([[0.0] * 4], [[0.0] * 4], [0, -4, 0, 0], recurrent_activation=curve)
        left[curve] = cell.run(np.zeros((1, 10, 1)), (np.zeros((1, 1)), np.ones((1, 1)))).c[0, -1, 0] != 0
    pair = left["sigmoid"], left["hard_sigmoid"]
    return {
        "nothing, with either curve": pair == (False, False),
        "a trace with the sigmoid, nothing with the hard sigmoid": pair == (True, False),
        "a trace with the hard sigmoid, nothing with the sigmoid": pair == (False, True),
        "a trace, with either curve": pair == (True, True),
    }


@computes("gates-candidate")
def gates_candidate():
    cell = LSTMCell([[0, 0, 1, 0]], np.zeros((1, 4)), [0, 50, 0, 0], activation="sigmoid")
    trace = cell.run(draw(1, 40, 1))
    steps = np.diff(trace.c[0, :, 0])
    return {"come down": not (steps < 0).any(), "go up": not (steps > 0).any(), "be read": not trace.h.any()}


@computes("gates-hold")
def gates_hold():
    def held(b_i, b_f):
        start = np.zeros((1, 1)), np.full((1, 1), 0.7)
        cell = LSTMCell(np.ones((1, 4)), np.ones((1, 4)), [b_i, b_f, 0, 0])
        return (cell.run(draw(1, 10, 1), start).c == 0.7).all()

    stand = {"open": 50, "shut": -50}
    return {f"i {i}, f {f}": held(stand[i], stand[f]) for i in stand for f in stand}


@computes("gates-output")
def gates_output():
    kernel, recurrent_kernel, bias = BY_HAND
    mute = LSTMCell(kernel, recurrent_kernel, np.add(bias, [0, 0, 0, -50]))
    one, other = (mute.run(np.ones((1, 2, 1)), ([[0.0]], [[c]])) for c in (2.0, -2.0))
    # the shut gate is 3e-22 and not 0
    return {q: not np.allclose(getattr(one, q)[:, 1], getattr(other, q)[:, 1], rtol=0, atol=1e-15) for q in "figohc"}


# --- chapter 5 --------------------------------------------------------------------------------------------------------


@computes("shapes-left")
def shapes_left():
    sizes = {"B": 2, "T": 500, "D": 32, "U": 100}
    B, T, D, U = sizes.values()
    p = LSTMCell(*weights(D, U)).run(draw(B, T, D)).last_output @ draw(U, 1)
    return {name: size in p.shape for name, size in sizes.items()}


@computes("matrices-forms")
def matrices_forms():
    def equal(D, U):
        W, U_f, b = weights(D, U, blocks=1)
        x, h = draw(2, D), draw(2, U, seed=2)
        return np.allclose(x @ W + h @ U_f + b, np.hstack([h, x]) @ np.vstack([U_f, W]) + b, rtol=0, atol=1e-12)

    always = equal(32, 100) and equal(7, 3) and equal(4, 4)
    return {"equal": always, "equal only where U = D": equal(4, 4) and not always, "an approximation": not equal(4, 4)}


@computes("matrices-belt")
def matrices_belt():
    f, c, i, g, o = draw(5, 100)
    new = np.dot(f, c) + np.dot(i, g)
    try:
        error = (o * np.tanh(new)).shape != (100,)
    except ValueError:
        error = True
    found = "a single number" if np.ndim(new) == 0 else "100 numbers", "an error" if error else "no error"
    names = [(belt, after) for belt in ("100 numbers", "a single number") for after in ("no error", "an error")]
    return {f"{belt}, and {after}": (belt, after) == found for belt, after in names}


def torch_count(U, D):
    """PyTorch's LSTM, as `convert` lays it out: both biases counted."""
    ours = dict(zip(("kernel", "recurrent_kernel", "bias"), weights(D, U), strict=True))
    return sum(array.size for array in convert(ours, "keras", "pytorch").values())


def lstm_count(U, D, blocks=4, recurrent=True, bias=True):
    kernel, recurrent_kernel, biases = (w.size for w in weights(D, U, blocks=blocks))
    return kernel + recurrent * recurrent_kernel + bias * biases


@computes("count-lstm", keras=True)
def count_lstm():
    import keras

    layers = keras.layers
    whole = keras.Sequential([keras.Input((None,)), layers.Embedding(10_000, 32), layers.LSTM(32), layers.Dense(1)])
    return Computed(
        count(layers.LSTM(32), 32),
        [
            count(layers.LSTM(32, use_bias=False), 32),
            torch_count(32, 32),
            lstm_count(32, 32, blocks=3),
            lstm_count(32, 32, blocks=3, bias=False),
            count(layers.GRU(32), 32),
            lstm_count(32, 32, recurrent=False),
            lstm_count(32, 32, recurrent=False, bias=False),
            count(layers.SimpleRNN(32), 32),
            whole.count_params(),
        ],
    )


@cache
def fresh(seed):
    """The four contestants of chapter 5, as Keras makes them."""
    import keras

    from lstm_edu.keras_bridge import from_keras

    keras.utils.set_random_seed(seed)
    layers = keras.layers.SimpleRNN(32), keras.layers.SimpleRNN(76), keras.layers.LSTM(32)
    for layer in layers:
        layer.build((None, None, 32))
    small, large, lstm = map(from_keras, layers)
    bias = lstm.bias.copy()
    bias[32:64] = 5
    opened = LSTMCell(lstm.kernel, lstm.recurrent_kernel, bias)
    return dict(zip(QUESTIONS["matrices-recall"]["choices"], (small, large, lstm, opened), strict=True))


@computes("matrices-recall", keras=True)
def matrices_recall():
    rng = np.random.default_rng(0)

    def recall(cell, noise, lag):
        x = noise * rng.normal(size=(800, lag + 1, 32))
        sign = rng.choice([-1, 1], size=800)
        x[:, 0, 0] += sign
        h = cell.run(x).last_output
        found = np.linalg.lstsq(h[:400], sign[:400])[0]
        return np.mean(np.sign(h[400:] @ found) == sign[400:])

    def best(noise, lag):
        shares = [{name: recall(cell, noise, lag) for name, cell in fresh(seed).items()} for seed in range(3)]
        return max(shares[0], key=lambda name: sum(share[name] for share in shares))

    return {name: name == best(0.05, 100) == best(0.5, 20) for name in fresh(0)}


@computes("matrices-mistake", keras=True)
def matrices_mistake():
    import keras

    lstm, rnn = keras.layers.LSTM, keras.layers.SimpleRNN
    right, no_bias, exchanged = count(lstm(50), 20), count(lstm(50, use_bias=False), 20), count(lstm(20), 50)
    no_recurrent = lstm_count(50, 20, recurrent=False)
    return Computed(right, [no_bias, torch_count(50, 20), count(rnn(50), 20), no_recurrent, exchanged])


@computes("matrices-units", keras=True)
def matrices_units():
    import keras

    lstm, rnn = keras.layers.LSTM, keras.layers.SimpleRNN
    right, no_bias, small = count(lstm(500), 32), count(lstm(500, use_bias=False), 32), count(lstm(32), 32)
    return Computed(right, [no_bias, torch_count(500, 32), count(rnn(500), 32), small, 500 * small])


@computes("matrices-dot")
def matrices_dot():
    f, i, g, c = draw(4, 32, 32)
    changed = c.copy()
    changed[1] += 1
    dotted = [f @ belt + i @ g for belt in (c, changed)]  # runs, so that no error shows it
    right = [f * belt + i * g for belt in (c, changed)]
    assert np.array_equal(right[0][0], right[1][0])
    return {
        "look at the shape of the new belt": dotted[0].shape != right[0].shape,
        "look whether NumPy raises an error": False,
        "change one review's belt, and look whether another's moves": not np.array_equal(dotted[0][0], dotted[1][0]),
    }


@computes("matrices-money", keras=True)
def matrices_money():
    import keras

    def largest(**options):
        most = count(keras.layers.LSTM(32, **options), 32)
        return next(U for U in range(70, 90) if count(keras.layers.SimpleRNN(U + 1, **options), 32) > most)

    return Computed(largest(), [largest() + 1, largest(use_bias=False), 4 * 32])


@computes("matrices-stack", keras=True)
def matrices_stack():
    import keras

    def stack(layer, **options):
        layers = [layer(32, return_sequences=True, **options), layer(16, **options), keras.layers.Dense(1, **options)]
        return [part.count_params() for part in keras.Sequential([keras.Input((None, 32)), *layers]).layers]

    lstm = keras.layers.LSTM
    first, _, dense = stack(lstm)
    torch = [torch_count(32, 32), torch_count(16, 32), dense]
    wrong = [[first, count(lstm(16), 16), dense], stack(lstm, use_bias=False), torch, stack(keras.layers.SimpleRNN)]
    return Computed(stack(lstm), wrong)


@computes("matrices-winners", keras=True)
def matrices_winners():
    rng = np.random.default_rng(0)

    def share(cell, size):
        x = size * rng.normal(size=(16, 21, 32))
        changed = x.copy()
        changed[:, 0] += 1
        moved = np.abs(cell(changed) - cell(x)).max(axis=(0, 2))
        return moved[20] / moved[0]

    def factor(name):
        small, large = (np.mean([share(fresh(seed)[name], size) for seed in range(3)]) for size in (0.05, 1))
        return max(small / large, large / small)

    plain, lstm = factor("`SimpleRNN(32)`"), factor("`LSTM(32)`")
    return {"the `SimpleRNN`": plain > 2 * lstm, "the `LSTM`": lstm > 2 * plain}


# --- chapter 7 --------------------------------------------------------------------------------------------------------


@computes("keras-settings", keras=True)
def keras_settings():
    import keras

    arguments = inspect.signature(keras.layers.LSTM).parameters.values()
    n = sum(argument.default is not argument.empty for argument in arguments)
    return {"about 5": n < 8, "about 10": 8 <= n < 15, "more than 20": n > 20}


def off(order, arrays, x, theirs):
    """How far a cell is off that takes the blocks of `arrays` to stand in this order."""
    return np.abs(LSTMCell(*(reordered(w, order, "ifgo") for w in arrays))(x) - theirs).max()


@computes("keras-orders", keras=True)
def keras_orders():
    from lstm_edu.keras_bridge import to_keras

    arrays, x = weights(3, 4), draw(8, 20, 3)
    theirs = to_keras(LSTMCell(*arrays), return_sequences=True)(x).numpy()
    orders = ["".join(order) for order in permutations("ifgo")]
    right = [order for order in orders if off(order, arrays, x, theirs) < 1e-6]  # none raises an error
    f_stays = [order for order in orders if order[1] == "f"]
    i_and_o = [right[0], right[0].translate(str.maketrans("io", "oi"))]
    return Computed([len(right), 0], [[1, len(orders) - 1], [len(f_stays), 0], [len(orders), 0], [len(i_and_o), 0]])


@computes("keras-curves")
def keras_curves():
    z = np.linspace(-8, 8, 16_001)
    curves = hard_sigmoid_keras2(z), hard_sigmoid(z), sigmoid(z)
    far = max(np.abs(a - b).max() for a in curves for b in curves)
    numbers = true_by_number(far, {"less than 0.01": 0.005, "about 0.1": 0.1, "about 0.5": 0.5})
    return Computed(numbers, told=[float(hard_sigmoid_keras2(np.array(2.0))), float(hard_sigmoid(np.array(2.0)))])


@computes("keras-bias", keras=True)
def keras_bias():
    import keras

    layer = keras.layers.LSTM(1, bias_initializer=keras.initializers.Constant(0.03))
    plain = keras.layers.LSTM(1, bias_initializer=keras.initializers.Constant(0.03), unit_forget_bias=False)
    zeros = keras.layers.LSTM(1)
    for each in (layer, plain, zeros):
        each.build((None, None, 4))
    found, flat, described = (each.get_weights()[2].astype(float).round(6).tolist() for each in (layer, plain, zeros))
    added = (np.array(flat) + described).tolist()
    added[0], added[2], added[3] = flat[0], flat[2], flat[3]
    return Computed(found, [described, flat, added, [found[1], found[0], *found[2:]]], [0.03])


@computes("keras-cs231n")
def keras_cs231n():
    theirs = {
        "Wx": np.linspace(-2.1, 1.3, 80).reshape(4, 20),
        "Wh": np.linspace(-0.7, 2.2, 100).reshape(5, 20),
        "b": np.linspace(0.3, 0.7, 20),
    }
    x_t = np.linspace(-0.4, 1.2, 12).reshape(3, 4)
    state = np.linspace(-0.3, 0.7, 15).reshape(3, 5), np.linspace(-0.4, 0.9, 15).reshape(3, 5)
    cells = LSTMCell(**convert(theirs, "cs231n", "keras")), LSTMCell(theirs["Wx"], theirs["Wh"], theirs["b"])
    right, wrong = (f"{cell.step(x_t, state)[0][0, 0]:.8f}"[2:] for cell in cells)
    digit = next(k for k in range(8) if right[k] != wrong[k]) + 1
    return {
        "in the sixth digit": digit == 6,
        "in the second digit": digit == 2,
        "nowhere: Python raises an error": False,  # the line above ran
    }


@computes("keras-tf1", keras=True)
def keras_tf1():
    import tensorflow as tf

    arrays = {"kernel": draw(7, 16).astype("float32"), "bias": draw(16, seed=2).astype("float32")}
    x, h, c = (draw(8, n, seed=n).astype("float32") for n in (3, 4, 4))
    none = np.zeros(4, "float32")
    theirs = tf.raw_ops.LSTMBlockCell(
        x=x, h_prev=h, cs_prev=c, w=arrays["kernel"], b=arrays["bias"], wci=none, wcf=none, wco=none, forget_bias=1.0
    ).h.numpy()

    def agrees(order):
        laid = {name: reordered(w, order, "igfo") for name, w in arrays.items()} | {"forget_bias": 1.0}
        step, _ = LSTMCell(**convert(laid, "tf1", "keras")).step(x, (h, c))
        return np.abs(step - theirs).max() < 1e-6  # float32, one step: worst seen 1.2e-7

    return {"i f g o, the description": agrees("ifgo"), "i g f o, the table": agrees("igfo")}


@computes("keras-backwards", keras=True)
def keras_backwards():
    import keras

    layer = keras.layers.LSTM(4, go_backwards=True, return_sequences=True)
    x = draw(2, 6, 3).astype("float32")
    first = layer(x).numpy()[:, 0]

    def depends(t):
        changed = x.copy()
        changed[:, t] += 1
        return not np.array_equal(layer(changed).numpy()[:, 0], first)

    read = [depends(t) for t in range(6)]
    only_first, only_last = read == [True] + [False] * 5, read == [False] * 5 + [True]
    return {"the first word": only_first, "the last word": only_last, "all of them": all(read)}


@computes("keras-mask", keras=True)
def keras_mask():
    import keras

    layer = keras.layers.LSTM(4, return_sequences=True, bias_initializer="random_normal")
    x, mask = np.zeros((1, 30, 3), "float32"), np.zeros((1, 30), bool)
    x[:, 9:21], mask[:, 9:21] = draw(1, 12, 3), True
    y, unmasked = layer(x, mask=mask).numpy()[0], layer(x).numpy()[0]
    before, after = y[:9], y[21:]
    return {
        "zeros before, zeros after": not before.any() and not after.any(),
        "zeros before, the last output repeated after": not before.any() and (after == y[20]).all(),
        "the first output before, the last one after": bool((before == y[9]).all()),
        "what the cell makes of zeros, before and after": np.allclose(y, unmasked),
    }


@computes("keras-notice")
def keras_notice():
    bias = np.repeat([0.03, 1.0, 0.03, 0.03], 3)
    arrays, x = (np.full((4, 12), 0.01), np.full((3, 12), 0.02), bias), np.arange(72.0).reshape(3, 6, 4)
    wanted = LSTMCell(*arrays)(x)
    orders = ["".join(order) for order in permutations("ifgo")]
    passing = [order for order in orders if off(order, arrays, x, wanted) < 1e-7]
    one_exchange = [order for order in passing if sum(a != b for a, b in zip(order, "ifgo", strict=True)) == 2]
    assert len(one_exchange) == 3  # i, g and o among themselves
    return Computed(len(passing) - 1, [0, len(passing), len(orders) - 1, 1])


@computes("inside-stack", keras=True)
def inside_stack():
    import keras

    with pytest.raises(ValueError) as error:
        keras.layers.LSTM(16)(keras.layers.LSTM(32)(draw(2, 5, 8)))
    wanted, found = (int(re.search(rf"{word} ndim=(\d)", str(error.value))[1]) for word in ("expected", "found"))
    return Computed(found, [wanted, 32, np.ndim(draw(32))])


@computes("inside-pieces")
def inside_pieces():
    cell, x = LSTMCell(*weights(8, 16)), draw(1, 500, 8)
    whole, state = cell.run(x).last_output, None
    for piece in np.split(x, 5, axis=1):
        state = cell.run(piece, initial_state=state).state
    apart = np.abs(state[0] - whole).max()
    return {"not at all": apart == 0, "by rounding": 0 < apart < 1e-12, "by more than rounding": apart >= 1e-12}


@computes("inside-backwards")
def inside_backwards():
    cell, x = LSTMCell(*weights(3, 4)), draw(1, 12, 3)
    y, wanted = cell(x, go_backwards=True), cell.run(x[:, ::-1]).last_output
    takes = {"`y[:, -1]`": y[:, -1], "`y[:, 0]`": y[:, 0], "`y[:, ::-1][:, -1]`": y[:, ::-1][:, -1]}
    return {name: np.allclose(taken, wanted) for name, taken in takes.items()}


@computes("inside-curve")
def inside_curve():
    notebook = json.loads((ROOT / "notebooks/07_inside_keras.ipynb").read_text("utf-8"))
    (code,) = ("".join(c["source"]) for c in notebook["cells"] if "".join(c["source"]).startswith("model = runs.load"))
    texts = re.findall(r'"(.+?)"', code.split("texts = [")[1].split("]")[0])
    ids = padded(texts)
    today, keras2, keras3 = (positive()(ids, c) for c in ("sigmoid", "hard_sigmoid_keras2", "hard_sigmoid"))
    return Computed(keras2, [today, keras3])


@computes("inside-square")
def inside_square():
    ours = dict(zip(("kernel", "recurrent_kernel"), weights(128, 32), strict=False))
    torch, x = convert(ours, "keras", "pytorch"), draw(4, 20, 128)
    mended = LSTMCell(torch["weight_ih_l0"], torch["weight_hh_l0"].T)
    right = np.allclose(mended(x), LSTMCell(**ours)(x))
    transposed = np.array_equal(mended.kernel, ours["kernel"].T)
    return {
        "the right layer": right,
        "a layer with its kernel transposed": transposed and not right,
        "an error at the first step": False,  # it ran
    }


# --- chapter 8 --------------------------------------------------------------------------------------------------------


@computes("reviews-the")
def reviews_the():
    start, the = imdb.encode("the")
    unknown = imdb.encode("gossamerest")[1]
    rank = imdb.vocabulary().index("the") + 1
    assert rank == start  # 1 is both the rank of "the" and the start token
    (padding,) = set(imdb.pad([[]], 3).ravel().tolist())
    (unused,) = set(range(the)) - {padding, start, unknown}
    return Computed(the, [rank, padding, unknown, unused])


@computes("reviews-cut", keras=True)
def reviews_cut():
    import keras

    (kept,) = keras.utils.pad_sequences([np.arange(700)], 500)
    places = {"the first": 0, "the last": 200, "those in the middle": 100}
    return {place: np.array_equal(kept, np.arange(start, start + 500)) for place, start in places.items()}


@computes("reviews-products")
def reviews_products():
    T, V, D = len(imdb.encode("the plot is thin but the acting is superb")), 10_000, 32
    one_hot, E = np.zeros((T, V), bool), np.zeros((V, D), bool)
    products = one_hot.size * E.shape[1]
    return Computed(products, [V * D, T * D, (T - 1) * V * D], [V])


def means(*names):
    return {name: np.mean([record.test_accuracy for record in runs.records.load(name)]) for name in names}


def best_of(name):
    """choice -> whether it is the recipe with the best mean on the test reviews."""
    found = means(*(choice.strip("`") for choice in QUESTIONS[name]["choices"]))
    return {f"`{recipe}`": accuracy == max(found.values()) for recipe, accuracy in found.items()}


@computes("reviews-best")
def reviews_best():
    size = len(runs.records.load("rnn_tw")[0].correct)
    dense, *read_in_order = means("dense_16_16", "rnn_tw", "simple_rnn_32").values()
    assert dense > max(read_in_order)  # "it comes second"
    return Computed(best_of("reviews-best"), told=[size])


@computes("reviews-85")
def reviews_85():
    train, val = runs.number("rnn_tw.train.last.mean"), runs.number("rnn_tw.val.best.mean")
    validation, fits = abs(val - 0.85) < abs(train - 0.85) and abs(val - 0.85) < 0.01, train > 0.98
    learnt_from = imdb.statistics()["train"]["reviews"] * 0.8
    assert runs.number("rnn_tw.parameters") > 300_000
    return Computed(
        {
            "a training accuracy: it cannot fit the reviews better": not validation,
            "a validation accuracy, and it cannot fit the training reviews either": validation and not fits,
            "a validation accuracy, while it fits the training reviews almost perfectly": validation and fits,
        },
        told=[300_000, learnt_from],
    )


@computes("reviews-lstm")
def reviews_lstm():
    lstm, bag = ([record.test_accuracy for record in runs.records.load(name)] for name in ("lstm_32", "bag_of_words"))
    above, below = min(lstm) > max(bag), max(lstm) < min(bag)
    assert min(lstm) > max(record.test_accuracy for record in runs.records.load("simple_rnn_32"))
    return {"above the bag of words": above, "level with it": not above and not below, "below it": below}


@computes("reviews-lead")
def reviews_lead():
    short, long = runs.paired("lstm_tw_200", "rnn_tw").mean, runs.paired("lstm_32", "simple_rnn_32").mean
    return {"larger at 500 words": long > short, "not larger at 500 words": long <= short}


@computes("reviews-offset")
def reviews_offset():
    words = imdb.vocabulary()
    off_by = {14 - 1 - words.index(imdb.decode([14])[0])}
    (right,) = off_by
    return Computed(right, [1, right + 1])


@computes("reviews-end")
def reviews_end():
    ids = imdb.encode("so it begins " * 300 + "and so it ends").tolist()
    kept, trained_on = ids[:500], imdb.pad([ids], 500)[0].tolist()
    assert kept[0] == imdb.encode("")[0] and trained_on == ids[-500:]  # the start token, and the end
    return {
        "the beginning with the start token, and not the end": kept == ids[:500] != ids[-500:],
        "the end, and not the beginning": kept == ids[-500:],
        "the beginning without the start token": kept == ids[1:501],
    }


@computes("reviews-words")
def reviews_words():
    ids = np.arange(10_000)
    words = [id for id in ids.tolist() if imdb.decode([id])[0] in imdb.vocabulary()[: len(ids)]]
    unused = 1
    return Computed(len(words), [len(ids), len(words) + unused, ids[-1]])


@computes("reviews-bag")
def reviews_bag():
    bag, dense = (int(runs.number(f"{name}.parameters")) for name in ("bag_of_words", "dense_16_16"))
    V, n = 10_000, 16
    assert (V + 1, V * n + n + n * n + n + n + 1) == (bag, dense)
    return Computed(
        [bag, dense], [[V, V * n + n * n + n], [bag, V * n + n + n + 1], [bag, 2 * V * n + n * n + 2 * n + 17]]
    )


# --- chapter 9 --------------------------------------------------------------------------------------------------------


@computes("imdb-parameters", keras=True)
def imdb_parameters():
    import keras

    layers = keras.layers

    def counted(layer, bias=True):
        parts = [layers.Embedding(10_000, 32), layer, layers.Dense(1, use_bias=bias)]
        return [part.count_params() for part in keras.Sequential([keras.Input((500,)), *parts]).layers]

    right = counted(layers.LSTM(32))
    torch = [right[0], torch_count(32, 32), right[2]]
    no_bias, rnn = counted(layers.LSTM(32, use_bias=False), bias=False), counted(layers.SimpleRNN(32))
    return Computed(right, [no_bias, torch, rnn, counted(layers.LSTM(32), bias=False)])


@computes("imdb-loss", keras=True)
def imdb_loss():
    import keras

    y, p = np.array([1.0, 0.0, 1.0]), np.full(3, 0.5)
    loss = float(keras.losses.binary_crossentropy(y, p))
    distance, squared = np.abs(y - p).mean(), np.square(y - p).mean()
    return Computed(loss, [distance, squared, -np.log2(p[0]), -np.log10(p[0]), np.log(p[0]), -np.log(p[0]) * 2])


@computes("imdb-epoch")
def imdb_epoch():
    best = Counter(int(np.argmax(record.history["val_accuracy"])) for record in runs.records.load("lstm_32"))
    return {
        "the same epoch in all five runs, before the last": len(best) == 1 and 9 not in best,
        "the last epoch in all five runs": set(best) == {9},
        "not the same in all five runs": len(best) > 1,
    }


@computes("imdb-seed")
def imdb_seed():
    names = "lstm_32", "lstm_32_threads", "lstm_32_threads_again"
    found = np.array([[runs.number(f"{name}.test.seed{seed}") for seed in (1, 2, 3)] for name in names])
    apart = 100 * np.ptp(found, axis=0).max()  # points
    steps = 10 * np.ceil(0.8 * imdb.statistics()["train"]["reviews"] / 128)
    numbers = {"not at all": 0, "in the fourth digit": 0.01, "by whole points": 2}
    return Computed(true_by_number(apart, numbers), told=[steps])


@computes("imdb-best")
def imdb_best():
    metrics = {"validation, best": "val.best", "validation, last": "val.last", "test": "test"}
    found = {name: runs.number(f"lstm_32.{metric}.mean") for name, metric in metrics.items()}
    return {name: value == max(found.values()) for name, value in found.items()}


@computes("imdb-luck")
def imdb_luck():
    measured = np.random.default_rng(0).binomial(5_000, 0.88, size=(20_000, 10)) / 5_000
    best = 100 * (measured.max(axis=1).mean() - 0.88)
    one, ten = 100 * measured.std(), 100 * measured.mean(axis=1).std()
    return Computed(best, [0, one, 100 * runs.half_width(0.88, 5_000), ten], [0.88, 5000, 0.12])


@computes("imdb-recipes")
def imdb_recipes():
    assert means("lstm_32")["lstm_32"] >= max(means("lstm_tw_200", "wang", "brownlee").values())
    return best_of("imdb-recipes")


@computes("imdb-six")
def imdb_six():
    texts = QUESTIONS["imdb-six"]["choices"]
    return dict(zip(texts, (positive()(padded(texts)) > 0.5).tolist(), strict=True))


@computes("imdb-zeros")
def imdb_zeros():
    waste = [QUESTIONS["imdb-six"]["choices"][1]]
    (before,), (behind,) = positive()(padded(waste)), positive()(padded(waste, padding="post"))
    (nothing,) = positive()(np.zeros((1, 500), int))
    numbers = {"about the same": before, "one half": 0.5, "what it says to no review at all": nothing}
    return true_by_number(behind, numbers)


@computes("imdb-sorted")
def imdb_sorted():
    labels = np.repeat([1, 0], imdb.statistics()["train"]["positive"])
    held_back = labels[int(0.8 * len(labels)) :]
    shuffled = labels.mean() * len(held_back)
    return Computed(held_back.sum(), [shuffled, len(held_back)], [len(held_back)])


@computes("imdb-seeds", keras=True)
def imdb_seeds():
    import keras

    def first(seed):
        seed(7)
        layer = keras.layers.LSTM(4)
        layer.build((None, None, 3))
        return layer.get_weights()[0]

    seeds = {"`numpy.random.seed(7)`": np.random.seed, "`keras.utils.set_random_seed(7)`": keras.utils.set_random_seed}
    return {name: np.array_equal(first(seed), first(seed)) for name, seed in seeds.items()}


@computes("imdb-shuffle")
def imdb_shuffle():
    rng = np.random.default_rng(0)

    def moved(text):
        shuffled = [" ".join(rng.permutation(text.split())) for _ in range(20)]
        return np.ptp(positive()(padded([text, *shuffled])))

    texts = QUESTIONS["imdb-six"]["choices"]
    first, fourth = moved(texts[0]), moved(texts[3])
    return {"the first": first > fourth, "the fourth": fourth > first}


@computes("imdb-dropout", keras=True)
def imdb_dropout():
    import keras

    keras.utils.set_random_seed(0)
    glass = keras.layers.SimpleRNN(8, activation="linear", dropout=0.5, return_sequences=True)
    glass.build((None, None, 8))
    glass.set_weights([np.eye(8), np.zeros((8, 8)), np.zeros(8)])
    rows = np.array(glass(np.ones((1, 3, 8)), training=True))[0]
    same = (rows == rows[0]).all()
    # with a kernel of zeros no input is to be seen, so whatever is dropped then is a state or an output
    glass.set_weights([np.zeros((8, 8)), np.zeros((8, 8)), np.ones(8)])
    elsewhere = not (np.array(glass(np.ones((1, 3, 8)), training=True)) == 1).all()
    inputs = not rows.all() and not elsewhere
    return {
        "inputs, the same ones at every step": inputs and same,
        "inputs, drawn anew at every step": inputs and not same,
        "states, the same ones at every step": elsewhere and same,
        "outputs, drawn anew at every step": elsewhere and not same,
    }


@computes("imdb-print")
def imdb_print():
    train = imdb.statistics()["train"]
    reviews = train["reviews"]
    return Computed(reviews * 500, [reviews, int(0.8 * reviews) * 500, train["tokens"]], [reviews])


# --- chapter 10 -------------------------------------------------------------------------------------------------------


def of_seeds(*path):
    """What was counted, (5, ...): `path` leads to the place where a seed is the next key."""
    found = runs.study()
    for key in path:
        found = found[key]
    return [found[str(seed)] for seed in runs.study()["seeds"]]


def lost(name):
    """Points of accuracy, (5,)."""
    return -100 * np.array([of_seed[name][1] for of_seed in of_seeds("accuracy")])


@computes("watch-sum")
def watch_sum():
    model, U = runs.load_model("lstm_32"), 32
    x = model["embedding"][padded(["The first hour was slow, but the ending is wonderful."])]
    h = LSTMCell(*(model[name] for name in ("kernel", "recurrent_kernel", "bias"))).run(x).h[0]
    f = slice(U, 2 * U)
    sizes = {
        "from the word": x[0, 1:] @ model["kernel"][:, f],
        "from memory": h[:-1] @ model["recurrent_kernel"][:, f],
        "the bias": model["bias"][f],
    }
    sizes = {name: np.abs(part[-10:] if part.ndim == 2 else part).mean() for name, part in sizes.items()}
    return {name: size == max(sizes.values()) for name, size in sizes.items()}


@computes("watch-half")
def watch_half():
    found = np.median([one["half_life"] for one in of_seeds("forget")])
    right = true_by_number(found, {"about 2 words": 2, "about 20 words": 20, "about 200 words": 200})
    return Computed(right, told=[0.5 ** (1 / 200)])


@computes("watch-way")
def watch_way():
    left = max(one["belt"][10] for one in of_seeds("memory"))
    assert max(one["belt"][30] for one in of_seeds("memory")) < 0.0015  # "about one in a thousand"
    cut = lost("no_loop").min()
    return {
        "by the belt, little as it is": left > 0.1,
        "through h, which is read by the next candidate": left < 0.1 and cut > 10,
        "through the embedding": False,
    }


@computes("watch-hold")
def watch_hold():
    costs = {part: lost(f"{part}_mean") for part in "ifgo"}
    assert costs["i"].max() < 0.51 and 0.5 < costs["f"].min() < costs["f"].max() < 2.5 and 0.2 < costs["o"].min() < 1.5
    assert costs["f"].mean() > costs["o"].mean() > costs["i"].mean()
    names = {"i": "i, the input gate", "f": "f, the forget gate", "g": "g, the candidate", "o": "o, the output gate"}
    return {name: (costs[part] == np.max(list(costs.values()), axis=0)).all() for part, name in names.items()}


@computes("watch-groups")
def watch_groups():
    """Farther: fewer than 50 of 1,000 drawn groups reach it, in each of the five networks."""
    groups = runs.study()["groups"]["words"]
    return {
        group: all(one["count"]["reach"] < 50 for one in of_seeds("groups", "found", group, "f")) for group in groups
    }


@computes("watch-not")
def watch_not():
    bad, any_word = (np.array([mean for mean, _ in of_seeds("before", "not", word)]) for word in ("bad", "any"))
    as_far = (bad / any_word).min() > 0.8 and (bad < -0.3).all()
    return {
        "it pushes the answer up": (bad > 0).any(),
        "it does next to nothing": np.abs(bad).max() < 0.1,
        "it pushes the answer down, as before “good”": as_far,
    }


@computes("watch-number")
def watch_number():
    same, other = (runs.study()["units"][kind][2] for kind in ("same", "other"))
    return {
        "more alike": same > other + 0.03,
        "as alike as others": abs(same - other) < 0.03,
        "less alike": same < other - 0.03,
    }


@computes("watch-shuffle")
def watch_shuffle():
    return true_by_number(
        lost("shuffled").mean(), {"about a tenth of a point": 0.1, "about 2 points": 2, "about 20 points": 20}
    )


@computes("watch-bias")
def watch_bias():
    def bias(f):
        return np.log(f / (1 - f))

    f = 0.5 ** (1 / 100)
    return Computed(bias(f), [f, bias(0.5 ** (1 / 10)), bias(0.99)], told=[0.99])


@computes("watch-very")
def watch_very():
    bad, any_word = (np.array([mean for mean, _ in of_seeds("before", "very", word)]) for word in ("bad", "any"))
    return {
        "it pushes it up": (bad > 0.1).all() and (bad / any_word).min() > 0.8,
        "it pushes it down": (bad < 0).any(),
        "next to nothing": np.abs(bad).max() < 0.1,
    }


# --- every question ---------------------------------------------------------------------------------------------------


def close(typed, computed, tolerance):
    """A typed number, or a list of them, is the computed one, rounded where the question has a tolerance."""
    typed, computed = np.atleast_1d(np.asarray(typed, float)), np.atleast_1d(np.asarray(computed, float))
    return typed.shape == computed.shape and bool((np.abs(typed - computed) <= tolerance / 2).all())


def apart(one, other, tolerance):
    """No text is both of two answers."""
    one, other = np.atleast_1d(np.asarray(one, float)), np.atleast_1d(np.asarray(other, float))
    return one.shape != other.shape or np.abs(one - other).max() > tolerance


def texts_of(question):
    return [question[key] for key in ("question", "right", "hint")] + [wrong["says"] for wrong in question["wrong"]]


@pytest.mark.parametrize(("name", "function"), COMPUTED.values())
def test_an_answer_is_the_computed_one(name, function):
    question, computed = QUESTIONS[name], function()
    computed = computed if isinstance(computed, Computed) else Computed(computed)
    values = [wrong["value"] for wrong in question["wrong"]]
    if isinstance(computed.answer, dict):
        assert list(computed.answer) and set(computed.answer) == set(question["choices"])
        true = [choice for choice in question["choices"] if computed.answer[choice]]
        assert true == (question["answer"] if question["kind"] == "several" else [question["answer"]])
        assert question["answer"] not in values
    else:
        tolerance = question.get("tolerance", 0)
        assert close(question["answer"], computed.answer, tolerance)
        assert len(values) == len(computed.wrong)
        for value, wrong in zip(values, computed.wrong, strict=True):
            assert close(value, wrong, tolerance), (value, wrong)
            assert apart(value, question["answer"], tolerance)
        for k, value in enumerate(values):
            assert all(apart(value, other, tolerance) for other in values[:k])
    known = [question["answer"], values, question.get("choices", []), [float(n) for n in computed.told]]
    seen = {n.replace(",", "").lstrip("-") for n in re.findall(r"\d[\d,]*\.?\d*", str(known))}
    seen |= {n.removesuffix(".0") for n in seen}
    said = " ".join(
        [question["question"], question["right"], question["hint"], *(w["says"] for w in question["wrong"])]
    )
    assert [n for n in prose_numbers(said) if not matches(n, seen)] == []


def test_every_question_is_computed():
    assert set(COMPUTED) == set(QUESTIONS)


def test_no_name_stands_in_two_files():
    assert len(QUESTIONS) == sum(len(tomllib.loads(file.read_text("utf-8"))) for file in FILES) > 0


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_whole(name):
    question = QUESTIONS[name]
    kind = question["kind"]
    assert KEYS <= set(question) <= KEYS | MORE[kind] and question["place"] in ("guess", "exercise")
    texts = texts_of(question)
    assert all(isinstance(text, str) and text.strip() == text and text for text in texts)
    assert not re.search(r"[$\\<>]|\*\w", re.sub(r"`[^`]*`", "", " ".join(texts)))  # no TeX, no markup
    assert all(set(wrong) == {"value", "says"} for wrong in question["wrong"])
    given = [question["answer"], *(wrong["value"] for wrong in question["wrong"])]
    if kind == "choice":
        assert set(given) == set(question["choices"]) and len(given) == len(
            question["choices"]
        )  # each is told what it is
    elif kind == "several":
        assert all(isinstance(value, list) and set(value) <= set(question["choices"]) for value in given)
    elif kind == "array":
        assert all(isinstance(value, list) for value in given)
    else:
        assert all(isinstance(value, int | float) for value in given)


def used():
    """(chapter, question) of each Check in a notebook, in their order."""
    for notebook in sorted(ROOT.glob("notebooks/*.ipynb")):
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                for name in re.findall(r'\bCheck\("([^"]*)"\)', "".join(cell["source"])):
                    yield notebook.stem, name, cell


def test_every_question_stands_in_its_chapter_and_no_other_is_asked():
    chapters = {name: file.stem for file in FILES for name in tomllib.loads(file.read_text("utf-8"))}
    assert Counter((chapter, name) for chapter, name, _ in used()) == Counter(
        (chapter, name) for name, chapter in chapters.items()
    )


def test_the_page_shows_the_question_and_not_its_line_of_code():
    for _, name, cell in used():
        assert cell["source"] == [f'Check("{name}")'] and cell["metadata"].get("tags") == ["remove-input"]
