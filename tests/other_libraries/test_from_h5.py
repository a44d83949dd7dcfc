"""`cells_from_h5`: each format beside a layer of Keras 3 with the same weights and the gates of its time; bad files."""

import base64
import json
import marshal
import os
import pickle
import sys

import h5py
import numpy as np
import pytest
from old_files import CASES, D, H, U, W, apart, b, bidirectional, gates, named, new, old, side_by_side, write

from lstm_edu.other_libraries import cells_from_h5, hdf5

FLOAT32 = 2e-6  # 9 steps, values up to 1: worst seen 4.8e-7


def case(path, name, **more):
    (version, kind, settings, arrays), _ = CASES[name]
    return write(path / "old.h5", [(kind, "it", settings, arrays)], version, **more)


def in_keras_3(kind, weights, options, go_backwards=False, zeros=False):
    import keras

    def old_hard_sigmoid(z):
        return keras.ops.clip(z / 5 + 0.5, 0, 1)

    options = {name: old_hard_sigmoid if value == "old" else value for name, value in options.items()}
    options |= {"use_bias": len(weights) == 3, "return_sequences": True, "go_backwards": go_backwards}
    layer = getattr(keras.layers, kind)(H, zero_output_for_mask=zeros, **options)
    layer.build((None, None, D))
    layer.set_weights(weights)
    return layer


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_the_cells_compute_what_the_layer_did(name, tmp_path, last_lines):
    (version, kind, settings, _), layers = CASES[name]
    read = cells_from_h5(case(tmp_path, name))
    assert list(read) == ["it"] and read.keras_version == version and read.others == {}
    x = np.random.default_rng(5).normal(size=(5, 9, D)).astype(np.float32)
    mask = np.arange(9)[None] < np.array([9, 3, 7, 1, 9])[:, None]
    zeros = kind == "Bidirectional" and version >= "2.4"
    for counts in (None, mask):
        theirs = []
        for described, backwards in zip(layers, (False, True), strict=False):
            if described is not None:
                y = np.asarray(in_keras_3(*described, backwards, zeros)(x, mask=counts))
                theirs.append(y[:, ::-1] if backwards else y)
        theirs, ours = np.concatenate(theirs, -1), read["it"](x, counts)
        scale = max(1.0, np.abs(theirs).max())  # a relu has no bound
        assert np.abs(theirs).max() > 0.1  # there is something to compare
        assert np.abs(ours - theirs).max() < FLOAT32 * scale
    last_lines.append(f"old file, {name}: {np.abs(ours - theirs).max() / scale:.1e}")


def test_the_arrays_are_taken_to_the_bit(tmp_path):
    for name in ("Keras 1 LSTM", "Keras 1 LSTM, gpu", "Keras 2 LSTM"):
        cell = cells_from_h5(case(tmp_path, name))["it"].forward
        assert (cell.kernel.tobytes(), cell.recurrent_kernel.tobytes(), cell.bias.tobytes()) == (
            W.tobytes(),
            U.tobytes(),
            b.tobytes(),
        )
        assert cell.recurrent_activation == "hard_sigmoid_keras2" and not cell.zero_output_for_mask


@pytest.mark.filterwarnings("ignore:Do not pass an `input_shape`")  # Keras 3, of what Keras 1 and 2 wrote
@pytest.mark.keras
def test_what_keras_3_makes_of_such_files(tmp_path):
    """The reason for this reader: Keras 3 refuses some of them, and reads others with another gate."""
    import keras

    x = np.random.default_rng(5).normal(size=(5, 9, D)).astype(np.float32)
    for name in ("Keras 1 LSTM", "CuDNNLSTM"):
        with pytest.raises((TypeError, ValueError)):
            keras.saving.load_model(case(tmp_path, name), compile=False)
    given = ("InputLayer", "it_input", {"batch_input_shape": [None, None, D], "dtype": "float32"}, {})
    layers = [given, ("LSTM", "it", new({"return_sequences": True}), named("it", W, U, b))]
    for gate, differs in (("sigmoid", False), ("hard_sigmoid", True)):
        layers[1][2]["recurrent_activation"] = gate
        path = write(tmp_path / "new.h5", layers, listed=False)
        theirs = np.asarray(keras.saving.load_model(path, compile=False)(x))
        difference = np.abs(cells_from_h5(path)["it"](x) - theirs).max()
        assert difference > 0.05 if differs else difference < FLOAT32


