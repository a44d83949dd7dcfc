"""The shipped networks: trained, each in a small file beside a card that says how it was made."""

from pathlib import Path

import numpy as np

from ..cells import LSTMCell
from ..common import cards
from . import quantised
from .layers import Dense, Embedding
from .network import Network

FOLDER = Path(__file__).resolve().parents[1] / "data" / "models"
WHAT = "shipped weights"


def names(folder=FOLDER):
    """The names of the shipped networks, sorted: what `shipped` and `card` take.

    >>> names()[-5:]
    ['lstm_32', 'lstm_32-seed2', 'lstm_32-seed3', 'lstm_32-seed4', 'lstm_32-seed5']
    """
    return sorted(path.stem for path in Path(folder).glob("*.npz"))


def card(name, folder=FOLDER):
    """How a shipped network was made: recipe, seed, versions, data, metrics before and after quantising, sha256."""
    return cards.card(folder, name, WHAT)


def stored(name, folder=FOLDER):
    """The arrays of a shipped network as its file has them, held against its card: see `quantised`."""
    return quantised.stored(cards.content(folder, name, WHAT))


def shipped(name, dtype=np.float64, folder=FOLDER):
    """The `Network` of that name. dtype: float32 or float64, in which it computes; the weights are the same numbers.

    Raises FileNotFoundError where no such network is shipped, ValueError where the file is not the one its card
    describes.

    >>> net = shipped("lstm_32")
    >>> {name: array.shape for name, array in net.weights.items()}["recurrent_kernel"]
    (32, 128)
    """
    if np.dtype(dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise ValueError(f"dtype: expected float32 or float64, got {np.dtype(dtype)}")
    return of_arrays(stored(name, folder), card(name, folder)["settings"]["maxlen"], dtype)


def of_arrays(arrays, length, dtype=np.float64):
    """The `Network` of the arrays of a file, by the names in `quantised.STORED`."""
    q, scale, *others = (arrays[name] for name in quantised.STORED)
    *cell, dense_kernel, dense_bias = (array.astype(dtype) for array in others)
    embedding = Embedding.of_whole_numbers(q, scale, dtype)
    return Network(embedding, LSTMCell(*cell), Dense(dense_kernel, dense_bias), length)


def facts(folder=FOLDER):
    """{NAME.shipped.WHAT: (value, form)} of the networks that carry a recipe's own name, for prose."""
    cards = {name: card(name, folder) for name in names(folder)}
    return {
        f"{name}.shipped.{what}": fact
        for name, made in cards.items()
        if name == made["recipe"]
        for what, fact in {
            "seed": (made["seed"], "count"),
            "bytes": (made["bytes"], "count"),
            "test": (made["quantised"]["test_accuracy"], "percent"),
            "test_loss": (made["quantised"]["test_loss"], "loss"),
            "difference": (made["quantised"]["test_accuracy"] - made["unquantised"]["test_accuracy"], "points"),
            "changed": (made["answers_changed"], "count"),
        }.items()
    }
