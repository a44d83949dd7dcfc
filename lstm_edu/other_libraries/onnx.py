"""A layer of ONNX' operators LSTM, GRU and RNN, from the node's attributes and arrays and back into them.

ONNX' arrays are Keras' transposed, with an axis for the directions before, and two biases in one row. The blocks are
i, o, f, c of an LSTM, c being this package's g; z, r, h of a GRU. The peepholes P are i, o, f. Source: the operators'
specification, onnx.ai, LSTM-14, GRU-14, RNN-14.
"""

from typing import NamedTuple

import numpy as np

from ..cells import GRUCell, LSTMCell, SimpleRNNCell
from ..cells.variants import CIFGCell, PeepholeCell
from ..common import checks
from ..dialects import DIALECTS, reordered, sum_of
from .layer import as_layer, directed

WAYS = {"forward": ("forward",), "reverse": ("backward",), "bidirectional": ("forward", "backward")}
BLOCKS = {4: ("LSTM", ("Sigmoid", "Tanh", "Tanh")), 3: ("GRU", ("Sigmoid", "Tanh")), 1: ("RNN", ("Tanh",))}
# ONNX' name of a curve, and its alpha and beta, where it has them: this package's name
CURVES = {
    ("Tanh",): "tanh",
    ("Sigmoid",): "sigmoid",
    ("Relu",): "relu",
    ("Softsign",): "softsign",
    ("HardSigmoid", 0.2, 0.5): "hard_sigmoid_keras2",
    ("HardSigmoid", 1 / 6, 0.5): "hard_sigmoid",
    ("Affine", 1.0, 0.0): "linear",
}
DEFAULTS = {"HardSigmoid": (0.2, 0.5), "Affine": (1.0, 0.0)}
KNOWN = (
    "activation_alpha",
    "activation_beta",
    "activations",
    "clip",
    "direction",
    "hidden_size",
    "input_forget",
    "layout",
    "linear_before_reset",
)


def cells_from_onnx(attributes, W, R, B=None, P=None):
    """The `Layer` of one LSTM, GRU or RNN node of an ONNX model.

    attributes: {name: value} of the node, such as {"direction": "bidirectional", "hidden_size": 32}; with ONNX' own
    package it is {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}. W (ways, columns, D),
    R (ways, columns, H), B (ways, 2 * columns) and the peepholes P (ways, 3H), as the node's inputs: columns are 4H for
    an LSTM, 3H for a GRU, H for an RNN, and ways the directions. Which of the three it is, the shapes say.
    `input_forget` gives a `CIFGCell`, peepholes a `PeepholeCell`. The cells read x (B, T, D), whatever the node's
    `layout`: with layout 0 it is the node's X with the first two axes exchanged.
    Raises TypeError or ValueError, naming the array or the attribute, for what does not fit, for `clip`, for an
    activation that this package does not have, and for an LSTM with two that are not the same for candidate and belt.
    """
    said = _said(attributes)
    W, R, B, P = (None if w is None else checks.real(w, n) for n, w in (("W", W), ("R", R), ("B", B), ("P", P)))
    ways = WAYS[checks.one_of(said.get("direction", "forward"), tuple(WAYS), "direction")]
    blocks = _checked(W, R, B, P, len(ways), said.get("hidden_size"))
    kind, defaults = BLOCKS[blocks]
    curves = _curves(said, defaults, len(ways))
    make = {"LSTM": _lstm, "GRU": _gru, "RNN": _rnn}[kind]
    cells = {}
    for k, way in enumerate(ways):
        bias = None if B is None else B[k].reshape(2, -1)  # the input's side and the state's
        cells[way] = make(said, W[k].T, R[k].T, bias, None if P is None else P[k], curves[k])
    return directed(**cells)