# Keras' own way of reading a variable while it saves one
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
@pytest.mark.keras
def test_a_file_that_keras_3_wrote_is_read_too(tmp_path):
    """It has the old form, and Keras 3's own names of activations."""
    import keras

    both = keras.layers.Bidirectional(keras.layers.GRU(2, return_sequences=True), name="both")
    inner = keras.Sequential(
        [keras.layers.LSTM(4, recurrent_activation="hard_sigmoid", return_sequences=True, name="in")]
    )
    model = keras.Sequential([keras.Input((None, D)), both, inner])
    rng = np.random.default_rng(8)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    model.save(tmp_path / "new.h5")
    read = cells_from_h5(tmp_path / "new.h5")
    assert read.keras_version == keras.__version__ and list(read) == ["both", f"{inner.name}/in"]
    x = rng.normal(size=(5, 9, D)).astype(np.float32)
    y = x
    for layer in read.values():
        y = layer(y)
    assert np.abs(y - np.asarray(model(x))).max() < FLOAT32


def test_a_model_of_several_layers_and_of_models(tmp_path):
    encoder = [{"class_name": "LSTM", "config": {"name": name} | new({})} for name in ("lstm_10", "lstm_1")] + [
        {"class_name": "Bidirectional", "config": {"name": "both"} | bidirectional("GRU", new({"units": 2}))},
        {"class_name": "Dense", "config": {"name": "dense_1"}},
    ]
    forward, backward = (side_by_side(gates("zrh", seed, 4, 2), "zrh") for seed in (6, 7))
    dense = {"dense_1/kernel:0": np.ones((4, 2)), "dense_1/bias:0": np.ones(2)}
    inside = (
        named("lstm_10", W + 2, U, b)
        | named("lstm_1", W, U, b)
        | named("both/forward_inner", *forward)
        | named("both/backward_inner", *backward)
    )
    other = {f"{name[:-2]}_1:0": array for name, array in named("lstm_1", W + 1, U, b).items()}  # twice the name
    path = write(
        tmp_path / "deep.h5",
        [
            ("InputLayer", "input_1", {}, {}),
            ("LSTM", "lstm_1", new({}), other),
            ("Sequential", "encoder", {"layers": encoder}, inside | dense),
            ("Lambda", "lambda_1", {"function": "x"}, {}),
        ],
        listed=False,
        kind="Functional",
    )
    read = cells_from_h5(path)
    assert list(read) == ["lstm_1", "encoder/lstm_10", "encoder/lstm_1", "encoder/both"]
    assert read.others == {"encoder/dense_1": "Dense", "lambda_1": "Lambda"}
    assert np.array_equal(read["encoder/lstm_1"].forward.kernel, W)
    assert np.array_equal(read["lstm_1"].forward.kernel, W + 1)
    both = read["encoder/both"]
    assert np.array_equal(both.backward.kernel, backward[0]) and both.backward.go_backwards
    assert np.array_equal(both.forward.bias, forward[2]) and not both.forward.go_backwards
    with pytest.raises(
        KeyError, match="name: expected one of lstm_1, encoder/lstm_10, encoder/lstm_1, encoder/both, got 'lstm'"
    ):
        read["lstm"]


def test_the_report_names_version_and_activations(tmp_path):
    text = str(cells_from_h5(case(tmp_path, "Bidirectional(CuDNNLSTM)")))
    assert text.splitlines()[0] == "Keras 2.2.4, backend tensorflow"
    assert (
        "it     Bidirectional(LSTM)  3  4  tanh        sigmoid" in text and "it: both directions, merged by sum" in text
    )
    assert "hard_sigmoid" not in text
    text = str(cells_from_h5(case(tmp_path, "Keras 1 LSTM, arrays without names")))
    assert text.splitlines()[0] == "Keras 1 (the file does not say), backend not named"
    assert "hard_sigmoid_keras2: what that Keras called hard_sigmoid" in text
    path = write(
        tmp_path / "one.h5", [("LSTM", "it", new({"stateful": True, "go_backwards": True}), named("it", W, U, b))]
    )
    text = str(cells_from_h5(path))
    assert "it: reads backwards" in text and "it: is stateful" in text
    assert max(map(len, text.splitlines())) <= 76


