"""The answers of chapter 7's questions, computed."""

import inspect
import json
import re
from itertools import permutations, product

import numpy as np
import pytest

from lstm_edu import LSTMCell
from lstm_edu.cells.activations import hard_sigmoid, hard_sigmoid_keras2, sigmoid
from lstm_edu.dialects import convert, reordered

from .shared import ROOT, Computed, computes, draw, padded, positive, true_by_number, weights


@computes("keras-same", keras=True)
def keras_same():
    import keras

    layer, x = keras.layers.LSTM(32, return_sequences=True), draw(16, 50, 8).astype("float32")
    theirs = layer(x).numpy()
    apart = np.abs(LSTMCell(*layer.get_weights())(x) - theirs).max()
    return {"none": apart == 0, "rounding": 0 < apart < 1e-6, "visible": apart > 1e-3}


@computes("keras-settings", keras=True)
def keras_settings():
    import keras

    arguments = inspect.signature(keras.layers.LSTM).parameters.values()
    n = sum(argument.default is not argument.empty for argument in arguments)
    return {"5": n < 8, "10": 8 <= n < 15, "more": n > 20}


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
    numbers = true_by_number(far, {"hundredth": 0.005, "tenth": 0.1, "half": 0.5})
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
        "sixth": digit == 6,
        "second": digit == 2,
        "nowhere": False,  # the line above ran
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
        step, _ = LSTMCell(**convert(laid, "tf1", "keras", input_size=3)).step(x, (h, c))
        return np.abs(step - theirs).max() < 1e-6  # float32, one step: worst seen 1.2e-7

    return {"ifgo": agrees("ifgo"), "igfo": agrees("igfo")}


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
    return {"first": only_first, "last": only_last, "all": all(read)}


@computes("keras-mask", keras=True)
def keras_mask():
    import keras

    layer = keras.layers.LSTM(4, return_sequences=True, bias_initializer="random_normal")
    x, mask = np.zeros((1, 30, 3), "float32"), np.zeros((1, 30), bool)
    x[:, 9:21], mask[:, 9:21] = draw(1, 12, 3), True
    y, unmasked = layer(x, mask=mask).numpy()[0], layer(x).numpy()[0]
    before, after = y[:9], y[21:]
    return {
        "zeros": not before.any() and not after.any(),
        "last_repeated": not before.any() and (after == y[20]).all(),
        "first_and_last": bool((before == y[9]).all()),
        "cell": np.allclose(y, unmasked),
    }


@computes("keras-dropout")
def keras_dropout():
    def survive(masks):
        """The share of these masks, a row for the inputs of i, f, g and o, under which the output is not zero."""
        cells = (LSTMCell(mask[None], np.zeros((1, 4)), None, "linear", "linear") for mask in masks)
        states = [cell.run(np.ones((1, 1, 1))).state for cell in cells]
        return [float(np.mean([part[0, 0] != 0 for part in parts])) for parts in zip(*states, strict=True)]

    four = np.array(list(product([0.0, 2.0], repeat=4)))  # each block's input dropped, or kept and doubled
    output, belt = survive(four)
    (same, _) = survive(np.array([[0.0] * 4, [2.0] * 4]))
    return Computed(output, [same, belt, float(np.mean(four.all(axis=1)))])


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
    return {"not": apart == 0, "rounding": 0 < apart < 1e-12, "more": apart >= 1e-12}


@computes("inside-curve")
def inside_curve():
    notebook = json.loads((ROOT / "notebooks/07_inside_keras.ipynb").read_text("utf-8"))
    (code,) = ("".join(c["source"]) for c in notebook["cells"] if "texts = [" in "".join(c["source"]))
    texts = re.findall(r'"(.+?)"', code.split("texts = [")[1].split("]")[0])
    ids = padded(texts)
    today, keras2, keras3 = (positive()(ids, c) for c in ("sigmoid", "hard_sigmoid_keras2", "hard_sigmoid"))
    return Computed(keras2, [today, keras3])
