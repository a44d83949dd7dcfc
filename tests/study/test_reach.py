"""How far back the slope of an answer reaches, on reviews where it can be said by hand."""

import numpy as np
import pytest

from lstm_edu import LSTMCell, SimpleRNNCell
from lstm_edu.imdb import Reviews
from lstm_edu.network import Dense, Embedding, Network
from lstm_edu.study import reach


def test_in_a_linear_loop_the_slope_falls_by_its_weight():
    table = np.random.default_rng(0).normal(size=(20, 1))
    cell = SimpleRNNCell(np.ones((1, 1)), np.full((1, 1), 0.5), activation="linear")
    net = Network(Embedding(table), cell, Dense(np.ones((1, 1))), 500)
    found = reach.slopes(net, np.array([[0, 0, 3, 4, 5], [3, 4, 5, 6, 7]]))
    assert np.allclose(found[1], 0.5 ** np.arange(5)[::-1]) and np.allclose(found[0, 2:], 0.5 ** np.arange(3)[::-1])


@pytest.mark.parametrize("kind", [SimpleRNNCell, LSTMCell])
def test_the_slopes_are_those_of_nudged_words(kind):
    rng = np.random.default_rng(1)
    columns = 3 * len(kind.blocks)
    cell = kind(rng.normal(size=(2, columns)), rng.normal(size=(3, columns)) / 2, rng.normal(size=columns))
    net = Network(Embedding(rng.normal(size=(9, 2))), cell, Dense(rng.normal(size=(3, 1))), 6)
    ids = np.array([[1, 5, 6, 7, 8]])
    x, state, _ = net.ready(ids)
    answer = lambda x: net.logit(cell.run(x, state).h)[0, -1]  # noqa: E731
    nudges = 1e-6 * np.eye(x.size).reshape(-1, *x.shape)
    measured = np.array([(answer(x + n) - answer(x - n)) / 2e-6 for n in nudges]).reshape(5, 2)
    assert np.allclose(reach.slopes(net, ids)[0], np.linalg.norm(measured, axis=1), atol=1e-7)  # central differences


def test_half_is_counted_over_the_words_of_a_review():
    table = np.zeros((20, 1))
    cell = SimpleRNNCell(np.ones((1, 1)), np.ones((1, 1)), activation="linear")  # every word counts alike
    net = Network(Embedding(table), cell, Dense(np.ones((1, 1))), 500)
    lengths = [500, 500, 500]
    reviews = Reviews(np.concatenate([np.full(n, 3) for n in lengths]), np.cumsum([0, *lengths]), np.zeros(3, int))
    found = reach.counted(net, reviews)
    assert found["half"] == 250 and found["curve"] == [1] * len(reach.SHOWN)


def test_the_shipped_result_is_whole():
    for recipe, seeds in (("lstm_32", 5), ("simple_rnn_32", 3)):
        words, curve = reach.curves(recipe)
        assert curve.shape == (len(words), seeds) and (curve[0] == 1).all() and min(reach.halves(recipe).values()) > 0
    with pytest.raises(ValueError, match="recipe: expected one of lstm_32, simple_rnn_32, got 'wang'"):
        reach.curves("wang")
