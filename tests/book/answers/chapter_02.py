"""The answers of chapter 2's questions, computed."""

import numpy as np

from lstm_edu import SimpleRNNCell, learn
from lstm_edu.learn.initial import orthogonal
from lstm_edu.network import Dense, Network
from lstm_edu.runs import outcomes
from lstm_edu.tasks import letter_box

from .shared import Computed, computes

NOTHING = np.sqrt(1 / 3)


def steps(share, factor):
    """The first whole number of steps after which less than a share is left."""
    return int(np.ceil(np.log(share) / np.log(factor)))


@computes("fade-lag")
def fade_lag():
    lags, errors = outcomes.by_lag("parcel", "parcel_simple_rnn")
    ten, hundred = (errors[lags == lag].mean() for lag in (10, 100))
    return {
        "same": hundred < 1.3 * ten,
        "fades": 1.3 * ten < hundred < 0.8 * NOTHING,
        "nothing": hundred > 0.8 * NOTHING,
    }


@computes("fade-fixed")
def fade_fixed():
    began = outcomes.began("simple_rnn")
    assert np.nanmax(began[5]) < 100  # as the answer says
    return {
        "soon": bool((began[50] < 300).any()),
        "late": bool((began[50] >= 300).any()),
        "never": bool(np.isnan(began[50]).all()),
    }


@computes("fade-power")
def fade_power():
    return Computed(0.9**50, [50 * 0.9 / 100, 0.9**10, 0.5], told=[0.9])


@computes("fade-radius")
def fade_radius():
    rng = np.random.default_rng(0)
    U = orthogonal(rng, 16, 16)
    cell = SimpleRNNCell(rng.normal(size=(3, 16)), U)
    run = cell.run(rng.normal(size=(1, 20, 3)))
    norms = np.linalg.norm(run.backward(d_state=rng.normal(size=(1, 16))).h[0], axis=1)
    return {
        "stays": bool(np.allclose(norms, norms[-1])),
        "shrinks": bool((np.diff(norms) > 0).all()),
        "grows": bool((np.diff(norms) < 0).all()),
    }


@computes("fade-sign")
def fade_sign():
    starts = ends = np.array([0.9, 0.3])
    for _ in range(100):
        ends = np.tanh(1.5 * ends)
    choices = {
        "values": bool(np.allclose(ends, starts, atol=0.05)),
        "zero": bool(np.allclose(ends, 0)),
        "one_value": bool(np.allclose(ends, ends[0]) and 0.1 < ends[0] < 0.99),
        "one": bool(np.allclose(ends, 1)),
    }
    return Computed(choices, told=[1.5, *starts, 1.5 * starts[1], np.tanh(1.5 * starts[1]), ends[0], np.tanh(1.5)])


@computes("fade-reach")
def fade_reach():
    exact = np.log(0.001) / np.log(0.95)
    wrong = [round(1 / (1 - 0.95)), steps(1e-2, 0.95), steps(0.5, 0.95)]
    return Computed(steps(1e-3, 0.95), wrong, told=[0.001, 0.95, exact, 1 - 0.95])


@computes("fade-clip")
def fade_clip():
    rest = np.sqrt((50**2 - 10**2) / 100)
    slopes = {"w": np.array([10.0]), "others": np.full(100, rest)}
    return Computed(learn.clipped(slopes, 1)["w"].item(), [min(10.0, 1.0), 10, 1 / 50])


@computes("fade-zero")
def fade_zero():
    cell = SimpleRNNCell(np.zeros((6, 3)), np.zeros((3, 3)), np.zeros(3))
    net = Network(None, cell, Dense(np.zeros((3, 4)), np.zeros(4)))
    x, y, asked = letter_box(5, 3, np.random.default_rng(0))
    forward = net.forward(x, asked)
    slopes = forward.backward(learn.softmax_cross_entropy(forward.logits, y)[1])
    return {name: bool(slope.any()) for name, slope in slopes.items()}
