"""The labs and the book's widgets in a real JupyterLab, with a live kernel: page and Python are in step, both ways."""

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

from lstm_edu import LSTMCell
from lstm_edu.network import shipped
from lstm_edu.widgets.review_explorer import reviews
from lstm_edu.words import Words

pytestmark = [pytest.mark.pages, pytest.mark.keras]

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "notebooks/04_four_gates.ipynb"
PATIENCE = 180_000  # the chapter imports TensorFlow, on a machine that may be busy


def notebook(*cells):
    """A notebook of code cells, as JSON."""
    made = [
        {"cell_type": "code", "id": f"cell{k}", "metadata": {}, "source": cell, "outputs": [], "execution_count": None}
        for k, cell in enumerate(cells)
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


NOTEBOOKS = {
    CHAPTER.name: CHAPTER.read_text("utf-8"),
    "review.ipynb": notebook("from lstm_edu import labs\nlab = labs.review()\nlab"),
    "belt.ipynb": notebook(
        "import ipywidgets\nfrom lstm_edu.widgets import BeltPulse\n"
        "belt, said = BeltPulse(f=0.5), ipywidgets.Label()\n"
        "belt.observe(lambda change: setattr(said, 'value', f'Python has {change.new:.3f}'), 'f')",
        "slider = ipywidgets.FloatSlider(0.5, min=0, max=1, step=0.125, description='from Python')\n"
        "slider.observe(lambda change: setattr(belt, 'f', change.new), 'value')\n"
        "ipywidgets.VBox([slider, belt, said])",
    ),
}


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory):
    """JupyterLab with settings of its own, serving the notebooks: address(name)."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    served = folder / "notebooks"
    served.mkdir()
    for name, text in NOTEBOOKS.items():
        (served / name).write_text(text, "utf-8")
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(folder / name) for name in ("SETTINGS", "WORKSPACES")}
    settings = folder / "SETTINGS/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # cells out of view are there as well
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0"]
    command += ["--allow-root"] if os.geteuid() == 0 else []
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
            yield lambda name: address[0].replace("/lab?", f"/lab/tree/{name}?reset&")
        finally:
            server.terminate()
            drain.join()


@pytest.fixture
def run(jupyterlab, chromium):
    """run(name): a page with the notebook `name` open and all its cells run; it may ask no other host."""
    contexts = []

    def open_and_run(name):
        contexts.append(chromium.new_context(viewport={"width": 1280, "height": 1600}))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(jupyterlab(name))
        page.get_by_text("| Idle").wait_for()  # the kernel is there; before that JupyterLab drops what is run
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        return page

    yield open_and_run
    for context in contexts:
        (page,) = context.pages
        here = jupyterlab("").split("/lab/")[0]
        foreign = [url for url in page.asked if not url.startswith((here, "ws://127", "data:", "blob:"))]
        context.close()
        assert not foreign


def the_lab(page):
    """The lab's element, in view and alive, without anything that axe objects to."""
    lab = page.locator(".belt-lab")
    lab.locator(".belt-widget[data-state=drawn]").wait_for(state="attached")
    lab.scroll_into_view_if_needed()
    assert not page.get_by_text(Words("labs")("needs_kernel")).count()
    page.wait_for_function("document.querySelector('.belt-lab .widget-slider [role=slider][aria-label]')")
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run('.belt-lab', { resultTypes: ['violations'] })")
    assert not [(v["id"], node["html"]) for v in found["violations"] for node in v["nodes"]]
    return lab


def hand_computed_cell():
    """The unit that the chapter computes by hand, from the chapter's own code."""
    cells = json.loads(NOTEBOOKS[CHAPTER.name])["cells"]
    names = {}
    exec(next(source for c in cells if "from_x = {" in (source := "".join(c["source"]))), names)
    kernel, recurrent_kernel, bias = (
        np.array([names[array][part] for part in "ifgo"]) for array in ("from_x", "from_h", "biases")
    )
    return LSTMCell(kernel[None], recurrent_kernel[None], bias)


def test_in_chapter_4_controls_drawing_and_python_move_each_other(run):
    page = run(CHAPTER.name)
    lab = the_lab(page)
    drawing = lab.locator(".belt-widget")
    cell, state = hand_computed_cell(), (np.array([[0.5]]), np.array([[2.0]]))

    def is_there(x):
        """The table, computed in Python, and the drawing's own x are those of this step."""
        _, c = cell.step(np.array([[x]]), state)
        lab.locator(".widget-html").get_by_text(f"= {c.item():.3f}").wait_for()
        drawing.locator(".cell-x output").filter(has_text=f"{x:.3f}").wait_for()

    is_there(1.0)
    lab.get_by_role("slider", name="x", exact=True).press("PageDown")  # through Python into the drawing
    is_there(0.95)
    drawing.get_by_role("slider", name="input x").press("ArrowLeft")  # and from there
    is_there(0.9)
    lab.locator(".widget-readout").filter(has_text="0.90").wait_for()
    lab.get_by_role("button", name="Play or pause").press("Enter")
    lab.get_by_text("turn 1").first.wait_for()
    lab.get_by_role("combobox", name="cell").select_option("keeper")
    lab.get_by_role("slider", name="input x[1]").wait_for(state="attached")


def probability_with_f_held(text, value):
    """P(positive) by the shipped model's cell, every forget gate at `value` from the start of the text."""
    hold = {"gate": "f", "unit": None, "step": None, "value": value}
    return shipped("lstm_32").read(text, [hold]).last


def test_in_chapter_10_controls_explorer_and_python_move_each_other(run):
    page = run("review.ipynb")
    lab = the_lab(page)
    explorer, said = lab.locator(".belt-widget"), lab.locator(".widget-html")

    lab.get_by_role("combobox", name="hold", exact=True).select_option("f, forget gate")
    said.get_by_text("with f of all units at 0.00.").wait_for()
    lab.get_by_role("slider", name="at", exact=True).press("PageUp")
    lab.get_by_role("slider", name="at", exact=True).press("PageUp")
    held = probability_with_f_held(reviews()[0][1], 0.1)
    said.get_by_text(f"the page says {held:.6f} with f of all units at 0.10.").wait_for()  # computed by the page
    lab.get_by_role("combobox", name="hold", exact=True).select_option("no gate")

    text = "the worst film of the year, and I loved it"
    explorer.get_by_role("textbox", name="Your review").fill(text)
    free = shipped("lstm_32").read(text)
    said.get_by_text(f"{free.last:.6f} with nothing held; the page says {free.last:.6f}.").wait_for()

    lab.get_by_role("slider", name="word", exact=True).press("Home")
    said.get_by_text("At word 0,").wait_for()
    lab.get_by_role("combobox", name="model", exact=True).select_option("lstm_32-seed3")
    other = shipped("lstm_32-seed3").read(text)
    said.get_by_text(f"{other.last:.6f} with nothing held; the page says {other.last:.6f}.").wait_for()


def test_a_widget_syncs_a_trait_both_ways_and_its_controls_have_names(run):
    page = run("belt.ipynb")
    belt = page.locator(".belt-widget[data-state=drawn]")
    belt.wait_for(state="attached")
    belt.scroll_into_view_if_needed()
    theirs = page.locator(".widget-slider [role=slider]")
    theirs.press("ArrowRight")
    page.get_by_text("Python has 0.625").wait_for()
    mine = belt.locator(".pulse-f input")
    page.wait_for_function("(slider) => slider.valueAsNumber === 0.625", arg=mine.element_handle())
    mine.press("Home")
    page.get_by_text("Python has 0.000").wait_for()
