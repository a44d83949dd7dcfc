"""The answers of chapter 5's questions, computed."""

import numpy as np

from lstm_edu import LSTMCell
from lstm_edu.tasks import marked_parcel

from .shared import Computed, computes, count, draw, torch_count, weights


@computes("shapes-steps")
def shapes_steps():
    embedding, cell, head = draw(50, 4), LSTMCell(*weights(4, 3)), draw(3, 1)

    def shapes(T):
        ids = np.arange(T) % 50
        x = embedding[ids]
        state = cell.run(x[None]).last_output
        kinds = {"ids": ids, "rows": x, "table": embedding, "weights": cell.kernel, "state": state}
        return {name: array.shape for name, array in (kinds | {"result": state @ head}).items()}

    short, long = shapes(5), shapes(8)
    return {name: short[name] != long[name] for name in short}


@computes("matrices-shape")
def matrices_shape():
    B, D, H = 2, 32, 100
    W, U, b = weights(D, H)
    x, h = draw(B, D), draw(B, H, seed=2)
    own = slice(H, 2 * H)  # the forget gate's columns
    both = np.vstack([U, W])
    M_f = both[:, own]
    gate = LSTMCell(W, U, b).run(x[:, None], (h, h)).f[:, 0]
    assert np.allclose(1 / (1 + np.exp(-(np.hstack([h, x]) @ M_f + b[own]))), gate, rtol=0, atol=1e-12)
    others = M_f.T, W[:, own], U[:, own], both
    return Computed([*M_f.shape], [[*matrix.shape] for matrix in others], [B, D, H])


@computes("matrices-belt")
def matrices_belt():
    f, c, i, g, o = draw(5, 100)
    new = np.dot(f, c) + np.dot(i, g)
    try:
        error = (o * np.tanh(new)).shape != (100,)
    except ValueError:
        error = True
    found = "number" if np.ndim(new) == 0 else "vector", "raises" if error else "runs"
    names = [(belt, after) for belt in ("vector", "number") for after in ("runs", "raises")]
    return {f"{belt}_{after}": (belt, after) == found for belt, after in names}


def lstm_count(H, D, blocks=4, recurrent=True, bias=True):
    kernel, recurrent_kernel, biases = (w.size for w in weights(D, H, blocks=blocks))
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


@computes("matrices-fresh", keras=True)
def matrices_fresh():
    import keras

    from lstm_edu.keras_bridge import from_keras

    def fresh(seed):
        keras.utils.set_random_seed(seed)
        layers = keras.layers.SimpleRNN(65), keras.layers.LSTM(32)
        for layer in layers:
            layer.build((None, None, 3))
        return map(from_keras, layers)

    def error(cell):
        h = np.pad(cell(x)[asked], ((0, 0), (0, 1)), constant_values=1)
        fitted = np.linalg.lstsq(h[:1000], y[:1000])[0]
        return np.sqrt(((h[1000:] @ fitted - y[1000:]) ** 2).mean())

    lstm_is_better = []
    for lag in (2, 5, 20, 30):
        x, y, asked = marked_parcel(2000, lag, np.random.default_rng(0))
        simple_rnn, lstm = np.mean([[error(cell) for cell in fresh(seed)] for seed in range(3)], axis=0)
        lstm_is_better.append(bool(lstm < simple_rnn))
    choices = {
        "lstm": [True, True, True, True],
        "simple_rnn": [False, False, False, False],
        "lstm_first": [True, True, False, False],
        "simple_rnn_first": [False, False, True, True],
    }
    return {choice: which == lstm_is_better for choice, which in choices.items()}


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
        "shape": dotted[0].shape != right[0].shape,
        "error": False,
        "change": not np.array_equal(dotted[0][0], dotted[1][0]),
    }


@computes("matrices-money", keras=True)
def matrices_money():
    import keras

    def largest(**options):
        most = count(keras.layers.LSTM(32, **options), 32)
        return next(H for H in range(70, 90) if count(keras.layers.SimpleRNN(H + 1, **options), 32) > most)

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
