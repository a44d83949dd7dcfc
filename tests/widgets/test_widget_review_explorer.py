"""ReviewExplorer: the trained model on any text, its numbers NumPy's, and all of it by keyboard."""

import json
import re
import shutil
import zlib
from urllib.parse import quote

import assets
import numpy as np
import pytest
import traitlets
from widget_checks import cells, overflow, violations

from lstm_edu.cells.activations import sigmoid
from lstm_edu.imdb.text import split
from lstm_edu.network import shipped
from lstm_edu.widgets import ReviewExplorer
from lstm_edu.widgets.review_explorer import PARTS, reviews
from lstm_edu.widgets.review_explorer.explorer import PANELS
from lstm_edu.widgets.review_explorer.pack import about
from lstm_edu.widgets.review_explorer.picture import png

NET = shipped("lstm_32")
TO_SPACES = re.compile(r'[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n ]+')
SAME = 1e-9  # float64, 500 steps: the page and NumPy differ by rounding; worst seen 1e-15


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """The folder of the models' scripts, as the book has them."""
    folder = tmp_path_factory.mktemp("models") / "models"
    assets.write_models(folder)
    return folder


@pytest.fixture
def explorer(widget_page, models, tmp_path):
    """explorer(*widgets, **options): a page with ReviewExplorers, their model loaded."""

    def open_page(*widgets, **options):
        target = tmp_path / "_static" / "models"
        if not target.exists():
            shutil.copytree(models, target)
        page = widget_page(*(widgets or [ReviewExplorer()]), **options)
        if options.get("java_script_enabled", True):
            page.wait_for_function(
                "[...document.querySelectorAll('.belt-body')].every((body) => body.dataset.model === 'ready')"
            )
        return page

    return open_page


def settle(page):
    """Wait for the frame that draws the last input, and for what comes a frame later."""
    page.evaluate("(async () => { for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame); })()")


def probability(page, nth=0):
    settle(page)
    return float(page.locator(".review-p").nth(nth).get_attribute("data-value"))


def expected(text):
    return NET.read(text)


def chips(page):
    return page.locator(".review-chip").all_inner_texts()


def at(**state):
    """A link's end."""
    return "#belt?" + "&".join(f"review-explorer.{name}={quote(str(value))}" for name, value in state.items())


def numpy_held(text, gate, unit, step, value):
    """P(positive) with a gate held."""
    return NET.read(text, [{"gate": gate, "unit": unit, "step": step, "value": value}]).last


# --- the numbers ------------------------------------------------------------------------------------------------------


def test_what_it_shows_first_is_numpys(explorer):
    page = explorer()
    text = reviews()[0][1]
    found = expected(text)
    assert abs(probability(page) - found.last) < SAME
    assert chips(page) == ["start", *re.findall(r"\w+", text)]
    page.locator(".review-unit summary").click()
    page.locator(".review-unit tbody tr").first.wait_for()
    unit = int(np.abs(found.push).argmax())
    rows = np.array([[float(x.replace("−", "-")) for x in row[1:]] for row in cells(page, ".review-unit")])
    wanted = np.column_stack([*(found.parts[part][:, unit] for part in PARTS), found.p])
    assert np.abs(rows - wanted).max() <= 5.1e-4  # three digits
    assert page.wrong == []


@pytest.mark.parametrize("part", PARTS)
def test_a_squares_terms_add_up_to_its_value(explorer, part):
    text = reviews()[3][1]
    page = explorer(ReviewExplorer(text=text), hash=at(part=part, step=5, unit=11))
    value = expected(text).parts[part][5, 11]
    equation = page.locator(".review-equation output").inner_text()
    assert abs(float(equation.replace("−", "-")) - value) <= 5.1e-7  # six digits
    if page.get_by_role("button", name=re.compile("Show all")).is_visible():
        page.get_by_role("button", name=re.compile("Show all")).click()
    products = [float(row.get_attribute("data-product")) for row in page.locator("tr[data-product]").all()]
    assert len(products) == {"c": 2, "h": 1}.get(part, 65)
    assert np.all(np.diff(np.abs(products)) <= 0)
    total = float(page.locator("[data-sum]").get_attribute("data-sum"))
    assert abs(sum(products) - total) < 1e-12
    squashed = {"c": total, "h": total, "g": np.tanh(total)}.get(part, sigmoid(total))
    assert abs(squashed - value) < SAME


