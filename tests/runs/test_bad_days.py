"""Bad days of a training on reviews: each ends in one line, and nothing that was finished is lost."""

import errno
import sys
from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import runs
from lstm_edu.common import files
from lstm_edu.imdb import sources
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import executors, recipes, stores, sweep
from lstm_edu.runs.one_run import TRAINERS

SMALL = {"num_words": 60, "maxlen": 12, "embedding": 4, "units": 3, "epochs": 1}
TINY = runs.recipe("lstm_500").but("tiny", "", **SMALL)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setitem(recipes.RECIPES, "tiny", TINY)


@pytest.fixture
def given(made_up_file, tmp_path):
    """given(data): what is typed to train the tiny recipe."""

    def typed(path=made_up_file, recipe="tiny"):
        into = ["--into", str(tmp_path / "runs"), "--weights", str(tmp_path / "weights")]
        return ["train", recipe, "--seeds", "1", *into, *(["--data", str(path)] if path else [])]

    return typed


def test_no_data_and_no_network(given, capsys, tmp_path, monkeypatch):
    for name in ("LSTM_EDU_DATA", "KERAS_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "checkout/lstm_edu/imdb/sources.py"))
    monkeypatch.setattr(sources, "KERAS_URL", "http://127.0.0.1:9/imdb.npz")  # where nobody answers
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    with pytest.raises(SystemExit):
        commands.main(given(None))
    tried, told = capsys.readouterr().err.splitlines()
    assert tried.startswith("fetching the IMDB reviews") and "no IMDB data here, nor in LSTM_EDU_DATA=" in told
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_a_data_file_that_is_cut_off_or_altered(save, given, one_line, made_up, tmp_path):
    """Wherever its bytes are wrong: the file is named, and nothing is trained on it."""
    path = tmp_path / "imdb_flat.npz"
    save(path, **made_up)
    whole = path.read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        one_line(given(path), f"lstm_edu.runs: {path}")
    for place in np.linspace(200, len(whole) * 0.8, 8).astype(int):
        path.write_bytes(whole[:place] + bytes(255 - byte for byte in whole[place : place + 20]) + whole[place + 20 :])
        one_line(given(path), f"lstm_edu.runs: {path}")
    assert not (tmp_path / "runs").exists() and not (tmp_path / "weights").exists()


def test_data_that_are_whole_and_others_are_told_by_their_hash(given, made_up, made_up_file, tmp_path):
    """A run on altered reviews is a run; it is not compared with one on the right ones."""
    other = tmp_path / "other.npz"
    np.savez(other, **made_up | {"x_train": made_up["x_train"][::-1]})
    for seed, path in ((1, made_up_file), (2, made_up_file), (3, other)):
        sweep.run([(TINY, seed)], stores.Folder(tmp_path / "runs"), path=path, report=lambda line: None)
    with pytest.raises(ValueError, match="expected answers to the same examples"):
        runs.accuracy("tiny", tmp_path / "runs")


def test_a_record_that_is_cut_off_is_named_and_not_overwritten(given, one_line, tmp_path):
    record = tmp_path / "runs" / "tiny-seed1.json"
    record.parent.mkdir()
    record.write_text('{"recipe": "tiny", ')
    one_line(given(), "tiny-seed1.json: expected the record of a run")
    one_line(["list", "--records", str(tmp_path / "runs")], "tiny-seed1.json: expected the record of a run")
    assert record.read_text() == '{"recipe": "tiny", '


@pytest.mark.parametrize("full", ["weights", "runs"])
def test_a_full_disk_leaves_no_record_without_its_weights(full, given, one_line, tmp_path, monkeypatch):
    write = files.write

    def filled(path, fill):
        if path.parent.name == full and "seed1" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write(path, fill)

    store = stores.Folder(tmp_path / "runs")
    sweep.run([(TINY, 2)], store, tmp_path / "weights", path=given()[-1], report=lambda line: None)
    monkeypatch.setattr(files, "write", filled)
    one_line(given(), "No space left on device")
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["tiny-seed2.json"]
    monkeypatch.undo()
    sweep.run([(TINY, 1)], store, tmp_path / "weights", path=given()[-1], report=lambda line: None)
    assert store.get("tiny", 1).command.endswith("train tiny --seeds 1")


def test_weights_that_are_no_numbers_are_no_record(given, one_line, tmp_path, monkeypatch):
    """A trainer whose losses ran away, as Keras' do: it does not stop by itself."""
    train = TRAINERS["numpy"]

    def away(*given):
        trained = train(*given)
        return replace(trained, history=trained.history | {"val_loss": [float("nan")]})

    monkeypatch.setitem(TRAINERS, "numpy", away)
    one_line(given(), "tiny, seed 1: expected finite numbers, got val_loss [nan]: it diverged")
    assert not (tmp_path / "runs").exists()


def test_without_scikit_learn_the_way_to_it_is_said(given, one_line, monkeypatch, tmp_path):
    for name in ("sklearn", "sklearn.linear_model"):
        monkeypatch.setitem(sys.modules, name, None)
    one_line(given(recipe="logistic_words"), "pip install 'lstm_edu[baselines]'")
    assert not (tmp_path / "runs").exists()


def test_a_worker_without_the_data_says_so(tmp_path):
    """On another machine, say: the error comes back, and what was done before is written."""
    store = stores.Folder(tmp_path / "runs")
    with executors.executor(workers=2) as pool, pytest.raises(FileNotFoundError, match="nowhere: expected a file of"):
        sweep.run([(TINY, 1), (TINY, 2)], store, executor=pool, path=tmp_path / "nowhere", report=lambda line: None)
    assert not (tmp_path / "runs").exists()
