"""CellStepper: the drawing's numbers and every sum behind them are NumPy's, and the reader moves all of them."""

import numpy as np
import pytest
from widget_checks import numbers

from lstm_edu import LSTMCell, drawing
from lstm_edu.cells.variants import NoTanhCell
from lstm_edu.drawing.picture import three_decimals
from lstm_edu.widgets import CellStepper
from lstm_edu.widgets.cell_stepper import parts

STAGES = {stage: words["flow"] for stage, words in drawing.geometry()["states"].items()}
BY_HAND = LSTMCell(*(np.array(w, float) for w in ([[2, 1, -1.5, 0.5]], [[1, -2, 1, -1]], [-1, 1, 0, 2])))
STEP = {"x": [1.0], "h": [0.5], "c": [2.0]}  # the step of chapter 4
LAST = {stage: len(flow) - 1 for stage, flow in STAGES.items()}  # step there: all has been computed


def drawn(seed, stage="gates", **options):
    """A stepper on a random cell, one in three without bias."""
    rng = np.random.default_rng(seed)
    D, H, T = (int(rng.integers(1, 6)) for _ in range(3))
    bias = rng.normal(size=4 * H) if seed % 3 else None
    gate = ("sigmoid", "hard_sigmoid", "hard_sigmoid_keras2")[seed % 5 % 3]
    cell = LSTMCell(rng.normal(size=(D, 4 * H)), rng.normal(size=(H, 4 * H)), bias, recurrent_activation=gate)
    h, c = rng.normal(size=(2, H))
    options = {"step": LAST[stage]} | options
    return CellStepper(cell, rng.normal(size=(T, D)), h=h, c=c, stage=stage, unit=int(rng.integers(H)), **options)


def formula(widget):
    """The values of a turn from the formulas, written out once more: name -> (H,)."""
    kernel, recurrent, bias = (np.array(w) for w in (widget.kernel, widget.recurrent_kernel, widget.bias or 0.0))
    x, h, c = (np.array(v) for v in (widget.x[min(widget.t, len(widget.x) - 1)], widget.h, widget.c))
    z_i, z_f, z_g, z_o = np.split(x @ kernel + h @ recurrent + bias, 4)
    g = np.tanh(z_g)
    if widget.stage == "loop":
        return {"h": g}
    if widget.stage == "belt":
        return {"g": g, "c": c + g, "h": np.tanh(c + g)}
    gate = {
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "hard_sigmoid": lambda z: np.clip(z / 6 + 0.5, 0, 1),
        "hard_sigmoid_keras2": lambda z: np.clip(z / 5 + 0.5, 0, 1),
    }[widget.gate]
    i, f, o = gate(z_i), gate(z_f), gate(z_o)
    between = {"f_times_c": f * c, "i_times_g": i * g}
    c = f * c + i * g
    between["tanh_c"] = np.tanh(c)
    return {"f": f, "i": i, "g": g, "o": o, "c": c, "h": o * np.tanh(c)} | between


@pytest.mark.parametrize("stage", STAGES)
def test_pythons_values_are_the_formulas(stage):
    for seed in range(20):
        widget = drawn(seed, stage)
        for _ in range(4):
            expected = formula(widget)
            for name, value in expected.items():
                assert abs(widget.values[name] - value[widget.unit]) < 1e-12
            widget.next_turn()
            assert np.abs(np.array(widget.h) - expected["h"]).max() < 1e-12
            assert np.abs(np.array(widget.c) - expected.get("c", widget.c)).max() < 1e-12


SCRIPT = """
import { made, turn } from "./numbers/turn.js";
give(data.map(({ stage, cell, x, state, unit, parts }) => {
  for (const name of ["kernel", "recurrent", "bias"]) cell[name] &&= Float64Array.from(cell[name]);
  const values = turn(stage, cell, x, state);
  return { values, made: parts.map((part) => made(part, stage, cell, x, state, values, unit)) };
}));
"""


