"""The labs of chapters 4 and 10: controls, widget and Python are in step. test_jupyterlab.py has them in a browser."""

import re

import numpy as np
import pytest

from lstm_edu import LSTMCell, labs
from lstm_edu.labs.cell_lab import AIR
from lstm_edu.network import shipped
from lstm_edu.widgets.review_explorer import in_order
from lstm_edu.words import Words

RNG = np.random.default_rng(8)


def random_cell(input_size, units, **options):
    shapes = (input_size, 4 * units), (units, 4 * units), (4 * units,)
    return LSTMCell(*(RNG.normal(size=shape) for shape in shapes), **options)


def stepped(lab, cell):
    """h and c of the chosen unit, from the cell's own step."""
    h, c = cell.step(lab.x[None], (lab.h[None], lab.c[None]))
    return {"h": h[0, lab.unit], "c": c[0, lab.unit]}


def agree(lab, cell):
    """Python's values, the drawing's and the table's are one step of the cell."""
    seen, step = lab.values(), stepped(lab, cell)
    assert seen["h"] == step["h"] and seen["c"] == step["c"]
    # the parts hold together: f, i, g and o are the ones that made this c and this h
    assert seen["c"] == pytest.approx(seen["f"] * lab.c[lab.unit] + seen["i"] * seen["g"], abs=1e-15)  # float64
    assert seen["h"] == pytest.approx(seen["o"] * np.tanh(seen["c"]), abs=1e-15)
    for name, terms in lab.sums().items():
        squashed = np.tanh(sum(terms)) if name == "g" else 1 / (1 + np.exp(-sum(terms)))
        # float64, terms added in another order: worst seen 5.6e-16
        assert seen[name] == pytest.approx(squashed, abs=1e-14)
    assert {name: lab.stepper.values[name] for name in "figoch"} == {name: seen[name] for name in "figoch"}
    assert f"= {seen['c']:.3f}" in lab._table.value and f"= {seen['h']:.3f}" in lab._table.value


def live(*cells):
    """A lab as a reader has it; the first cell is chosen."""
    lab = labs.four_gates({f"cell {k}": cell for k, cell in enumerate(cells)} or None)
    assert lab.widget
    return lab


@pytest.mark.parametrize(("name", "value"), [("x", -2.5), ("h", 0.7), ("c", -1.3)])
def test_a_slider_moves_the_drawing_as_the_cell_steps(name, value):
    cell = random_cell(1, 1)
    lab = live(cell)
    before = lab.values()
    lab.controls[name].value = value
    assert getattr(lab, name)[0] == value and lab.values() != before
    agree(lab, cell)
    assert "".join(f'<td style="{AIR}">{term:.3f}</td>' for term in lab.sums()["f"]) in lab._table.value


@pytest.mark.parametrize("part", "figo")
@pytest.mark.parametrize(("array", "row"), [("kernel", (1,)), ("recurrent_kernel", (2,)), ("bias", ())])
def test_the_weight_slider_moves_the_weight_that_is_chosen_and_no_other(part, array, row):
    cell = random_cell(2, 3)
    weights = {name: getattr(cell, name).copy() for name in ("kernel", "recurrent_kernel", "bias")}
    lab = live(cell)
    lab.controls["input"].value, lab.controls["unit"].value = 1, 2
    lab.controls["which"].value = (array, part)
    assert lab.controls["weight"].value == weights[array][(*row, "ifgo".index(part) * 3 + 2)]
    lab.controls["weight"].value = 3.3
    assert all(
        np.array_equal(getattr(cell, name), weights[name]) for name in weights
    )  # the reader's cell is left alone
    weights[array][(*row, "ifgo".index(part) * 3 + 2)] = 3.3
    assert all(np.array_equal(lab.weights[name], weights[name]) for name in weights)
    agree(lab, LSTMCell(**weights))


