"""The figure of the dialects: it stands where `convert` puts the blocks, at every stop of the slider."""

import numpy as np
import pytest

from lstm_edu import figures
from lstm_edu.dialects import DIALECTS, convert

PLACES = {  # the four blocks' first numbers, in the order in which a library lays its arrays out
    "keras": lambda w: w["kernel"][0],
    "pytorch": lambda w: w["weight_ih_l0"][:, 0],
    "onnx": lambda w: w["W"][0, :, 0],
    "cs231n": lambda w: w["Wx"][0],
    "tf1": lambda w: w["kernel"][0],
    "keras03": lambda w: [array[0, 0] for name, array in w.items() if name.startswith("W")],
}


def orders(text):
    return ["".join(row) for row in text]


def test_each_stop_shows_the_order_that_convert_makes():
    weights = {"kernel": np.arange(4.0)[None], "recurrent_kernel": np.zeros((1, 4))}  # i is 0, f 1, g 2, o 3
    (slider,) = figures.dialects().layout.sliders
    assert len(slider.steps) == len(DIALECTS) == len(PLACES)
    for step, (name, blocks) in zip(slider.steps, PLACES.items(), strict=True):
        there = [int(k) for k in blocks(convert(weights, "keras", name))]
        order = "".join("ifgo"[k] for k in there)
        assert step.label == f"{name}: {' '.join(order)}"
        assert step.args[0]["z"] == [[there, [0, 1, 2, 3]]]
        assert orders(step.args[0]["text"][0]) == [order, "ifgo"]


def test_a_step_of_the_slider_shows_what_a_figure_started_there_shows():
    (slider,) = figures.dialects("onnx", start="tf1").layout.sliders
    assert slider.active == list(DIALECTS).index("tf1")
    for step, name in zip(slider.steps, DIALECTS, strict=True):
        (squares,) = figures.dialects("onnx", start=name).data
        assert step.method == "update"
        assert step.args[1]["yaxis.ticktext"] == list(figures.dialects("onnx", start=name).layout.yaxis.ticktext)
        assert step.args[0] == {"z": [[list(r) for r in squares.z]], "text": [[list(r) for r in squares.text]]}
        assert orders(squares.text)[1] == "iofg"


def test_each_letter_has_the_colour_of_its_gate():
    (squares,) = figures.dialects().data
    for k, part in enumerate("ifgo"):
        place = (k - squares.zmin) / (squares.zmax - squares.zmin)
        below = max(edge for edge, _ in squares.colorscale if edge <= place)
        above = min(edge for edge, _ in squares.colorscale if edge >= place)
        assert (below, figures.role(part)) in squares.colorscale and (above, figures.role(part)) in squares.colorscale


def test_the_text_alternative_has_every_order():
    alt = figures.dialects("cs231n").layout.meta["alt"]
    for name, dialect in DIALECTS.items():
        assert f"{name} {' '.join(dialect.order)}" in alt
    assert "A reader of cs231n's order sees i f o g in all of them." in alt


@pytest.mark.parametrize(("argument", "value"), [("reader", "caffe"), ("start", "jax")])
def test_what_is_no_dialect_is_refused(argument, value):
    with pytest.raises(ValueError) as caught:
        figures.dialects(**{argument: value})
    assert str(caught.value) == f"{argument}: expected one of {', '.join(DIALECTS)}, got {value!r}"
