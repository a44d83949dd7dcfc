"""What the experiments came to: the best rate, lag by lag, when learning began; and the small networks."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from lstm_edu import network, runs, tasks
from lstm_edu.common import files
from lstm_edu.runs import data, export, in_numpy_tasks, outcomes
from lstm_edu.runs.experiments import EXPERIMENTS, of_task, rated, store


@pytest.fixture
def recorded(tmp_path, monkeypatch, made):
    """record(recipe, seed, **results) keeps a run of the experiment "tiny"; outcomes read these."""
    monkeypatch.setitem(EXPERIMENTS, "tiny", [])
    lines = []

    def record(recipe, seed, **results):
        run = made(
            recipe.name, seed, [1], settings=recipe.settings, results=results, data={"name": recipe.data, "sha256": ""}
        )
        lines.append(json.dumps(asdict(run)))
        files.write(tmp_path / "tiny.jsonl", lambda file: file.write(("\n".join(lines) + "\n").encode()))
        outcomes.of.cache_clear()

    yield record
    outcomes.of.cache_clear()


SLOW, FAST = rated("numbers", "marked_parcel", (1, 10), tested=[2, 5])


def test_the_best_rate_has_the_lowest_mean_error_over_the_seeds_that_all_have(recorded, tmp_path):
    for seed, slow, fast in ((1, 0.2, 0.1), (2, 0.2, 0.25)):
        recorded(SLOW, seed, error=slow, error_at_2=0.1, error_at_5=0.3)
        recorded(FAST, seed, error=fast, error_at_2=0.2, error_at_5=0.4)
    recorded(FAST, 3, error=9.0, error_at_2=0.6, error_at_5=0.7)  # SLOW has no such seed
    assert [run.recipe for run in outcomes.best("tiny", "numbers", tmp_path)] == ["numbers_r10"] * 3
    assert outcomes.best_recipes("tiny", tmp_path) == ["numbers_r10"]


def test_a_rate_that_lost_a_run_comes_last(recorded, tmp_path):
    recorded(SLOW, 1, error=0.5)
    recorded(FAST, 1, lost=12)
    assert outcomes.best("tiny", "numbers", tmp_path)[0].recipe == "numbers_r1"


def test_letters_are_judged_by_whether_learning_began_and_when(recorded, tmp_path):
    slow, fast = rated("letters", "letter_box", (1, 10))
    for seed, late, soon in ((1, 900, 100), (2, 900, None)):
        recorded(slow, seed, accuracy=1.0, began=late)
        recorded(fast, seed, accuracy=0.5, **({} if soon is None else {"began": soon}))
    best = outcomes.best("tiny", "letters", tmp_path)
    assert best[0].recipe == "letters_r1" and outcomes.times(best).tolist() == [900, 900]


def test_what_is_not_there_is_named(recorded, tmp_path):
    recorded(of_task("alone", "marked_parcel"), 1, error=0.5)
    with pytest.raises(ValueError, match="start: expected one of alone, got 'other'"):
        outcomes.best("tiny", "other", tmp_path)


def test_the_shipped_experiments_are_whole():
    for name, recipes in EXPERIMENTS.items():
        found = store(name).runs()
        assert {run.recipe for run in found} == {recipe.name for recipe in recipes}
        settings = {recipe.name: recipe.settings for recipe in recipes}
        for run in found:
            assert run.settings == settings[run.recipe] and run.trainer in ("numpy_tasks", "numpy")
            assert run.command == f"python -m lstm_edu.runs experiment {name} --seeds {run.seed}"
            assert all(np.isfinite(values).all() for values in run.history.values())
        for start in outcomes.starts(name):
            assert {run.seed for run in outcomes.best(name, start)} == {1, 2, 3, 4, 5}, start


def test_lags_and_beginnings_of_the_shipped():
    lags, errors = outcomes.by_lag("parcel", "parcel_lstm")
    assert lags[0] == 1 and lags[-1] == 100 and errors.shape == (len(lags), 5) and (errors > 0).all()
    began = outcomes.began("lstm_b5")
    assert list(began) == [5, 10, 20, 30, 50, 100] and all(times.shape == (5,) for times in began.values())


def test_what_reached_the_flag_is_of_the_networks_that_were_trained():
    for kind, above, below in (("simple_rnn_relu", 0.4, 1), ("lstm_b0", 0, 1e-3), ("lstm_b5", 0.9, 10)):
        [(lag, shares)] = outcomes.left(kind, [20]).items()
        assert lag == 20 and shares.shape == (5,) and (above < shares).all() and (shares < below).all()
    run = outcomes.best("letter", "letter_lstm_b1_lag5")[0]
    net = in_numpy_tasks.build(run.settings, 6, 4, np.random.default_rng([run.seed, 0]))
    x, _, asked = tasks.letter_box(64, 5, np.random.default_rng([run.seed, 2]))
    norms = []
    for n in range(64):  # one example at a time, and the belt moved by hand at the flag and at the bell
        flag = int(x[n, :, 4].argmax())
        norms.append([np.linalg.norm(by_differences(net, x[n : n + 1, : flag + 6], t)) for t in (flag, flag + 5)])
    at_flag, at_bell = np.transpose(norms)
    assert outcomes.left("lstm_b1", [5])[5][0] == pytest.approx(np.median(at_flag / at_bell), rel=1e-3)  # float32


def by_differences(net, x, t, by=1e-3):
    """The slope of the first letter's score at the last step for the belt after step t (H,)."""
    h, c = net.cell.run(x[:, : t + 1].astype(np.float64)).state
    o = net.cell.run(x[:, : t + 1].astype(np.float64)).o[:, -1]
    moved = c + by * np.concatenate([np.eye(16), -np.eye(16)])  # (32, H)
    h = o * np.tanh(moved)
    rest = np.repeat(x[:, t + 1 :].astype(np.float64), 32, axis=0)
    last = net.cell.run(rest, (h, moved)).last_output if rest.shape[1] else h
    scores = last @ net.dense.kernel[:, 0]
    return (scores[:16] - scores[16:]) / (2 * by)


def test_facts_say_it_for_prose():
    known = runs.facts()
    lags, errors = outcomes.by_lag("parcel", "parcel_gru")
    assert known["parcel_gru.error_at_10.mean"] == (pytest.approx(errors[lags == 10].mean()), "loss")
    times = outcomes.began("lstm_b0")[5]
    assert known["letter_lstm_b0_lag5.began.runs"] == (int((~np.isnan(times)).sum()), "count")


@pytest.mark.parametrize("name", ["parcel_simple_rnn", "parcel_gru", "parcel_lstm", "parcel_lstm_b5"])
def test_a_small_network_is_the_recorded_run(name):
    card = json.loads((export.SMALL / f"{name}.json").read_text("utf-8"))
    record = outcomes.best("parcel", name)[0]
    assert (card["recipe"], card["seed"], card["results"]) == (record.recipe, 1, record.results)
    net = network.small(name)
    [recipe] = [recipe for recipe in EXPERIMENTS["parcel"] if recipe.name == record.recipe]
    for lag in (10, 100):
        x, y, asked = data.load(recipe).test[f"_at_{lag}"]
        error = np.sqrt(np.mean((net.logits(x, asked) - y) ** 2))
        assert error == pytest.approx(record.results[f"error_at_{lag}"], rel=1e-3)  # float32, another order of sums
