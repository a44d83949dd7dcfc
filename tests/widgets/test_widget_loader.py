"""What all widgets get from js/kit/frame.js and book/assets/widgets.js, tried with a widget made for it, in Chromium.

On pages from a file, where a browser allows least; with Jupyter's own manager where ipywidgets stand beside ours.
"""

import shutil
from pathlib import Path

import pytest
import traitlets
from every_widget import WIDGETS

from lstm_edu.widgets import BeltPulse
from lstm_edu.widgets.base import SCRIPTS, Widget

pytestmark = pytest.mark.pages

SOURCE = """
import { frame } from "KIT/frame.js";
import { html, slider } from "KIT/dom.js";

export default frame({
  name: "ProbeWidget",
  title: "A probe",
  linked: { f: Number, many: JSON.parse },
  mount(w) {
    if (w.get("broken")) throw new Error("a probe that is broken");
    if (w.get("early") !== null) w.set({ f: w.get("early") });
    const f = slider({
      label: "f", min: 0, max: 1, step: 0.001, value: w.get("f"), input: (value) => w.set({ f: value }),
    });
    const out = html("output", { className: "out", id: w.id("out") });
    w.body.append(f.element, out);
    let draws = 0;
    return () => {
      f.set(w.get("f"));
      out.textContent = `${w.get("f")} ${w.get("many").join(" ")}`;
      out.dataset.draws = ++draws;
    };
  },
});
"""


@pytest.fixture(scope="module")
def probe(bundle, tmp_path_factory):
    """A class of widgets with a slider for f and a text that shows f and a list."""
    kit = Path(__file__).resolve().parents[2] / "js" / "kit"
    source = tmp_path_factory.mktemp("probe") / "probe.js"
    source.write_text(SOURCE.replace("KIT", kit.as_posix()), "utf-8")
    built = bundle(str(source))

    class Probe(Widget):
        _esm, _css = built["probe.js"].decode(), built["probe.css"].decode()
        f = traitlets.Float(0.5).tag(sync=True)
        many = traitlets.List([1, 2]).tag(sync=True)
        broken = traitlets.Bool(False).tag(sync=True)
        early = traitlets.Float(None, allow_none=True).tag(sync=True)

        def still(self):
            return f"<p class='picture'>A picture of {self.f}</p>"

    return Probe


def outs(page):
    return page.locator("output.out").all_text_contents()


def press(page, key, nth=0):
    """A key on the nth slider; waits until the value is drawn."""
    slider = page.get_by_role("slider", name="f").nth(nth)
    slider.press(key)
    page.wait_for_function(
        "([slider, k]) => document.querySelectorAll('output.out')[k].textContent.split(' ')[0] === slider.value",
        arg=[slider.element_handle(), nth],
    )


def test_a_widget_takes_the_place_of_its_picture(widget_page, probe):
    page = widget_page(probe(f=0.25, many=[3]))
    assert outs(page) == ["0.25 3"] and not page.locator(".picture").is_visible()
    assert page.get_by_role("region", name="A probe").is_visible()
    assert page.wrong == []


def test_a_link_brings_the_state_back_and_start_again_the_first(widget_page, probe):
    page = widget_page(probe())
    press(page, "End")
    page.get_by_role("button", name="Link to this state").click()
    field = page.get_by_role("textbox", name="Link to this state")
    assert field.input_value() == page.url and "#belt?probe-widget.f=1&" in page.url
    hash = page.url[page.url.index("#") :]
    again = widget_page(probe(f=0.125), hash=hash)
    assert outs(again) == ["1 1 2"]
    assert page.get_by_text("The link is").first.is_visible()
    press(page, "Home")
    assert field.count() == 0  # it would say another state
    again.get_by_role("button", name="Start again").click()
    again.wait_for_function("document.querySelector('output.out').textContent === '0.125 1 2'")
    assert again.evaluate("location.hash") == ""
    assert page.wrong == again.wrong == []


def test_two_on_a_page_do_not_meet(widget_page, probe):
    page = widget_page(probe(f=0.25), probe(f=0.75))
    assert outs(page) == ["0.25 1 2", "0.75 1 2"]
    press(page, "Home", nth=1)
    press(page, "End", nth=0)
    assert outs(page) == ["1 1 2", "0 1 2"]
    ids = page.locator("[id]").evaluate_all("(found) => found.map(({ id }) => id)")
    assert len(ids) == len(set(ids)) > 1
    for button in page.get_by_role("button", name="Link to this state").all():
        button.click()
    again = widget_page(probe(), probe(), hash=page.url[page.url.index("#") :])
    assert outs(again) == ["1 1 2", "0 1 2"]
    assert page.wrong == again.wrong == []


