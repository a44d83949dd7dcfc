"""Keeper: its numbers and what it says of them are NumPy's, on the page and in Python, and the reader breaks it."""

import json
from pathlib import Path

import numpy as np
import pytest
from widget_checks import cells, numbers

from lstm_edu import LSTMCell
from lstm_edu.widgets import Keeper
from lstm_edu.widgets.keeper import GATES, shares

PARTS = "figoch"
CHAPTER = Path(__file__).resolve().parents[2] / "notebooks/04_four_gates.ipynb"


def drawn(seed):
    """A keeper with a random row and a gate held anywhere, or at an end."""
    rng = np.random.default_rng(seed)
    steps = int(rng.integers(2, 13))
    hold = (None, *GATES)[seed % 4]
    level = float(rng.choice([0.0, 1.0, 0.5, rng.uniform()]))
    return Keeper(rng.uniform(-1, 1, steps), (rng.uniform(size=steps) < 0.3).astype(int), hold, level)


def by_formula(widget):
    """f, i, o, g, c, h (T,) of the keeper, its weights written out once more."""
    found, c = {part: [] for part in PARTS}, 0.0
    for value, flag in zip(widget.values, widget.flags, strict=True):
        now = {"i": 10 * flag - 5, "f": 5 - 10 * flag, "o": 5}
        now = {name: 1 / (1 + np.exp(-z)) for name, z in now.items()} | {"g": np.tanh(2 * value)}
        now |= {widget.hold: widget.level} if widget.hold else {}
        c = now["f"] * c + now["i"] * now["g"]
        for part, number in (now | {"c": c, "h": now["o"] * np.tanh(c)}).items():
            found[part].append(number)
    return {part: np.array(list_) for part, list_ in found.items()}


@pytest.mark.parametrize("seed", range(24))
def test_pythons_trace_is_the_formulas(seed):
    widget = drawn(seed)
    for part, expected in by_formula(widget).items():
        assert np.abs(getattr(widget.trace, part)[0, :, 0] - expected).max() < 1e-13  # float64: seen 4.4e-16


def test_the_shares_of_the_parcels_add_up_to_the_belt():
    for seed in range(24):
        parts = by_formula(drawn(seed))
        of = shares(parts["f"], parts["i"])
        assert np.abs(of @ parts["g"] - parts["c"]).max() < 1e-13 and (np.triu(of, 1) == 0).all()


def test_the_pages_numbers_and_findings_are_pythons(node):
    widgets = [drawn(seed) for seed in range(200)]
    names = ("values", "flags", "hold", "level")
    script = """
        import { cellOf } from "./numbers/cells.js";
        import { broken, runOf, shares } from "./numbers/keeper.js";
        const cell = cellOf((name) => data.weights[name]);
        give(data.keepers.map(({ values, flags, hold, level }) => {
          const trace = runOf(cell, values, flags, hold, level);
          return { ...trace, shares: shares(trace), broken: broken(trace, flags) };
        }));
    """
    keepers = [{name: getattr(widget, name) for name in names} for widget in widgets]
    kinds = set()
    for widget, told in zip(widgets, node(script, {"weights": Keeper().weights, "keepers": keepers}), strict=True):
        parts = {part: getattr(widget.trace, part)[0, :, 0] for part in PARTS}
        assert all(np.abs(parts[part] - told[part]).max() < 1e-12 for part in PARTS)
        assert np.abs(shares(parts["f"], parts["i"]) - told["shares"]).max() < 1e-12
        for (kind, found), there in zip(widget.broken, told["broken"], strict=True):
            assert there == {"kind": kind} | {name: pytest.approx(value, abs=1e-12) for name, value in found.items()}
            kinds.add(kind)
    assert kinds == {"nothing", "faint", "gone", "lost", "summed", "all", "hidden", "dim"}


def test_chapter_4_writes_out_the_same_weights():
    cells = ("".join(cell["source"]) for cell in json.loads(CHAPTER.read_text("utf-8"))["cells"])
    exec(next(source for source in cells if "keeper = LSTMCell" in source), names := {"np": np, "LSTMCell": LSTMCell})
    for name in ("kernel", "recurrent_kernel", "bias"):
        assert np.array_equal(getattr(names["keeper"], name), getattr(Keeper.cell, name))


def kinds(**options):
    return [kind for kind, _ in Keeper(**options).broken]


def test_what_breaks_is_found_in_the_numbers_and_not_in_the_gates_name():
    assert kinds() == [] and kinds(hold="o", level=1.0) == []
    assert kinds(hold="f", level=1.0) == ["summed"]
    assert kinds(hold="f", level=1.0, flags=[0, 1, 0, 0, 0, 0, 0, 0]) == []  # one parcel: nothing has to be cleared
    assert kinds(hold="f", level=0.5) == ["lost"] and kinds(hold="f", level=0.0) == ["gone"]
    assert kinds(hold="i", level=0.0) == ["nothing"] and kinds(hold="i", level=1.0) == ["all"]
    assert kinds(hold="i", level=0.5) == ["faint", "all"]
    assert kinds(hold="o", level=0.0) == ["hidden"] and kinds(hold="o", level=0.5) == ["dim"]
    assert kinds(flags=[0] * 8) == [] and "empty" in Keeper(flags=[0] * 8).told()
    assert "all 6 without" in Keeper(hold="i").told()


