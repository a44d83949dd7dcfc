"""The same LSTM weights in seven layouts, three of them Keras'.

    dialect   arrays                                                                      blocks in order
    keras     kernel (D, 4H), recurrent_kernel (H, 4H), bias (4H,)                        i f g o
    pytorch   weight_ih_l0 (4H, D), weight_hh_l0 (4H, H), bias_ih_l0, bias_hh_l0 (4H,)    i f g o
    onnx      W (1, 4H, D), R (1, 4H, H), B (1, 8H)                                       i o f g
    cs231n    Wx (D, 4H), Wh (H, 4H), b (4H,)                                             i f o g
    tf1       kernel (D+H, 4H), bias (4H,), forget_bias, a number                         i g f o
    keras03   W_i (D, H), U_i (H, H), b_i (H,), W_c, U_c, b_c, W_f, ..., W_o, U_o, b_o    i g f o, arrays of their own
    cudnn     kernel (D, 4H), recurrent_kernel (H, 4H), bias (8H,)                        i f g o

Nothing in the numbers says which layout they are in: a wrong reading has the right shapes and raises no error.
What has two biases (PyTorch, ONNX, cuDNN) or adds one at run time (TensorFlow 1's BasicLSTMCell: its f is
sigmoid(z_f + forget_bias)) gets them added up on the way out, and zeros for the second on the way in.
`cudnn` is the layer CuDNNLSTM of Keras 2: inside of each block its kernels are PyTorch's, row after row, in arrays of
Keras' shapes.
Sources: Keras' and PyTorch's `LSTM`, ONNX' operator `LSTM`, the assignments of Stanford's CS231n, TensorFlow 1's
`BasicLSTMCell` ("j" is g), `keras/layers/recurrent.py` of Keras 0.3.3 (`trainable_weights` in that order), Keras 2's
`preprocess_weights_for_loading`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .cells import LSTMCell
from .common import checks


@dataclass(frozen=True)
class Dialect:
    """A layout: the order of its blocks, the shape of each array, and how to take it apart and put it together."""

    order: str
    shapes: dict  # name: shape, as "(D, 4H)"
    read: Callable  # {name: array} to kernel (D, 4H), recurrent_kernel (H, 4H), bias (4H,) or None, in its own order
    write: Callable  # the other way
    optional: tuple = ()  # the biases, where all of them may be missing

    @property
    def required(self):
        return [name for name in self.shapes if name not in self.optional]


def convert(weights, source, target, input_size=None):
    """The weights of one LSTM layer in one direction, from the layout of one library to that of another.

    weights: a dictionary of arrays with the names and shapes above; the biases may be missing where the library can do
    without. source, target: names of dialects. input_size: D, which is checked; from `tf1` it has to be said, because a
    kernel (D+H, 4H) of one layer has the shape of another's. Returns a dictionary of new arrays, float64 if one of the
    weights was, else float32; without biases where there were none and the target can do without, with zeros where it
    can't. From Keras to any dialect and back every bit is kept. Raises ValueError where a dialect is unknown, an array
    is missing, unknown or of another shape, TypeError where one holds no real numbers. Where the arrays are those of
    several layers or directions, the message has the line that picks one.
    """
    for name, argument in ((source, "source"), (target, "target")):
        if not isinstance(name, str) or name not in DIALECTS:
            raise ValueError(f"{argument}: expected one of {', '.join(DIALECTS)}, got {name!r}")
    old, new = DIALECTS[source], DIALECTS[target]
    names = ", ".join(old.shapes)
    if not isinstance(weights, dict):
        way_on = _one_of_a_list(weights, old) if isinstance(weights, (list, tuple)) and weights else ""
        raise TypeError(f"weights: expected a dictionary of arrays {names}, got {type(weights).__name__}{way_on}")
    if set(weights) not in (set(old.shapes), set(old.required)):
        without = f", or all but {', '.join(old.optional)}" if old.optional else ""
        got = ", ".join(map(str, weights)) or "none"
        raise ValueError(f"weights: expected {names}{without}, got {got}{_one_of_several(weights, old)}")
    weights = {name: checks.real(weights[name], f"weights[{name!r}]") for name in old.shapes if name in weights}
    if input_size is not None:
        input_size = checks.at_least(input_size, "input_size", 0)
    elif source == "tf1":
        raise ValueError("input_size: expected D, which TensorFlow 1's kernel (D+H, 4H) does not say, got None")
    _check_shapes(weights, source, input_size)

    house = (None if w is None else reordered(w, old.order, LSTMCell.blocks) for w in old.read(weights))
    kernel, recurrent_kernel, bias = checks.weights(*house, blocks=4)
    if bias is None and not new.optional:
        bias = np.zeros(kernel.shape[1], kernel.dtype)
    ordered = (
        None if w is None else reordered(w, LSTMCell.blocks, new.order) for w in (kernel, recurrent_kernel, bias)
    )
    return {name: array.copy() for name, array in new.write(*ordered).items() if array is not None}


def reordered(array, source, target, axis=-1):
    """The four blocks of `array` along an axis, which stand in the order `source`, put into the order `target`."""
    blocks = dict(zip(source, np.split(array, 4, axis=axis), strict=True))
    return np.concatenate([blocks[part] for part in target], axis=axis)


def _check_shapes(weights, source, D):
    """Each array against its shape. H is what the first array without a D says; D, where it is None, what the first one
    with a D says.
    """
    shapes, H = DIALECTS[source].shapes, None
    for name in sorted(weights, key=lambda name: "D" in shapes[name]):
        sizes, got = shapes[name].strip("()").replace(",", " ").split(), weights[name].shape
        expected = None
        if len(got) == len(sizes):
            for size, n in sorted(zip(sizes, got, strict=True), reverse=True):  # H before 4H
                if H is None and "H" in size:
                    H = n // int(size[:-1] or 1)
                if D is None and size == "D":
                    D = n
            numbers = {"1": 1, "H": H, "4H": 4 * H, "8H": 8 * H, "D": D, "D+H": (D or 0) + H}
            expected = tuple(numbers[size] for size in sizes)
        if H == 0:
            raise ValueError(f"weights[{name!r}]: expected at least one unit, got shape {got}")
        if got != expected:
            meaning = shapes[name] if expected is None else f"{shapes[name]} = {expected}"
            raise ValueError(f"weights[{name!r}]: expected shape {meaning}, got {got}{_hint(source, name, got, H, D)}")


def _hint(source, name, got, H, D):
    """What an array of another shape probably is, and what to do with it."""
    if source == "onnx" and got[:1] == (2,):
        return (
            ", two directions: {name: array[:1] for name, array in weights.items()} is the one forwards, "
            "with array[1:] it is the one backwards"
        )
    if source == "keras" and name == "bias" and got == (8 * H,):
        return ", as CuDNNLSTM has it: its layout is cudnn"
    if source == "tf1" and name == "kernel" and len(got) == 2 and D < got[0] < D + H:
        return f", {got[0] - D} rows for the old state, as with num_proj={got[0] - D}: no cell here has a projection"
    return ""


def _one_of_a_list(arrays, dialect):
    """How arrays in a row, as Keras' `get_weights` gives them, become the dictionaries of their layers."""
    names = list(dialect.shapes) if len(arrays) % len(dialect.shapes) == 0 else dialect.required
    n = len(names)
    more = f", and weights[{n}:{2 * n}] for the next layer or direction" if len(arrays) > n else ""
    return f" of {len(arrays)}: write dict(zip({names}, weights[:{n}])){more}"