@pytest.mark.parametrize(
    "hash",
    [
        "#belt?probe-widget.f=none",
        "#belt?probe-widget.f=Infinity",
        "#belt?probe-widget.many=null",  # cannot be drawn
        "#belt?probe-widget.f=0.25&probe-widget.many=[1,",
        "#belt?probe-widget.unknown=3&other.f=2",
        "#belt?",
        "#belt?%E0%A4%A=1",
        "#elsewhere",
    ],
)
def test_a_cut_or_foreign_link_changes_nothing(widget_page, probe, hash):
    page = widget_page(probe(f=0.25), hash=hash)
    assert outs(page) == ["0.25 1 2"] and page.wrong == []


def test_a_link_followed_within_the_page_is_shown(widget_page, probe):
    page = widget_page(probe(f=0.25))
    page.evaluate("location.hash = '#belt?probe-widget.f=0.75'")
    page.wait_for_function("document.querySelector('output.out').textContent === '0.75 1 2'")
    assert page.wrong == []


READERS = """
import { finite, shapedLike, share } from "./kit/link.js";
const tried = (read, ...given) => { try { return read(...given); } catch { return "no"; } };
give({
  finite: data.numbers.map((text) => tried(finite, text)),
  share: data.numbers.map((text) => tried(share, text)),
  shaped: data.shapes.map((text) => tried(shapedLike, text, [[0, 0], [0, 0]])),
});
"""


def test_what_a_link_may_say(node):
    numbers = ["0.5", "-2", "1e3", "7.", ".5", "1e400", "1e7", "NaN", "Infinity", "0x10", "", "1 2", "five"]
    shapes = ["[[1,2],[3,4]]", "[[1,2],[3]]", "[1,2,3,4]", "[[1,2],[3,null]]", "null", "[]", "[[1,2],[3,1e9]]", "[["]
    found = node(READERS, {"numbers": numbers, "shapes": shapes})
    assert found["finite"] == [0.5, -2, 1000, 7, 0.5] + ["no"] * 8
    assert found["share"] == [0.5, 0, 1, 1, 0.5] + ["no"] * 8
    assert found["shaped"] == [[[1, 2], [3, 4]]] + ["no"] * 7


def test_the_colours_follow_the_theme(widget_page, probe):
    page = widget_page(probe(), theme="light")
    colour = "getComputedStyle(document.querySelector('.belt-widget')).backgroundColor"
    light = page.evaluate(colour)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_function(f"{colour} !== '{light}'")
    assert page.evaluate(colour) == widget_page(probe(), theme="dark").evaluate(colour)


def test_what_is_set_before_the_first_drawing_is_drawn(widget_page, probe):
    page = widget_page(probe(early=0.375))
    assert outs(page) == ["0.375 1 2"] and page.get_by_role("slider", name="f").input_value() == "0.375"
    assert page.wrong == []


def test_a_broken_widget_leaves_its_picture_and_the_others_alone(widget_page, probe):
    page = widget_page(probe(broken=True, f=0.25), probe())
    assert page.get_by_text("A picture of 0.25").is_visible() and not page.get_by_text("A picture of 0.5").is_visible()
    assert outs(page) == ["0.5 1 2"] and page.locator(".belt-widget").count() == 1
    assert len(page.wrong) == 1 and "a probe that is broken" in page.wrong[0]


def test_of_a_burst_of_inputs_the_last_is_drawn_once(widget_page, probe):
    page = widget_page(probe())
    # two frames later all that was asked for is drawn
    draws = page.evaluate("""async () => {
        const [slider, out] = [document.querySelector("input[type=range]"), document.querySelector("output.out")];
        const before = Number(out.dataset.draws);
        for (let k = 0; k < 200; k += 1) {
          slider.value = k / 1000;
          slider.dispatchEvent(new Event("input"));
        }
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return Number(out.dataset.draws) - before;
    }""")
    assert outs(page) == ["0.199 1 2"] and draws == 1


def test_printed_it_is_a_picture_without_buttons(widget_page, probe):
    page = widget_page(probe())
    page.emulate_media(media="print")
    assert page.locator("output.out").is_visible() and not page.locator("button:visible").count()
    assert not page.locator(".picture").is_visible()


