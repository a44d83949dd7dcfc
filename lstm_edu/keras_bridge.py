"""Between Keras layers and this package's cells: weights over and back, and the proof that both compute the same.

Keras is imported inside the functions, for it takes seconds and half a gigabyte. The layout needs no change: the
house layout is Keras' own.
"""

import sys
from dataclasses import dataclass
from functools import cache
from os import PathLike

import numpy as np

from .cells import GRUCell, LSTMCell, SimpleRNNCell
from .cells.activations import ACTIVATIONS, sigmoid
from .common import checks
from .imdb.text import OFFSET, PAD
from .imdb.text import vocabulary as words_of_imdb
from .network import LENGTH, MERGES, Dense, Embedding, Layer, Network, TextNetwork, of_imdb, own_vocabulary

# Keras' name of the layer: our cell, and what both are told beside the weights
CELLS = {
    "LSTM": (LSTMCell, ("activation", "recurrent_activation")),
    "GRU": (GRUCell, ("activation", "recurrent_activation", "reset_after")),
    "SimpleRNN": (SimpleRNNCell, ("activation",)),
}
RETURNS = ("go_backwards", "zero_output_for_mask")  # what of a layer's outputs is no matter of its weights
SIDES = "pre", "post"
LOAD = ": keras.saving.load_model reads a file"
WATCH = (
    ": what each recurrent layer of any Keras model computes is shown by "
    "from lstm_edu import watch; watch(model, x), with x as for model.predict"
)


def from_keras(layer):
    """The cell that holds a Keras layer's weights.

    layer: a built `keras.layers.LSTM`, `GRU` or `SimpleRNN`, or the cell of one, such as `keras.layers.LSTMCell`.
    Dropout is left out, as Keras leaves it out of prediction.
    Returns an `LSTMCell`, `GRUCell` or `SimpleRNNCell` with the layer's weights, to the bit, its activations, and a
    GRU's form, `reset_after`. The cell gives what the layer gives: with `go_backwards` it reads the last step first and
    its outputs stand in that order, as Keras' do; with `zero_output_for_mask`, which a `Bidirectional` that returns
    sequences sets in both of its layers, the output of a masked step is zero.
    Raises TypeError for any other layer, a subclass among them, which may compute something else; ValueError for one
    that is not built, that is stateful, whose dtype policy is neither float32 nor float64, or whose activation this
    package does not have.
    """
    import keras

    if isinstance(layer, keras.layers.Bidirectional):
        raise TypeError(
            "layer: expected one direction, got a Bidirectional: hand over its forward_layer or backward_layer"
        )
    kind = next((name for name in CELLS if type(layer) in _classes(name)), None)
    if kind is None:
        got = f"the class {layer.__name__}: make one" if isinstance(layer, type) else type(layer).__name__
        hint = ": hand over one of its layers" if isinstance(layer, keras.Model) else ""
        raise TypeError(f"layer: expected a keras LSTM, GRU or SimpleRNN layer, got {got}{hint}")
    if not layer.built:
        raise ValueError(
            "layer: expected a built layer, got one without weights: build it first, layer.build((None, None, D))"
        )
    return _cell(layer, kind, "layer")


def _classes(kind):
    """Keras' layer of this kind, and its cell."""
    import keras

    return getattr(keras.layers, kind), getattr(keras.layers, f"{kind}Cell")