def test_zeros_under_a_mask_by_version(tmp_path):
    """`Bidirectional` of TensorFlow's Keras, and none before it."""
    for version, zeros in (("2.2.4", False), ("2.3.1", False), ("2.2.4-tf", True), ("2.4.0", True), ("2.15.0", True)):
        layer = ("Bidirectional", "it", bidirectional("LSTM", new({})), named("a", W, U, b) | named("b", W, U, b))
        both = cells_from_h5(write(tmp_path / "both.h5", [layer], version))["it"]
        assert both.forward.zero_output_for_mask is both.backward.zero_output_for_mask is zeros


def test_a_file_of_weights_alone_is_read_with_the_description(tmp_path):
    (_, kind, settings, arrays), _ = CASES["Keras 1 LSTM"]
    path = case(tmp_path, "Keras 1 LSTM", described=False)
    by_hand = [
        {"class_name": "LSTM", "config": {"name": "it", "activation": "tanh", "recurrent_activation": "sigmoid"}}
    ]
    read = cells_from_h5(path, by_hand)
    assert read["it"].forward.recurrent_activation == "sigmoid" and np.array_equal(read["it"].forward.kernel, W)
    model = {"class_name": kind, "config": {"name": "it"} | settings}
    told = json.dumps({"class_name": "Sequential", "keras_version": "1.2.2", "config": [model]})  # model.to_json()
    read = cells_from_h5(path, told)
    assert read.keras_version == "1.2.2" and read["it"].forward.recurrent_activation == "hard_sigmoid_keras2"
    with pytest.raises(ValueError, match=r'^config: expected what model.to_json.* "LSTM", "config": {"name": "it", '):
        cells_from_h5(path)
    for name, kind in (("Keras 1 GRU", "GRU"), ("Keras 2 GRU", "GRU"), ("Keras 2 SimpleRNN", "SimpleRNN")):
        with pytest.raises(ValueError, match=f'"{kind}", "config": {{"name": "it"'):
            cells_from_h5(case(tmp_path, name, described=False))


def test_long_lists_of_names_stand_in_pieces(tmp_path):
    path = case(tmp_path, "Keras 1 LSTM")
    with h5py.File(path, "r+") as file:
        group = file["model_weights/it"]
        names = group.attrs["weight_names"]
        del group.attrs["weight_names"]
        group.attrs["weight_names0"], group.attrs["weight_names1"] = names[:5], names[5:]
    assert np.array_equal(cells_from_h5(path)["it"].forward.kernel, W)


# --- a file that is not to be trusted ---------------------------------------------------------------------------------


class Trap:
    def __reduce__(self):
        return os.mkdir, ("trapped",)


def test_nothing_in_a_file_is_executed_or_unpickled(tmp_path, monkeypatch):
    def caught(*arguments, **options):
        raise AssertionError("something of the file was run")

    code = compile("import os; os.mkdir('trapped')", "trap", "exec")
    function = [base64.b64encode(marshal.dumps(code)).decode(), None, None]
    trap = {"function": function, "function_type": "lambda", "module": "os", "arguments": {}, "py/reduce": "os.mkdir"}
    layers = [
        ("Lambda", "lambda_1", trap, {}),
        ("__import__('os').mkdir('trapped')", "other", trap, {}),
        ("LSTM", "it", new({"kernel_initializer": trap}), named("it", W, U, b)),
    ]
    path = write(tmp_path / "trap.h5", layers)
    with h5py.File(path, "r+") as file:
        file.attrs["training_config"] = file.attrs["note"] = np.void(pickle.dumps(Trap()))
    monkeypatch.chdir(tmp_path)
    for module, name in ((marshal, "loads"), (pickle, "loads"), (pickle, "load"), (pickle, "Unpickler")):
        monkeypatch.setattr(module, name, caught)
    assert list(cells_from_h5(path)) == ["it"] and not (tmp_path / "trapped").exists()


