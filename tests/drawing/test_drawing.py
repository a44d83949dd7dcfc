"""The LSTM drawing: its geometry is sound, its SVG is well formed and has words beside it, bad requests are refused."""

import json
import re
import xml.etree.ElementTree as ET
from importlib.resources import files
from itertools import combinations, pairwise

import numpy as np
import pytest

from lstm_edu import drawing
from lstm_edu.drawing.copies import three_digits
from lstm_edu.drawing.picture import three_decimals
from lstm_edu.drawing.shapes import shapes as computed
from lstm_edu.words import Words

PLAN = drawing.geometry()
STATES = list(PLAN["states"])
# a step as an LSTM would do it, and one whose numbers are as long as numbers get
STEP = {
    "x": 0.5,
    "h_prev": -0.462,
    "c_prev": -1.25,
    "f": 0.731,
    "i": 0.269,
    "g": -0.962,
    "o": 0.881,
    "c": -1.17,
    "h": -0.726,
    "f_times_c": -0.914,
    "i_times_g": -0.259,
    "tanh_c": -0.824,
}
LONG = dict.fromkeys(STEP, -123.456)
SVG = "{http://www.w3.org/2000/svg}"


def known(state):
    return [name for name, value in PLAN["values"].items() if state in value["states"]]


def drawn(state, numbers=None, **options):
    values = None if numbers is None else {name: numbers[name] for name in known(state)}
    return drawing.lstm(state, values=values, **options)


def parse(svg):
    return ET.fromstring(svg)


def ids(html):
    return re.findall(r'\bid="([^"]+)"', html)


# --- the geometry ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_every_edge_joins_ports_of_nodes_that_are_there(state):
    edges = [edge for edge in PLAN["edges"] if state in edge["states"]]
    assert edges
    for edge in edges:
        for end in (edge["from"], edge["to"]):
            node, side = end.split(".")
            assert state in PLAN["nodes"][node]["states"], f"{edge['from']} -> {edge['to']}: {node} is not in {state}"
            assert side in PLAN["nodes"][node]["ports"]


@pytest.mark.parametrize("state", STATES)
def test_every_node_is_reached_and_left(state):
    edges = [edge for edge in PLAN["edges"] if state in edge["states"]]
    left = {edge["from"].split(".")[0] for edge in edges}
    reached = {edge["to"].split(".")[0] for edge in edges}
    nodes = {name for name, node in PLAN["nodes"].items() if state in node["states"]}
    assert nodes - left == set()  # even h and c go on, round to the next turn
    assert nodes - reached == {"x"}  # only the input comes from outside


def test_ports_lie_on_their_side_of_the_node_and_dots_have_theirs_in_the_middle():
    for name, node in PLAN["nodes"].items():
        x, y, width, height = node["box"]
        across, down = x + width / 2, y + height / 2
        sides = {"left": [x, down], "right": [x + width, down], "top": [across, y], "bottom": [across, y + height]}
        for side, point in node["ports"].items():
            assert point == ([across, down] if node["kind"] == "dot" else sides[side]), f"{name}.{side}"


@pytest.mark.parametrize("edge", PLAN["edges"], ids=lambda edge: f"{edge['from']}-{edge['to']}")
def test_lines_are_level_or_upright_leave_and_enter_straight_and_have_room_for_their_corners(edge):
    points = route(edge)
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    outward = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}
    assert all((dx == 0) != (dy == 0) for dx, dy in steps)
    assert tuple(np.sign(steps[0])) == outward[edge["from"].split(".")[1]]
    assert tuple(-np.sign(steps[-1])) == outward[edge["to"].split(".")[1]]
    head = PLAN["arrow"][edge["kind"]][0] if edge["arrow"] else 0
    for k, (dx, dy) in enumerate(steps):
        corners = (k > 0) + (k < len(steps) - 1)
        assert abs(dx + dy) >= corners * PLAN["corner"] + (head if k == len(steps) - 1 else 0)


@pytest.mark.parametrize("state", STATES)
def test_no_two_lines_cross_or_lie_on_each_other(state):
    """So no gap and no bridge is ever needed. They may touch only where both end, at a port."""
    segments = [
        (edge["from"], edge["to"], a, b)
        for edge in PLAN["edges"]
        if state in edge["states"]
        for a, b in pairwise(route(edge))
    ]
    for (from_1, to_1, a, b), (from_2, to_2, c, d) in combinations(segments, 2):
        if (from_1, to_1) == (from_2, to_2):
            continue
        low, high = np.maximum(np.minimum(a, b), np.minimum(c, d)), np.minimum(np.maximum(a, b), np.maximum(c, d))
        if (low <= high).all():
            ends = [
                ends_at(end) for end in (from_1, to_1) if end.split(".")[0] in {e.split(".")[0] for e in (from_2, to_2)}
            ]
            assert (low == high).all() and list(low) in ends, f"{from_1} -> {to_1} meets {from_2} -> {to_2}"


