"""The plain cell with its weights, and the row of copies that folds into a loop."""

import json
import re
from importlib.resources import files
from itertools import combinations, pairwise

import numpy as np
import pytest
from bs4 import BeautifulSoup
from test_drawing import extent, meets, parse

from lstm_edu import drawing
from lstm_edu.words import Words

PLAN = drawing.geometry() | json.loads(files("lstm_edu.drawing").joinpath("plain.json").read_text("utf-8"))
SVG = "{http://www.w3.org/2000/svg}"


def at(end):
    node, side = end.split(".")
    return PLAN["nodes"][node]["ports"][side]


def segments():
    for edge in PLAN["edges"]:
        for segment in pairwise([at(edge["from"]), *edge["via"], at(edge["to"])]):
            yield edge, segment


def test_the_lines_compute_the_cell():
    """Numbers sent along the edges come out as the equation says: a box multiplies, b is b, the plus sign adds."""
    x, h_prev, W, U, b = 0.5, -0.4, 1.1, -0.8, 0.3

    forward = [edge for edge in PLAN["edges"] if edge["kind"] != "return"]

    def value(name):
        came = [value(edge["from"].split(".")[0]) for edge in forward if edge["to"].startswith(f"{name}.")]
        at_start = {"x": x, "h_prev": h_prev, "b": b}
        if name in at_start:
            return at_start[name]
        does = {"W": lambda x: W * x, "U": lambda h: U * h, "plus": lambda *parts: sum(parts), "tanh": np.tanh}
        return does.get(name, lambda h: h)(*came)

    assert value("h") == pytest.approx(np.tanh(x * W + h_prev * U + b), rel=1e-15)  # the order of three terms
    [back] = [edge for edge in PLAN["edges"] if edge["kind"] == "return"]
    assert (back["from"], back["to"]) == ("h.bottom", "h_prev.bottom")


def test_ports_lie_on_the_sides_and_lines_are_level_or_upright():
    for name, node in PLAN["nodes"].items():
        x, y, width, height = node["box"]
        across, down = x + width / 2, y + height / 2
        sides = {"left": [x, down], "right": [x + width, down], "top": [across, y], "bottom": [across, y + height]}
        assert node["ports"].items() <= sides.items(), name
    for edge, ((x1, y1), (x2, y2)) in segments():
        assert (x1 == x2) != (y1 == y2), edge


def test_no_text_meets_another_or_a_line_and_the_letters_are_inside_their_boxes():
    root = parse(drawing.plain().svg)
    texts = [(text.text, extent(text)) for text in root.iter(f"{SVG}text")]
    for (one, a), (two, b) in combinations(texts, 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]), f"{one} and {two}"
    for text, (left, top, right, bottom) in texts:
        assert left >= 0 and right <= PLAN["view"][2] and bottom <= PLAN["view"][3]
        assert not any(meets(segment, (left, top, right - left, bottom - top)) for _, segment in segments()), text
    for name, node in PLAN["nodes"].items():
        x, y, width, height = node["box"]
        inside = root.find(f".//{SVG}g[@data-node='{name}']").find(f"{SVG}text")
        if inside is not None:
            left, top, right, bottom = extent(inside)
            assert x < left and right < x + width and y <= top and bottom <= y + height, name


def test_the_plain_cell_has_its_words_and_its_colours():
    picture = drawing.plain()
    root = parse(picture.svg)
    by_id = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert [by_id[name] for name in root.get("aria-labelledby").split()] == [
        Words("drawing")(f"plain.{key}") for key in ("title", "summary")
    ]
    assert picture.description == Words("drawing")("plain.description") and picture.description in picture._repr_html_()
    assert set(re.findall(r"var\((--[\w-]+)\)", picture.svg)) <= set(re.findall(r"(--[\w-]+):", picture.svg))


# --- the row that folds -----------------------------------------------------------------------------------------------


def folded(words=("dog", "bites", "man")):
    return BeautifulSoup(drawing.fold(words)._repr_html_(), "html.parser").figure


def test_the_copies_fold_to_the_same_place():
    copies = folded().select(".lstm-slides")
    places = [float(copy.select_one(".lstm-layer")["x"]) for copy in copies]
    shifts = [float(re.fullmatch(r"--home:(-?\d+)px", copy["style"])[1]) for copy in copies]
    assert len(set(places)) == 3 and len(set(np.add(places, shifts))) == 1
    assert [copy.select_one(".lstm-layer + text").text for copy in copies] == 3 * ["W, U, b"]
    names = [[text.get_text() for text in copy.select(".lstm-in-row text")] for copy in copies]
    assert names == [["0", "x0", "dog"], ["h0", "x1", "bites"], ["h1", "x2", "man"]]


def test_the_way_round_goes_from_the_cells_right_side_to_its_left():
    figure = folded()
    home = figure.select(".lstm-slides")[1].select_one(".lstm-layer")
    left, right = float(home["x"]), float(home["x"]) + float(home["width"])
    line, head = figure.select(".lstm-round path")
    assert line["d"].startswith(f"M{right:g} ") and head["d"].startswith(f"M{left:g} ")
    names = [text.get_text() for text in figure.select(".lstm-in-loop text")]
    assert names == ["ht−1", "ht", "xt", "dog, bites, man"]


def test_it_is_a_box_to_tick_with_a_name_and_a_picture_with_words():
    figure = folded()
    assert figure.label.input["type"] == "checkbox" and figure.label.get_text() == Words("drawing")("fold.switch")
    assert figure.svg["role"] == "img" and figure.svg["aria-label"] and "bites" in figure.details.p.get_text()
    style = figure.style.get_text()
    assert "prefers-reduced-motion" in style and not figure.select("script, [id]")
    assert set(re.findall(r"var\((--[\w-]+)\)", style)) - {"--home"} <= set(re.findall(r"(--[\w-]+):", style))


def test_words_stay_texts_and_others_are_refused():
    assert folded(["<b>", "&", "c"]).select_one("b") is None
    for wrong in (["a", "b"], "dog", ["a", "b", 3]):
        with pytest.raises(ValueError, match="words: expected 3 texts"):
            drawing.fold(wrong)


def test_a_key_folds_it_and_unfolds_it(chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 500}, reduced_motion="reduce")
    page = context.new_page()
    page.set_content(drawing.fold(["dog", "bites", "man"])._repr_html_())
    places = "() => [...document.querySelectorAll('.lstm-layer')].map((box) => box.getBoundingClientRect().x)"
    seen = "(name) => [...document.querySelectorAll(name)].every((part) => getComputedStyle(part).opacity === '1')"
    page.keyboard.press("Tab")
    for ticked in (False, True, False):
        assert len({round(x) for x in page.evaluate(places)}) == (1 if ticked else 3)
        assert page.evaluate(seen, ".lstm-in-loop") is ticked and page.evaluate(seen, ".lstm-in-row") is not ticked
        page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
