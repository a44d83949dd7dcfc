"""Other fonts, such as a reader may have, move nothing on the page and draw no sign of a widget."""

import re

import numpy as np
import pytest
from every_widget import WIDGETS
from fonts import SETS, config

from lstm_edu import SimpleRNNCell
from lstm_edu.widgets import CellStepper, LoopStepper, ReviewExplorer

pytestmark = pytest.mark.pages

MIXED = "plain, the rest tall"
CHINESE = "a film 这部电影 很好看 , and ▶ ← good"
RNG = np.random.default_rng(0)
CELL = SimpleRNNCell(RNG.normal(size=(3, 4)), RNG.normal(size=(4, 4)) / 2, RNG.normal(size=4))
X = RNG.normal(size=(6, 3)).round(2)


@pytest.fixture(scope="module", params=SETS)
def chromium(launch, request, tmp_path_factory):
    """A browser with one of the sets of fonts: it takes the place of the one with the machine's own."""
    file = config(tmp_path_factory.mktemp("fonts"), request.param)
    with launch(**({"FONTCONFIG_FILE": str(file)} if file else {})) as instance:
        yield instance


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("options", [{}, {"sequence": X, "cell": CELL}], ids=["number", "layer"])
def test_nothing_moves_while_a_loop_is_stepped_through(widget_page, options, width):
    page = widget_page(LoopStepper(**options), width=width)
    step = page.get_by_role("button", name="Step")
    places = set()
    while step.get_attribute("aria-disabled") == "false":
        places.add((step.bounding_box()["y"], page.locator(".belt-widget").bounding_box()["height"]))
        at = page.get_by_label("reached").input_value()
        step.click()
        page.wait_for_function("at => document.querySelector('input[type=range]').value !== at", arg=at)
    assert len(places) == 1


@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_below_moves_while_a_cell_is_stepped_through(widget_page, width):
    widget = CellStepper(x=[1.0], h=[0.5], c=[2.0])
    page = widget_page(widget, width=width, reduced_motion="reduce")
    heights = set()
    for _ in range(11):  # nine parts, and two of the next turn
        heights.add(page.locator(".belt-widget").bounding_box()["height"])
        page.get_by_role("button", name="Next", exact=True).click()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert len(heights) == 1


def test_a_word_in_letters_of_another_font_is_as_high_as_the_others(widget_page):
    page = widget_page(ReviewExplorer(text=CHINESE))
    heights = page.locator(".review-chip:visible").evaluate_all(
        "(chips) => chips.map((chip) => chip.getBoundingClientRect().height)"
    )
    assert len(heights) > 6 and len(set(heights)) == 1


def test_a_row_of_a_still_in_letters_of_another_font_is_as_high_as_the_others(widget_page):
    page = widget_page(ReviewExplorer(text=CHINESE), width=1280, java_script_enabled=False)
    page.locator(".belt-still summary").click()
    heights = [row.bounding_box()["height"] for row in page.locator(".belt-still tbody tr").all()]
    assert len(heights) > 6 and max(heights) - min(heights) < 1


@pytest.mark.parametrize("chromium", [MIXED], indirect=True)
@pytest.mark.parametrize("name", WIDGETS)
def test_every_sign_of_a_widget_is_of_a_text_font_or_of_the_codes_or_drawn(widget_page, name):
    page = widget_page(WIDGETS[name].make())
    page.locator("details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")
    assert set(fonts_of(page, ".belt-widget")) <= {"Plain", "JetBrains Mono"}


def fonts_of(page, root):
    """{family: some texts} of what stands in an element."""
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    document = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    asked = {"nodeId": document, "selector": f"{root} *"}
    found = {}
    for node in devtools.send("DOM.querySelectorAll", asked)["nodeIds"]:
        for font in devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            said = devtools.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
            found.setdefault(font["familyName"], []).append(re.sub("<[^>]*>", "", said)[:40])
    return found
