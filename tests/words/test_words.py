"""Words: a sentence by its key, the holes in it filled, in the language that is asked for."""

import re

import pytest

from lstm_edu.words import Words

CATALOGUE = """
half = "Half is gone after {steps} steps."
steps = { one = "{n} step", other = "{n} steps" }
[parts]
f = "the forget gate"
"""


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """A folder with two made-up languages, "en" and "xx", and a function that writes a catalogue of one of them."""

    def write(language, name, text):
        path = tmp_path / language / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    monkeypatch.setenv("LSTM_EDU_WORDS", str(tmp_path))
    write("en", "gates", CATALOGUE)
    write("xx", "gates", re.sub(r'= "(.*?)"', r'= "[\1]"', CATALOGUE))
    return write


def test_a_sentence_has_its_holes_filled(made_up):
    say = Words("gates")
    assert say("half", steps="3.1") == "Half is gone after 3.1 steps."
    assert say("parts.f") == "the forget gate"
    assert say("half", steps="{n} <b>") == "Half is gone after {n} <b> steps."  # what is put in is not looked into
    assert say.pieces("half", steps=3) == ["Half is gone after ", 3, " steps."]


@pytest.mark.parametrize(("n", "text"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (1.5, "1.5 steps")])
def test_a_plural_is_chosen_by_n(made_up, n, text):
    assert Words("gates")("steps", n=n) == text


def test_a_language_without_a_singular_has_one_form(made_up):
    made_up("en", "gates", 'steps = { other = "{n} bu" }')
    assert Words("gates")("steps", n=1) == "1 bu"


def test_the_language_is_chosen_when_something_is_said(made_up, monkeypatch):
    say = Words("gates")
    assert say("parts.f") == "the forget gate"
    monkeypatch.setenv("LSTM_EDU_LANGUAGE", "xx")
    assert say("parts.f") == "[the forget gate]" and say("steps", n=1) == "[1 step]"


def test_what_is_not_there_is_refused_by_name(made_up, monkeypatch):
    say = Words("gates")
    with pytest.raises(KeyError, match=r"words/en/gates.toml has no key 'parts.i'"):
        say("parts.i")
    with pytest.raises(KeyError, match="has no key 'parts'"):
        say("parts")
    for values in ({}, {"step": 1}, {"steps": 1, "n": 1}):
        with pytest.raises(TypeError, match=r"gates, half: expected values for \{'steps'\}, got"):
            say("half", **values)
    with pytest.raises(TypeError, match=r"gates, steps: expected values for \{'n'\}, got set\(\)"):
        say("steps")
    with pytest.raises(ValueError, match="catalogue: expected one of gates, got 'gate'"):
        Words("gate")("parts.f")
    monkeypatch.setenv("LSTM_EDU_LANGUAGE", "yy")
    with pytest.raises(ValueError, match="LSTM_EDU_LANGUAGE: expected one of en, xx, got 'yy'"):
        say("parts.f")