@pytest.mark.parametrize(
    ("gate", "unit", "step", "value"),
    [("f", None, None, 0.0), ("i", 7, None, 1.0), ("g", None, 4, -1.0), ("o", 3, 9, 0.5)],
)
def test_a_held_gate_moves_the_prediction_as_numpy_says(explorer, gate, unit, step, value):
    text = reviews()[0][1]
    widget = ReviewExplorer()
    widget.holds = [{"gate": gate, "unit": unit, "step": step, "value": value}]
    page = explorer(widget)
    assert abs(probability(page) - numpy_held(text, gate, unit, step, value)) < SAME
    assert abs(probability(page) - expected(text).last) > 1e-6  # it did move


def test_what_mattered_is_confirmed_by_real_clamps(explorer):
    text = reviews()[0][1]
    page = explorer(hash=at(panel="mattered"))
    page.wait_for_selector("[data-state=confirmed]")
    page.get_by_role("button", name="Show all 50").click()
    settle(page)
    assert page.get_by_label("Trying each").is_hidden()  # however often it is drawn again
    moves = [float(row.get_attribute("data-moved")) for row in page.locator("tr[data-moved]").all()]
    assert len(moves) == 50 and np.all(np.diff(np.abs(moves)) <= 0)
    places = page.locator("tr[data-moved] th").all_inner_texts()
    assert {place[0] for place in places} <= {"f", "i", "o"}
    place, guess, *_ = page.locator("tr[data-moved]").first.locator("th, td").all_inner_texts()
    gate, unit, word, value = re.fullmatch(r"(.) of unit (\d+) at “(\w+)”, to (−?\d)", place).groups()
    assert abs(float(guess.replace("−", "-")) - moves[0]) < 0.5 * abs(moves[0])  # both in P(positive)
    steps = [k for k, typed in enumerate(["", *split(text)]) if typed == word.lower()]
    held = [numpy_held(text, gate, int(unit), step, float(value.replace("−", "-"))) for step in steps]
    assert min(abs(moves[0] - (p - expected(text).last)) for p in held) < SAME
    page.get_by_label("Among").select_option("candidate")
    page.wait_for_selector("[data-ranked=candidate][data-state=confirmed]")
    assert {place[0] for place in page.locator("tr[data-moved] th").all_inner_texts()} == {"g"}


def test_a_row_of_what_mattered_can_be_held(explorer):
    page = explorer(hash=at(panel="mattered"))
    page.wait_for_selector("[data-state=confirmed]")
    row = page.locator("tr[data-moved]").first
    moved = float(row.get_attribute("data-moved"))
    row.get_by_role("button", name="Hold it").click()
    assert abs(probability(page) - (expected(reviews()[0][1]).last + moved)) < SAME
    tab = page.get_by_role("tab", name="Hold a gate")
    assert tab.get_attribute("aria-selected") == "true" and tab.evaluate("tab => tab === document.activeElement")
    page.get_by_role("tab", name="What mattered").click()
    page.wait_for_selector("[data-state=confirmed]")
    assert page.get_by_text("It starts from what you hold: one hold.").is_visible()


def test_without_the_model_the_stored_reading_is_there(widget_page):
    page = widget_page(ReviewExplorer())
    page.wait_for_function("document.querySelector('.review-notice').innerText.includes('could not be loaded')")
    found = expected(reviews()[0][1])
    assert abs(float(page.locator(".review-p").get_attribute("data-value")) - found.last) < 1e-7  # float32
    assert len(chips(page)) == len(found.words)
    pixels = page.locator(".review-map canvas").first.evaluate(
        "(canvas) => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)"
        ".data.buffer)).size"
    )
    assert pixels > 20
    assert page.get_by_role("button", name="Delete").is_disabled()


def test_the_map_has_the_colours_of_its_values(explorer):
    page = explorer(hash=at(part="g", sort="number"))
    found = expected(reviews()[0][1]).parts["g"]
    colours = page.locator(".review-map canvas").first.evaluate(
        "(canvas) => [canvas.width, canvas.height, ...new Uint32Array(canvas.getContext('2d')"
        ".getImageData(0, 0, canvas.width, canvas.height).data.buffer)]"
    )
    T, U = found.shape
    assert colours[:2] == [T, U]
    seen = {}
    for value, colour in zip(np.rint((found.T.ravel() + 1) * 127.5), colours[2:], strict=True):
        seen.setdefault(value, set()).add(colour)
    shared = [colours for colours in seen.values() if len(colours) > 1]
    assert len(shared) <= 2  # a value that lies on a step's edge
    assert len(set.union(*seen.values())) > 100  # and other values other colours


