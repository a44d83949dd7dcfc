"""The sentences a reader sees, apart from the code that shows them.

A folder for each language, in it a catalogue (TOML) for each widget, for the figures, the drawing and the questions. A
value is a sentence, with {holes} for what is put in, or a plural, `{ one = "{n} step", other = "{n} steps" }`:

    say = Words("belt_pulse")
    say("half", steps="3.1")       # the key "half"; "table.key" for one that stands in a table
    say("steps", n=3)              # a plural, chosen by n

The language is that of LSTM_EDU_LANGUAGE, English without it. LSTM_EDU_WORDS names another folder of languages. The
widgets' scripts have the same catalogues: there the page's `lang` chooses.
"""

import os
import re
import tomllib
from functools import cache
from pathlib import Path

HOLE = re.compile(r"\{(\w+)\}")
FORMS = {"zero", "one", "two", "few", "many", "other"}  # of plurals, as Unicode names them; "other" is always there


class Words:
    """One catalogue, such as "belt_pulse" or "questions/03", in the language of the moment.

    Called with a key and what fills the holes, it gives the sentence; `pieces` gives it in pieces, for elements in its
    holes: the children of an `element` of `common.html`. Raises KeyError for a key that is not there, TypeError where
    values and holes differ, ValueError for a language or a catalogue that is not there.
    """

    def __init__(self, catalogue):
        self.catalogue = catalogue

    def __call__(self, key, **values):
        return "".join(map(str, self.pieces(key, **values)))

    def pieces(self, key, **values):
        found = read(folder(), language(), self.catalogue)
        if key not in found:
            raise KeyError(f"words/{language()}/{self.catalogue}.toml has no key {key!r}")
        text = found[key]
        if values.keys() != holes(text):
            raise TypeError(f"{self.catalogue}, {key}: expected values for {holes(text)}, got {set(values)}")
        if isinstance(text, dict):
            text = text["one"] if values["n"] == 1 and "one" in text else text["other"]
        return [values[piece] if k % 2 else piece for k, piece in enumerate(HOLE.split(text))]


def folder():
    """Where the languages are."""
    return Path(os.environ.get("LSTM_EDU_WORDS") or __file__.removesuffix("__init__.py"))


def languages():
    """The languages there are, by their codes."""
    return sorted(path.name for path in folder().iterdir() if any(path.glob("*.toml")))


def language():
    """The language of the moment. Raises ValueError for one that is not there."""
    code = os.environ.get("LSTM_EDU_LANGUAGE") or "en"
    if code not in languages():
        raise ValueError(f"LSTM_EDU_LANGUAGE: expected one of {', '.join(languages())}, got {code!r}")
    return code


def catalogues(language):
    """The names of a language's catalogues."""
    at = folder() / language
    return sorted(path.relative_to(at).with_suffix("").as_posix() for path in at.rglob("*.toml"))


@cache
def read(folder, language, catalogue):
    """key -> sentence, or forms of a plural, of one catalogue; the keys of a table are written "table.key"."""
    path = folder / language / f"{catalogue}.toml"
    if not path.is_file():
        raise ValueError(f"catalogue: expected one of {', '.join(catalogues(language))}, got {catalogue!r}")
    return dict(_flat(tomllib.loads(path.read_text("utf-8"))))


def holes(text):
    """The names of the holes in a sentence, or in the forms of a plural, which has always "n"."""
    if isinstance(text, dict):
        return {"n"}.union(*map(holes, text.values()))
    return set(HOLE.findall(text))


def _flat(table, above=""):
    for key, value in table.items():
        if isinstance(value, dict) and not ("other" in value and value.keys() <= FORMS):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield above + key, value