def test_lines_pass_no_node_they_do_not_belong_to():
    for edge in PLAN["edges"]:
        own = {edge["from"].split(".")[0], edge["to"].split(".")[0]}
        for state in edge["states"]:
            for name, node in PLAN["nodes"].items():
                if state in node["states"] and name not in own:
                    assert not any(meets(segment, node["box"]) for segment in pairwise(route(edge))), f"{edge}: {name}"


def test_states_are_nested_and_nothing_shared_moves():
    boxes = {state: shapes(drawing.lstm(state).svg) for state in STATES}
    for smaller, larger in pairwise(STATES):
        assert boxes[smaller].items() < boxes[larger].items()
        assert set(known(smaller)) < set(known(larger))
    assert len({parse(drawing.lstm(state).svg).get("viewBox") for state in STATES}) == 1


@pytest.mark.parametrize("numbers", [STEP, LONG], ids=["step", "long"])
@pytest.mark.parametrize("state", STATES)
def test_no_two_texts_overlap_and_no_line_runs_through_one(state, numbers):
    texts = [(text.text, extent(text)) for text in parse(drawn(state, numbers).svg).iter(f"{SVG}text")]
    lines = [(edge, segment) for edge in PLAN["edges"] if state in edge["states"] for segment in pairwise(route(edge))]
    x, y, width, height = PLAN["view"]
    for (one, a), (two, b) in combinations(texts, 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]), f"{one} and {two}"
    for text, box in texts:
        assert box[0] >= x and box[1] >= y and box[2] <= x + width and box[3] <= y + height, text
        for edge, segment in lines:
            assert not meets(segment, (box[0], box[1], box[2] - box[0], box[3] - box[1])), f"{text}: {edge}"


@pytest.mark.parametrize("numbers", [STEP, LONG], ids=["step", "long"])
@pytest.mark.parametrize("state", STATES)
def test_no_number_touches_a_node(state, numbers):
    for text in parse(drawn(state, numbers).svg).iter(f"{SVG}text"):
        left, top, right, bottom = extent(text)
        for name, node in PLAN["nodes"].items():
            if text.get("class") == "lstm-number" and state in node["states"]:
                x, y, width, height = node["box"]
                apart = right < x or x + width < left or bottom < y or y + height < top
                assert apart, f"{text.text}: {name}"


@pytest.mark.parametrize("state", STATES)
def test_labels_stay_inside_their_layers_operations_and_ends(state):
    for name, node in PLAN["nodes"].items():
        x, y, width, height = node["box"]
        group = parse(drawing.lstm(state).svg).find(f".//{SVG}g[@data-node='{name}']")
        for text in group.iter(f"{SVG}text") if group is not None else ():
            if text.text != "next turn":
                left, top, right, bottom = extent(text)
                assert x < left and right < x + width and y <= top and bottom <= y + height, f"{name}: {text.text}"


def test_texts_are_legible_on_a_narrow_page():
    narrow = 350  # pixels left for the drawing on a page of 400
    assert min(PLAN["sizes"].values()) * narrow / PLAN["view"][2] > 11


def test_every_gate_says_its_letter_and_its_function():
    texts = {
        group.get("data-node"): [text.text for text in group.iter(f"{SVG}text")]
        for group in parse(drawing.lstm("gates").svg).iter(f"{SVG}g")
    }
    assert [texts[gate] for gate in "figo"] == [["f", "σ"], ["i", "σ"], ["g", "tanh"], ["o", "σ"]]
    columns = [PLAN["nodes"][gate]["box"][0] for gate in "figo"]
    assert columns == sorted(columns)


def test_the_lines_compute_the_cell():
    """Numbers sent along the edges of each state come out as the state's equations say."""
    x, h, c, w = 0.5, -0.4, 1.2, {"f": 0.3, "i": -0.8, "g": 1.1, "o": 0.6}
    gate = {name: np.tanh(w[name] * (x + h)) for name in w}
    assert flow("loop", x, h, c, w)["h"] == gate["g"]
    belt = flow("belt", x, h, c, w)
    assert (belt["c"], belt["h"]) == (c + gate["g"], np.tanh(c + gate["g"]))
    lstm, new = flow("gates", x, h, c, w), gate["f"] * c + gate["i"] * gate["g"]
    assert (lstm["c"], lstm["h"]) == pytest.approx((new, gate["o"] * np.tanh(new)), rel=1e-15)  # order of two products


