"""The questions of the Check: every answer, and every wrong answer that has a name, is computed here and not typed."""

import json
import re
from collections import Counter

import numpy as np
import pytest
from answers import COMPUTED, QUESTIONS, ROOT, Computed
from test_prose import matches, prose_numbers

from lstm_edu.widgets.check import QUESTIONS as FOLDER
from lstm_edu.widgets.check import asked

KEYS = {"chapter", "place", "kind", "answer"}
MORE = {
    "number": {"unit", "tolerance", "wrong"},
    "array": {"tolerance", "wrong"},
    "choice": {"choices"},  # every other choice is a wrong answer that is told what it is
    "several": {"choices", "wrong"},
}


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
    values = list(question.get("wrong", {}).values())
    if isinstance(computed.answer, dict):
        assert list(computed.answer) and set(computed.answer) == set(question["choices"])
        true = [choice for choice in question["choices"] if computed.answer[choice]]
        assert true == (question["answer"] if question["kind"] == "several" else [question["answer"]])
    else:
        tolerance = question.get("tolerance", 0)
        assert close(question["answer"], computed.answer, tolerance)
        assert len(values) == len(computed.wrong)
        for value, wrong in zip(values, computed.wrong, strict=True):
            assert close(value, wrong, tolerance), (value, wrong)
            assert apart(value, question["answer"], tolerance)
        for k, value in enumerate(values):
            assert all(apart(value, other, tolerance) for other in values[:k])
    page = asked(name)
    values = [wrong["value"] for wrong in page["wrong"]]
    known = [page["answer"], values, page.get("choices", []), [float(n) for n in computed.told]]
    seen = {n.replace(",", "").lstrip("-") for n in re.findall(r"\d[\d,]*\.?\d*", str(known))}
    seen |= {n.removesuffix(".0") for n in seen}
    assert [n for n in prose_numbers(" ".join(texts_of(page))) if not matches(n, seen)] == []


def test_every_question_is_computed():
    assert set(COMPUTED) == set(QUESTIONS)


def test_no_name_stands_in_two_files():
    named = re.findall(r"^\[(.*)\]$", "\n".join(file.read_text("utf-8") for file in FOLDER.glob("*.toml")), re.M)
    assert sorted(named) == sorted(QUESTIONS) and named


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_whole(name):
    question = QUESTIONS[name]
    kind, choices, wrong = question["kind"], question.get("choices"), question.get("wrong", {})
    assert KEYS <= set(question) <= KEYS | MORE[kind] | {"folds"} and question["place"] in ("guess", "exercise")
    page = asked(name)
    texts = texts_of(page)
    assert all(isinstance(text, str) and text.strip() == text and text for text in texts)
    assert not re.search(r"[$\\<>]|\*\w", re.sub(r"`[^`]*`", "", " ".join(texts)))  # no TeX, no markup
    given = [question["answer"], *wrong.values()]
    if kind == "choice":
        assert question["answer"] in choices and len(set(page["choices"])) == len(set(choices)) == len(choices)
    elif kind == "several":
        assert all(isinstance(value, list) and set(value) <= set(choices) for value in given)
        assert question["answer"] not in wrong.values()
    elif kind == "array":
        assert all(isinstance(value, list) for value in given)
    else:
        assert all(isinstance(value, int | float) for value in given)


ASKED = re.compile(r'\bCheck\("([^"]*)"\)')


def used():
    """(chapter, question, cell) of each Check in a notebook, in their order."""
    for notebook in sorted(ROOT.glob("notebooks/*.ipynb")):
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                for name in ASKED.findall("".join(cell["source"])):
                    yield notebook.stem[:2], name, cell


def used_on_written_pages():
    """(page, question) of each Check on a page of book/."""
    for page in sorted(ROOT.glob("book/*.md")):
        for name in ASKED.findall(page.read_text("utf-8")):
            yield page.stem, name


def test_every_question_stands_in_its_chapter_and_no_other_is_asked():
    asked_there = [*((chapter, name) for chapter, name, _ in used()), *used_on_written_pages()]
    assert Counter(asked_there) == Counter((question["chapter"], name) for name, question in QUESTIONS.items())


def test_the_page_shows_the_question_and_not_its_line_of_code():
    for _, name, cell in used():
        assert cell["source"] == [f'Check("{name}")'] and cell["metadata"].get("tags") == ["remove-input"]
