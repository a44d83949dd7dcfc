"""A question with a number, an array or a choice for an answer; the questions are in questions/, a file a chapter."""

import tomllib
from difflib import get_close_matches
from functools import cache
from html import escape
from pathlib import Path

import traitlets

from .base import Widget

# where a question stands -> what stands before it, and what after it where no script runs
PLACES = {
    "guess": ("Guess first.", "The answer stands below."),
    "exercise": ("Check your answer.", "The answer is in the solution below."),
}


@cache
def questions():
    """All questions, name -> what its file says of it."""
    found = {}
    for file in sorted((Path(__file__).parent / "questions").glob("*.toml")):
        found |= tomllib.loads(file.read_text("utf-8"))
    return found


class Check(Widget):
    """One question. A right answer is told why; a wrong one that is known for what it is, by its name.

    name: a question of lstm_edu/widgets/questions/, such as "count-lstm".

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
            raise ValueError(f"name: expected one of the questions in lstm_edu/widgets/questions/, got {name!r}{meant}")
        question = {"id": name, "unit": "", "tolerance": 0, "wrong": [], **questions()[name]}
        super().__init__(question=question | {"heading": PLACES[question["place"]][0]})

    def still(self):
        heading, below = PLACES[self.question["place"]]
        choices = "".join(f"<li>{worded(choice)}</li>" for choice in self.question.get("choices", []))
        listed = f"<ul>{choices}</ul>" if choices else ""
        return f"<p><strong>{heading}</strong> {worded(self.question['question'])}</p>{listed}<p>{below}</p>"


def worded(text):
    """HTML of a text; what stands between backticks is code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if k % 2 else part for k, part in enumerate(parts))
