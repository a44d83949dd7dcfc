"""DialectSwitch: every pair of orders and curves gives what `convert` and NumPy's cell give, and the page shows it."""

from itertools import product

import numpy as np
import pytest
from widget_checks import cells, numbers

from lstm_edu import LSTMCell
from lstm_edu.cells.variants import PeepholeCell
from lstm_edu.dialects import DIALECTS, convert
from lstm_edu.widgets import DialectSwitch
from lstm_edu.widgets.dialect_switch import CURVES, published

PAIRS = list(product(DIALECTS, DIALECTS))
PUBLISHED = [0.24635157, 0.28610883, 0.32240467, 0.35525807, 0.38474904]  # CS231n's assignment prints eight digits

STEP = """
import { misread, step } from "./numbers/dialects.js";
const { kernel, recurrent, bias, units, start, cases } = data;
const flat = (matrix) => matrix && Float64Array.from(matrix.flat());
const cell = { kernel: flat(kernel), recurrent: flat(recurrent), bias: flat(bias), units };
give(cases.map(([written, read, curve]) => step(misread(cell, written, read), start, curve)));
"""


def taken(weights, written, read):
    """The weights that a reader of `read` gets: the arrays have its layout, their blocks the order of `written`."""
    if written != read:
        blocks = DIALECTS[written].read(convert(weights, "keras", written))
        arrays = DIALECTS[read].write(*blocks)
    else:
        arrays = convert(weights, "keras", written)
    return convert(
        {name: array for name, array in arrays.items() if array is not None},
        read,
        "keras",
        input_size=weights["kernel"].shape[0],
    )


def weights_of(cell):
    return {"kernel": cell.kernel, "recurrent_kernel": cell.recurrent_kernel, "bias": cell.bias}


def cases():
    """The published step, and a random one."""
    rng = np.random.default_rng(0)
    drawn = LSTMCell(rng.normal(size=(2, 12)), rng.normal(size=(3, 12)), rng.normal(size=12))
    yield published()
    yield drawn, rng.normal(size=(4, 2)), (rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))


# --- the arithmetic ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", list(cases()), ids=["published", "random"])
def test_every_pair_and_every_curve_gives_numpys_numbers(node, case):
    cell, x, state = case
    weights = weights_of(cell)
    asked = [(written, read, curve) for (written, read), curve in product(PAIRS, CURVES)]
    given = {
        "kernel": cell.kernel.tolist(),
        "recurrent": cell.recurrent_kernel.tolist(),
        "bias": cell.bias.tolist(),
        "units": cell.units,
        "start": {"x": x.tolist(), "h": state[0].tolist(), "c": state[1].tolist()},
        "cases": [(DIALECTS[written].order, DIALECTS[read].order, curve) for written, read, curve in asked],
    }
    for (written, read, curve), h in zip(asked, node(STEP, given), strict=True):
        reader = LSTMCell(**taken(weights, written, read), recurrent_activation=curve)
        wanted, _ = reader.step(x, state)
        assert np.abs(np.array(h) - wanted).max() < 1e-12, (written, read, curve)  # float64, one step
        python = DialectSwitch(cell, x, state, written=written, read=read, read_curve=curve)
        assert np.abs(python.results()[1] - wanted).max() < 1e-14


def test_the_published_step():
    right, got = DialectSwitch().results()
    assert np.abs(right[0] - PUBLISHED).max() < 5e-9  # eight digits: worst 4.6e-09
    assert np.abs(got[0, :2] - [0.26687551, 0.30458972]).max() < 5e-9


# --- the page ---------------------------------------------------------------------------------------------------------


def shown(page):
    """right h and what came back, of the first sequence."""
    rows = cells(page, ".dialect-halves div")
    return np.array([[numbers(value)[0] for value in row[1:3]] for row in rows]).T


def test_the_first_view_is_numpys(widget_page):
    widget = DialectSwitch()
    page = widget_page(widget)
    assert np.abs(shown(page) - [h[0] for h in widget.results()]).max() <= 5.1e-5  # four digits are shown
    assert page.locator(".dialect-mark").all_text_contents() == ["i", "f", "o as g", "g as o"]
    signs = page.locator(".belt-sign").evaluate_all("(signs) => signs.map((sign) => sign.getAttribute('d'))")
    assert signs[0] == signs[1] != signs[2] == signs[3]  # ticks and crosses
    right, got = widget.results()
    said = page.locator(".dialect-verdict").inner_text()
    assert said == (
        "The reader takes o for g, g for o. No error; "
        f"largest difference {np.abs(right - got)[0].max():.4f} in h[0], shown here, "
        f"and {np.abs(right - got).max():.4f} over all 3 sequences."
    )
    assert [row[0] for row in cells(page, ".dialect-halves div")] == list("01234"), "counted as code does"
    assert page.wrong == []


