"""Every shipped record is whole, and is of a recipe as it stands."""

import dataclasses
import itertools
import json
import pickle
import re

import numpy as np
import pytest

from lstm_edu import imdb, runs
from lstm_edu.runs import records
from lstm_edu.runs.recipes import LSTM_32, RECIPES

SHIPPED = sorted(records.FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_record_is_whole(path):
    record = records.read(path)
    recipe = RECIPES[record.recipe]
    assert path.stem == record.stem and record.seed == int(path.stem.rpartition("seed")[2])
    assert (record.model, record.trainer, record.settings) == (recipe.model, recipe.trainer, recipe.settings)
    assert record.data == {"name": recipe.data, "sha256": imdb.statistics()["data_sha256"]}
    validated = round(recipe.settings["validation_split"] * imdb.statistics()["train"]["reviews"])
    assert record.validated == validated
    expected = {"accuracy", "loss"} | ({"val_accuracy", "val_loss"} if validated else set())
    assert record.history.keys() == expected
    for name, values in record.history.items():
        assert len(values) == recipe.settings["epochs"]
        assert all(0 <= value <= 1 if "accuracy" in name else 0 < value < 5 for value in values)
    assert len(record.seconds) == recipe.settings["epochs"] and min(record.seconds) > 0
    assert record.tested == 25_000 and record.correct.shape == (25_000,)
    counted = record.results.keys() - {"accuracy_at_median", "auc"}  # a later trainer counts these two as well
    assert counted == {"accuracy", "loss"}
    assert record.correct.mean() == record.results["accuracy"] and 0.5 < record.results["accuracy"] < 0.95
    assert 0 < record.results["loss"] < 5
    of_keras = {"keras", "tensorflow"} if recipe.trainer == "keras" else set()
    assert record.versions.keys() == {"python", "numpy"} | of_keras
    assert record.command == f"python -m lstm_edu.runs train {record.recipe} --seeds {record.seed}"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_record_counts_its_parameters(path):
    record = records.read(path)
    assert record.parameters == parameters(RECIPES[record.recipe])


def parameters(recipe):
    """Trained numbers in a recipe's model, from its shapes."""
    of = recipe.settings
    if recipe.model == "bag":
        below = 0
        widths = (of["num_words"], *of["hidden"], 1)
    else:
        blocks, H, D = {"lstm": 4, "simple_rnn": 1}[of["layer"]], of["units"], of["embedding"]
        below = of["num_words"] * D + blocks * H * (D + H + 1)
        widths = (H, *([of["dense"]] if of["dense"] else []), 1)
    return below + sum((a + 1) * b for a, b in itertools.pairwise(widths))


def test_the_main_recipe_has_three_runs():
    assert {record.seed for record in records.load("lstm_32")} >= {1, 2, 3}


def test_recipes_are_data():
    assert parameters(RECIPES["lstm_32"]) == 328_353  # 320,000 + 8,320 + 33
    assert parameters(RECIPES["rnn_tw"]) == 323_169
    assert parameters(RECIPES["brownlee"]) == 213_301
    for name, recipe in RECIPES.items():
        assert name == recipe.name and re.fullmatch(r"[a-z0-9_]+", name)  # a key's first part has no dot
        with pytest.raises(dataclasses.FrozenInstanceError):
            recipe.data = "other"
        assert pickle.loads(pickle.dumps(recipe)) == recipe
        assert json.loads(json.dumps(dataclasses.asdict(recipe))) == dataclasses.asdict(recipe)  # plain values
    with pytest.raises(ValueError, match="recipe: expected one of lstm_32, .*got 'lstm_33'"):
        runs.recipe("lstm_33")


def test_a_recipe_that_differs_names_a_setting_it_has():
    wider = LSTM_32.but("wider", "nobody", units=64)
    assert wider.settings == LSTM_32.settings | {"units": 64} and wider.model == LSTM_32.model
    with pytest.raises(TypeError, match=r"settings: expected some of num_words, .*got unit"):
        LSTM_32.but("wider", "nobody", unit=64)


def test_sequence_recipes_say_what_their_models_need():
    for recipe in RECIPES.values():
        if recipe.model == "sequence":
            assert recipe.settings["layer"] in {"lstm", "simple_rnn"} and recipe.settings["maxlen"] > 0


# made-up records


def test_records_come_back_as_they_were(folder, made):
    [first, second] = records.load("first", folder)
    assert (first.seed, second.seed) == (1, 2)
    assert first == made("first", 1, [1, 1, 1, 1, 1, 1, 0, 0])
    assert first.correct.tolist() == [True] * 6 + [False] * 2
    assert len(records.load(folder=folder)) == 5
    with pytest.raises(ValueError, match=r"recipe: expected one with records \(first, second\), got 'third'"):
        records.load("third", folder)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"recipe": "first"}', '{"no": 1}'])
def test_a_file_that_is_no_record_is_named(content, tmp_path):
    (tmp_path / "broken.json").write_text(content)
    with pytest.raises(ValueError, match="broken.json: expected the record of a run"):
        records.load(folder=tmp_path)


def test_packed_answers_unpack(made):
    rng = np.random.default_rng(0)
    for n in (1, 7, 8, 9, 25_000):
        correct = rng.random(n) < 0.87
        assert (made("first", 1, correct).correct == correct).all()
    assert made("first", 1, [0], right=records.pack(None)).right == ""
