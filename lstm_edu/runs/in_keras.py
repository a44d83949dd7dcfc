"""A trainer: builds and trains the recipes of reviews with Keras, which is imported inside the functions: it takes ten
seconds.
"""

import os
import platform
import time
from importlib import metadata

import numpy as np

from .. import imdb
from ..common import checks
from .statistics import judged
from .trained import Trained, line

PREDICT_BATCH = 500


def quiet():
    """Before TensorFlow's import: keeps its log out of the output and oneDNN's own order of sums out of a run."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


def versions():
    """Python and the packages that decide a result; the backend is TensorFlow."""
    return {"python": platform.python_version()} | {name: _version(name) for name in ("numpy", "keras", "tensorflow")}


def _version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return metadata.version(f"{name}-cpu")


def build(recipe):
    """The recipe's compiled Keras model, its layers named, with fresh weights."""
    quiet()
    import keras

    _, below = MODELS[recipe.model]
    layers = [*below(keras, recipe.whole)]  # one after the other: each draws its first weights' seed when it is made
    model = keras.Sequential([*layers, keras.layers.Dense(1, activation="sigmoid", name="output")])
    model.compile(optimizer=recipe.settings["optimizer"], loss="binary_crossentropy", metrics=["accuracy"])
    return model


def inputs(recipe, reviews):
    """What the recipe's model is fed: padded ids (B, maxlen) int32, or which words occur (B, num_words) uint8."""
    fed, _ = MODELS[recipe.model]
    return fed(reviews, recipe.whole)


def _padded(reviews, settings):
    return imdb.pad(reviews, settings["maxlen"], padding=settings["pad"])


def _sequence(keras, settings):
    layers = keras.layers
    kinds = {"lstm": layers.LSTM, "simple_rnn": layers.SimpleRNN, "gru": layers.GRU}
    kind = kinds[checks.one_of(settings["layer"], tuple(kinds), "layer")]
    dropped = {name: settings[name] for name in ("dropout", "recurrent_dropout")}
    yield keras.Input((settings["maxlen"],), dtype="int32")
    yield layers.Embedding(settings["num_words"], settings["embedding"], mask_zero=settings["mask"], name="embedding")
    if settings["bidirectional"]:
        yield layers.Bidirectional(kind(settings["units"], **dropped), name="recurrent")
    else:
        yield kind(settings["units"], **dropped, name="recurrent")
    if settings["dense"]:
        yield layers.Dense(settings["dense"], activation="relu", name="dense_0")


def _occurring(reviews, settings):
    rows = np.repeat(np.arange(len(reviews)), reviews.lengths)
    occurs = np.zeros((len(reviews), settings["num_words"]), np.uint8)
    occurs[rows, reviews.tokens] = 1
    return occurs


def _bag(keras, settings):
    yield keras.Input((settings["num_words"],), dtype="uint8")
    for k, units in enumerate(settings["hidden"]):
        yield keras.layers.Dense(units, activation="relu", name=f"dense_{k}")


# a recipe's model -> what it is fed, and the layers below its output
MODELS = {"sequence": (_padded, _sequence), "bag": (_occurring, _bag)}


def train(recipe, seed, data, report):
    """One run of a recipe: `Trained`. data: of `imdb.Reviews`; report(line) is called as each epoch ends.

    Results: those of `judged` and the loss, of the weights after the last epoch; and `accuracy_at_best`, of those after
    the epoch with the best validation accuracy. A deterministic recipe gives the same weights for the same seed, bit by
    bit, on a machine and versions of the same kind. Another is run as TensorFlow comes: on several threads it adds in
    an order of its own, and what differs in the last bit at first differs in the answers after some epochs.
    """
    quiet()
    import keras

    order_of_sums(recipe)
    keras.utils.clear_session()  # nothing is left of the runs before it in this process
    keras.utils.set_random_seed(seed)
    model, settings = build(recipe), recipe.settings
    clock = _clock(keras, recipe, seed, report)
    fitted = model.fit(
        inputs(recipe, data.train),
        data.train.labels,
        epochs=settings["epochs"],
        batch_size=settings["batch_size"],
        validation_split=settings["validation_split"],
        verbose=0,
        callbacks=[clock],
    )
    trained, x = arrays(model), inputs(recipe, data.test)
    results, right = tested(model, x, data.test.labels)
    if clock.best:
        set_arrays(model, clock.best)
        results["accuracy_at_best"] = tested(model, x, data.test.labels)[0]["accuracy"]
    return Trained(
        arrays=trained,
        history=fitted.history,
        results=results,
        tested=len(data.test),
        validated=len(data.train) - int(len(data.train) * (1 - settings["validation_split"])),  # as `fit` cuts
        right=right,
        seconds=clock.seconds,
        versions=versions(),
    )


def order_of_sums(recipe):
    """Fixed or TensorFlow's own, for the whole process: what the run before asked for is still there."""
    import tensorflow as tf
    from tensorflow.python.framework import config  # the public name has no way back

    if recipe.settings["deterministic"]:
        tf.config.experimental.enable_op_determinism()
    else:
        config.disable_op_determinism()


def reader(recipe, named, data):
    """A function of reviews: how far P(positive) is above one half, (reviews,), by the recipe's model with these
    arrays.
    """
    model = build(recipe)
    set_arrays(model, named)
    return lambda reviews: positive(model, inputs(recipe, reviews)) - 0.5


def positive(model, x):
    """P(positive) (B,) of a model on inputs x."""
    return model.predict(x, batch_size=PREDICT_BATCH, verbose=0)[:, 0].astype(np.float64)


def tested(model, x, labels):
    """(results by name, which answers are right (B,) bool) of a model on inputs x."""
    p = positive(model, x)
    of_the_label = np.where(labels == 1, p, 1 - p)
    loss = -np.log(np.clip(of_the_label, 1e-7, None)).mean()  # 1e-7: Keras' own floor
    results, right = judged(p, labels == 1, edge=0.5)
    return results | {"loss": float(loss)}, right


def arrays(model):
    """The model's weights by name, float32: `embedding/embeddings`, `recurrent/kernel`, `output/bias` and so on; of a
    layer that reads in both directions `recurrent/forward/kernel`, `recurrent/backward/kernel`.
    """
    return {name: weight.numpy() for name, weight in _weights(model).items()}


def set_arrays(model, named):
    """Puts `named`, as `arrays` gives them, into a model of the same recipe."""
    for name, weight in _weights(model).items():
        weight.assign(named[name])


def _weights(model):
    parts = {}
    for layer in model.layers:
        both = {f"{layer.name}/{way}": getattr(layer, f"{way}_layer", None) for way in ("forward", "backward")}
        parts |= both if all(both.values()) else {layer.name: layer}
    return {f"{name}/{weight.name}": weight for name, part in parts.items() for weight in part.trainable_weights}


def _clock(keras, recipe, seed, report):
    """A callback that times each epoch, reports it, and keeps as `best` the arrays of the one with the best validation
    accuracy; None without a validation.
    """

    class Clock(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.seconds, self.highest, self.best = [], -1.0, None

        def on_epoch_begin(self, epoch, logs=None):
            self.started = time.perf_counter()

        def on_epoch_end(self, epoch, logs=None):
            self.seconds.append(time.perf_counter() - self.started)
            where = f"{recipe.name}, seed {seed}, epoch {epoch + 1} of {recipe.settings['epochs']}"
            report(line(where, logs, self.seconds[-1]))
            if logs.get("val_accuracy", -1.0) > self.highest:
                self.highest, self.best = logs["val_accuracy"], arrays(self.model)

    return Clock()