def _one_of_several(weights, dialect):
    """How to pick one layer where the names have a prefix ("lstm."), or a number and a direction ("_l1_reverse")."""
    if any("weight_hr" in str(key) for key in weights):
        return ": weight_hr comes with PyTorch's proj_size, no cell here has a projection"
    stems = "|".join(name.removesuffix("_l0") for name in dialect.shapes)
    for key in weights:
        found = re.fullmatch(rf"(.*?)({stems})(_l\d+(?:_reverse)?|)", str(key))
        if found is None:
            continue
        prefix, _, suffix = found.groups()
        named = {name: prefix + name.removesuffix("_l0") + suffix for name in dialect.shapes}
        if all(named[name] in weights and named[name] != name for name in dialect.required):
            picked = [name for name in dialect.shapes if named[name] in weights]
            key = "name" if suffix in ("", "_l0") else f"name.replace('_l0', {suffix!r})"
            key = f"{prefix!r} + {key}" if prefix else key
            return f": one layer of them is {{name: weights[{key}] for name in {picked}}}"
    return ""


def sum_of(first, second):
    """Both biases added up; a zero leaves every bit of the first as it is, the sign of a zero too."""
    return np.where(second, first + second, first)


def _from_keras(w):
    return w["kernel"], w["recurrent_kernel"], w.get("bias")


def _to_keras(kernel, recurrent_kernel, bias):
    return {"kernel": kernel, "recurrent_kernel": recurrent_kernel, "bias": bias}


def _from_pytorch(w):
    bias = sum_of(w["bias_ih_l0"], w["bias_hh_l0"]) if "bias_ih_l0" in w else None
    return w["weight_ih_l0"].T, w["weight_hh_l0"].T, bias


