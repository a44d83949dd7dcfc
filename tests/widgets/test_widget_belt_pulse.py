"""BeltPulse: its numbers are those of NumPy's cell, in Python, in Node and on the page, and the reader moves them."""

import numpy as np
import pytest
from widget_checks import cells, numbers

from lstm_edu import LSTMCell
from lstm_edu.widgets import BeltPulse

NAMES = ("f", "i", "o", "write", "read", "steps")
SLIDERS = {"f": "forget gate f", "i": "input gate i", "o": "output gate o", "write": "put on at", "read": "read at"}


def state(widget):
    return {name: getattr(widget, name) for name in NAMES}


def drawn(seed):
    """A pulse with random gates and times."""
    rng = np.random.default_rng(seed)
    steps = int(rng.integers(2, 60))
    f, i, o = (float(v) for v in rng.uniform(0.01, 0.99, 3))
    return BeltPulse(f, i, o, int(rng.integers(steps)), int(rng.integers(steps)), steps)


def by_the_cell(widget):
    """c and h (T,) of an LSTMCell whose inputs open its gates as far as the pulse says."""
    logit = [np.log(v / (1 - v)) for v in (widget.i, widget.f, widget.o)]
    shut = -1000.0
    kernel = np.zeros((2, 4))
    kernel[0, 0], kernel[1, 3] = logit[0] - shut, logit[2] - shut
    cell = LSTMCell(kernel, np.zeros((1, 4)), np.array([shut, logit[1], 40.0, shut]))
    x = np.zeros((1, widget.steps, 2))
    x[0, widget.write, 0] = x[0, widget.read, 1] = 1
    trace = cell.run(x)
    return trace.c[0, :, 0], trace.h[0, :, 0]


@pytest.mark.parametrize("seed", range(20))
def test_the_two_lines_are_the_cells(seed):
    widget = drawn(seed)
    c, h = by_the_cell(widget)
    # float64, up to 60 steps; the gates go through a logarithm and a sigmoid: worst seen 1.3e-14
    assert np.abs(widget.c - c).max() < 1e-12 and np.abs(widget.h - h).max() < 1e-12


def test_the_pages_numbers_are_numpys(node):
    widgets = [drawn(seed) for seed in range(40)] + [BeltPulse(1.0), BeltPulse(0.0), BeltPulse(read=0, write=0)]
    script = """
        import { halfLife, keeping, pulse } from "./numbers/pulse.js";
        give(data.map((state) => {
          const { c, h } = pulse(state);
          return { c, h, half: halfLife(state.f), f: keeping(state.f ** 7, 7) };
        }));
    """
    for widget, told in zip(widgets, node(script, [state(widget) for widget in widgets]), strict=True):
        assert np.abs(widget.c - told["c"]).max() < 1e-12 and np.abs(widget.h - told["h"]).max() < 1e-12
        half = np.inf if told["half"] is None else told["half"]  # JSON has no infinity
        assert half == pytest.approx(widget.half_life, rel=1e-12)
        assert told["f"] == pytest.approx(widget.f, abs=1e-12)


def test_half_a_life():
    assert BeltPulse(0.5).half_life == 1 and BeltPulse(0.0).half_life == 0 and BeltPulse(1.0).half_life == np.inf


# --- the page ---------------------------------------------------------------------------------------------------------


def table(page, nth=0):
    """c and h as the page's table has them, (T,) each."""
    details = page.locator(".belt-belt-pulse details").nth(nth)
    if not details.evaluate("element => element.open"):
        details.locator("summary").click()
    page.wait_for_function("n => document.querySelectorAll('.belt-belt-pulse details')[n].querySelector('td')", arg=nth)
    rows = details.locator("tbody").evaluate("body => [...body.rows].map((row) => row.innerText)")
    return np.array([numbers(row) for row in rows]).T[1:]


def facts(page):
    return page.locator(".pulse-value").all_inner_texts()


def drag(page, name, dx, dy):
    """Takes a handle and moves it, in pixels."""
    knob = page.locator(f".belt-belt-pulse [data-handle={name}] .pulse-knob")
    box = knob.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def slider_value(page, name):
    return float(page.get_by_role("slider", name=SLIDERS[name]).input_value())


