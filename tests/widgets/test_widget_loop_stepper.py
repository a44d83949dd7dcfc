"""LoopStepper: the loop of chapter 1, line by line, with the numbers of NumPy's cell."""

import numpy as np
import pytest
from widget_checks import cells, numbers

from lstm_edu import SimpleRNNCell
from lstm_edu.widgets import LoopStepper

RNG = np.random.default_rng(0)
CELL = SimpleRNNCell(RNG.normal(size=(3, 4)), RNG.normal(size=(4, 4)) / 2, RNG.normal(size=4))
X = RNG.normal(size=(6, 3)).round(2)
END = 3 * 6 + 1


def lit(page):
    return page.locator(".loop-code li[aria-current] code").inner_text().strip()


def variables(page):
    return {name: value for name, _, value in cells(page, ".loop-variables")}


def wait_for(page, line):
    page.wait_for_function(
        "line => document.querySelector('.loop-code li[aria-current]').innerText.includes(line)", arg=line
    )


# --- the arithmetic ---------------------------------------------------------------------------------------------------

LOOP = """
import { fading, layer, loop } from "./numbers/loop.js";
give(data.map(({ sequence, kernel, recurrent, bias, units, keep }) => {
  const cell = { kernel, recurrent, bias, units };
  const inputs = sequence.map((x) => Float64Array.from(x));
  return [...loop(inputs, kernel ? layer(cell) : fading(keep), units)].map(({ line, output, state }) =>
    ({ line, output: output && [...output], state: [...state] }));
}));
"""


def test_the_loop_of_the_page_gives_the_numbers_of_the_cell(node):
    rng = np.random.default_rng(1)
    cases, wanted = [], []
    for D, H, T, bias in [(1, 1, 1, True), (3, 4, 6, True), (5, 2, 9, False), (2, 8, 20, True)]:
        kernel, recurrent = rng.normal(size=(D, H)), rng.normal(size=(H, H)) / np.sqrt(H)
        b, x = rng.normal(size=H) if bias else None, rng.normal(size=(T, D))
        wanted.append(SimpleRNNCell(kernel, recurrent, b)(x[None])[0])
        flat = {"kernel": kernel.ravel().tolist(), "recurrent": recurrent.ravel().tolist()}
        cases.append(flat | {"bias": b if b is None else b.tolist(), "sequence": x.tolist(), "units": H})
    for keep in (0.5, -1.0, 0.0):
        x = rng.normal(size=(7, 1))
        wanted.append(SimpleRNNCell([[1.0]], [[keep]], activation="linear")(x[None])[0])
        cases.append({"sequence": x.tolist(), "keep": keep, "units": 1})
    for steps, h in zip(node(LOOP, cases), wanted, strict=True):
        assert [step["line"] for step in steps] == [0, *[1, 2, 3] * len(h), 1]
        outputs = [step["output"] for step in steps if step["line"] == 2]
        assert np.abs(np.array(outputs) - h).max() < 1e-12  # float64, up to 20 steps
        states = [step["state"] for step in steps if step["line"] == 2]  # while f runs, the state is still the old one
        assert np.array_equal(states, [np.zeros_like(h[0]), *outputs[:-1]])


# --- the page ---------------------------------------------------------------------------------------------------------


def test_stepping_runs_the_lines_in_their_order(widget_page):
    page = widget_page(LoopStepper())
    seen = []
    step = page.get_by_role("button", name="Step")
    while True:
        seen.append(lit(page))
        if step.get_attribute("aria-disabled") == "true":
            page.keyboard.press("Space")  # which does nothing more, and moves the focus nowhere
            assert step.evaluate("button => button === document.activeElement")
            break
        at = len(seen)
        step.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("at => document.querySelector('input[type=range]').valueAsNumber === at", arg=at)
    body = ["for input_t in input_sequence:", "output_t = f(input_t, state_t)", "state_t = output_t"]
    assert seen == ["state_t = 0", *body * 4, body[0]]
    assert variables(page) == {"input_t": "0", "output_t": "0.125", "state_t": "0.125"}
    page.get_by_role("button", name="Back").click()
    wait_for(page, "state_t = output_t")
    assert page.wrong == []


def test_the_layer_shows_numpys_numbers_at_every_step(widget_page):
    widget = LoopStepper(X, CELL)
    page = widget_page(widget)
    h = CELL(X[None])[0]
    assert variables(page)["output_t"] == "–" and variables(page)["state_t"] == "[0.000 0.000 0.000 0.000]"
    page.get_by_label("reached").focus()
    page.keyboard.press("End")
    wait_for(page, "for input_t")
    page.locator("summary").click()
    rows = cells(page, "details")
    assert len(rows) == 6
    assert [row[0] for row in rows] == list("012345")
    for (_, x, output, _), x_t, h_t in zip(rows, X, h, strict=True):
        assert np.abs(np.array(numbers(x)) - x_t).max() < 1e-9
        assert np.abs(np.array(numbers(output)) - h_t).max() <= 5.1e-4  # three digits are shown
    assert np.array_equal(widget.outputs(), h)
    shown = variables(page)
    assert [shown[name] for name in ("kernel", "recurrent_kernel", "bias")] == [
        "0 changed",
        "0 changed",
        "0 changed",
    ]