def _to_pytorch(kernel, recurrent_kernel, bias):
    second = None if bias is None else np.zeros_like(bias)
    return {"weight_ih_l0": kernel.T, "weight_hh_l0": recurrent_kernel.T, "bias_ih_l0": bias, "bias_hh_l0": second}


def _from_onnx(w):
    return w["W"][0].T, w["R"][0].T, sum_of(*np.split(w["B"][0], 2)) if "B" in w else None


def _to_onnx(kernel, recurrent_kernel, bias):
    both = None if bias is None else np.concatenate([bias, np.zeros_like(bias)])[None]  # (1, 8H)
    return {"W": kernel.T[None], "R": recurrent_kernel.T[None], "B": both}


def _from_cs231n(w):
    return w["Wx"], w["Wh"], w["b"]


def _to_cs231n(kernel, recurrent_kernel, bias):
    return {"Wx": kernel, "Wh": recurrent_kernel, "b": bias}


def _from_tf1(w):
    i, g, f, o = np.split(w["bias"], 4)
    f = sum_of(f, w["forget_bias"].astype(f.dtype))
    D = len(w["kernel"]) - len(f)
    return w["kernel"][:D], w["kernel"][D:], np.concatenate([i, g, f, o])  # x stands above h


def _to_tf1(kernel, recurrent_kernel, bias):
    return {
        "kernel": np.concatenate([kernel, recurrent_kernel]),  # (D + H, 4H)
        "bias": bias,
        "forget_bias": np.zeros((), kernel.dtype),
    }


def from_cudnn_kernel(kernel, blocks):
    """Keras' kernel from cuDNN's, in which a block has the shape (D, H) and, row after row, the numbers of (H, D)."""
    return np.concatenate([block.reshape(block.shape[::-1]).T for block in np.split(kernel, blocks, axis=1)], axis=1)


def _from_cudnn(w):
    kernels = (from_cudnn_kernel(w[name], 4) for name in ("kernel", "recurrent_kernel"))
    return *kernels, sum_of(*np.split(w["bias"], 2))


def _to_cudnn(kernel, recurrent_kernel, bias):
    kernel, recurrent_kernel = (
        np.concatenate([block.T.reshape(block.shape) for block in np.split(w, 4, axis=1)], axis=1)
        for w in (kernel, recurrent_kernel)
    )
    both = np.concatenate([bias, np.zeros_like(bias)])  # (8H,)
    return {"kernel": kernel, "recurrent_kernel": recurrent_kernel, "bias": both}


def _from_keras03(w):
    return (np.concatenate([w[f"{kind}_{part}"] for part in "icfo"], axis=-1) for kind in "WUb")


def _to_keras03(*arrays):
    blocks = zip(*(np.split(array, 4, axis=-1) for array in arrays), strict=True)  # four times W, U, b
    names = DIALECTS["keras03"].shapes
    return dict(zip(names, (w for three in blocks for w in three), strict=True))


DIALECTS = {
    "keras": Dialect(
        LSTMCell.blocks,
        {"kernel": "(D, 4H)", "recurrent_kernel": "(H, 4H)", "bias": "(4H,)"},
        _from_keras,
        _to_keras,
        ("bias",),
    ),
    "pytorch": Dialect(
        "ifgo",
        {"weight_ih_l0": "(4H, D)", "weight_hh_l0": "(4H, H)", "bias_ih_l0": "(4H,)", "bias_hh_l0": "(4H,)"},
        _from_pytorch,
        _to_pytorch,
        ("bias_ih_l0", "bias_hh_l0"),
    ),
    "onnx": Dialect(
        "iofg",
        {"W": "(1, 4H, D)", "R": "(1, 4H, H)", "B": "(1, 8H)"},
        _from_onnx,
        _to_onnx,
        ("B",),
    ),
    "cs231n": Dialect("ifog", {"Wx": "(D, 4H)", "Wh": "(H, 4H)", "b": "(4H,)"}, _from_cs231n, _to_cs231n),
    "tf1": Dialect("igfo", {"kernel": "(D+H, 4H)", "bias": "(4H,)", "forget_bias": "()"}, _from_tf1, _to_tf1),
    "keras03": Dialect(  # Keras calls the candidate c
        "igfo",
        {f"{k}_{part}": shape for part in "icfo" for k, shape in (("W", "(D, H)"), ("U", "(H, H)"), ("b", "(H,)"))},
        _from_keras03,
        _to_keras03,
    ),
    "cudnn": Dialect(
        "ifgo",
        {"kernel": "(D, 4H)", "recurrent_kernel": "(H, 4H)", "bias": "(8H,)"},
        _from_cudnn,
        _to_cudnn,
    ),
}