def test_bars_and_small_maps_say_what_was_typed_last(explorer):
    page = explorer(hash=at(part="o", sort="number"))
    text = "A wonderful film. The second half was awful, awful, and boring"
    page.get_by_label("Your review").fill(text)
    settle(page)
    found = expected(text)
    bars = page.locator(".review-chip").evaluate_all("(chips) => chips.map(({ style }) => style.backgroundImage)")
    shown = []
    for bar in bars:
        ends = [float(end) for end in re.findall(r"var\(--mark\) ([\d.]+)% ([\d.]+)%", bar)[0]] if bar else [50, 50]
        assert 50 in ends
        shown.append((sum(ends) - 100) / 50)  # to the right above 0
    moved = np.diff(np.r_[found.start, found.p])
    assert np.abs(np.array(shown) - moved).max() <= 0.01 + SAME  # a bar goes in steps of 2 in 100
    assert min(shown) < 0 < max(shown)
    read = (
        "(canvases) => canvases.map((canvas) => [canvas.width, ...canvas.getContext('2d')"
        ".getImageData(0, 0, canvas.width, canvas.height).data].join())"
    )
    [large] = page.locator(".review-map canvas:not(.review-signs)").evaluate_all(read)
    small = page.locator(".review-part canvas").evaluate_all(read)
    assert large.startswith(f"{len(found.words)},")
    assert small[PARTS.index("o")] == large and len(set(small)) == 6


def test_every_fiftieth_word_has_its_number(explorer):
    page = explorer(ReviewExplorer(text=" ".join(["good"] * 120)))
    read = "(lines) => lines.map((line) => [line.dataset.first, line.querySelectorAll('.review-chip').length])"
    assert page.locator(".review-stretch").evaluate_all(read) == [["", 50], ["50", 50], ["100", 21]]  # with the start
    page.get_by_label("Your review").fill(" ".join(["good"] * 60))
    settle(page)
    assert page.locator(".review-stretch").evaluate_all(read) == [["", 50], ["50", 11]]
    page.get_by_label("Your review").fill(" ".join(["good"] * 500))  # no room for the start
    settle(page)
    assert page.locator(".review-stretch").evaluate_all(read)[:2] == [["", 50], ["51", 50]]
    page.get_by_label("Your review").fill("")
    settle(page)
    assert page.locator(".review-stretch").evaluate_all(read) == [["", 1]]


@pytest.mark.parametrize("where", [".review-chip[aria-current]", ".review-map"])
def test_the_chosen_word_is_in_sight(explorer, where):
    page = explorer(ReviewExplorer(text=" ".join(["good"] * 300)))
    page.locator(where).focus()
    seen = """() => {
      const list = document.querySelector(".review-chips").getBoundingClientRect();
      const chip = document.querySelector(".review-chip[aria-current]").getBoundingClientRect();
      return [chip.top >= list.top && chip.bottom <= list.bottom, scrollY];
    }"""
    before = page.evaluate("scrollY")
    for key in ["Home", "End", "Home", *["ArrowRight"] * 25, "End", *["ArrowLeft"] * 25]:
        page.keyboard.press(key)
        settle(page)
        assert page.evaluate(seen) == [True, before]  # the list scrolls, the page does not


# --- what a reader does -----------------------------------------------------------------------------------------------

FOCUSED = "document.activeElement.innerText || document.activeElement.tagName"


def press(page, *keys):
    """Keys that come faster than frames."""
    page.evaluate(
        """(keys) => keys.forEach(([key, altKey = false]) => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key, altKey, bubbles: true })))""",
        keys,
    )
    settle(page)


def written(page):
    return page.get_by_label("Your review").input_value()


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
    assert (written(page), page.evaluate(FOCUSED)) == ("one two four three", "Move →")
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


@pytest.mark.parametrize("value", [None, "0.5", True, []])
def test_a_link_holds_nothing_at_what_is_no_number(explorer, value):
    holds = json.dumps([{"gate": "f", "unit": 0, "step": 0, "value": value}])
    page = explorer(hash=at(holds=holds, panel="hold"))
    assert abs(probability(page) - expected(reviews()[0][1]).last) < SAME
    assert page.wrong == []


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
    dot = page.locator(".review-dot")
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


