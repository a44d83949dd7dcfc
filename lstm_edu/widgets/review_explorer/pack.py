"""A network on its way to the page: the one form that js/numbers/network.js opens, and nothing else."""

import numpy as np

from ...drawing import PARTS
from ...imdb.text import vocabulary
from ..packed import base64, packed

MOST_STORED = 120  # words: the reading of a longer text would weigh on the page, and comes when the model has loaded


def words():
    """All words of the shipped vocabulary, the most frequent first, with a space between two."""
    return " ".join(vocabulary())


def pack(network, name):
    """The pack of a `Network` with an LSTM, an object of numbers and words that JSON can hold; without the words of the
    vocabulary, which are the same for all. An embedding of whole numbers stays one.
    """
    weights, q = network.weights, network.embedding.q
    return {
        "name": name,
        "length": network.length,
        "mask_zero": network.embedding.mask_zero,
        "embedding": packed(weights["embedding"] if q is None else q),
        "scale": packed(network.embedding.scale),
        "kernel": packed(weights["kernel"]),
        "recurrent": packed(weights["recurrent_kernel"]),
        "bias": packed(weights.get("bias")),
        "dense_kernel": packed(weights["dense_kernel"]),
        "dense_bias": packed(weights.get("dense_bias")),
    }


def pack_reading(reading, text, name, length):
    """A `Reading` by the network of this name as the page's state keeps it, in float32: js/kit/stored.js opens it. None
    of a long text."""
    if len(reading.words) > MOST_STORED:
        return None
    arrays = {name: reading.parts[name] for name in PARTS} | {"p": reading.p}
    return {name: base64(array, np.float32) for name, array in arrays.items()} | {
        "name": name,
        "text": text,
        "length": length,
        "units": reading.parts["h"].shape[1],
        "unit": reading.loudest,
        "known": reading.known,
        "start": reading.start,
        "paddings": reading.paddings,
    }
