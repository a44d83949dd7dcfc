"""Keras' trainer, a sweep of it and the export, on recipes and reviews small enough to train here."""

import dataclasses
import json
import multiprocessing
import shutil
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pytest

from lstm_edu import imdb, network, runs
from lstm_edu.network import quantised
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import data, in_keras, recipes, records, stores, sweep

OF_KERAS = [recipe for recipe in recipes.RECIPES.values() if recipe.trainer == "keras"]
SMALL = {"num_words": 60, "epochs": 2}
TINY = recipes.of_reviews("tiny", "sequence", maxlen=12, embedding=4, units=3, **SMALL)
TINY_BAG = recipes.of_reviews("tiny_bag", "bag", hidden=[4], **SMALL)
TINY_BOTH = TINY.but(
    "tiny_both",
    "",
    layer="gru",
    bidirectional=True,
    mask=True,
    pad="post",
    cut="post",
    dropout=0.2,
    recurrent_dropout=0.2,
)
OTHERS = (TINY_BAG, TINY_BOTH)
TINIES = pytest.mark.parametrize("recipe", [TINY, *OTHERS], ids=lambda recipe: recipe.name)


@pytest.fixture(scope="module")
def places(made_up, tmp_path_factory):
    """Where a sweep reads and writes; the tiny recipes are known by name."""
    folder = tmp_path_factory.mktemp("swept")
    np.savez(folder / "imdb_flat.npz", **made_up)
    with pytest.MonkeyPatch.context() as patch:
        for recipe in (TINY, *OTHERS):
            patch.setitem(recipes.RECIPES, recipe.name, recipe)
        yield {"into": folder / "runs", "weights": folder / "weights", "path": folder / "imdb_flat.npz"}


@pytest.fixture(scope="module")
def swept(places):
    """Two seeds of one recipe, by the command, and one of the others: what was said by {name of the recipe: lines}."""
    with redirect_stdout(StringIO()) as said:
        commands.main(["train", "tiny", "--seeds", "1", "2", *arguments(places)])
    lines = {"tiny": said.getvalue().splitlines()}
    for recipe in OTHERS:
        lines[recipe.name] = []
        sweep.run([(recipe, 1)], *where(places), report=lines[recipe.name].append)
    return lines


@pytest.fixture(scope="module")
def again(swept, places, tmp_path_factory):
    """A folder where all recipes were trained again, after a run with another order of sums."""
    folder = tmp_path_factory.mktemp("again")
    recipes = (TINY.but("tiny_threads", "", deterministic=False), TINY, *OTHERS)
    sweep.run([(recipe, 1) for recipe in recipes], *where(places | {"into": folder, "weights": folder}))
    return folder


def where(places):
    """As `sweep.run` takes them: store, weights, no executor, data."""
    return stores.Folder(places["into"]), places["weights"], None, places["path"]


def arguments(places):
    return ["--into", str(places["into"]), "--weights", str(places["weights"]), "--data", str(places["path"])]


@pytest.mark.keras
@TINIES
def test_a_seed_brings_the_same_weights_again(recipe, places, again):
    """Bit by bit, also with a run of another order of sums between."""
    name = f"{recipe.name}-seed1"
    first, second = (read_arrays(folder / f"{name}.npz") for folder in (places["weights"], again))
    assert first == second
    first, second = (records.read(folder / f"{name}.json") for folder in (places["into"], again))
    assert (first.right, first.history, first.results) == (second.right, second.history, second.results)


def read_arrays(path):
    with np.load(path, allow_pickle=False) as arrays:
        return {name: arrays[name].tobytes() for name in arrays.files}


@pytest.mark.keras
def test_the_order_of_sums_is_as_the_recipe_says():
    from tensorflow.python.framework import config

    for deterministic in (True, False, True):
        in_keras.order_of_sums(TINY.but("tiny", "", deterministic=deterministic))
        assert config.is_op_determinism_enabled() == deterministic