def bad(change):
    """A good file, changed by h5py."""

    def build(folder):
        path = case(folder, "Keras 2 LSTM")
        with h5py.File(path, "r+") as file:
            change(file, file["model_weights/it"], folder)
        return path

    return build


def described(**settings):
    return lambda folder: write(folder / "old.h5", [("LSTM", "it", new(settings), named("it", W, U, b))])


def with_config(text):
    return bad(lambda file, group, folder: file.attrs.__setitem__("model_config", text))


def with_arrays(kind, settings, arrays, version="2.3.1"):
    return lambda folder: write(folder / "old.h5", [(kind, "it", settings, arrays)], version)


def replaced(make):
    """The kernel is replaced by what `make(group, folder)` puts there."""

    def change(file, group, folder):
        inner = group["it"]
        kernel = inner["kernel:0"][()]
        del inner["kernel:0"]
        with h5py.File(folder / "other.h5", "w") as other:
            other["kernel"] = kernel
        kernel.tofile(folder / "other.bin")
        make(inner, folder)

    return bad(change)


def virtual(inner, folder):
    layout = h5py.VirtualLayout((D, 4 * H), "float32")
    layout[:] = h5py.VirtualSource(folder / "other.h5", "kernel", (D, 4 * H))
    inner.create_virtual_dataset("kernel:0", layout)


def outside(inner, folder):
    inner.create_dataset("kernel:0", (D, 4 * H), "float32", external=[(str(folder / "other.bin"), 0, 4 * D * 4 * H)])


def packed(inner, folder):
    plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plan.set_chunk((D, 4 * H))
    plan.set_filter(32004, h5py.h5z.FLAG_OPTIONAL, ())  # a filter that is loaded from a library
    space = h5py.h5s.create_simple((D, 4 * H))
    h5py.h5d.create(inner.id, b"kernel:0", h5py.h5t.IEEE_F32LE, space, plan)


def cut(folder):
    path = case(folder, "Keras 2 LSTM")
    path.write_bytes(path.read_bytes()[:3000])
    return path


def text_file(content):
    def build(folder):
        (folder / "old.h5").write_bytes(content)
        return folder / "old.h5"

    return build


def layers_alone(name, folder):
    path = folder / "old.h5"
    with h5py.File(path, "w") as file:
        file.create_group("layers")
        file.attrs[name] = 1
    return path