# --- the page ---------------------------------------------------------------------------------------------------------


def bars(page, role):
    """The numbers below the bars of a row."""
    return [numbers(text)[0] for text in page.locator(f".keeper-row.lstm-{role} .keeper-number").all_inner_texts()]


def told(page):
    return page.locator(".keeper-told").inner_text()


def settled(page):
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def value(page, t):
    return page.get_by_role("slider", name=f"value at step {t}", exact=True)


def shows(page, widget):
    """The page has a widget's numbers, to the digits that are shown, and its words."""
    settled(page)
    for part in "ch":
        assert np.abs(np.array(bars(page, part)) - by_formula(widget)[part]).max() < 0.0051
    assert told(page) == widget.told() and page.wrong == []


def test_what_is_shown_first_is_numpys(widget_page):
    for widget in (Keeper(), Keeper([0.5, -1, 0.25], [0, 1, 0], hold="f", level=0.25)):
        page = widget_page(widget)
        shows(page, widget)
        page.locator(".belt-keeper summary").click()
        settled(page)
        shown = np.array([numbers(" ".join(row[3:])) for row in cells(page, ".belt-keeper details")]).T
        assert np.abs(shown - [by_formula(widget)[part] for part in "figoch"]).max() < 6e-5


def test_a_gate_is_held_by_the_mouse(widget_page):
    page = widget_page(Keeper())
    assert page.get_by_role("slider", name="held at").is_disabled()
    for name, hold in (("forget gate f", "f"), ("input gate i", "i"), ("output gate o", "o")):
        page.get_by_role("button", name=name).click()
        shows(page, Keeper(hold=hold))
        page.get_by_role("slider", name="held at").fill("0.25")
        shows(page, Keeper(hold=hold, level=0.25))
        held = page.locator(".keeper-row[data-held]")
        assert held.count() == 1 and "(held)" in held.get_attribute("aria-label")
        page.get_by_role("slider", name="held at").fill("1")
    page.get_by_role("button", name="nothing").click()
    shows(page, Keeper())


def test_values_and_flags_move_by_the_mouse(widget_page):
    page = widget_page(Keeper())
    values, flags = list(Keeper().values), list(Keeper().flags)
    field = value(page, 4).locator(".keeper-field").bounding_box()
    middle = field["x"] + field["width"] / 2
    page.mouse.move(middle, field["y"] + 0.25 * field["height"])
    page.mouse.down()
    settled(page)
    page.mouse.move(middle, field["y"] - 40, steps=3)
    page.mouse.up()
    page.get_by_role("button", name="flag at step 4").click()
    values[4], flags[4] = 1.0, 1
    shows(page, Keeper(values, flags))
    assert value(page, 4).get_attribute("aria-valuetext") == "1.00, flag up"
    page.get_by_role("button", name="Start again").click()
    shows(page, Keeper())


def test_values_and_flags_move_by_keyboard(widget_page):
    page = widget_page(Keeper())
    stops = [page.locator(f".keeper-{part}[tabindex='0']").count() for part in ("value", "flag")]
    assert stops == [1, 1]
    value(page, 0).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowDown", "PageDown"):
        page.keyboard.press(key)
        settled(page)
    assert value(page, 1).evaluate("element => element === document.activeElement")
    values, flags = list(Keeper().values), list(Keeper().flags)
    values[1] = 0.1
    shows(page, Keeper(values, flags))
    for key, reached in (("Home", -1.0), ("End", 1.0)):
        page.keyboard.press(key)
        values[1] = reached
        shows(page, Keeper(values, flags))
    page.keyboard.press("Tab")
    for key in ("ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    flags[2] = 1
    shows(page, Keeper(values, flags))
    assert told(page) in page.locator(".belt-spoken").inner_text() or page.locator(".belt-spoken").inner_text() == ""


def test_a_belt_that_grows_stays_in_its_row(widget_page):
    widget = Keeper([1.0] * 12, [1] * 12, hold="f")
    page = widget_page(widget)
    shows(page, widget)
    inside = """(fields) => fields.every((field) => {
        const [a, b] = [field, field.firstChild].map((element) => element.getBoundingClientRect());
        return b.top >= a.top - 0.6 && b.bottom <= a.bottom + 0.6;
    })"""
    assert bars(page, "c")[-1] > 11 and page.locator(".keeper-field").evaluate_all(inside)


def test_without_scripts_a_picture_a_table_and_the_words_stand_there(widget_page):
    widget = Keeper(hold="i", level=0.0)
    page = widget_page(widget, java_script_enabled=False)
    assert widget.told() in page.locator(".belt-still p").inner_text()
    page.locator(".belt-still summary").click()
    shown = np.array([[float(number) for number in row[3:]] for row in cells(page, ".belt-still")]).T
    assert np.abs(shown - [by_formula(widget)[part] for part in "figoch"]).max() < 6e-5
