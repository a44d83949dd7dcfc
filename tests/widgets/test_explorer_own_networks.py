"""ReviewExplorer with a reader's own network, whose weights stand in the page: layers, directions, cells, words."""

import numpy as np
import pytest
from review_pages import SAME, at, chips, probability, settle
from text_models import TOKENS, models
from widget_checks import cells, overflow, violations

from lstm_edu import GRUCell
from lstm_edu.widgets import ReviewExplorer
from lstm_edu.widgets.review_explorer import PARTS

pytestmark = pytest.mark.keras
TEXTS = ["W8, w3! Zzz w7 w4 w5.", "w3 w9"]


@pytest.fixture(scope="module")
def own():
    """own(name, **more): an explorer of one of `models`, with its `TextNetwork` for the numbers."""
    made = models()

    def make(name, **more):
        model, how = made[name]
        return ReviewExplorer(model("float64"), TEXTS, **how, **more)

    return make


def tabs(page):
    return [tab.inner_text() for tab in page.get_by_role("tab").all() if tab.is_visible()]


def parts(page):
    return page.locator(".review-part:visible b").all_inner_texts()


def unit_rows(page):
    """The table of the chosen unit as numbers: parts, and P(positive)."""
    page.locator(".review-unit").evaluate("(details) => (details.open = true)")
    settle(page)
    return np.array([[float(x.replace("−", "-")) for x in row[1:]] for row in cells(page, ".review-unit")])


def test_a_layer_is_picked_by_keyboard_and_the_answer_stays_the_networks(own, widget_page):
    widget = own("both, stacked")
    net = widget.network
    page = widget_page(widget)
    assert list(net.places) == [f"{layer.name}.{way}" for layer in net.layers for way in ("forward", "backward")]
    last = net.read(TEXTS[0]).last
    picker = page.locator(".review-layer select")
    picker.focus()
    page.keyboard.press("Home")
    for place, cell in net.places.items():
        settle(page)
        assert picker.input_value() == place and abs(probability(page) - last) < SAME
        reading = net.read(TEXTS[0], place)
        names = list(PARTS if "c" in cell.parts else cell.parts)
        assert parts(page) == names
        rows = unit_rows(page)
        unit = int(page.locator(".review-marks select").last.input_value())
        expected = np.column_stack([*(reading.parts[name][:, unit] for name in names), reading.p])
        assert np.abs(rows - expected).max() <= 5.1e-4
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == list(net.places)[-1]  # the focus stays
    said = page.locator(".review-chart .review-curve").inner_text()
    assert "read backward, from the right" in said
    assert page.wrong == []


def test_what_a_layer_has_no_meaning_for_is_absent(own, widget_page):
    page = widget_page(own("three kinds"))
    picker = page.locator(".review-layer select")
    units = page.get_by_label("Units by")
    shows = page.get_by_label("Each word shows")

    def offered(control):
        return control.locator("option").evaluate_all("(all) => all.map(({ value }) => value)")

    marks = ["belt", "answer", "without"]
    everything = ["The sum", "Hold a gate", "What mattered", "Opinion", "Difference"]
    assert (
        tabs(page) == ["The sum", "Opinion", "Difference"] and parts(page) == []
    )  # a SimpleRNN: h alone, the large map
    assert offered(units) == ["number", "push", "belt", "here"] and offered(shows) == marks
    assert page.locator(".review-pushes svg").is_visible()
    [gru, lstm, _] = offered(picker)
    for place, names, kept in ((lstm, list(PARTS), "c"), (gru, [*GRUCell.parts], "h")):
        picker.select_option(place)
        settle(page)
        assert tabs(page) == everything and parts(page) == names
        assert offered(units) == ["number", "memory", "belt", "here"] and offered(shows) == [
            "belt",
            "answer",
            "without",
        ]
        assert not page.locator(".review-pushes svg").is_visible()  # others stand above it
        chart, room = (page.locator(one).bounding_box()["width"] for one in (".review-map", ".review-chart"))
        assert chart > 0.9 * room
        assert shows.locator("option").first.inner_text() == f"what one unit keeps: its {kept}"
        page.locator("[role=application]").focus()
        page.keyboard.press(names[0])
        settle(page)
        assert page.locator(f".review-part input[value={names[0]}]").is_checked()
    assert page.wrong == []