def to_keras(cell, **options):
    """A built Keras layer with this cell's weights.

    cell: an `LSTMCell`, `GRUCell` or `SimpleRNNCell`; its `go_backwards` and `zero_output_for_mask` are the layer's.
    options: any other argument of the Keras layer (`return_sequences`, ...), or another value for these two. The layer
    computes in the dtype of the cell's weights. Keras 3 has no "hard_sigmoid_keras2": the layer gets a function that
    computes it. A model with it can be saved, and loaded where `to_keras` has made such a layer before.
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
    options = {name: getattr(cell, name) for name in RETURNS} | options
    layer = getattr(keras.layers, kind)(cell.units, **own, **options)
    layer.build((None, None, cell.input_size))
    layer.set_weights([w for w in (cell.kernel, cell.recurrent_kernel, cell.bias) if w is not None])
    return layer


def network_from_keras(model):
    """The `Network` of a reader's own Keras model; it computes in float64, with the same numbers.

    model: built; Embedding, LSTM, Dense(1, "sigmoid"), and Dropout layers where you like, in float32 or float64; its
    ids those of `lstm_edu.imdb.encode`. It reads as many steps as its input has; 500 where that is left open, as in a
    class of your own. A model that is no `Sequential` may do anything with its layers: it is asked about three rows of
    made-up ids, and has to answer as its layers do one after the other.
    Raises TypeError for what is no Keras model or has other layers, ValueError for what a layer or the model does
    otherwise.
    """
    network, layers = text_network_from_keras(model), _computing(model)
    cells = network.places.values()
    if len(cells) > 1 or not all(isinstance(cell, LSTMCell) for cell in cells) or _sorted(layers)[1]:
        raise TypeError(f"model: expected the layers Embedding, LSTM, Dense, got {_kinds(layers)}")
    lookup = Embedding(network.embedding.table, network.masked is not None)
    return Network(lookup, *cells, network.dense, network.length)


def text_network_from_keras(model, maxlen=None, padding="pre", truncating="pre", from_logits=False, **words):
    """The `TextNetwork` of a reader's own Keras model; it computes in float64, with the same numbers.

    model: built; an Embedding, one or more of LSTM, GRU, SimpleRNN and Bidirectional, and a Dense(1, "sigmoid"), one
    after the other; Dropout layers where you like, and a Masking behind the Embedding; in float32 or float64, the
    layers' own activations the usual ones. maxlen: how many steps a row has; None: as many as the model's input, 500
    where that is left open. padding, truncating: "pre" or "post", as in `keras.utils.pad_sequences`. from_logits: the
    Dense has no sigmoid, and what it gives is meant as the sum before one. words: `word_index` or `tokens`, `start`,
    `unknown`, `pad`, `split`, as `network.own_vocabulary` takes them; without them the ids are those of
    `lstm_edu.imdb.encode`.
    The model is asked about three rows of made-up ids, and has to answer as its layers do one after the other.
    Raises TypeError for what is no Keras model or has other layers, ValueError for what a layer or the model does
    otherwise; the message says how `watch` shows the gates of such a model.
    """
    checks.flag(from_logits, "from_logits")
    layers = _computing(model)
    embedding, masking, recurrent, dense = _sorted(layers)
    for layer in layers:
        _check_precision(layer, "model")
    made = [_layer(layer, last=layer is recurrent[-1]) for layer in recurrent]
    _check_head(dense, from_logits)
    table = embedding.get_weights()[0].astype(np.float64)
    vocabulary = _vocabulary(len(table), words)
    if embedding.mask_zero and not masking and vocabulary.pad != PAD:
        raise ValueError(f"pad: expected {PAD}, which mask_zero leaves out, got {vocabulary.pad}")
    network = TextNetwork(
        vocabulary,
        Embedding(table),
        tuple(made),
        Dense(*dense.get_weights()),
        _length(model, maxlen),
        checks.one_of(padding, SIDES, "padding"),
        checks.one_of(truncating, SIDES, "truncating"),
        _masked(embedding, masking, table),
    )
    _check_answers(model, network, from_logits)
    return network


def _sorted(layers):
    """The Embedding, the Masking or None, the recurrent layers, the Dense; a class of one's own may have them in any
    order.
    """
    import keras

    passing = (keras.layers.Dropout, keras.layers.SpatialDropout1D)
    own = [layer for layer in layers if not isinstance(layer, passing)]
    kinds = {
        "Embedding": [keras.layers.Embedding],
        "Masking": [keras.layers.Masking],
        "recurrent": [keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN, keras.layers.Bidirectional],
        "Dense": [keras.layers.Dense],
    }
    embeddings, maskings, recurrent, heads = (
        [layer for layer in own if type(layer) in classes] for classes in kinds.values()
    )
    found = len(embeddings), len(maskings), bool(recurrent), len(heads)
    unread = [layer for layer in own if all(type(layer) not in classes for classes in kinds.values())]
    if found not in ((1, 0, True, 1), (1, 1, True, 1)) or unread:
        told = f"; not read here: {_kinds(unread)}" if unread else ""
        raise TypeError(
            "model: expected the layers Embedding, then LSTM, GRU, SimpleRNN or Bidirectional, then one Dense, got "
            f"{_kinds(own)}{told}{_strings(own)}{WATCH}"
        )
    return embeddings[0], maskings[0] if maskings else None, recurrent, heads[0]


def _check_head(dense, from_logits):
    """One number, through a sigmoid, or without one as the reader says."""
    _usual("the Dense layer's units", 1, dense.units)
    activation = _curve(dense.activation) or _shown(dense.activation)
    hint = ""
    if activation == "linear" and not from_logits:
        hint = ": if it was trained with from_logits=True, hand over from_logits=True here too"
    _usual("the Dense layer's activation", "linear" if from_logits else "sigmoid", activation, hint)


def _vocabulary(size, words):
    """The reader's own words, or those of the IMDB data, for an embedding of `size` rows."""
    if set(words) & {"word_index", "tokens"}:
        return own_vocabulary(size, **words)
    if words:
        raise ValueError(f"word_index: expected one, or tokens, beside {', '.join(words)}, got neither")
    known = len(words_of_imdb()) + OFFSET + 1
    if not OFFSET + 1 < size <= known:
        raise ValueError(
            f"model: expected an Embedding of {OFFSET + 2} to {known} ids, those of imdb.encode, got {size}: "
            "hand over your own words, word_index=... or tokens=..."
        )
    return of_imdb(size)


