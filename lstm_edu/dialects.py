"""The same LSTM weights in the layouts of six libraries.

    dialect   arrays                                                                      blocks in order
    keras     kernel (D, 4U), recurrent_kernel (U, 4U), bias (4U,)                        i f g o
    pytorch   weight_ih_l0 (4U, D), weight_hh_l0 (4U, U), bias_ih_l0, bias_hh_l0 (4U,)    i f g o
    onnx      W (1, 4U, D), R (1, 4U, U), B (1, 8U)                                       i o f g
    cs231n    Wx (D, 4U), Wh (U, 4U), b (4U,)                                             i f o g
    tf1       kernel (D + U, 4U), bias (4U,), forget_bias, a number                       i g f o
    keras03   W_i (D, U), U_i (U, U), b_i (U,), W_c, U_c, b_c, W_f, ..., W_o, U_o, b_o    i g f o, arrays of their own

Nothing in the numbers says which layout they are in: a wrong reading has the right shapes and raises no error.
What has two biases (PyTorch, ONNX) or adds one at run time (TensorFlow 1's BasicLSTMCell: its f is
sigmoid(z_f + forget_bias)) gets them added up on the way out, and zeros for the second on the way in.
Sources: Keras' and PyTorch's `LSTM`, ONNX' operator `LSTM`, the assignments of Stanford's CS231n, TensorFlow 1's
`BasicLSTMCell` ("j" is g), `keras/layers/recurrent.py` of Keras 0.3.3 (`trainable_weights` in that order).
"""

import numpy as np

from .cells import checks

HOUSE = "ifgo"


def convert(weights, source, target):
    """The weights of one LSTM layer, from the layout of one library to that of another.

    weights: a dictionary of arrays with the names and shapes above; the biases may be missing where the library can do
    without. source, target: names of dialects. Returns a dictionary of new arrays, in the dtype they came in; without
    biases where there were none and the target can do without, with zeros where it can't.
    From Keras to any dialect and back every bit is kept. Raises ValueError where a dialect is unknown, an array is
    missing, unknown or of another shape, TypeError where one holds no real numbers.
    """
    for name, argument in ((source, "source"), (target, "target")):
        if name not in DIALECTS:
            raise ValueError(f"{argument}: expected one of {', '.join(DIALECTS)}, got {name!r}")
    read, names, optional = DIALECTS[source][0], DIALECTS[source][2], DIALECTS[source][3]
    if not isinstance(weights, dict):
        raise TypeError(f"weights: expected a dictionary of arrays {', '.join(names)}, got {type(weights).__name__}")
    missing, unknown = set(names) - set(optional) - weights.keys(), weights.keys() - set(names)
    if missing or unknown:
        raise ValueError(f"weights: expected {', '.join(names)} in {source}, got {', '.join(weights)}")
    house = read({name: checks.real(value, f"weights[{name!r}]") for name, value in weights.items()})
    return DIALECTS[target][1](*checks.weights(*house, blocks=4))


def reordered(array, source, target, axis=-1):
    """The four blocks of `array` along an axis, which stand in the order `source`, put into the order `target`."""
    blocks = dict(zip(source, np.split(array, 4, axis=axis), strict=True))
    return np.concatenate([blocks[part] for part in target], axis=axis)


def _from_keras(w):
    return w["kernel"], w["recurrent_kernel"], w.get("bias")


def _to_keras(kernel, recurrent_kernel, bias):
    return _named(kernel=kernel, recurrent_kernel=recurrent_kernel, bias=bias)


def _from_pytorch(w):
    return w["weight_ih_l0"].T, w["weight_hh_l0"].T, _sum_of(w.get("bias_ih_l0"), w.get("bias_hh_l0"))


def _to_pytorch(kernel, recurrent_kernel, bias):
    second = None if bias is None else np.zeros_like(bias)
    return _named(weight_ih_l0=kernel.T, weight_hh_l0=recurrent_kernel.T, bias_ih_l0=bias, bias_hh_l0=second)


