"""Made-up records."""

import pytest

from lstm_edu.runs import __main__ as commands


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
