"""ReviewExplorer: what a reader does, by mouse and by keyboard, loses neither the focus nor what is held."""

import json
import re

import pytest
from review_pages import SAME, at, expected, numpy_held, probability, settle, written
from widget_checks import overflow, violations

from lstm_edu.widgets import ReviewExplorer
from lstm_edu.widgets.review_explorer import reviews
from lstm_edu.widgets.review_explorer.explorer import PANELS

FOCUSED = "document.activeElement.innerText.trim() || document.activeElement.tagName"


def press(page, *keys):
    """Keys that come faster than frames."""
    page.evaluate(
        """(keys) => keys.forEach(([key, altKey = false]) => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key, altKey, bubbles: true })))""",
        keys,
    )
    settle(page)


def choose(page, word):
    page.locator(".review-chip", has_text=word).click()
    page.locator(".review-chip", has_text=word).focus()
    settle(page)


def test_the_field_for_a_word_goes_with_its_text(explorer):
    page = explorer(ReviewExplorer(text="one two three four five"))
    choose(page, "five")
    press(page, ["Enter"])
    assert page.locator(".review-field").input_value() == "five"
    page.evaluate("location.hash = 'belt?review-explorer.text=x%20y'")
    page.locator(".review-field").wait_for(state="detached")
    assert written(page) == "x y"
    assert page.locator(".review-chip:visible").all_inner_texts() == ["start", "x", "y"]
    assert page.wrong == []


@pytest.mark.parametrize(
    ("key", "text", "field"),
    [(["Delete"], "one three four", "three"), (["ArrowRight", True], "one three two four", "two")],
)
def test_a_key_that_comes_before_the_frame_opens_the_word_that_is_there(explorer, key, text, field):
    page = explorer(ReviewExplorer(text="one two three four"))
    choose(page, "two")
    press(page, key, ["Enter"])
    assert written(page) == text
    assert page.locator(".review-field").input_value() == field
    page.keyboard.press("Enter")
    settle(page)
    assert written(page) == text


def test_no_edit_loses_the_focus(explorer):
    page = explorer(ReviewExplorer(text="one two three"))
    choose(page, "three")
    press(page, ["Enter"])
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    settle(page)
    assert (written(page).strip(), page.evaluate(FOCUSED)) == ("one two", "two")
    page.get_by_label("Your review").fill("one two three four")
    page.locator(".review-map").focus()
    press(page, ["Home"], ["ArrowRight"], ["ArrowRight"], ["ArrowRight"])
    assert page.evaluate("document.activeElement.className") == "review-map"
    page.get_by_role("button", name="Move →").focus()
    for _ in range(3):
        page.keyboard.press("Enter")
        settle(page)
    assert (written(page), page.evaluate(FOCUSED)) == ("one two four three", "Move")
    page.get_by_role("button", name="Delete").focus()
    for _ in range(5):
        page.keyboard.press("Enter")
        settle(page)
    assert (written(page), page.evaluate(FOCUSED)) == ("", "Delete")


@pytest.mark.parametrize("many", [499, 500, 600])
def test_deleting_goes_forwards_in_a_text_of_any_length(explorer, many):
    page = explorer(ReviewExplorer(text=" ".join(f"k{n}" for n in range(many))))
    choose(page, f"k{many - 100}")
    for _ in range(3):
        page.keyboard.press("Delete")
        settle(page)
    gone = {f"k{n}" for n in range(many)} - set(written(page).split())
    assert gone == {f"k{many - 100 + n}" for n in range(3)}
    assert page.evaluate(FOCUSED).startswith(f"k{many - 97}")


