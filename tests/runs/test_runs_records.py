"""Every shipped record is whole; the numbers said about records follow from them."""

import dataclasses
import itertools
import json
import re

import numpy as np
import pytest

from lstm_edu import imdb, runs
from lstm_edu.runs import records
from lstm_edu.runs.recipes import RECIPES, BagRecipe, SequenceRecipe

SHIPPED = sorted(records.FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_record_is_whole(path):
    record = records.read(path)
    recipe = RECIPES[record.recipe]
    assert path.stem == record.stem and record.seed == int(path.stem.rpartition("seed")[2])
    assert record.settings == records.plain(recipe.settings())
    expected = {"accuracy", "loss"} | ({"val_accuracy", "val_loss"} if recipe.validation_split else set())
    assert record.history.keys() == expected
    for name, values in record.history.items():
        assert len(values) == recipe.epochs
        assert all(0 <= value <= 1 if "accuracy" in name else 0 < value < 5 for value in values)
    assert len(record.seconds) == recipe.epochs and min(record.seconds) > 0
    assert record.test_reviews == 25_000 and record.correct.shape == (25_000,)
    assert record.correct.mean() == record.test_accuracy and 0.5 < record.test_accuracy < 0.95
    assert 0 < record.test_loss < 5
    assert record.versions.keys() == {"python", "numpy", "keras", "tensorflow"}
    assert record.data_sha256 == imdb.statistics()["data_sha256"]
    assert record.command == f"python -m lstm_edu.runs train {record.recipe} --seeds {record.seed}"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_record_counts_its_parameters(path):
    record = records.read(path)
    assert record.parameters == parameters(RECIPES[record.recipe])


def parameters(recipe):
    """Trained numbers in a recipe's model, from its shapes."""
    if isinstance(recipe, BagRecipe):
        below = 0
        widths = (recipe.num_words, *recipe.hidden, 1)
    else:
        blocks = {"lstm": 4, "simple_rnn": 1}[recipe.layer]
        recurrent = blocks * recipe.units * (recipe.embedding + recipe.units + 1)
        below = recipe.num_words * recipe.embedding + recurrent
        widths = (recipe.units, *([recipe.dense] if recipe.dense else []), 1)
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
            recipe.epochs = 1
    with pytest.raises(ValueError, match="recipe: expected one of lstm_32, .*got 'lstm_33'"):
        runs.recipe("lstm_33")


# made-up records


def record(recipe, seed, correct, **changes):
    correct = np.asarray(correct, bool)
    fields = {
        "recipe": recipe,
        "settings": {"epochs": 2, "validation_split": 0.2},
        "seed": seed,
        "parameters": 1234,
        "history": {
            "accuracy": [0.5, 0.75],
            "loss": [0.7, 0.5],
            "val_accuracy": [0.8, 0.6 + seed / 100],
            "val_loss": [0.4, 0.6],
        },
        "test_loss": 0.5,
        "test_accuracy": float(correct.mean()),
        "test_reviews": len(correct),
        "right": records.pack(correct),
        "seconds": [10.0, 4.0],
        "versions": {},
        "data_sha256": "",
        "command": "",
    }
    return records.Record(**fields | changes)


@pytest.fixture
def folder(tmp_path):
    """Two recipes with two seeds on eight reviews; the second recipe alone has seed 3."""
    made = [
        record("first", 1, [1, 1, 1, 1, 1, 1, 0, 0]),
        record("first", 2, [1, 1, 1, 1, 1, 1, 1, 1]),
        record("second", 1, [1, 1, 1, 0, 0, 0, 1, 0]),
        record("second", 2, [0, 1, 1, 1, 1, 1, 1, 1]),
        record("second", 3, [0] * 8),
    ]
    into = tmp_path / "runs"
    into.mkdir()
    for one in made:
        (into / f"{one.stem}.json").write_text(one.to_json())
    card = {"seed": 2, "bytes": 270_000, "answers_changed": 3}
    card |= {"quantised": {"test_accuracy": 0.87, "test_loss": 0.36}, "unquantised": {"test_accuracy": 0.868}}
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "first.json").write_text(json.dumps(card))
    return into