@pytest.mark.keras
@TINIES
def test_a_run_is_recorded(recipe, swept, places):
    found = records.load(recipe.name, places["into"])
    for record in found:
        assert (record.model, record.trainer, record.settings) == (recipe.model, "keras", recipe.settings)
        assert {len(values) for values in record.history.values()} == {2} and len(record.history) == 4
        assert record.results.keys() == {"accuracy", "loss", "accuracy_at_median", "auc", "accuracy_at_best"}
        assert record.tested == 80 and record.correct.mean() == record.results["accuracy"]
        assert record.validated == 24  # of 120, the last fifth
        assert record.data == {"name": "imdb", "sha256": imdb.fingerprint(places["path"])}
        assert record.command == f"python -m lstm_edu.runs train {recipe.name} --seeds {record.seed}"
        with np.load(places["weights"] / f"{record.stem}.npz", allow_pickle=False) as arrays:
            assert sum(arrays[name].size for name in arrays.files) == record.parameters
    assert [line.split(": ")[0] for line in swept[recipe.name]] == [
        f"0 of {len(found)} runs are recorded, {len(found)} to go",
        *(
            said
            for k, run in enumerate(found, 1)
            for said in (*(f"{recipe.name}, seed {run.seed}, epoch {n} of 2" for n in (1, 2)), f"{k} of {len(found)}")
        ),
    ]
    assert swept[recipe.name][-1].endswith(f": test accuracy {found[-1].results['accuracy']:.4f}")


@pytest.mark.keras
def test_a_run_starts_alike_wherever_it_stands_in_a_sweep(swept, places):
    """Alone in another process, too. So short a run ends alike as well, but for rounding; one of ten epochs on all
    reviews need not.
    """
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        alone = pool.submit(runs.one_run, TINY, 2, data.load(TINY, places["path"])).result()
    one, two = records.load("tiny", places["into"])
    for name in ("loss", "val_loss"):
        assert alone.record.history[name] == pytest.approx(two.history[name], abs=1e-5)  # float32: seen equal
    assert one.history["loss"] != pytest.approx(two.history["loss"], abs=1e-5)
    # what is not measured is the same: settings, data, versions
    measured = {"history": {}, "results": {}, "right": "", "seconds": []}
    assert dataclasses.replace(alone.record, **measured) == dataclasses.replace(two, **measured)
    assert sum(array.size for array in alone.arrays.values()) == two.parameters


@pytest.mark.keras
def test_the_score_is_keras_own(places):
    _, test = imdb.load(places["path"], num_words=60)
    model = in_keras.build(TINY)
    x = in_keras.inputs(TINY, test)
    results, right = in_keras.tested(model, x, test.labels)
    their_loss, their_accuracy = model.evaluate(x, test.labels, verbose=0)
    assert results["loss"] == pytest.approx(their_loss, abs=1e-6)  # float32 there, float64 here: worst seen 3e-8
    assert right.mean() == pytest.approx(their_accuracy, abs=1e-6)


@pytest.mark.keras
def test_every_recipe_builds_the_model_it_describes(parameters):
    for recipe in OF_KERAS:
        model = in_keras.build(recipe)
        assert model.count_params() == parameters(recipe)
        assert type(model.optimizer).__name__.lower() == recipe.settings["optimizer"]
        if recipe.model == "sequence":
            layer, of = model.get_layer("recurrent"), recipe.whole
            assert type(layer).__name__ == "Bidirectional" or not of["bidirectional"]
            layer = getattr(layer, "forward_layer", layer)
            assert type(layer).__name__.lower() == recipe.settings["layer"].replace("_", "")
            assert (layer.units, layer.dropout, layer.recurrent_dropout) == (
                of["units"],
                of["dropout"],
                of["recurrent_dropout"],
            )
            assert model.get_layer("embedding").mask_zero == of["mask"]