def test_the_pages_values_and_every_sum_are_numpys(node):
    widgets = [drawn(seed, stage) for seed in range(30) for stage in STAGES]
    asked = [
        {
            "stage": w.stage,
            "cell": {
                "kernel": np.ravel(w.kernel).tolist(),
                "recurrent": np.ravel(w.recurrent_kernel).tolist(),
                "bias": w.bias,
                "units": len(w.h),
                "gate": w.gate,
            },
            "x": w.x[0],
            "state": {"h": w.h, "c": w.c},
            "unit": w.unit,
            "parts": parts(w.stage),
        }
        for w in widgets
    ]
    worst = 0
    for widget, answer in zip(widgets, node(SCRIPT, asked), strict=True):
        expected = formula(widget)
        values = answer["values"]
        assert values.keys() == expected.keys() - {"f_times_c", "i_times_g", "tanh_c"}
        worst = max(worst, *(np.abs(np.array(v) - expected[k]).max() for k, v in values.items()))
        u, before = widget.unit, widget.c[widget.unit]
        value = {name: values[u] for name, values in expected.items()} | {"x": widget.x[0][0], "h_prev": widget.h[u]}
        value |= {"c_prev": before, "plus": value.get("c"), "o_times_c": value["h"]}
        value.setdefault("f_times_c", before)  # in the belt the gates are 1
        value.setdefault("i_times_g", value.get("g", 0))
        value.setdefault("tanh_c", np.tanh(value.get("c", 0)))
        value["g"] = value["h"] if widget.stage == "loop" else value["g"]
        for part, told in zip(parts(widget.stage), answer["made"], strict=True):
            worst = max(worst, abs(told["value"] - value[part]))
            assert abs(sum(term["product"] for term in told["terms"]) - told["sum"]) < 1e-12 or not told["terms"]
    assert worst < 1e-12  # float64, up to 11 terms: seen 8.9e-16


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def widget_page(widget_page):
    """A page as in conftest.py, in which what is behind "More" is there to be moved; more=False leaves it closed."""

    def open_page(*widgets, more=True, **options):
        page = widget_page(*widgets, **options)
        if more:
            page.locator(".belt-widget details").evaluate_all(
                "(all) => all.forEach((details) => (details.open = true))"
            )
        return page

    return open_page


def opened(widget_page, **options):
    return widget_page(CellStepper(BY_HAND, **STEP, step=LAST["gates"]), **options)


def settled(page):
    """Two frames on: what was asked for is drawn."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def printed(page, root=".belt-widget"):
    """What the drawing prints: name -> text."""
    texts = page.locator(f"{root} .lstm-drawing [data-value]").all()
    return {text.get_attribute("data-value"): text.text_content() for text in texts if text.text_content()}


def result(page):
    """The last number of the open node's arithmetic."""
    return numbers(page.locator(".cell-result").inner_text().rpartition("= ")[2])[0]


def node_button(page, name):
    return page.locator(f".belt-widget [data-opens={name}]")


def drawn_node(page, name):
    return page.locator(f".belt-widget [data-node={name}]")


def part_slider(page):
    return page.get_by_role("slider", name="part", exact=True)


@pytest.mark.parametrize("stage", STAGES)
def test_the_drawing_is_pythons_drawing(widget_page, stage):
    """The same shapes at the same places, with the same classes and letters: one geometry."""
    widget = CellStepper(BY_HAND, **STEP, stage=stage, step=LAST[stage])
    page = widget_page(widget)
    shapes = """(svg) => [...svg.querySelectorAll('path, circle, rect, text, tspan')]
        .filter((part) => !part.classList.contains('cell-node'))
        .map((part) => [part.tagName, part.getAttribute('class') || '', part.textContent,
            ...['d', 'x', 'y', 'width', 'height', 'rx', 'cx', 'cy', 'r', 'dy', 'font-size', 'text-anchor',
                'textLength'].map((name) => part.getAttribute(name)?.replace(/\\.0$/, ''))].join(' '))
        .sort()"""
    live, still = (
        page.locator(f"{root} svg.lstm-drawing").evaluate(shapes) for root in (".belt-widget", ".belt-still")
    )
    assert live == still and len(live) > 20 and page.wrong == []