def test_the_discs_and_rings_of_the_first_view_stand_apart(widget_page):
    page = widget_page(DialectSwitch(), width=1280)
    discs, rings = (page.locator(f".dialect-{name}").all() for name in ("right", "got"))
    for disc, ring in zip(discs, rings, strict=True):
        places = [[float(mark.get_attribute(name)) for name in ("cx", "cy", "r")] for mark in (disc, ring)]
        (x, low, small), (same, high, large) = places
        assert x == same and low - high > small + large


def test_a_cell_with_more_units_than_are_shown(widget_page):
    rng = np.random.default_rng(1)
    cell = LSTMCell(rng.normal(size=(2, 40)), rng.normal(size=(10, 40)), rng.normal(size=40))
    page = widget_page(DialectSwitch(cell, rng.normal(size=(1, 2))))
    assert page.locator(".dialect-numbers caption").inner_text().endswith("the first 8 of 10 units")
    assert page.locator(".dialect-verdict").inner_text().endswith("in h[0], shown here.")
    box = page.locator(".dialect-plot").bounding_box()
    for mark in page.locator(".dialect-right, .dialect-got").all():
        at = mark.bounding_box()
        assert box["y"] <= at["y"] and at["y"] + at["height"] <= box["y"] + box["height"]


def test_the_keyboard_changes_orders_and_curves(widget_page):
    page = widget_page(DialectSwitch(written="keras"))
    verdict = page.locator(".dialect-verdict")
    assert verdict.inner_text() == "Every block is taken for what it is. The result is right, to the last bit."
    page.get_by_label("written by").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # onnx
    page.wait_for_function("document.querySelector('.dialect-picture').textContent.includes('file of onnx')")
    assert page.locator(".dialect-mark").all_text_contents() == ["i", "o as f", "f as g", "g as o"]
    page.get_by_label("read as").select_option("onnx")
    page.get_by_label("reader’s curve").select_option("hard_sigmoid")
    page.wait_for_function("document.querySelector('.dialect-verdict').textContent.includes('another curve')")
    cell, x, state = published()
    wanted, _ = LSTMCell(**weights_of(cell), recurrent_activation="hard_sigmoid").step(x, state)
    assert np.abs(shown(page)[1] - wanted[0]).max() <= 5.1e-5


def test_every_pair_stands_in_the_table(widget_page):
    page = widget_page(DialectSwitch())
    page.locator("summary").click()
    page.wait_for_function("document.querySelector('.dialect-pairs td')?.textContent")
    cell, x, state = published()
    right, _ = cell.step(x, state)
    rows = cells(page, "details")
    for (written, read), text in zip(PAIRS, [value for row in rows for value in row[1:]], strict=True):
        wrong, _ = LSTMCell(**taken(weights_of(cell), written, read)).step(x, state)
        assert abs(numbers(text)[0] - np.abs(wrong - right).max()) <= 5.1e-5, (written, read)
    assert page.locator(".dialect-pairs [aria-current]").count() == 1


def test_blocks_move_and_stand_where_the_order_says(widget_page):
    page = widget_page(DialectSwitch(), reduced_motion="reduce")
    page.get_by_label("written by").select_option("tf1")
    page.wait_for_function("document.querySelector('.dialect-picture').textContent.includes('file of tf1')")
    blocks = page.locator(".dialect-picture > g").all()
    places = {}
    for block in blocks:
        box = block.bounding_box()
        places.setdefault(round(box["y"]), []).append((box["x"], block.text_content()))
    rows = ["".join(letter for _, letter in sorted(row)) for _, row in sorted(places.items())]
    assert rows == ["igfo", "igfo"], "the file's order above; the reader uses g as f and f as g"


def test_an_order_that_a_link_makes_up_is_keras(widget_page):
    page = widget_page(DialectSwitch(), hash="#belt?dialect-switch.written=toString&dialect-switch.read_curve=x")
    assert page.get_by_label("written by").input_value() == "keras" and page.wrong == []


def test_without_scripts_a_picture_and_a_table_stand_there(widget_page):
    widget = DialectSwitch()
    page = widget_page(widget, java_script_enabled=False)
    assert "".join(page.locator("svg.dialect-still text").all_text_contents()) == "ifogifog"
    table = np.array([[float(value) for value in row[1:]] for row in cells(page, ".belt-still")]).T
    assert np.abs(table - [h[0] for h in widget.results()]).max() <= 5.1e-5


# --- Python -----------------------------------------------------------------------------------------------------------

CELL = published()[0]
PEEPHOLES = PeepholeCell(CELL.kernel, CELL.recurrent_kernel, np.ones((3, 5)), CELL.bias)


def test_python_reads_and_sets_what_the_reader_does():
    widget = DialectSwitch()
    widget.written = "keras"
    right, got = widget.results()
    assert np.array_equal(right, got)
