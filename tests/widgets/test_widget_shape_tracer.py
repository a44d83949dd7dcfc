"""ShapeTracer: the counts and shapes are Keras' own, the wrong counts are named, and the page shows them."""

from itertools import product

import pytest
from widget_checks import violations

from lstm_edu.widgets import ShapeTracer

COUNTS = """
import { flow, readings } from "./numbers/counts.js";
give(data.map((one) => ({ readings: readings(one), flow: flow(one) })));
"""
SETTINGS = {
    "vocabulary": 10_000,
    "inputs": 32,
    "units": 32,
    "steps": 500,
    "batch": 128,
    "cell": "LSTM",
    "use_bias": True,
    "reset_after": True,
    "return_sequences": False,
    "bidirectional": False,
}


@pytest.fixture
def counted(node):
    """counted(setting=...): the counts of the page's arithmetic, key -> number."""

    def run(**changes):
        (answer,) = node(COUNTS, [SETTINGS | changes])
        return {reading["key"]: reading["count"] for reading in answer["readings"]}

    return run


def counts_shown(page):
    """words -> number, of the ways of counting that are on offer."""
    rows = page.locator(".shape-readings label:not([hidden])").all()
    return {row.locator("span").first.inner_text(): row.locator(".shape-count").inner_text() for row in rows}


# --- the arithmetic ---------------------------------------------------------------------------------------------------


@pytest.mark.keras
def test_counts_and_shapes_are_keras_own(node):
    import keras

    table = [
        SETTINGS | dict(zip(("inputs", "units", "cell", "use_bias", "reset_after", "bidirectional"), row, strict=True))
        for (D, H), *rest in product(
            [(1, 1), (3, 5), (32, 32)], ["SimpleRNN", "LSTM", "GRU"], [True, False], [True, False], [True, False]
        )
        for row in [(D, H, *rest)]
    ]
    table += [one | {"return_sequences": True, "vocabulary": 50, "batch": 4, "steps": 7} for one in table[::5]]
    for one, answer in zip(table, node(COUNTS, table), strict=True):
        options = {"use_bias": one["use_bias"], "return_sequences": one["return_sequences"]}
        if one["cell"] == "GRU":
            options["reset_after"] = one["reset_after"]
        layer = getattr(keras.layers, one["cell"])(one["units"], **options)
        if one["bidirectional"]:
            layer = keras.layers.Bidirectional(layer)
        shape = (one["batch"], one["steps"], one["inputs"])
        layer.build(shape)
        head = keras.layers.Dense(1)
        out = layer.compute_output_shape(shape)
        head.build(out)
        right = answer["readings"][0]
        assert (right["key"], right["count"]) == ("right", layer.count_params()), one
        ids, embedding, x, cell, h, dense, p = answer["flow"]
        assert ids[2] == list(shape[:2]) and x[2] == list(shape)
        assert h[2] == list(out) and p[2] == list(head.compute_output_shape(out))
        assert embedding[3] == one["vocabulary"] * one["inputs"]
        assert cell[3] == layer.count_params() and dense[3] == head.count_params()
        python = ShapeTracer(**one)
        assert python.count() == layer.count_params()
        if not one["bidirectional"]:
            assert list(python.arrays().values()) == [tuple(weight.shape) for weight in layer.weights]


def test_the_wrong_counts_of_the_chapter_are_all_named(counted):
    lstm = counted()
    assert lstm == {
        "right": 8320,
        "no_bias": 8192,
        "two_biases": 8448,
        "no_candidate": 6240,
        "one": 2080,
        "no_recurrent": 4224,
        "no_kernel": 4224,
        "steps": 4 * 500 * (500 + 32 + 1),
    }
    assert counted(units=100)["right"] == 53_200 and counted(units=100)["no_bias"] == 52_800
    gru = counted(cell="GRU")
    assert gru["right"] == 6336 and gru["one_bias"] == 6240 and gru["four"] == 4 * 32 * (32 + 32 + 2)
    assert counted(cell="GRU", reset_after=False)["right"] == 6240
    assert counted(cell="SimpleRNN")["right"] == 2080
    assert counted(use_bias=False)["bias"] == 8320
    twenty = counted(inputs=20, units=50)  # the exercise "Name the mistake"
    assert {14_200, 14_000, 14_400, 3_550, 4_200, 5_680} <= set(twenty.values())


def test_no_wrong_count_is_the_right_one(node):
    table = [
        SETTINGS | {"inputs": D, "units": H, "cell": cell, "use_bias": bias, "bidirectional": both}
        for D, H, cell, bias, both in product(
            (1, 32), (1, 32), ("SimpleRNN", "LSTM", "GRU"), (True, False), (True, False)
        )
    ]
    for answer in node(COUNTS, table):
        right, *wrong = (reading["count"] for reading in answer["readings"])
        assert right not in wrong


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_first_view_is_pythons(widget_page):
    widget = ShapeTracer(units=100)
    page = widget_page(widget)
    assert counts_shown(page)["what Keras learns"] == f"{widget.count():,}"
    shapes = page.locator(".shape-arrays tbody tr td:nth-child(2)").all_inner_texts()
    assert shapes[:3] == [str(shape) for shape in widget.arrays().values()]
    assert page.locator(".shape-path li").nth(4).inner_text().splitlines() == ["last h", "(B, H)", "(128, 100)"]
    assert page.wrong == []


def test_units_are_moved_by_keyboard_and_what_moves_is_marked(widget_page):
    page = widget_page(ShapeTracer())
    page.get_by_label("H, units").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.shape-count').textContent === '8,712'")
    marked = [item.locator("b").inner_text() for item in page.locator(".shape-path li[data-new]").all()]
    assert marked == ["LSTM(33)", "last h", "Dense(1)"]
    page.get_by_label("T, steps").fill("40")
    page.wait_for_function("document.querySelector('.shape-path').textContent.includes('(128, 40)')")
    marked = [item.locator("b").inner_text() for item in page.locator(".shape-path li[data-new]").all()]
    assert marked == ["ids", "x"], "no layer has T in it"


