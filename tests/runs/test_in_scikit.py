"""Logistic regression on words and pairs of words: against its own conditions, on reviews small enough to do here."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import imdb, runs
from lstm_edu.runs import data, in_scikit

pytest.importorskip("sklearn")
SMALL = {"num_words": 60, "strengths": [0.01, 0.1, 1.0]}
TINY = {name: runs.recipe(f"logistic_{name}").but(f"tiny_{name}", "", **SMALL) for name in ("words", "pairs")}


@pytest.fixture
def reviews(made_up_file):
    return data.load(TINY["words"], made_up_file)


def quiet(line):
    pass


def test_runs_of_words_are_counted_once_for_each_review_and_end_with_it():
    reviews = imdb.Reviews([5, 6, 5, 6, 7, 5], [0, 4, 6], [0, 1])  # "5 6 5 6", "7 5"
    row, key = in_scikit.runs(reviews, {"num_words": 10, "longest": 2})
    one = [(int(r), int(k) - 100) for r, k in zip(row, key, strict=True) if k < 200]
    two = [(int(r), int(k) - 200) for r, k in zip(row, key, strict=True) if k >= 200]
    assert one == [(0, 5), (0, 6), (1, 5), (1, 7)]
    assert two == [(0, 56), (0, 65), (1, 75)]  # and none from 6, the first one's last, to 7
    in_both = in_scikit.known(reviews, {"num_words": 10, "longest": 2, "least": 2})
    assert in_both.tolist() == [105]
    ones = in_scikit.occurs(reviews, np.array([106, 256]), {"num_words": 10, "longest": 2})
    assert ones.toarray().tolist() == [[1, 1], [0, 0]]


def test_pairs_are_counted_as_a_loop_counts_them(reviews):
    settings = TINY["pairs"].settings
    expected = set()
    for k, row in enumerate(reviews.train):
        expected |= {(k, 60**2 + int(word)) for word in row}
        expected |= {(k, 2 * 60**2 + 60 * int(a) + int(b)) for a, b in zip(row[:-1], row[1:], strict=True)}
    found = list(zip(*(part.tolist() for part in in_scikit.runs(reviews.train, settings)), strict=True))
    assert len(found) == len(set(found)) and set(found) == expected


@pytest.mark.parametrize("name", TINY)
def test_a_run_is_at_the_minimum_of_its_loss(name, reviews):
    """Where the slope of C * sum of losses + |w|^2 / 2 is zero."""
    recipe, learnt_from = TINY[name], reviews.train[:96]
    finished = runs.one_run(recipe, 1, reviews, quiet)
    history = finished.record.history
    best = int(np.argmax(history["val_accuracy"]))
    columns = in_scikit.known(learnt_from, recipe.settings)
    x = in_scikit.occurs(learnt_from, columns, recipe.settings).toarray()
    off = 1 / (1 + np.exp(-(x @ finished.arrays["kernel"] + finished.arrays["bias"]))) - learnt_from.labels
    C = recipe.settings["strengths"][best]
    assert np.abs(C * off @ x + finished.arrays["kernel"]).max() < 1e-6 * C * 96  # where L-BFGS stops
    assert abs(C * off.sum()) < 1e-6 * C * 96
    assert history["strength"] == recipe.settings["strengths"] and history["loss"] == sorted(history["loss"])[::-1]
    assert finished.record.parameters == len(columns) + 1 and finished.record.validated == 24
    assert len(columns) > (60 if name == "pairs" else 50)


def test_the_seed_and_the_test_reviews_have_no_part_in_it(reviews):
    first, second = (runs.one_run(TINY["words"], seed, reviews, quiet) for seed in (1, 2))
    turned = replace(reviews, test=imdb.Reviews(reviews.test.tokens, reviews.test.offsets, 1 - reviews.test.labels))
    third = runs.one_run(TINY["words"], 1, turned, quiet)
    for other in (second, third):
        assert (other.arrays["kernel"] == first.arrays["kernel"]).all()
        assert other.record.history == first.record.history
    assert third.record.results["accuracy"] == pytest.approx(1 - first.record.results["accuracy"])


def test_the_answers_are_those_of_the_arrays(reviews):
    finished = runs.one_run(TINY["pairs"], 1, reviews, quiet)
    settings = TINY["pairs"].settings
    columns = in_scikit.known(reviews.train[:96], settings)
    logits = in_scikit.answers(finished.arrays, columns, reviews.test, settings)
    assert ((logits > 0) == (reviews.test.labels == 1)).tolist() == finished.record.correct.tolist()
    assert finished.record.results["loss"] == pytest.approx(
        -np.log(1 / (1 + np.exp(-np.where(reviews.test.labels, logits, -logits)))).mean(), abs=1e-6
    )
