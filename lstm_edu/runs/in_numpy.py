"""A trainer: the recipes of reviews in this book's own cells, without Keras. Batches are of like length, and padding is
not read.
"""

import platform

import numpy as np

from .. import learn
from ..cells import LSTMCell, SimpleRNNCell
from ..common import checks
from .trained import Trained, line

CELLS = {"lstm": LSTMCell, "simple_rnn": SimpleRNNCell}
RULES = {"rmsprop": learn.rmsprop, "adam": learn.adam}


def train(recipe, seed, data, report):
    """One run of a recipe: `Trained`. data: of `imdb.Reviews`; report(line) is called as each epoch ends.

    The same seed gives the same weights, bit by bit, on a machine and versions of the same kind. Raises ValueError for
    a recipe with layers that are not built here.
    """
    settings = recipe.settings
    rule = RULES[checks.one_of(settings["optimizer"], tuple(RULES), "optimizer")]
    network = build(recipe, np.random.default_rng(seed))
    of_one_batch = {"size": settings["batch_size"], "maxlen": settings["maxlen"]}
    cut = int(len(data.train) * (1 - settings["validation_split"]))  # as Keras' `fit` cuts
    validation = [batch for _, batch in learn.in_order(data.train[cut:], **of_one_batch)]
    fitted = learn.fit(
        network,
        learn.of_reviews(data.train[:cut], **of_one_batch),
        learn.binary_cross_entropy,
        rule,
        epochs=settings["epochs"],
        seed=seed,
        validation=validation or None,
        processes=settings.get("processes", 1),
        progress=Lines(f"{recipe.name}, seed {seed}", report),
    )
    history = fitted.epochs
    seconds = np.add(history.pop("seconds"), history.pop("val_seconds", 0))
    loss, right = score(network, learn.in_order(data.test, **of_one_batch), len(data.test))
    return Trained(
        arrays=network.weights,
        history=history,
        results={"accuracy": float(right.mean()), "loss": loss},
        tested=len(data.test),
        validated=len(data.train) - cut,
        right=right,
        seconds=seconds.tolist(),
        versions={"python": platform.python_version(), "numpy": np.__version__},
    )


def build(recipe, rng):
    """The recipe's network with fresh weights."""
    settings = recipe.settings
    if recipe.model != "sequence" or settings["dropout"] or settings["dense"]:
        raise ValueError(f"recipe: expected embedding, cell and output, got {recipe.name!r}, which has other layers")
    words, embedding = settings["num_words"], settings["embedding"]
    kind = CELLS[checks.one_of(settings["layer"], tuple(CELLS), "layer")]
    return learn.network(kind, settings["units"], rng, words=words, embedding=embedding)


def score(network, batches, tested):
    """(mean binary cross-entropy, which answers are right (tested,) bool); batches as `learn.in_order` gives them."""
    right, total = np.empty(tested, bool), 0.0
    for rows, batch in batches:
        logits = network.logits(batch.inputs)
        right[rows] = learn.right(logits, batch.y)
        total += learn.binary_cross_entropy(logits, batch.y)[0] * len(rows)
    return total / tested, right


class Lines(learn.Progress):
    """A line for each epoch, as the trainer in Keras says it."""

    def __init__(self, who, report):
        super().__init__(quiet=True)
        self.who, self.report = who, report

    def line(self, name, epochs):
        last = {key: values[-1] for key, values in epochs.items()}
        self.report(line(f"{self.who}, {name}", last, last["seconds"] + last.get("val_seconds", 0)))
