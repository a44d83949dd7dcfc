"""js/numbers/slopes.js and small.js in Node: how far back a slope reaches, against the way back of NumPy's cells."""

import numpy as np
import pytest

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.learn import network
from lstm_edu.network import Dense, Network
from lstm_edu.widgets.gradient_lab.slopes import changed, reach
from lstm_edu.widgets.small import KINDS, pack

DRAWN = 60
# float64, up to 40 steps back. Relative at each step, for a slope of 1e-30 has to be right too. Worst seen 8.3e-14, and
# 1.5e-10 for the LSTM: where the belt is full, 1 - tanh(c)^2 is a small difference, in the page and in NumPy
EACH = {"simple_rnn": 1e-10, "lstm": 1e-8, "gru": 1e-10}
EXACT = 1e-10  # beside the curve's largest

SCRIPT = """
import { changed, slopes } from "./numbers/slopes.js";
import { open } from "./numbers/small.js";
give(data.map(({ packed, x, settings, options }) =>
  slopes(changed(open(packed), settings), Float64Array.from(x), undefined, options)));
"""


def drawn(kind, k):
    """A network of random shape and weights, a sequence, and what the reader has moved."""
    rng = np.random.default_rng([k, len(kind)])
    H, D, T, K = (int(rng.integers(low, most)) for low, most in ((1, 12), (1, 5), (1, 41), (1, 4)))
    made = network(KINDS[kind], H, rng, input_size=D, outputs=K, dtype=np.float64 if k % 2 else np.float32)
    weights = {name: value for name, value in made.weights.items() if name in made.cell.weights}
    if k % 3 == 0:
        weights.pop("bias")
    options = {"reset_after": False} if kind == "gru" and k % 3 == 0 else {}
    cell = KINDS[kind](**weights, **options)
    dense = Dense(made.dense.kernel, rng.normal(size=K) if k % 4 else None)
    settings = {"factor": float(rng.uniform(0.3, 1.8)), "forgetBias": float(rng.uniform(0, 5)) if k % 5 else None}
    activation = ("tanh", "relu", "linear")[k % 3]
    return Network(None, cell, dense), rng.normal(size=(1, T, D)), settings, activation


@pytest.mark.parametrize("kind", KINDS)
def test_the_slopes_are_numpys(kind, node, last_lines):
    cases = [drawn(kind, k) for k in range(DRAWN)]
    asked = [
        {
            "packed": pack(net),
            "x": x.ravel().tolist(),
            "settings": settings,
            "options": {"activation": activation} if kind == "simple_rnn" else {},
        }
        for net, x, settings, activation in cases
    ]
    worst = each = 0
    for (net, x, settings, activation), got in zip(cases, node(SCRIPT, asked), strict=True):
        cell = changed(net.cell, settings["factor"], settings["forgetBias"], activation)
        curves, norm = reach(cell, net.dense, x)
        assert got["curves"].keys() == curves.keys()
        for name, values in [*curves.items(), ("norm", np.array(norm))]:
            page = np.array(got["norm"] if name == "norm" else got["curves"][name], float)
            error = np.abs(page - values)
            worst = max(worst, error.max() / max(1, values.max()))
            each = max(each, (error / np.where(values == 0, 1, values)).max())
    assert worst < EXACT and each < EACH[kind]
    last_lines.append(f"slopes.js {kind}, {DRAWN} networks: worst {worst:.1e}, relative at each step {each:.1e}")


# --- what is meant by dL/dc, and its two parts ------------------------------------------------------------------------


def test_the_slope_for_the_belt_is_what_a_moved_belt_does():
    """By no way back at all: c is moved a little at a step, h with it, and the loop goes on from there."""
    rng = np.random.default_rng(5)
    net = network(LSTMCell, 4, rng, input_size=3, dtype=np.float64)
    x, T, little = rng.normal(size=(1, 9, 3)), 9, 1e-6
    trace = net.cell.run(x)
    answer = net.dense.kernel[:, 0]
    moved = np.zeros((T, 4))
    for t in range(T):
        for u in range(4):
            ends = []
            for sign in (1, -1):
                c = trace.c[:, t].copy()
                c[0, u] += sign * little
                h = trace.o[:, t] * np.tanh(c)
                end = net.cell.run(x[:, t + 1 :], (h, c)).last_output[0] if t + 1 < T else h[0]
                ends.append(end @ answer)
            moved[t, u] = (ends[0] - ends[1]) / (2 * little)
    lengths = np.linalg.norm(moved, axis=1)
    found = reach(net.cell, net.dense, x).curves["total"]
    assert np.abs(found - lengths / lengths[-1]).max() < 1e-8  # differences of 1e-6: worst seen 3.6e-11


def test_with_f_alone_nothing_takes_the_detour():
    H = 3
    kernel, recurrent = np.zeros((2, 4 * H)), np.zeros((H, 4 * H))
    bias = np.repeat([0.5, 1.0, 0.3, 0.2], H)  # i, f, g, o: the same at each step, nothing comes from h
    cell = LSTMCell(kernel, recurrent, bias)
    curves = reach(cell, Dense(np.ones((H, 1))), np.zeros((1, 12, 2))).curves
    f = 1 / (1 + np.exp(-1.0))
    assert curves["total"] == pytest.approx(f ** np.arange(11, -1, -1), rel=1e-12)
    assert curves["belt"] == pytest.approx(curves["total"], rel=1e-12) and not curves["detour"].any()


@pytest.mark.parametrize("cell", [SimpleRNNCell, GRUCell])
def test_a_cell_without_a_belt_has_one_curve(cell):
    net = network(cell, 4, np.random.default_rng(0), input_size=3)
    assert list(reach(changed(net.cell), net.dense, np.ones((1, 5, 3))).curves) == ["total"]
