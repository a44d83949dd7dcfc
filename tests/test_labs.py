"""The lab of chapter 4: what its bars say is what the cell computes, in Python and in a real JupyterLab."""

import json
import os
import re
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path

import numpy as np
import pytest

from lstm_edu import LSTMCell, labs

CHAPTER = Path(__file__).resolve().parents[1] / "notebooks/04_four_gates.ipynb"
BARS = "figoch"  # the order of the bars
RNG = np.random.default_rng(8)


def random_cell(input_size, units, **options):
    shapes = (input_size, 4 * units), (units, 4 * units), (4 * units,)
    return LSTMCell(*(RNG.normal(size=shape) for shape in shapes), **options)


def bars(lab):
    return dict(zip(BARS, lab.figure.data[0].y, strict=True))


def stepped(lab, cell):
    """h and c of the chosen unit, from the cell's own step."""
    h, c = cell.step(lab.x[None], (lab.h[None], lab.c[None]))
    return {"h": h[0, lab.unit], "c": c[0, lab.unit]}


def agree(lab, cell):
    seen, step = bars(lab), stepped(lab, cell)
    assert seen["h"] == step["h"] and seen["c"] == step["c"]
    # the six bars hold together: f, i, g and o are the ones that made this c and this h
    assert seen["c"] == pytest.approx(seen["f"] * lab.c[lab.unit] + seen["i"] * seen["g"], abs=1e-15)  # float64
    assert seen["h"] == pytest.approx(seen["o"] * np.tanh(seen["c"]), abs=1e-15)
    for name, terms in lab.sums().items():
        squashed = np.tanh(sum(terms)) if name == "g" else 1 / (1 + np.exp(-sum(terms)))
        assert seen[name] == pytest.approx(
            squashed, abs=1e-14
        )  # float64, terms added in another order: worst seen 5.6e-16


@pytest.mark.parametrize(("name", "value"), [("x", -2.5), ("h", 0.7), ("c", -1.3)])
def test_a_slider_moves_the_bars_as_the_cell_steps(name, value):
    cell = random_cell(1, 1)
    lab = labs.four_gates(cell)
    before = bars(lab)
    lab.controls[name].value = value
    assert getattr(lab, name)[0] == value and bars(lab) != before
    agree(lab, cell)
    assert f"{value:.3f}" in lab._table.value or name != "c"  # the old belt stands in the line below the table
    assert "".join(f"<td {labs.AIR}>{term:.3f}</td>" for term in lab.sums()["f"]) in lab._table.value


@pytest.mark.parametrize("part", "figo")
@pytest.mark.parametrize(("array", "row"), [("kernel", (1,)), ("recurrent_kernel", (2,)), ("bias", ())])
def test_the_weight_slider_moves_the_weight_that_is_chosen_and_no_other(part, array, row):
    cell = random_cell(2, 3)
    weights = {name: getattr(cell, name).copy() for name in ("kernel", "recurrent_kernel", "bias")}
    lab = labs.four_gates(cell)
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
    lab = labs.four_gates(cell)
    agree(lab, cell)
    lab.controls["h"].value, lab.controls["x"].value = -0.3, 1.7
    lab.controls["unit"].value, lab.controls["input"].value = 1, 2
    assert (lab.controls["h"].value, lab.controls["x"].value) == (0.5, 1.0)
    agree(lab, cell)
    lab.controls["unit"].value, lab.controls["input"].value = 0, 0
    assert (lab.controls["h"].value, lab.controls["x"].value) == (-0.3, 1.7)
    agree(lab, cell)


def test_the_controls_offer_what_there_is_to_choose():
    assert list(labs.four_gates().controls) == ["x", "h", "c", "which", "weight"]
    without_bias = LSTMCell(np.ones((1, 4)), np.ones((1, 4)))
    assert len(labs.four_gates().controls["which"].options) == 12
    assert len(labs.four_gates(without_bias).controls["which"].options) == 8
    agree(labs.four_gates(without_bias), without_bias)
    assert all(control.description for control in labs.four_gates(random_cell(2, 2)).controls.values())


def test_a_weight_beyond_the_usual_range_stays_what_it_is():
    cell = LSTMCell(np.array([[1.0, 20.5, 1.0, 1.0]]), np.ones((1, 4)))
    lab = labs.four_gates(cell)
    assert lab.controls["weight"].value == 20.5
    agree(lab, cell)


