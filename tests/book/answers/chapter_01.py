"""The answers of chapter 1's questions, computed."""

import numpy as np

from lstm_edu import SimpleRNNCell
from lstm_edu.tasks import marked_parcel

from .shared import Computed, computes, count, draw, weights


def outputs(factor, sequence):
    """Every output of the loop with `factor` in the place of the 0.5: a SimpleRNN of one unit without its tanh."""
    cell = SimpleRNNCell([[1.0]], [[float(factor)]], activation="linear")
    return cell(np.array(sequence, float)[None, :, None])[0, :, 0].tolist()


@computes("loop-fade")
def loop_fade():
    half = outputs(0.5, [1, 0, 0, 0, 0])
    no_memory, all_kept = outputs(0, [1, 0, 0, 0])[3], outputs(1, [1, 0, 0, 0])[3]
    return Computed(half[3], [no_memory, all_kept, half[1], half[2], half[4]])


@computes("loop-share")
def loop_share():
    x, y, asked = marked_parcel(1_000, 10, np.random.default_rng(1))
    nothing = np.sqrt((y**2).mean())

    def good(share):
        """Whether it is better than answering 0 every time."""
        cell = SimpleRNNCell([[1.0]], [[float(share)]], activation="linear")
        return bool(np.sqrt(np.mean((cell(x[..., :1])[asked] - y) ** 2)) < nothing)

    choices = {"one": good(1), "nine_tenths": good(0.9), "half": good(0.5)}
    assert not any(good(share) for share in np.linspace(0, 1, 21))
    return Computed(choices | {"none": not any(choices.values())}, told=[1, 0.9, 0.5])


@computes("loop-copies")
def loop_copies():
    """The loop at each step of three words, written out: as many different weights as one cell has."""
    kernel, recurrent_kernel, bias = weights(3, 4, blocks=1)
    x, cell = draw(1, 3, 3), SimpleRNNCell(kernel, recurrent_kernel, bias)
    h = np.zeros(4)
    for word in x[0]:  # a copy each
        h = np.tanh(word @ kernel + h @ recurrent_kernel + bias)
    assert np.allclose(cell.run(x).state[0], h)
    one = kernel.size + recurrent_kernel.size + bias.size
    return Computed(one, [3 * one, one - bias.size, one - recurrent_kernel.size])


@computes("loop-changes")
def loop_changes():
    cell = SimpleRNNCell(*weights(3, 4, blocks=1))
    before = {name: getattr(cell, name).copy() for name in ("kernel", "recurrent_kernel", "bias")}
    state = cell.run(draw(2, 6, 3, seed=1)).state
    after = cell.run(draw(2, 6, 3, seed=2)).state
    changed = {name: not np.array_equal(array, getattr(cell, name)) for name, array in before.items()}
    return changed | {"state": not np.array_equal(state, after)}


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
        "reset": states(reset=True, redraw=False),
        "print": states(reset=False, redraw=False),  # the same states, shown more often
        "redraw": states(reset=False, redraw=True),
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
    B, T, D, H = 2, 6, 3, 4
    kernel, recurrent_kernel, bias = weights(D, H, blocks=1)
    x, h = draw(B, T, D), np.zeros(H)
    every = SimpleRNNCell(kernel, recurrent_kernel, bias)(x)
    step = np.tanh(x[:, 0] @ kernel + h @ recurrent_kernel + bias)
    return Computed(step.shape, [h.shape, every.shape, x[:, 0].shape, x.shape])
