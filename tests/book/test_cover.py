"""The cover's chapters and minutes are those there are, and the teacher's links open what they say."""

import html
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import reading_time
from bs4 import BeautifulSoup
from test_pages import WIDE
from test_rows import LATER

ROOT = Path(__file__).resolve().parents[2]
COVER = (ROOT / "book/index.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in row.split("|")] for row in re.findall(r"^\| (\d+ \|.*)\|$", COVER, re.M)]
CHAPTERS = sorted(ROOT.glob("notebooks/*.ipynb"))
TEACHING = (ROOT / "book/teaching.md").read_text("utf-8")
LINKS = [html.unescape(link) for link in re.findall(r'href="([^"]*#belt[^"]*)"', TEACHING)]


def test_the_chapters_have_their_numbers_and_those_to_come_are_named():
    assert [int(number) for number, *_ in ROWS] == list(range(1, len(ROWS) + 1))
    for path, (number, link, *_, minutes) in zip(CHAPTERS, ROWS, strict=False):
        assert path.name.startswith(f"{int(number):02}_") and f"(../notebooks/{path.name})" in link
        assert minutes == f"{{{{ minutes_{int(number):02} }}}}"
    to_come = [f"{int(number):02}_{name.lower().replace(' ', '_')}" for number, name, *_ in ROWS[len(CHAPTERS) :]]
    assert set(to_come) == LATER
    needed = [(int(number), [int(n) for n in re.findall(r"\d+", needs)]) for number, _, _, needs, _ in ROWS]
    assert all(n < number for number, needs in needed for n in needs)


def test_minutes_are_the_words_at_200_a_minute_in_steps_of_five(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    cells = [{"source": ["word " * 1000, "\n"]}, {"source": ["x = 1 " * 500]}]
    (folder / "07_made_up.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    (folder / "08_short.ipynb").write_text(json.dumps({"cells": cells[:0]}), "utf-8")
    assert reading_time.minutes(tmp_path) == {"minutes_07": "10", "minutes_08": "5"}  # 2,500 words; none


@pytest.mark.pages
def test_the_minutes_stand_on_the_page(built_book):
    page = BeautifulSoup((built_book / "book/index.html").read_text("utf-8"), "html.parser")
    told = [[cell.get_text() for cell in row.select("td")][-1] for row in page.select("tbody tr")][-len(ROWS) :]
    assert told[: len(CHAPTERS)] == list(reading_time.minutes(ROOT).values())


@pytest.mark.pages
@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
def test_words_and_curve_are_on_one_screen(chromium, address, colour_scheme):
    with chromium.new_context(viewport=WIDE, color_scheme=colour_scheme, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{address}book/index.html")
        page.locator(".belt-review-reader").wait_for()
        page.locator(".belt-review-reader").evaluate("(widget) => widget.scrollIntoView()")
        tops = page.locator(".reader-top, .reader-curve").evaluate_all(
            "(all) => all.map((part) => part.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])"
        )
        assert min(top for top, _ in tops) >= -1 and max(bottom for _, bottom in tops) <= WIDE["height"]


@pytest.mark.pages
def test_the_instrument_opens_with_the_text(chromium, address):
    with chromium.new_context(viewport=WIDE) as context:
        page = context.new_page()
        page.goto(f"{address}book/index.html")
        page.get_by_label("Your text").fill("A dull film, & not bad")
        page.wait_for_selector(".belt-review-reader [data-model=ready]")
        page.get_by_role("link", name="Open the instrument").click()
        page.wait_for_url("**/10_watching_the_gates.html#belt?**")
        page.locator(".belt-review-explorer").first.wait_for()
        assert page.get_by_label("Your review").first.input_value() == "A dull film, & not bad"


@pytest.mark.pages
@pytest.mark.parametrize("link", LINKS, ids=lambda link: re.sub(r"\W+", "-", link)[-60:])
def test_a_teachers_link_opens_the_widget_in_its_state(chromium, address, link):
    said = dict(parse_qsl(link.split("#belt?")[1]))
    (kind,) = {name.split(".")[0] for name in said}
    with chromium.new_context(viewport=WIDE, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{address}book/teaching.html")
        page.locator(f'a[href="{link}"]').click()
        widget = page.locator(f".belt-{kind}[data-state=drawn]").first
        widget.wait_for()  # and to be seen, whatever is folded there
        widget.get_by_role("button", name="Link to this state").click()
        page.locator(".belt-link").wait_for()
        now = dict(parse_qsl(page.url.split("#belt?")[1]))
        assert now.items() >= said.items()