@pytest.mark.parametrize("seed", range(4))
def test_what_is_shown_first_is_numpys(widget_page, seed):
    widget = drawn(seed, ("gates", "gates", "belt", "loop")[seed])
    page = widget_page(widget)
    values = {name: value[widget.unit] for name, value in formula(widget).items()}
    values |= {"h_prev": widget.h[widget.unit]} | ({"x": widget.x[0][0]} if len(widget.x[0]) == 1 else {})
    values |= {"c_prev": widget.c[widget.unit]} if widget.stage != "loop" else {}
    assert printed(page) == {name: three_decimals(value) for name, value in values.items()}
    assert result(page) == pytest.approx(values["h"], abs=6e-7)
    assert page.wrong == []


def test_every_node_opens_by_mouse_and_shows_its_terms(widget_page):
    page = opened(widget_page)
    f, i, g, o = (formula(CellStepper(BY_HAND, **STEP))[name][0] for name in "figo")
    c = f * 2 + i * g
    for name, value, products in [
        ("f", f, [1, -1, 1]),
        ("i", i, [2, 0.5, -1]),
        ("g", g, [-1.5, 0.5, 0]),
        ("o", o, [0.5, -0.5, 2]),
        ("f_times_c", f * 2, [f * 2]),
        ("i_times_g", i * g, [i * g]),
        ("plus", c, [f * 2, i * g]),
        ("c", c, [f * 2, i * g]),
        ("tanh_c", np.tanh(c), [c]),
        ("h", o * np.tanh(c), [o * np.tanh(c)]),
        ("c_prev", 2, []),
        ("x", 1, []),
    ]:
        node_button(page, name).click()
        settled(page)
        assert result(page) == pytest.approx(value, abs=6e-7), name
        shown = [numbers(row.locator("td").last.inner_text())[0] for row in page.locator(".cell-terms tbody tr").all()]
        assert shown == pytest.approx(products, abs=6e-4), name
        assert node_button(page, name).get_attribute("aria-pressed") == "true"
    assert page.wrong == []


def test_the_nodes_are_one_stop_for_tab_and_open_by_keyboard(widget_page):
    page = opened(widget_page)
    assert page.locator(".belt-widget [data-opens][tabindex='0']").count() == 1
    node_button(page, "x").focus()
    names = ["x"]
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "End", "Home"):
        page.keyboard.press(key)
        names.append(page.evaluate("document.activeElement.dataset.opens"))
    assert names == ["x", "h_prev", "c_prev", "f", "f_times_c", "f", "h", "x"]
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    settled(page)
    assert page.locator(".cell-letter").inner_text() == "f"
    assert "f, forget gate: 0.731" in node_button(page, "f").get_attribute("aria-label")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    settled(page)
    assert page.locator(".cell-letter").inner_text() == "h"
    assert page.evaluate("document.activeElement.dataset.opens") == "h"


def test_stepping_shows_what_has_been_computed_and_no_more(widget_page):
    page = opened(widget_page, reduced_motion="reduce")
    part_slider(page).focus()
    page.keyboard.press("Home")
    settled(page)
    reached = {"x": 1, "h_prev": 0.5, "c_prev": 2}
    everything = CellStepper(BY_HAND, **STEP).values
    for name in STAGES["gates"]:
        if name == "plus":
            reached["c"] = everything["c"]
        elif name == "o_times_c":
            reached["h"] = everything["h"]
        elif name in everything:  # the products between, too
            reached[name] = everything[name]
        assert printed(page) == {key: three_decimals(value) for key, value in reached.items()}, name
        assert "lstm-faded" not in drawn_node(page, name).get_attribute("class")
        if name != "o_times_c":
            assert "lstm-faded" in drawn_node(page, "h").get_attribute("class")
            assert "not yet computed" in node_button(page, "h").get_attribute("aria-label")
            page.get_by_role("button", name="Next", exact=True).click()
            settled(page)
    assert part_slider(page).get_attribute("aria-valuetext") == "9 of 9: h"
    page.get_by_role("button", name="Previous").click()
    settled(page)
    assert "h" not in printed(page) and page.wrong == []


