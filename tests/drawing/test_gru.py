"""The drawing of the GRU: it stands over the LSTM's, its lines compute the cell, no line crosses another."""

import json
from importlib.resources import files
from itertools import combinations, pairwise

import numpy as np
import pytest
from test_drawing import extent, meets, parse

from lstm_edu import GRUCell, drawing
from lstm_edu.words import Words

LSTM = drawing.geometry()
PLAN = LSTM | json.loads(files("lstm_edu.drawing").joinpath("gru.json").read_text("utf-8"))
SVG = "{http://www.w3.org/2000/svg}"
ENDS = ("from", "to")
LONG = dict.fromkeys(PLAN["values"], -123.456)


def at(end):
    node, side = end.split(".")
    return PLAN["nodes"][node]["ports"][side]


def segments():
    return [
        (edge, segment)
        for edge in PLAN["edges"]
        for segment in pairwise([at(edge["from"]), *edge["via"], at(edge["to"])])
    ]


def node_of(end):
    return end.partition(".")[0]


def test_the_lines_compute_the_cell():
    """Numbers sent along the edges come out as the package's cell computes them, both forms: one unit, no bias."""
    w, u = {"z": 0.3, "r": -0.8, "g": 1.1}, {"z": -0.5, "r": 0.9, "g": 0.7}
    x, h_prev = 0.5, -0.4
    forward = [edge for edge in PLAN["edges"] if edge["kind"] != "return"]

    def value(name):
        if name in ("x", "h_prev"):
            return {"x": x, "h_prev": h_prev}[name]
        came = [node_of(edge["from"]) for edge in forward if node_of(edge["to"]) == name]
        kind = PLAN["nodes"][name]["kind"]
        if kind == "layer":
            assert reads_both(name) and ("r" in came) == (name == "g")
            total = w[name] * x + u[name] * h_prev * (value("r") if name == "g" else 1)
            return np.tanh(total) if name == "g" else 1 / (1 + np.exp(-total))
        parts = [value(part) for part in came]
        if kind in ("times", "plus"):
            return np.prod(parts) if kind == "times" else sum(parts)
        [only] = parts
        return 1 - only if kind == "one_minus" else only

    def reads_both(layer):
        """Whether x and the old state come to it from the dot where they meet."""
        before, seen = {node_of(e["from"]) for e in forward if node_of(e["to"]) == layer} - {"r"}, set()
        while before:
            seen |= before
            before = {node_of(e["from"]) for e in forward if node_of(e["to"]) in before} - seen
        return {"meet", "x", "h_prev"} <= seen

    for reset_after in (True, False):
        weights = ([[m[part] for part in "zrg"]] for m in (w, u))
        expected = GRUCell(*weights, reset_after=reset_after).step([[x]], [[h_prev]])
        assert value("h") == pytest.approx(float(expected[0, 0]), abs=1e-6)  # float32
    [back] = [edge for edge in PLAN["edges"] if edge["kind"] == "return"]
    assert (back["from"], back["to"]) == ("h.bottom", "h_prev.bottom")


def test_every_node_is_reached_and_left():
    left, reached = ({node_of(edge[end]) for edge in PLAN["edges"]} for end in ENDS)
    assert PLAN["nodes"].keys() - left == set() and PLAN["nodes"].keys() - reached == {"x"}


def test_ports_lie_on_the_sides_and_lines_are_level_or_upright():
    for name, node in PLAN["nodes"].items():
        x, y, width, height = node["box"]
        across, down = x + width / 2, y + height / 2
        sides = {"left": [x, down], "right": [x + width, down], "top": [across, y], "bottom": [across, y + height]}
        if node["kind"] == "dot":
            sides = dict.fromkeys(sides, [across, down])
        assert node["ports"].items() <= sides.items(), name
    for edge, ((x1, y1), (x2, y2)) in segments():
        assert (x1 == x2) != (y1 == y2), edge


def test_no_two_lines_cross_and_none_passes_a_node_it_does_not_belong_to():
    for (one, (a, b)), (two, (c, d)) in combinations(segments(), 2):
        low, high = np.maximum(np.minimum(a, b), np.minimum(c, d)), np.minimum(np.maximum(a, b), np.maximum(c, d))
        if one is not two and (low <= high).all():
            touching = {node_of(one[end]) for end in ENDS} & {node_of(two[end]) for end in ENDS}
            ends = [at(edge[end]) for edge in (one, two) for end in ENDS if node_of(edge[end]) in touching]
            assert (low == high).all() and list(low) in ends, f"{one} meets {two}"
    for edge, segment in segments():
        for name, node in PLAN["nodes"].items():
            if name not in (node_of(edge["from"]), node_of(edge["to"])):
                assert not meets(segment, node["box"]), f"{edge}: {name}"


def test_no_text_meets_another_a_line_or_the_edge():
    root = parse(drawing.gru(LONG).svg)
    texts = [(text.text, extent(text)) for text in root.iter(f"{SVG}text")]
    x, y, width, height = PLAN["view"]
    for (one, a), (two, b) in combinations(texts, 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]), f"{one} and {two}"
    for text, (left, top, right, bottom) in texts:
        assert left >= x and top >= y and right <= x + width and bottom <= y + height, text
        assert not any(meets(segment, (left, top, right - left, bottom - top)) for _, segment in segments()), text


def test_what_it_shares_with_the_lstm_stands_at_the_same_place():
    same = {"z": "f", "g": "g", "r": "o", "z_times_h": "f_times_c", "rest_times_g": "i_times_g", "plus": "plus"}
    same |= {"h_prev": "c_prev", "h": "c", "x": "x"}
    for here, there in same.items():
        assert PLAN["nodes"][here]["box"] == LSTM["nodes"][there]["box"], here


def test_it_has_its_words_its_values_and_what_is_strong():
    say = Words("drawing")
    picture = drawing.gru({"z": 0.731, "rest_times_g": -0.236}, highlight=["z"])
    root = parse(picture.svg)
    by_id = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert [by_id[name] for name in root.get("aria-labelledby").split()] == [say("gru.title"), say("gru.summary")]
    assert picture.description.startswith(say("gru.description")) and "(1 − z) · g −0.236" in picture.description
    classes = {group.get("data-node"): group.get("class") for group in root.iter(f"{SVG}g") if group.get("data-node")}
    assert classes["z"] == "lstm-f" and classes["g"] == "lstm-g lstm-faded"
    assert {text.text for text in root.iter(f"{SVG}text") if text.get("class") == "lstm-number"} == {"0.731", "−0.236"}
    with pytest.raises(ValueError, match="values: expected names among x, h_prev, z, r, .*, got 'f'"):
        drawing.gru({"f": 1.0})
