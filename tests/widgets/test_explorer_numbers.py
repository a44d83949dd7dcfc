"""ReviewExplorer: what it shows of a text is what NumPy computes."""

import re

import numpy as np
import pytest
from review_pages import SAME, at, chips, expected, numpy_held, probability, settle
from widget_checks import cells, overflow

from lstm_edu.cells.activations import sigmoid
from lstm_edu.imdb.text import split
from lstm_edu.widgets import ReviewExplorer
from lstm_edu.widgets.review_explorer import PARTS, reviews
from lstm_edu.widgets.review_explorer.networks import about


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
    gate, unit, word, value = re.fullmatch(r"(.) of unit (\d+) at (?:the start|“(\w+)”), to (−?\d)", place).groups()
    assert abs(float(guess.replace("−", "-")) - moves[0]) < 0.5 * abs(moves[0])  # both in P(positive)
    steps = [k for k, typed in enumerate(["", *split(text)]) if typed == (word or "").lower()]
    held = [numpy_held(text, gate, int(unit), step, float(value.replace("−", "-"))) for step in steps]
    assert min(abs(moves[0] - (p - expected(text).last)) for p in held) < SAME
    page.get_by_label("Among").select_option("candidate")
    page.wait_for_selector("[data-ranked=candidate][data-state=confirmed]")
    assert {place[0] for place in page.locator("tr[data-moved] th").all_inner_texts()} == {"g"}


@pytest.mark.parametrize("ranked", ["gates", "whole"])
def test_the_last_word_is_among_them_where_it_is_asked_for(explorer, ranked):
    page = explorer(hash=at(panel="mattered", ranked=ranked))
    found = {}
    for last in (False, True):
        page.get_by_label("at the last word too").set_checked(last)
        page.wait_for_selector(f"[data-last={str(last).lower()}][data-state=confirmed]")
        found[last] = page.locator("tr[data-moved] th").all_inner_texts()
    assert not any("“seen”" in place for place in found[False])
    assert "“seen”" in found[True][0]
    assert all(("of all units" in place) == (ranked == "whole") for place in found[True])


@pytest.mark.parametrize("ranked", ["gates", "whole"])
def test_a_row_of_what_mattered_can_be_held(explorer, ranked):
    page = explorer(hash=at(panel="mattered", ranked=ranked))
    page.wait_for_selector("[data-state=confirmed]")
    page.locator("tr[data-moved]").first.get_by_role("button", name="See the square").click()
    settle(page)
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
    T, H = found.shape
    assert colours[:2] == [T, H]
    seen = {}
    for value, colour in zip(np.rint((found.T.ravel() + 1) * 127.5), colours[2:], strict=True):
        seen.setdefault(value, set()).add(colour)
    shared = [colours for colours in seen.values() if len(colours) > 1]
    assert len(shared) <= 2  # a value that lies on a step's edge
    assert len(set.union(*seen.values())) > 100  # and other values other colours


def marks(page):
    """What the words show: the bars' shares, to the right above 0, and the colours behind the words."""
    shares = []
    for bar in page.locator(".review-chip").evaluate_all("(all) => all.map(({ style }) => style.backgroundImage)"):
        ends = [float(end) for end in re.findall(r"var\(--mark\) ([\d.]+)% ([\d.]+)%", bar)[0]] if bar else [50, 50]
        assert 50 in ends
        shares.append((sum(ends) - 100) / 50)
    colours = page.locator(".review-chip").evaluate_all(
        "(all) => all.map((one) => one.style.getPropertyValue('--tint'))"
    )
    return np.array(shares), colours


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_word_is_coloured_by_what_one_unit_keeps(explorer, theme):
    page = explorer(theme=theme)
    unit = page.locator(".review-marks select").last
    for chosen in (unit.input_value(), "3", "11"):
        unit.select_option(chosen)
        settle(page)
        c = expected(reviews()[0][1]).parts["c"][:, int(chosen)]
        shares, colours = marks(page)
        limit = float(page.locator(".review-marks .review-legend span").last.inner_text())
        assert np.abs(c).max() <= limit and np.abs(shares - c / limit).max() <= 0.01 + SAME
        seen = dict(zip(colours, np.rint(20 * c / limit), strict=True))
        assert len(seen) == len(set(seen.values())) > 5  # a colour for each step of a twentieth, of either sign
        assert f"c of unit {chosen}" in page.locator(".review-marks .review-hint").inner_text()
    page.get_by_label("Each word shows").select_option("answer")
    settle(page)
    assert set(marks(page)[1]) == {""} and page.locator(".review-marks select").last.is_hidden()