def test_it_starts_with_nothing_computed_and_is_printed_whole(widget_page):
    page = widget_page(CellStepper(BY_HAND, **STEP))
    assert printed(page) == {"x": "1.000", "h_prev": "0.500", "c_prev": "2.000"}
    assert page.locator(".cell-letter").inner_text() == "x"
    assert part_slider(page).get_attribute("aria-valuetext") == "0 of 9: x"
    page.emulate_media(media="print")
    page.wait_for_function("document.querySelector('.belt-widget [data-value=h]').textContent !== ''")
    values = CellStepper(BY_HAND, **STEP).values
    assert printed(page) == {name: three_decimals(value) for name, value in values.items()}
    page.emulate_media(media="screen")
    page.wait_for_function("document.querySelector('.belt-widget [data-value=h]').textContent === ''")


def test_the_focus_stays_at_both_ends_and_space_scrolls_nothing(widget_page):
    page = widget_page(CellStepper(BY_HAND, **STEP, step=1), reduced_motion="reduce")
    page.set_viewport_size({"width": 800, "height": 300})
    previous, next_part = (page.get_by_role("button", name=name, exact=True) for name in ("Previous", "Next"))
    previous.focus()
    scrolled = page.evaluate("scrollY")
    for _ in range(3):
        page.keyboard.press("Space")
    settled(page)
    assert previous.evaluate("button => button === document.activeElement")
    assert previous.get_attribute("aria-disabled") == "true" and part_slider(page).input_value() == "0"
    next_part.focus()
    for _ in range(LAST["gates"] + 1):  # the last one starts the next turn
        page.keyboard.press("Space")
    settled(page)
    assert next_part.evaluate("button => button === document.activeElement") and page.evaluate("scrollY") == scrolled
    old = CellStepper(BY_HAND, **STEP).values
    assert printed(page) == {"x": "1.000"} | {f"{name}_prev": three_decimals(old[name]) for name in "hc"}
    assert page.get_by_text("turn 1", exact=True).is_visible()


def test_a_turn_is_finished_before_the_next_one(widget_page):
    widget = CellStepper(BY_HAND, **STEP, step=3)
    page = widget_page(widget)
    for turn in range(3):
        page.locator(".cell-whole").click()
        settled(page)
        assert printed(page) == {name: three_decimals(value) for name, value in widget.values.items()}
        assert page.locator(".cell-turn").inner_text() == f"turn {turn}"
        widget.next_turn()


def test_another_stage_begins_at_the_first_turn(widget_page):
    page = opened(widget_page)
    for _ in range(3):
        page.get_by_role("button", name="Next turn").click()
    page.get_by_role("button", name="belt", exact=True).click()
    settled(page)
    assert printed(page) == {"x": "1.000", "h_prev": "0.500", "c_prev": "2.000"}
    assert page.locator(".cell-turn").inner_text() == "turn 0"


def test_opening_a_node_that_was_not_reached_computes_up_to_it(widget_page):
    page = widget_page(CellStepper(BY_HAND, step=0))
    node_button(page, "g").click()
    settled(page)
    assert "g" in printed(page) and "o" not in printed(page)


def test_next_turn_sends_h_and_c_round(widget_page):
    widget = drawn(7)
    page = widget_page(widget)
    for _ in range(6):  # beyond the last row of x, which stays
        page.get_by_role("button", name="Next turn").click()
        widget.next_turn()
    settled(page)
    expected = {name: three_decimals(value) for name, value in widget.values.items()}
    assert printed(page) == expected and page.get_by_text("turn 6", exact=True).is_visible()


@pytest.mark.parametrize(
    ("stage", "shown"), [("loop", {"x", "h_prev", "h"}), ("belt", {"x", "h_prev", "c_prev", *"gch"})]
)
def test_the_stages_are_one_drawing(widget_page, stage, shown):
    page = opened(widget_page)
    where = "layer => [layer.getScreenCTM().a, layer.getScreenCTM().e, layer.getScreenCTM().f, layer.x.baseVal.value]"
    place = drawn_node(page, "g").locator(".lstm-layer").evaluate(where)
    page.get_by_role("button", name=stage, exact=True).click()
    page.get_by_role("button", name="Finish turn").click()
    settled(page)
    assert drawn_node(page, "g").locator(".lstm-layer").evaluate(where) == place
    values = CellStepper(BY_HAND, **STEP, stage=stage).values
    assert values.keys() == {"loop": {"x", "h_prev", "h"}, "belt": {"x", "h_prev", "c_prev", *"gch"}}[stage]
    assert printed(page) == {name: three_decimals(value) for name, value in values.items()}
    assert page.get_by_role("button", name=stage, exact=True).get_attribute("aria-pressed") == "true"


