"""NumPy's trainer, through the contract of a run, on reviews small enough to train here."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import imdb, learn, runs
from lstm_edu.runs import data, export, in_numpy

RECIPE = runs.recipe("lstm_32_numpy")
SMALL = {"num_words": 60, "epochs": 2, "maxlen": 12, "embedding": 4, "units": 3, "batch_size": 32, "processes": 1}
TINY = RECIPE.but("tiny_numpy", "", **SMALL)


@pytest.fixture
def reviews(made_up_file):
    return data.load(TINY, made_up_file)


def test_a_run_is_the_same_again_and_says_how_it_went(reviews):
    said = []
    first, second = (runs.one_run(TINY, 3, reviews, said.append) for _ in range(2))
    for name, array in first.arrays.items():
        assert (array == second.arrays[name]).all()
    record = first.record
    assert record.history == second.record.history and record.right == second.record.right
    assert record.history.keys() == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert (record.trainer, record.validated, record.tested, len(record.seconds)) == ("numpy", 24, 80, 2)
    assert record.parameters == 60 * 4 + 4 * 3 * (4 + 3 + 1) + 3 + 1
    assert record.versions.keys() == {"python", "numpy"}
    accuracies = zip(record.history["accuracy"], record.history["val_accuracy"], strict=True)
    assert said[:2] == [
        f"tiny_numpy, seed 3, epoch {k} of 2: accuracy {own:.3f}, validation {other:.3f}, 0 s"
        for k, (own, other) in enumerate(accuracies, start=1)
    ]


def test_the_answers_are_those_of_the_trained_arrays(reviews):
    """Read one by one, in the order of the data, and not in batches by length."""
    finished = runs.one_run(TINY, 1, reviews, lambda line: None)
    net = in_numpy.build(TINY, np.random.default_rng(0))
    for name, array in net.weights.items():
        array[...] = finished.arrays[name]
    alone = [net.logits(imdb.pad([review[-12:]], min(12, len(review))))[0, 0] > 0 for review in reviews.test]
    assert (finished.record.correct == (alone == reviews.test.labels)).all()


def test_all_reviews_and_no_validation(reviews):
    whole = TINY.but("whole", "", validation_split=0.0, layer="simple_rnn", optimizer="adam")
    record = runs.one_run(whole, 1, reviews, lambda line: None).record
    assert record.history.keys() == {"loss", "accuracy"} and record.validated == 0


def test_what_it_cannot_build_is_said(reviews):
    for change in ({"dropout": 0.2}, {"dense": 8}):
        with pytest.raises(ValueError, match="recipe: expected embedding, cell and output, got 'tiny_numpy'"):
            runs.one_run(replace(TINY, settings=TINY.settings | change), 1, reviews)
    for change, name in (({"layer": "gru"}, "layer"), ({"optimizer": "lion"}, "optimizer")):
        with pytest.raises(ValueError, match=f"{name}: expected one of .*, got '{change[name]}'"):
            runs.one_run(replace(TINY, settings=TINY.settings | change), 1, reviews)
    with pytest.raises(ValueError, match="recipe: expected one that Keras trains"):
        export.export(RECIPE, 1, trained="nowhere")


def test_the_recipe_is_keras_but_for_what_it_says():
    assert RECIPE.settings == runs.recipe("lstm_32").settings | {"processes": 2}


def test_batches_in_order_hold_each_review_once(made_up_file):
    _, test = imdb.load(made_up_file, num_words=60)
    batches = learn.in_order(test, size=32, maxlen=12)
    assert sorted(np.concatenate([rows for rows, _ in batches]).tolist()) == list(range(80))
    lengths = [batch.inputs.shape[1] for _, batch in batches]
    assert lengths == sorted(lengths) and max(lengths) == 12
    for rows, batch in batches:
        for row, ids, label in zip(rows, batch.inputs, batch.y, strict=True):
            assert ids[ids != 0].tolist() == test[int(row)][-12:].tolist() and label == test.labels[row]
