"""The command: what it says, and that an error is one line."""

import re
import shlex
from contextlib import nullcontext
from pathlib import Path

import pytest

from lstm_edu import facts
from lstm_edu.runs import __main__ as commands
from lstm_edu.runs import sweep


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
        (["film", "letter_31"], "film: expected one of letter_30, got 'letter_31'"),
        (["export", "bag_of_words", "--seed", "1"], "expected embedding, LSTM and output, got 'bag_of_words'"),
        (["export", "simple_rnn_32", "--seed", "1"], "expected embedding, LSTM and output, got 'simple_rnn_32'"),
        (["export", "lstm_32", "--seed", "1", "--weights", "no/such/folder"], "expected the trained weights"),
    ],
)
def test_an_error_is_one_line_and_leaves_nothing(given, words, tmp_path, monkeypatch, one_line):
    monkeypatch.chdir(tmp_path)
    one_line(given, words)
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_command_says_how_to_go_on(monkeypatch, one_line):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(sweep, "run", stopped)
    one_line(["train", "lstm_32"], "the same command goes on")


ROOT = Path(__file__).resolve().parents[2]
PAGES = "\n".join(page.read_text("utf-8") for page in [ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("book/*.md"))])
PAGES = re.sub(r"\\\n *", "", PAGES)  # a command may go on in the next line
SAID = sorted(set(re.findall(r"python -m lstm_edu\.runs ((?:train|experiment) [^\n`#]+)", PAGES)))


def test_pages_say_commands():
    assert any("--scheduler" in command for command in SAID)


@pytest.mark.parametrize("command", SAID)
def test_a_command_that_a_page_says_is_one(command, monkeypatch):
    asked = []
    monkeypatch.setattr(commands, "executor", lambda *_: nullcontext())
    monkeypatch.setattr(sweep, "run", lambda todo, *_, **__: asked.extend(todo))
    commands.main(shlex.split(command))
    assert asked


def test_list_shows_the_shipped_runs(capsys):
    commands.main(["list"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["recipe", "runs"]
    row = next(line.split() for line in lines if line.startswith("lstm_32 "))
    assert row[1] == facts.fact("lstm_32.runs") and row[4] == facts.fact("lstm_32.test.mean")