def test_a_larger_cell_is_looked_at_unit_by_unit_and_keeps_what_was_set():
    cell = random_cell(3, 2)
    lab = live(cell)
    agree(lab, cell)
    lab.controls["h"].value, lab.controls["x"].value = -0.3, 1.7
    lab.controls["unit"].value, lab.controls["input"].value = 1, 2
    assert (lab.controls["h"].value, lab.controls["x"].value) == (0.5, 1.0)
    agree(lab, cell)
    lab.controls["unit"].value, lab.controls["input"].value = 0, 0
    assert (lab.controls["h"].value, lab.controls["x"].value) == (-0.3, 1.7)
    agree(lab, cell)


def test_the_controls_offer_what_there_is_to_choose():
    assert list(live().controls) == ["x", "h", "c", "which", "weight", "turn"]
    without_bias = LSTMCell(np.ones((1, 4)), np.ones((1, 4)))
    assert len(live().controls["which"].options) == 12
    lab = live(without_bias)
    assert len(lab.controls["which"].options) == 8
    agree(lab, without_bias)
    *named, _ = live(random_cell(2, 2)).controls.values()  # the last, Play, has its name beside it
    assert all(control.description for control in named)


def test_another_cell_can_be_chosen():
    cells = random_cell(1, 1), random_cell(3, 2)
    lab = live(*cells)
    chooser = lab.widget.children[0]
    assert chooser.options == ("cell 0", "cell 1")
    chooser.value = "cell 1"
    assert len(lab.x) == 3
    agree(lab, cells[1])


def test_play_takes_turns_by_the_cells_own_step_and_goes_back():
    cell = random_cell(2, 3)
    lab = live(cell)
    trace = cell.run(np.ones((1, 4, 2)), (np.full((1, 3), 0.5), np.full((1, 3), 2.0)))
    for turn in (1, 2, 4):
        lab.controls["turn"].value = turn
        assert np.array_equal(lab.h, trace.h[0, turn - 1]) and np.array_equal(lab.c, trace.c[0, turn - 1])
        assert lab.stepper.t == turn and lab.stepper.h == lab.h.tolist()
        agree(lab, cell)
    lab.controls["turn"].value = 0
    assert lab.stepper.h == [0.5] * 3 and lab.stepper.c == [2.0] * 3
    agree(lab, cell)


def test_what_is_moved_in_the_drawing_comes_back():
    cell = random_cell(1, 2)
    lab = live(cell)
    lab.stepper.unit = 1
    kernel = lab.stepper.kernel
    kernel[0][2 * 1 + 1] = 0.625  # the forget gate of unit 1
    lab.stepper.kernel = [row[:] for row in kernel]
    lab.stepper.h = [0.25, -0.75]
    assert lab.controls["unit"].value == 1 and lab.controls["h"].value == -0.75
    lab.controls["which"].value = ("kernel", "f")
    assert lab.controls["weight"].value == 0.625
    agree(lab, lab.cell)
    lab.stepper.next_turn()
    assert lab.controls["turn"].value == lab.turn == 1
    agree(lab, lab.cell)


def test_a_weight_beyond_the_usual_range_stays_what_it_is():
    cell = LSTMCell(np.array([[1.0, 20.5, 1.0, 1.0]]), np.ones((1, 4)))
    lab = live(cell)
    assert lab.controls["weight"].value == 20.5
    agree(lab, cell)


@pytest.mark.parametrize("cell", [np.ones((1, 4)), LSTMCell, "LSTM(32)"])
@pytest.mark.parametrize("several", [False, True])
def test_what_is_no_cell_is_refused(cell, several):
    with pytest.raises(TypeError, match="cells: expected an LSTMCell or a dict of some, got "):
        labs.four_gates({"one": cell} if several else cell)


def test_no_cell_and_a_cell_with_another_curve_are_refused():
    with pytest.raises(ValueError, match="cells: expected an LSTMCell or a dict of some, got an empty dict"):
        labs.four_gates({})
    with pytest.raises(ValueError, match="cells: expected activation 'tanh', got 'relu'"):
        labs.four_gates(random_cell(1, 1, activation="relu"))


LABS = {"four_gates": labs.four_gates, "review": labs.review}