@pytest.mark.keras
def test_what_is_scored_is_scored_of_the_weights_that_are_said(places, swept):
    """At the median, by order, and at the best epoch: from the recorded arrays, and from a run up to that epoch."""
    _, test = imdb.load(places["path"], num_words=60)
    model = in_keras.build(TINY)
    with np.load(places["weights"] / "tiny-seed1.npz") as arrays:
        in_keras.set_arrays(model, arrays)
    p = model.predict(in_keras.inputs(TINY, test), verbose=0)[:, 0]
    positive, record = test.labels == 1, records.read(places["into"] / "tiny-seed1.json")
    at_median = ((p > np.median(p)) == positive).mean()
    assert record.results["accuracy_at_median"] == pytest.approx(at_median, abs=1e-6)
    pairs = p[positive][:, None] - p[~positive]
    assert record.results["auc"] == pytest.approx(((pairs > 0) + 0.5 * (pairs == 0)).mean(), abs=1e-6)
    best = 1 + int(np.argmax(record.history["val_accuracy"]))
    short = runs.one_run(TINY.but("short", "", epochs=best), 1, data.load(TINY, places["path"]), lambda line: None)
    assert short.record.results["accuracy"] == record.results["accuracy_at_best"]


def test_words_in_a_bag_have_no_order_and_no_count():
    reviews = imdb.Reviews([1, 5, 5, 9, 1, 9, 5], [0, 4, 7], [1, 0])
    rows = in_keras.inputs(TINY_BAG, reviews)
    assert rows.shape == (2, 60) and (rows[0] == rows[1]).all()
    assert np.flatnonzero(rows[0]).tolist() == [1, 5, 9] and rows.max() == 1


def test_recorded_with_other_settings_is_refused(places, tmp_path):
    sample = records.load("lstm_32")[0]
    changed = json.loads(sample.to_json()) | {"recipe": "tiny"}
    (tmp_path / "tiny-seed1.json").write_text(json.dumps(changed))
    with pytest.raises(ValueError, match="tiny-seed1: expected a run of the recipe as it stands"):
        sweep.run([(TINY, 1)], *where(places | {"into": tmp_path}))


def test_a_folder_that_cannot_be_written_is_seen_before_training(places, tmp_path):
    (tmp_path / "weights").write_text("a file, where a folder should be")
    lines, own = [], {"into": tmp_path / "runs", "weights": tmp_path / "weights"}
    with pytest.raises(NotADirectoryError, match="weights: expected a folder, and .* is a file"):
        sweep.run([(TINY, 1)], *where(places | own), report=lines.append)
    assert len(lines) == 1 and not own["into"].exists()


@pytest.mark.keras
def test_list_and_export(swept, places, tmp_path, capsys, one_line):
    commands.main(["list", "--records", str(places["into"])])
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("tiny "))
    assert row.split()[1] == "2" and row.count("%") == 3

    given = ["--records", str(places["into"]), "--weights", str(places["weights"]), "--data", str(places["path"])]
    given += ["--into", str(tmp_path)]
    commands.main(["export", "tiny", "--seed", "1", *given])
    assert "tiny.npz" in capsys.readouterr().out
    model, card = network.shipped("tiny", folder=tmp_path).weights, network.card("tiny", tmp_path)
    with np.load(places["weights"] / "tiny-seed1.npz") as trained:
        assert (model["recurrent_kernel"] == trained["recurrent/recurrent_kernel"]).all()
        _, scale = quantised.quantise(trained["embedding/embeddings"])
        assert np.abs(model["embedding"] - trained["embedding/embeddings"]).max() <= scale.max() / 2 * (1 + 1e-6)
    assert card["unquantised"]["test_accuracy"] == records.load("tiny", places["into"])[0].results["accuracy"]

    # another seed stands beside it, under a name that says so
    commands.main(["export", "tiny", "--seed", "2", *given])
    assert "tiny-seed2.npz" in capsys.readouterr().out
    assert network.names(tmp_path) == ["tiny", "tiny-seed2"] and network.card("tiny-seed2", tmp_path)["seed"] == 2
    assert network.card("tiny", folder=tmp_path) == card

    # weights of another run are not shipped under this record's name
    other = tmp_path / "weights"
    other.mkdir()
    shutil.copy(places["weights"] / "tiny-seed2.npz", other / "tiny-seed1.npz")
    one_line(["export", "tiny", "--seed", "1", *given, "--weights", str(other)], "recorded answers")
    assert network.card("tiny", folder=tmp_path) == card
