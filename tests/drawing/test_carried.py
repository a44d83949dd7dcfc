"""The belt with the marked parcel: it moves once, then it stands as with reduced motion, and has words beside it."""

import re

import pytest
from bs4 import BeautifulSoup

from lstm_edu import drawing
from lstm_edu.drawing.carried import BELL, FLAG, PITCH, WIDE

PAGE = '<html lang="en" data-theme="{theme}"><title>t</title><main>{body}</main>'
PLACES = """() => [".lstm-marked", ".lstm-answer"].map((name) => {
    const part = document.querySelector(name), { x, y } = part.getBoundingClientRect();
    return [Math.round(x), Math.round(y), getComputedStyle(part).opacity];
})"""


def test_it_is_whole_and_says_what_it_shows():
    html = drawing.carried()._repr_html_()
    picture = BeautifulSoup(html, "html.parser").svg
    assert picture["role"] == "img" and picture.find(id=picture["aria-labelledby"]).name == "title"
    assert len(picture.select(".lstm-passing")) == 9 and "script" not in html
    words = BeautifulSoup(html, "html.parser").details.p.get_text()
    assert all(name in words for name in ("flag", "bell", "input gate i", "forget gate f", "output gate o"))
    drawn = {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()} - {"lstm-drawing"}
    assert drawn <= set(re.findall(r"\.(lstm-[\w-]+)", html))
    assert set(re.findall(r"var\((--[\w-]+)\)", html)) <= set(re.findall(r"(--[\w-]+):", html))


def test_twice_on_a_page_it_has_ids_of_its_own():
    html = drawing.carried()._repr_html_() + drawing.carried()._repr_html_()
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids)) == 2
    assert repr(drawing.carried()) == "Carried()"


@pytest.mark.pages
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_moves_once_and_then_stands_as_with_reduced_motion(chromium, theme):
    body = PAGE.format(theme=theme, body=drawing.carried()._repr_html_())
    with chromium.new_context(viewport={"width": 700, "height": 400}, reduced_motion="reduce") as context:
        page = context.new_page()
        page.set_content(body)
        assert page.evaluate("document.getAnimations().length") == 0
        stands = page.evaluate(PLACES)
    with chromium.new_context(viewport={"width": 700, "height": 400}, reduced_motion="no-preference") as context:
        page = context.new_page()
        page.set_content(body)
        times = page.evaluate("document.getAnimations().map((one) => one.effect.getTiming().iterations)")
        assert times == [1, 1]
        page.evaluate("document.getAnimations().forEach((one) => one.pause())")
        page.evaluate("document.getAnimations().forEach((one) => (one.currentTime = 0))")
        (x, y, _), (_, _, told) = page.evaluate(PLACES)
        (end, floor, _), _ = stands
        scale = page.evaluate("document.querySelector('svg').getBoundingClientRect().width") / WIDE
        assert abs(end - x - PITCH * (BELL - FLAG) * scale) <= 1 and y < floor and told == "0"
        page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        assert page.evaluate(PLACES) == stands