def test_what_is_shown_first_is_numpys(widget_page):
    widget = BeltPulse(f=0.731, i=0.8, o=0.6, write=5, read=11, steps=30)
    page = widget_page(widget)
    assert np.abs(table(page) - [widget.c, widget.h]).max() < 6e-7  # six digits are shown
    assert facts(page)[0] == f"{widget.half_life:.1f} steps"
    assert numbers(facts(page)[1])[0] == pytest.approx(widget.c[11], abs=6e-4)
    assert page.locator(".pulse-f output").inner_text() == "0.731"
    assert page.wrong == []


def test_the_sliders_move_by_keyboard(widget_page):
    page = widget_page(BeltPulse(f=0.9))
    page.get_by_role("slider", name=SLIDERS["f"]).focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("slider", name=SLIDERS["read"]).focus()
    page.keyboard.press("End")
    page.get_by_role("slider", name=SLIDERS["write"]).focus()
    page.keyboard.press("Home")
    page.wait_for_function("document.querySelector('.pulse-facts').innerText.includes('step 39')")
    after = BeltPulse(f=0.903, write=0, read=39)
    assert facts(page)[0] == f"{after.half_life:.1f} steps"
    assert np.abs(table(page) - [after.c, after.h]).max() < 6e-7
    assert "c: 0.019" in page.locator(".belt-spoken").inner_text()
    page.get_by_role("slider", name=SLIDERS["f"]).focus()
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('.pulse-value').innerText === 'never'")


def test_the_handles_move_by_mouse(widget_page):
    page = widget_page(BeltPulse(f=0.9))
    drag(page, "i", 60, 75)  # later, and half as much
    assert slider_value(page, "write") > 3 and 0.4 < slider_value(page, "i") < 0.6
    drag(page, "f", 0, -20)
    assert 0.9 < (higher := slider_value(page, "f")) < 1
    drag(page, "f", -60, 0)  # the same height, earlier
    assert slider_value(page, "f") < higher - 0.005
    drag(page, "o", -100, 8)
    assert slider_value(page, "read") < 30 and 0 < slider_value(page, "o") < 1
    drag(page, "f", 0, -900)
    assert slider_value(page, "f") == 1 and facts(page)[0] == "never"
    set_now = {name: slider_value(page, name) for name in SLIDERS}
    after = BeltPulse(**set_now | {name: int(set_now[name]) for name in ("write", "read")})
    assert np.abs(table(page) - [after.c, after.h]).max() < 6e-7 and page.wrong == []


def test_a_handle_that_is_dragged_stays_under_the_mouse(widget_page):
    page = widget_page(BeltPulse(f=0.9))
    knob = page.locator("[data-handle=f] .pulse-knob")
    middle = "knob => { const b = knob.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }"
    x, y = knob.evaluate(middle)
    page.mouse.move(x, y)
    page.mouse.down()
    for aside, lift in ((0, 15), (20, 15), (-15, 30), (0, 45)):
        page.mouse.move(x + aside, y - lift)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert knob.evaluate(middle) == pytest.approx([x + aside, y - lift], abs=1.5)  # f has three digits
    page.mouse.up()
    page.wait_for_function(
        "x => document.querySelector('[data-handle=f] .pulse-knob').getBoundingClientRect().x > x + 9", arg=x
    )


def test_nothing_on_the_belt_divides_by_nothing(widget_page):
    page = widget_page(BeltPulse(i=0.0, f=0.0, write=39))
    drag(page, "o", 0, -30)
    assert slider_value(page, "o") == 1 and facts(page)[1] == "0.000" and page.wrong == []


def test_without_scripts_a_picture_and_a_table_stand_there(widget_page):
    widget = BeltPulse(0.5)
    page = widget_page(widget, java_script_enabled=False)
    assert page.locator(".belt-still svg rect").count() == 40 + 3
    page.locator(".belt-still summary").click()
    shown = np.array([[float(value) for value in row[1:]] for row in cells(page, ".belt-still")]).T
    assert np.abs(shown - [widget.c, widget.h]).max() < 6e-7


# --- Python -----------------------------------------------------------------------------------------------------------