def _computing(model):
    """The layers of a model that compute something."""
    import keras

    if not isinstance(model, keras.Model):
        hint = LOAD if isinstance(model, PathLike) else ""
        raise TypeError(f"model: expected a Keras model or the name of a shipped one, got {type(model).__name__}{hint}")
    if not model.built:
        raise ValueError("model: expected a built model, got one without weights: build it first, or fit it")
    return [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]


def _kinds(layers):
    return ", ".join(type(layer).__name__ for layer in layers) or "none"


def _strings(layers):
    """What to do where the model reads the text itself."""
    if any(type(layer).__name__ == "TextVectorization" for layer in layers):
        return (
            "; of a model that reads texts itself hand over the layers behind its TextVectorization, with "
            'tokens=vectorization.get_vocabulary(), unknown=1, padding="post", truncating="post", split="vectorization"'
        )
    return ""


def _usual(what, want, got, hint=None):
    if got != want:
        raise ValueError(f"model: expected {what} to be {want!r}, got {got!r}{WATCH if hint is None else hint}")


def _layer(layer, last):
    """A `Layer` of one of the model's recurrent layers."""
    import keras

    if type(layer) is not keras.layers.Bidirectional:
        return Layer(layer.name, _usual_cell(layer, last, go_backwards=False))
    if layer.merge_mode not in MERGES:
        raise ValueError(
            f"model: expected the Bidirectional's merge_mode to be one of {', '.join(MERGES)}, "
            f"got {layer.merge_mode!r}{WATCH}"
        )
    there = _usual_cell(layer.forward_layer, last, go_backwards=False)
    back = _usual_cell(layer.backward_layer, last, go_backwards=True)
    return Layer(layer.name, there, back, layer.merge_mode)


def _usual_cell(layer, last, go_backwards):
    """The cell of a layer that does what the page's arithmetic can."""
    kind = next((name for name in CELLS if type(layer) in _classes(name)), None)
    if kind is None:
        raise TypeError(
            f"model: expected an LSTM, GRU or SimpleRNN in {layer.name!r}, got {type(layer).__name__}{WATCH}"
        )
    cell = _cell(layer, kind, "model")
    for name, want in (
        ("activation", "tanh"),
        ("recurrent_activation", "sigmoid"),
        ("return_sequences", not last),
        ("return_state", False),
        ("go_backwards", go_backwards),
        # below others it makes no difference: what a mask leaves out they do not read either
        ("zero_output_for_mask", False if last else cell.zero_output_for_mask),
    ):
        _usual(f"the {kind}'s {name}", want, getattr(cell, name, getattr(layer, name, want)))
    return cell


def _masked(embedding, masking, table):
    """Which ids do not count (V,), or None where all do. A Masking asks the numbers, and forgets what it was told."""
    if masking is not None:
        return (table == masking.mask_value).all(axis=1)
    return np.arange(len(table)) == PAD if embedding.mask_zero else None


def _length(model, maxlen):
    """How many steps a row has."""
    inputs = getattr(model, "inputs", None)  # a class of one's own does not say
    if inputs and (len(inputs) > 1 or len(inputs[0].shape) != 2):
        shapes = ", ".join(str(tensor.shape) for tensor in inputs)
        raise ValueError(f"model: expected one input of shape (None, T), rows of ids, got {shapes}{WATCH}")
    length = inputs[0].shape[1] if inputs else None
    if maxlen is None:
        return length or LENGTH
    checks.whole(maxlen, "maxlen", 1, 100_000)
    if length not in (None, maxlen):
        raise ValueError(f"maxlen: expected {length}, as the model's input has it, got {maxlen}")
    return maxlen