def test_a_grus_gate_is_held_and_what_mattered_is_confirmed(own, widget_page):
    widget = own("gru")
    page = widget_page(widget)
    before = probability(page)
    page.get_by_role("tab", name="What mattered").click()
    page.wait_for_selector("[data-state=confirmed]")
    row = page.locator("tr[data-moved]").first
    assert row.locator("th").inner_text()[0] in "zr"
    moved = float(row.get_attribute("data-moved"))
    row.get_by_role("button", name="Hold it").click()
    assert abs(probability(page) - (before + moved)) < SAME and abs(moved) > 1e-6
    gates = page.get_by_label("Hold which gate").locator("option").all_inner_texts()
    assert gates == ["z, update gate", "r, reset gate", "g, candidate"]
    page.get_by_role("button", name="Let all go").click()
    assert abs(probability(page) - before) < SAME
    assert page.wrong == []


def test_another_layer_lets_go_of_what_is_held(own, widget_page):
    page = widget_page(own("stacked"))
    before = probability(page)
    page.get_by_role("tab", name="Hold a gate").click()
    page.get_by_role("button", name="Hold it").click()
    assert abs(probability(page) - before) > 1e-9 and page.locator(".review-holds li").count() == 1
    page.locator(".review-layer select").select_option(index=0)
    assert abs(probability(page) - before) < SAME and page.locator(".review-holds li").count() == 0
    assert "what was held is let go" in page.locator(".belt-spoken").inner_text()


def test_words_of_the_readers_own_are_read_cut_and_edited(own, widget_page):
    widget = own("lstm, masked behind")
    page = widget_page(widget)
    net = widget.network
    assert chips(page) == ["W8", "w3", "Zzz", "w7", "w4", "w5"] and page.locator(".review-unknown").count() == 1
    assert page.get_by_label("A review to read").locator("option").all_inner_texts() == ["your own", *TEXTS]
    field = page.get_by_label("Your review")
    long = " ".join(TOKENS[3:18])
    field.fill(long)
    assert abs(probability(page) - net.read(long).last) < SAME
    assert chips(page) == TOKENS[3:15]  # the first 12
    assert "the last 3 left out: the model reads the first 12" in page.locator(".review-notice").inner_text()
    page.locator(".review-chip").nth(2).click()
    page.locator(".review-chip").nth(2).focus()
    page.keyboard.press("Delete")
    settle(page)
    shorter = long.replace("w5 ", "")
    assert field.input_value() == shorter and abs(probability(page) - net.read(shorter).last) < SAME
    assert page.evaluate("document.activeElement.innerText") == "w6"  # what came in stands at the end
    field.fill("")
    assert abs(probability(page) - net.read("").last) < SAME
    assert page.wrong == []


def test_padding_behind_the_words_is_read_and_told(own, widget_page):
    widget = own("lstm, behind")
    page = widget_page(widget)
    reading = widget.network.read(TEXTS[0])
    assert abs(probability(page) - reading.last) < SAME and abs(reading.last - reading.p[-1]) > 1e-6
    note = page.locator(".review-before")
    assert note.inner_text() == "6 × padding" and note.evaluate("(note) => !note.nextElementSibling")
    page.get_by_role("tab", name="Opinion").click()
    place = np.log(reading.last / (1 - reading.last))
    told = page.locator("[role=tabpanel]:not([hidden]) .review-hint").inner_text().replace("−", "-")
    assert f"Behind the words stand 6 steps of padding; after them the opinion is {place:.2f}." in told
    page.get_by_label("Each word shows").select_option("writes")
    settle(page)
    parts = page.locator(".review-chosen").inner_text()
    assert "The padding has" in parts and page.wrong == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["both, stacked", "simple rnn"])
