"""Every shipped record is whole, and is of a recipe as it stands."""

import dataclasses
import json
import pickle
import re

import numpy as np
import pytest

from lstm_edu import imdb, runs
from lstm_edu.runs import recipes, records
from lstm_edu.runs.one_run import TRAINERS
from lstm_edu.runs.recipes import LSTM_32, RECIPES

SHIPPED = sorted(records.FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_record_is_whole(path):
    record = records.read(path)
    recipe = RECIPES[record.recipe]
    assert path.stem == record.stem and record.seed == int(path.stem.rpartition("seed")[2])
    assert (record.model, record.trainer, record.settings) == (recipe.model, recipe.trainer, recipe.settings)
    assert record.data == {"name": recipe.data, "sha256": imdb.statistics()["data_sha256"]}
    of = recipe.whole
    there = min(of.get("reviews") or np.inf, imdb.statistics()["train"]["reviews"])
    assert record.validated == round(of["validation_split"] * there)
    expected = {"accuracy", "loss"} | ({"val_accuracy", "val_loss"} if record.validated else set())
    rows = "strength" if recipe.model == "n_grams" else "epochs"
    assert record.history.keys() == expected | ({rows} & {"strength"})
    assert {len(values) for values in record.history.values()} == {lines(record, of)}
    for name in expected:
        assert all(0 <= value <= 1 if "accuracy" in name else 0 < value < 5 for value in record.history[name])
    assert len(record.seconds) == (1 if rows == "strength" else lines(record, of)) and min(record.seconds) > 0
    assert record.tested == 25_000 and record.correct.shape == (25_000,)
    counted = record.results.keys() - {
        "accuracy_at_median",
        "auc",
        "accuracy_at_best",
    }  # later trainers count them, too
    assert counted == {"accuracy", "loss"}
    assert record.correct.mean() == record.results["accuracy"]
    least = 0.5 if there == imdb.statistics()["train"]["reviews"] else 0.45  # of a hundred reviews little is learnt
    assert least < record.results["accuracy"] < 0.95 and 0 < record.results["loss"] < 5
    trained_by = {"keras": {"keras", "tensorflow"}, "scikit": {"scikit-learn", "scipy"}, "numpy": set()}
    assert record.versions.keys() == {"python", "numpy"} | trained_by[recipe.trainer]
    assert record.command == f"python -m lstm_edu.runs train {record.recipe} --seeds {record.seed}"


def lines(record, of):
    """How many rows its history has: epochs or strengths; where patience ended it, so many epochs after the best."""
    if "strengths" in of:
        return len(of["strengths"])
    if not of.get("patience"):
        return of["epochs"]
    best = 1 + int(np.argmin(record.history["val_loss"]))
    return min(best + of["patience"], of["epochs"])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_record_counts_its_parameters(path, parameters):
    record = records.read(path)
    if record.model == "n_grams":  # as many as the reviews have, one for each, and the bias
        assert record.parameters > record.settings["num_words"] / 2
    else:
        assert record.parameters == parameters(RECIPES[record.recipe])


def test_the_main_recipe_has_three_runs():
    assert {record.seed for record in records.load("lstm_32")} >= {1, 2, 3}


def test_recipes_are_data(parameters):
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
    with pytest.raises(TypeError, match=r"settings: expected some of .*num_words, .*got unit"):
        LSTM_32.but("wider", "nobody", unit=64)


def test_each_recipe_says_what_its_trainer_knows():
    for recipe in RECIPES.values():
        known = recipes.MODELS[recipe.model] | recipes.MORE.get(recipe.trainer, {})
        assert recipe.settings.keys() <= known.keys() and recipe.trainer in TRAINERS and recipe.source
        assert recipe.whole.keys() >= recipe.settings.keys() and recipe.whole | recipe.settings == recipe.whole


def test_no_two_recipes_are_the_same():
    """But for those that are there to be run beside another."""
    again = {"lstm_32_threads_again", "lstm_32_beside"}
    said = [
        json.dumps([r.model, r.trainer, r.settings], sort_keys=True) for r in RECIPES.values() if r.name not in again
    ]
    assert len(set(said)) == len(said)


def test_the_many_recipes_change_what_their_names_say():
    main = RECIPES["lstm_500"].settings
    assert main == LSTM_32.settings | {"alike": False} and RECIPES["lstm_500"].trainer == "numpy"
    for name, change in {
        "simple_rnn_500": {"layer": "simple_rnn"},
        "gru_50": {"layer": "gru", "maxlen": 50},
        "lstm_1000": {"maxlen": 1_000},
        "lstm_pad_post_cut_pre": {"pad": "post", "cut": "pre"},
        "lstm_mask_cut_post": {"mask": True, "cut": "post"},
        "lstm_as_in_2017": {"optimizer": "rmsprop_2017", "recurrent_activation": "hard_sigmoid_keras2"},
        "lstm_200_units8_embedding64": {"maxlen": 200, "units": 8, "embedding": 64},
        "lstm_200_peephole": {"maxlen": 200, "layer": "lstm_peephole"},
    }.items():
        assert RECIPES[name].settings == main | change
    few = RECIPES["gru_200_of_300"].settings
    assert few == RECIPES["gru_200"].settings | {"reviews": 300, "batch_size": 32, "epochs": 100, "patience": 10}
    assert RECIPES["gru_mask"].settings == LSTM_32.settings | {"layer": "gru", "mask": True}
    for words in (50, 100, 200, 500):
        for layer in ("lstm", "simple_rnn", "gru"):
            of = RECIPES[f"{layer}_{words}"].settings
            assert (of["layer"], of["maxlen"]) == (layer, words)


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
