"""A network's way back: every slope against central differences, for each cell, each way to ask, words and numbers."""

import re

import numpy as np
import pytest
from test_initial import KINDS

from lstm_edu import learn
from lstm_edu.cells import GRUCell, LSTMCell
from lstm_edu.network.layers import Rows

WORDS = np.array([[0, 0, 3, 1], [2, 3, 3, 5], [0, 4, 1, 1]])  # zeros in front do not count
ASKED = np.array([[0, 0, 1, 1], [0, 1, 0, 0], [0, 0, 0, 1]], bool)


def dense(slopes, shape):
    """Slopes as an array, whether they were rows or not."""
    if not isinstance(slopes, Rows):
        return slopes
    whole = np.zeros(shape)
    whole[slopes.ids] = slopes.values
    return whole


def worst(net, inputs, asked, loss, y):
    """The largest difference of a slope to the one measured."""
    forward = net.forward(inputs, asked)
    slopes = forward.backward(loss(forward.logits, y)[1])
    assert list(slopes) == list(net.weights)
    differences = []
    for name, weight in net.weights.items():
        own = dense(slopes[name], weight.shape)
        for where in list(np.ndindex(weight.shape))[:: max(1, weight.size // 12)]:
            kept, losses = weight[where], []
            for moved in (1e-6, -1e-6):
                weight[where] = kept + moved
                losses.append(loss(net.logits(inputs, asked), y)[0])
            weight[where] = kept
            differences.append(abs((losses[0] - losses[1]) / 2e-6 - own[where]))
    return max(differences)


@pytest.mark.parametrize("asked", [None, ASKED], ids=["last", "chosen"])
@pytest.mark.parametrize("kind", KINDS)
def test_words(kind, asked):
    rng = np.random.default_rng(0)
    net = learn.network(kind, 4, rng, words=6, embedding=3, dtype=np.float64)
    y = rng.integers(0, 2, 3 if asked is None else ASKED.sum())
    assert worst(net, WORDS, asked, learn.binary_cross_entropy, y) < 2e-9  # central differences, float64


@pytest.mark.parametrize("asked", [None, ASKED], ids=["last", "chosen"])
@pytest.mark.parametrize("kind", KINDS)
def test_numbers(kind, asked):
    rng = np.random.default_rng(1)
    net = learn.network(kind, 4, rng, input_size=3, outputs=4, dtype=np.float64)
    x, n = rng.normal(size=(3, 4, 3)), 3 if asked is None else ASKED.sum()
    assert worst(net, x, asked, learn.softmax_cross_entropy, rng.integers(0, 4, n)) < 2e-9
    assert worst(net, x, asked, learn.squared_error, rng.normal(size=(n, 4))) < 2e-8  # larger slopes


def test_a_row_that_ends_in_padding_is_answered_at_its_last_word():
    net = learn.network(LSTMCell, 4, np.random.default_rng(0), words=6, embedding=3, dtype=np.float64)
    behind = np.array([[3, 1, 0, 0], [2, 3, 3, 5]])
    assert np.allclose(net.logits(behind)[0], net.logits(behind[:1, :2])[0], atol=1e-15)
    assert worst(net, behind, None, learn.binary_cross_entropy, np.array([0, 1])) < 2e-9


def test_padding_in_front_changes_no_answer_and_learns_nothing():
    net = learn.network(GRUCell, 4, np.random.default_rng(0), words=6, embedding=3)
    assert np.array_equal(net.logits(WORDS[:1]), net.logits(WORDS[:1, 2:]))
    forward = net.forward(WORDS)
    slopes = forward.backward(np.ones((3, 1), np.float32))["embedding"]
    assert slopes.ids.tolist() == sorted(slopes.ids) and (dense(slopes, (6, 3))[0] == 0).all()


def test_the_fast_way_back_ends_where_the_slopes_have_vanished_and_no_digit_is_lost():
    rng = np.random.default_rng(0)
    net = learn.network(LSTMCell, 8, rng, words=50, embedding=8, forget_bias=-1)
    ids = rng.integers(1, 50, (4, 300))
    forward = net.forward(ids)
    fast = forward.run.backward(d_state=(np.ones((4, 8), np.float32), np.zeros((4, 8), np.float32)))
    whole = net.cell.run(net.embedding(ids)).backward(d_state=(np.ones((4, 8)), np.zeros((4, 8))))
    reached = fast.inputs.any((0, 2))
    assert not reached[:100].any() and reached[-10:].all()
    assert np.abs(whole.inputs[:, ~reached]).max() < 1e-12 * np.abs(whole.inputs).max()
    for name, slopes in whole.weights.items():
        assert np.allclose(fast.weights[name], slopes, rtol=0, atol=2e-6 * np.abs(slopes).max())  # float32, 300 steps


@pytest.mark.parametrize("ids", [WORDS, 0 * WORDS], ids=["words", "padding alone"])
def test_no_slope_at_all_is_no_rows(ids):
    net = learn.network(LSTMCell, 4, np.random.default_rng(0), words=6, embedding=3)
    slopes = net.forward(ids).backward(np.zeros((3, 1), np.float32))
    assert len(slopes["embedding"].ids) == 0 and not slopes["kernel"].any()
    memory = {}
    learn.adam(net.weights, learn.clipped(slopes, 1.0), memory)
    assert all(np.isfinite(weight).all() for weight in net.weights.values())


def test_slopes_that_grow_again_are_not_lost():
    """Closed gates late, open ones early: they fall to 1e-25 of the largest, and rise to 1e11 times of it."""
    cell = LSTMCell([[4, 0, 0, 4]], [[0, 0, 3, 0]], [0, -8, 0, 0])
    x = np.where(np.arange(160) < 80, 1, -0.1)[None, :, None].astype(np.float32)
    d_outputs = np.zeros((1, 160, 1), np.float32)
    d_outputs[0, -1] = 1
    fast, whole = (run(x).backward(d_outputs) for run in (cell.forward, cell.run))
    assert np.allclose(fast.initial_state, whole.initial_state, rtol=1e-3)  # seen 1e-4: rounding that grows 1e36-fold


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda net: net.forward(WORDS[0]), "inputs: expected ids (B, T), got shape (4,)"),
        (lambda net: net.logits(WORDS, np.zeros((3, 4), bool)), "asked: expected at least one step that is asked"),
        (lambda net: net.forward(WORDS).run.backward(np.zeros((3, 9, 4))), "d_outputs: expected shape (B, T, H)"),
        (lambda net: net.forward(WORDS).backward(np.zeros((2, 1))), "d_logits: expected shape (N, K) = (3, 1)"),
    ],
)
def test_what_does_not_fit_is_said(call, words):
    net = learn.network(LSTMCell, 4, np.random.default_rng(0), words=6, embedding=3)
    with pytest.raises(ValueError, match=re.escape(words)):
        call(net)
