"""A question with a number, an array or a choice for an answer: what is right in questions/, what is said in words/."""

import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import traitlets

from ..common.html import element, fragment
from ..words import Words
from .base import Widget

QUESTIONS = Path(__file__).parents[1] / "questions"
say = Words("check")


@cache
def questions():
    """All questions, name -> what its file says of it, and its `chapter`, "03"."""
    return {
        name: question | {"chapter": file.stem}
        for file in sorted(QUESTIONS.glob("*.toml"))
        for name, question in tomllib.loads(file.read_text("utf-8")).items()
    }


def asked(name):
    """A question as the page gets it: its sentences put to its numbers, and the texts of its choices for their keys."""
    question = questions()[name]
    words = Words(f"questions/{question['chapter']}")
    choices = {key: words(f"{name}.choices.{key}") for key in question.get("choices", [])}

    def told(value):
        return [told(part) for part in value] if isinstance(value, list) else choices.get(value, value)

    wrong = question.get("wrong", {})
    if question["kind"] == "choice":
        wrong = {key: key for key in choices if key != question["answer"]}
    return {
        "id": name,
        "place": question["place"],
        "folds": question.get("folds", False),
        "kind": question["kind"],
        "heading": say(f"{question['place']}.heading"),
        **{key: words(f"{name}.{key}") for key in ("question", "right", "hint")},
        **({"choices": list(choices.values())} if choices else {}),
        "answer": told(question["answer"]),
        "tolerance": question.get("tolerance", 0),
        "unit": say(f"units.{question['unit']}") if "unit" in question else "",
        "wrong": [{"value": told(value), "says": words(f"{name}.wrong.{key}")} for key, value in wrong.items()],
    }


class Check(Widget):
    """One question. A right answer is told why; a wrong one that is known for what it is, by its name.

    name: a question of lstm_edu/questions/, such as "count-lstm".

    Traits that follow the reader, and can be set: `given`, a list of texts (the one typed, or the choices ticked), and
    `shown`, whether the answer stands there. `verdict` says what became of it: "right", "wrong", "unread" where it
    could not be read, "" where nothing was given. It is the page that judges.

    Raises TypeError where the name is no text, ValueError where no question has it.
    """

    script = "check"
    question = traitlets.Dict().tag(sync=True)
    given = traitlets.List(traitlets.Unicode()).tag(sync=True)
    shown = traitlets.Bool(False).tag(sync=True)
    verdict = traitlets.Unicode("").tag(sync=True)

    def __init__(self, name):
        if not isinstance(name, str):
            raise TypeError(f"name: expected the name of a question, got {type(name).__name__}")
        if name not in questions():
            near = get_close_matches(name, questions(), n=1)
            meant = f"; did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"name: expected one of the questions in lstm_edu/questions/, got {name!r}{meant}")
        super().__init__(question=asked(name))

    def still(self):
        question, choices = self.question, self.question.get("choices")
        folds = {}
        if question["folds"]:  # what book/assets/fold.js says
            folds = {f"data_{name}": say(f"guess.{name}") for name in ("folds", "folds_all", "folds_all_told")}
        return fragment(
            element("p", element("strong", question["heading"]), " ", worded(question["question"])),
            element("ul", [element("li", worded(choice)) for choice in choices]) if choices else None,
            element("p", say(f"{question['place']}.below"), **folds),
        )


def worded(text):
    """A text as the children of an element; what stands between backticks is code."""
    return [element("code", part) if k % 2 else part for k, part in enumerate(text.split("`"))]