def flow(state, x, h_prev, c_prev, weights):
    """What reaches each node if dots that join add, layers take tanh(weight * input), and operations do as they say."""
    edges = [edge for edge in PLAN["edges"] if state in edge["states"] and edge["kind"] != "return"]
    done = {"x": x, "h_prev": h_prev, "c_prev": c_prev}

    def at(name):
        if name not in done:
            came = [at(edge["from"].split(".")[0]) for edge in edges if edge["to"].split(".")[0] == name]
            kind = PLAN["nodes"][name]["kind"]
            assert kind in ("times", "plus") and len(came) == 2 or name == "meet" or len(came) == 1
            done[name] = np.prod(came) if kind == "times" else sum(came)
            if kind in ("layer", "tanh"):
                done[name] = np.tanh(weights.get(name, 1.0) * done[name])
        return done[name]

    return {name: at(name) for name in PLAN["nodes"] if state in PLAN["nodes"][name]["states"]}


def test_the_scripts_have_the_shapes_that_the_geometry_makes():
    """Mend: .venv/bin/python -m lstm_edu.drawing, make widgets, and commit both."""
    written = json.loads(files("lstm_edu.drawing").joinpath("shapes.json").read_text("utf-8"))
    assert written.pop("made") and written == json.loads(json.dumps(computed(PLAN)))


# --- the SVG --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_svg_is_well_formed_and_has_a_text_alternative(state):
    root = parse(drawn(state, STEP, highlight="h").svg)
    assert root.get("role") == "img"
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    title, summary = (by_id[name] for name in root.get("aria-labelledby").split())
    assert title.tag == f"{SVG}title" and title.text == Words("drawing")(f"{state}.title")
    assert summary.tag == f"{SVG}desc" and summary.text == Words("drawing")(f"{state}.summary")


def test_ids_are_unique_on_a_page_that_shows_drawings_several_times():
    one, two = drawing.lstm("gates"), drawing.lstm("gates")
    found = ids(one.svg + two.svg + one._repr_html_() + one._repr_html_() + drawing.lstm("loop")._repr_html_())
    assert len(found) == 10 and len(set(found)) == 10


def test_words_tell_values_and_highlights():
    picture = drawn("gates", STEP, highlight=["f", "c"])
    assert picture.description.startswith(drawing.describe("gates"))
    assert "f 0.731" in picture.description and "new c −1.170" in picture.description
    assert "Drawn strong: f, new c;" in picture.description
    assert picture.description in picture._repr_html_()


def test_highlight_fades_the_rest():
    def faded(highlight):
        root = parse(drawing.lstm("gates", highlight=highlight).svg)
        groups = {group.get("data-node"): group.get("class") for group in root.iter(f"{SVG}g")}
        return {name for name, classes in groups.items() if name and "lstm-faded" in classes}

    nodes = set(PLAN["nodes"])
    assert faded(None) == set()
    assert faded("f") == nodes - {"x", "h_prev", "meet", "to_f", "f", "c_prev", "f_times_c"}
    assert faded(["i", "g"]) == nodes - {"x", "h_prev", "meet", "to_f", "to_i", "to_g", "i", "g", "i_times_g"}
    assert faded(["x"]) == nodes - {"x", "meet"}
    assert faded([]) == nodes
    for state in STATES:
        for name in known(state):
            group = parse(drawing.lstm(state, highlight=name).svg).find(f".//{SVG}g[@data-node='{name}']")
            assert group is None or "lstm-faded" not in group.get("class")


def test_the_forget_gate_lights_the_belt_as_far_as_the_sign_that_multiplies_it():
    groups = parse(drawing.lstm("gates", highlight="f").svg).iter(f"{SVG}g")
    belts = [group for group in groups if group[0].get("class") == "lstm-edge lstm-edge-belt"]
    strong = [belt[0].get("d") for belt in belts if "lstm-faded" not in belt.get("class")]
    (x1, y1), (x2, y2) = ends_at("c_prev.right"), ends_at("f_times_c.left")
    assert len(belts) == 4 and strong == [f"M{x1} {y1}L{x2} {y2}"]


def test_values_stand_in_their_colour_beside_their_node():
    root = parse(drawn("gates", STEP).svg)
    for name, number in STEP.items():
        group = root.find(f".//{SVG}g[@data-node='{name}']")
        assert three_decimals(number) in [text.text for text in group.iter(f"{SVG}text")]


def test_a_saved_file_stands_alone_and_is_the_same_each_time(tmp_path):
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    drawing.lstm("gates").save(first)
    drawing.lstm("gates").save(second)
    assert first.read_bytes() == second.read_bytes()
    root = ET.parse(first).getroot()
    assert float(root.get("width")) / float(root.get("height")) == pytest.approx(PLAN["view"][2] / PLAN["view"][3])
    assert "prefers-color-scheme: dark" in root.find(f"{SVG}style").text
    assert "http" not in first.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")


