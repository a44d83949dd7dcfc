"""The answers of chapter 11's questions, computed."""

from functools import cache

import numpy as np

from lstm_edu import LSTMCell, imdb, learn, runs
from lstm_edu.cells.activations import sigmoid
from lstm_edu.tasks import marked_parcel

from .shared import Computed, computes

NOTHING = np.sqrt(1 / 3)


@computes("train-nothing")
def train_nothing():
    x = (np.arange(100_000) + 0.5) / 50_000 - 1  # evenly from -1 to 1
    return Computed(np.sqrt((x**2).mean()), [np.abs(x).mean(), (x**2).mean(), np.abs(x).max()])


def turn(net, batch, memory, state=None):
    """One step of the chapter's loop; the state goes on where nothing is asked."""
    x, y, asked = batch
    if not asked.any():
        return net.cell.forward(x, state).state
    forward = net.forward(x, asked, state)
    _, slopes = learn.squared_error(forward.logits, y[asked.any(axis=1)])
    learn.adam(net.weights, learn.clipped(forward.backward(slopes), 1), memory, learning_rate=0.01)
    return forward.state


@cache
def trained(batches, piece=1000, lag=(1, 30)):
    rng = np.random.default_rng(1)
    net, memory = learn.network(LSTMCell, 16, rng, input_size=3), {}
    for _ in range(batches):
        x, y, asked = marked_parcel(64, lag, rng)
        state = None
        for a in range(0, x.shape[1], piece):
            now = slice(a, a + piece)
            state = turn(net, (x[:, now], y, asked[:, now]), memory, state)
    return net


def error(net, lag):
    x, y, asked = marked_parcel(2000, lag, np.random.default_rng(7))
    return np.sqrt(((net.logits(x, asked) - y) ** 2).mean())


@computes("train-lag")
def train_lag():
    off = error(trained(2500), 100)
    return {"nothing": off > 0.5, "middle": 0.2 < off < 0.5, "small": off < 0.2}


@computes("train-open")
def train_open():
    x = marked_parcel(256, (1, 30), np.random.default_rng(99)).inputs
    f = trained(2500).cell.run(x).f[x[..., 1:].sum(axis=-1) == 0].mean(axis=0).max()
    assert abs(sigmoid(1.0) - 0.73) < 0.002
    return {"open": f > 0.9, "began": abs(f - 0.73) < 0.08, "shut": f < 0.5}


@computes("train-nudges")
def train_nudges():
    net = learn.network(LSTMCell, 16, np.random.default_rng(0), input_size=3)
    count = sum(weight.size for weight in net.weights.values())
    cell = sum(getattr(net.cell, name).size for name in net.cell.weights)
    one_gate = cell // 4 + count - cell
    return Computed(2 * count, [count, 2 * cell, 2 * (count - net.cell.bias.size), 2 * one_gate])


@computes("train-rule")
def train_rule():
    def moved(rule, slope, **rates):
        w, memory = {"w": np.zeros(1)}, {}
        for _ in range(100):
            rule(w, {"w": np.array([slope])}, memory, learning_rate=0.01, **rates)
        return abs(w["w"][0])

    rules = {
        "sgd": (learn.sgd, {}),
        "momentum": (learn.sgd, {"momentum": 0.9}),
        "rmsprop": (learn.rmsprop, {}),
        "adam": (learn.adam, {}),
    }
    alike = {name: moved(rule, 1e-3, **more) > 0.5 * moved(rule, 1.0, **more) for name, (rule, more) in rules.items()}
    return Computed(alike, told=[0.001])


@computes("train-cut")
def train_cut():
    cut = error(trained(600, piece=5), 30)
    return {"nothing": cut > 0.5, "keeps": cut < 0.3}


@computes("train-fixed")
def train_fixed():
    pieces, whole = error(trained(600, piece=5, lag=10), 10), error(trained(600, piece=15, lag=10), 10)
    assert whole < 0.05
    return {"as_well": pieces < 2 * whole, "slower": 2 * whole <= pieces < 0.5, "nothing": abs(pieces - NOTHING) < 0.06}


@computes("train-padding")
def train_padding():
    of = imdb.statistics()["train"]
    share = 100 * of["kept"]["500"]["tokens"] / (500 * of["reviews"])
    assert of["length"]["median"] == 178 and round(of["reviews"] / of["longer_than"]["500"]) == 12
    return Computed(100 - share, [share, 100 * (1 - of["length"]["median"] / 500)])


@computes("train-time")
def train_time():
    own, keras = (
        np.median([sum(run.seconds) for run in runs.records.load(name)]) for name in ("lstm_32_numpy", "lstm_32_beside")
    )
    assert round(keras / 60) == 6
    return {"longer": own > 1.2 * keras, "alike": 0.8 < own / keras < 1.2, "half": own < 0.5 * keras}


@computes("train-hurry")
def train_hurry():
    keras = np.median([sum(run.seconds) for run in runs.records.load("lstm_32_beside")])
    quick, plain = (
        np.median([until(run, 0.88) for run in runs.records.load(name)]) / keras
        for name in ("lstm_32_hurry", "lstm_32_numpy")
    )
    assert 0.2 < plain < 0.3  # "about a quarter"
    return {"half": 0.35 < quick < 0.7, "quarter": 0.17 < quick < 0.35, "eighth": quick < 1 / 8}


def until(record, aim):
    """Seconds until the validation accuracy comes to `aim` first."""
    right = np.array(record.history["val_accuracy"]) >= aim
    return np.cumsum(record.seconds)[right.argmax()] if right.any() else np.inf


@computes("train-factor")
def train_factor():
    """The slope of c without the factor, put into the cell's own way back."""

    class WithoutFactor(LSTMCell):
        def back(self, at, d_h, d_c):
            d_z, (d_h_prev, d_c_prev) = super().back(at, d_h, d_c)
            return d_z, (d_h_prev, d_c_prev / at.f)

    rng = np.random.default_rng(0)
    weights = rng.normal(size=(3, 16)), rng.normal(size=(4, 16)), rng.normal(size=16)
    x, d_state = rng.normal(size=(2, 5, 3)), (rng.normal(size=(2, 4)), np.zeros((2, 4)))
    own, wrong = (kind(*weights).run(x).backward(d_state=d_state).weights for kind in (LSTMCell, WithoutFactor))
    off = {name: not np.allclose(own[name], wrong[name]) for name in own}
    return {
        "bias": off["bias"] and not off["kernel"],
        "kernel": off["kernel"] and not off["recurrent_kernel"],
        "recurrent": off["recurrent_kernel"] and not off["kernel"],
        "all": all(off.values()),
    }