def test_flags_and_cells(widget_page):
    page = widget_page(ShapeTracer())
    assert page.get_by_role("checkbox", name="reset_after").count() == 0, "hidden for an LSTM"
    page.get_by_label("cell").select_option("GRU")
    page.wait_for_function("document.querySelector('.shape-count').textContent === '6,336'")
    page.get_by_role("checkbox", name="reset_after").click()
    page.wait_for_function("document.querySelector('.shape-count').textContent === '6,240'")
    page.get_by_label("bidirectional").click()
    page.get_by_label("return_sequences").click()
    page.wait_for_function("document.querySelector('.shape-path').textContent.includes('every h')")
    assert page.locator(".shape-count").first.inner_text() == "12,480"
    assert "(128, 500, 64)" in page.locator(".shape-path li").nth(4).inner_text()
    assert page.locator(".shape-picture .shape-area").count() == 2 * 3 * 3


CHOSEN = "is now chosen, and the picture shows it."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("8320", "Right: that is what Keras learns."),
        ("8,192", f"8,192 is without the biases. That row {CHOSEN}"),
        ("8 448", f"8,448 is with two biases for each block, as in PyTorch. That row {CHOSEN}"),
        (
            "4224",
            "4,224 is without the recurrent kernel: dense layers on the input; or without the kernel: the state alone. "
            f"The first of these rows {CHOSEN}",
        ),
        ("328353", "That is the whole model. Here the layer alone is asked for."),
        ("8000", "None of the counts below. Keras learns more."),
        *[(text, "That is no whole number.") for text in ("<b>9</b>", "abc", "53.2", "0,5", "-8320")],
    ],
)
def test_a_typed_count_is_named_for_what_it_is(widget_page, typed, answer):
    page = widget_page(ShapeTracer())
    page.get_by_label("Your count of the layer").fill(typed)
    assert page.locator(".shape-yours + p").inner_text() == answer


def test_a_typed_count_goes_with_the_layer_it_was_typed_for(widget_page):
    page = widget_page(ShapeTracer())
    count, answer = page.get_by_label("Your count of the layer"), page.locator(".shape-yours + p")
    count.fill("8192")
    page.wait_for_function("document.querySelectorAll('.shape-missing').length === 4")
    chosen = page.locator(".shape-readings :checked")
    assert chosen.get_attribute("value") == "no_bias"
    count.fill("8000")  # nobody's: what Keras learns is shown again
    page.wait_for_function("!document.querySelector('.shape-missing')")
    assert chosen.get_attribute("value") == "right"
    count.fill("8192")
    page.wait_for_function("document.querySelectorAll('.shape-missing').length === 4")
    page.get_by_label("B, batch").fill("3")  # no count has B in it
    page.wait_for_function("document.querySelector('.shape-path').textContent.includes('(3, 500)')")
    assert count.input_value() == "8192" and answer.inner_text().startswith("8,192 is")
    page.get_by_label("cell").select_option("GRU")
    page.wait_for_function("document.querySelector('.shape-count').textContent === '6,336'")
    assert count.input_value() == "" and answer.inner_text() == ""


@pytest.mark.parametrize("typed", ["0", "-5", "2.5", "1000000000", ""])
def test_a_size_that_does_not_fit_is_answered_beside_its_field(widget_page, typed):
    page = widget_page(ShapeTracer())
    field = page.get_by_label("T, steps")
    field.fill(typed)
    said = page.locator(f"[id='{field.get_attribute('aria-describedby')}']")
    assert said.inner_text() == "A whole number from 1 to 10,000, please: still 500."
    assert field.get_attribute("aria-invalid") == "true" and violations(page) == []
    field.fill("40")
    page.wait_for_function("document.querySelector('.shape-path').textContent.includes('(128, 40)')")
    assert said.inner_text() == "" and field.get_attribute("aria-invalid") == "false"


@pytest.mark.parametrize("width", [320, 400])
def test_the_value_of_a_slider_stands_beside_it(widget_page, width):
    page = widget_page(ShapeTracer(), width=width)
    for row in page.locator(".shape-controls .belt-slider").all():
        middles = [box["y"] + box["height"] / 2 for box in (part.bounding_box() for part in row.locator("> *").all())]
        assert max(middles) - min(middles) < 2


def test_a_way_of_counting_shows_what_it_leaves_out(widget_page):
    page = widget_page(ShapeTracer())
    chosen = page.locator(".shape-readings input")
    assert page.locator(".shape-missing, .shape-extra").count() == 0
    chosen.first.focus()
    page.keyboard.press("ArrowDown")  # without the biases
    page.wait_for_function("document.querySelectorAll('.shape-missing').length === 4")
    page.keyboard.press("ArrowDown")  # two biases
    page.wait_for_function("document.querySelectorAll('.shape-extra').length === 4")
    page.keyboard.press("ArrowDown")  # three blocks: kernel, recurrent kernel and bias of one
    page.wait_for_function("document.querySelectorAll('.shape-missing').length === 3")
    assert page.locator(".shape-arrays tr").last.inner_text().split() == ["together", "6,240"]


def test_without_scripts_a_picture_and_a_table_stand_there(widget_page):
    page = widget_page(ShapeTracer(), java_script_enabled=False)
    assert page.locator("svg.shape-still rect").count() == 3 * 4
    assert "8,320" in page.locator(".belt-still table").inner_text()


# --- Python -----------------------------------------------------------------------------------------------------------