def test_records_come_back_as_they_were(folder):
    [first, second] = records.load("first", folder)
    assert (first.seed, second.seed) == (1, 2)
    assert first == record("first", 1, [1, 1, 1, 1, 1, 1, 0, 0])
    assert first.correct.tolist() == [True] * 6 + [False] * 2
    assert len(records.load(folder=folder)) == 5
    with pytest.raises(ValueError, match=r"recipe: expected one with records \(first, second\), got 'third'"):
        records.load("third", folder)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"recipe": "first"}', '{"no": 1}'])
def test_a_file_that_is_no_record_is_named(content, tmp_path):
    (tmp_path / "broken.json").write_text(content)
    with pytest.raises(ValueError, match="broken.json: expected the record of a run"):
        records.load(folder=tmp_path)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("first.runs", "2"),
        ("first.epochs", "2"),
        ("first.parameters", "1,234"),
        ("first.test.mean", "87.5%"),
        ("first.test.min", "75.0%"),
        ("first.test.max", "100.0%"),
        ("first.test.spread", "25.0"),
        ("first.test.seed2", "100.0%"),
        ("first.test.half_width", "22.9"),  # 1.96 sqrt(.875 * .125 / 8)
        ("first.test_loss.mean", "0.500"),
        ("first.train.last.mean", "75.0%"),
        ("first.val.best.max", "80.0%"),
        ("first.val.best_epoch.max", "1"),
        ("first.val.last.mean", "61.5%"),
        ("first.val.last.half_width", "1.3"),  # 5,000 reviews are held out
        ("first.val_loss.best.mean", "0.400"),
        ("first.val_loss.last.mean", "0.600"),
        ("first.seconds.epoch.mean", "7"),
        ("first.seconds.run.mean", "14"),
        ("first.minus.second.difference.seed1", "25.0"),
        ("first.minus.second.difference.mean", "18.8"),
        ("second.minus.first.difference.mean", "-18.8"),
        ("first.minus.second.first_only.seed1", "3"),
        ("first.minus.second.second_only.seed1", "1"),
        ("first.minus.second.second_only.seed2", "0"),
        ("first.shipped.test", "87.0%"),
        ("first.shipped.difference", "0.2"),
        ("first.shipped.changed", "3"),
        ("first.shipped.seed", "2"),
        ("first.shipped.bytes", "270,000"),
    ],
)
def test_a_fact_as_prose_shows_it(key, shown, folder):
    assert records.fact(key, folder) == shown
    assert records.number(key, folder) == pytest.approx(
        float(shown.strip("%").replace(",", "")) / (100 if key_is_share(key) else 1), abs=0.002
    )


def key_is_share(key):
    return any(part in key for part in (".test.", "train.", "val.best.", "val.last.", ".difference")) or key.endswith(
        "shipped.test"
    )


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("third.test.mean", r"key: expected \[first \| second\], got 'third.test.mean'"),
        ("first.tset.mean", r"key: expected first.\[epochs \| minus \| parameters \| .*\], got"),
        ("first.val.best", r"key: expected first.val.best.\[half_width \| max \| .*seed2 \| spread\], got"),
        ("first.test.mean.more", r"key: expected first.test.\[.*mean.*\], got"),
        ("first.test.seed3", r"key: expected first.test.\[.*seed1 \| seed2 \| spread\], got"),
        ("", r"key: expected \[first \| second\], got ''"),
        (None, r"key: expected \[first \| second\], got None"),
    ],
)
def test_an_unknown_key_names_the_known_ones(key, message, folder):
    with pytest.raises(ValueError, match=message):
        records.fact(key, folder)


def test_a_short_time_is_not_shown_as_none(tmp_path):
    (tmp_path / "one.json").write_text(record("first", 1, [1, 0], seconds=[0.4, 0.6]).to_json())
    assert records.fact("first.seconds.epoch.mean", tmp_path) == "0.5"