def test_inputs_and_weights_move_by_keyboard_and_keep_the_focus(widget_page):
    page = opened(widget_page)
    for name, key in [("input x", "ArrowRight"), ("last h", "ArrowLeft"), ("last c", "End")]:
        page.get_by_role("slider", name=name).focus()
        page.keyboard.press(key)
    node_button(page, "f").click()
    weight = page.get_by_role("slider", name="weight of h in f")
    weight.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    settled(page)
    assert weight.evaluate("element => element === document.activeElement")
    recurrent = BY_HAND.recurrent_kernel.copy()
    recurrent[0, 1] = -1.5
    after = CellStepper(LSTMCell(BY_HAND.kernel, recurrent, BY_HAND.bias), [1.05], h=[0.45], c=[3.0])
    assert printed(page) == {name: three_decimals(value) for name, value in after.values.items()}
    assert result(page) == pytest.approx(after.values["f"], abs=6e-7)


def test_of_several_units_one_is_looked_at(widget_page):
    widget = drawn(8)
    assert len(widget.h) > 1
    page = widget_page(widget)
    widget.unit = (widget.unit + 1) % len(widget.h)
    page.get_by_label("unit").select_option(str(widget.unit))
    settled(page)
    assert printed(page) == {name: three_decimals(value) for name, value in widget.values.items()}


def test_it_plays_over_turns_and_pauses(widget_page):
    widget = CellStepper(BY_HAND, **STEP)
    page = opened(widget_page)
    page.clock.install(time=0)
    page.clock.pause_at(60_000)  # from here on it goes by run_for alone
    page.get_by_role("button", name="Play").click()  # from the end it goes on with the next turn
    page.clock.run_for(3000)
    widget.next_turn()
    assert (page.locator(".cell-turn").inner_text(), part_slider(page).input_value()) == ("turn 1", "2")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(5000)
    assert part_slider(page).input_value() == "2"
    page.get_by_label("speed").select_option("fast")
    page.get_by_role("button", name="Play").click()  # the next part comes at once
    page.clock.run_for(650 * 6 + 100)
    assert part_slider(page).input_value() == "9"
    expected = {name: three_decimals(value) for name, value in widget.values.items()}
    assert printed(page) == expected and page.get_by_role("button", name="Pause").is_visible()
    page.clock.run_for(650)
    assert (page.locator(".cell-turn").inner_text(), part_slider(page).input_value()) == ("turn 2", "0")


def test_few_controls_are_there_before_more_is_asked_for(widget_page):
    page = widget_page(CellStepper(BY_HAND, **STEP), more=False)
    shown = [name for name in page.locator(".belt-widget button").all_inner_texts() if name]
    seen = [name for name in shown if page.get_by_role("button", name=name, exact=True).is_visible()]
    assert seen == ["Next", "Play", "Link to this state", "Start again"]
    assert not part_slider(page).is_visible()
    page.get_by_text("More", exact=True).click()
    assert part_slider(page).is_visible() and page.get_by_role("button", name="belt", exact=True).is_visible()


COUNTED = """() => {
  window.flowed = 0;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) flowed += [...addedNodes].filter((n) => n.matches?.(".cell-flow")).length;
  }).observe(document.querySelector(".cell-picture svg"), { childList: true });
}"""