TWO_KINDS = bidirectional("LSTM", new({})) | {"backward_layer": {"class_name": "GRU", "config": new({})}}
K1 = apart(gates("ifco"), "icfo", "it")
REFUSED = {
    # files
    "none": (lambda folder: folder / "none.h5", FileNotFoundError, "path: expected an .h5 file, found none at "),
    "no path": (lambda folder: 7, TypeError, "path: expected the name of a file, got int"),
    "a folder": (lambda folder: folder, ValueError, "path: expected an HDF5 file, got .*, a folder"),
    "empty": (text_file(b""), ValueError, "path: expected an HDF5 file, got .*, which is empty"),
    "a text": (text_file(b"epoch 1"), ValueError, "path: expected an HDF5 file, got .*, which does not begin as one"),
    "a .keras file": (text_file(b"PK\x03\x04"), ValueError, "path: expected .* keras.saving.load_model reads it"),
    "cut off": (cut, ValueError, "path: expected a whole HDF5 file, got one that HDF5 cannot read: .*[Tt]runcated"),
    "Keras 0": (
        lambda folder: layers_alone("nb_layers", folder),
        ValueError,
        "path: expected a file of Keras 1 or 2, with layer_names, got one of Keras 0, with nb_layers",
    ),
    "Keras 3's weights": (
        lambda folder: layers_alone("x", folder),
        ValueError,
        "path: expected a file of Keras 1 or 2, with layer_names, got one of Keras 3's save_weights",
    ),
    "another HDF5": (
        bad(lambda file, group, folder: file.pop("model_weights")),
        ValueError,
        "path: expected a file of Keras 1 or 2, with layer_names, got one with 'backend', ",
    ),
    # other files behind it
    "external link": (
        replaced(lambda inner, folder: inner.__setitem__("kernel:0", h5py.ExternalLink("other.h5", "kernel"))),
        ValueError,
        "path: expected all of the model in one file, got a link in place of 'it/kernel:0'",
    ),
    "external link to a group": (
        bad(lambda file, group, folder: file.move("model_weights", "w") or linked(file, folder)),
        ValueError,
        "path: expected all of the model in one file, got a link in place of 'model_weights'",
    ),
    "soft link": (
        replaced(lambda inner, folder: inner.__setitem__("kernel:0", h5py.SoftLink("recurrent_kernel:0"))),
        ValueError,
        "path: expected all of the model in one file, got a link in place of 'it/kernel:0'",
    ),
    "virtual": (replaced(virtual), ValueError, "path: expected all .* got 'it/kernel:0', whose numbers are in another"),
    "external": (
        replaced(outside),
        ValueError,
        "path: expected all .* got 'it/kernel:0', whose numbers are in another",
    ),
    "foreign filter": (
        replaced(packed),
        ValueError,
        "path: expected 'it/kernel:0' to be packed by HDF5 .* filter 32004",
    ),
    # too much
    "an array that is nowhere": (
        replaced(lambda inner, folder: inner.create_dataset("kernel:0", (2**30, 2**20), "f8", chunks=(1024, 1024))),
        ValueError,
        r"memory: expected at least 8.39e\+06 gigabytes more, for 'it/kernel:0' of shape .*, got 1 left",
    ),
    "a description without an end": (
        with_config("[" * 10**6),
        ValueError,
        "path: expected the model's .* to be JSON, got",
    ),
    # the description
    "no JSON": (
        with_config("lstm"),
        ValueError,
        "path: expected the model's description to be JSON, got Expecting value",
    ),
    "Python": (with_config("__import__('os')"), ValueError, "path: expected the model's description to be JSON, got"),
    "a number": (with_config("7"), ValueError, "path: expected the model's description, with its layers in config"),
    "a number in an attribute": (with_config(7), ValueError, "path: expected model_config to be a text, got int64"),
    "layers no list": (
        with_config('{"config": {"layers": 3}}'),
        ValueError,
        "path: expected layers to be a list, got int",
    ),
    "a layer that is none": (
        with_config('{"config": [3]}'),
        ValueError,
        "path: expected a layer to be a dictionary, got int",
    ),
    "a layer without class": (
        with_config('{"config": [{"config": {}}]}'),
        ValueError,
        "path: expected class_name and config of each layer, got \\['config'\\]",
    ),
    "a layer without name": (
        with_config('{"config": [{"class_name": "LSTM", "config": {}}]}'),
        ValueError,
        "path: expected a name of each layer, got a LSTM without",
    ),
    "a name that moves the cursor": (
        with_config('{"config": [{"class_name": "LSTM", "config": {"name": "\\u001b[2J"}}]}'),
        ValueError,
        "path: expected name to be a short text, got ",
    ),
    "a name without an end": (
        with_config(json.dumps({"config": [{"class_name": "LSTM" * 1000, "config": {"name": "it"}}]})),
        ValueError,
        "path: expected class_name to be a short text, got 'LSTMLSTM",
    ),
    "a name twice": (
        with_config(json.dumps({"config": [{"class_name": "LSTM", "config": {"name": "it"}}] * 2})),
        ValueError,
        "path: expected a name of its own for each layer, got 1 twice",
    ),
    "two kinds in a Bidirectional": (
        with_arrays("Bidirectional", TWO_KINDS, named("a", W, U, b) | named("b", W, U, b)),
        ValueError,
        "path: expected a Bidirectional of two layers of one class, got LSTM and GRU",
    ),
    "nothing recurrent": (
        with_config('{"config": [{"class_name": "ConvLSTM2D", "config": {"name": "it"}}]}'),
        ValueError,
        r"path: expected an LSTM, a GRU or a SimpleRNN among the layers, got it \(ConvLSTM2D\)",
    ),
    "another layer's name": (
        with_config('{"config": [{"class_name": "LSTM", "config": {"name": "lstm_2", "activation": "tanh"}}]}'),
        ValueError,
        "path: expected arrays of lstm_2, got none",
    ),
    "version": (
        bad(lambda file, group, folder: file.attrs.__setitem__("keras_version", "new")),
        ValueError,
        "path: expected a keras_version such as 2.3.1, got 'new'",
    ),
    # settings
    "activation": (
        described(recurrent_activation="elu"),
        ValueError,
        "path: expected recurrent_activation of it to be one of hard_sigmoid, linear, .* got 'elu'",
    ),
    "a function of one's own": (
        described(activation="<lambda>"),
        ValueError,
        "path: expected activation .* got '<lambda>'",
    ),
    "a layer for an activation": (
        described(activation={"class_name": "LeakyReLU", "config": {}}),
        ValueError,
        "path: expected activation of it to be one of .* got {'class_name': 'LeakyReLU'",
    ),
    "this package's own name": (
        described(recurrent_activation="hard_sigmoid_keras2"),
        ValueError,
        "path: expected recurrent_activation of it to be one of .* got 'hard_sigmoid_keras2'",
    ),
    "units": (described(units=5), ValueError, "path: expected units of it to be 4, as its arrays say, got 5"),
    "bias": (
        described(use_bias=False),
        ValueError,
        "path: expected use_bias of it to be True, as its arrays say, got False",
    ),
    "form": (
        with_arrays("GRU", new({"reset_after": True}), named("it", *side_by_side(gates("zrh"), "zrh"))),
        ValueError,
        "path: expected reset_after of it to be False, as its arrays say, got True",
    ),
    "a forward layer that is none": (
        with_arrays("Bidirectional", bidirectional("LSTM", new({"go_backwards": True})), named("a", W, U, b)),
        ValueError,
        "path: expected the forward layer of a Bidirectional to read forwards, got go_backwards",
    ),
    "a Bidirectional of nothing": (
        with_arrays("Bidirectional", {"layer": None}, named("a", W, U, b)),
        ValueError,
        "path: expected a layer to be a dictionary, got NoneType",
    ),
    # arrays
    "kernel transposed": (
        with_arrays("LSTM", new({}), named("it", W.T, U, b)),
        ValueError,
        r"path: expected the arrays of it to be those of a LSTM, got kernel: expected shape \(D, 4H\)",
    ),
    "no matrix": (
        with_arrays("LSTM", new({}), named("it", W, np.float32(1), b)),
        ValueError,
        r"path: expected the arrays of it to be those of a LSTM, got recurrent_kernel: expected shape .* got \(\)",
    ),
    "Keras 1 shape": (
        with_arrays("LSTM", old({}), K1 | {"it_U_f:0": np.ones((3, 4))}, "1.2.2"),
        ValueError,
        r"path: expected the arrays of it to be those of a LSTM, got weights\['U_f'\]: expected shape \(H, H\) = ",
    ),
    "Keras 1 shape of a GRU": (
        with_arrays("GRU", old({}), apart(gates("zrh"), "zrh", "it") | {"it_b_h:0": np.ones((3,))}, "1.2.2"),
        ValueError,
        r"path: expected the arrays of it to be those of a GRU, got b_h: expected shape \(H,\) = \(4,\), got \(3,\)",
    ),
    "Keras 1 order": (
        with_arrays("LSTM", old({}), apart(gates("ifco"), "ifco", "it"), "1.2.2"),
        ValueError,
        "path: expected the arrays of it in the order W_i, U_i, b_i, W_c, .* got W_i, U_i, b_i, W_f",
    ),
    "too many": (
        with_arrays("LSTM", new({}), named("it", W, U, b) | {"it/more:0": b}),
        ValueError,
        "path: expected the arrays of it to be those of a LSTM, got 4 of them",
    ),
    "an odd number in two directions": (
        with_arrays("Bidirectional", bidirectional("LSTM", new({})), named("a", W, U, b)),
        ValueError,
        "path: expected as many arrays of it in each direction, got 3 together",
    ),
    "not a number": (
        with_arrays("LSTM", new({}), named("it", W * np.float32("nan"), U, b)),
        ValueError,
        "path: expected the arrays of it to be those of a LSTM, got kernel: expected finite numbers",
    ),
    "texts": (
        replaced(lambda inner, folder: inner.create_dataset("kernel:0", data=["import os"] * 3)),
        ValueError,
        "path: expected real numbers in 'it/kernel:0', got dtype object",
    ),
    "a group for an array": (
        replaced(lambda inner, folder: inner.create_group("kernel:0")),
        ValueError,
        "path: expected an array 'it/kernel:0', as the file says it has, got none",
    ),
    "an array that is missing": (
        replaced(lambda inner, folder: None),
        ValueError,
        "path: expected an array 'it/kernel:0', as the file says it has, got none",
    ),
    "a name that leaves the group": (
        bad(lambda file, group, folder: group.attrs.__setitem__("weight_names", [b"../../it", b"/it", b"."])),
        ValueError,
        "path: expected an array '../../it', as the file says it has, got none",
    ),
    "names that are numbers": (
        bad(lambda file, group, folder: group.attrs.__setitem__("weight_names", [1, 2, 3])),
        ValueError,
        "path: expected weight_names to be a text, got int",
    ),
}