def test_the_difference_map_is_this_text_less_the_first(explorer):
    text = "The first hour was fast and I almost left, but the ending is wonderful, one of the best I have seen."
    page = explorer(hash=at(compare="true", panel="difference", part="h", text=text, step=10, unit=4))
    now, before = expected(text), expected(reviews()[0][1])
    shown = re.search(r"difference of h (−?[\d.]+)", page.locator(".review-readout").inner_text())[1]
    wanted = now.parts["h"][10, 4] - before.parts["h"][10, 4]
    assert abs(float(shown.replace("−", "-")) - wanted) <= 5.1e-4 and abs(wanted) > 1e-3
    page.get_by_role("button", name="Back to the first text").click()
    assert abs(probability(page) - before.last) < SAME


def test_the_difference_is_named_and_ends_with_its_use(explorer):
    page = explorer(hash=at(compare="true", panel="difference", text="The first hour was slow."))
    notice = page.locator(".review-comparing")
    assert notice.is_visible()
    assert "dashed: the same words in the first text" in page.locator(".review-curve").inner_text()
    page.get_by_label("A ready review").select_option("2")
    settle(page)
    assert not notice.is_visible() and "dashed" not in page.locator(".review-curve").inner_text()
    assert "difference" not in page.locator(".review-readout").inner_text()


def test_shuffled_words_are_the_same_words(explorer):
    page = explorer(hash=at(panel="difference"))
    page.get_by_role("button", name="Shuffle the words").click()
    text = reviews()[0][1]
    page.wait_for_function("(text) => document.querySelector('textarea').value !== text", arg=text)
    shuffled = page.locator("textarea").input_value()
    assert sorted(split(shuffled)) == sorted(split(text)) and re.fullmatch(r"[^.]*\w\.", shuffled)
    assert abs(probability(page) - expected(shuffled).last) < SAME


ORDERS = """
import { align, subtract } from "./widgets/review_explorer/partners.js";
import { change, move, remove, shuffle } from "./widgets/review_explorer/edits.js";
"""


@pytest.mark.parametrize(
    ("now", "first", "partners"),
    [
        ("a b c", "a b c", [0, 1, 2]),
        ("a c", "a b c", [0, 2]),
        ("a x b c", "a b c", [0, -1, 1, 2]),
        ("a x c", "a b c", [0, 1, 2]),
        ("b c a", "a b c", [1, 2, 0]),
        ("the the end", "the end", [-1, 0, 1]),
        ("a x y b", "s a b", [1, -1, -1, 2]),  # what comes after a word without a partner is in nothing's place
        ("", "a b", []),
        ("a b", "", [-1, -1]),
    ],
)
def test_a_word_finds_its_partner_in_the_first_text(node, now, first, partners):
    found = node(ORDERS + "give(align(data[0], data[1]));", [now.split(), first.split()])
    if now == "the the end":  # either of the two is the one that was there
        assert sorted(found) == sorted(partners)
    else:
        assert found == partners


def test_texts_are_cut_up_and_joined_without_loss(node):
    text = "  Well-made, (a) film... it's “fine”\n10/10!  "
    typed = ["Well", "made", "a", "film", "it's", "“fine”", "10", "10"]
    edits = "change(...data, 0, data[1][0]), remove(...data, 2), move(...data, 1, 0), change(...data, 3, 'book')"
    script = f"{ORDERS} give([{edits}, shuffle(...data, () => 0)]);"
    same, without, moved, changed, shuffled = node(script, [text, typed])
    assert same == text
    assert without == "  Well-made, (film... it's “fine”\n10/10!  "
    assert split(moved) == ["made", "well", *split(text)[2:]]
    end = "move(...data, 2, 1), move(...data, 1, 2), remove(...data, 2)"
    sentences = ["A good film.", ["A", "good", "film"]]
    assert node(f"{ORDERS} give([{end}]);", sentences) == ["A film good.", "A film good.", "A good "]
    assert changed == text.replace("film", "book")
    assert sorted(split(shuffled)) == sorted(split(text)) and split(shuffled) != split(text)


def test_a_burst_ends_with_the_last_input_drawn(explorer):
    page = explorer()
    text = page.evaluate("""async () => {
      const field = document.querySelector("textarea");
      const text = field.value;
      for (let k = 0; k < 400; k++) {
        field.value = `${text} ${["wonderful", "awful", "boring"][k % 3]} ${k}`;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        if (k % 40 === 39) await new Promise((done) => setTimeout(done));
      }
      return field.value;
    }""")
    assert abs(probability(page) - expected(text).last) < SAME


# --- any text ---------------------------------------------------------------------------------------------------------