class Node(NamedTuple):
    """What an ONNX node has of a layer: `cells_from_onnx(*node)` reads it."""

    attributes: dict
    W: np.ndarray
    R: np.ndarray
    B: np.ndarray | None = None
    P: np.ndarray | None = None

    @property
    def operator(self):
        """ "LSTM", "GRU" or "RNN"."""
        return BLOCKS[self.W.shape[1] // self.R.shape[2]][0]


def to_onnx(layer):
    """The `Node` of a layer: the attributes and arrays of ONNX' operators LSTM, GRU and RNN.

    layer: a `Layer`, as `cells_from_onnx` gives it, or a cell. An `LSTMCell`, a `CIFGCell` (`input_forget`), a
    `PeepholeCell` (P), a `GRUCell` or a `SimpleRNNCell`. ONNX has two biases; of a cell with one, the first is it and
    the second is zero. The forget gate's weights of a `CIFGCell`, which ONNX has and does not look at, are zeros. The
    way back, `cells_from_onnx(*node)`, gives every bit of the weights.
    Raises TypeError or ValueError for another cell, and for two directions that do not go into one node.
    """
    layer = as_layer(layer, "layer")
    ways = {way: cell for way in WAYS["bidirectional"] if (cell := getattr(layer, way)) is not None}
    cells = list(ways.values())
    kind = type(cells[0])
    if kind not in WRITTEN:
        told = ", ".join(known.__name__ for known in WRITTEN)
        raise TypeError(f"layer: expected one of {told}, got {kind.__name__}, which ONNX has no operator for")
    direction = next(name for name, theirs in WAYS.items() if theirs == tuple(ways))
    attributes = {"direction": direction, "hidden_size": cells[0].units, **_activations(cells)}
    if kind is GRUCell:
        forms = {cell.reset_after for cell in cells}
        if len(forms) > 1:
            raise ValueError("layer: expected the same reset_after in both directions, got True and False")
        attributes["linear_before_reset"] = int(cells[0].reset_after)
    if kind is CIFGCell:
        attributes["input_forget"] = 1
    columns = [[WRITTEN[kind](w) for w in (cell.kernel, cell.recurrent_kernel)] for cell in cells]
    W, R = (np.stack([w.T for w in each]) for each in zip(*columns, strict=True))
    B = P = None
    if cells[0].bias is not None:
        B = np.stack([_both_biases(WRITTEN[kind](cell.bias)) for cell in cells])
    if kind is PeepholeCell:
        P = np.stack([cell.peephole[[0, 2, 1]].ravel() for cell in cells])  # rows i, f, o become i, o, f
    return Node(attributes, W, R, B, P)


def _both_biases(bias):
    """One row for the input's side and the state's."""
    return (bias if bias.ndim == 2 else np.stack([bias, np.zeros_like(bias)])).ravel()


def _activations(cells):
    """The attributes that name the curves, and have the numbers of those that have some."""
    theirs = {ours: curve for curve, ours in CURVES.items()}
    names, numbers = [], []
    for cell in cells:
        squash = theirs[cell.activation]
        gates = [theirs[cell.recurrent_activation]] if hasattr(cell, "recurrent_activation") else []
        for name, *own in [*gates, squash, *([squash] if len(cell.states) == 2 else [])]:  # an LSTM reads its belt
            names.append(name)
            numbers += [own] if own else []
    found = {"activations": names}
    if numbers:
        found["activation_alpha"], found["activation_beta"] = map(list, zip(*numbers, strict=True))
    return found


def _four_blocks(w):
    return reordered(w, LSTMCell.blocks, DIALECTS["onnx"].order)


def _forget_gate_of_zeros(w):
    """From the blocks i, g, o of a `CIFGCell`."""
    i, g, o = np.split(w, 3, axis=-1)
    return _four_blocks(np.concatenate([i, np.zeros_like(i), g, o], axis=-1))


def _as_it_is(w):
    return w


# the cells that can be written, and how their columns become ONNX'
WRITTEN = {
    LSTMCell: _four_blocks,
    PeepholeCell: _four_blocks,
    CIFGCell: _forget_gate_of_zeros,
    GRUCell: _as_it_is,
    SimpleRNNCell: _as_it_is,
}


def _said(attributes):
    """The attributes, texts in place of bytes."""
    if not isinstance(attributes, dict):
        raise TypeError(f"attributes: expected a dictionary, got {type(attributes).__name__}")
    unknown = ", ".join(str(name) for name in attributes if name not in KNOWN)
    if unknown:
        raise ValueError(f"attributes: expected some of {', '.join(KNOWN)}, got {unknown}")
    said = {name: _text(value) for name, value in attributes.items()}
    if said.get("clip"):
        raise ValueError(f"clip: expected none, got {said['clip']}: no cell here limits what its activations see")
    return said


def _text(value):
    if isinstance(value, (list, tuple)):
        return [_text(one) for one in value]
    return value.decode() if isinstance(value, bytes) else value


def _checked(W, R, B, P, ways, hidden_size):
    """The number of blocks; every array has the shape that goes with the others."""
    if R.ndim != 3 or R.shape[0] != ways or not R.shape[2] or R.shape[1] not in (n * R.shape[2] for n in BLOCKS):
        raise ValueError(f"R: expected shape ({ways}, 4H, H), ({ways}, 3H, H) or ({ways}, H, H), got {R.shape}")
    columns, H = R.shape[1:]
    blocks = columns // H
    if hidden_size is not None and hidden_size != H:
        raise ValueError(f"hidden_size: expected {H}, as R says, got {hidden_size}")
    for name, array, shape in (
        ("W", W, (ways, columns, W.shape[-1] if W.ndim else 0)),
        ("B", B, (ways, 2 * columns)),
        ("P", P, (ways, 3 * H)),
    ):
        if array is not None and array.shape != shape:
            told = f"({ways}, {columns}, D)" if name == "W" else shape
            raise ValueError(f"{name}: expected shape {told}, got {array.shape}")
    if P is not None and blocks != 4:
        raise ValueError(f"P: expected None for a {BLOCKS[blocks][0]}, only an LSTM has peepholes")
    return blocks


def _curves(said, defaults, ways):
    """For each direction the names of its activations, in this package's words."""
    names = list(said.get("activations") or defaults * ways)
    if len(names) != len(defaults) * ways:
        raise ValueError(f"activations: expected {len(defaults) * ways} of them, got {len(names)}")
    alpha, beta = (list(said.get(f"activation_{which}") or ()) for which in ("alpha", "beta"))
    found = []
    for name in names:
        known = {theirs[0].lower(): theirs[0] for theirs in CURVES}  # capital letters are not looked at
        curve = (known.get(str(name).lower(), name),)
        if curve[0] in DEFAULTS:
            first, second = DEFAULTS[curve[0]]
            curve += (alpha.pop(0) if alpha else first, beta.pop(0) if beta else second)
        fits = [ours for theirs, ours in CURVES.items() if theirs[0] == curve[0] and np.allclose(theirs[1:], curve[1:])]
        if not fits:
            raise ValueError(f"activations: expected some of {_told(CURVES)}, got {_told([curve])}")
        found.append(fits[0])
    return [found[k * len(defaults) : (k + 1) * len(defaults)] for k in range(ways)]


def _told(curves):
    """Activations, each with its numbers."""
    return ", ".join(
        f"{name}({', '.join(f'{n:.4g}' for n in numbers)})" if numbers else name for name, *numbers in curves
    )


def _lstm(said, kernel, recurrent_kernel, bias, peephole, curves):
    gate, squash, read = curves
    if squash != read:
        raise ValueError(f"activations: expected the same for candidate and belt, got {squash} and {read}")
    coupled = said.get("input_forget")
    if coupled and peephole is not None:
        raise ValueError("input_forget: expected 0 with peepholes, got 1: no cell here has both")
    order = LSTMCell.blocks
    weights = [
        reordered(w, DIALECTS["onnx"].order, order)
        for w in (kernel, recurrent_kernel, *([] if bias is None else [sum_of(*bias)]))
    ]
    if coupled:  # the forget gate's weights are there, and not looked at
        weights = [
            np.concatenate([np.split(w, 4, axis=-1)[order.index(b)] for b in CIFGCell.blocks], axis=-1) for w in weights
        ]
        return CIFGCell(*weights, activation=squash, recurrent_activation=gate)
    options = {"activation": squash, "recurrent_activation": gate}
    if peephole is None:
        return LSTMCell(*weights, **options)
    i, o, f = np.split(peephole, 3)
    return PeepholeCell(*weights[:2], np.stack([i, f, o]), *weights[2:], **options)


def _gru(said, kernel, recurrent_kernel, bias, peephole, curves):
    gate, squash = curves
    after = bool(said.get("linear_before_reset", 0))
    if bias is not None and not after:
        bias = sum_of(*bias)
    return GRUCell(kernel, recurrent_kernel, bias, squash, gate, reset_after=after)


def _rnn(said, kernel, recurrent_kernel, bias, peephole, curves):
    return SimpleRNNCell(kernel, recurrent_kernel, None if bias is None else sum_of(*bias), *curves)
