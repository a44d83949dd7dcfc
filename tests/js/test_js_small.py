"""js/numbers/small.js in Node: a small network, packed by Python, answers there as it does here."""

import numpy as np
import pytest

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.cells.variants import PeepholeCell
from lstm_edu.learn import network
from lstm_edu.network import Dense, Network, shipped
from lstm_edu.widgets.packed import packed
from lstm_edu.widgets.small import kind_of, pack

SCRIPT = """
import { answerOf, open, run } from "./numbers/small.js";
give(data.map(({ pack, x }) => {
  const network = open(pack);
  const { T, h } = run(network, Float64Array.from(x));
  return Array.from({ length: T }, (_, t) => answerOf(network, h, t));
}));
"""


def drawn(kind, k):
    """A network of random weights, some in float32, some without biases."""
    rng = np.random.default_rng([k, len(kind.blocks)])
    dtype = np.float32 if k % 2 else np.float64
    inputs, units, outputs = (int(rng.integers(1, most)) for most in (5, 33, 4))
    net = network(kind, units, rng, input_size=inputs, outputs=outputs, dtype=dtype)
    for weights in net.weights.values():
        weights += rng.normal(size=weights.shape).astype(dtype) / 3
    if k % 3:
        return net
    return Network(None, kind(net.cell.kernel, net.cell.recurrent_kernel), Dense(net.dense.kernel))


@pytest.mark.parametrize("kind", [SimpleRNNCell, LSTMCell, GRUCell])
def test_it_answers_as_numpy_does(kind, node):
    networks = [drawn(kind, k) for k in range(30)]
    inputs = [np.random.default_rng(k).normal(size=(k + 1, net.cell.input_size)) for k, net in enumerate(networks)]
    questions = [{"pack": pack(net), "x": x.ravel().tolist()} for net, x in zip(networks, inputs, strict=True)]
    for net, x, told in zip(networks, inputs, node(SCRIPT, questions), strict=True):
        everywhere = np.ones((1, len(x)), bool)
        # float64, up to 30 steps: worst seen 1.4e-14
        assert np.abs(net.logits(x[None], everywhere)[:, 0] - told).max() < 1e-12


def test_a_gru_that_resets_before_the_product_stays_one(node):
    rng = np.random.default_rng(0)
    cell = GRUCell(rng.normal(size=(3, 12)), rng.normal(size=(4, 12)), rng.normal(size=12), reset_after=False)
    net, x = Network(None, cell, Dense(rng.normal(size=(4, 1)))), rng.normal(size=(1, 9, 3))
    [told] = node(SCRIPT, [{"pack": pack(net), "x": x.ravel().tolist()}])
    assert net.logits(x)[0, 0] == pytest.approx(told[-1], abs=1e-12)


def test_float32_where_it_loses_nothing():
    array = np.array([0.1, 0.2])
    assert [packed(one)["dtype"] for one in (array, array.astype(np.float32), np.ones(2))] == [
        "float64",
        "float32",
        "float32",
    ]


SQUARE = np.ones((1, 1))
KNOWN = "SimpleRNNCell, LSTMCell, GRUCell"


@pytest.mark.parametrize(
    ("net", "error", "message"),
    [
        ("lstm", TypeError, "net: expected a Network, got str"),
        (shipped("lstm_32"), ValueError, "net: expected a network that is handed numbers, got one with an embedding"),
        (
            Network(None, PeepholeCell(np.ones((1, 4)), np.ones((1, 4)), np.ones((3, 1))), Dense(SQUARE)),
            TypeError,
            f"net: expected a network with one of {KNOWN}, got one with a PeepholeCell",
        ),
        (
            Network(None, SimpleRNNCell(SQUARE, SQUARE, activation="relu"), Dense(SQUARE)),
            ValueError,
            "net: expected the activation 'tanh', got 'relu'",
        ),
        (
            Network(None, SimpleRNNCell(np.ones((1, 33)), np.ones((33, 33))), Dense(np.ones((33, 1)))),
            ValueError,
            "net: expected a network of D = 1 and at most 32 units, got D = 1 and 33 units",
        ),
    ],
)
def test_what_does_not_fit_is_refused(net, error, message):
    with pytest.raises(error) as caught:
        kind_of(net, "net", 1)
    assert str(caught.value) == message