NASTY = [
    "",
    " \t\n .,!",
    "<script>wrong()</script><img src=x onerror=wrong()> &amp; <b>bold</b>",
    "这部电影 🎬👩‍👩‍👧 فيلم رائع ‮reversed‬ עברית",
    "constructor __proto__ toString 10/10",
    "İSTANBUL ΟΔΟΣ ŉ ﬁlm z̵̡a͘lgo",
    "x" * 20_000,
    "the " * 499,
    "the movie " * 250,
    "A long, long film. " * 1_250,
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_any_text_is_taken_literally(explorer, text):
    page = explorer(width=400)
    page.locator("textarea").fill(text)
    found = expected(text)
    assert abs(probability(page) - found.last) < SAME
    typed = [word if len(word) < 28 else "x" * 27 + "…" for word in TO_SPACES.split(text) if word]
    start = ["start"] if len(typed) < 500 else []
    assert [chip.strip() for chip in page.locator(".review-chip").all_text_contents()] == [*start, *typed[-500:]]
    unknown = page.locator(".review-unknown").count()
    assert unknown == found.known.count(False)
    notice = page.locator(".review-notice").inner_text()
    assert (f"the first {len(typed) - 500} left out" in notice) == (len(typed) > 500)
    assert page.locator(".belt-widget script, .belt-widget img").count() == 0
    assert overflow(page) == 0 and page.wrong == []
    for panel in page.get_by_role("tab").all():
        panel.click()
    page.keyboard.press("Tab")
    assert page.wrong == []


def test_the_field_takes_a_novel_s_beginning_and_says_so(explorer):
    page = explorer()
    page.locator("textarea").fill("A long film. " * 10_000)
    text = page.locator("textarea").input_value()
    assert len(text) == 100_000 and abs(probability(page) - expected(text).last) < SAME
    assert "the field is full: it takes 100,000 letters" in page.locator(".review-notice").inner_text()


# --- for everyone -----------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "wrong",
    [
        "step=1e9",
        "step=-3",
        "unit=99",
        "part=zz",
        "sort=__proto__",
        "panel=5",
        "ranked=__proto__&panel=mattered",
        "holds={}",
        "holds=null",
        'holds=[1,null,{"gate":"x"},{"gate":"f","unit":99,"value":1}]',
    ],
)
def test_a_link_that_makes_no_sense_breaks_nothing(explorer, wrong):
    page = explorer(hash=at(**dict(pair.split("=") for pair in wrong.split("&"))))
    assert abs(probability(page) - expected(reviews()[0][1]).last) < SAME
    page.locator("[role=application]").press("ArrowLeft")
    settle(page)
    assert page.wrong == []


def test_two_on_a_page_do_not_meet(explorer):
    page = explorer(ReviewExplorer(), ReviewExplorer(text=reviews()[2][1]))
    page.locator("textarea").nth(1).fill("A wonderful film")
    assert abs(probability(page, 0) - expected(reviews()[0][1]).last) < SAME
    assert abs(probability(page, 1) - expected("A wonderful film").last) < SAME
    page.locator("input[value=o]").nth(1).check(force=True)
    assert page.locator("input[value=c]").nth(0).is_checked()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids)) and page.wrong == []


def test_without_scripts_a_picture_and_a_table_stand_there(explorer):
    page = explorer(java_script_enabled=False)
    found = expected(reviews()[0][1])
    assert page.locator(".belt-still svg image").count() == 1
    page.locator(".belt-still summary").click()
    rows = cells(page, ".belt-still")
    assert [row[0] for row in rows] == found.words
    assert np.abs(np.array([float(row[1]) for row in rows]) - found.p).max() < 1e-6


def test_the_reader_is_told_how_good_the_model_is(explorer):
    card = about("lstm_32")
    said = explorer().locator(".review-card").inner_text()
    assert f"{100 * card['accuracy']:.2f}%" in said and f"{100 * card['unquantised']:.2f}%" in said


# --- Python -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"model": "no_such"}, ValueError, "model: expected one of"),
        ({"model": 3}, TypeError, "model: expected a Keras model"),
        ({"text": b"bytes"}, TypeError, "text: expected a string, got bytes"),
    ],
)
def test_a_wrong_argument_is_named(arguments, error, said):
    with pytest.raises(error, match=said):
        ReviewExplorer(**arguments)