@pytest.mark.parametrize("name", LABS)
def test_where_nobody_is_there_it_is_a_picture_and_says_where_to_run_it(monkeypatch, name):
    import ipywidgets

    made = []
    monkeypatch.setattr(ipywidgets.Widget, "_call_widget_constructed", lambda widget: made.append(widget))
    lab = LABS[name]()
    bundle = lab._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"} and not made  # so that no widget state enters the page
    assert bundle["text/html"].count("<svg") == 1 and Words("labs")("needs_kernel") in bundle["text/html"]
    assert lab.widget in made


def test_the_picture_has_the_steps_numbers():
    lab = labs.four_gates()
    html = lab.html()
    assert html.count('<th scope="col"') == 6
    assert re.findall('scope="row"[^>]*>([figo])<', html) == list("figo")  # in the order of the chapter
    assert f"= {lab.values()['c']:.3f}" in html and f"= {lab.values()['h']:.3f}" in html


@pytest.mark.parametrize("name", LABS)
@pytest.mark.parametrize("asked", [True, False])
def test_a_page_with_a_reader_gets_the_widgets_and_the_picture_beside_them(monkeypatch, asked, name):
    class Shell:
        def get_parent(self):
            return {"content": {"allow_stdin": asked}}

    monkeypatch.setattr("IPython.get_ipython", Shell)
    bundle = LABS[name]()._repr_mimebundle_()
    assert ("application/vnd.jupyter.widget-view+json" in bundle) == asked and "text/html" in bundle


# --- chapter 10 -------------------------------------------------------------------------------------------------------


def live_review(*arguments):
    lab = labs.review(*arguments)
    assert lab.widget
    return lab


def test_all_shipped_models_are_there_and_read_the_text_that_stands():
    lab = live_review()
    assert lab.controls["model"].options == tuple(in_order())
    lab.explorer.text = "not a good film, not at all"
    for name in reversed(in_order()):
        lab.controls["model"].value = name
        reading = shipped(name).read("not a good film, not at all")
        assert lab.explorer.text == "not a good film, not at all" and lab.explorer.model_name == name
        assert lab.explorer.probability == pytest.approx(reading.last, abs=1e-12)  # float64, sums in another order
        assert f"{reading.last:.6f}" in lab._said.value


def test_word_and_play_move_the_explorer_and_follow_it():
    lab = live_review(None, "a film about a long and quiet winter")
    last = len(lab.reading().words) - 1
    assert lab.controls["step"].max == lab.controls["play"].max == last == lab.controls["step"].value
    lab.controls["play"].value = 0
    assert lab.explorer.step == lab.controls["step"].value == 0
    lab.explorer.step = 3
    assert lab.controls["play"].value == 3 and "<bdi>about</bdi>" in lab._said.value
    lab.explorer.text = "two words"
    assert lab.controls["step"].max == 2


def test_the_controls_hold_a_gate_beside_what_is_held_on_the_page():
    lab = live_review()
    mine = {"gate": "o", "unit": 3, "step": 1, "value": 0.5}
    lab.explorer.holds = [mine]
    lab.controls["gate"].value = "f"
    lab.controls["value"].value = -0.4  # no gate is below 0
    assert lab.holds == lab.explorer.holds == [mine, {"gate": "f", "unit": None, "step": None, "value": 0.0}]
    lab.controls["gate"].value, lab.controls["unit"].value = "g", 7
    assert lab.holds == [mine, {"gate": "g", "unit": 7, "step": None, "value": -0.4}]
    assert "with o of unit 3 at 0.50, g of unit 7 at -0.40." in lab._said.value
    lab.controls["model"].value = in_order()[1]
    assert len(lab.explorer.holds) == 2
    lab.controls["gate"].value = None
    assert lab.holds == [mine]


def test_a_readers_text_is_never_html():
    text = "<img src=x onerror=alert(1)> film"
    lab = live_review(None, text)
    for step in range(len(lab.reading().words)):
        lab.controls["step"].value = step
        assert "<img" not in lab._said.value
    assert "<img src" not in lab.html()


@pytest.mark.keras
def test_what_is_no_text_or_no_model_is_refused():
    with pytest.raises(TypeError, match="text: expected a string, got int"):
        labs.review(text=3)
    with pytest.raises(TypeError, match="model: expected"):
        labs.review(model=3)
