"""What the best epoch is worth, and a search among recipes, on made-up records."""

import numpy as np
import pytest

from lstm_edu import runs
from lstm_edu.runs import records


def trained(made, recipe, seed, validated, test, at_best=None):
    """A record with these validation accuracies, and its test accuracy of ten examples."""
    results = {"accuracy": test, "loss": 0.5} | ({} if at_best is None else {"accuracy_at_best": at_best})
    history = {"accuracy": validated, "loss": validated, "val_accuracy": validated, "val_loss": validated}
    return made(recipe, seed, np.arange(10) < round(10 * test), history=history, results=results)


@pytest.fixture
def folder(made, tmp_path):
    for one in (
        trained(made, "good", 1, [0.8, 0.9, 0.7], 0.7, 0.8),
        trained(made, "good", 2, [0.8, 0.7, 0.8], 0.9, 0.8),
        trained(made, "wide", 1, [0.9, 0.6, 0.6], 0.5, 0.9),
        trained(made, "wide", 2, [0.7, 0.9, 0.8], 0.6, 0.7),
        trained(made, "wide", 3, [0.7, 0.9, 0.8], 0.6, 0.7),
        trained(made, "old", 1, [0.6, 0.7, 0.5], 0.5),
        trained(made, "old", 2, [0.6, 0.8, 0.5], 0.5),
    ):
        (tmp_path / f"{one.stem}.json").write_text(one.to_json())
    return tmp_path


def test_best(folder):
    found = runs.best(records.load("good", folder))
    assert found.epoch.tolist() == [2, 1]  # of equal ones the first
    assert found.promised.tolist() == [0.9, 0.8] and found.last.tolist() == [0.7, 0.8]
    assert found.kept.tolist() == [0.8, 0.8] and found.test.tolist() == [0.7, 0.9]
    assert np.isnan(runs.best(records.load("old", folder)).kept).all()


def test_without_a_validation_there_is_no_best(made):
    with pytest.raises(ValueError, match="runs: expected some with a validation, got first's"):
        runs.best([made("first", 1, [1, 0], history={"accuracy": [0.5], "loss": [0.7]})])


def test_a_lead_is_split_into_best_and_collapse(folder):
    found = runs.split("good", "old", folder)
    assert found["last"] == pytest.approx((0.75 - 0.5, 0.8 - 0.5))
    assert found["best"][0] == pytest.approx(0.85 - 0.75) and np.isnan(found["best"][1])
    assert found["collapse"][0] == pytest.approx(0.15) and np.isnan(found["collapse"][1])
    found = runs.split("good", "wide", folder)
    assert found["best"] == pytest.approx((0.85 - 0.9, 0.8 - 2.3 / 3))


def test_a_search_may_not_see_the_test(folder):
    first, second = runs.nested(["good", "wide"], folder)
    # seed 1: both promise 0.9, the first of them is taken, though the other is better on the test
    assert (first.seed, first.recipe, first.promised, first.test, first.peeked) == (1, "good", 0.9, 0.8, 0.9)
    assert (second.seed, second.recipe, second.promised, second.test, second.peeked) == (2, "wide", 0.9, 0.7, 0.8)


def test_a_search_needs_runs_that_were_tested_at_their_best(folder, made):
    with pytest.raises(ValueError, match="expected runs with the test accuracy at the best epoch"):
        runs.nested(["good", "old"], folder)
    one = trained(made, "far", 9, [0.5], 0.5, 0.5)
    (folder / "far-seed9.json").write_text(one.to_json())
    with pytest.raises(ValueError, match=r"expected a seed that all have, got .*'far': \[9\]"):
        runs.nested(["good", "far"], folder)
