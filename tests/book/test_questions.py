"""The questions of the Check: every answer, and every wrong answer that has a name, is computed here and not typed."""

import json
import re
import tomllib
from collections import Counter

import numpy as np
import pytest
from answers import COMPUTED, FILES, QUESTIONS, ROOT, Computed
from test_prose import matches, prose_numbers

KEYS = {"place", "kind", "question", "answer", "right", "wrong", "hint"}
MORE = {"number": {"unit", "tolerance"}, "array": {"tolerance"}, "choice": {"choices"}, "several": {"choices"}}


def close(typed, computed, tolerance):
    """A typed number, or a list of them, is the computed one, rounded where the question has a tolerance."""
    typed, computed = np.atleast_1d(np.asarray(typed, float)), np.atleast_1d(np.asarray(computed, float))
    return typed.shape == computed.shape and bool((np.abs(typed - computed) <= tolerance / 2).all())


def apart(one, other, tolerance):
    """No text is both of two answers."""
    one, other = np.atleast_1d(np.asarray(one, float)), np.atleast_1d(np.asarray(other, float))
    return one.shape != other.shape or np.abs(one - other).max() > tolerance


def texts_of(question):
    return [question[key] for key in ("question", "right", "hint")] + [wrong["says"] for wrong in question["wrong"]]


@pytest.mark.parametrize(("name", "function"), COMPUTED.values())
def test_an_answer_is_the_computed_one(name, function):
    question, computed = QUESTIONS[name], function()
    computed = computed if isinstance(computed, Computed) else Computed(computed)
    values = [wrong["value"] for wrong in question["wrong"]]
    if isinstance(computed.answer, dict):
        assert list(computed.answer) and set(computed.answer) == set(question["choices"])
        true = [choice for choice in question["choices"] if computed.answer[choice]]
        assert true == (question["answer"] if question["kind"] == "several" else [question["answer"]])
        assert question["answer"] not in values
    else:
        tolerance = question.get("tolerance", 0)
        assert close(question["answer"], computed.answer, tolerance)
        assert len(values) == len(computed.wrong)
        for value, wrong in zip(values, computed.wrong, strict=True):
            assert close(value, wrong, tolerance), (value, wrong)
            assert apart(value, question["answer"], tolerance)
        for k, value in enumerate(values):
            assert all(apart(value, other, tolerance) for other in values[:k])
    known = [question["answer"], values, question.get("choices", []), [float(n) for n in computed.told]]
    seen = {n.replace(",", "").lstrip("-") for n in re.findall(r"\d[\d,]*\.?\d*", str(known))}
    seen |= {n.removesuffix(".0") for n in seen}
    said = " ".join(
        [question["question"], question["right"], question["hint"], *(w["says"] for w in question["wrong"])]
    )
    assert [n for n in prose_numbers(said) if not matches(n, seen)] == []


def test_every_question_is_computed():
    assert set(COMPUTED) == set(QUESTIONS)


def test_no_name_stands_in_two_files():
    assert len(QUESTIONS) == sum(len(tomllib.loads(file.read_text("utf-8"))) for file in FILES) > 0


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_whole(name):
    question = QUESTIONS[name]
    kind = question["kind"]
    assert KEYS <= set(question) <= KEYS | MORE[kind] and question["place"] in ("guess", "exercise")
    texts = texts_of(question)
    assert all(isinstance(text, str) and text.strip() == text and text for text in texts)
    assert not re.search(r"[$\\<>]|\*\w", re.sub(r"`[^`]*`", "", " ".join(texts)))  # no TeX, no markup
    assert all(set(wrong) == {"value", "says"} for wrong in question["wrong"])
    given = [question["answer"], *(wrong["value"] for wrong in question["wrong"])]
    if kind == "choice":
        assert set(given) == set(question["choices"]) and len(given) == len(
            question["choices"]
        )  # each is told what it is
    elif kind == "several":
        assert all(isinstance(value, list) and set(value) <= set(question["choices"]) for value in given)
    elif kind == "array":
        assert all(isinstance(value, list) for value in given)
    else:
        assert all(isinstance(value, int | float) for value in given)


def used():
    """(chapter, question) of each Check in a notebook, in their order."""
    for notebook in sorted(ROOT.glob("notebooks/*.ipynb")):
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                for name in re.findall(r'\bCheck\("([^"]*)"\)', "".join(cell["source"])):
                    yield notebook.stem, name, cell


def test_every_question_stands_in_its_chapter_and_no_other_is_asked():
    chapters = {name: file.stem for file in FILES for name in tomllib.loads(file.read_text("utf-8"))}
    assert Counter((chapter, name) for chapter, name, _ in used()) == Counter(
        (chapter, name) for name, chapter in chapters.items()
    )


def test_the_page_shows_the_question_and_not_its_line_of_code():
    for _, name, cell in used():
        assert cell["source"] == [f'Check("{name}")'] and cell["metadata"].get("tags") == ["remove-input"]
