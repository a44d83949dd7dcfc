"""ReviewExplorer: which network reads is the reader's choice, and another comes when it is chosen."""

import pytest
from review_pages import SAME, at, probability, settle

from lstm_edu.network import names, shipped
from lstm_edu.widgets import ReviewExplorer
from lstm_edu.widgets.review_explorer import reviews
from lstm_edu.widgets.review_explorer.networks import about

TEXT = reviews()[0][1]
OTHER = "lstm_32-seed2"
CHOICE = "select:has(option[value=lstm_32])"


def scripts(page):
    """The models' scripts that the page asked for."""
    return [url.split("/models/")[1] for url in page.asked if "/models/" in url]


def wait_for(page, name):
    page.wait_for_function("(name) => document.querySelector('.review-card').innerText.includes(`${name},`)", arg=name)
    settle(page)


def test_every_shipped_network_is_offered_by_a_title_of_its_own(explorer):
    page = explorer()
    options = page.locator(CHOICE).locator("option")
    offered = options.evaluate_all("(all) => all.map(({ value, textContent }) => [value, textContent])")
    assert sorted(offered) == [[name, about(name)["title"]] for name in names()]
    assert offered[0][0] == "lstm_32" and len({title for _, title in offered}) == len(names())
    assert page.locator(CHOICE).input_value() == "lstm_32"


def test_another_network_comes_when_it_is_chosen_and_once(explorer):
    page = explorer()
    assert sorted(scripts(page)) == ["lstm_32.js", "words.js"]
    for name in (OTHER, "lstm_32", OTHER):
        page.locator(CHOICE).select_option(name)
        wait_for(page, name)
        assert abs(probability(page) - shipped(name).read(TEXT).last) < SAME
    assert sorted(scripts(page)) == [f"{OTHER}.js", "lstm_32.js", "words.js"]
    assert page.wrong == []


def test_what_mattered_is_asked_of_the_network_that_reads(explorer):
    page = explorer(hash=at(panel="mattered"))
    page.wait_for_selector("[data-state=confirmed]")
    page.locator(CHOICE).select_option(OTHER)
    wait_for(page, OTHER)
    page.wait_for_selector("[data-state=confirmed]")
    row = page.locator("tr[data-moved]").first
    moved = float(row.get_attribute("data-moved"))
    row.get_by_role("button", name="Hold it").click()
    assert abs(probability(page) - (shipped(OTHER).read(TEXT).last + moved)) < SAME


def test_until_it_is_there_the_one_before_reads_and_the_page_says_so(explorer, tmp_path):
    page = explorer()
    (tmp_path / "_static" / "models" / f"{OTHER}.js").unlink()
    page.locator(CHOICE).select_option(OTHER)
    notice = page.locator(".review-notice")
    told = [about(name)["title"] for name in (OTHER, "lstm_32")]
    page.wait_for_function("document.querySelector('.review-notice').innerText.includes('could not')")
    assert "“{}” could not be loaded; you still see “{}”".format(*told) in notice.inner_text()
    assert abs(probability(page) - shipped("lstm_32").read(TEXT).last) < SAME
    page.locator(CHOICE).select_option("lstm_32")
    settle(page)
    assert "could not" not in notice.inner_text()
    assert len(page.wrong) == 1 and "ERR_FILE_NOT_FOUND" in page.wrong[0]


def test_a_link_carries_the_network_and_its_numbers_are_shown_alone(explorer):
    page = explorer(hash=at(model_name=OTHER))
    wait_for(page, OTHER)
    assert abs(probability(page) - shipped(OTHER).read(TEXT).last) < SAME
    assert sorted(scripts(page)) == [f"{OTHER}.js", "words.js"]
    page.get_by_role("button", name="Start again").click()
    wait_for(page, "lstm_32")
    assert abs(probability(page) - shipped("lstm_32").read(TEXT).last) < SAME


def test_before_the_linked_network_is_there_no_other_ones_numbers_stand_for_it(widget_page):
    page = widget_page(ReviewExplorer(), hash=at(model_name=OTHER))
    page.wait_for_function("document.querySelector('.review-notice').innerText.includes('could not be loaded')")
    assert page.locator(".review-p").inner_text() == "–"


def test_the_widgets_own_network_is_the_first(explorer):
    page = explorer(ReviewExplorer(OTHER))
    assert page.locator(CHOICE).locator("option").first.get_attribute("value") == OTHER
    assert abs(probability(page) - shipped(OTHER).read(TEXT).last) < SAME
    with pytest.raises(ValueError, match="model_name: expected one of"):
        ReviewExplorer().model_name = "lstm_64"


def test_in_python_the_chosen_network_is_the_one_that_reads():
    widget = ReviewExplorer()
    widget.model_name = OTHER
    assert widget.network([[1, 4, 20]]) == shipped(OTHER)([[1, 4, 20]])
    assert widget.packed()["name"] == OTHER
