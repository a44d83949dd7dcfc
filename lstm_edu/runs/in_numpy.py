"""A trainer: the recipes of reviews in this book's own cells, without Keras."""

import platform
from functools import wraps

import numpy as np

from .. import learn
from ..cells import KINDS
from ..common import checks
from .recipes import MORE
from .statistics import judged
from .trained import Trained, line

RULES = {
    "rmsprop": learn.rmsprop,
    "rmsprop_epsilon_outside": learn.rmsprop_epsilon_outside,
    "rmsprop_2017": learn.rmsprop_2017,
    "adam": learn.adam,
}

NOT_HERE = ("dropout", "dense", "bidirectional", "recurrent_dropout")  # what this book's networks do not have


def train(recipe, seed, data, report):
    """One run of a recipe: `Trained`. data: of `imdb.Reviews`; report(line) is called as each epoch ends.

    Results: those of `judged` and the loss, of the weights after the last epoch, or, with patience, after the one with
    the lowest validation loss; and `accuracy_at_best`, of those after the epoch with the best validation accuracy. The
    same seed gives the same weights, bit by bit, on a machine and versions of the same kind. Raises ValueError for a
    recipe with layers that are not built here.
    """
    settings = MORE["numpy"] | recipe.settings
    rule = RULES[checks.one_of(settings["optimizer"], tuple(RULES), "optimizer")]
    network = build(recipe, np.random.default_rng(seed))
    epochs, of_one_batch = settings["epochs"], batched(settings)
    cut = int(len(data.train) * (1 - settings["validation_split"]))  # as Keras' `fit` cuts
    validation = [batch for _, batch in learn.in_order(data.train[cut:], maxlen=settings["maxlen"], **of_one_batch)]
    lengths = settings["grows"] or [settings["maxlen"]] * epochs
    rule = without(rule, cut_off(network.cell, settings["loop"]))
    if settings["falls"]:
        rule = learn.falling(rule, epochs * -(-cut // settings["batch_size"]))
    seen = Lines(f"{recipe.name}, seed {seed}", report, None if settings["patience"] else network.weights)
    fitted = learn.fit(
        network,
        [learn.of_reviews(data.train[:cut], maxlen=length, **of_one_batch) for length in lengths],
        learn.binary_cross_entropy,
        rule,
        epochs=epochs,
        seed=seed,
        validation=validation or None,
        patience=settings["patience"],
        processes=settings["processes"],
        learning_rate=settings["learning_rate"],
        progress=seen,
    )
    if fitted.ended.startswith("stopped"):
        raise KeyboardInterrupt  # which `fit` keeps to itself: half a run is none
    history = fitted.epochs
    seconds = np.add(history.pop("seconds"), history.pop("val_seconds", 0))
    arrays = {name: weight.copy() for name, weight in network.weights.items()}
    results, right = tested(network, settings, data.test)
    if seen.best and seen.last_is_best:
        results["accuracy_at_best"] = results["accuracy"]
    elif seen.best:
        put(network, seen.best)
        results["accuracy_at_best"] = tested(network, settings, data.test)[0]["accuracy"]
    return Trained(
        arrays=arrays,
        history=history,
        results=results,
        tested=len(data.test),
        validated=len(data.train) - cut,
        right=right,
        seconds=seconds.tolist(),
        versions={"python": platform.python_version(), "numpy": np.__version__},
    )


def build(recipe, rng):
    """The recipe's network with fresh weights."""
    settings = MORE["numpy"] | recipe.settings
    if recipe.model != "sequence" or any(settings.get(other) for other in NOT_HERE):
        raise ValueError(f"recipe: expected embedding, cell and output, got {recipe.name!r}, which has other layers")
    words, embedding = settings["num_words"], settings["embedding"]
    kind = KINDS[checks.one_of(settings["layer"], tuple(KINDS), "layer")]
    bias, mask_zero = settings["forget_bias"], settings["alike"] or settings["mask"]
    start = {"longest": settings["maxlen"]} if bias == "chrono" else {"forget_bias": bias}
    start["update_bias"] = settings["update_bias"]
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
    results, right = tested(trained(recipe, named), MORE["numpy"] | recipe.settings, test)
    return results["loss"], right


def trained(recipe, named):
    """The recipe's network with these arrays."""
    network = build(recipe, np.random.default_rng(0))
    put(network, named)
    return network


def reader(recipe, named, data):
    """A function of reviews: the logits (reviews,) of the recipe's network with these arrays."""
    network, settings = trained(recipe, named), MORE["numpy"] | recipe.settings
    return lambda reviews: score(network, settings, reviews)[1]


def put(network, named):
    """Values into a network's weights."""
    for name, weight in network.weights.items():
        weight[...] = named[name]


def tested(network, settings, reviews):
    """(results by name, which answers are right (reviews,) bool)."""
    loss, logits = score(network, settings, reviews)
    results, right = judged(logits, reviews.labels == 1, edge=0)
    return results | {"loss": loss}, right


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
    """A line for each epoch, as the trainer in Keras says it; and `best`, a copy of the weights, if they are given, of
    the epoch with the best validation accuracy.
    """

    def __init__(self, who, report, weights=None):
        super().__init__(quiet=True)
        self.who, self.report, self.weights, self.best = who, report, weights, None
        self.last_is_best = False

    def line(self, name, epochs):
        last = {key: values[-1] for key, values in epochs.items()}
        self.report(line(f"{self.who}, {name}", last, last["seconds"] + last.get("val_seconds", 0)))
        validated = epochs.get("val_accuracy", ())
        self.last_is_best = len(validated) > 0 and np.argmax(validated) == len(validated) - 1
        if self.weights and self.last_is_best:
            self.best = {key: weight.copy() for key, weight in self.weights.items()}