def test_by_keyboard_alone_from_typing_a_review_to_holding_a_gate(explorer):
    page = explorer()

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)
        settle(page)

    def tab_to(what):
        for _ in range(60):
            if page.evaluate("(what) => document.activeElement.matches(what)", what):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {what}")

    tab_to("textarea")
    page.keyboard.press("Control+A")
    page.keyboard.type("A bad film, not good at all")
    assert abs(probability(page) - expected("A bad film, not good at all").last) < SAME

    tab_to(".review-chip")  # one tab stop for all words
    press("Home", "ArrowRight", "ArrowRight")
    assert page.evaluate("document.activeElement.innerText") == "bad"
    press("Delete")
    assert page.locator("textarea").input_value() == "A film, not good at all"
    assert page.evaluate("document.activeElement.innerText") == "film"
    press("Alt+ArrowRight")
    assert page.locator("textarea").input_value() == "A not film, good at all"
    assert page.evaluate("document.activeElement.innerText") == "film"
    press("Enter")
    page.keyboard.type("scene")
    press("Enter")
    assert page.locator("textarea").input_value() == "A not scene, good at all"
    assert page.evaluate("document.activeElement.innerText") == "scene"
    assert abs(probability(page) - expected("A not scene, good at all").last) < SAME

    tab_to("[role=application]")
    press("Home", "ArrowRight", "f", "ArrowDown")
    assert "“A”, word 1 of 6" in page.locator(".belt-spoken").inner_text()
    press("Enter")
    assert "f of unit" in page.locator(".belt-spoken").inner_text()
    unit = int(re.search(r"unit (\d+)", page.locator(".review-equation").inner_text())[1])

    tab_to("[role=tab]")
    press("ArrowRight")
    tab_to("[aria-label='Hold which gate']")
    tab_to(".review-panel input[type=range]")
    press("Home")
    press("Tab", "Enter")
    held = numpy_held("A not scene, good at all", "f", unit, 1, 0.0)
    assert abs(probability(page) - held) < SAME
    press("Tab", "Enter")
    assert abs(probability(page) - expected("A not scene, good at all").last) < SAME
    assert page.wrong == []


def test_the_slider_moves_the_hold_and_undo_takes_it_back(explorer):
    page = explorer(hash=at(panel="hold", step=6, unit=2))
    text = reviews()[0][1]
    page.get_by_label("all units").check()
    page.get_by_role("button", name="Hold it").click()
    assert abs(probability(page) - numpy_held(text, "f", None, 6, 0.0)) < SAME
    page.locator(".review-panel input[type=range]").fill("0.25")
    assert abs(probability(page) - numpy_held(text, "f", None, 6, 0.25)) < SAME
    assert page.locator(".review-holds li").count() == 1
    page.get_by_role("button", name="Undo").click()
    assert abs(probability(page) - expected(text).last) < SAME
    assert page.locator(".review-holds li").count() == 0


def test_no_focus_is_lost_when_a_button_can_do_no_more(explorer):
    page = explorer(hash=at(panel="hold"))
    hold = page.get_by_role("button", name="Hold it")
    focused = lambda: page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent")  # noqa: E731

    def press(button):
        button.focus()
        page.keyboard.press("Enter")
        settle(page)

    for name in ("Undo", "Let all go"):
        press(hold)
        press(page.get_by_role("button", name=name))
        assert focused() == "Hold it"
    for gate in "fio":
        page.get_by_label("Hold which gate").select_option(gate)
        press(hold)
    press(page.get_by_role("button", name="Let go").nth(1))
    assert focused().startswith("Let go: o of unit")  # the next row
    page.keyboard.press("Enter")
    settle(page)
    assert focused().startswith("Let go: f of unit")  # the last one
    page.keyboard.press("Enter")
    settle(page)
    assert focused() == "Hold it"
    page.get_by_role("tab", name="Difference").click()
    page.get_by_label("Show the difference").check()
    press(page.get_by_role("button", name="Difference from the first text: off"))
    assert page.evaluate("document.activeElement.getAttribute('role')") == "application"


