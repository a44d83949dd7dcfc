"""Every number in prose is computed on its page, comes from a record, or is a published one with its source."""

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import facts  # noqa: E402

PUBLISHED = tomllib.loads((ROOT / "tests/data/published.toml").read_text())
# a decimal, a number with thousands commas, or four digits and more
NUMBER = re.compile(r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+|\d+\.\d+|\d{4,})(?![\w/]|\.\d)")
YEAR = re.compile(r"(?:19|20)\d\d$")
NOT_PROSE = re.compile(
    r"```.*?```|`[^`]*`|\{[a-z:]+\}`[^`]*`|<!--.*?-->|<a [^>]*>|\]\([^)]*\)|^:{3,}.*$|^:[a-z]+:.*$|https?://\S+",
    re.S | re.M,
)


@pytest.mark.parametrize("page", facts.pages(), ids=lambda p: p.name)
def test_recorded_numbers_are_the_recorded_ones(page):
    assert facts.parted(page) == []


def test_a_parted_number_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"It reached 12.3%<!--{KEY}-->.")
    assert facts.parted(page) == [("12.3%", facts.fact(KEY), KEY)]
    facts.write(page)
    assert facts.parted(page) == [] and facts.fact(KEY) in page.read_text()


KEY = "lstm_32.test.mean"


def prose_numbers(text):
    text = facts.MARKED.sub(" ", text)
    return [n for n in NUMBER.findall(NOT_PROSE.sub(" ", text)) if not YEAR.match(n)]


def matches(shown, seen):
    """`shown` stands among the numbers seen, as it is or rounded from a longer one."""
    plain = shown.replace(",", "")
    places = len(plain.partition(".")[2])
    return any(f"{float(s):.{places}f}" == plain for s in seen if len(s) >= len(plain)) or plain in seen


def seen_numbers(text):
    return {n.replace(",", "").lstrip("-") for n in re.findall(r"\d[\d,]*\.?\d*(?:e[+-]?\d+)?", text)} - {""}


@pytest.mark.pages
@pytest.mark.parametrize("notebook", sorted(ROOT.glob("notebooks/*.ipynb")), ids=lambda p: p.stem)
def test_numbers_of_a_chapter_are_computed_on_its_page(notebook, built_book):
    """Read from the built page: a number of the text must stand in an output or in the code that made it."""
    from bs4 import BeautifulSoup

    html = BeautifulSoup((built_book / "notebooks" / f"{notebook.stem}.html").read_text(), "html.parser")
    shown = " ".join(tag.get_text(" ") for tag in html.select(".cell_output, .cell_input, figure, svg"))
    code = " ".join("".join(c["source"]) for c in json.loads(notebook.read_text())["cells"] if c["cell_type"] == "code")
    seen = seen_numbers(shown + " " + code)
    numbers = [number for text in facts.prose(notebook) for number in prose_numbers(text)]
    stray = [number for number in numbers if not matches(number, seen) and number not in PUBLISHED]
    assert stray == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("book/*.md")), ids=lambda p: p.name)
def test_numbers_of_a_written_page_have_a_source(page):
    stray = [n for text in facts.prose(page) for n in prose_numbers(text) if n not in PUBLISHED]
    assert stray == []


def test_the_lint_sees_a_number_and_leaves_years_versions_and_code_alone():
    text = "In 1997, with 53,200 weights, 0.731 of it; `x = 0.5`, keras 2.2.5, [a](b_3.14.md) and $f^{100}$ of 12345."
    assert prose_numbers(text) == ["53,200", "0.731", "12345"]
    assert matches("0.731", {"0.7310585"}) and not matches("0.732", {"0.7310585"}) and matches("53,200", {"53200"})