def _check_answers(model, network, from_logits):
    """On rows of made-up ids, without padding, with padding in front and behind."""
    import keras

    size = len(network.embedding.table)
    ids = np.random.default_rng(0).integers(min(1, size - 1), size, (3, network.length))
    half = network.length // 2
    ids[1, :half] = ids[2, half:] = network.vocabulary.pad
    try:
        theirs = keras.ops.convert_to_numpy(model(ids, training=False))
    except Exception as error:  # its call may be anything, and so may be what it raises
        raise TypeError(
            f"model: expected one that answers rows of ids (B, T), got {type(error).__name__}{WATCH}"
        ) from error
    if theirs.shape != (3, 1):
        raise ValueError(f"model: expected answers of shape (B, 1) = (3, 1), got {theirs.shape}{WATCH}")
    theirs = sigmoid(theirs.astype(np.float64)) if from_logits else theirs
    apart = float(np.abs(theirs[:, 0] - network(ids)).max())
    if not apart < 1e-4:  # float32, 500 steps: worst seen 3e-6
        raise ValueError(
            "model: expected one that answers as its layers do one after the other, got "
            f"{type(model).__name__}, off by {apart:.1g}: put them into a keras.Sequential to look at them{WATCH}"
        )


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

    layer: a built LSTM, GRU or SimpleRNN; its direction, bias, activations and `zero_output_for_mask` are heeded.
    x (B, T, D), T >= 1; initial_state as for the cell's `run`; mask (B, T) of booleans. Both sides compute in the
    layer's own dtype, float32 or float64. Returns a `Report` on the output, (B, H) or (B, T, H), as the layer itself
    returns it; the outputs h, (B, T, H), of every step; for an LSTM the belt c, (B, T, H), read by stepping Keras' own
    cell; and the last state, (B, H) each.
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
    x = checks.inputs(x, cell.input_size).astype(layer.compute_dtype)
    if 0 in x.shape:
        raise ValueError(f"x: expected at least one sequence and one step, got shape {x.shape}")
    trace = cell.run(x, initial_state, mask)
    mask = None if mask is None else np.asarray(mask)
    belt = isinstance(cell, LSTMCell)
    output = trace.h if layer.return_sequences else trace.last_output
    ours = {"output": output, "h": trace.h, "last h": trace.state[0] if belt else trace.state}
    start = list(trace.initial_state) if belt else [trace.initial_state]

    config = layer.get_config() | {"return_sequences": True, "return_state": True}
    config |= {name: getattr(layer, name) for name in config if name.endswith("activation")}  # a function stays it
    twin = type(layer).from_config(config)
    twin.build(x.shape)
    twin.set_weights(layer.get_weights())
    arguments = {"initial_state": [keras.ops.convert_to_tensor(s) for s in start], "mask": mask, "training": training}
    keras_h, keras_last, *keras_c = (keras.ops.convert_to_numpy(y) for y in twin(x, **arguments))
    returned = layer(x, **arguments)
    returned = keras.ops.convert_to_numpy(returned[0] if layer.return_state else returned)
    theirs = {"output": returned, "h": keras_h, "last h": keras_last}
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


def _cell(layer, kind, argument):
    """The cell of a built layer of this kind; argument: what the messages call it."""
    _check_precision(layer, argument)
    if getattr(layer, "stateful", False):
        raise ValueError(
            f"{argument}: expected a layer that starts each batch from zeros, got stateful=True: "
            "a cell keeps no state, hand it over as initial_state"
        )
    cell_class, told = CELLS[kind]
    options = {name: getattr(layer, name) for name in told}
    options |= {
        name: _named(function, f"{argument}: expected {name}")
        for name, function in options.items()
        if "activation" in name
    }
    weights = layer.get_weights()
    cell = cell_class(*weights[:2], weights[2] if layer.use_bias else None, **options)
    for name in RETURNS:
        setattr(cell, name, getattr(layer, name, False))  # a Keras cell leaves both to its layer
    return cell


def _check_precision(layer, argument):
    """Half precision rounds at every step, in Keras' own places; a quantized layer has other arrays."""
    policy = layer.dtype_policy.name
    if policy not in ("float32", "float64"):
        weights = "the weights from before it was quantized" if "_from_" in policy else "its weights"
        raise ValueError(
            f"{argument}: expected the dtype policy float32 or float64, got {policy} in {layer.name!r}: "
            f'make one with dtype="float32" and give it {weights}, new.set_weights(old.get_weights())'
        )


def _named(function, expected):
    """The name of a layer's activation; `expected` begins the message."""
    name = _curve(function)
    if name is None:
        raise ValueError(
            f"{expected} to be one of {sorted(ACTIVATIONS)}, by its name or as the function of keras.activations, "
            f"keras.ops or tf.nn, got the function {_shown(function)}"
        )
    return name


def _curve(function):
    """The name of the activation that a function computes; None where it is none of this package's."""
    return next((name for name in ACTIVATIONS if any(function is known for known in _functions(name))), None)


def _functions(name):
    """Every function by which Keras or TensorFlow computes this activation."""
    import keras

    found = [_keras_activation(name), getattr(keras.ops, name, None)]
    if "tensorflow" in sys.modules:
        tensorflow = sys.modules["tensorflow"]
        found.append(tensorflow.identity if name == "linear" else getattr(tensorflow.nn, name, None))
    return [function for function in found if function is not None]


def _shown(function):
    """A function with the place it is from: two can have the same name."""
    name = getattr(function, "__qualname__", type(function).__name__)
    return f"{getattr(function, '__module__', type(function).__module__)}.{name}"


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