def _from_onnx(w):
    W, R = (_one_direction(w[name], name) for name in "WR")  # (4U, D), (4U, U)
    both = None if "B" not in w else _sum_of(*np.split(_one_direction(w["B"], "B"), 2))
    return (None if a is None else reordered(a, "iofg", HOUSE) for a in (W.T, R.T, both))


def _to_onnx(kernel, recurrent_kernel, bias):
    W, R, b = (None if a is None else reordered(a, HOUSE, "iofg") for a in (kernel, recurrent_kernel, bias))
    B = None if b is None else np.concatenate([b, np.zeros_like(b)])[None]  # (1, 8U)
    return _named(W=W.T[None], R=R.T[None], B=B)


def _from_cs231n(w):
    return (reordered(w[name], "ifog", HOUSE) for name in ("Wx", "Wh", "b"))


def _to_cs231n(kernel, recurrent_kernel, bias):
    arrays = kernel, recurrent_kernel, _zeros_for(bias, kernel)
    return dict(zip(("Wx", "Wh", "b"), (reordered(a, HOUSE, "ifog") for a in arrays), strict=True))


def _from_tf1(w):
    joined, bias = reordered(w["kernel"], "igfo", HOUSE), reordered(w["bias"], "igfo", HOUSE)
    units = joined.shape[1] // 4
    bias[units : 2 * units] += w["forget_bias"]
    return joined[:-units], joined[-units:], bias  # x stands above h


def _to_tf1(kernel, recurrent_kernel, bias):
    joined = np.concatenate([kernel, recurrent_kernel])  # (D + U, 4U)
    return {
        "kernel": reordered(joined, HOUSE, "igfo"),
        "bias": reordered(_zeros_for(bias, kernel), HOUSE, "igfo"),
        "forget_bias": np.zeros((), kernel.dtype),
    }


def _from_keras03(w):
    # Keras calls the candidate c
    return (np.concatenate([w[f"{kind}_{part}"] for part in "ifco"], axis=-1) for kind in "WUb")


def _to_keras03(kernel, recurrent_kernel, bias):
    arrays = zip("WUb", (kernel, recurrent_kernel, _zeros_for(bias, kernel)), strict=True)
    blocks = {kind: dict(zip("ifco", np.split(array, 4, axis=-1), strict=True)) for kind, array in arrays}
    return {f"{kind}_{part}": blocks[kind][part].copy() for part in "icfo" for kind in "WUb"}


def _named(**arrays):
    return {name: array.copy() for name, array in arrays.items() if array is not None}


def _sum_of(first, second):
    return first if second is None else second if first is None else first + second


def _zeros_for(bias, kernel):
    return np.zeros(kernel.shape[1], kernel.dtype) if bias is None else bias


def _one_direction(array, name):
    if array.shape[:1] != (1,):
        raise ValueError(f"weights[{name!r}]: expected one direction, a first axis of 1, got shape {array.shape}")
    return array[0]


_KERAS03 = tuple(f"{kind}_{part}" for part in "icfo" for kind in "WUb")
_PYTORCH = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")

# name: (to the house layout, from it, the names of the arrays, those that may be missing)
DIALECTS = {
    "keras": (_from_keras, _to_keras, ("kernel", "recurrent_kernel", "bias"), ("bias",)),
    "pytorch": (_from_pytorch, _to_pytorch, _PYTORCH, _PYTORCH[2:]),
    "onnx": (_from_onnx, _to_onnx, ("W", "R", "B"), ("B",)),
    "cs231n": (_from_cs231n, _to_cs231n, ("Wx", "Wh", "b"), ()),
    "tf1": (_from_tf1, _to_tf1, ("kernel", "bias", "forget_bias"), ()),
    "keras03": (_from_keras03, _to_keras03, _KERAS03, ()),
}
