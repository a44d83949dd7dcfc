"""The loop that learns: run, loss, back, step; around it what a long training needs.

`one_pass` is the whole idea. `fit` calls it once for each epoch, and looks after the rest: a bar, a validation, an
early stop, and checkpoints from which a run that was killed goes on to the same result, bit by bit.
"""

import inspect
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from numbers import Real

import numpy as np

from ..common import checks
from . import checkpoints, losses, optimisers
from .clip import arrays_of, clipped
from .progress import Progress
from .team import Team


class TrainingError(ArithmeticError):
    """The loss, a slope or a weight is no number any more. Where it is the loss or a slope, the network's weights are
    those before that batch.
    """


@dataclass
class History:
    """What `fit` saw: `epochs` has {name: one number for each epoch}: `loss`, `accuracy`, `seconds`, with a validation
    `val_loss`, `val_accuracy` and `val_seconds`. `ended` says why it ended before its last epoch; "" where it did not.
    """

    epochs: dict = field(default_factory=dict)
    ended: str = ""

    def __len__(self):
        return len(self.epochs.get("loss", ()))

    def add(self, **values):
        for name, value in values.items():
            if value is not None:
                self.epochs.setdefault(name, []).append(value)


def one_pass(network, batches, loss, rule, memory, clip=None, seen=lambda *_: None, **rates):
    """Learns from each batch once. `rule` is one of `optimisers`, `memory` what it keeps, `rates` its numbers; seen is
    told of each batch, its logits and its loss.
    """
    for batch in batches:
        forward = network.forward(batch.inputs, batch.asked)  # the answers
        value, d_logits = loss(forward.logits, batch.y)  # how wrong they are
        seen(batch, forward.logits, value)
        slopes = forward.backward(d_logits)  # how the loss moves with each weight
        if clip is not None:
            slopes = clipped(slopes, clip)
        rule(network.weights, slopes, memory, **rates)  # one step against them


def fit(
    network,
    draw,
    loss,
    rule=optimisers.rmsprop,
    epochs=1,
    seed=0,
    clip=None,
    validation=None,
    patience=None,
    checkpoint=None,
    processes=1,
    progress=None,
    **rates,
):
    """Trains `network` in place and returns its `History`.

    draw(rng): the batches of one epoch, each a `Batch`; rng is a generator of its own for each epoch, made from `seed`.
    A list of such functions: one for each epoch.
    loss: one of `losses`; rule: one of `optimisers`, `rates` are its numbers (`learning_rate`, ...). clip: the longest
    that the slopes may be. validation: a list of batches, looked at after each epoch. patience: it ends where that many
    epochs in a row brought no lower validation loss, and the weights are those of the best one. checkpoint: a file that
    is written after each epoch; where it is there already, training goes on from it. processes: how many share a
    batch, a core each (`team`). progress: a `Progress`; None: a bar on a terminal, else a line for each epoch.

    Ctrl-C ends it: the history says so, and the weights are those of the last batch. Raises TrainingError where the
    loss is no number any more, RuntimeError where a process has ended, ValueError or TypeError, naming the argument,
    for what does not fit.
    """
    epochs, seed = checks.whole(epochs, "epochs", 1, 10**6), checks.whole(seed, "seed", 0, 2**63)
    processes = checks.whole(processes, "processes", 1, 64)
    rates, clip = checked(rule, rates), None if clip is None else above_zero(clip, "clip")
    if network.length is not None:
        raise ValueError(f"network: expected one of length None, got {network.length}: its padding is read only once")
    if validation is not None and not (isinstance(validation, list | tuple) and len(validation)):
        raise ValueError("validation: expected a list of at least one batch")
    if patience is not None and validation is None:
        raise ValueError("patience: expected with a validation, got none")
    patience = None if patience is None else checks.whole(patience, "patience", 1, 10**6)
    if not hasattr(loss, "__name__"):
        raise TypeError(f"loss: expected a function of `losses`, got {loss!r}")
    if not callable(draw) and len(draw) != epochs:
        raise ValueError(f"draw: expected a function, or one for each of {epochs} epochs, got {len(draw)}")
    settings = {"loss": loss.__name__, "rule": rule.__name__, "seed": seed, "clip": clip, "rates": rates}
    settings |= {"cell": described(network.cell), "validated": validation is not None, "processes": processes}
    memory, history, best, progress = {}, History(), None, progress or Progress()
    if checkpoint is not None and (found := checkpoints.load(checkpoint, settings, network.weights)):
        memory, history.epochs, best = found
        if len(history) > epochs:
            raise ValueError(f"epochs: expected at least {len(history)}, which {checkpoint} has, got {epochs}")
    watch = None
    try:
        with Team(network, processes) if processes > 1 else nullcontext(network) as shared:
            while len(history) < epochs and not given_up(history, patience):
                epoch = len(history)
                watch = Watch(loss, f"epoch {epoch + 1} of {epochs}", progress, rates)
                drawn = draw if callable(draw) else draw[epoch]
                batches = drawn(np.random.default_rng([seed, epoch]))
                watch.length = len(batches) if hasattr(batches, "__len__") else None
                with np.errstate(over="ignore", invalid="ignore"):  # `watch` says it, with the batch and the rate
                    one_pass(shared, batches, loss, watch.over(rule), memory, clip, watch, **rates)
                watch.check(network.weights, "a weight is no number")
                history.add(**watch.ended(), **({} if validation is None else scored(shared, validation, loss)))
                progress.line(watch.name, history.epochs)
                if validation is not None and np.argmin(history.epochs["val_loss"]) == epoch:
                    best = {name: weight.copy() for name, weight in network.weights.items()}
                if checkpoint is not None:
                    saved(progress, checkpoint, settings, network.weights, memory, history.epochs, best)
    except KeyboardInterrupt:
        where = f"in {watch.name}, after {watch.batches} batches" if watch else "before the first batch"
        history.ended = f"stopped by hand {where}"
        progress.say(history.ended)
    if given_up(history, patience):
        history.ended = f"no lower validation loss in {patience} epochs"
    if patience is not None and best is not None and not history.ended.startswith("stopped"):
        checkpoints.put(network.weights, best)
    return history


