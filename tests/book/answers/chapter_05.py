"""The answers of chapter 5's questions, computed."""

from functools import cache

import numpy as np

from lstm_edu import LSTMCell

from .shared import QUESTIONS, Computed, computes, count, draw, torch_count, weights


@computes("shapes-left")
def shapes_left():
    sizes = {"B": 2, "T": 500, "D": 32, "H": 100}
    B, T, D, H = sizes.values()
    p = LSTMCell(*weights(D, H)).run(draw(B, T, D)).last_output @ draw(H, 1)
    return {name: size in p.shape for name, size in sizes.items()}


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

    plain, lstm = factor("simple_rnn_32"), factor("lstm_32")
    return {"simple_rnn": plain > 2 * lstm, "lstm": lstm > 2 * plain}
