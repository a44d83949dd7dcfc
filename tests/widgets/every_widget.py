"""A row for each class of widgets: what test_every_widget.py needs to hold it to the contract of all of them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.cells.variants import PeepholeCell
from lstm_edu.dialects import DIALECTS
from lstm_edu.learn import network
from lstm_edu.network import names
from lstm_edu.widgets import (
    BeltPulse,
    CellStepper,
    Check,
    DialectSwitch,
    GradientLab,
    Keeper,
    LoopStepper,
    PaddingLab,
    Parcel,
    ReviewExplorer,
    ReviewReader,
    ShapeTracer,
    Timeline,
    TrainingFilm,
    reviews,
)
from lstm_edu.widgets.dialect_switch import CURVES, published
from lstm_edu.widgets.padding_lab.rows import networks


@dataclass(frozen=True)
class Row:
    make: Callable  # make(**arguments): a widget, as a reader meets it first
    other: Callable  # the same class in another state
    main: str  # the selector of what it is about
    key: tuple  # (role, name, key): a control, and a key that changes what is shown
    still: dict  # what stands there without scripts: selector -> how many
    refused: list  # (arguments, error, message)
    refused_later: list  # (trait, value, message)
    old_link: dict  # trait -> text, each trait that a link carries, as links were made in November 2026
    old_state: dict  # what that link shows: selector -> text
    lies: list  # links with something cut or made up: trait -> text
    prepare: Callable = lambda page: None  # what a reader does before axe looks
    models: bool = False  # whether its page loads trained models


def link(kind, traits):
    """The end of an address with this state of a widget."""
    return "#belt?" + urlencode({f"{kind}.{name}": text for name, text in traits.items()})


RNG = np.random.default_rng(0)
RNN = SimpleRNNCell(RNG.normal(size=(3, 4)), RNG.normal(size=(4, 4)) / 2, RNG.normal(size=4))
ONES = np.ones((1, 4))
SEVERAL = LSTMCell(RNG.normal(size=(2, 12)), RNG.normal(size=(3, 12)), RNG.normal(size=12))
CELL = published()[0]
PEEPHOLES = PeepholeCell(CELL.kernel, CELL.recurrent_kernel, np.ones((3, 5)), CELL.bias)
SMALL = {kind.__name__[:-4]: network(kind, 8, RNG, input_size=3) for kind in (SimpleRNNCell, LSTMCell)}
TWO_OUT = network(GRUCell, 4, RNG, input_size=3, outputs=2)
HOLD = {"gate": "f", "unit": 0, "step": 0, "value": 0}


def answered():
    """A Parcel whose row has come by and is answered, with two networks."""
    widget = Parcel(SMALL, lag=4)
    widget.at, widget.answer = len(widget.inputs), 0.5
    return widget


def small_networks():
    """Fresh networks for the parcel, one of each kind."""
    kinds = {"simple_rnn": SimpleRNNCell, "lstm": LSTMCell, "gru": GRUCell}
    rng = np.random.default_rng(1)
    return {"fresh": {kind: network(cell, 8, rng, input_size=3) for kind, cell in kinds.items()}}


NETWORKS = small_networks()
PLAIN = {"fresh": {"simple_rnn": NETWORKS["fresh"]["simple_rnn"]}}


def check_some(page):
    """A wrong answer, with the right one shown."""
    page.get_by_label("your number").fill("8192")
    page.keyboard.press("Enter")
    page.locator("[data-verdict=wrong]").wait_for()
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".check-answer:not([hidden])").wait_for()


WIDGETS = {
    "BeltPulse": Row(
        make=BeltPulse,
        other=lambda: BeltPulse(0.5, write=30, read=31),
        main=".pulse-f output",
        key=("slider", "forget gate f", "ArrowLeft"),
        still={"svg rect": 40 + 3, "tbody tr": 40},
        refused=[
            ({"f": "0.5"}, TypeError, "f: expected a number from 0 to 1, got str"),
            ({"i": 1.5}, ValueError, "i: expected a number from 0 to 1, got 1.5"),
            ({"o": float("nan")}, ValueError, "o: expected a number from 0 to 1, got nan"),
            ({"steps": 1}, ValueError, "steps: expected a whole number from 2 to 200, got 1"),
            ({"write": 40}, ValueError, "write: expected a whole number from 0 to 39, got 40"),
            ({"read": 3.0}, TypeError, "read: expected a whole number, got float"),
        ],
        refused_later=[
            ("f", 2.0, "f: expected a number from 0 to 1, got 2.0"),
            ("read", 40, "read: expected a whole number from 0 to 39, got 40"),
            ("steps", 30, "steps: expected a whole number from 31 to 200, got 30"),
        ],
        old_link={"f": "0.75", "i": "0.5", "o": "0.25", "write": "2", "read": "8"},
        old_state={".pulse-f output": "0.750", ".pulse-value >> nth=0": "2.4 steps"},
        lies=[{"f": "none"}, {"f": "Infinity"}, {"read": "-1"}, {"write": "1.5", "i": "0x1"}],
    ),
    "CellStepper": Row(
        make=CellStepper,
        other=lambda **options: CellStepper(SEVERAL, np.ones((4, 2)), stage="belt", unit=1, **options),
        main=".lstm-drawing",
        key=("button", "Next", "Enter"),
        still={"svg.lstm-drawing": 1, "td": 12},
        refused=[
            ({"cell": "lstm"}, TypeError, "cell: expected an LSTMCell or a keras LSTM layer, got str"),
            (
                {"cell": GRUCell(np.ones((1, 3)), np.ones((1, 3)))},
                TypeError,
                "cell: expected an LSTMCell or a keras LSTM layer, got GRUCell",
            ),
            (
                {"cell": LSTMCell(ONES, ONES, activation="relu")},
                ValueError,
                "cell: expected activation 'tanh' and a recurrent_activation among sigmoid, hard_sigmoid, "
                "hard_sigmoid_keras2, got 'relu' and 'sigmoid'",
            ),
            ({"x": [1, 2]}, ValueError, "x: expected shape (D,) = (1,) or (T, D) with T >= 1, got (2,)"),
            ({"x": np.zeros((0, 1))}, ValueError, "x: expected shape (D,) = (1,) or (T, D) with T >= 1, got (0, 1)"),
            ({"h": [1, 2]}, ValueError, "h: expected shape (H,) = (1,), got (2,)"),
            ({"c": ["a"]}, TypeError, "c: expected real numbers, got dtype <U1"),
            ({"stage": "door"}, ValueError, "stage: expected one of loop, belt, gates, got 'door'"),
            ({"stage": "loop", "part": "f"}, ValueError, "part: expected one of x, g, h_prev, got 'f'"),
            ({"step": 10}, ValueError, "step: expected a whole number from 0 to 9, got 10"),
            ({"unit": 1}, ValueError, "unit: expected a whole number from 0 to 0, got 1"),
        ],
        refused_later=[
            ("kernel", [[1]], "kernel: expected"),
            ("part", "q", "part: expected"),
            ("step", 12, "step: expected"),
            ("x", [[1, 2]], "x: expected"),
            ("t", -1, "t: expected"),
            ("gate", "relu", "gate: expected"),
        ],
        old_link={
            "kernel": "[[-3,1,-1.5,0.5]]",
            "recurrent_kernel": "[[1,-2,1,-1]]",
            "bias": "[-1,1,0,2]",
            "x": "[[1]]",
            "h": "[0.5]",
            "c": "[2]",
            "t": "3",
            "stage": "gates",
            "part": "f",
            "step": "9",
            "unit": "0",
        },
        old_state={".cell-letter": "f", ".cell-turn": "turn 3", "[data-value=f]": "0.731", "[data-value=o]": "0.881"},
        lies=[{"kernel": "[[1", "stage": "door", "step": "-1", "part": "q"}, {"x": "[[1,2]]", "c": "null"}],
    ),
    "Check": Row(
        make=lambda name="count-lstm": Check(name),
        other=lambda: Check("gates-held"),
        main="fieldset",
        key=("textbox", "your number", "7"),
        still={"p": 2, "code": 1},
        refused=[
            ({"name": 3}, TypeError, "name: expected the name of a question, got int"),
            ({"name": None}, TypeError, "name: expected the name of a question, got NoneType"),
            (
                {"name": "count-lstn"},
                ValueError,
                "name: expected one of the questions in lstm_edu/questions/, got 'count-lstn'; "
                "did you mean 'count-lstm'?",
            ),
            ({"name": ""}, ValueError, "name: expected one of the questions in lstm_edu/questions/, got ''"),
            ({"name": "zzz"}, ValueError, "name: expected one of the questions in lstm_edu/questions/, got 'zzz'"),
        ],
        refused_later=[("given", [8320], None), ("shown", "yes", None)],
        old_link={},  # what a reader answered stays in the browser
        old_state={},
        lies=[{"given": '["8320"]'}],
        prepare=check_some,
    ),
    "DialectSwitch": Row(
        make=DialectSwitch,
        other=lambda: DialectSwitch(written="onnx"),
        main=".dialect-verdict",
        key=("combobox", "read as", "ArrowDown"),
        still={"svg.dialect-still": 1, "tbody tr": 5},
        refused=[
            ({"written": "caffe"}, ValueError, f"written: expected one of {', '.join(DIALECTS)}, got 'caffe'"),
            ({"read": 3}, TypeError, f"read: expected one of {', '.join(DIALECTS)}, got int"),
            ({"read_curve": "relu"}, ValueError, f"read_curve: expected one of {', '.join(CURVES)}, got 'relu'"),
            ({"x_t": [[1.0]]}, TypeError, "cell: expected an LSTMCell, for x_t or state is given, got None"),
            ({"cell": PEEPHOLES}, TypeError, "cell: expected an LSTMCell or None, got PeepholeCell"),
            (
                {"cell": CELL, "x_t": np.ones((2, 3))},
                ValueError,
                "x_t: expected shape (B, D) = (batch, 4), got (2, 3)",
            ),
            ({"cell": CELL}, TypeError, "x_t: expected the inputs of one step, (B, D) = (batch, 4), got None"),
            (
                {"cell": CELL, "x_t": np.ones((0, 4))},
                ValueError,
                "x_t: expected a batch of at least one sequence, got shape (0, 4)",
            ),
        ],
        refused_later=[("written", "caffe", None), ("read_curve", "relu", None)],
        old_link={"written": "tf1", "read": "onnx", "written_curve": "sigmoid", "read_curve": "hard_sigmoid"},
        old_state={".dialect-picture": "in the file of tf1"},
        lies=[{"read": "toString"}, {"read_curve": "x", "read": "__proto__"}],
    ),
    "GradientLab": Row(
        make=lambda networks=NETWORKS, **options: GradientLab(networks, **options),
        other=lambda: GradientLab(PLAIN, show=("simple_rnn",), radius=1.5, steps=100, clip=1.0, at=60),
        main=".lab-figures",
        key=("slider", "radius of U", "ArrowRight"),
        still={"svg.lab-still": 1, "svg.lab-still polyline": 4, "tbody tr": 30},
        refused=[
            ({"networks": {}}, TypeError, "networks: expected a dict, name -> kind -> network, got dict"),
            (
                {"networks": {"fresh": None}},
                TypeError,
                "networks['fresh']: expected a dict of networks by their kinds, got NoneType",
            ),
            (
                {"networks": {"fresh": {"rnn": None}}},
                ValueError,
                "networks['fresh']: a kind: expected one of simple_rnn, lstm, gru, got 'rnn'",
            ),
            (
                {"networks": {"fresh": {"lstm": NETWORKS["fresh"]["gru"]}}},
                ValueError,
                "networks['fresh']['lstm']: expected a network of this kind, got one of the kind 'gru'",
            ),
            (
                {"networks": {"fresh": {"lstm": SEVERAL}}},
                TypeError,
                "networks['fresh']['lstm']: expected a Network, got LSTMCell",
            ),
            (
                {"networks": {"imdb": {"lstm": "lstm_33"}}},
                ValueError,
                f"networks['imdb']['lstm']: expected one of {', '.join(names())}, got 'lstm_33'",
            ),
            ({"networks": PLAIN, "show": ("lstm",)}, ValueError, "show: expected one of simple_rnn, got 'lstm'"),
            (
                {"show": "lstm"},
                TypeError,
                "show: expected kinds of cells, such as ('simple_rnn', 'lstm'), got 'lstm'",
            ),
            ({"weights": "parcel"}, ValueError, "weights: expected one of fresh, got 'parcel'"),
            ({"radius": 3}, ValueError, "radius: expected a number from 0.05 to 2, got 3"),
            ({"forget_bias": "1"}, TypeError, "forget_bias: expected a number from 0 to 5, got str"),
            ({"steps": 101}, ValueError, "steps: expected a whole number from 2 to 100, got 101"),
            ({"activation": "sigmoid"}, ValueError, "activation: expected one of tanh, relu, linear, got 'sigmoid'"),
            ({"clip": 0}, ValueError, "clip: expected a number from 0.01 to 100, got 0"),
            ({"at": -1}, ValueError, "at: expected a whole number from 0 to 99, got -1"),
            ({"example": -1}, ValueError, "example: expected a whole number from 0 to 1000000, got -1"),
            (
                {"text": "the " * 100},
                ValueError,
                "text: expected at most 100 steps, the start among them, got 101",
            ),
        ],
        refused_later=[
            ("radius", float("nan"), "radius: expected a number from 0.05 to 2, got nan"),
            ("weights", "imdb", "weights: expected one of fresh, got 'imdb'"),
            ("steps", 1, "steps: expected a whole number from 2 to 100, got 1"),
            ("at", 100, "at: expected a whole number from 0 to 99, got 100"),
        ],
        old_link={
            "weights": "fresh",
            "radius": "0.9",
            "forget_bias": "3",
            "steps": "20",
            "at": "12",
            "activation": "relu",
            "clip": "0.5",
            "log": "true",
            "text": "A film.",
        },
        old_state={".lab-question": "12 steps after the flag", ".belt-slider output >> nth=0": "0.90"},
        lies=[
            {"weights": "__proto__", "activation": "toString"},
            {"radius": "x", "forget_bias": "none", "clip": ""},
            {"steps": "-3", "at": "1.5"},
            {"log": "maybe"},
        ],
    ),
    "Keeper": Row(
        make=Keeper,
        other=lambda: Keeper([0.5, -0.25, 1.0], [1, 0, 1], hold="i", level=0.5),
        main=".keeper-told",
        key=("slider", "value at step 0", "ArrowUp"),
        still={"svg.keeper-still": 1, "svg.keeper-still rect": 3 * 8, "tbody tr": 8},
        refused=[
            ({"values": [0.5]}, ValueError, "values: expected shape (T,), T from 2 to 12, got (1,)"),
            ({"values": [[0.5, 1]]}, ValueError, "values: expected shape (T,), T from 2 to 12, got (1, 2)"),
            ({"values": [0.5, 1.5]}, ValueError, "values: expected numbers from -1 to 1, got 1.5"),
            ({"values": ["a", "b"]}, TypeError, "values: expected real numbers, got dtype <U1"),
            ({"flags": [0, 1]}, ValueError, "flags: expected shape (T,) = (8,), got (2,)"),
            ({"flags": [2] * 8}, ValueError, "flags: expected 0 or 1 for each step, got 2.0"),
            ({"hold": "g"}, ValueError, "hold: expected one of f, i, o, got 'g'"),
            ({"hold": 1}, TypeError, "hold: expected one of f, i, o, got int"),
            ({"level": 1.5}, ValueError, "level: expected a number from 0 to 1, got 1.5"),
        ],
        refused_later=[
            ("values", [0.5], "values: expected shape (T,) = (8,), got (1,)"),
            ("flags", [3] * 8, "flags: expected 0 or 1 for each step, got 3.0"),
            ("hold", "g", "hold: expected one of f, i, o, got 'g'"),
            ("level", 2.0, "level: expected a number from 0 to 1, got 2.0"),
        ],
        old_link={
            "values": "[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8]",
            "flags": "[1,0,0,0,1,0,0,0]",
            "hold": "f",
            "level": "0.5",
        },
        old_state={".keeper-told": "It forgets: at step 3 only 13% of the parcel of step 0 is left."},
        lies=[
            {"values": "[0.1]", "flags": "[2,0,0,0,0,0,0,0]", "hold": "g", "level": "x"},
            {"values": "[9,0,0,0,0,0,0,0]", "hold": "toString"},
        ],
    ),
    "LoopStepper": Row(
        make=LoopStepper,
        other=lambda: LoopStepper(RNG.normal(size=(6, 3)).round(2), RNN, at=19),
        main=".loop-picture",
        key=("slider", "reached", "ArrowRight"),
        still={"svg.loop-still": 1, "tbody tr": 4},
        refused=[
            ({"sequence": [[1, 2]]}, ValueError, "sequence: expected shape (T,), T from 1 to 20, got (1, 2)"),
            ({"sequence": []}, ValueError, "sequence: expected shape (T,), T from 1 to 20, got (0,)"),
            ({"sequence": ["a"]}, TypeError, "sequence: expected real numbers, got dtype <U1"),
            (
                {"sequence": np.ones((2, 4)), "cell": RNN},
                ValueError,
                "sequence: expected shape (T, D) = (T, 3), T from 1 to 20, got (2, 4)",
            ),
            ({"cell": "tanh"}, TypeError, "cell: expected a SimpleRNNCell or None, got str"),
            (
                {"cell": GRUCell(np.ones((1, 3)), np.ones((1, 3)), reset_after=False)},
                TypeError,
                "cell: expected a SimpleRNNCell or None, got GRUCell",
            ),
            (
                {"cell": SimpleRNNCell([[1.0]], [[1.0]], activation="relu")},
                ValueError,
                "cell: expected the activation 'tanh', got 'relu'",
            ),
            ({"keep": [1]}, ValueError, "keep: expected shape a number = (), got (1,)"),
            ({"at": 1.5}, TypeError, "at: expected a whole number, got float"),
            ({"at": 14}, ValueError, "at: expected a whole number from 0 to 13, got 14"),
        ],
        refused_later=[
            ("at", 14, "at: expected a whole number from 0 to 13, got 14"),
            ("keep", float("nan"), "keep: expected finite numbers of float64, got nan at index ()"),
            ("sequence", [], "sequence: expected shape (T,), T from 1 to 20, got (0,)"),
            ("sequence", [[1, 2]], "sequence: expected shape (T,), T from 1 to 20, got (1, 2)"),
        ],
        old_link={"sequence": "[1,4]", "keep": "0.5", "at": "5"},
        old_state={".loop-told": "0.5 × 1 + 4 = 4.5"},
        lies=[{"sequence": '[1,"x"]', "keep": "x"}, {"sequence": "[1,"}, {"at": "-1"}],
    ),
    "PaddingLab": Row(
        make=PaddingLab,
        other=lambda: PaddingLab(reviews()[8][1], maxlen=60, padding="post", truncating="post", mask=True),
        main=".padding-told",
        key=("slider", "length (maxlen)", "ArrowLeft"),
        still={"svg.padding-still": 1, "svg.padding-still polyline": len(networks()), "tbody tr": len(networks())},
        refused=[
            ({"text": b"bytes"}, TypeError, "text: expected a string, got bytes"),
            ({"maxlen": 0}, ValueError, "maxlen: expected a whole number from 1 to 500, got 0"),
            ({"maxlen": 501}, ValueError, "maxlen: expected a whole number from 1 to 500, got 501"),
            ({"maxlen": 50.0}, TypeError, "maxlen: expected a whole number, got float"),
            ({"padding": "left"}, ValueError, "padding: expected one of pre, post, got 'left'"),
            ({"truncating": 1}, TypeError, "truncating: expected one of pre, post, got int"),
            ({"mask": 1}, TypeError, "mask: expected True or False, got 1"),
        ],
        refused_later=[
            ("maxlen", 501, "maxlen: expected a whole number from 1 to 500, got 501"),
            ("padding", "left", "padding: expected one of pre, post, got 'left'"),
            ("truncating", "", "truncating: expected one of pre, post, got ''"),
            ("mask", "yes", None),
            ("text", 3, None),
        ],
        old_link={
            "text": "Not a good film & not bad",
            "maxlen": "10",
            "padding": "post",
            "truncating": "post",
            "mask": "true",
        },
        old_state={".padding-told": "10 steps: 7 ids, then 3 zeros. Nothing is cut. The mask skips the zeros"},
        lies=[
            {"maxlen": "0", "padding": "middle"},
            {"maxlen": "501"},
            {"maxlen": "-3", "truncating": "toString"},
            {"maxlen": "1e3", "mask": "perhaps"},
            {"mask": "1", "padding": "__proto__"},
        ],
        models=True,
    ),
    "Parcel": Row(
        make=Parcel,
        other=answered,
        main=".parcel-told",
        key=("slider", "bell rings after", "ArrowRight"),
        still={"svg": 1, "tbody tr": len(Parcel().inputs)},
        refused=[
            ({"networks": [1]}, TypeError, "networks: expected a dict of networks by their names, got list"),
            ({"networks": {1: 2}}, TypeError, "networks: expected a name for each network, got 1"),
            ({"networks": {"LSTM": CELL}}, TypeError, "networks['LSTM']: expected a Network, got LSTMCell"),
            ({"networks": {"GRU": TWO_OUT}}, ValueError, "networks['GRU']: expected one number out, got 2"),
            ({"lag": 0}, ValueError, "lag: expected a whole number from 1 to 60, got 0"),
            ({"lag": 2.0}, TypeError, "lag: expected a whole number, got float"),
            ({"example": 10**6}, ValueError, "example: expected a whole number from 1 to 999999, got 1000000"),
            ({"pace": 100}, ValueError, "pace: expected a whole number from 300 to 5000, got 100"),
        ],
        refused_later=[
            ("lag", 61, "lag: expected a whole number from 1 to 60, got 61"),
            ("at", 99, f"at: expected a whole number from 0 to {len(Parcel().inputs)}, got 99"),
            ("answer", 1.5, "answer: expected a number from -1 to 1, got 1.5"),
            ("answer", "0.5", "answer: expected real numbers, got dtype <U3"),
            ("rounds", [{"lag": 1}], "rounds[0]: expected a dict of example, lag and answer, got {'lag': 1}"),
            ("rounds", [{"example": 1, "lag": 1, "answer": 2}], "rounds[0]: expected a number from -1 to 1, got 2"),
        ],
        old_link={"lag": "3", "example": "12", "at": "2", "pace": "800", "answer": "null"},
        old_state={".parcel-settings output >> nth=0": "3 steps", ".parcel-settings output >> nth=1": "0.8 s"},
        lies=[{"lag": "0"}, {"lag": "61", "example": "0"}, {"answer": "7"}, {"pace": "1", "at": "-1"}, {"at": "1e9"}],
    ),
    "ReviewExplorer": Row(
        make=ReviewExplorer,
        other=lambda: ReviewExplorer(text=reviews()[2][1]),
        main=".review-p",
        key=("application", None, "ArrowDown"),
        still={"svg image": 1, "tbody tr": len(re.findall(r"\w+", reviews()[0][1])) + 1},
        refused=[
            ({"model": "no_such"}, ValueError, f"model: expected one of {', '.join(names())}"),
            ({"model": 3}, TypeError, "model: expected a Keras model"),
            ({"text": b"bytes"}, TypeError, "text: expected a string, got bytes"),
        ],
        refused_later=[
            ("part", "z", "part: expected"),
            ("sort", "size", "sort: expected"),
            ("panel", "", "panel: expected"),
            ("ranked", "fio", "ranked: expected"),
            ("mark", "c", "mark: expected"),
            ("model_name", "lstm_33", "model_name: expected one of lstm_32, lstm_32-seed2"),
            ("unit", 32, "unit: expected"),
            ("step", -1, "step: expected"),
            ("holds", [HOLD | {"gate": "c"}], "holds: "),
            ("holds", [{"gate": "f", "unit": 0, "step": 0}], "holds: "),
            ("holds", [HOLD | {"unit": 32}], "holds: "),
            ("holds", [HOLD | {"unit": None, "step": None, "value": float("nan")}], "holds: "),
            ("text", 3, None),
        ],
        old_link={
            "text": "Not a good film & not bad",
            "model_name": "lstm_32-seed2",
            "mark": "answer",
            "base": "Not a good film",
            "unit": "7",
            "step": "3",
            "part": "o",
            "sort": "memory",
            "holds": json.dumps([{"gate": "f", "unit": None, "step": 2, "value": 0.5}], separators=(",", ":")),
            "compare": "true",
            "stretch": "false",
            "panel": "hold",
            "ranked": "whole",
            "last": "true",
        },
        old_state={"[role=tab][aria-selected=true]": "Hold a gate", ".review-selected": "“good”"},
        lies=[
            {"step": "1e9"},
            {"step": "-3"},
            {"unit": "99"},
            {"part": "zz"},
            {"sort": "__proto__"},
            {"panel": "5"},
            {"model_name": "lstm_33"},
            {"model_name": "__proto__"},
            {"mark": "toString"},
            {"last": "perhaps", "ranked": "all"},
            {"holds": "{}"},
            {"holds": "null"},
            {"holds": '[1,null,{"gate":"x"},{"gate":"f","unit":99,"value":1}]'},
            {"holds": json.dumps([HOLD | {"value": None}])},
            {"holds": json.dumps([HOLD | {"value": "0.5"}])},
        ],
        models=True,
    ),
    "ReviewReader": Row(
        make=ReviewReader,
        other=lambda: ReviewReader("This film is not bad.", instrument="explorer.html"),
        main=".reader-p",
        key=("slider", "The text, word by word", "ArrowLeft"),
        still={"svg image": 1, "tbody tr": len(re.findall(r"\w+", reviews()[0][1])) + 1},
        refused=[
            ({"text": b"bytes"}, TypeError, "text: expected a string, got bytes"),
            ({"instrument": None}, TypeError, "instrument: expected a string, got NoneType"),
        ],
        refused_later=[
            ("step", 500, "step: expected a whole number from 0 to 499, got 500"),
            ("step", 1.5, None),
            ("text", 3, None),
        ],
        old_link={"text": "Not a good film & not bad", "step": "3"},
        old_state={".reader-chosen .reader-word": "good", ".reader-after": "word 3 of 6"},
        lies=[{"step": "1e9"}, {"step": "x"}, {"step": "Infinity"}],
        models=True,
    ),
    "ShapeTracer": Row(
        make=ShapeTracer,
        other=lambda: ShapeTracer(cell="GRU", bidirectional=True, units=3),
        main=".shape-path",
        key=("slider", "units", "ArrowRight"),
        still={"svg.shape-still": 1, "svg.shape-still rect": 3 * 4, "table": 1},
        refused=[
            ({"units": 0}, ValueError, "units: expected a whole number from 1 to 10000, got 0"),
            ({"inputs": 2.5}, TypeError, "inputs: expected a whole number, got float"),
            ({"batch": True}, TypeError, "batch: expected a whole number, got bool"),
            ({"cell": "lstm"}, ValueError, "cell: expected one of SimpleRNN, LSTM, GRU, got 'lstm'"),
            ({"use_bias": 1}, TypeError, "use_bias: expected True or False, got 1"),
        ],
        refused_later=[
            ("units", 0, "units: expected a whole number from 1 to 10000, got 0"),
            ("vocabulary", 10**8, "vocabulary: expected a whole number from 1 to 10000000, got 100000000"),
        ],
        old_link={
            "vocabulary": "5000",
            "inputs": "16",
            "units": "7",
            "steps": "40",
            "batch": "4",
            "use_bias": "true",
            "reset_after": "false",
            "return_sequences": "true",
            "bidirectional": "false",
            "cell": "GRU",
            "reading": "right",
        },
        old_state={".shape-path li b >> nth=3": "GRU(7)", ".shape-count >> nth=0": "504"},
        lies=[{"cell": "toString"}, {"units": "x"}, {"inputs": "-3"}, {"reading": "none"}],
    ),
    "Timeline": Row(
        make=Timeline,
        other=lambda: Timeline("marked", {2: "+", 5: "r", 6: "c-"}),
        main=".timeline-grid",
        key=("button", "put +1, step 0", "Space"),
        still={"svg.timeline-still": 1, "tbody tr": 12},
        refused=[
            ({"task": "parcel"}, ValueError, "task: expected one of carry, last, marked, free, got 'parcel'"),
            ({"task": 3}, TypeError, "task: expected one of carry, last, marked, free, got int"),
            ({"orders": ["+"]}, TypeError, "orders: expected a dict of orders by their steps, got list"),
            ({"orders": {12: "+"}}, ValueError, "orders: a step: expected a whole number from 0 to 11, got 12"),
            ({"orders": {"2": "+"}}, TypeError, "orders: a step: expected a whole number, got str"),
            ({"orders": {2: 1}}, TypeError, "orders[2]: expected letters out of +-cr, got int"),
            (
                {"orders": {2: "+-"}},
                ValueError,
                "orders[2]: expected letters out of +-cr, + or - and not both, got '+-'",
            ),
        ],
        refused_later=[
            ("task", "parcel", "task: expected one of carry, last, marked, free, got 'parcel'"),
            ("orders", ["+"], "orders: expected 12 texts, got 1"),
            ("orders", 12 * ["x"], "orders[0]: expected letters out of +-cr, + or - and not both, got 'x'"),
            ("at", 12, "at: expected a whole number from 0 to 11, got 12"),
            ("tasks", [], None),
        ],
        old_link={"task": "last", "orders": '["","+","r","","+c","","","","","","",""]', "at": "4"},
        old_state={"button[aria-pressed=true]": "the last of three", ".timeline-sums": "Step 4: f = 0, i = 1, g = 1"},
        lies=[{"orders": '["+"]'}, {"orders": "[", "at": "-1"}, {"orders": '["x","","","","","","","","","","",""]'}],
    ),
    "TrainingFilm": Row(
        make=TrainingFilm,
        other=lambda: TrainingFilm(batch=800, part="c"),
        main=".film-told",
        key=("slider", "time", "ArrowRight"),
        still={"svg.film-still": 1, "svg.film-still polyline": 4, "tbody tr": 33},
        refused=[
            ({"film": "letter_31"}, ValueError, "film: expected one of letter_30, got 'letter_31'"),
            ({"film": 20}, TypeError, "film: expected one of letter_30, got int"),
            ({"batch": 13}, ValueError, "batch: expected one of 0, 25, ... 800, got 13"),
            ({"batch": 825}, ValueError, "batch: expected a whole number from 0 to 800, got 825"),
            ({"batch": 25.0}, TypeError, "batch: expected a whole number, got float"),
            ({"part": "z"}, ValueError, "part: expected one of f, i, o, c, got 'z'"),
        ],
        refused_later=[
            ("batch", 13, "batch: expected one of 0, 25, ... 800, got 13"),
            ("part", "z", "part: expected one of f, i, o, c, got 'z'"),
        ],
        old_link={"batch": "150", "part": "o"},
        old_state={".film-time output": "batch 150", ".film-lstm .film-map": ""},
        lies=[{"batch": "-1"}, {"batch": "x", "part": "zz"}, {"part": "__proto__"}],
    ),
}