def test_a_key_frees_the_reading_from_a_resting_mouse(explorer):
    page = explorer(hash=at(sort="number"))
    page.locator(".review-chip").nth(10).click()
    readout = page.locator(".review-readout")
    dot = page.locator(".review-chart .review-dot")
    for place in (None, 14.5):
        if place:  # the mouse rests in the map, at another word than the keys reach
            box = page.locator("[role=application]").bounding_box()
            page.mouse.click(box["x"] + box["width"] * 10.5 / 22, box["y"] + box["height"] * 3.5 / 32)
            page.mouse.move(box["x"] + box["width"] * place / 22, box["y"] + box["height"] * 3.5 / 32)
            settle(page)
            assert readout.inner_text().startswith("“wonderful”, word 14 of 21")
        else:
            settle(page)
            assert readout.inner_text().startswith("“but”, word 10 of 21")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        settle(page)
        assert readout.inner_text().startswith("“is”, word 13 of 21")
        assert abs(float(dot.evaluate("(dot) => parseFloat(dot.style.left)")) - 100 * 13.5 / 22) < 0.01
        if place:
            assert page.locator(".belt-spoken").inner_text().startswith("“is”, word 13 of 21")


def test_a_click_opens_a_square(explorer):
    for panel, opened in ("difference", True), ("hold", False):
        page = explorer(hash=at(sort="number", panel=panel))
        box = page.locator("[role=application]").bounding_box()
        page.mouse.click(box["x"] + box["width"] * 4.5 / 22, box["y"] + box["height"] * 9.5 / 32)
        settle(page)
        equation = page.locator(".review-equation")
        assert equation.is_visible() == opened
        if opened:
            assert equation.inner_text().startswith("c of unit 9, belt, at “was”")
        else:  # the click says what is to be held
            assert page.get_by_text("of unit 9 at “was”", exact=True).is_visible()


def test_a_hold_goes_with_its_word(explorer):
    text = reviews()[0][1]
    hold = {"gate": "f", "unit": None, "step": 10, "value": 0}  # "but"
    page = explorer(hash=at(panel="hold", holds=json.dumps([hold]), step=1))
    held = page.locator(".review-holds")
    assert "at “but”, held at 0.00" in held.inner_text()
    page.get_by_role("button", name="Delete").click()  # "The", before it
    settle(page)
    shorter = text.removeprefix("The ")
    assert "at “but”" in held.inner_text()
    assert abs(probability(page) - numpy_held(shorter, "f", None, 9, 0)) < SAME
    page.locator("textarea").fill(f"Well, well: {shorter}")
    assert abs(probability(page) - numpy_held(f"Well, well: {shorter}", "f", None, 11, 0)) < SAME
    page.locator(".review-chip", has_text="but").click()
    page.get_by_role("button", name="Delete").click()
    settle(page)
    assert held.locator("li").count() == 0 and "let go" in page.locator(".belt-spoken").inner_text()
    assert abs(probability(page) - expected(page.locator("textarea").input_value()).last) < SAME


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("panel", PANELS)
def test_axe_finds_nothing_and_a_narrow_page_does_not_scroll(explorer, theme, panel):
    held = '[{"gate": "f", "unit": null, "step": 3, "value": 0.5}]'
    page = explorer(theme=theme, width=320, hash=at(panel=panel, holds=held, text=reviews()[6][1], compare="true"))
    page.locator("details").evaluate_all("(all) => all.forEach((details) => (details.open = true))")
    if panel == "mattered":
        page.wait_for_selector("[data-state=confirmed]")
    settle(page)
    assert violations(page) == [] and overflow(page) == 0 and page.wrong == []


def test_a_link_carries_the_state(explorer):
    page = explorer()
    page.locator("textarea").fill("Not a good film & not bad")
    page.locator("input[value=o]").check(force=True)
    page.get_by_label("Units by").select_option("memory")
    page.get_by_role("tab", name="Hold a gate").click()
    page.get_by_role("button", name="Hold it").click()
    seen = probability(page)
    page.get_by_role("button", name="Link to this state").click()
    link = page.locator(".belt-link").input_value()
    again = explorer(hash="#" + link.split("#")[1])
    assert again.locator("textarea").input_value() == "Not a good film & not bad"
    assert probability(again) == seen != expected("Not a good film & not bad").last
    assert again.locator("input[value=o]").is_checked()
    assert again.get_by_label("Units by").input_value() == "memory"
    assert again.locator(".review-holds li").count() == 1
