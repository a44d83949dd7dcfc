"""A network on its way to the page: the one form that js/numbers/network.js opens, and nothing else."""

from base64 import b64encode

import numpy as np

from ...drawing import PARTS
from ...imdb.text import vocabulary
from ...network import card


def words():
    """All words of the shipped vocabulary, the most frequent first, with a space between two."""
    return " ".join(vocabulary())


def about(name):
    """What the page says of a shipped network, from its card."""
    made = card(name)
    accuracy, unquantised = (made[kind]["test_accuracy"] for kind in ("quantised", "unquantised"))
    return {"seed": made["seed"], "accuracy": accuracy, "unquantised": unquantised}


def pack(network, name, card=None):
    """The pack of a `Network` with an LSTM, an object of numbers and words that JSON can hold; without the words of the
    vocabulary, which are the same for all. An embedding of whole numbers stays one. card: `about` a shipped network.
    """
    weights, q = network.weights, network.embedding.q
    return {
        "name": name,
        "length": network.length,
        "mask_zero": network.embedding.mask_zero,
        "embedding": _array(weights["embedding"] if q is None else q),
        "scale": _array(network.embedding.scale),
        "kernel": _array(weights["kernel"]),
        "recurrent": _array(weights["recurrent_kernel"]),
        "bias": _array(weights.get("bias")),
        "dense_kernel": _array(weights["dense_kernel"]),
        "dense_bias": _array(weights.get("dense_bias")),
        "card": card,
    }


def pack_reading(reading, text, length):
    """A `Reading` as the page's state keeps it, in float32: js/widgets/review_explorer/stored.js opens it."""
    arrays = {name: reading.parts[name] for name in PARTS} | {"p": reading.p}
    return {name: _base64(array, np.float32) for name, array in arrays.items()} | {
        "text": text,
        "length": length,
        "units": reading.parts["h"].shape[1],
        "known": reading.known,
        "start": reading.start,
        "paddings": reading.paddings,
    }


def _array(array):
    """An array with its dtype: int8, float32 where it loses nothing by it, else float64."""
    if array is None:
        return None
    with np.errstate(over="ignore"):
        if array.dtype != np.int8 and (array.astype(np.float32) == array).all():
            array = array.astype(np.float32)
    return {"dtype": array.dtype.name, "data": _base64(array, array.dtype)}


def _base64(array, dtype):
    """The bytes of an array, little-endian, in base64."""
    return b64encode(array.astype(np.dtype(dtype).newbyteorder("<")).tobytes()).decode("ascii")
