"""The sweep, its command and the export, on a recipe and reviews small enough to train here."""

import dataclasses
import json

import numpy as np
import pytest

from lstm_edu import imdb, runs
from lstm_edu.network import shipped as weights
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import keras_recipes, recipes, records, sweep

TINY = recipes.SequenceRecipe(
    name="tiny", source="", claimed="", layer="lstm", num_words=60, maxlen=12, embedding=4, units=3, epochs=2
)
TINY_BAG = recipes.BagRecipe(name="tiny_bag", source="", claimed="", num_words=60, hidden=(4,), epochs=2)


@pytest.fixture
def places(made_up_file, tmp_path, monkeypatch):
    """Where a sweep reads and writes; the tiny recipes are known by name."""
    for recipe in (TINY, TINY_BAG):
        monkeypatch.setitem(recipes.RECIPES, recipe.name, recipe)
    return {"into": tmp_path / "runs", "weights": tmp_path / "weights", "path": made_up_file}


def arguments(places, *more):
    return ["--into", str(places["into"]), "--weights", str(places["weights"]), "--data", str(places["path"]), *more]


@pytest.mark.keras
@pytest.mark.parametrize("recipe", [TINY, TINY_BAG], ids=lambda recipe: recipe.name)
def test_a_seed_brings_the_same_weights_again(recipe, places, tmp_path):
    """Bit by bit, also with a run of another order of sums between."""
    as_it_comes = dataclasses.replace(recipe, name="tiny_threads", deterministic=False)
    for one, folder in ((recipe, "first"), (as_it_comes, "between"), (recipe, "second")):
        sweep.run(one, [1], tmp_path / folder, tmp_path / folder, places["path"], report=print)
    first, second = (read_arrays(tmp_path / folder / f"{recipe.name}-seed1.npz") for folder in ("first", "second"))
    assert first == second
    assert records.load(folder=tmp_path / "first")[0].right == records.load(folder=tmp_path / "second")[0].right


def read_arrays(path):
    with np.load(path, allow_pickle=False) as arrays:
        return {name: arrays[name].tobytes() for name in arrays.files}


@pytest.mark.keras
def test_the_order_of_sums_is_as_the_recipe_says(places):
    from tensorflow.python.framework import config

    for deterministic in (True, False, True):
        keras_recipes.order_of_sums(dataclasses.replace(TINY, deterministic=deterministic))
        assert config.is_op_determinism_enabled() == deterministic


@pytest.mark.keras
@pytest.mark.parametrize("recipe", [TINY, TINY_BAG], ids=lambda recipe: recipe.name)
def test_a_run_is_recorded(recipe, places):
    lines = []
    sweep.run(recipe, [5], **places, report=lines.append)
    [record] = records.load(recipe.name, places["into"])
    assert record.seed == 5 and record.settings == records.plain(recipe.settings())
    assert {len(values) for values in record.history.values()} == {2} and len(record.history) == 4
    assert record.test_reviews == 80 and record.correct.mean() == record.test_accuracy
    assert record.data_sha256 == imdb.fingerprint(places["path"])
    assert record.command == f"python -m lstm_edu.runs train {recipe.name} --seeds 5"
    assert [line.split(":")[0] for line in lines] == [
        f"{recipe.name}, seed 5, epoch 1 of 2",
        f"{recipe.name}, seed 5, epoch 2 of 2",
        f"{recipe.name}, seed 5",
    ]
    with np.load(places["weights"] / f"{record.stem}.npz", allow_pickle=False) as arrays:
        assert sum(arrays[name].size for name in arrays.files) == record.parameters