def linked(file, folder):
    file["model_weights"] = h5py.ExternalLink("other.h5", "/")


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(name, tmp_path):
    build, error, words = REFUSED[name]
    with pytest.raises(error, match=f"^{words}") as caught:
        cells_from_h5(build(tmp_path))
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 600


def test_arguments_are_refused_in_a_sentence(tmp_path):
    whole, alone = case(tmp_path, "Keras 2 LSTM"), tmp_path / "alone.h5"
    alone.write_bytes(case(tmp_path, "Keras 2 LSTM", described=False).read_bytes())
    whole = case(tmp_path, "Keras 2 LSTM")
    entry = {"class_name": "LSTM", "config": {"name": "it"}}
    deep = [entry]
    for _ in range(5000):
        deep = [{"class_name": "Sequential", "config": deep}]
    for path, options, error, words in (
        (whole, {"config": "{}"}, ValueError, "config: expected None, for the file describes its model, got str"),
        (alone, {"config": "lstm"}, ValueError, "config: expected the model's description to be JSON, got Expecting"),
        (alone, {"config": 3}, ValueError, "config: expected the model's description, with its layers in config"),
        (alone, {"config": [entry]}, ValueError, "config: expected activation of it to be one of .* got None"),
        (
            alone,
            {"config": []},
            ValueError,
            "config: expected an LSTM, a GRU or a SimpleRNN among the layers, got none",
        ),
        (whole, {"memory": -1}, ValueError, "memory: expected a number from 0 to "),
        (whole, {"memory": "much"}, TypeError, "memory: expected"),
        (whole, {"memory": 1e-7}, ValueError, "memory: expected at least .* gigabytes more, for 'it/kernel:0'"),
        (whole, {"memory": W.nbytes / 2**30}, ValueError, "memory: .* more, for 'it/recurrent_kernel:0' .* got 0 left"),
    ):
        with pytest.raises(error, match=f"^{words}"):
            cells_from_h5(path, **options)


