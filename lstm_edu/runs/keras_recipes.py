"""Builds and trains the recipes with Keras. Keras is imported inside the functions: it takes ten seconds."""

import os
import platform
import time
from dataclasses import dataclass
from importlib import metadata

import numpy as np

from .. import imdb
from .recipes import BagRecipe

PREDICT_BATCH = 500


@dataclass(frozen=True)
class Trained:
    """One finished run: the model, what `fit` saw per epoch, seconds per epoch, test loss, which answers were right."""

    model: object
    history: dict
    seconds: list
    test_loss: float
    right: np.ndarray  # (test reviews,) bool


def quiet():
    """Before TensorFlow's import: keeps its log out of the output and oneDNN's own order of sums out of a run."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


def versions():
    """Python and the packages that decide a result."""
    names = ("numpy", "keras", "tensorflow")
    found = {name: _version(name) for name in names}
    return {"python": platform.python_version()} | found


def _version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return metadata.version(f"{name}-cpu")


def build(recipe):
    """The recipe's compiled Keras model, its layers named, with fresh weights."""
    quiet()
    import keras

    layers = keras.layers
    if isinstance(recipe, BagRecipe):
        stack = [keras.Input((recipe.num_words,), dtype="uint8")]
        stack += [layers.Dense(units, activation="relu", name=f"dense_{k}") for k, units in enumerate(recipe.hidden)]
    else:
        kind = {"lstm": layers.LSTM, "simple_rnn": layers.SimpleRNN}[recipe.layer]
        stack = [
            keras.Input((recipe.maxlen,), dtype="int32"),
            layers.Embedding(recipe.num_words, recipe.embedding, name="embedding"),
            kind(recipe.units, dropout=recipe.dropout, name="recurrent"),
        ]
        if recipe.dense:
            stack.append(layers.Dense(recipe.dense, activation="relu", name="dense_0"))
    stack.append(layers.Dense(1, activation="sigmoid", name="output"))
    model = keras.Sequential(stack)
    model.compile(optimizer=recipe.optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    return model


def inputs(recipe, reviews):
    """What the recipe's model is fed: padded ids (B, maxlen) int32, or which words occur (B, num_words) uint8."""
    if not isinstance(recipe, BagRecipe):
        return imdb.pad(reviews, recipe.maxlen)
    rows = np.repeat(np.arange(len(reviews)), reviews.lengths)
    occurs = np.zeros((len(reviews), recipe.num_words), np.uint8)
    occurs[rows, reviews.tokens] = 1
    return occurs


def train(recipe, seed, train, test, report):
    """One run of a recipe: `Trained`. train, test: `Reviews`; report(line) is called as each epoch ends.

    A deterministic recipe gives the same weights for the same seed, bit by bit, on a machine and versions of the same
    kind. Another is run as TensorFlow comes: on several threads it adds in an order of its own, and what differs in
    the last bit at first differs in the answers after some epochs.
    """
    quiet()
    import keras

    order_of_sums(recipe)
    keras.utils.clear_session()  # nothing is left of the runs before it in this process
    keras.utils.set_random_seed(seed)
    model = build(recipe)
    clock = _clock(keras, recipe, seed, report)
    fitted = model.fit(
        inputs(recipe, train),
        train.labels,
        epochs=recipe.epochs,
        batch_size=recipe.batch_size,
        validation_split=recipe.validation_split,
        verbose=0,
        callbacks=[clock],
    )
    loss, right = score(model, inputs(recipe, test), test.labels)
    return Trained(model, fitted.history, clock.seconds, loss, right)


def order_of_sums(recipe):
    """Fixed or TensorFlow's own, for the whole process: what the run before asked for is still there."""
    import tensorflow as tf
    from tensorflow.python.framework import config  # the public name has no way back

    if recipe.deterministic:
        tf.config.experimental.enable_op_determinism()
    else:
        config.disable_op_determinism()


def score(model, x, labels):
    """(mean binary cross-entropy, which answers are right (B,) bool) of a model on inputs x."""
    p = model.predict(x, batch_size=PREDICT_BATCH, verbose=0)[:, 0].astype(np.float64)  # (B,)
    of_the_label = np.where(labels == 1, p, 1 - p)
    loss = -np.log(np.clip(of_the_label, 1e-7, None)).mean()  # 1e-7: Keras' own floor
    return float(loss), (p > 0.5) == (labels == 1)


def arrays(model):
    """The model's weights by name, float32: `embedding/embeddings`, `recurrent/kernel`, `output/bias` and so on."""
    return {
        f"{layer.name}/{weight.name}": weight.numpy() for layer in model.layers for weight in layer.trainable_weights
    }


def set_arrays(model, named):
    """Puts `named`, as `arrays` gives them, into a model of the same recipe."""
    for layer in model.layers:
        for weight in layer.trainable_weights:
            weight.assign(named[f"{layer.name}/{weight.name}"])


def _clock(keras, recipe, seed, report):
    """A callback that times each epoch and reports it."""

    class Clock(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.seconds = []

        def on_epoch_begin(self, epoch, logs=None):
            self.started = time.perf_counter()

        def on_epoch_end(self, epoch, logs=None):
            self.seconds.append(time.perf_counter() - self.started)
            shown = f"accuracy {logs['accuracy']:.3f}"
            if "val_accuracy" in logs:
                shown += f", validation {logs['val_accuracy']:.3f}"
            report(
                f"{recipe.name}, seed {seed}, epoch {epoch + 1} of {recipe.epochs}: {shown}, {self.seconds[-1]:.0f} s"
            )

    return Clock()