def test_without_scripts_the_picture_stands_there(widget_page, probe):
    page = widget_page(probe(), java_script_enabled=False)
    assert page.locator(".picture").is_visible() and not page.locator(".belt-widget").count()


# --- with ipywidgets on the page: Jupyter's own manager ---------------------------------------------------------------


@pytest.fixture
def manager_page(widget_page, built_book, tmp_path):
    """open(*widgets): as widget_page, with the book's copy of Jupyter's manager beside the page, which shows them."""
    shutil.copytree(built_book / "_static/vendor/widgets", tmp_path / "_static/vendor/widgets")

    def open_page(*widgets, **options):
        page = widget_page(*widgets, **options)
        page.locator(".widget-readout, .widget-dropdown").first.wait_for()
        return page

    return open_page


def wrong(page):
    """What the console said, without the manager's own remark on its schema."""
    return [line for line in page.wrong if not line.startswith("strict mode: use allowUnionTypes")]


def test_an_ipywidget_and_ours_move_each_other(manager_page, probe):
    import ipywidgets

    ours, slider = probe(f=0.25), ipywidgets.FloatSlider(0.25, min=0, max=1, step=0.125, description="f of $x$")
    link = ipywidgets.jslink((slider, "value"), (ours, "f"))
    page = manager_page(slider, ours)
    page.locator(".belt-widget[data-state=drawn]").wait_for()
    assert outs(page) == ["0.25 1 2"] and not page.locator(".picture").is_visible()

    theirs = page.locator(".widget-slider")
    theirs.get_by_role("slider").press("ArrowRight")
    page.wait_for_function("document.querySelector('output.out').textContent === '0.375 1 2'")
    page.get_by_role("slider", name="f", exact=True).press("End")
    page.wait_for_function("document.querySelector('.widget-readout').textContent === '1.00'")
    assert wrong(page) == []
    link.close()


def test_the_manager_asks_nobody_not_even_for_a_module_that_is_missing(manager_page, probe, tmp_path):
    import ipywidgets

    class Foreign(ipywidgets.DOMWidget):
        _model_module = _view_module = traitlets.Unicode("somewhere-else").tag(sync=True)
        _model_name = _view_name = traitlets.Unicode("Foreign").tag(sync=True)
        _model_module_version = _view_module_version = traitlets.Unicode("1.0.0").tag(sync=True)

    page = manager_page(ipywidgets.Dropdown(options=["one"]), Foreign())
    page.wait_for_function("!!document.querySelector('script[src*=\"/somewhere-else@1.0.0/\"]')")  # its last resort
    assert all(url.startswith(("file:", "data:", "blob:")) for url in page.asked)


def test_play_and_its_icons_come_from_beside_the_page(manager_page):
    import ipywidgets

    play, slider = ipywidgets.Play(max=9), ipywidgets.IntSlider(max=9)
    link = ipywidgets.jslink((play, "value"), (slider, "value"))
    page = manager_page(play, slider)
    page.wait_for_function("[...document.fonts].some(({ status }) => status === 'loaded')")
    page.locator(".widget-play button").first.click()
    page.wait_for_function("Number(document.querySelector('.widget-readout').textContent) > 0")
    assert wrong(page) == []
    link.close()


def test_a_page_of_ours_alone_loads_no_manager(widget_page):
    page = widget_page(BeltPulse())
    assert page.evaluate("window.require === undefined && window.requirejs === undefined")
    assert page.wrong == []


# --- several kinds on one page ----------------------------------------------------------------------------------------

CHANGED = """
(styles) => {
  const all = [...document.querySelectorAll(".belt-widget, .belt-widget *")];
  const look = () => all.map((element) => {
    const style = getComputedStyle(element);
    return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
  });
  const before = look();
  document.head.append(Object.assign(document.createElement("style"), { textContent: styles }));
  const after = look();
  return all.flatMap((element, k) => Object.keys(before[k])
    .filter((name) => before[k][name] !== after[k][name])
    .map((name) => [element.tagName, element.getAttribute("class"), name, before[k][name], after[k][name]]));
}
"""


@pytest.mark.parametrize("make", [row.make for row in WIDGETS.values()], ids=list(WIDGETS))
def test_a_widget_looks_the_same_beside_all_others(widget_page, make):
    """Their styles come after it, and each begins with the shared rules."""
    widget = make()
    page = widget_page(widget)
    others = "".join(file.read_text("utf-8") for file in sorted(SCRIPTS.glob("*.css")) if file.stem != widget.script)
    assert page.evaluate(CHANGED, others) == []