def test_the_sum_that_is_told_is_the_first_units(widget_page):
    page = widget_page(LoopStepper(X, CELL, at=5))
    h = CELL(X[None])[0]
    told = page.locator(".loop-told").inner_text().replace(" − ", " + −").split("(")[1].split(")")[0].split(" + ")
    terms = [X[1] @ CELL.kernel[:, 0], h[0] @ CELL.recurrent_kernel[:, 0], CELL.bias[0]]
    assert np.abs(np.array([numbers(term)[0] for term in told]) - terms).max() <= 5.1e-4
    assert f"= {h[1, 0]:.3f}".replace("-", "−") in page.locator(".loop-told").inner_text()


def test_the_reader_writes_another_sequence(widget_page):
    page = widget_page(LoopStepper(at=13))
    field = page.get_by_label("input_sequence")
    field.fill("0, 0, 8")
    wait_for(page, "for input_t")
    page.wait_for_function("document.querySelector('.loop-variables').innerText.includes('8')")
    assert page.locator(".loop-picture svg > g").count() == 3
    for text, message in [
        ("1 two", "Step 1 holds something that is no number."),
        ("", "Write at least one step."),
        ("1 " * 21, "At most 20 steps, these are 21."),
    ]:
        field.fill(text)
        assert page.locator(".loop-wrong").inner_text() == message
        assert field.get_attribute("aria-invalid") == "true"
        assert page.locator(".loop-picture svg > g").count() == 3, "the last good sequence stays"
    field.fill("1 1")
    page.wait_for_function("document.querySelectorAll('.loop-picture svg > g').length === 2")
    assert page.locator(".loop-wrong").inner_text() == ""
    page.get_by_label("share kept").fill("0")
    page.wait_for_function("document.querySelector('.loop-code p').innerText.includes('0 * state_t')")


def test_what_a_change_moves_is_held_against_the_first_run(widget_page):
    page = widget_page(LoopStepper(X, CELL, at=END))
    assert page.locator(".loop-first rect").count() == 0
    other = X.copy()
    other[2, 0] += 1
    page.locator("textarea").fill("\n".join(" ".join(str(v) for v in row) for row in other))
    page.wait_for_function("document.querySelectorAll('.loop-first rect').length > 0")
    assert page.locator(".loop-first rect").count() == 4 * 4  # the first two steps are as they were
    page.locator("summary").click()
    expected = np.abs(CELL(other[None]) - CELL(X[None]))[0].max(axis=1)
    shown = [float(row[3].replace("−", "-")) for row in cells(page, "details")]
    assert shown == pytest.approx(expected, rel=5.1e-3) and shown[:2] == [0, 0]  # three digits are shown


def test_the_numbers_of_a_long_sequence_stand_clear_of_each_other(widget_page):
    page = widget_page(LoopStepper([1] + 19 * [0], keep=-0.3, at=3 * 20 + 1))
    boxes = [text.bounding_box() for text in page.locator(".loop-output text").all()]
    assert len(boxes) == 20
    assert all(a["x"] + a["width"] < b["x"] for a, b in zip(boxes, boxes[1:], strict=False))
    assert page.locator(".loop-output text").nth(9).text_content() == "−2e−5"


def test_a_row_of_the_wrong_length_is_named(widget_page):
    page = widget_page(LoopStepper(X, CELL))
    page.locator("textarea").fill("1 2 3\n4 5")
    assert page.locator(".loop-wrong").inner_text() == "Step 1: expected 3 numbers, got 2."


def test_it_plays_to_the_end_and_pauses(widget_page):
    page = widget_page(LoopStepper([1, 2]))
    page.clock.install()
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(100)  # the first line runs at once, the next after 900
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(5000)
    assert lit(page) == "for input_t in input_sequence:"
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(10_000)
    assert variables(page)["output_t"] == "2.5" and (
        page.get_by_role("button", name="Step").get_attribute("aria-disabled") == "true"
    )


def test_nothing_plays_where_motion_is_not_wanted(widget_page):
    page = widget_page(LoopStepper(), reduced_motion="reduce")
    assert page.get_by_role("button", name="Play").count() == 0


def test_without_scripts_a_picture_and_a_table_stand_there(widget_page):
    page = widget_page(LoopStepper(X, CELL), java_script_enabled=False)
    assert page.locator("svg.loop-still rect").count() == 6 * (3 + 4)
    h = np.array([numbers(row[2]) for row in cells(page, ".belt-still")])
    assert np.abs(h - CELL(X[None])[0]).max() <= 5.1e-4


# --- Python -----------------------------------------------------------------------------------------------------------


def test_python_reads_and_sets_what_the_reader_does():
    widget = LoopStepper()
    widget.sequence, widget.keep = [2, 0], 0.25
    assert widget.outputs().tolist() == [[2.0], [0.5]]
    assert "<td>0.5</td>" in widget.still()
