"""ReviewReader: what it shows of a text is what NumPy computes, and the link goes to the explorer with it."""

import re

import numpy as np
import pytest
from review_pages import SAME, expected, settle
from widget_checks import overflow

from lstm_edu.network import shipped
from lstm_edu.widgets import ReviewExplorer, ReviewReader, reviews

LONG = "A film that nobody should miss, and nobody will. " * 60


def shown(page):
    """The large number."""
    settle(page)
    return float(page.locator(".reader-p").get_attribute("data-value"))


def words(page):
    return page.locator(".reader-word").all_inner_texts()


def curve(page):
    """P at the left edge, the middle and the right edge of each column (T, 3)."""
    shapes = page.locator(".reader-line").evaluate_all("(all) => all.map((line) => line.getAttribute('d'))")
    return 1 - np.array([[float(y) for y in re.findall(r"[ML]\d (-?[\d.]+)", shape)] for shape in shapes])


def unit(page):
    return int(re.search(r"number (\d+)", page.locator(".reader-notes").inner_text())[1])


@pytest.mark.parametrize(
    "text", ["", "This film is bad.", "This film is not bad.", reviews()[0][1], "A zorblax, <b>not</b> a film", LONG]
)
def test_what_it_shows_is_numpys(explorer, text):
    page = explorer(ReviewReader())
    page.get_by_label("Your text").fill(text)
    found = expected(text)
    assert abs(shown(page) - found.last) < SAME
    assert page.locator(".reader-p").inner_text() == f"{found.last:.3f}"
    assert len(words(page)) == len(found.words)
    p = found.p
    edges = (p[1:] + p[:-1]) / 2
    assert np.abs(curve(page) - np.column_stack([np.r_[p[0], edges], p, np.r_[edges, p[-1]]])).max() < 0.0005 + SAME
    assert unit(page) == int(np.abs(found.push).argmax())
    assert page.locator(".reader-unknown").count() == found.known.count(False)
    assert page.wrong == [] and overflow(page) <= 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_word_has_the_colour_of_what_the_telling_unit_keeps(explorer, theme):
    page = explorer(ReviewReader(), theme=theme)
    c = expected(reviews()[0][1]).parts["c"][:, unit(page)]
    drawn = page.locator(".reader-strip").evaluate_all(
        "(all) => all.map(({ style }) => [style.backgroundColor, style.backgroundImage])"
    )
    ends = [re.findall(r"var\(--mark\) ([\d.]+)% ([\d.]+)%", image) for _, image in drawn]
    shares = np.array([(sum(map(float, found[0])) - 100) / 50 if found else 0 for found in ends])
    steep = (shares @ c) / (c @ c)  # one over the limit of the scale
    assert np.abs(shares - steep * c).max() <= 0.02 and np.abs(shares).max() <= 1
    seen = {}
    for (colour, _), share in zip(drawn, shares, strict=True):
        seen.setdefault(colour, []).append(share)
    assert len(seen) > 5 and all(np.ptp(same) <= 0.06 for same in seen.values())  # a colour for a twentieth


def test_the_number_follows_the_chosen_word(explorer):
    page = explorer(ReviewReader())
    found = expected(reviews()[0][1])
    slider = page.get_by_role("slider")
    slider.focus()
    for key, step in [("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", len(found.p) - 1)]:
        page.keyboard.press(key)
        assert abs(shown(page) - found.p[step]) < SAME
        assert slider.get_attribute("aria-valuenow") == str(step)
        assert f"{found.p[step]:.3f}" in slider.get_attribute("aria-valuetext")
    page.locator(".reader-column").nth(4).click()
    assert abs(shown(page) - found.p[4]) < SAME
    page.get_by_role("button", name="This film is not bad.").click()
    assert abs(shown(page) - expected("This film is not bad.").last) < SAME  # of the whole text
    page.get_by_role("button", name="no text").click()
    assert abs(shown(page) - expected("").last) < SAME
    assert "495" not in page.locator(".reader-notes").inner_text()
    assert f"{expected('').paddings} steps of padding" in page.locator(".reader-notes").inner_text()
    page.get_by_role("button", name="Start again").click()
    assert abs(shown(page) - found.last) < SAME


def test_words_and_curve_have_the_same_columns_and_are_on_one_screen(explorer):
    page = explorer(ReviewReader(), width=800)
    boxes = page.locator(".reader-column").evaluate_all(
        """(all) => all.map((column) => [".reader-word", ".reader-curve", ".reader-strip"].map((part) => {
            const { left, right, top } = column.querySelector(part).getBoundingClientRect();
            return [(left + right) / 2, right, top];
        }))"""
    )
    middles, rights, tops = np.array(boxes).transpose(2, 0, 1)
    assert np.ptp(middles, axis=1).max() < 0.6 and (np.diff(tops, axis=1) > 0).all()
    lines = tops[:, 1]
    joined = [k for k in range(len(lines) - 1) if lines[k] == lines[k + 1]]
    lefts = 2 * middles - rights
    assert np.abs(rights[joined, 1] - lefts[[k + 1 for k in joined], 1]).max() < 0.6  # no gap in the curve
    assert 1 < len(set(lines)) < 5
    assert page.locator(".belt-widget").bounding_box()["height"] < 800


def test_the_model_comes_when_the_reader_does(widget_page, models, tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "models").symlink_to(models)
    page = widget_page(ReviewReader())
    found = expected(reviews()[0][1])
    assert abs(shown(page) - found.last) < 1e-7  # float32, out of the page
    assert unit(page) == found.loudest and len(words(page)) == len(found.words)
    page.get_by_role("slider").press("Home")  # to the words belongs the model
    page.wait_for_selector("[data-model=ready]")
    assert len([url for url in page.asked if "/models/" in url]) == 2
    assert abs(shown(page) - found.p[0]) < SAME


def test_a_text_that_is_not_stored_brings_the_model_and_says_so_in_vain(widget_page):
    page = widget_page(ReviewReader(LONG))
    page.wait_for_function("document.querySelector('.reader-notes').innerText.includes('could not be loaded')")
    assert page.locator(".reader-p").inner_text() == "–"
    assert len(words(page)) == len(expected(LONG).words)


def test_the_link_leads_to_the_explorer_with_the_text(explorer):
    page = explorer(ReviewReader(instrument="explorer.html"), ReviewExplorer())
    page.get_by_label("Your text").fill("Not bad & not 100% good")
    settle(page)
    link = page.get_by_role("link", name="Open the instrument").get_attribute("href")
    assert link.startswith("explorer.html#belt?")
    other = explorer(ReviewExplorer(), hash=link.removeprefix("explorer.html"))
    assert other.get_by_label("Your review").input_value() == "Not bad & not 100% good"
    found = expected("Not bad & not 100% good")
    assert abs(float(other.locator(".review-p").get_attribute("data-value")) - found.last) < SAME
    assert other.locator(".review-marks select").last.input_value() == str(found.loudest)
    assert other.wrong == []


def test_without_an_explorer_there_is_no_link(explorer):
    assert explorer(ReviewReader()).locator(".reader-onward").is_hidden()


def test_python_hands_over_the_model_when_asked(monkeypatch):
    widget, sent = ReviewReader(), []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._handle_custom_msg({"want": "something"}, [])
    widget._handle_custom_msg({"want": "pack", "name": "lstm_32"}, [])
    assert [message["pack"]["name"] for message in sent] == ["lstm_32"]
    assert widget.step == len(shipped("lstm_32").read(widget.text).words) - 1
