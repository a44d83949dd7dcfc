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
# What the recipes call it, and what it is where one says nothing of it
ROWS = {"padding": ("pad", "pre"), "truncating": ("cut", "pre"), "mask": ("mask", False)}


def names(folder=FOLDER):
    """The names of the shipped networks, sorted: what `shipped` and `card` take.

    >>> names()[-5:]
    ['lstm_32', 'lstm_32-seed2', 'lstm_32-seed3', 'lstm_32-seed4', 'lstm_32-seed5']
    """
    return sorted(path.stem for path in Path(folder).glob("*.npz"))


def card(name, folder=FOLDER):
    """How a shipped network was made: recipe, seed, versions, data, metrics before and after quantising, sha256."""
    return cards.card(folder, name, WHAT)


def handed(name, folder=FOLDER):
    """Which rows a shipped network was trained on: "maxlen", "padding" and "truncating" as `imdb.pad` takes them, and
    "mask", whether the steps with a zero were left out.

    >>> handed("lstm_32")
    {'maxlen': 500, 'padding': 'pre', 'truncating': 'pre', 'mask': False}
    """
    settings = card(name, folder)["settings"]
    return {"maxlen": settings["maxlen"]} | {said: settings.get(own, usual) for said, (own, usual) in ROWS.items()}


def stored(name, folder=FOLDER):
    """The arrays of a shipped network as its file has them, held against its card: see `quantised`."""
    return quantised.stored(cards.content(folder, name, WHAT))


def shipped(name, dtype=np.float64, folder=FOLDER):
    """The `Network` of that name. dtype: float32 or float64, in which it computes; the weights are the same numbers.

    It reads a shorter row as it was trained (`handed`), but one that had its zeros behind reads any row as it stands.
    Raises FileNotFoundError where no such network is shipped, ValueError where the file is not the one its card
    describes.

    >>> net = shipped("lstm_32")
    >>> {name: array.shape for name, array in net.weights.items()}["recurrent_kernel"]
    (32, 128)
    """
    if np.dtype(dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise ValueError(f"dtype: expected float32 or float64, got {np.dtype(dtype)}")
    rows = handed(name, folder)
    in_front = rows["mask"] or rows["padding"] == "pre"
    return of_arrays(stored(name, folder), rows["maxlen"] if in_front else None, dtype, rows["mask"])


def of_arrays(arrays, length, dtype=np.float64, mask_zero=False):
    """The `Network` of the arrays of a file, by the names in `quantised.STORED`."""
    q, scale, *others = (arrays[name] for name in quantised.STORED)
    *cell, dense_kernel, dense_bias = (array.astype(dtype) for array in others)
    embedding = Embedding.of_whole_numbers(q, scale, dtype, mask_zero)
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