def test_a_text_that_is_too_long_is_not_read(tmp_path, monkeypatch):
    path = case(tmp_path, "Keras 1 LSTM")  # its twelve names have eight bytes each
    monkeypatch.setattr(hdf5, "TEXT", 95)
    with pytest.raises(ValueError, match="^path: expected weight_names to have at most 95 bytes, got 96$"):
        cells_from_h5(path)


def test_without_h5py_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(ImportError, match=r"^path: expected h5py beside this package: pip install 'lstm_edu\[h5\]'$"):
        cells_from_h5(tmp_path / "old.h5")


def test_a_damaged_file_gives_its_layers_or_a_sentence(tmp_path):
    """Cut off anywhere, or a byte of it changed: no other error gets through."""
    whole = case(tmp_path, "Keras 1 LSTM").read_bytes()
    rng, path, refused = np.random.default_rng(0), tmp_path / "damaged.h5", 0
    damaged = [whole[:size] for size in rng.integers(0, len(whole), 60)]
    for place, value in zip(rng.integers(0, len(whole), 400), rng.integers(0, 256, 400), strict=True):
        damaged.append(whole[:place] + bytes([value]) + whole[place + 1 :])
    for content in damaged:
        path.write_bytes(content)
        try:
            cells_from_h5(path)
        except ValueError as error:
            refused += 1
            assert str(error).startswith(("path: ", "config: ", "memory: ")), error
    assert refused > 60
