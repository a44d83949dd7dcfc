"""How long networks of an experiment keep a difference, where it can be said by hand."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import facts, imdb, runs
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import experiments
from lstm_edu.study import belt, counting

WORDS = 10_000


def arrays(f, H=2, D=3):
    """A network whose forget gate is always f, its output gate one half; nothing hears h."""
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=(D, 4 * H)) * np.repeat([1, 0, 1e-3, 0], H)  # so small that tanh(c) is c
    return {
        "embedding": rng.normal(size=(WORDS, D)) / 10,
        "kernel": kernel,
        "recurrent_kernel": np.zeros((H, 4 * H)),
        "bias": np.repeat([0, np.log(f / (1 - f)), 0, 0], H),
        "dense_kernel": rng.normal(size=(H, 1)),
        "dense_bias": np.zeros(1),
    }


@pytest.fixture
def reviews():
    tokens = np.random.default_rng(1).integers(4, WORDS, 10 * 600)
    return imdb.Reviews(tokens, np.arange(0, 6_001, 600), np.arange(10) % 2)


@pytest.fixture
def saved(tmp_path):
    def save(f):
        path = tmp_path / "belt_no_loop_b5-seed1.npz"
        np.savez(path, **arrays(f))
        return path

    return save


@pytest.mark.parametrize(("f", "half"), [(0.9, 6.6), (0.99, 69.0)])
def test_where_nothing_hears_h_the_belt_is_all(saved, reviews, f, half):
    found = belt.counted(belt.network(saved(f), {"maxlen": 500, "alike": False}), reviews)
    assert found["belt"] == half == found["longest"] and found["bias"] == round(float(np.log(f / (1 - f))), 2)
    assert found["cell"] == pytest.approx(half, abs=0.1)
    assert 0 <= found["left"] < 0.05


def test_the_unit_that_keeps_longest_is_found(saved, reviews):
    network = belt.network(saved(0.9), {"maxlen": 500, "alike": False})
    network.cell.bias[network.cell.columns("f")][1] = np.log(0.99 / 0.01)
    assert belt.counted(network, reviews)["longest"] == 69.0


def test_what_lasts_longer_than_the_reading_is_said_to_last_so_long(saved, reviews):
    found = belt.counted(belt.network(saved(0.9999), {"maxlen": 500, "alike": False}), reviews)
    assert (
        found["cell"] == 350 and found["left"] > 0.5 and found["belt"] == pytest.approx(6931, abs=5)
    )  # float32: f is 0.9999 to 6e-8


def test_the_command_counts_every_recorded_run(saved, reviews, monkeypatch, tmp_path, capsys):
    run = replace(runs.records.load("lstm_32")[0], recipe="belt_no_loop_b5", settings={"maxlen": 500, "alike": False})
    experiments.store("belt", tmp_path).add(run)
    monkeypatch.setattr(imdb, "load", lambda *_, **__: (None, reviews))
    monkeypatch.setattr(counting, "count", lambda path, report: {"data": path})
    into = tmp_path / "belt.json"
    given = ["study", "--data", "there", "--into", str(tmp_path)]
    given += ["--weights", str(tmp_path), "--records", str(tmp_path)]
    with pytest.raises(SystemExit):
        commands.main(given)
    assert "belt_no_loop_b5-seed1.npz: expected the trained arrays of a recorded run" in capsys.readouterr().err
    saved(0.9)
    commands.main(given)
    assert json.loads((tmp_path / "study.json").read_text()) == {"data": "there"}
    said = capsys.readouterr().out
    assert "1 networks, 0 of them kept" in said and re.search(r"five networks: \d+ s", said)
    assert json.loads(into.read_text())["runs"][0]["belt"] == 6.6
    (tmp_path / "belt_no_loop_b5-seed1.npz").unlink()  # a run that is counted is not counted again
    before = into.read_text()
    commands.main(given)
    assert into.read_text() == before
    monkeypatch.setattr(belt, "FILE", into)
    belt._runs.cache_clear()
    assert belt.of("belt_no_loop_b5")[1]["belt"] == 6.6
    assert facts.fact("study.belt.belt_no_loop_b5.belt.mean", belt.facts()) == "6.6"
    assert belt.of("belt_no_loop_b5")[1]["step_fresh"] == 0.993  # sigmoid(5): nothing but the belt is there
    with pytest.raises(ValueError, match="recipe: expected one of belt_no_loop_b5, got 'wang'"):
        belt.of("wang")
    belt._runs.cache_clear()


@pytest.mark.parametrize("name", ["belt_no_loop_b1", "belt_no_candidate_b5", "belt_from_zero_b5"])
def test_a_fresh_step_without_a_loop_is_the_forget_gate_alone(reviews, name):
    # at zeros g is 0 and tanh has slope 1: with U_g = 0 only the belt is left
    bias = 1 if name.endswith("b1") else 5
    assert belt.fresh(name, 1, reviews)["step_fresh"] == round(1 / (1 + np.exp(-bias)), 3)


def test_an_open_belt_and_a_loop_make_the_fresh_step_grow(reviews):
    assert belt.fresh("belt_whole_b5", 1, reviews)["step_fresh"] > 1.05
    assert belt.fresh("belt_whole_b1", 1, reviews)["step_fresh"] < 0.95


def test_what_lies_on_a_belt_is_counted_with_its_padding(saved, reviews):
    net = belt.network(saved(0.99), {"maxlen": 500, "alike": False})
    net.embedding.table[...] = 0
    net.embedding.table[0, 0] = 1.0  # padding alone writes: g of it, half of it let in
    net.cell.kernel[1:] = 0
    short = imdb.Reviews(np.full(10 * 499, 5), np.arange(0, 4_991, 499), np.zeros(10))
    g = np.tanh(net.cell.kernel[0, net.cell.columns("g")])
    assert belt.full(net, short, 500) == pytest.approx(np.median(np.abs(g / 2 * 0.99**499)), abs=1e-3)
