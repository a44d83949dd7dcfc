"""The shipped measurements are those of the data; the commands that make them end on errors in one line."""

import hashlib
import json

import numpy as np
import pytest

from lstm_edu import imdb
from lstm_edu.imdb import __main__ as commands
from lstm_edu.imdb import numbers, text


@pytest.mark.data
def test_the_shipped_statistics_are_measured():
    assert numbers.measure() == imdb.statistics()


@pytest.mark.data
def test_the_vocabulary_is_that_of_the_data():
    """Ranks follow the number of occurrences in the training reviews: the shipped words are those the ids mean."""
    train, _ = imdb.load(num_words=10_004)
    counts = np.bincount(train.tokens, minlength=10_004)[4:]
    assert (np.diff(counts) <= 0).all()


def test_the_shipped_statistics_add_up():
    shown = imdb.statistics()
    for split in ("train", "test"):
        part = shown[split]
        assert sum(part["histogram"]["reviews"]) == part["reviews"] == 2 * part["positive"] == 25_000
        assert part["tokens"] == part["words"] + part["reviews"]
        assert part["kept"]["500"]["reviews"] + part["longer_than"]["500"] == part["reviews"]
        assert list(part["length"].values()) == sorted(part["length"].values())
        kept = [row["tokens"] for row in part["kept"].values()]
        assert kept == sorted(kept) and kept[-1] < part["tokens"]
        unknown = list(part["unknown"].values())
        assert unknown == sorted(unknown, reverse=True)
    assert (shown["train"]["length"]["median"], shown["train"]["length"]["max"]) == (178, 2494)
    assert shown["frequent"][0][0] == "the"


def test_statistics_of_made_up_reviews(tmp_path):
    """Counted by hand: three reviews of 1, 2 and 210 words, and a rank past every limit."""
    ranks = np.r_[[17], [1, 88_584], np.full(210, 1)].astype(np.int32)
    arrays = {
        letter + split: array
        for split in ("_train", "_test")
        for letter, array in (
            ("x", ranks),
            ("o", np.array([0, 1, 3, 213], np.int32)),
            ("y", np.array([1, 1, 0], np.uint8)),
        )
    }
    np.savez(tmp_path / "imdb_flat.npz", **arrays)
    seen = numbers.measure(tmp_path)
    for split in ("train", "test"):
        part = seen[split]
        assert (part["reviews"], part["positive"], part["tokens"], part["words"]) == (3, 2, 216, 213)
        assert part["length"] == {"min": 2, "median": 3, "p90": 211, "p99": 211, "max": 211}
        assert part["longer_than"] == {"200": 1, "500": 0}
        assert part["histogram"] == {"edges": [0, 50, 100, 150, 200, 250], "reviews": [2, 0, 0, 0, 1]}
        assert part["kept"]["50"] == {"reviews": 2, "tokens": 55}
        assert set(part["unknown"].values()) == {1}
    assert seen["frequent"] == [["the", 211], ["movie", 1]]


def test_reviews_that_came_before_are_counted(tmp_path):
    """Of the words 7, 7 8 and 9: training has the first twice, the test the second twice and the third."""
    rows = {"train": [[7], [7, 8], [7], [5]], "test": [[7, 8], [7, 8], [9], [8, 7], [5]]}
    arrays = {}
    for split, labels in (("train", [1, 0, 1, 0]), ("test", [0, 0, 1, 0, 1])):
        arrays[f"x_{split}"] = np.concatenate(rows[split]).astype(np.int32)
        arrays[f"o_{split}"] = np.cumsum([0, *map(len, rows[split])]).astype(np.int32)
        arrays[f"y_{split}"] = np.array(labels, np.uint8)
    np.savez(tmp_path / "imdb_flat.npz", **arrays)
    found = numbers.measure(tmp_path)["repeated"]
    assert found == {"train": 1, "test": 1, "test_in_train": 3, "other_label": 1}


def test_the_statistics_command_writes_what_is_measured(made_up_file, tmp_path, capsys):
    commands.main(["statistics", "--data", str(made_up_file), "--into", str(tmp_path / "seen.json")])
    assert json.loads((tmp_path / "seen.json").read_text()) == numbers.measure(made_up_file)
    assert "wrote" in capsys.readouterr().out


def test_the_vocabulary_command_takes_keras_file_alone(tmp_path, monkeypatch, capsys):
    index = tmp_path / "imdb_word_index.json"
    index.write_text(json.dumps({"film": 2, "the": 1, "a": 3}))
    into = tmp_path / "vocabulary.json"
    one_line(["vocabulary", str(index), "--into", str(into)], "md5", capsys)
    assert not into.exists()
    monkeypatch.setattr(commands, "WORD_INDEX_MD5", hashlib.md5(index.read_bytes()).hexdigest())
    monkeypatch.setattr(commands, "WORDS", 2)
    commands.main(["vocabulary", str(index), "--into", str(into)])
    assert json.loads(into.read_text())["words"] == ["the", "film"]


@pytest.mark.data
def test_the_vocabulary_command_made_the_shipped_file(tmp_path):
    index = imdb.available().parent / "imdb_word_index.json"
    if not index.exists():
        pytest.skip("no imdb_word_index.json beside the IMDB data")
    commands.main(["vocabulary", str(index), "--into", str(tmp_path / "vocabulary.json")])
    assert (tmp_path / "vocabulary.json").read_bytes() == text.VOCABULARY.read_bytes()


def one_line(arguments, words, capsys):
    with pytest.raises(SystemExit) as ended:
        commands.main(arguments)
    assert ended.value.code
    shown = capsys.readouterr().err
    assert words in shown and shown.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "required"),
        (["count"], "invalid choice"),
        (["vocabulary", "no/such/file.json"], "No such file"),
        (["statistics", "--data", "no/such/folder"], "no/such/folder: expected a file of the IMDB data"),
    ],
)
def test_an_error_is_one_line(arguments, words, capsys):
    one_line(arguments, words, capsys)
