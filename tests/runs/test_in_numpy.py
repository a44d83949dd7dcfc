"""NumPy's trainer, through the contract of a run, on reviews small enough to train here."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import imdb, learn, network, runs
from lstm_edu.cells import KINDS
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import data, experiments, export, in_numpy, stores, sweep

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


AS_KERAS = replace(TINY, settings=TINY.settings | {"alike": False})


def test_padding_may_be_read_as_keras_reads_it(reviews):
    net = in_numpy.build(AS_KERAS, np.random.default_rng(0))
    assert net.logits(np.array([[0, 0, 5, 6]])) != net.logits(np.array([[5, 6]]))
    record = runs.one_run(AS_KERAS, 1, reviews, lambda line: None).record
    assert record.history["loss"] != runs.one_run(TINY, 1, reviews, lambda line: None).record.history["loss"]
    batches = list(learn.of_reviews(reviews.train, 32, 12, alike=False)(np.random.default_rng(0)))
    assert {batch.inputs.shape[1] for batch in batches} == {12} and sum(len(batch.y) for batch in batches) == 120
    assert {batch.inputs.shape[1] for _, batch in learn.in_order(reviews.test, 32, 12, alike=False)} == {12}


@pytest.mark.parametrize("loop", ["whole", "no_candidate", "no_loop"])
def test_what_is_cut_out_of_the_loop_stays_out(reviews, loop):
    recipe = replace(AS_KERAS, settings=AS_KERAS.settings | {"loop": loop, "forget_bias": 5.0})
    fresh = in_numpy.build(recipe, np.random.default_rng(1))
    arrays = runs.one_run(recipe, 1, reviews, lambda line: None).arrays
    for block in fresh.cell.blocks:
        before, after = (
            u[:, fresh.cell.columns(block)] for u in (fresh.cell.recurrent_kernel, arrays["recurrent_kernel"])
        )
        if loop == "no_loop" or (loop, block) == ("no_candidate", "g"):
            assert not before.any() and not after.any()
        else:
            assert before.all() and (before != after).all()
    bias = arrays["bias"][fresh.cell.columns("f")]
    assert np.all(np.abs(bias - 5) < 0.05) and np.all(bias != 5)


def test_in_a_hurry_the_ends_of_the_reviews_come_first(reviews, monkeypatch):
    seen, of_reviews = [], learn.of_reviews
    monkeypatch.setattr(learn, "of_reviews", lambda some, **how: seen.append(how["maxlen"]) or of_reviews(some, **how))
    quick = replace(TINY, settings=TINY.settings | {"grows": [5, 12], "falls": True, "optimizer": "adam"})
    record = runs.one_run(quick, 1, reviews, lambda line: None).record
    assert seen == [5, 12] and len(record.history["val_accuracy"]) == 2
    with pytest.raises(ValueError, match="draw: expected a function, or one for each of 2 epochs, got 1"):
        runs.one_run(replace(TINY, settings=TINY.settings | {"grows": [5]}), 1, reviews, lambda line: None)


def test_a_chrono_start_and_a_rate(reviews):
    own = {"forget_bias": "chrono", "learning_rate": 0.01}
    net = in_numpy.build(replace(TINY, settings=TINY.settings | own), np.random.default_rng(0))
    f, i = (net.cell.bias[net.cell.columns(block)] for block in "fi")
    assert (f == -i).all() and len(set(f)) == 3 and (f < np.log(11)).all()
    slow, fast = (
        runs.one_run(replace(TINY, settings=TINY.settings | {"learning_rate": rate}), 1, reviews, lambda line: None)
        for rate in (0.001, 0.01)
    )
    start = in_numpy.build(TINY, np.random.default_rng(1)).cell.kernel
    assert np.abs(slow.arrays["kernel"] - start).mean() < np.abs(fast.arrays["kernel"] - start).mean()


def test_answers_are_scored_at_their_median_and_by_their_order(reviews):
    finished = runs.one_run(TINY, 1, reviews, lambda line: None)
    net = in_numpy.build(TINY, np.random.default_rng(0))
    for name, array in net.weights.items():
        array[...] = finished.arrays[name]
    logits = np.array([net.logits(imdb.pad([review[-12:]], min(12, len(review))))[0, 0] for review in reviews.test])
    positive, results = reviews.test.labels == 1, finished.record.results
    assert results["accuracy_at_median"] == pytest.approx(((logits > np.median(logits)) == positive).mean(), abs=1e-6)
    pairs = logits[positive][:, None] - logits[~positive]
    assert results["auc"] == pytest.approx(((pairs > 0) + 0.5 * (pairs == 0)).mean(), abs=1e-6)


def test_the_best_epoch_is_scored_too(reviews):
    """Trained again up to that epoch, the last weights are those that were the best."""
    recipe = replace(TINY, settings=TINY.settings | {"epochs": 6, "learning_rate": 0.03})
    record = runs.one_run(recipe, 5, reviews, lambda line: None).record
    best = int(np.argmax(record.history["val_accuracy"]))
    assert 0 < best < 5
    short = replace(recipe, settings=recipe.settings | {"epochs": best + 1})
    assert runs.one_run(short, 5, reviews, lambda line: None).record.results["accuracy"] == pytest.approx(
        record.results["accuracy_at_best"], abs=1e-6
    )


def test_patience_ends_a_run_with_the_weights_of_its_best_epoch(reviews):
    recipe = replace(TINY, settings=TINY.settings | {"epochs": 40, "patience": 3, "learning_rate": 0.05})
    finished = runs.one_run(recipe, 1, reviews, lambda line: None)
    losses = finished.record.history["val_loss"]
    assert len(losses) == int(np.argmin(losses)) + 1 + 3 < 40
    assert {len(values) for values in finished.record.history.values()} == {len(losses)}
    assert len(finished.record.seconds) == len(losses) and "accuracy_at_best" not in finished.record.results
    loss, right = in_numpy.scored(recipe, finished.arrays, reviews.train[96:])
    assert loss == pytest.approx(min(losses), abs=1e-6) and len(right) == 24
    loss, right = in_numpy.scored(recipe, finished.arrays, reviews.test)
    assert loss == pytest.approx(finished.record.results["loss"], abs=1e-6)
    assert (right == finished.record.correct).all()


@pytest.mark.parametrize("layer", KINDS)
def test_every_cell_learns(layer, reviews, parameters):
    recipe = replace(AS_KERAS, settings=AS_KERAS.settings | {"layer": layer, "epochs": 1})
    fresh = in_numpy.build(recipe, np.random.default_rng(1)).weights
    finished = runs.one_run(recipe, 1, reviews, lambda line: None)
    assert finished.record.parameters == parameters(recipe) and finished.arrays.keys() == fresh.keys()
    for name, array in finished.arrays.items():
        assert np.isfinite(array).all() and (array != fresh[name]).any(), name


def test_ctrl_c_leaves_no_half_run(reviews):
    """`learn.fit` ends in peace where it is interrupted; a run does not."""

    def stop(line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runs.one_run(TINY, 1, reviews, stop)


def test_a_seed_that_diverges_is_said_and_the_others_are_kept(made_up_file, tmp_path):
    far = replace(TINY, name="far", settings=TINY.settings | {"learning_rate": 1e38})
    store = stores.Folder(tmp_path / "runs")
    with pytest.raises(
        ValueError, match=r"1 of 2 runs failed, the others are recorded\. far, seed 1: .*expected finite numbers"
    ):
        sweep.run([(far, 1), (TINY, 1)], store, tmp_path / "weights", path=made_up_file, report=lambda line: None)
    for folder, ending in (("runs", "json"), ("weights", "npz")):
        assert [path.name for path in (tmp_path / folder).iterdir()] == [f"tiny_numpy-seed1.{ending}"]


def test_what_it_cannot_build_is_said(reviews):
    for change in ({"dropout": 0.2}, {"dense": 8}, {"bidirectional": True}, {"recurrent_dropout": 0.1}):
        with pytest.raises(ValueError, match="recipe: expected embedding, cell and output, got 'tiny_numpy'"):
            runs.one_run(replace(TINY, settings=TINY.settings | change), 1, reviews)
    for change, name in (({"layer": "ntm"}, "layer"), ({"optimizer": "lion"}, "optimizer"), ({"loop": "half"}, "loop")):
        with pytest.raises(ValueError, match=f"{name}: expected one of .*, got '{change[name]}'"):
            runs.one_run(replace(TINY, settings=TINY.settings | change), 1, reviews)


def test_a_run_of_an_experiment_is_shipped(reviews, made_up_file, tmp_path, monkeypatch, capsys, one_line):
    own = replace(AS_KERAS, name="tiny_open", settings=AS_KERAS.settings | {"loop": "no_loop", "forget_bias": 5.0})
    monkeypatch.setitem(experiments.EXPERIMENTS, "tiny", [own])
    finished = runs.one_run(own, 1, reviews, lambda line: None)
    np.savez(tmp_path / "tiny_open-seed1.npz", **finished.arrays)
    record = finished.record
    lines = stores.Lines(tmp_path / "tiny.jsonl")
    lines.add(record)
    monkeypatch.setattr(export, "store", lambda name: lines if name == "tiny" else experiments.store(name))
    given = ["export", "tiny_open", "--weights", str(tmp_path), "--into", str(tmp_path / "models")]
    given += ["--data", str(made_up_file), "--seed"]
    commands.main([*given, "1"])
    assert "tiny_open.npz" in capsys.readouterr().out
    card, net = network.card("tiny_open", tmp_path / "models"), network.shipped("tiny_open", folder=tmp_path / "models")
    assert card["record"] == "experiments/tiny.jsonl" and card["trained_by"] == record.command
    assert card["unquantised"]["test_accuracy"] == pytest.approx(record.results["accuracy"])
    assert not net.cell.recurrent_kernel.any() and net.length == 12
    assert (net.cell.bias[net.cell.columns("f")] > 4.9).all()
    one_line([*given, "2"], "seed: expected a run of tiny_open that is recorded, got 2")


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
