"""Trained models on test reviews whose words stand in another order: small ones, and what can be said beforehand."""

import json
from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import facts, imdb, runs, study
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import data, in_numpy, recipes, stores, sweep
from lstm_edu.study import order

SMALL = {"num_words": 60}
LSTM = runs.recipe("lstm_500").but("tiny", "", **SMALL, maxlen=12, embedding=4, units=3, epochs=2, learning_rate=0.05)
WORDS, PAIRS = (runs.recipe(f"logistic_{n}").but(f"tiny_{n}", "", **SMALL, strengths=[1.0]) for n in ("words", "pairs"))


@pytest.fixture
def given(made_up_file, tmp_path, monkeypatch):
    """What follows the command and the recipes; two runs of the LSTM and one of each other are in the folders."""
    pytest.importorskip("sklearn")
    for recipe in (LSTM, WORDS, PAIRS):
        monkeypatch.setitem(recipes.RECIPES, recipe.name, recipe)
    todo = [(LSTM, 1), (LSTM, 2), (WORDS, 1), (PAIRS, 1)]
    sweep.run(todo, stores.Folder(tmp_path / "runs"), tmp_path / "weights", path=made_up_file, report=lambda line: None)
    monkeypatch.setattr(order, "FILE", tmp_path / "order.json")
    order._results.cache_clear()
    yield ["--weights", str(tmp_path / "weights"), "--records", str(tmp_path / "runs"), "--data", str(made_up_file)]
    order._results.cache_clear()


def test_the_command_counts_recipe_by_recipe(given, tmp_path, made_up_file):
    commands.main(["order", "tiny", "tiny_words", *given])
    first = json.loads((tmp_path / "order.json").read_text())["recipes"]
    commands.main(["order", "tiny_pairs", *given])
    both = json.loads((tmp_path / "order.json").read_text())
    assert both["recipes"].keys() == {"tiny", "tiny_words", "tiny_pairs"} and both["recipes"]["tiny"] == first["tiny"]
    assert both["command"] == "python -m lstm_edu.runs order"
    for recipe, seeds in (("tiny", 2), ("tiny_words", 1), ("tiny_pairs", 1)):
        recorded = [run.results for run in runs.records.load(recipe, tmp_path / "runs")]
        for metric in ("accuracy", "accuracy_at_median", "auc"):
            assert order.of(recipe, "written", metric).tolist() == [results[metric] for results in recorded]
        assert order.of(recipe, "words").shape == (seeds,) and not order.of(recipe, "written", "changed").any()
    # which words there are is the same in any order, which pairs there are is not
    for way in order.WAYS:
        assert order.of("tiny_words", way, "changed") == 0
    assert order.of("tiny_pairs", "words", "changed") > 0 and order.of("tiny", "words", "changed").max() > 0
    assert facts.fact("study.order.tiny_words.pairs_changed.mean", study.order.facts()) == "0.0%"
    assert facts.number("study.order.tiny.reversed.seed2", order.facts()) == order.of("tiny", "reversed")[1]
    for path, name in (
        (("other", "words"), "recipe"),
        (("tiny", "letters"), "way"),
        (("tiny", "words", "f1"), "metric"),
    ):
        with pytest.raises(ValueError, match=f"{name}: expected one of"):
            order.of(*path)


def test_answers_are_those_of_each_review_read_alone(given, made_up_file, tmp_path):
    found = order.count(["tiny"], tmp_path / "weights", tmp_path / "runs", made_up_file, lambda line: None)["tiny"]
    test = data.load(LSTM, made_up_file).test
    with np.load(tmp_path / "weights" / "tiny-seed2.npz") as arrays:
        network = in_numpy.trained(LSTM, arrays)
    for way in ("reversed", "fives"):
        reviews = order.reordered(test, way, 12)
        alone = [network.logits(imdb.pad([review], 12))[0, 0] > 0 for review in reviews]
        assert found[way]["accuracy"][1] == pytest.approx((alone == (test.labels == 1)).mean(), abs=1e-6)


@pytest.mark.parametrize("way", order.WAYS)
def test_every_way_keeps_the_words_that_are_read(way, made_up_file):
    _, test = imdb.load(made_up_file, num_words=60)
    moved = order.reordered(test, way, 12)
    assert (moved.labels == test.labels).all()
    for row, whole in zip(moved, test, strict=True):
        last = whole if way == "written" else whole[-12:]
        assert sorted(row) == sorted(last) and (row[0] == 1) == (last[0] == 1)
    assert (moved.tokens == order.reordered(test, way, 12).tokens).all()
    if way == "reversed":
        assert moved[0][-1] == test[0][-12:][int(moved[0][0] == 1)]


def test_bad_days_are_one_line(given, tmp_path, one_line):
    one_line(["order", "lstm_33", *given], "recipe: expected one of lstm_32")
    one_line(["order", "lstm_500", *given], "recipe: expected one with records (tiny")
    weights = tmp_path / "weights"
    (weights / "tiny-seed1.npz").write_bytes((weights / "tiny-seed2.npz").read_bytes())
    one_line(["order", "tiny", *given], "tiny-seed1.npz: expected weights that give the recorded answers")
    (weights / "tiny_words-seed1.npz").unlink()
    one_line(["order", "tiny_words", *given], "expected the trained arrays of tiny_words")
    one_line(["order", "tiny", *given[:-1], str(tmp_path / "none")], "none: expected a file of the IMDB data")
    assert not (tmp_path / "order.json").exists()


def test_runs_without_weights_are_left_out(given, tmp_path, made_up_file):
    (tmp_path / "weights" / "tiny-seed1.npz").unlink()
    found = order.count(["tiny"], tmp_path / "weights", tmp_path / "runs", made_up_file, lambda line: None)
    assert found["tiny"]["seeds"] == [2] and len(found["tiny"]["pairs"]["auc"]) == 1


@pytest.mark.keras
def test_a_model_of_keras_is_read_too(made_up_file, tmp_path, monkeypatch):
    gru = recipes.of_reviews("tiny_gru", "sequence", **SMALL, maxlen=12, embedding=4, units=3, epochs=1, layer="gru")
    monkeypatch.setitem(recipes.RECIPES, "tiny_gru", gru)
    store = stores.Folder(tmp_path / "runs")
    sweep.run([(gru, 1)], store, tmp_path, path=made_up_file, report=lambda line: None)
    found = order.count(["tiny_gru"], tmp_path, tmp_path / "runs", made_up_file, lambda line: None)["tiny_gru"]
    [run] = runs.records.load("tiny_gru", tmp_path / "runs")
    assert found["written"]["accuracy"] == [run.results["accuracy"]] and found["written"]["auc"] == [run.results["auc"]]
    wrong = replace(run, right=runs.records.pack(~run.correct))
    with pytest.raises(ValueError, match="expected weights that give the recorded answers"):
        order.compared(lambda reviews: np.ones(80), {"written": data.load(gru, made_up_file).test}, wrong)