@pytest.mark.parametrize(("motion", "lines"), [("no-preference", 4), ("reduce", 0)])
def test_something_flows_to_each_new_part_unless_motion_is_not_wanted(widget_page, motion, lines):
    page = widget_page(CellStepper(BY_HAND, step=0), reduced_motion=motion)
    page.evaluate(COUNTED)
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_function("document.querySelector('.cell-letter').innerText === 'f'")
    settled(page)
    assert page.evaluate("flowed") == lines  # x, h, both to the first branch, from there to f
    page.wait_for_function("document.querySelectorAll('.cell-flow').length === 0")
    for control in (page.get_by_text("Play", exact=True), page.get_by_label("speed")):
        assert control.is_visible() == (motion == "no-preference")


def test_a_link_carries_the_state_and_a_cut_one_does_no_harm(widget_page):
    page = widget_page(CellStepper(BY_HAND, **STEP, part="f"))
    page.get_by_role("slider", name="weight of x in f").fill("-3")
    node_button(page, "i").click()
    page.get_by_role("button", name="Finish turn").click()
    page.get_by_role("button", name="Previous").click()
    settled(page)
    before = printed(page)
    page.get_by_role("button", name="Link to this state").click()
    page.wait_for_function("location.hash.includes('kernel')")
    again = widget_page(CellStepper(BY_HAND, **STEP, part="f"), hash=page.evaluate("location.hash"))
    assert printed(again) == before and "h" not in before
    assert again.locator(".cell-letter").inner_text() == page.locator(".cell-letter").inner_text()
    again.get_by_role("button", name="Start again").click()
    settled(again)
    assert printed(again)["f"] == "0.731"
    cut = "#belt?cell-stepper.kernel=%5B%5B1&cell-stepper.stage=door&cell-stepper.step=-1&cell-stepper.part=q"
    assert printed(opened(widget_page, hash=cut))["f"] == "0.731"


def test_without_scripts_a_picture_and_a_table_stand_there(widget_page):
    widget = drawn(8)
    page = widget_page(widget, java_script_enabled=False)
    assert page.locator(".belt-still svg.lstm-drawing").is_visible()
    shown = [float(text) for text in page.locator(".belt-still td").all_inner_texts()]
    assert shown == pytest.approx(list(widget.values.values()), abs=6e-7)


# --- Python -----------------------------------------------------------------------------------------------------------


def test_a_keras_layer_may_be_handed_over():
    import keras

    keras.utils.set_random_seed(0)
    layer = keras.layers.LSTM(3)
    layer.build((None, None, 2))
    x = np.random.default_rng(0).normal(size=(4, 2)).astype("float32")
    widget = CellStepper(layer, x, unit=2)
    for _ in range(4):
        h = widget.values["h"]
        widget.next_turn()
    # float32 in Keras: seen 1e-8
    assert abs(h - float(layer(x[None])[0, 2])) < 1e-6
    with pytest.raises(TypeError, match="cell: expected an LSTMCell or a keras LSTM layer, got GRUCell"):
        gru = keras.layers.GRU(2)
        gru.build((None, None, 2))
        CellStepper(gru)


ONES = np.ones((1, 4))


def test_a_variant_is_no_lstm_of_this_drawing():
    with pytest.raises(TypeError, match="got NoTanhCell"):
        CellStepper(NoTanhCell(ONES, ONES))


def test_python_reads_and_sets_what_the_reader_does():
    widget = CellStepper(BY_HAND, **STEP)
    assert widget.part == "x" and widget.step == 0
    assert CellStepper(part="g").step == STAGES["gates"].index("g") and CellStepper(step=1).part == "f"
    widget = CellStepper(BY_HAND, **STEP, part="o_times_c")
    widget.kernel = np.zeros((1, 4))
    widget.bias = [0, 50, 0, 50]
    widget.recurrent_kernel, widget.x, widget.h = np.zeros((1, 4)), [[3], [4]], [0]
    assert widget.kernel == [[0.0] * 4] and widget.values["c"] == 2 and widget.values["h"] == np.tanh(2.0)
    widget.stage = "loop"
    assert widget.part == "g" and widget.step == 1
    for name, value in (("kernel", [[1]]), ("part", "f"), ("step", 5), ("x", [[1, 2]]), ("t", -1), ("gate", "relu")):
        with pytest.raises(ValueError, match=f"^{name}: expected"):
            setattr(widget, name, value)
    assert "turn 0" in widget.still()
