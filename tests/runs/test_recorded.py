"""The numbers said about records follow from them."""

import pytest

from lstm_edu.facts import fact, number
from lstm_edu.runs.recorded import facts


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
    ],
)
def test_a_fact_as_prose_shows_it(key, shown, folder):
    known = facts(folder)
    assert fact(key, known) == shown
    assert number(key, known) == pytest.approx(
        float(shown.strip("%").replace(",", "")) / (100 if key_is_share(key) else 1), abs=0.002
    )


def key_is_share(key):
    return any(part in key for part in (".test.", "train.", "val.best.", "val.last.", ".difference"))


def test_a_short_time_is_not_shown_as_none(made, tmp_path):
    (tmp_path / "one.json").write_text(made("first", 1, [1, 0], seconds=[0.4, 0.6]).to_json())
    assert fact("first.seconds.epoch.mean", facts(tmp_path)) == "0.5"


def test_a_recipe_without_validation_has_no_validation_facts(made, tmp_path):
    history = {"accuracy": [0.5, 0.6], "loss": [0.7, 0.6]}
    one = made("first", 1, [1, 0], history=history, validated=0)
    (tmp_path / "one.json").write_text(one.to_json())
    assert not [key for key in facts(tmp_path) if "val" in key]


def test_a_regression_by_steps_has_its_error_and_nothing_about_answers(made, tmp_path):
    history = {"step": [10, 100], "loss": [0.7, 0.6]}
    for recipe in ("sums", "products"):
        one = made(
            recipe, 1, [0], history=history, results={"error": 0.25}, right="", settings={}, validated=0, tested=1_000
        )
        (tmp_path / f"{one.stem}.json").write_text(one.to_json())
    known = facts(tmp_path)
    assert fact("sums.test_error.mean", known) == "0.250" and number("sums.test_error.seed1", known) == 0.25
    assert {key.split(".")[1] for key in known} == {"runs", "parameters", "test_error", "seconds"}


def test_recipes_are_held_beside_each_other_on_the_same_data_alone(made, tmp_path):
    others = made("third", 1, [1, 0, 1], data={"name": "others", "sha256": ""})
    for one in (made("first", 1, [1, 0]), made("second", 1, [1, 1]), others):
        (tmp_path / f"{one.stem}.json").write_text(one.to_json())
    known = facts(tmp_path)
    assert {tuple(key.split(".")[:3:2]) for key in known if "minus" in key} == {
        ("first", "second"),
        ("second", "first"),
    }
