"""The numbers said about records follow from them."""

import pytest

from lstm_edu.facts import fact, number
from lstm_edu.runs import chance
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
        ("first.ended.mean", "2"),
        ("first.best.over_last.mean", "18.5"),
        ("first.val.over_test.mean", "-26.0"),
        ("first.test.deviation", "17.7"),
        ("first.test.half_width_seeds", "158.8"),  # t of one degree of freedom is 12.7
        ("first.disagreement", "25.0%"),
        ("first.minus.second.difference.mean", "41.7"),
        ("second.minus.first.difference.mean", "-41.7"),
        ("first.minus.second.above", "5"),
        ("first.minus.second.pairs", "6"),
        ("first.minus.second.disagreement", "54.2%"),
    ],
)
def test_a_fact_as_prose_shows_it(key, shown, folder):
    known = facts(folder)
    assert fact(key, known) == shown
    assert number(key, known) == pytest.approx(
        float(shown.strip("%").replace(",", "")) / (100 if key_is_share(key) else 1), abs=0.002
    )


def key_is_share(key):
    return any(
        part in key
        for part in (".test.", "train.", "val.best.", "val.last.", ".difference", "best.over", "val.over", "disag")
    )


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
    others = [made("third", seed, [1, 0, 1], data={"name": "others", "sha256": ""}) for seed in (1, 2)]
    known = [made(name, seed, [1, seed > 1]) for name in ("first", "second") for seed in (1, 2)]
    for one in (*known, *others, made("alone", 1, [1, 0])):
        (tmp_path / f"{one.stem}.json").write_text(one.to_json())
    known = facts(tmp_path)
    assert {tuple(key.split(".")[:3:2]) for key in known if "minus" in key} == {
        ("first", "second"),
        ("second", "first"),
    }
    assert "alone.test.half_width" in known and "alone.test.half_width_seeds" not in known  # one run says nothing of it


def test_pairs_are_compared_when_they_are_asked_for(folder, monkeypatch):
    asked, compared = [], chance.compared
    monkeypatch.setattr(chance, "compared", lambda *two: asked.append(two) or compared(*two))
    known = facts(folder)
    assert not asked
    assert fact("first.minus.second.above", known) == "5" and fact("first.minus.second.pairs", known) == "6"
    assert len(asked) == 1


def test_runs_of_a_later_trainer_say_more(made, tmp_path):
    """Some runs of a recipe were scored at their best epoch, an older one was not."""
    new = {"accuracy": 0.5, "loss": 0.5, "accuracy_at_median": 0.75, "auc": 0.8125, "accuracy_at_best": 0.625}
    for one in (made("first", 1, [1, 0]), made("first", 2, [1, 0], results=new), made("first", 3, [1, 0], results=new)):
        (tmp_path / f"{one.stem}.json").write_text(one.to_json())
    known = facts(tmp_path)
    assert fact("first.runs", known) == "3" and fact("first.test_accuracy_at_median.mean", known) == "75.0%"
    assert fact("first.test_auc.seed2", known) == "0.812" and "first.test_auc.seed1" not in known
    assert fact("first.best.gain.mean", known) == "12.5" and fact("first.best.over_test.seed3", known) == "17.5"


def test_rows_that_are_no_epochs_have_a_best_and_no_last(made, tmp_path):
    history = {"strength": [0.1, 1.0], "accuracy": [0.8, 0.9], "loss": [0.5, 0.4], "val_accuracy": [0.8, 0.7]}
    one = made("words", 1, [1, 0], history=history | {"val_loss": [0.5, 0.6]}, settings={}, trainer="scikit")
    (tmp_path / "one.json").write_text(one.to_json())
    known = facts(tmp_path)
    assert fact("words.val.best.mean", known) == "80.0%" and fact("words.val_loss.best.mean", known) == "0.500"
    assert not [key for key in known if "last" in key or "epoch" in key]
    assert fact("words.test.half_width_seeds", known) == "0.0"
