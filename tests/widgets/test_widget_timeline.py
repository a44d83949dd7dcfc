"""Timeline: its numbers are those of NumPy's cell, its verdicts those of the rule, by mouse and by keyboard."""

import numpy as np
import pytest
from widget_checks import cells, numbers

from lstm_edu import LSTMCell
from lstm_edu.network import held
from lstm_edu.widgets import Timeline
from lstm_edu.widgets.timeline import STEPS
from lstm_edu.widgets.timeline import TASKS as LIST

TASKS = {task["name"]: task for task in LIST}
SOLVED = {
    "carry": {2: "+", 9: "r"},
    "last": {1: "+", 2: "r", 4: "c+", 6: "r", 7: "c-", 10: "r"},
    "marked": {2: "+", 5: "r", 6: "c-", 10: "r"},
}


def drawn(seed):
    """A timeline with random orders."""
    rng = np.random.default_rng(seed)
    letters = [rng.choice(["", "+", "-"]) + rng.choice(["", "c"]) + rng.choice(["", "r"]) for _ in range(STEPS)]
    return Timeline("free", dict(enumerate(letters)))


def by_the_cell(widget):
    """c and h (12,) of an LSTMCell whose gates are held, at each step, where the orders say."""
    h, c, rows = np.zeros((1, 1)), np.zeros((1, 1)), []
    for t in range(STEPS):
        cell = LSTMCell(np.ones((1, 4)), np.ones((1, 4)))
        for name, values in widget.gates.items():
            cell = held(cell, name, values[t])
        h, c = cell.step(np.ones((1, 1)), (h, c))
        rows.append((c.item(), h.item()))
    return np.array(rows).T


def asked(task, orders):
    """What a task says of orders, worked out from the numbers that are read: None, right, or the first wrong bell."""
    widget, (_, parcels, flags, bells) = Timeline(task, orders), TASKS[task].values()
    for bell in bells:
        wanted = next(parcels[t] for t in range(bell, -1, -1) if t in flags)
        if widget.h[bell] != np.tanh(wanted):
            return bell
    return "right" if bells else None


@pytest.mark.parametrize("seed", range(20))
def test_the_two_lines_are_the_cells(seed):
    widget = drawn(seed)
    assert np.array_equal([widget.c, widget.h], by_the_cell(widget))


def test_the_pages_numbers_are_numpys(node):
    widgets = [drawn(seed) for seed in range(40)]
    script = """
        import { timeline } from "./numbers/timeline.js";
        give(data.map(timeline));
    """
    for widget, told in zip(widgets, node(script, [widget.orders for widget in widgets]), strict=True):
        for name, values in widget.gates.items():
            assert np.array_equal(told[name], values)
        assert np.array_equal(told["c"], widget.c)
        assert np.abs(np.array(told["h"]) - widget.h).max() < 1e-15  # two programs' tanh


def test_a_verdict_is_that_of_what_is_read(node):
    rng = np.random.default_rng(0)
    cases = list(SOLVED.items())
    for task in TASKS:
        for _ in range(30):  # the solution, with some of it left out or changed
            solved = SOLVED.get(task, {})
            kept = {t: letters for t, letters in solved.items() if rng.random() < 0.8}
            cases.append((task, kept | {int(rng.integers(STEPS)): str(rng.choice(["+", "-", "c", "r"]))}))
    data = [[TASKS[task], Timeline(task, orders).orders] for task, orders in cases]
    script = """
        import { timeline, verdict } from "./numbers/timeline.js";
        give(data.map(([task, orders]) => verdict(task, timeline(orders))));
    """
    for (task, orders), told in zip(cases, node(script, data), strict=True):
        found = told and ("right" if told["kind"] == "right" else told["t"])
        assert found == asked(task, orders), (task, orders)


