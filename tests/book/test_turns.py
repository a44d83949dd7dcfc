"""Plain English: the turns of speech that CONTRIBUTING.md lists are in no page, and in no sentence of a widget."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import prose  # noqa: E402

TURNS = tomllib.loads((ROOT / "tests/data/turns.toml").read_text("utf-8"))["turn"]
TEXTS = prose.texts()
# Pages that are being rewritten, and what they may say until then. No page is to be added; in the end it is empty.
WAITING = {
    "05_four_matrices.ipynb": {
        ", for it has",
        "of one size; of like length",
        "is as right",
        "drawn at random; the weights Keras drew",
        "the same but for rounding",
        "without a word",
        "so one can; than one would think",
        "has its weights all the same",
        "one weight a unit; one a row",
        "it is all but gone; next to nothing",
        "stands nowhere; stands in the last column; in brackets stands",
    },
    "words/questions/04.toml": {
        "anew",
    },
    "words/questions/05.toml": {
        "without a word",
        "stands nowhere; stands in the last column; in brackets stands",
    },
}


def turns_in(text):
    return {turn["not"]: match[0] for turn in TURNS if (match := re.search(turn["found"], text, re.MULTILINE))}


@pytest.mark.parametrize("page", TEXTS)
def test_a_page_says_it_in_plain_english(page):
    found = [(text[:60], turns) for text in TEXTS[page] if (turns := turns_in(text))]
    left = [(text, wrong) for text, turns in found if (wrong := turns.keys() - WAITING.get(page, set()))]
    assert left == [], "CONTRIBUTING.md, Say, and do not say"


def test_the_table_in_contributing_is_this_list():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = page.partition("| say | not |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = [tuple(line.strip("| ").split(" | ")) for line in table.splitlines()]
    assert rows == [(turn["say"], turn["not"]) for turn in TURNS]


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn["not"])
def test_a_turn_is_found_and_what_is_said_instead_is_not(turn):
    assert all(turn["not"] in turns_in(example) for example in turn["not"].split("; "))
    assert turn["not"] not in turns_in(turn["say"])


def test_code_and_addresses_are_no_prose():
    text = "Read [a page](that_strikes_you.md), `x = anew`.\n\n```python\nanew = 1\n```\n\n$$ a \\text{ anew} $$"
    assert turns_in(prose.plain(text)) == {}
    assert turns_in(prose.plain(":::{note}\n:class: dropdown\nIt trains anew.\n:::")) == {"anew": "anew"}