def test_each_word_says_what_the_answer_is_without_it_and_what_it_wrote(explorer):
    text = reviews()[0][1]
    page = explorer(hash=at(mark="without", step=14))
    words = text.split()
    now, shorter = expected(text), expected(" ".join([*words[:13], *words[14:]]))
    said = page.locator(".review-chosen")
    page.wait_for_function("document.querySelector('.review-chosen').innerText.startsWith('Without')")
    assert f"Without “wonderful,”: P(positive) {shorter.last:.3f}".replace(",”", "”") in said.inner_text()
    assert f"instead of {now.last:.3f}" in said.inner_text()
    page.get_by_text("Each word’s numbers, as a table").click()
    page.wait_for_function("document.querySelector('.review-marks tbody tr:last-child td:nth-child(4)')?.innerText")
    rows = [[cell.replace("−", "-") for cell in row] for row in cells(page, ".review-table")]
    assert len(rows) == len(words) + 1 and rows[0][3] == ""  # the start is no word
    assert abs(float(rows[14][3]) - shorter.last) <= 5.1e-4
    logit = np.log(now.last / (1 - now.last))
    without = np.array([float(row[4]) for row in rows[1:]])
    shares, _ = marks(page)
    limit = float(re.search(r"A full bar is ([\d.]+)\.", page.locator(".review-marks .review-hint").inner_text())[1])
    assert np.abs(shares[1:] * limit - (logit - without)).max() <= 0.01 * limit + 5.1e-4
    page.get_by_label("Each word shows").select_option("writes")
    settle(page)
    rest = [float(n.replace("−", "-")) for n in re.findall(r"−?\d+\.\d+", said.inner_text())[-2:]]
    assert abs(sum(float(row[5]) for row in rows) + sum(rest) - logit) < 5.1e-4 * (len(rows) + 2)
    assert page.wrong == []


@pytest.mark.parametrize("width", [400, 800])
def test_the_words_are_arrows_along_the_opinion(explorer, width):
    page = explorer(width=width, hash=at(panel="opinion"))
    for text in (reviews()[0][1], "Awful. Not a good film"):
        page.get_by_label("Your review").fill(text)
        settle(page)
        found = expected(text)
        logit = np.log(found.p / (1 - found.p))
        ticks = page.locator(".review-opinion svg:first-child text").evaluate_all(
            "(all) => all.map((one) => [Number(one.textContent.replace('−', '-')), Number(one.getAttribute('x'))])"
        )
        values, places = np.array(ticks).T
        steep, first = np.polyfit(values, places, 1)
        path = page.locator(".review-path").get_attribute("d")
        shown = np.array([float(x) for x in re.findall(r"[MH]([\d.]+)", path)])
        start = np.log(found.start / (1 - found.start))
        assert np.abs(shown - (first + steep * np.r_[start, logit])).max() < 0.3  # pixels
        assert (
            page.locator(".review-opinion g text").all_text_contents()[-1].startswith(text.split()[-1].strip(".")[:6])
        )
        assert f"to {logit[-1]:.2f}".replace("-", "−") in page.locator(".review-opinion svg[role=img]").get_attribute(
            "aria-label"
        )
    page.locator(".review-opinion svg[role=img]").click(position={"x": 20, "y": 18 * 2 + 9})
    settle(page)
    assert page.locator(".review-selected").inner_text() == "“Not”"
    page.get_by_label("Your review").fill("")
    settle(page)
    assert page.wrong == [] and overflow(page) == 0


def test_bars_and_small_maps_say_what_was_typed_last(explorer):
    page = explorer(hash=at(part="o", sort="number", mark="answer"))
    text = "A wonderful film. The second half was awful, awful, and boring"
    page.get_by_label("Your review").fill(text)
    settle(page)
    found = expected(text)
    shown, _ = marks(page)
    moved = np.diff(np.r_[found.start, found.p])
    assert np.abs(shown - moved).max() <= 0.01 + SAME  # a bar goes in steps of 2 in 100
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
