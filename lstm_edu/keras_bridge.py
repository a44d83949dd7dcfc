"""Between Keras layers and this package's cells: weights over and back, and the proof that both compute the same.

Keras is imported inside the functions, for it takes seconds and half a gigabyte. The layout needs no change: the
house layout is Keras' own.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .cells import GRUCell, LSTMCell, SimpleRNNCell
from .cells.activations import ACTIVATIONS
from .common import checks
from .imdb.text import OFFSET, vocabulary
from .network import LENGTH, Dense, Embedding, Network

# Keras' name of the layer: our cell, and what both are told beside the weights
CELLS = {
    "LSTM": (LSTMCell, ("activation", "recurrent_activation")),
    "GRU": (GRUCell, ("activation", "recurrent_activation", "reset_after")),
    "SimpleRNN": (SimpleRNNCell, ("activation",)),
}


def from_keras(layer):
    """The cell that holds a Keras layer's weights.

    layer: a built `keras.layers.LSTM`, `GRU` or `SimpleRNN`. Dropout is left out, as Keras leaves it out of prediction.
    Returns an `LSTMCell`, `GRUCell` or `SimpleRNNCell` with the layer's weights, to the bit, its activations, and a
    GRU's form, `reset_after`.
    Raises TypeError for any other layer, a subclass among them, which may compute something else; ValueError for one
    that is not built, that is stateful, or whose activation this package does not have.
    """
    import keras

    if isinstance(layer, keras.layers.Bidirectional):
        raise TypeError(
            "layer: expected one direction, got a Bidirectional: hand over its forward_layer or backward_layer"
        )
    kind = next((name for name in CELLS if type(layer) is getattr(keras.layers, name)), None)
    if kind is None:
        got = f"the class {layer.__name__}: make one" if isinstance(layer, type) else type(layer).__name__
        hint = ": hand over one of its layers" if isinstance(layer, keras.Model) else ""
        raise TypeError(f"layer: expected a keras LSTM, GRU or SimpleRNN layer, got {got}{hint}")
    if not layer.built:
        raise ValueError(
            "layer: expected a built layer, got one without weights: build it first, layer.build((None, None, D))"
        )
    if layer.stateful:
        raise ValueError(
            "layer: expected a layer that starts each batch from zeros, got stateful=True: "
            "a cell keeps no state, hand it over as initial_state"
        )
    cell_class, told = CELLS[kind]
    options = {name: _activation_name(layer, name) if "activation" in name else getattr(layer, name) for name in told}
    weights = layer.get_weights()
    return cell_class(*weights[:2], weights[2] if layer.use_bias else None, **options)


def to_keras(cell, **options):
    """A built Keras layer with this cell's weights.

    cell: an `LSTMCell`, `GRUCell` or `SimpleRNNCell`. options: any other argument of the Keras layer
    (`return_sequences`, ...). The layer computes in the dtype of the cell's weights. Keras 3 has no
    "hard_sigmoid_keras2": the layer gets a function that computes it. A model with it can be saved, and loaded where
    `to_keras` has made such a layer before.
    Raises TypeError if `cell` is none of the three: Keras has no layer for the variants.
    """
    import keras

    kind = next((name for name, (cell_class, _) in CELLS.items() if type(cell) is cell_class), None)
    if kind is None:
        raise TypeError(f"cell: expected an LSTMCell, a GRUCell or a SimpleRNNCell, got {type(cell).__name__}")
    own = {"use_bias": cell.bias is not None, "dtype": cell.kernel.dtype.name}
    own |= {name: getattr(cell, name) for name in CELLS[kind][1]}
    for name in own.keys() & options.keys():
        raise ValueError(f"{name}: expected to be taken from the cell, got {name}={options[name]!r} as well")
    own |= {name: _keras_activation(value) for name, value in own.items() if "activation" in name}
    layer = getattr(keras.layers, kind)(cell.units, **own, **options)
    layer.build((None, None, cell.input_size))
    layer.set_weights([w for w in (cell.kernel, cell.recurrent_kernel, cell.bias) if w is not None])
    return layer


def network_from_keras(model):
    """The `Network` of a reader's own Keras model; it computes in float64, with the same numbers.

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
    lookup = Embedding(embedding.get_weights()[0].astype(np.float64), embedding.mask_zero)
    return Network(lookup, cell, Dense(*dense.get_weights()), model.input_shape[1] or LENGTH)