def test_every_shipped_fact_is_one_word():
    """In a page a fact stands before the comment with its key, so it holds no space and the key no other sign."""
    known = records.keys()
    assert "lstm_32.test.mean" in known
    for key in known:
        assert re.fullmatch(r"[a-z0-9_.]+", key)
        assert re.fullmatch(r"-?[0-9][0-9,.]*%?", records.fact(key)), key


def test_a_recipe_without_validation_has_no_validation_facts(tmp_path):
    history = {"accuracy": [0.5, 0.6], "loss": [0.7, 0.6]}
    one = record("first", 1, [1, 0], history=history, settings={"epochs": 2, "validation_split": 0.0})
    (tmp_path / "one.json").write_text(one.to_json())
    assert not [key for key in records.keys(tmp_path) if "val" in key]


# intervals


def test_intervals_are_those_of_the_textbook():
    assert 100 * records.half_width(0.88, 5_000) == pytest.approx(0.90, abs=0.005)
    assert 100 * records.half_width(0.88, 25_000) == pytest.approx(0.40, abs=0.005)
    low, high = records.interval(0.88, 5_000)
    assert (low + high) / 2 == pytest.approx(0.88) and high - low == pytest.approx(2 * records.half_width(0.88, 5_000))
    for p, n in ((-0.1, 10), (1.1, 10), (0.5, 0)):
        with pytest.raises(ValueError, match="p, n: expected"):
            records.interval(p, n)


def test_the_interval_holds_what_it_says():
    """Of 2,000 made-up measurements on 500 reviews, 95% have the true accuracy in their interval."""
    rng = np.random.default_rng(0)
    found = rng.binomial(500, 0.85, 2_000) / 500
    inside = [low <= 0.85 <= high for low, high in (records.interval(p, 500) for p in found)]
    assert 0.93 < np.mean(inside) < 0.97  # standard error 0.005


def test_paired_counts_reviews(folder):
    pair = records.paired("first", "second", folder)
    assert pair.seeds == (1, 2)
    assert pair.difference.tolist() == [0.25, 0.125]
    assert pair.first_only.tolist() == [3, 1] and pair.second_only.tolist() == [1, 0]
    # McNemar's: sqrt(b + c - (b - c)^2 / n) / n
    by_hand = [1.96 * np.sqrt(b + c - (b - c) ** 2 / 8) / 8 for b, c in ((3, 1), (1, 0))]
    assert pair.half_width == pytest.approx(by_hand, rel=1e-4)
    assert pair.mean == 0.1875 and pair.low < pair.mean < pair.high
    back = records.paired("second", "first", folder)
    assert back.mean == -pair.mean and back.low == pytest.approx(-pair.high)


def test_a_paired_interval_is_narrower_where_models_err_alike():
    rng = np.random.default_rng(0)
    hard = rng.random(20_000) < 0.12  # reviews both get wrong
    a, b = ~hard & (rng.random(20_000) > 0.01), ~hard & (rng.random(20_000) > 0.02)
    apart = np.hypot(records.half_width(a.mean(), 20_000), records.half_width(b.mean(), 20_000))
    assert records.mean_half_width(a.astype(float) - b) < apart / 2


def test_recipes_without_a_common_seed_are_not_paired(tmp_path):
    for one in (record("first", 1, [1, 0]), record("second", 2, [1, 0])):
        (tmp_path / f"{one.stem}.json").write_text(one.to_json())
    with pytest.raises(ValueError, match="expected a seed that both have"):
        records.paired("first", "second", tmp_path)


def test_packed_answers_unpack():
    rng = np.random.default_rng(0)
    for n in (1, 7, 8, 9, 25_000):
        correct = rng.random(n) < 0.87
        assert (record("first", 1, correct).correct == correct).all()


def test_sequence_recipes_say_what_their_models_need():
    for recipe in RECIPES.values():
        if isinstance(recipe, SequenceRecipe):
            assert recipe.layer in {"lstm", "simple_rnn"} and recipe.maxlen > 0
