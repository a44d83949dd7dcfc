"""The contract of a run: plain values in and out, whatever is learnt and whoever teaches it."""

import dataclasses
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from lstm_edu import runs
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import data, records, stores, sweep
from lstm_edu.runs.one_run import TRAINERS, one_run
from lstm_edu.runs.recipes import RECIPES, Recipe
from lstm_edu.runs.trained import Trained

# another trainer, on other data: a slope fitted by steps, measured by its error, with no validation and no answer that
# is right or wrong
SLOPE = Recipe(name="slope", data="line", model="slope", trainer="descent", settings={"shown": [1, 10, 100]})


def line(settings, path):
    inputs = np.linspace(-1, 1, 20)
    return data.Data("line", "0123", train=(inputs, 3 * inputs), test=(inputs / 2, 3 * inputs / 2))


def descend(recipe, seed, data, report):
    (x, y), (x_test, y_test) = data.train, data.test
    slope, losses = np.random.default_rng(seed).normal(size=1), []
    for step in range(1, recipe.settings["shown"][-1] + 1):
        slope -= 0.1 * 2 * ((slope * x - y) * x).mean()
        if step in recipe.settings["shown"]:
            losses.append(((slope * x - y) ** 2).mean())
            report(f"step {step}")
    return Trained(
        arrays={"slope": slope},
        history={"step": recipe.settings["shown"], "loss": losses},
        results={"error": float(np.abs(slope * x_test - y_test).mean()), "slope": float(slope[0])},
        tested=len(x_test),
        seconds=[0.01],
        versions={"numpy": np.__version__},
    )


TABLES = ((TRAINERS, "descent", descend), (data.LOADERS, "line", line), (RECIPES, "slope", SLOPE))


@pytest.fixture
def known(monkeypatch):
    for table in TABLES:
        monkeypatch.setitem(*table)


def become_known():
    """The same in another process, for good."""
    for table, name, value in TABLES:
        table[name] = value


def test_a_run_travels_to_another_process(known):
    """Recipe and data go there, the finished run comes back: the same as here, for all of it is plain values."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), become_known) as pool:
        there = [pool.submit(one_run, SLOPE, seed, data.load(SLOPE)) for seed in (1, 2)]
        for seed, future in zip((1, 2), there, strict=True):
            here, came = one_run(SLOPE, seed, data.load(SLOPE)), future.result()
            assert came.record == here.record and came.record.seed == seed
            assert came.arrays.keys() == {"slope"} and (came.arrays["slope"] == here.arrays["slope"]).all()


def test_a_run_in_and_out_is_plain_values(known):
    finished = one_run(SLOPE, 1, data.load(SLOPE))
    for value in (SLOPE, finished.record):
        assert pickle.loads(pickle.dumps(value)) == value
        assert plain(dataclasses.asdict(value))
    assert all(type(array) is np.ndarray for array in pickle.loads(pickle.dumps(finished)).arrays.values())


def plain(value):
    if isinstance(value, dict):
        return all(type(key) is str for key in value) and plain(list(value.values()))
    return all(map(plain, value)) if type(value) is list else type(value) in (str, int, float, bool)


def test_losses_at_steps_and_an_error_have_their_place(known, tmp_path, capsys):
    lines = []
    sweep.run([(SLOPE, 1), (SLOPE, 2)], stores.Folder(tmp_path / "runs"), report=lines.append)
    assert [line for line in lines if "test" in line] == [
        f"{run.seed} of 2: slope, seed {run.seed}: test error {run.results['error']:.4f}"
        for run in records.load("slope", tmp_path / "runs")
    ]
    run = records.load(folder=tmp_path / "runs")[0]
    assert run.history["step"] == [1, 10, 100] and run.history["loss"] == sorted(run.history["loss"], reverse=True)
    assert run.results.keys() == {"error", "slope"} and (run.tested, run.validated, run.right) == (20, 0, "")
    assert run.data == {"name": "line", "sha256": "0123"} and run.trainer == "descent" and run.parameters == 1
    assert runs.facts(tmp_path / "runs")["slope.test_error.seed1"][0] == run.results["error"]
    commands.main(["list", "--records", str(tmp_path / "runs")])
    assert "slope                           2         -         -       -        -" in capsys.readouterr().out


def test_a_stopped_sweep_goes_on_where_it_was(known, tmp_path):
    """Stopped in its second seed, then started again: the first seed is not trained twice."""

    def stop(line):
        lines.append(line)
        if lines.count("step 100") == 2:
            raise KeyboardInterrupt

    lines, todo, store = [], [(SLOPE, seed) for seed in (1, 2, 3)], stores.Folder(tmp_path / "runs")
    with pytest.raises(KeyboardInterrupt):
        sweep.run(todo, store, tmp_path / "weights", report=stop)
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["slope-seed1.json"]
    first = (tmp_path / "runs" / "slope-seed1.json").read_bytes()

    lines = []
    sweep.run(todo, store, tmp_path / "weights", report=lines.append)
    assert lines[0] == "1 of 3 runs are recorded, 2 to go"
    assert lines.count("step 100") == 2
    assert [record.seed for record in records.load("slope", tmp_path / "runs")] == [1, 2, 3]
    assert (tmp_path / "runs" / "slope-seed1.json").read_bytes() == first


def test_a_run_writes_nothing(known, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one_run(SLOPE, 1, data.load(SLOPE))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("change", [{"data": "curve"}, {"model": "line"}, {"trainer": "ascent"}, {"settings": {}}])
def test_a_record_of_another_recipe_of_that_name_is_refused(change, known, tmp_path):
    store = stores.Folder(tmp_path)
    sweep.run([(SLOPE, 1)], store, report=lambda line: None)
    with pytest.raises(ValueError, match="slope-seed1: expected a run of the recipe as it stands"):
        sweep.run([(dataclasses.replace(SLOPE, **change), 1)], store)


def test_data_and_trainer_are_those_the_recipe_names(known):
    with pytest.raises(
        ValueError, match="data: expected one of imdb, marked_parcel, letter_box, last_parcel, line, got 'curve'"
    ):
        data.load(dataclasses.replace(SLOPE, data="curve"))
    with pytest.raises(ValueError, match="data: expected 'curve', which slope is trained on, got 'line'"):
        one_run(dataclasses.replace(SLOPE, data="curve"), 1, data.load(SLOPE))
    with pytest.raises(
        ValueError, match="trainer: expected one of keras, numpy, numpy_tasks, scikit, descent, got 'ascent'"
    ):
        one_run(dataclasses.replace(SLOPE, trainer="ascent"), 1, data.load(SLOPE))


@pytest.mark.parametrize(
    "name", ["one_run", "trained", "records", "recorded", "statistics", "chance", "stores", "sweep"]
)
def test_the_contract_names_no_data_set(name):
    text = (Path(runs.__file__).parent / f"{name}.py").read_text().lower()
    assert "imdb" not in text and "review" not in text