def test_every_custom_property_used_is_set():
    svg = drawing.lstm("gates").svg
    assert set(re.findall(r"var\((--[\w-]+)\)", svg)) <= set(re.findall(r"(--[\w-]+):", svg))
    # and every class drawn has a rule
    drawn_classes = {name for names in re.findall(r'class="([^"]*)"', svg) for name in names.split()}
    assert drawn_classes - set(re.findall(r"\.(lstm-[\w-]+)", svg)) <= {"lstm-edge-line"}


# --- requests -------------------------------------------------------------------------------------------------------


def test_the_drawing_has_three_decimals_and_the_copies_three_significant_digits():
    numbers = [0.5, 1, -0.0, -0.0001, 123.4, 99999, np.float32(0.7310586), -1.25]
    texts = ["0.500", "1.000", "0.000", "0.000", "123.400", "1.00e5", "0.731", "−1.250"]
    assert [three_decimals(number) for number in numbers] == texts
    numbers = [0.5, 1, 0.0, 0.0012345, 0.00012345, 123.4, 99999, np.float32(0.7310586)]
    texts = ["0.500", "1.00", "0.00", "0.00123", "1.23e−4", "123", "1.00e5", "0.731"]
    assert [three_digits(number) for number in numbers] == texts


@pytest.mark.parametrize(
    ("request_", "error", "message"),
    [
        (lambda: drawing.lstm("gate"), ValueError, "state: expected 'loop', 'belt', 'gates', got 'gate'"),
        (lambda: drawing.describe(3), ValueError, "state: expected 'loop', 'belt', 'gates', got 3"),
        (lambda: drawing.lstm("loop", {"f": 1.0}), ValueError, "values: expected names among x, h_prev, h .*, got 'f'"),
        (lambda: drawing.lstm(highlight="figo"), ValueError, "highlight: expected names among x, .*, got 'figo'"),
        (lambda: drawing.lstm(highlight=3), TypeError, "highlight: expected a name or several, got int"),
        (lambda: drawing.lstm(values=[1.0]), TypeError, "values: expected a mapping of names to numbers, got list"),
        (lambda: drawing.lstm(values={"f": "<b>1</b>"}), TypeError, r"values\['f'\]: expected a number, got str"),
        (lambda: drawing.lstm(values={"f": True}), TypeError, r"values\['f'\]: expected a number, got bool"),
        (lambda: drawing.lstm(values={"f": np.nan}), ValueError, r"values\['f'\]: expected a finite number, got nan"),
    ],
)
def test_bad_requests_are_refused_in_a_sentence(request_, error, message):
    with pytest.raises(error, match=message):
        request_()


# --- helpers --------------------------------------------------------------------------------------------------------


def ends_at(end):
    node, side = end.split(".")
    return PLAN["nodes"][node]["ports"][side]


def route(edge):
    return [ends_at(edge["from"]), *edge["via"], ends_at(edge["to"])]


def meets(segment, box):
    """Whether a level or upright segment touches the inside of a box (x, y, width, height)."""
    (x1, y1), (x2, y2) = segment
    x, y, width, height = box
    return min(x1, x2) < x + width and max(x1, x2) > x and min(y1, y2) < y + height and max(y1, y2) > y


def shapes(svg):
    """Node name -> where it is drawn: x, y, width, height."""
    found = {}
    for group in parse(svg).iter(f"{SVG}g"):
        if group.get("data-node"):
            shape = group[0]
            if shape.tag == f"{SVG}circle":
                x, y, r = (float(shape.get(key)) for key in ("cx", "cy", "r"))
                found[group.get("data-node")] = (x - r, y - r, 2 * r, 2 * r)
            else:
                found[group.get("data-node")] = tuple(float(shape.get(k)) for k in ("x", "y", "width", "height"))
    return found


# Widths of characters as parts of the font size in the widest fonts that may have to serve, DejaVu Sans for numbers and
# DejaVu Serif for letters, as Chromium measures them. Helvetica and Times, which the style asks for, are narrower.
NUMBER = {".": 0.318, "−": 0.838, "e": 0.615}  # a digit 0.636
LETTERS = {
    "t": 0.402,
    " ": 0.318,
    "−": 0.838,
    "1": 0.636,
    "a": 0.596,
    "h": 0.644,
    "n": 0.644,
}  # the widest, bold h, 0.727


def extent(text):
    """left, top, right, bottom of a <text> of the drawing, by the widths above; a squeezed one has its given width."""
    number = text.get("class") == "lstm-number"
    size, x, y = float(text.get("font-size")), float(text.get("x")), float(text.get("y"))
    width = size * sum(NUMBER.get(c, 0.636) if number else LETTERS.get(c, 0.727) for c in text.text)
    for sub in text:
        width += float(sub.get("font-size")) * sum(LETTERS.get(c, 0.727) for c in sub.text)
    width = float(text.get("textLength", width))
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
    descends = any(c in "gpt" for c in text.text) and not number
    return left, y - 0.72 * size, left + width, y + (0.22 if descends else 0.02) * size