def test_what_is_wrong_has_a_name(node):
    cases = [{}, {2: "+"}, {2: "+", 4: "-", 9: "r"}, {2: "-", 9: "r"}, {2: "+", 9: "cr"}]
    data = [[TASKS["carry"], Timeline("carry", orders).orders] for orders in cases]
    script = """
        import { timeline, verdict } from "./numbers/timeline.js";
        give(data.map(([task, orders]) => verdict(task, timeline(orders)).kind));
    """
    assert node(script, data) == ["empty", "unread", "empty", "other", "empty"]


# --- the page ---------------------------------------------------------------------------------------------------------


def switch(page, name, t):
    return page.get_by_role("button", name=f"{name}, step {t}", exact=True)


def verdict(page):
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.locator(".timeline-verdict").inner_text()


def shown(page):
    """f, i, g, o, c and h as the page's table has them, (12,) each."""
    page.locator(".belt-timeline summary").click()
    page.locator(".belt-timeline td").first.wait_for()
    return np.array([numbers(" ".join(row)) for row in cells(page, ".belt-timeline")]).T[1:]


@pytest.mark.pages
@pytest.mark.parametrize("task", SOLVED)
def test_each_task_is_solved_by_clicks(widget_page, task):
    names = {"+": "put +1", "-": "put −1", "c": "clear", "r": "read"}
    page = widget_page(Timeline(task))
    for t, letters in SOLVED[task].items():
        assert verdict(page).startswith("Not yet")
        for letter in letters:
            switch(page, names[letter], t).click()
    assert verdict(page).startswith("Right") and "Right" in page.locator(".belt-spoken").inner_text()
    widget = Timeline(task, SOLVED[task])
    assert np.abs(shown(page) - [*widget.gates.values(), widget.c, widget.h]).max() < 6e-7  # six digits are shown
    assert page.wrong == []


@pytest.mark.pages
@pytest.mark.parametrize("width", [800, 320])
def test_a_task_is_solved_by_keyboard(widget_page, width):
    page = widget_page(Timeline(), width=width)
    on, down, up = ("Right", "Down", "Up") if width == 800 else ("Down", "Right", "Left")
    page.get_by_role("button", name="carry one").focus()
    for _ in range(4):  # three more tasks, then the timeline
        page.keyboard.press("Tab")
    keys = [on, on, "Space", on, on, on, on, on, on, on, down, down, down, "Space", up, "Space", "Space"]
    for key in keys:
        page.keyboard.press(key if key == "Space" else f"Arrow{key}")
    assert verdict(page).startswith("Right")
    assert switch(page, "clear", 9).get_attribute("aria-pressed") == "false"
    page.keyboard.press("Home")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.ariaLabel") == "clear, step 11"
    page.wait_for_function("document.querySelector('.timeline-sums').innerText.startsWith('Step 11')")  # a frame later
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Empty the timeline"
    page.keyboard.press("Enter")
    assert verdict(page).startswith("Not yet. At step 9 the belt is at 0")


@pytest.mark.pages
def test_one_parcel_at_a_step_and_another_task_begins_empty(widget_page):
    page = widget_page(Timeline("free", {3: "+"}))
    switch(page, "put −1", 3).click()
    assert verdict(page) == "" and switch(page, "put +1", 3).get_attribute("aria-pressed") == "false"
    assert "c = 1 · 0 + 1 · (−1) = −1" in page.locator(".timeline-sums").inner_text()
    page.get_by_role("button", name="the marked parcel").click()
    assert verdict(page).startswith("Not yet. At step 5 the belt is at 0, and it should be at 1")
    assert page.locator(".timeline-order[aria-pressed=true]").count() == 0
    assert page.get_by_role("img", name="flag").count() == page.get_by_role("img", name="bell").count() == 2


@pytest.mark.pages
def test_nothing_moves_while_orders_are_given(widget_page):
    page = widget_page(Timeline())
    height = page.locator(".belt-widget").bounding_box()["height"]
    for name, t in (("put +1", 2), ("put +1", 3), ("put +1", 4), ("read", 4), ("clear", 6)):
        switch(page, name, t).click()
        verdict(page)
        assert page.locator(".belt-widget").bounding_box()["height"] == height