@pytest.mark.parametrize(
    ("trait", "value", "error"),
    [
        ("part", "z", ValueError),
        ("sort", "size", ValueError),
        ("panel", "", ValueError),
        ("ranked", "fio", ValueError),
        ("unit", 32, ValueError),
        ("step", -1, ValueError),
        ("holds", [{"gate": "c", "unit": 0, "step": 0, "value": 0}], ValueError),
        ("holds", [{"gate": "f", "unit": 0, "step": 0}], ValueError),
        ("holds", [{"gate": "f", "unit": 32, "step": 0, "value": 0}], ValueError),
        ("holds", [{"gate": "f", "unit": None, "step": None, "value": float("nan")}], ValueError),
        ("text", 3, traitlets.TraitError),
    ],
)
def test_a_trait_takes_only_what_it_means(trait, value, error):
    widget = ReviewExplorer()
    before = getattr(widget, trait)
    with pytest.raises(error):
        setattr(widget, trait, value)
    assert getattr(widget, trait) == before


def test_python_hands_over_the_model_when_asked(monkeypatch):
    widget, sent = ReviewExplorer("lstm_32-seed2"), []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._handle_custom_msg({"want": "something"}, [])
    widget._handle_custom_msg({"want": "pack", "name": "lstm_32-seed2"}, [])
    assert [message["pack"]["name"] for message in sent] == ["lstm_32-seed2"]


LIVE = """async (pack) => {
  const { state } = Object.values(JSON.parse(document.querySelector("script[type*=widget-state]").text).state)
    .find(({ state }) => state._esm);
  const { default: widget } = await import(URL.createObjectURL(new Blob([state._esm], { type: "text/javascript" })));
  const listeners = [];
  const tell = (event, ...said) => listeners.filter(([name]) => name === event).forEach(([, heard]) => heard(...said));
  window.python = {
    traits: state,
    saved: 0,
    get: (name) => state[name],
    set(name, value) {
      if (state[name] === value) return;
      state[name] = value;
      tell(`change:${name}`);
      tell("change");
    },
    save_changes: () => python.saved++,
    send: ({ want, name }) => want === "pack" && name === pack.name && tell("msg:custom", { pack }),
    on: (name, heard) => listeners.push([name, heard]),
    off: (name, heard) => listeners.splice(listeners.findIndex((one) => one[0] === name && one[1] === heard), 1),
  };
  const el = document.createElement("div");
  document.querySelector("main").replaceChildren(el);
  delete document.documentElement.dataset.bookAssets; // which only a page of the book has
  widget.render({ model: window.python, el });
}"""


def test_in_a_notebook_python_hands_the_model_over_and_the_traits_go_both_ways(widget_page):
    widget = ReviewExplorer("lstm_32-seed2")
    page = widget_page(widget)
    page.wrong.clear()  # that page's static folder holds no model; a notebook has no such folder
    page.evaluate(LIVE, widget.packed())
    page.wait_for_selector("[data-model=ready]")
    last = widget.network.read(reviews()[0][1]).last
    assert abs(probability(page) - last) < SAME
    assert abs(page.evaluate("python.get('probability')") - last) < SAME
    page.locator("textarea").fill("A dull film")  # the reader's way
    settle(page)
    assert page.evaluate("[python.get('text'), python.saved > 0]") == ["A dull film", True]
    page.evaluate("""python.set("text", "A wonderful film"), python.set("holds",
        [{ gate: "f", unit: null, step: null, value: 1 }]), python.set("part", "o")""")  # and Python's
    settle(page)
    assert page.locator("textarea").input_value() == "A wonderful film"
    assert page.locator("input[value=o]").is_checked() and page.locator(".review-holds li").count() == 1
    assert page.wrong == []


def test_a_long_text_is_not_stored_in_the_page():
    assert ReviewExplorer(text="word " * 400).first is None
    assert ReviewExplorer().first["text"] == reviews()[0][1]


def test_ready_reviews_are_short_and_one_is_long():
    lengths = [len(split(text)) for _, text in reviews()]
    assert 6 <= len(lengths) <= 10 and max(lengths) > 200 and sorted(lengths)[-2] < 40
    assert len({name for name, _ in reviews()}) == len(lengths)


def test_the_picture_is_a_png_of_its_pixels():
    rgba = np.random.default_rng(0).integers(0, 256, (3, 5, 4)).astype(np.uint8)
    content = png(rgba)
    start = content.index(b"IDAT") + 4
    raw = zlib.decompress(content[start : content.index(b"IEND") - 8])
    assert b"".join(raw[k * 21 + 1 : k * 21 + 21] for k in range(3)) == rgba.tobytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
