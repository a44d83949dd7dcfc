"""A network on its way to the page: the one form that js/numbers/network.js opens, and nothing else."""

import numpy as np

from ...cells import KINDS
from ...drawing import PARTS
from ...imdb.text import vocabulary
from ...network import Network, TextNetwork, of_imdb
from ..packed import base64, packed

MOST_STORED = 120  # words: the reading of a longer text would weigh on the page, and comes when the model has loaded


def words():
    """All words of the shipped vocabulary, the most frequent first, with a space between two."""
    return " ".join(vocabulary())


def pack(network, name):
    """The pack of a `Network` or a `TextNetwork`, an object of numbers and words that JSON can hold; without the words
    of the IMDB data, which are the same for all. An embedding of whole numbers stays one.
    """
    if isinstance(network, Network):
        network = TextNetwork.of(network)
    embedding = network.embedding
    return {
        "name": name,
        "length": network.length,
        "padding": network.padding,
        "truncating": network.truncating,
        "masked": None if network.masked is None else np.flatnonzero(network.masked).tolist(),
        "rule": None if in_imdbs_words(network) else _rule(network.vocabulary),
        "embedding": packed(embedding.table if embedding.q is None else embedding.q),
        "scale": packed(embedding.scale),
        "layers": [
            {"merge": layer.merge, "ways": [_way(place, cell) for place, cell in layer.ways().items()]}
            for layer in network.layers
        ],
        "dense_kernel": packed(network.dense.kernel),
        "dense_bias": packed(network.dense.bias),
    }


def in_imdbs_words(network):
    """Whether a `TextNetwork` reads the words of the IMDB data, as `imdb.encode` has them."""
    return network.vocabulary is of_imdb(len(network.embedding.table))


def _rule(known):
    """A `Vocabulary` of a reader's own."""
    told = {name: getattr(known, name) for name in ("start", "unknown", "pad", "split")}
    return told | {"words": list(known.ids), "ids": list(known.ids.values())}


def _way(place, cell):
    """A cell, by the name of its place."""
    kind = next(kind for kind, made in KINDS.items() if type(cell) is made)
    return {
        "name": place,
        "kind": kind,
        "units": cell.units,
        "reset_after": getattr(cell, "reset_after", None),
        "kernel": packed(cell.kernel),
        "recurrent": packed(cell.recurrent_kernel),
        "bias": packed(cell.bias),
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
