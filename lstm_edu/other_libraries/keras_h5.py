"""The recurrent layers of an .h5 file that Keras 1 or 2 wrote, as cells; Keras is not needed for it.

    Keras 1    LSTM: twelve arrays W_i (D, H), U_i (H, H), b_i (H,), then those of c, f, o; GRU: nine, of z, r, h
               with consume_less="gpu" three: W (D, 4H), U (H, 4H), b (4H,) in the order i, f, c, o; or z, r, h
    Keras 2    LSTM: kernel (D, 4H), recurrent_kernel (H, 4H), bias (4H,) in the order i, f, c, o
               GRU: kernel (D, 3H), recurrent_kernel (H, 3H), bias (3H,), or (2, 3H) with reset_after; z, r, h
               CuDNNLSTM, CuDNNGRU: bias (8H,), (6H,); in each block the kernel is PyTorch's, row after row

A file of `model.save` has the model's description, JSON, in the attribute `model_config`; one of `save_weights` has the
arrays alone. Sources: Keras 1.2.2, `models.save_model`, `engine/topology.py`, `layers/recurrent.py`; Keras 2.3.1,
`engine/saving.py` (`preprocess_weights_for_loading`), `layers/recurrent.py`.
"""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from ..cells import GRUCell, LSTMCell, SimpleRNNCell
from ..cells.activations import ACTIVATIONS
from ..common import checks
from .hdf5 import Refused, opened
from .keras_arrays import arrays_of
from .layer import Layer, directed

KINDS = {"LSTM": LSTMCell, "GRU": GRUCell, "SimpleRNN": SimpleRNNCell}
MODELS = "Sequential", "Model", "Functional", "Merge"
CUDNN = {"activation": "tanh", "recurrent_activation": "sigmoid"}  # it has no others, and its description names none
SAID = '[{"class_name": "%s", "config": {"name": "%s", "activation": "tanh", "recurrent_activation": "hard_sigmoid"}}]'


def cells_from_h5(path, config=None, memory=1):
    """The LSTM, GRU and SimpleRNN layers of an .h5 file of Keras 1 or 2, by their names: an `H5Layers`.

    Printed, it is a report: the Keras version, and of each layer its activations as that version meant them. The
    `hard_sigmoid` of Keras 1 and 2 is `hard_sigmoid_keras2` here; Keras 3 has another line under the old name.
    config: for a file of `save_weights`, which does not describe the model, what `model.to_json()` gave, or a list of
    the recurrent layers in the same form, `[{"class_name": "LSTM", "config": {"name": "lstm_1", "activation": "tanh",
    "recurrent_activation": "hard_sigmoid"}}]`. memory: how many gigabytes the layers' arrays may take.
    Each is a `Layer`, with `forward` and, of a `Bidirectional` or with `go_backwards`, `backward`; called, it gives
    what the layer computes at every step, in time order, both directions side by side. A layer of a model in the model
    is named by its place, "encoder/lstm_1". Dropout has no part in prediction and is left out.
    The file is not trusted: the description is read as JSON, code in it (of a Lambda layer) is not looked at, nothing
    is unpickled, and no other file is opened that it points to.
    Raises ImportError without h5py; FileNotFoundError; ValueError or TypeError for a file that is damaged or of another
    kind, and for a layer with an activation, shape or setting that no cell here has.
    """
    memory = checks.between(memory, "memory", 0, 2**20)
    with opened(path, memory) as file:
        weights = file.folder("model_weights") or file
        if weights.texts("layer_names") is None:
            raise Refused(f"path: expected a file of Keras 1 or 2, with layer_names, got {_other_file(file)}")
        description, where = _description(file, weights, config)
        version, backend = (
            _plain(file.text(name) or weights.text(name) or description.get(name), name, where)
            for name in ("keras_version", "backend")
        )
        era = _era(version)
        entries = _entries(description["config"], where)
        rows = {
            name: _row(weights, place, entry, era, where)
            for name, (place, entry) in entries.items()
            if entry.kind in KINDS
        }
    others = {name: entry.said for name, (_, entry) in entries.items() if name not in rows}
    if not rows:
        raise Refused(f"{where}: expected an LSTM, a GRU or a SimpleRNN among the layers, got {_listed(others)}")
    return H5Layers(rows, version, backend, others)


