"""`watch`: a Keras model runs once, and each of its recurrent layers is followed by this package's cells."""

import re
from contextlib import suppress
from os import PathLike

import numpy as np

from ..common import checks
from ..keras_bridge import LOAD
from ..learn.progress import Progress
from .batches import batches
from .calls import eagerly, noted, undisturbed
from .follow import cells_or_reason, kept_bytes
from .layers import recurrent, with_directions
from .rows import rows
from .seen import Seen

MEMORY = 4.0  # GB of 1e9 bytes


def watch(model, x, batch_size=None, memory=MEMORY, quiet=False):
    """Runs a Keras model on x and keeps what each of its recurrent layers computed on the way.

    model: a built Keras 3 model, whatever its kind: Sequential, functional, subclassed, one inside another. x: as for
    `model.predict`: an array, a list or dict of arrays, or a data set. batch_size: sequences in a batch; None: 256, or
    as many as the model was built for. memory: in GB, the limit for all that is kept. quiet: without the bar that a
    terminal shows.
    Returns a `Seen`: `seen["lstm_1"].f` is a gate, (B, T, H); printed, it is a table of the layers. Each trace is
    computed by this package's cells from the inputs, the mask and the initial state that Keras gave the layer, and
    compared with what the layer returned: the largest difference is in the table. A layer that the package has no cell
    for is listed with the reason.
    The model runs as in prediction, without dropout, and not compiled. Its weights, its random generators and the
    states of stateful layers are afterwards what they were before.
    Raises TypeError or ValueError, naming the argument, for a model without weights or without a recurrent layer, for
    x that the model cannot read, and where the traces would take more than `memory`.
    """
    layers = with_directions(_recurrent_layers(model))
    limit = checks.between(memory, "memory", 0, 2**53)
    progress = Progress(quiet=checks.flag(quiet, "quiet"))
    cells = {place: cells_or_reason(layer) for place, layer in layers.items()}
    given = batches(x, batch_size, _built_for(model, layers))

    caught, needed, done = {place: [] for place in layers}, 0, 0  # caught: for each batch, the calls of the layer
    with undisturbed(model, layers), eagerly(), noted(layers) as calls:
        for done, batch in enumerate(given, start=1):
            _run(model, batch)
            for place, of_batches in caught.items():
                of_batches.append([call for where, call in calls if where == place])
            needed += sum(kept_bytes(cells[place], call) for place, call in calls)
            calls.clear()
            _within(limit, needed, done, given)
            if given.number != 1:
                progress.bar("watch", done, given.number, {})
    progress.clear()
    if not done:
        raise ValueError("x: expected at least one batch, got none")
    return Seen(model.name, rows(layers, cells, caught))


def _recurrent_layers(model):
    """{place: layer} of the model's recurrent layers; it must have some, and weights."""
    import keras

    if not isinstance(model, keras.Model):
        got = f"the class {model.__name__}" if isinstance(model, type) else type(model).__name__
        hint = ""
        if isinstance(model, keras.layers.Layer):
            hint = ": hand over keras.Sequential([layer])"
        elif isinstance(model, (str, PathLike)):
            hint = LOAD
        raise TypeError(f"model: expected a Keras 3 model, got {got}{hint}")
    if not model.built:
        raise ValueError("model: expected a built model, got one without weights: build it first, or call it on data")
    layers = recurrent(model)
    if not layers:
        found = ", ".join(type(layer).__name__ for layer in model.layers) or "none"
        raise ValueError(f"model: expected at least one recurrent layer (LSTM, GRU, SimpleRNN, RNN), got {found}")
    return layers


def _built_for(model, layers):
    """The number of sequences that a batch must have, or None: a stateful layer has a state for each of them."""
    import keras

    states = [layer.states for layer in layers.values() if getattr(layer, "states", None) is not None]
    first_axes = [state.shape[0] for state in keras.tree.flatten(states)]
    with suppress(AttributeError, ValueError):  # a class of one's own does not say what it takes
        first_axes += [tensor.shape[0] for tensor in keras.tree.flatten(model.inputs)]
    return next((size for size in first_axes if size is not None), None)


def _run(model, batch):
    """The model, as in prediction. What it says about a batch that it cannot read becomes one sentence."""
    try:
        model(batch, training=False)
    except Exception as error:
        lines = [re.sub(r"\x1b\[\d*m", "", line).strip() for line in str(error).splitlines()]
        said = [line for line in lines if line and not line.startswith("Exception encountered")] or [repr(error)]
        why = _misfit(model, batch) or _no_row(said[0])
        raise ValueError(
            f"x: expected {why}" if why else f"x: expected what {model.name!r} can read, but it says: {said[0]}"
        ) from error


def _misfit(model, batch):
    """What a model with one input expects in place of the batch, if that can be told in a few words."""
    inputs = getattr(model, "inputs", None)  # a class of one's own does not say
    if not inputs or len(inputs) > 1 or not hasattr(batch, "shape"):
        return None
    wanted, got = ("B", *inputs[0].shape[1:]), tuple(batch.shape)
    if isinstance(batch, np.ndarray) and batch.dtype.kind in "SUO" and inputs[0].dtype != "string":
        return f"numbers for {model.name!r}, got strings: turn words into ids first, as for model.predict"
    if len(got) == len(wanted) - 1:
        shape = ", ".join("T" if size is None else str(size) for size in wanted)
        return f"shape ({shape}), got {got}: a batch with this one sequence is x[None]"
    return None


def _no_row(said):
    """The same of an id that an Embedding has no row for, as TensorFlow tells it."""
    found = re.search(r"= (-?\d+) is not in \[0, (\d+)\)", said)
    return found and f"ids from 0 to {int(found[2]) - 1}, the rows of the Embedding, got {found[1]}"


def _within(limit, needed, done, given):
    """Raises ValueError where the traces of all of x would take more than the limit, in GB. needed: bytes of those of
    the first batches; done: how many.
    """
    share = 1 if given.count is None else min(done * given.size / given.count, 1)
    total = needed / share / 1e9
    if total > limit:
        of = f"the first {done} batches" if given.count is None else f"{given.count} sequences"
        fit = 0 if given.count is None else int(given.count * limit / total)
        few = f"at most {fit} of them at once" if fit else "fewer or shorter sequences"
        raise ValueError(
            f"memory: expected traces of at most {limit:g} GB, got {total:.3g} GB for {of}: "
            f"hand over {few}, or set another limit, memory={total * 1.05:.2g}"
        )
