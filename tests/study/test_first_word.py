"""How much of the slope reaches the first word, where it can be said by hand."""

import json

import numpy as np
import pytest

from lstm_edu import LSTMCell, SimpleRNNCell, facts, runs
from lstm_edu.imdb import Reviews
from lstm_edu.network import Dense, Embedding, Network
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import recipes, stores, sweep
from lstm_edu.study import first_word

BACK = [1, 2, 10, 39]


def ids(words=40, n=60):
    return np.random.default_rng(0).integers(4, 20, (n, words))


def test_in_a_linear_loop_the_slope_falls_by_its_weight():
    cell = SimpleRNNCell(np.ones((1, 1)), np.full((1, 1), 0.5), activation="linear")
    net = Network(Embedding(np.random.default_rng(0).normal(size=(20, 1))), cell, Dense(np.ones((1, 1)), np.zeros(1)))
    assert first_word.curve(net, ids(), BACK) == pytest.approx(0.5 ** np.array(BACK), rel=1e-12)


def test_where_nothing_hears_h_the_belt_falls_by_the_forget_gate():
    """And no further than float64 has room for: 0.001 to the power of 39."""
    f, H, D = 0.001, 2, 3
    kernel = np.random.default_rng(1).normal(size=(D, 4 * H)) * np.repeat([1, 0, 1, 1], H)
    bias = np.repeat([0, np.log(f / (1 - f)), 0, 0], H)
    cell = LSTMCell(kernel, np.zeros((H, 4 * H)), bias)
    table = np.random.default_rng(2).normal(size=(20, D))
    net = Network(Embedding(table), cell, Dense(np.ones((H, 1)), np.zeros(1)))
    assert first_word.curve(net, ids(), BACK) == pytest.approx(f ** np.array(BACK), rel=1e-9)


def test_reviews_are_long_enough():
    lengths = [3, 5, 4, 9]
    reviews = Reviews(np.arange(21) + 4, np.cumsum([0, *lengths]), np.zeros(4, int))
    assert first_word.long_enough(reviews, 5).tolist() == [[7, 8, 9, 10, 11], [20, 21, 22, 23, 24]]
    with pytest.raises(ValueError, match="words: expected reviews of at least so many, got none of 10"):
        first_word.long_enough(reviews, 10)


def test_the_command_counts_fresh_and_trained(made_up_file, tmp_path, monkeypatch, one_line):
    small = {"num_words": 60, "maxlen": 12, "embedding": 4, "units": 3, "epochs": 2, "learning_rate": 0.05}
    todo = []
    for layer in ("lstm", "simple_rnn"):
        recipe = runs.recipe(f"{layer}_500").but(f"tiny_{layer}", "", **small)
        monkeypatch.setitem(recipes.RECIPES, recipe.name, recipe)
        todo += [(recipe, 1), (recipe, 2)]
    sweep.run(todo, stores.Folder(tmp_path / "runs"), tmp_path, path=made_up_file, report=lambda line: None)
    given = ["--weights", str(tmp_path), "--records", str(tmp_path / "runs"), "--data", str(made_up_file)]
    into = tmp_path / "first_word.json"
    commands.main(["first_word", "tiny_lstm", "tiny_simple_rnn", *given, "--into", str(into)])
    found = json.loads(into.read_text())["recipes"]
    assert found["tiny_lstm"]["back"] == [1, 2, 5, 10, 11] and found["tiny_lstm"]["seeds"] == [1, 2]
    monkeypatch.setattr(first_word, "FILE", into)
    first_word._results.cache_clear()
    for recipe in ("tiny_lstm", "tiny_simple_rnn"):
        (back, fresh), (_, trained) = (first_word.of(recipe, kind) for kind in first_word.KINDS)
        assert fresh.shape == trained.shape == (5, 2) and (fresh != trained).all() and (fresh > 0).all()
        key = f"study.first_word.{recipe}.trained.seed1"
        lost = facts.number(key, first_word.facts())
        assert lost == pytest.approx(-np.log10(trained[-1, 0])) and back[-1] == 11
    with pytest.raises(ValueError, match="kind: expected one of fresh, trained, got 'wild'"):
        first_word.of("tiny_lstm", "wild")
    with pytest.raises(ValueError, match="recipe: expected one of tiny_lstm, tiny_simple_rnn, got 'wang'"):
        first_word.of("wang", "fresh")
    first_word._results.cache_clear()
    one_line(["first_word", "gru_500", *given], "recipe: expected one that this book's own cells train, got gru_500")
