"""The trainer of made tasks: what a run of it records, how it ends, and an experiment of several."""

import json
from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import learn, tasks
from lstm_edu.cells import KINDS
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import data, experiments, in_numpy, in_numpy_tasks, one_run
from lstm_edu.runs.in_numpy_tasks import build

QUIET = {"report": lambda line: None}


def small(task="letter_box", **settings):
    plain = {"units": 6, "batches": 20, "block": 5, "batch_size": 8, "lags": [1, 4], "tested": [2, 6]}
    return experiments.of_task("small", task, **plain | settings)


def run(recipe, seed=1):
    return one_run(recipe, seed, data.load(recipe), **QUIET)


@pytest.mark.parametrize("cell", KINDS)
def test_a_run_says_what_was_learnt_lag_by_lag(cell):
    record = run(small(cell=cell)).record
    assert list(record.results) == ["accuracy", "accuracy_at_2", "accuracy_at_6"] or "began" in record.results
    assert record.history.keys() == {"step", "loss", "slope", "accuracy"} and record.history["step"] == [5, 10, 15, 20]
    assert record.tested == 3_000 and len(record.seconds) == 1 and record.right == ""
    assert json.loads(record.to_json())["data"]["name"] == "letter_box"


def test_the_results_are_those_of_the_trained_weights():
    recipe = small("marked_parcel", learning_rate=0.01)
    loaded = data.load(recipe)
    finished = one_run(recipe, 3, loaded, **QUIET)
    net = build(recipe.settings, 3, 1, np.random.default_rng(0))
    for name, array in net.weights.items():
        array[...] = finished.arrays[name]
    for name in ("", "_at_2", "_at_6"):
        x, y, asked = loaded.test[name]
        error = np.sqrt(np.mean((net.logits(x, asked) - y) ** 2))
        assert finished.record.results[f"error{name}"] == pytest.approx(error, abs=1e-6)  # rounded to six digits


def test_the_same_seed_is_the_same_run():
    first, again, other = (run(small(), seed) for seed in (1, 1, 2))
    assert all((first.arrays[name] == again.arrays[name]).all() for name in first.arrays)
    assert replace(first.record, seconds=[]) == replace(again.record, seconds=[])
    assert any((first.arrays[name] != other.arrays[name]).any() for name in first.arrays)


def test_it_ends_when_it_has_learnt():
    record = run(small(batches=2_000, block=10, batch_size=64, learning_rate=0.01, lags=1, until=0.9)).record
    assert record.history["accuracy"][-1] >= 0.9 and max(record.history["accuracy"][:-1]) < 0.9
    first = next(k for k, share in enumerate(record.history["accuracy"]) if share >= 0.5)
    assert record.results["began"] == record.history["step"][first] and record.history["step"][-1] < 2_000


def test_a_run_that_blows_up_says_after_how_many_batches():
    recipe = small(
        "marked_parcel", cell="simple_rnn", activation="linear", gain=3.0, lags=40, optimizer="sgd", clip=None
    )
    record = run(recipe).record
    assert record.results.keys() == {"lost"} and 0 <= record.results["lost"] < 20
    assert all(np.isfinite(values).all() for values in record.history.values())


def test_clipped_it_does_not():
    recipe = small("marked_parcel", cell="simple_rnn", gain=3.0, lags=20, clip=1.0)
    record = run(recipe).record
    assert "error" in record.results and max(record.history["slope"]) > 1  # as long as they were before the clip


@pytest.mark.parametrize(
    ("settings", "seen"),
    [
        ({"cell": "simple_rnn"}, lambda U: np.allclose(U @ U.T, np.eye(6), atol=1e-5)),  # float32: orthogonal
        ({"cell": "simple_rnn", "gain": 2.0}, lambda U: np.allclose(U @ U.T, 4 * np.eye(6), atol=1e-5)),
        ({"cell": "simple_rnn", "start": "identity"}, lambda U: (np.eye(6) == U).all()),
        ({"cell": "simple_rnn", "start": "small"}, lambda U: np.abs(np.linalg.eigvals(U)).max() < 1),
    ],
)
def test_where_the_recurrent_kernel_starts(settings, seen):
    assert seen(build(small(**settings).settings, 6, 4, np.random.default_rng(0)).cell.recurrent_kernel)


def test_where_the_forget_gate_starts():
    def bias(**settings):
        cell = build(small(**settings).settings, 6, 4, np.random.default_rng(0)).cell
        return cell.bias[cell.columns("f")]

    assert (bias(forget_bias=3.0) == 3).all()
    chrono = bias(forget_bias="chrono", lags=50)
    assert (chrono >= 0).all() and (chrono <= np.log(50)).all() and chrono.std() > 0


def test_a_gate_that_is_held_stays_where_its_bias_starts_it():
    recipe = small("marked_parcel", learning_rate=0.1, forget_bias=1.0, held=["f", "o"])
    finished = one_run(recipe, 1, data.load(recipe), **QUIET)
    net = build(recipe.settings, 3, 1, np.random.default_rng(0))
    for name, array in net.weights.items():
        array[...] = finished.arrays[name]
    trace = net.cell.run(data.load(recipe).test["_at_6"].inputs[:5])
    assert np.allclose(trace.f, 1 / (1 + np.exp(-1))) and (trace.o == 0.5).all() and trace.i.std() > 0