@pytest.mark.parametrize("cell", [np.ones((1, 4)), LSTMCell, "LSTM(32)"])
def test_what_is_no_cell_is_refused(cell):
    with pytest.raises(TypeError, match="cell: expected an LSTMCell, got "):
        labs.four_gates(cell)


def test_where_nobody_is_there_it_is_a_picture_and_says_where_to_run_it(monkeypatch):
    import ipywidgets

    made = []
    monkeypatch.setattr(ipywidgets.Widget, "_call_widget_constructed", lambda widget: made.append(widget))
    lab = labs.four_gates()
    bundle = lab._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"} and not made  # so that no widget state enters the page
    html = bundle["text/html"]
    assert html.count("<svg") == 1 and html.count('<th scope="col"') == 6 and labs.NEEDS_KERNEL in html
    assert f"= {lab.values()['c']:.3f}" in html and f"= {lab.values()['h']:.3f}" in html
    assert lab.widget in made


@pytest.mark.parametrize("asked", [True, False])
def test_a_page_with_a_reader_gets_the_widgets_and_the_picture_beside_them(monkeypatch, asked):
    class Shell:
        def get_parent(self):
            return {"content": {"allow_stdin": asked}}

    monkeypatch.setattr(labs, "get_ipython", Shell)
    bundle = labs.four_gates()._repr_mimebundle_()
    assert ("application/vnd.jupyter.widget-view+json" in bundle) == asked and "text/html" in bundle


# --- JupyterLab ---------------------------------------------------------------------------------------------------


def hand_computed_cell():
    """The unit that the chapter computes by hand, from the chapter's own code."""
    cells = json.loads(CHAPTER.read_text())["cells"]
    names = {}
    exec(next(source for c in cells if "from_x = {" in (source := "".join(c["source"]))), names)
    kernel, recurrent_kernel, bias = (
        np.array([names[array][part] for part in "ifgo"]) for array in ("from_x", "from_h", "biases")
    )
    return LSTMCell(kernel[None], recurrent_kernel[None], bias)


@pytest.fixture
def jupyterlab(tmp_path):
    """The address of a JupyterLab that serves a copy of the chapter, with settings of its own."""
    served = tmp_path / "notebooks"
    served.mkdir()
    (served / CHAPTER.name).write_text(CHAPTER.read_text())
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(tmp_path / name) for name in ("SETTINGS", "WORKSPACES")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"]
    command += [f"--ServerApp.root_dir={served}", "--LabApp.extension_manager=readonly", "--LabApp.news_url="]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=os.environ | own, **quiet) as server:
        drain = threading.Thread(target=deque, args=(server.stderr, 0))  # a full pipe would stop the server
        try:
            lines = (re.search(r"http://127\S+/lab\?token=\w+", line) for line in server.stderr)
            address = next(filter(None, lines), None)
            drain.start()
            assert address, "JupyterLab ended before it said where it is"
            yield address[0].replace("/lab?", f"/lab/tree/{CHAPTER.name}?")
        finally:
            server.terminate()
            drain.join()


@pytest.mark.pages
@pytest.mark.keras
def test_in_jupyterlab_a_slider_moved_by_keyboard_moves_the_bars(jupyterlab, chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(180_000)  # the chapter imports TensorFlow, on a machine that may be busy
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(jupyterlab)
    page.get_by_text("| Idle").wait_for()  # the kernel is there; before that JupyterLab drops what is run
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    lab = page.locator(".widget-vbox").filter(has=page.locator(".widget-slider"))
    lab.wait_for(state="attached")
    lab.scroll_into_view_if_needed()
    lab.locator(".js-plotly-plot .bars").wait_for()
    assert not page.get_by_text(labs.NEEDS_KERNEL).count()

    slider = lab.get_by_role("slider").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    after = hand_computed_cell().run(np.array([[[1.1]]]), (np.array([[0.5]]), np.array([[2.0]])))
    wanted = [getattr(after, part).item() for part in BARS]
    there = (
        "([bars, wanted]) => wanted.every((y, k) => Math.abs(bars.data[0].y[k] - y) < 1e-9)"  # x comes from JavaScript
    )
    page.wait_for_function(there, arg=[lab.locator(".js-plotly-plot").element_handle(), wanted])
    lab.get_by_text(f"= {after.h.item():.3f}").wait_for()
    assert not [
        url for url in asked if not url.startswith((jupyterlab.split("/lab/")[0], "ws://127", "data:", "blob:"))
    ]
    page.close()
