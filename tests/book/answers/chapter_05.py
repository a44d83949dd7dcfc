"""The answers of chapter 5's questions, computed."""

import numpy as np

from lstm_edu import LSTMCell
from lstm_edu.tasks import marked_parcel

from .shared import QUESTIONS, Computed, computes, count, draw, torch_count, weights


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


@computes("matrices-forms")
def matrices_forms():
    def equal(D, H):
        W, U_f, b = weights(D, H, blocks=1)
        x, h = draw(2, D), draw(2, H, seed=2)
        return np.allclose(x @ W + h @ U_f + b, np.hstack([h, x]) @ np.vstack([U_f, W]) + b, rtol=0, atol=1e-12)

    always = equal(32, 100) and equal(7, 3) and equal(4, 4)
    return {"equal": always, "square": equal(4, 4) and not always, "approximation": not equal(4, 4)}


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


@computes("matrices-recall", keras=True)
def matrices_recall():
    import keras

    from lstm_edu.keras_bridge import from_keras

    def fresh(seed):
        keras.utils.set_random_seed(seed)
        layers = keras.layers.SimpleRNN(32), keras.layers.SimpleRNN(65), keras.layers.LSTM(32)
        for layer in layers:
            layer.build((None, None, 3))
        small, large, lstm = map(from_keras, layers)
        bias = lstm.bias.copy()
        bias[32:64] = 5
        return small, large, lstm, LSTMCell(lstm.kernel, lstm.recurrent_kernel, bias)

    def error(cell):
        h = np.pad(cell(x)[asked], ((0, 0), (0, 1)), constant_values=1)
        fitted = np.linalg.lstsq(h[:1000], y[:1000])[0]
        return np.sqrt(((h[1000:] @ fitted - y[1000:]) ** 2).mean())

    x, y, asked = marked_parcel(2000, 10, np.random.default_rng(0))
    errors = np.mean([[error(cell) for cell in fresh(seed)] for seed in range(3)], axis=0)
    small, large, lstm, opened = errors
    assert opened < lstm < large < small and 1.7 < small / large < 2.5  # "half as much", "both LSTMs are off less"
    return dict(zip(QUESTIONS["matrices-recall"]["choices"], errors == opened, strict=True))


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
