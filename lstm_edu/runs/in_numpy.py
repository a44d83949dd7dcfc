"""A trainer: the recipes of reviews in this book's own cells, without Keras."""

import platform
from functools import wraps

import numpy as np

from .. import learn
from ..cells import GRUCell, LSTMCell, SimpleRNNCell, variants
from ..common import checks
from .recipes import MORE
from .statistics import auc
from .trained import Trained, line

CELLS = {
    "lstm": LSTMCell,
    "simple_rnn": SimpleRNNCell,
    "gru": GRUCell,
    "lstm_chollet": variants.CholletCell,
    "lstm_no_tanh": variants.NoTanhCell,
    "lstm_no_forget": variants.NoForgetGateCell,
    "lstm_coupled": variants.CIFGCell,
    "lstm_peephole": variants.PeepholeCell,
}
RULES = {"rmsprop": learn.rmsprop, "adam": learn.adam}
# What a recipe may say besides what Keras is told, as it is where it says nothing
OWN = MORE | {
    "processes": 1,  # that share a batch
    "learning_rate": 0.001,
    "falls": False,  # the learning rate, to 0 at the end
    "grows": None,  # how many words of a review are read, epoch by epoch, while it learns; None: always `maxlen`
    "alike": True,  # batches of like length, and padding is not read; False: both as in Keras' `fit`
    "forget_bias": 1.0,  # or "chrono", for memories of up to `maxlen` words
    "loop": "whole",  # or what of U is 0 and stays so: "no_candidate", that of g; "no_loop", all
    "gain": 1.0,  # what U is multiplied by at the start
    "recurrent_activation": "sigmoid",  # of the gates
    "epsilon": "inside",  # of RMSprop: in the root, as in Keras 3, or "outside" of it, as in Keras 2
}


def train(recipe, seed, data, report):
    """One run of a recipe: `Trained`. data: of `imdb.Reviews`; report(line) is called as each epoch ends.

    The same seed gives the same weights, bit by bit, on a machine and versions of the same kind. Raises ValueError for
    a recipe with layers that are not built here.
    """
    settings = OWN | recipe.settings
    rule = RULES[checks.one_of(settings["optimizer"], tuple(RULES), "optimizer")]
    if settings["epsilon"] == "outside":
        rule = learn.rmsprop_keras2
    network = build(recipe, np.random.default_rng(seed))
    epochs, of_one_batch = settings["epochs"], batched(settings)
    cut = int(len(data.train) * (1 - settings["validation_split"]))  # as Keras' `fit` cuts
    validation = [batch for _, batch in learn.in_order(data.train[cut:], maxlen=settings["maxlen"], **of_one_batch)]
    lengths = settings["grows"] or [settings["maxlen"]] * epochs
    rule = without(rule, cut_off(network.cell, settings["loop"]))
    if settings["falls"]:
        rule = learn.falling(rule, epochs * -(-cut // settings["batch_size"]))
    fitted = learn.fit(
        network,
        [learn.of_reviews(data.train[:cut], maxlen=length, **of_one_batch) for length in lengths],
        learn.binary_cross_entropy,
        rule,
        epochs=epochs,
        seed=seed,
        validation=validation or None,
        processes=settings["processes"],
        learning_rate=settings["learning_rate"],
        progress=Lines(f"{recipe.name}, seed {seed}", report),
    )
    history = fitted.epochs
    seconds = np.add(history.pop("seconds"), history.pop("val_seconds", 0))
    loss, logits = score(network, settings, data.test)
    positive = data.test.labels == 1
    right = (logits > 0) == positive
    middle = (logits > np.median(logits)) == positive
    return Trained(
        arrays=network.weights,
        history=history,
        results={
            "accuracy": float(right.mean()),
            "loss": loss,
            "accuracy_at_median": float(middle.mean()),
            "auc": auc(logits, positive),
        },
        tested=len(data.test),
        validated=len(data.train) - cut,
        right=right,
        seconds=seconds.tolist(),
        versions={"python": platform.python_version(), "numpy": np.__version__},
    )


def build(recipe, rng):
    """The recipe's network with fresh weights."""
    settings = OWN | recipe.settings
    if recipe.model != "sequence" or settings["dropout"] or settings["dense"]:
        raise ValueError(f"recipe: expected embedding, cell and output, got {recipe.name!r}, which has other layers")
    words, embedding = settings["num_words"], settings["embedding"]
    kind = CELLS[checks.one_of(settings["layer"], tuple(CELLS), "layer")]
    bias, mask_zero = settings["forget_bias"], settings["alike"] or settings["mask"]
    start = {"longest": settings["maxlen"]} if bias == "chrono" else {"forget_bias": bias}
    network = learn.network(
        kind, settings["units"], rng, words=words, embedding=embedding, mask_zero=mask_zero, **start
    )
    if settings["recurrent_activation"] != "sigmoid":
        network.cell.recurrent_activation = settings["recurrent_activation"]
    network.cell.recurrent_kernel *= settings["gain"]
    network.cell.recurrent_kernel[cut_off(network.cell, settings["loop"])] = 0
    return network


def batched(settings):
    """How reviews are put into batches, as `learn.of_reviews` takes it."""
    return {"size": settings["batch_size"], "alike": settings["alike"], "padding": settings["pad"]}


def cut_off(cell, loop):
    """Which part of the recurrent kernel is 0 and stays so: an index."""
    if checks.one_of(loop, ("whole", "no_candidate", "no_loop"), "loop") == "no_candidate":
        return ..., cell.columns("g")
    return ..., slice(None) if loop == "no_loop" else slice(0)


def without(rule, part):
    """The rule, for which a part of the recurrent kernel has no slope."""

    @wraps(rule)
    def step(weights, slopes, memory, **rates):
        slopes["recurrent_kernel"][part] = 0
        rule(weights, slopes, memory, **rates)

    return step


def scored(recipe, named, test):
    """(mean binary cross-entropy, which answers are right (tested,) bool) of the recipe's network with these arrays."""
    settings, network = OWN | recipe.settings, build(recipe, np.random.default_rng(0))
    for name, array in network.weights.items():
        array[...] = named[name]
    loss, logits = score(network, settings, test)
    return loss, (logits > 0) == (test.labels == 1)


def score(network, settings, reviews):
    """(mean binary cross-entropy, the logits (reviews,)), in the order of the reviews."""
    sizes = batched(settings) | {"maxlen": settings["maxlen"]}
    found, total = np.empty(len(reviews), np.float32), 0.0
    for rows, batch in learn.in_order(reviews, **sizes):
        logits = network.logits(batch.inputs)  # (B, 1)
        found[rows] = logits[:, 0]
        total += learn.binary_cross_entropy(logits, batch.y)[0] * len(rows)
    return total / len(reviews), found


class Lines(learn.Progress):
    """A line for each epoch, as the trainer in Keras says it."""

    def __init__(self, who, report):
        super().__init__(quiet=True)
        self.who, self.report = who, report

    def line(self, name, epochs):
        last = {key: values[-1] for key, values in epochs.items()}
        self.report(line(f"{self.who}, {name}", last, last["seconds"] + last.get("val_seconds", 0)))