def test_the_older_form_of_the_gru_has_one_bias():
    forms = small(cell="gru").settings, small(cell="gru", reset_after=False).settings
    after, before = (build(settings, 6, 4, np.random.default_rng(0)) for settings in forms)
    assert (after.cell.reset_after, before.cell.reset_after) == (True, False)
    assert (after.cell.bias.shape, before.cell.bias.shape) == ((2, 18), (18,))
    assert (after.cell.recurrent_kernel == before.cell.recurrent_kernel).all()


def weights(settings):
    return sum(array.size for array in build(settings, 3, 1, np.random.default_rng(0)).weights.values())


@pytest.mark.parametrize("name", ["cells_gru_18_r3", "cells_simple_rnn_33_r3"])
def test_cells_with_as_many_units_as_the_weights_of_the_lstm_allow(name):
    by_name = {recipe.name: recipe.settings for recipe in experiments.PARCEL + experiments.OTHER_CELLS}
    lstm, own = by_name["parcel_lstm_r3"], by_name[name]
    assert weights(own) <= weights(lstm) < weights(own | {"units": own["units"] + 1})
    assert weights(lstm) == 4 * 16 * (3 + 16 + 1) + 17


def test_the_other_cells_differ_from_the_lstm_of_the_parcel_in_their_cell_alone():
    plain = {recipe.name: recipe.settings for recipe in experiments.PARCEL}
    for recipe in experiments.OTHER_CELLS:
        rate = recipe.name.rpartition("_")[2]
        as_there = plain[f"parcel_lstm_{rate}"].items()
        changed = {name for name, value in recipe.settings.items() if (name, value) not in as_there}
        assert "cell" in changed and changed <= {"cell", "units", "reset_after"}, recipe.name


def test_what_is_not_there_is_named():
    for settings, message in (
        ({"cell": "rnn"}, "cell: expected one of simple_rnn, gru, lstm, .*lstm_peephole, got 'rnn'"),
        ({"start": "zeros"}, "start: expected one of keras, identity, small, got 'zeros'"),
        ({"optimizer": "adagrad"}, "optimizer: expected one of adam, sgd, got 'adagrad'"),
    ):
        with pytest.raises(ValueError, match=message):
            run(small(**settings))


def test_data_say_which_examples_they_are():
    some, other = small(), small(lags=[1, 5])
    assert data.load(some).sha256 == data.load(small(units=3)).sha256 != data.load(other).sha256
    examples = data.load(some).test["_at_2"]
    assert (examples.inputs[..., -1].argmax(1) - examples.inputs[..., -2].argmax(1) == 2).all()


def test_every_recipe_of_an_experiment_can_be_built():
    names = [recipe.name for recipes in experiments.EXPERIMENTS.values() for recipe in recipes]
    assert len(names) == len(set(names))
    for recipe in (recipe for recipes in experiments.EXPERIMENTS.values() for recipe in recipes):
        if recipe.trainer == "numpy":
            assert in_numpy.build(recipe, np.random.default_rng(0)).cell.units == 32
            continue
        _, D, K = in_numpy_tasks.TASKS[recipe.data]
        assert isinstance(build(recipe.settings, D, K, np.random.default_rng(0)).weights, dict)


def test_an_experiment_is_written_as_it_goes_and_goes_on_there(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(experiments.EXPERIMENTS, "tiny", [small(), replace(small(cell="gru"), name="other")])
    given = ["experiment", "tiny", "--workers", "1", "--into", str(tmp_path / "runs"), "--weights", str(tmp_path / "w")]
    commands.main([*given, "--seeds", "1"])
    commands.main([*given, "--seeds", "1", "2"])
    assert [line for line in capsys.readouterr().out.splitlines() if "to go" in line] == [
        "0 of 2 runs are recorded, 2 to go",
        "2 of 4 runs are recorded, 2 to go",
    ]
    found = experiments.store("tiny", tmp_path / "runs").runs()
    assert [(run.recipe, run.seed) for run in found] == [("other", 1), ("other", 2), ("small", 1), ("small", 2)]
    assert found[2].command == "python -m lstm_edu.runs experiment tiny --seeds 1"
    with np.load(tmp_path / "w/small-seed1.npz") as arrays:
        assert all((arrays[name] == run(small()).arrays[name]).all() for name in arrays.files)


def test_runs_of_other_settings_are_not_mixed(tmp_path, monkeypatch, one_line):
    given = [
        "experiment",
        "tiny",
        "--workers",
        "1",
        "--into",
        str(tmp_path),
        "--weights",
        str(tmp_path),
        "--seeds",
        "1",
    ]
    monkeypatch.setitem(experiments.EXPERIMENTS, "tiny", [small()])
    commands.main(given)
    monkeypatch.setitem(experiments.EXPERIMENTS, "tiny", [small(units=7)])
    one_line(given, "tiny.jsonl, small-seed1: expected a run of the recipe as it stands")


def test_the_tasks_have_the_sizes_that_the_trainer_says():
    for make in (tasks.marked_parcel, tasks.letter_box):
        loss, D, K = in_numpy_tasks.TASKS[make.__name__]
        batch = make(5, 3, np.random.default_rng(0))
        net = build(small().settings, D, K, np.random.default_rng(0))
        assert loss(net.logits(batch.inputs, batch.asked), batch.y)[1].shape == (5, K)
        assert learn.Batch(*batch).asked.sum() == 5