@dataclass(frozen=True)
class Report:
    """What `verify` saw: the largest absolute difference of each tensor. Prints as a small table."""

    layer: str
    shapes: dict[str, tuple]
    errors: dict[str, float]
    dtype: str

    @property
    def worst(self):
        """The largest of all the errors; NaN where one side has a NaN, or both an infinity: that is no agreement."""
        return float(np.max(list(self.errors.values())))

    def __repr__(self):
        rows = [("tensor", "shape", "largest |Keras - NumPy|")]
        rows += [(name, str(self.shapes[name]), f"{error:.1e}") for name, error in self.errors.items()]
        widths = [max(len(row[k]) for row in rows) for k in range(3)]
        lines = [f"{self.layer}, {self.dtype}"]
        lines += ["  ".join(f"{text:<{w}}" for text, w in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join(lines)


def verify(layer, x, initial_state=None, mask=None, training=False):
    """Runs the layer in Keras and its cell in NumPy on the same input, and reports where they differ most.

    layer: a built LSTM, GRU or SimpleRNN; its `go_backwards`, bias and activations are heeded, whatever it returns.
    x (B, T, D), T >= 1; initial_state as for the cell's `run`; mask (B, T) of booleans. Both sides compute in the
    layer's own dtype, float32 or float64. Returns a `Report` on the outputs h, (B, T, H); for an LSTM the belt c,
    (B, T, H), read by stepping Keras' own cell; and the last state, (B, H) each.
    Raises as `from_keras` and `run` do; ValueError for an input without steps, and for `training=True` with dropout,
    whose random masks no second program can repeat.
    """
    import keras

    cell = from_keras(layer)
    if training and (layer.dropout or layer.recurrent_dropout):
        raise ValueError(
            f"training: expected False for a layer with dropout={layer.dropout}, recurrent_dropout="
            f"{layer.recurrent_dropout}, got True: dropout draws its masks at random, there is nothing to hold against"
        )
    if layer.compute_dtype not in ("float32", "float64"):
        raise ValueError(f"layer: expected one that computes in float32 or float64, got {layer.compute_dtype}")
    x = checks.inputs(x, cell.input_size).astype(layer.compute_dtype)
    if 0 in x.shape:
        raise ValueError(f"x: expected at least one sequence and one step, got shape {x.shape}")
    trace = cell.run(x, initial_state, mask, layer.go_backwards)
    mask = None if mask is None else np.asarray(mask)
    belt = isinstance(cell, LSTMCell)
    ours = {"h": trace.h, "last h": trace.state[0] if belt else trace.state}
    start = list(trace.initial_state) if belt else [trace.initial_state]

    config = layer.get_config() | {"return_sequences": True, "return_state": True}
    twin = type(layer).from_config(config)
    twin.build(x.shape)
    twin.set_weights(layer.get_weights())
    arguments = {"initial_state": [keras.ops.convert_to_tensor(s) for s in start], "mask": mask, "training": training}
    keras_h, keras_last, *keras_c = (keras.ops.convert_to_numpy(y) for y in twin(x, **arguments))
    theirs = {"h": keras_h, "last h": keras_last}
    if belt:
        ours |= {"c": trace.c, "last c": trace.state[1]}
        theirs |= {"c": _belt(twin, x, start, trace.mask), "last c": keras_c[0]}
    return Report(
        layer=f"{type(layer).__name__}({cell.units})",
        shapes={name: value.shape for name, value in ours.items()},
        errors={name: float(np.abs(ours[name] - theirs[name]).max()) for name in ours},
        dtype=str(x.dtype),
    )


def _belt(layer, x, state, mask):
    """c after every step (B, T, H), from Keras' own cell stepped by hand; mask in processing order, as in a trace."""
    import keras

    kept = []
    for t in range(x.shape[1]):
        x_t = x[:, -1 - t if layer.go_backwards else t]
        _, new = layer.cell(x_t, state, training=False)
        if mask is not None:
            new = [keras.ops.where(mask[:, t, None], n, old) for n, old in zip(new, state, strict=True)]
        state = new
        kept.append(keras.ops.convert_to_numpy(state[1]))
    return np.stack(kept, axis=1)


def _activation_name(layer, argument):
    """The name of a layer's activation, which must be the function this package means by that name."""
    function = getattr(layer, argument)
    name = getattr(function, "__name__", repr(function))
    if name not in ACTIVATIONS or function is not _keras_activation(name):
        raise ValueError(f"layer: expected {argument} to be one of {sorted(ACTIVATIONS)}, got {name}")
    return name


def _keras_activation(name):
    """The function that Keras computes an activation with."""
    import keras

    return _hard_sigmoid_keras2() if name == "hard_sigmoid_keras2" else keras.activations.get(name)


@cache
def _hard_sigmoid_keras2():
    """The gate function of Keras 0.3 to 2.15, for Keras 3, which writes it into a saved model under this name."""
    import keras

    @keras.saving.register_keras_serializable("lstm_edu")
    def hard_sigmoid_keras2(z):
        return keras.ops.clip(0.2 * z + 0.5, 0, 1)

    return hard_sigmoid_keras2
