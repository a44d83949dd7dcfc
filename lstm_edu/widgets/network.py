"""A trained network as a widget's page gets it: its pack, an object of numbers and words that JSON can hold.

Embedding, LSTM and one sigmoid: a shipped model, or a reader's own Keras model. js/numbers/network.js opens it.
"""

from base64 import b64encode

import numpy as np

from ..imdb.text import OFFSET, vocabulary
from ..keras_bridge import from_keras
from ..network.shipped import FOLDER
from ..runs import card, load_model, shipped

LENGTH = 500  # what the shipped models read: the last 500 words, padding before them


def words():
    """All words of the shipped vocabulary, the most frequent first, with a space between two."""
    return " ".join(vocabulary())


def pack_shipped(name="lstm_32"):
    """The pack of a shipped model, without the words: they are the same for all. Its embedding stays in whole numbers,
    as in the file. Raises ValueError for a name that is not shipped."""
    if name not in shipped():
        raise ValueError(f"model: expected one of {shipped()}, got {name!r}")
    load_model(name)  # holds the file against its card
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as arrays:
        arrays = dict(arrays)
    made = card(name)
    return {
        "name": name,
        "length": LENGTH,
        "mask_zero": False,
        "embedding": _array(arrays["embedding_q"]),
        "scale": _array(arrays["embedding_scale"]),
        "kernel": _array(arrays["kernel"]),
        "recurrent": _array(arrays["recurrent_kernel"]),
        "bias": _array(arrays["bias"]),
        "dense_kernel": _array(arrays["dense_kernel"]),
        "dense_bias": _array(arrays["dense_bias"]),
        "card": {
            "seed": made["seed"],
            "accuracy": made["quantised"]["test_accuracy"],
            "unquantised": made["unquantised"]["test_accuracy"],
        },
    }


def pack_keras(model):
    """The pack of a reader's own Keras model, without the words.

    model: built; Embedding, LSTM, Dense(1, "sigmoid"), and Dropout layers where you like; its ids those of
    `lstm_edu.imdb.encode`. It reads as many steps as its input has; 500 where that is left open.
    Raises TypeError for what is no Keras model or has other layers, ValueError for what a layer does otherwise.
    """
    import keras

    if not isinstance(model, keras.Model):
        raise TypeError(f"model: expected a Keras model or the name of a shipped one, got {type(model).__name__}")
    if not model.built:
        raise ValueError("model: expected a built model, got one without weights: build it first, or fit it")
    passing = (keras.layers.InputLayer, keras.layers.Dropout, keras.layers.SpatialDropout1D)
    layers = [layer for layer in model.layers if not isinstance(layer, passing)]
    expected = [keras.layers.Embedding, keras.layers.LSTM, keras.layers.Dense]
    if [type(layer) for layer in layers] != expected:
        found = ", ".join(type(layer).__name__ for layer in layers)
        raise TypeError(f"model: expected the layers Embedding, LSTM, Dense, got {found or 'none'}")
    embedding, recurrent, dense = layers
    cell = from_keras(recurrent)
    for what, want, got in (
        ("the LSTM's activation", "tanh", cell.activation),
        ("the LSTM's recurrent_activation", "sigmoid", cell.recurrent_activation),
        ("the LSTM's return_sequences", False, recurrent.return_sequences),
        ("the LSTM's return_state", False, recurrent.return_state),
        ("the LSTM's go_backwards", False, recurrent.go_backwards),
        ("the Dense layer's units", 1, dense.units),
        ("the Dense layer's activation", "sigmoid", getattr(dense.activation, "__name__", repr(dense.activation))),
    ):
        if got != want:
            raise ValueError(f"model: expected {what} to be {want!r}, got {got!r}")
    known = len(vocabulary()) + OFFSET + 1
    if not OFFSET + 1 < embedding.input_dim <= known:
        raise ValueError(
            f"model: expected an Embedding of {OFFSET + 2} to {known} ids, those of imdb.encode, "
            f"got {embedding.input_dim}"
        )
    dense_kernel, *dense_bias = dense.get_weights()
    return {
        "name": model.name,
        "length": model.input_shape[1] or LENGTH,
        "mask_zero": embedding.mask_zero,
        "embedding": _array(embedding.get_weights()[0]),
        "scale": None,
        "kernel": _array(cell.kernel),
        "recurrent": _array(cell.recurrent_kernel),
        "bias": None if cell.bias is None else _array(cell.bias),
        "dense_kernel": _array(dense_kernel),
        "dense_bias": _array(dense_bias[0]) if dense_bias else None,
        "card": None,
    }


def pack(model="lstm_32"):
    """The pack with the words, of the shipped model of that name or of a Keras model."""
    found = pack_shipped(model) if isinstance(model, str) else pack_keras(model)
    return found | {"words": words()}


def _array(array):
    """An array as js/numbers/network.js reads it, int8, float32 or float64: its bytes in base64, little-endian."""
    if array.dtype not in (np.int8, np.float64):
        array = array.astype(np.float32)
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return {"dtype": array.dtype.name, "data": b64encode(little.tobytes()).decode("ascii")}
