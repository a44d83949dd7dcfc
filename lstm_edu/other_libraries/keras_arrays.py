"""Which arrays of a Keras file are a layer's, and how they become a kernel, a recurrent kernel and a bias."""

import re

import numpy as np

from ..cells import GRUCell, LSTMCell, SimpleRNNCell
from ..common import checks
from ..dialects import DIALECTS, convert, from_cudnn_kernel
from .hdf5 import Refused

BLOCKS = {"LSTM": len(LSTMCell.blocks), "GRU": len(GRUCell.blocks), "SimpleRNN": len(SimpleRNNCell.blocks)}
TOGETHER = ["kernel", "recurrent_kernel", "bias"]
APART = {  # Keras 1, with an array for each block
    "LSTM": list(DIALECTS["keras03"].shapes),
    "GRU": [f"{array}_{block}" for block in "zrh" for array in "WUb"],
}
# what the name of an array ends with: "lstm_1/kernel:0", "lstm_1_W_i"
ENDING = re.compile(r"(?:^|[/_])([WUb]_[icfozrh]|[WUb]|kernel|recurrent_kernel|bias)(?::\d+)?$")


def arrays_of(weights, place, inner, kind, count):
    """For each of `count` directions (kernel, recurrent_kernel, bias or None) of a layer.

    weights: the `Folder` with a group for each layer; place: the layer's name, before it those of the models it is in;
    inner: the names of layers that it is wrapped around.
    """
    folder, names = _found(weights, place, inner)
    if len(names) % count:
        raise Refused(f"path: expected as many arrays of {place[-1]} in each direction, got {len(names)} together")
    each = len(names) // count
    return [_together(folder, names[k * each : (k + 1) * each], kind, place[-1]) for k in range(count)]


def _found(weights, place, inner):
    """The group in which the layer's arrays are, and their names. A model in the model has one group for all of its
    layers, whose arrays then begin with the layer's name.
    """
    listed = weights.texts("layer_names")
    above = [name for name in place[:-1] if name in listed and _names(weights, name)]
    if not above and place[-1] in listed and (names := _names(weights, place[-1])):
        return weights.folder(place[-1]), names
    own = [place[-1], *inner, *(f"{way}_{name}" for way in ("forward", "backward") for name in inner)]
    begins = re.compile(rf"(?:.*/)?(?:{'|'.join(map(re.escape, own))})(?:/|_[WUb](?:_|:|$))")
    for group in above or listed:
        if ours := [name for name in _names(weights, group) if begins.match(name)]:
            return weights.folder(group), ours
    raise Refused(f"path: expected arrays of {'/'.join(place)}, got none")


def _names(weights, group):
    """Of the arrays in a group."""
    folder = weights.folder(group)
    return (folder.texts("weight_names") or []) if folder else []


def _together(folder, names, kind, layer):
    """kernel, recurrent_kernel, bias or None, in Keras 2's layout."""
    arrays = [folder.array(name) for name in names]
    told = [found[1] for name in names if (found := ENDING.search(name))]
    apart = APART.get(kind, [])
    expected = apart if len(names) == len(apart) else TOGETHER[: len(names)]
    if len(told) == len(names) and told not in (expected, ["W", "U", "b"]):
        raise Refused(f"path: expected the arrays of {layer} in the order {', '.join(expected)}, got {', '.join(told)}")
    try:
        if expected is apart:
            return _from_apart(arrays, kind)
        if len(arrays) not in (2, 3):
            raise ValueError(f"{len(arrays)} of them")
        kernel, recurrent_kernel, *bias = (checks.real(w, name) for w, name in zip(arrays, TOGETHER, strict=False))
        return _from_cudnn(kernel, recurrent_kernel, *bias, kind=kind) if bias else (kernel, recurrent_kernel, None)
    except (TypeError, ValueError) as error:
        raise Refused(f"path: expected the arrays of {layer} to be those of a {kind}, got {error}") from error


def _from_apart(arrays, kind):
    """From an array for each block."""
    named = dict(zip(APART[kind], arrays, strict=True))
    if kind == "LSTM":
        found = convert(named, "keras03", "keras")
        return tuple(found[name] for name in TOGETHER)
    D, H = (np.shape(named[name])[:1] or (0,) for name in ("W_z", "U_z"))
    shapes = {"W": (D + H, "(D, H)"), "U": (H + H, "(H, H)"), "b": (H, "(H,)")}
    checked = {name: checks.shaped(array, name, *shapes[name[0]]) for name, array in named.items()}
    return tuple(np.concatenate([checked[f"{array}_{block}"] for block in "zrh"], axis=-1) for array in "WUb")


def _from_cudnn(kernel, recurrent_kernel, bias, kind):
    """As they are, or, where two biases stand in one row, from the layout of CuDNNLSTM and CuDNNGRU."""
    H, blocks = len(recurrent_kernel) if recurrent_kernel.ndim else 0, BLOCKS[kind]
    if blocks == 1 or not H or bias.shape != (2 * blocks * H,):
        return kernel, recurrent_kernel, bias
    if kind == "LSTM":
        found = convert(dict(zip(TOGETHER, (kernel, recurrent_kernel, bias), strict=True)), "cudnn", "keras")
        return tuple(found[name] for name in TOGETHER)
    kernel, recurrent_kernel, _ = checks.weights(kernel, recurrent_kernel, None, blocks)
    return *(from_cudnn_kernel(w, blocks) for w in (kernel, recurrent_kernel)), bias.reshape(2, -1)
