"""Made-up records."""

import numpy as np
import pytest

from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import records


@pytest.fixture(scope="session")
def made():
    """made(recipe, seed, correct, **fields): a record, as if a small recipe with validation had run two epochs."""

    def record(recipe, seed, correct, **changes):
        correct = np.asarray(correct, bool)
        fields = {
            "data": {"name": "made_up", "sha256": ""},
            "model": "tiny",
            "trainer": "nobody",
            "settings": {"epochs": 2},
            "parameters": 1234,
            "history": {
                "accuracy": [0.5, 0.75],
                "loss": [0.7, 0.5],
                "val_accuracy": [0.8, 0.6 + seed / 100],
                "val_loss": [0.4, 0.6],
            },
            "results": {"accuracy": float(correct.mean()), "loss": 0.5},
            "validated": 5_000,
            "tested": len(correct),
            "right": records.pack(correct),
            "seconds": [10.0, 4.0],
            "versions": {},
            "command": "",
        }
        return records.Record(recipe=recipe, seed=seed, **fields | changes)

    return record


@pytest.fixture
def folder(made, tmp_path):
    """Two recipes with two seeds on eight examples; the second recipe alone has seed 3."""
    into = tmp_path / "runs"
    into.mkdir()
    for one in (
        made("first", 1, [1, 1, 1, 1, 1, 1, 0, 0]),
        made("first", 2, [1, 1, 1, 1, 1, 1, 1, 1]),
        made("second", 1, [1, 1, 1, 0, 0, 0, 1, 0]),
        made("second", 2, [0, 1, 1, 1, 1, 1, 1, 1]),
        made("second", 3, [0] * 8),
    ):
        (into / f"{one.stem}.json").write_text(one.to_json())
    return into


@pytest.fixture
def one_line(capsys):
    """one_line(given, words): the command ends with an error, one line that holds these words."""

    def ends(given, words):
        with pytest.raises(SystemExit) as ended:
            commands.main(given)
        assert ended.value.code
        shown = capsys.readouterr().err
        assert words in shown and shown.count("\n") == 1

    return ends