class Row(NamedTuple):
    """A layer that was read, and what the report says of it beside its cells."""

    layer: Layer
    said: str
    notes: list


class H5Layers(Mapping):
    """The recurrent layers of a file, a `Layer` each, by their names; printed, a report.

    `keras_version` and `backend` are what the file says, None where it does not. `others` is {name: class} of the
    layers that are not recurrent, or that no cell here computes.
    """

    def __init__(self, rows, keras_version, backend, others):
        self.rows, self.keras_version, self.backend, self.others = rows, keras_version, backend, others

    def __getitem__(self, name):
        if name not in self.rows:
            raise KeyError(f"name: expected one of {', '.join(self.rows)}, got {name!r}")
        return self.rows[name].layer

    def get(self, name, default=None):
        """The layer of this name, or `default` where the file has none."""
        return super().get(name, default)

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def __repr__(self):
        lines = [("layer", "class", "D", "H", "activation", "gates")]
        for name, row in self.rows.items():
            cell = row.layer.forward or row.layer.backward
            sizes = str(cell.input_size), str(cell.units)
            lines.append((name, row.said, *sizes, cell.activation, getattr(cell, "recurrent_activation", "")))
        widths = [max(len(line[k]) for line in lines) for k in range(len(lines[0]))]
        text = [
            f"Keras {self.keras_version or '1 (the file does not say)'}, backend {self.backend or 'not named'}",
            *("  ".join(f"{part:<{w}}" for part, w in zip(line, widths, strict=True)).rstrip() for line in lines),
            *(f"{name}: {note}" for name, row in self.rows.items() for note in row.notes),
        ]
        if "hard_sigmoid_keras2" in "".join(map(str, lines)):
            text.append("hard_sigmoid_keras2: what that Keras called hard_sigmoid, 0.2 z + 0.5")
        return "\n".join(text + ([f"not read: {_listed(self.others)}"] if self.others else []))


# --- what the file says about its model -------------------------------------------------------------------------------


def _description(file, weights, config):
    """The model's description, a dictionary with `config`, and the argument that it came by."""
    own = file.text("model_config")
    if own is not None and config is not None:
        raise ValueError(f"config: expected None, for the file describes its model, got {type(config).__name__}")
    if own is None and config is None:
        name, kind = _looks_recurrent(weights)
        _plain(name, "layer_names", "path")
        raise ValueError(
            "config: expected what model.to_json() gave, or the recurrent layers, for the file has arrays alone: "
            f"{SAID % (kind, name)}, got None"
        )
    where = "config" if own is None else "path"
    given = config if own is None else own
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise Refused(f"{where}: expected the model's description to be JSON, got {error}") from None
    if isinstance(given, list):
        given = {"config": given}
    if not isinstance(given, dict) or "config" not in given:
        raise Refused(f"{where}: expected the model's description, with its layers in config, got another one")
    return given, where