def test_axe_finds_nothing_and_a_narrow_page_does_not_scroll(own, widget_page, name, theme):
    page = widget_page(own(name), theme=theme, width=320)
    page.locator("details").evaluate_all("(all) => all.forEach((details) => (details.open = true))")
    settle(page)
    assert violations(page) == [] and overflow(page) <= 0 and page.wrong == []


def test_a_link_carries_the_layer(own, widget_page):
    widget = own("stacked")
    low, high = widget.network.places
    page = widget_page(widget, hash=at(layer=low, part="o", step=2, unit=5))
    assert page.locator(".review-layer select").input_value() == low
    value = widget.network.read(TEXTS[0], low).parts["o"][2, 5]
    assert f"unit 5: o {value:.3f}" in page.locator(".review-readout").inner_text()
    plain = widget_page(widget, hash=at(layer="__proto__"))
    assert plain.locator(".review-layer select").input_value() == high and plain.wrong == []


def test_in_python_the_layer_is_a_trait_and_what_does_not_fit_is_refused(own):
    widget = own("three kinds", layer=None)
    gru, lstm, rnn = widget.network.places
    assert (widget.layer, widget.part, widget.units) == ("", "h", 5)
    widget.layer = lstm
    assert widget.units == 3 and widget.cell is widget.network.places[lstm]
    widget.part = "c"
    widget.holds = [{"gate": "f", "unit": 2, "step": None, "value": 0.5}]
    for trait, value in {"layer": "lstm_99", "part": "z", "unit": 3}.items():
        with pytest.raises(ValueError, match=f"^{trait}: expected"):
            setattr(widget, trait, value)
    with pytest.raises(ValueError, match="holds: expected a gate out of"):
        own("simple rnn").holds = [{"gate": "f", "unit": 0, "step": None, "value": 0.5}]
    with pytest.raises(ValueError, match="^layer: expected one of"):
        own("gru", layer="lstm")
    with pytest.raises(ValueError, match="^tokens: expected beside a Keras model of your own, got it beside 'lstm_32'"):
        ReviewExplorer(tokens=TOKENS)
    for how in ({}, {"tokens": TOKENS}):
        with pytest.raises(ValueError, match="^model: .* got './mine.keras': keras.saving.load_model reads a file$"):
            ReviewExplorer("./mine.keras", **how)


def test_what_a_text_may_be(own):
    model, how = models()["gru"]
    model = model("float64")
    for given, error, message in (
        (None, ValueError, "text: expected a text, or a list of texts, in the words of your model, got None"),
        ([], ValueError, "text: expected at least one text, got none"),
        (["w3", 4], TypeError, "text[1]: expected a string, got int"),
    ):
        with pytest.raises(error) as caught:
            ReviewExplorer(model, given, **how)
        assert str(caught.value) == message
    assert [one["text"] for one in ReviewExplorer(model, "w3 w4", **how).reviews] == ["w3 w4"]


def test_a_large_network_stays_with_python(monkeypatch, own):
    small = own("gru")
    assert small.pack["name"] == small.model_name
    monkeypatch.setattr(ReviewExplorer, "most_packed", 100)
    widget = own("gru")
    assert widget.pack is None and widget.packed()["layers"][0]["ways"][0]["kind"] == "gru"


def test_a_page_without_python_says_once_what_a_large_network_needs(monkeypatch, own, widget_page):
    monkeypatch.setattr(ReviewExplorer, "most_packed", 100)
    page = widget_page(own("gru"), width=400)
    page.get_by_text("run the notebook").wait_for()
    said = page.locator(".review-notice").inner_text()
    assert said == "this model is too large to be kept in the page: run the notebook, and it reads here"
    for name in (".review-sums", ".review-maps", "[role=tab]", ".review-tools button", ".review-words"):
        assert page.locator(name).count() and not any(found.is_visible() for found in page.locator(name).all()), name
    assert "has loaded" not in page.locator(".belt-widget").inner_text() and not page.wrong and not overflow(page)
    assert violations(page) == []