class Watch:
    """What is counted while an epoch runs."""

    def __init__(self, loss, name, progress, rates):
        self.name, self.progress, self.rates = name, progress, rates
        self.judged = loss in (losses.binary_cross_entropy, losses.softmax_cross_entropy)
        self.batches = self.answers = self.right = 0
        self.total, self.length = 0.0, None
        self.start = time.perf_counter()

    def over(self, rule):
        """The rule, asked only where every slope is a number."""

        def step(weights, slopes, memory, **rates):
            self.check(slopes, "a slope is no number")
            rule(weights, slopes, memory, **rates)

        return step

    def check(self, named, what):
        """Raises TrainingError where one of the arrays {name: array} has something else than numbers."""
        if not all(np.isfinite(array).all() for array in arrays_of(named)):
            self.lost(what, self.batches)

    def lost(self, what, batch):
        raise TrainingError(
            f"{what} at batch {batch} of {self.name}, with {numbers(self.rates)}: "
            "a smaller learning_rate, or clip, keeps the steps short"
        )

    def __call__(self, batch, logits, value):
        if not np.isfinite(value):
            self.lost(f"the loss is {value}", self.batches + 1)
        self.batches += 1
        self.answers += len(logits)
        self.total += value * len(logits)
        self.right += int(losses.right(logits, batch.y).sum()) if self.judged else 0
        self.progress.bar(self.name, self.batches, self.length, self.means())

    def means(self):
        found = {"loss": self.total / self.answers}
        found |= {"accuracy": self.right / self.answers} if self.judged else {}
        return found | {"seconds": time.perf_counter() - self.start}

    def ended(self):
        if not self.batches:
            raise ValueError("draw: expected at least one batch, got none")
        return self.means()


def described(cell):
    """What a cell computes, in words: its class and its activations."""
    activations = (getattr(cell, name, None) for name in ("activation", "recurrent_activation"))
    return ", ".join([type(cell).__name__, *filter(None, activations)])


def checked(rule, rates):
    """A rule's numbers as plain ones, if it has such."""
    if not callable(rule) or not hasattr(rule, "__name__"):
        raise TypeError(f"rule: expected a function of `optimisers`, got {rule!r}")
    known = list(inspect.signature(rule).parameters)[3:]
    if unknown := sorted(rates.keys() - set(known)):
        raise TypeError(f"fit: expected for {rule.__name__} some of {', '.join(known)}, got {', '.join(unknown)}")
    return {name: above_zero(value, name, or_zero=name != "learning_rate") for name, value in rates.items()}


def above_zero(value, argument, or_zero=False):
    """A finite number above 0, or 0 too."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{argument}: expected a number, got {value!r}")
    if not (np.isfinite(value) and (value > 0 or or_zero and value == 0)):
        raise ValueError(f"{argument}: expected a number above 0, got {value}")
    return float(value)


def numbers(rates):
    return ", ".join(f"{name} {value}" for name, value in rates.items()) or "the rule's own rates"


def scored(network, batches, loss):
    """{"val_loss", "val_accuracy"}: of a network that does not learn while it is asked."""
    watch = Watch(loss, "validation", Progress(quiet=True), {})
    for batch in batches:
        logits = network.logits(batch.inputs, batch.asked)
        watch(batch, logits, loss(logits, batch.y)[0])
    return {f"val_{name}": value for name, value in watch.ended().items()}


def given_up(history, patience):
    return patience is not None and len(history) - 1 - int(np.argmin(history.epochs.get("val_loss", [0]))) >= patience


def saved(progress, path, *state):
    """A disk that is full costs the checkpoint and not the training."""
    try:
        checkpoints.save(path, *state)
    except OSError as error:
        progress.say(f"checkpoint: {path} was not written ({error.strerror}); training goes on")