@pytest.mark.keras
def test_a_stopped_sweep_goes_on_where_it_was(places):
    """Stopped in the second epoch of its second seed, then started again: the first seed is not trained twice."""

    def stop(line):
        if line.startswith("tiny, seed 2, epoch 2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep.run(TINY, [1, 2, 3], **places, report=stop)
    assert [path.name for path in places["into"].iterdir()] == ["tiny-seed1.json"]
    first = (places["into"] / "tiny-seed1.json").read_bytes()

    lines = []
    sweep.run(TINY, [1, 2, 3], **places, report=lines.append)
    assert lines[0].startswith("tiny, seed 1: already recorded in ")
    assert not any("seed 1, epoch" in line for line in lines)
    assert [record.seed for record in records.load("tiny", places["into"])] == [1, 2, 3]
    assert (places["into"] / "tiny-seed1.json").read_bytes() == first


@pytest.mark.keras
def test_a_run_starts_alike_wherever_it_stands_in_a_sweep(places, tmp_path):
    """So short a run ends alike too, but for rounding; one of ten epochs on all reviews need not."""
    sweep.run(TINY, [1, 2], **places, report=print)
    sweep.run(TINY, [2], **places | {"into": tmp_path / "alone"}, report=print)
    one, two = records.load("tiny", places["into"])
    [alone] = records.load("tiny", tmp_path / "alone")
    for name in ("loss", "val_loss"):
        assert alone.history[name] == pytest.approx(two.history[name], abs=1e-5)  # float32, two batches: seen equal
    assert one.history["loss"] != pytest.approx(two.history["loss"], abs=1e-5)


@pytest.mark.keras
def test_the_score_is_keras_own(places):
    from lstm_edu.runs import keras_recipes

    _, test = imdb.load(places["path"], num_words=60)
    model = keras_recipes.build(TINY)
    x = keras_recipes.inputs(TINY, test)
    loss, right = keras_recipes.score(model, x, test.labels)
    their_loss, their_accuracy = model.evaluate(x, test.labels, verbose=0)
    assert loss == pytest.approx(their_loss, abs=1e-6)  # float32 there, float64 here: worst seen 3e-8
    assert right.mean() == pytest.approx(their_accuracy, abs=1e-6)


@pytest.mark.keras
def test_every_recipe_builds_the_model_it_describes():
    from lstm_edu.runs import keras_recipes

    for recipe in recipes.RECIPES.values():
        model = keras_recipes.build(recipe)
        assert model.count_params() == records.number(f"{recipe.name}.parameters")
        assert type(model.optimizer).__name__.lower() == recipe.optimizer
        if isinstance(recipe, recipes.SequenceRecipe):
            layer = model.get_layer("recurrent")
            assert type(layer).__name__.lower() == recipe.layer.replace("_", "")
            assert (layer.units, layer.dropout) == (recipe.units, recipe.dropout)


def test_words_in_a_bag_have_no_order_and_no_count(places):
    from lstm_edu.runs import keras_recipes

    reviews = imdb.Reviews([1, 5, 5, 9, 1, 9, 5], [0, 4, 7], [1, 0])
    rows = keras_recipes.inputs(TINY_BAG, reviews)
    assert rows.shape == (2, 60) and (rows[0] == rows[1]).all()
    assert np.flatnonzero(rows[0]).tolist() == [1, 5, 9] and rows.max() == 1


def test_recorded_with_other_settings_is_refused(places):
    sample = records.load("lstm_32")[0]
    places["into"].mkdir()
    changed = json.loads(sample.to_json()) | {"recipe": "tiny"}
    (places["into"] / "tiny-seed1.json").write_text(json.dumps(changed))
    with pytest.raises(ValueError, match=r"tiny-seed1\.json: expected a run of the recipe as it stands"):
        sweep.run(TINY, [1], **places)


def test_a_folder_that_cannot_be_written_is_seen_before_training(places):
    places["weights"].write_text("a file, where a folder should be")
    lines = []
    with pytest.raises(FileExistsError, match="weights"):
        sweep.run(TINY, [1], **places, report=lines.append)
    assert lines == []


# the command


@pytest.mark.keras
def test_train_list_and_export(places, tmp_path, capsys):
    commands.main(["train", "tiny", "--seeds", "1", *arguments(places)])
    assert "tiny, seed 1: test accuracy" in capsys.readouterr().out
    commands.main(["list", "--records", str(places["into"])])
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("tiny "))
    assert row.split()[1] == "1" and row.count("%") == 3

    shipped = tmp_path / "shipped"
    given = ["--records", str(places["into"]), "--weights", str(places["weights"]), "--data", str(places["path"])]
    commands.main(["export", "tiny", "--seed", "1", "--into", str(shipped), *given])
    assert "tiny.npz" in capsys.readouterr().out
    model, card = runs.load_model("tiny", folder=shipped), runs.card("tiny", folder=shipped)
    with np.load(places["weights"] / "tiny-seed1.npz") as trained:
        assert (model["recurrent_kernel"] == trained["recurrent/recurrent_kernel"]).all()
        _, scale = weights.quantise(trained["embedding/embeddings"])
        assert np.abs(model["embedding"] - trained["embedding/embeddings"]).max() <= scale.max() / 2 * (1 + 1e-6)
    assert card["unquantised"]["test_accuracy"] == records.load("tiny", places["into"])[0].test_accuracy

    # another seed stands beside it, under a name that says so
    commands.main(["train", "tiny", "--seeds", "2", *arguments(places)])
    commands.main(["export", "tiny", "--seed", "2", "--into", str(shipped), *given])
    assert "tiny-seed2.npz" in capsys.readouterr().out
    assert runs.shipped(shipped) == ["tiny", "tiny-seed2"] and runs.card("tiny-seed2", shipped)["seed"] == 2
    assert runs.card("tiny", folder=shipped) == card

    # weights of another run are not shipped under this record's name
    (places["weights"] / "tiny-seed2.npz").replace(places["weights"] / "tiny-seed1.npz")
    capsys.readouterr()
    one_line(["export", "tiny", "--seed", "1", "--into", str(shipped), *given], "recorded answers", capsys)
    assert runs.card("tiny", folder=shipped) == card