def _looks_recurrent(weights):
    """(name, class) of the first group whose arrays have the shapes of a recurrent layer's."""
    for name in weights.texts("layer_names"):
        group = weights.folder(name)
        names = (group and group.texts("weight_names")) or []
        if len(names) in (9, 12):
            return name, "GRU" if len(names) == 9 else "LSTM"
        shape = group.array(names[1]).shape if len(names) in (2, 3) else ()
        if len(shape) == 2 and shape[0] and shape[1] // shape[0] in (1, 3, 4):
            return name, {1: "SimpleRNN", 3: "GRU", 4: "LSTM"}[shape[1] // shape[0]]
    return "lstm_1", "LSTM"


def _other_file(file):
    names = file.names()
    if "nb_layers" in names:
        return "one of Keras 0, with nb_layers"
    if "_layer_checkpoint_dependencies" in names or "layers" in names:
        return "one of Keras 3's save_weights, which a model in Keras 3 reads: model.load_weights"
    return f"one with {', '.join(sorted(map(_short, names))[:8]) or 'nothing'}"


class Era(NamedTuple):
    """What a Keras meant by its words."""

    hard_sigmoid: str
    bidirectional_zeros: bool  # under a mask, a Bidirectional that returns sequences gives zeros


def _era(version):
    """Files without a version are of Keras 1, whose `save_weights` wrote none. `Bidirectional` gives zeros at masked
    steps since it came with TensorFlow: in 2.2.4-tf, and from 2.4 on.
    """
    found = re.match(r"(\d+)(?:\.(\d+))?", version or "1")
    if found is None:
        raise Refused(f"path: expected a keras_version such as 2.3.1, got {version!r}")
    number = int(found[1]), int(found[2] or 0)
    hard_sigmoid = "hard_sigmoid" if number >= (3, 0) else "hard_sigmoid_keras2"
    return Era(hard_sigmoid, number >= (2, 4) or (version or "").endswith("-tf"))


def _entries(listed, where):
    """{name: (place, entry)} of every layer."""
    try:
        found = list(_layers(listed, where))
    except RecursionError:
        raise Refused(f"{where}: expected models in models, got them deeper than Python can follow") from None
    entries = {"/".join(place): (place, entry) for place, entry in found}
    if len(entries) < len(found):
        raise Refused(f"{where}: expected a name of its own for each layer, got {len(found) - len(entries)} twice")
    return entries


class Entry(NamedTuple):
    """A layer as it is described: its class, what the report calls it, a dictionary of settings for each direction."""

    kind: str
    said: str
    sides: list
    merge_mode: str | None = None


def _layers(listed, where, above=()):
    """(place, entry) of every layer, those of models in the model too. place: the names from the model down."""
    if isinstance(listed, dict):  # of a Sequential, Keras 1 and early 2 have the list alone
        listed = listed.get("layers")
    for one in _a(list, listed, "layers", where):
        kind, own = _class_and_config(one, where)
        name = _plain((own.get("name") if isinstance(own, dict) else None) or one.get("name"), "name", where)
        said, place = kind, (*above, name) if name else above
        if kind == "TimeDistributed":
            kind, own = _class_and_config(own.get("layer"), where)
            said = f"TimeDistributed({kind})"
        if kind in MODELS:
            yield from _layers(own, where, place)
        elif kind == "InputLayer":
            continue
        elif not name:
            raise Refused(f"{where}: expected a name of each layer, got a {kind} without")
        else:
            yield place, _entry(kind, _a(dict, own, "config", where), said, where)


def _entry(kind, own, said, where):
    if kind != "Bidirectional":
        kind, own, inner = _settings(kind, own, where)
        return Entry(kind, said if inner is None else f"{said}({inner})", [own])
    sides = [_settings(*_class_and_config(own.get("layer"), where), where)]
    other = own.get("backward_layer")  # a layer of its own, in late Keras 2
    sides.append(_settings(*_class_and_config(other, where), where) if other else sides[0])
    (kind, forward, _), (other_kind, backward, _) = sides
    if kind != other_kind:
        raise Refused(f"{where}: expected a Bidirectional of two layers of one class, got {kind} and {other_kind}")
    if forward.get("go_backwards"):
        raise Refused(f"{where}: expected the forward layer of a Bidirectional to read forwards, got go_backwards")
    merge_mode = _plain(own.get("merge_mode", "concat"), "merge_mode", where)
    return Entry(kind, f"Bidirectional({kind})", [forward, backward], merge_mode)


def _settings(kind, own, where):
    """(class, settings, the inner class of an RNN): `CuDNNLSTM` is an LSTM, `RNN(LSTMCell)` is one too."""
    _a(dict, own, "config", where)
    if kind.startswith("CuDNN"):
        return kind.removeprefix("CuDNN"), own | CUDNN, None
    if kind == "RNN":
        inner, cell = _class_and_config(own.get("cell"), where)
        if inner.removesuffix("Cell") in KINDS:
            kind, own = inner.removesuffix("Cell"), _a(dict, cell, "config", where) | own
        return kind, own, inner
    return kind, own, None


def _class_and_config(entry, where):
    _a(dict, entry, "a layer", where)
    kind = _plain(entry.get("class_name"), "class_name", where)
    if not kind or not isinstance(entry.get("config"), (dict, list)):
        raise Refused(f"{where}: expected class_name and config of each layer, got {_short(list(entry))}")
    return kind, entry["config"]


def _a(kind, value, what, where):
    if not isinstance(value, kind):
        told = {dict: "a dictionary", list: "a list"}[kind]
        raise Refused(f"{where}: expected {what} to be {told}, got {type(value).__name__}")
    return value


def _plain(value, what, where):
    """A short text that can be printed, or None."""
    if value is not None and not (isinstance(value, str) and value.isprintable() and len(value) <= 200):
        raise Refused(f"{where}: expected {what} to be a short text, got {_short(value)}")
    return value


def _short(value):
    """What is shown of something that may be anything."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}..."


def _listed(others):
    return ", ".join(f"{name} ({kind})" for name, kind in others.items()) or "none"


# --- a layer ----------------------------------------------------------------------------------------------------------


def _row(weights, place, entry, era, where):
    name = "/".join(place)
    inner = [settings.get("name") for settings in entry.sides]
    arrays = arrays_of(weights, place, [one for one in inner if isinstance(one, str)], entry.kind, len(entry.sides))
    cells = [
        _cell(entry.kind, own, settings, name, era, where) for own, settings in zip(arrays, entry.sides, strict=True)
    ]
    own, both = entry.sides[0], len(cells) == 2
    notes = [f"both directions, {f'merged by {entry.merge_mode}' if entry.merge_mode else 'apart'}"] if both else []
    notes += ["reads backwards, and gives the last step first"] if own.get("go_backwards") else []
    notes += ["is stateful: hand over the state as initial_state"] if own.get("stateful") else []
    zeros = bool(own.get("zero_output_for_mask")) or bool(
        both and era.bidirectional_zeros and own.get("return_sequences")
    )
    ways = cells if both or not own.get("go_backwards") else [None, *cells]
    return Row(directed(*ways, zero_output_for_mask=zeros), entry.said, notes)


def _cell(kind, arrays, settings, name, era, where):
    kernel, recurrent_kernel, bias = arrays
    options = {"activation": _curve(settings, ("activation",), name, era, where)}
    if kind != "SimpleRNN":
        options["recurrent_activation"] = _curve(
            settings, ("recurrent_activation", "inner_activation"), name, era, where
        )
    if kind == "GRU":
        options["reset_after"] = bool(settings.get("reset_after")) if bias is None else bias.ndim == 2
    try:
        cell = KINDS[kind](kernel, recurrent_kernel, bias, **options)
    except (TypeError, ValueError) as error:
        raise Refused(f"path: expected the arrays of {name} to be those of a {kind}, got {error}") from error
    for what, said, got in (
        ("units", settings.get("units", settings.get("output_dim")), cell.units),
        ("use_bias", settings.get("use_bias"), bias is not None),
        ("reset_after", settings.get("reset_after"), options.get("reset_after")),
    ):
        if None not in (said, got) and said != got:
            raise Refused(f"{where}: expected {what} of {name} to be {got}, as its arrays say, got {_short(said)}")
    return cell


def _curve(settings, names, name, era, where):
    """This package's name of an activation, as that Keras meant it."""
    found = next((settings[key] for key in names if key in settings), None)
    if found == "hard_sigmoid":
        return era.hard_sigmoid
    if not isinstance(found, str) or found not in ACTIVATIONS or found.startswith("hard_sigmoid"):
        known = ", ".join(sorted(ACTIVATIONS.keys() - {"hard_sigmoid_keras2"}))
        raise Refused(f"{where}: expected {names[0]} of {name} to be one of {known}, got {_short(found)}")
    return found