@pytest.mark.keras
def test_an_export_of_other_layers_is_refused(places, capsys):
    one_line(["export", "tiny_bag", "--seed", "1"], "expected embedding, LSTM and output, got 'tiny_bag'", capsys)


def one_line(given, words, capsys):
    with pytest.raises(SystemExit) as ended:
        commands.main(given)
    assert ended.value.code
    shown = capsys.readouterr().err
    assert words in shown and shown.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "required"),
        (["trian"], "invalid choice"),
        (["train", "lstm_33"], "recipe: expected one of lstm_32"),
        (["list", "--records", "no/such/folder"], "no/such/folder: expected the folder of the records"),
        (["train", "lstm_32", "--seeds", "one"], "--seeds: expected whole numbers from 0 to 4294967295, got one"),
        (["train", "lstm_32", "--seeds", "-1"], "--seeds: expected whole numbers from 0 to 4294967295, got -1"),
        (["train", "lstm_32", "--seeds", "4294967296"], "--seeds: expected whole numbers from 0 to 4294967295"),
        (["export", "lstm_32", "--seed", "99"], "lstm_32-seed99.json: expected the record of a run, found none"),
        (["train", "lstm_32", "--into", "new", "--data", "no/such/file"], "no/such/file: expected a file of the IMDB"),
        (["export", "lstm_32"], "--seed"),
        (["export", "lstm_32", "--seed", "1", "--weights", "no/such/folder"], "expected the trained weights"),
    ],
)
def test_an_error_is_one_line_and_leaves_nothing(given, words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    one_line(given, words, capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_command_says_how_to_go_on(monkeypatch, capsys):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(sweep, "run", stopped)
    one_line(["train", "lstm_32"], "the same command goes on", capsys)


def test_list_shows_the_shipped_runs(capsys):
    commands.main(["list"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["recipe", "runs"]
    row = next(line.split() for line in lines if line.startswith("lstm_32 "))
    assert row[1] == runs.fact("lstm_32.runs") and row[4] == runs.fact("lstm_32.test.mean")
