"""Files in the formats of Keras 1 and 2, written by h5py as those did, and what their layers compute, in Keras 3."""

import json

import h5py
import numpy as np

D, H = 3, 4
RECURRENT = {"return_sequences": True, "go_backwards": False, "stateful": False, "unroll": False}


def write(path, layers, version="2.3.1", backend="tensorflow", listed=True, described=True, kind="Sequential"):
    """layers: (class, name, settings, {array name: array}) each, the file's own order. `listed`: a Sequential's config
    is the list of its layers, as in Keras 1 and the first 2.
    """
    entries = [{"class_name": cls, "config": {"name": name} | settings} for cls, name, settings, _ in layers]
    config = entries if listed else {"name": "sequential_1", "layers": entries}
    described = json.dumps({"class_name": kind, "config": config}) if described else None
    with h5py.File(path, "w") as file:
        weights = file
        if described:
            file.attrs["model_config"] = described.encode()
            weights = file.create_group("model_weights")
        old = version is None or version.startswith("1")
        for group in {file, weights} if not old else {file} if described else ():  # Keras 1 wrote it at the top alone
            if version:
                group.attrs["keras_version"] = version.encode()
            if not old:
                group.attrs["backend"] = backend.encode()
        weights.attrs["layer_names"] = [name.encode() for _, name, _, _ in layers]
        for _, name, _, arrays in layers:
            group = weights.create_group(name)
            group.attrs["weight_names"] = [one.encode() for one in arrays]
            for one, array in arrays.items():
                group.create_dataset(one, data=array)
    return path


def gates(letters, seed=0, D=D, H=H):
    """{letter: (W (D, H), U (H, H), b (H,))}, as large as makes a gate leave the straight part of its line."""
    rng = np.random.default_rng(seed)
    shapes = (D, H), (H, H), (H,)
    return {letter: [rng.normal(size=shape, scale=1.2).astype(np.float32) for shape in shapes] for letter in letters}


def side_by_side(blocks, letters):
    """W (D, nH), U (H, nH), b (nH,), the blocks in this order."""
    return [np.concatenate([blocks[letter][k] for letter in letters], axis=-1) for k in range(3)]


def apart(blocks, letters, layer):
    """Keras 1's arrays, one for each block."""
    return {f"{layer}_{w}_{letter}:0": blocks[letter][k] for letter in letters for k, w in enumerate("WUb")}


def in_rows(w, blocks):
    """cuDNN's kernel: `preprocess_weights_for_loading`, the way from Keras to cuDNN."""
    return np.hstack([block.T.reshape(block.shape) for block in np.hsplit(w, blocks)])


def old(settings):
    """The settings of Keras 1's layers."""
    own = {"output_dim": H, "init": "glorot_uniform", "consume_less": "cpu", "input_dim": D} | RECURRENT | settings
    return {"activation": "tanh", "inner_activation": "hard_sigmoid"} | own


def new(settings):
    """Those of Keras 2's."""
    own = {"units": H, "use_bias": True, "implementation": 1, "dropout": 0.1} | RECURRENT | settings
    return {"activation": "tanh", "recurrent_activation": "hard_sigmoid"} | own


LSTM, GRU, RNN = gates("ifco"), gates("zrh", 1), gates("h", 2)
BACK = gates("ifco", 3)
W, U, b = side_by_side(LSTM, "ifco")
Wg, Ug, bg = side_by_side(GRU, "zrh")
TWO = np.random.default_rng(4).normal(size=(2, 3 * H)).astype(np.float32)
NAMES = "kernel:0", "recurrent_kernel:0", "bias:0"


def named(layer, *arrays):
    return {f"{layer}/{name}": array for name, array in zip(NAMES, arrays, strict=False)}


def bidirectional(kind, settings, merge_mode="concat"):
    return {"merge_mode": merge_mode, "layer": {"class_name": kind, "config": {"name": "inner"} | settings}}


def layer_of(kind, *weights, **options):
    """(Keras 3's class, its weights, its options)."""
    return kind, weights, options


OLD_GATE = {"recurrent_activation": "old"}
CUDNN_LSTM = [in_rows(W, 4), np.hstack([u.T for u in np.hsplit(U, 4)]), np.concatenate([b - 1, np.ones_like(b)])]
CUDNN_GRU = [in_rows(Wg, 3), np.hstack([u.T for u in np.hsplit(Ug, 3)]), TWO.ravel()]

# name: (version, class, settings, arrays), and the layers in Keras 3 that compute the same, forward and backward
CASES = {
    "Keras 1 LSTM": (
        ("1.2.2", "LSTM", old({}), apart(LSTM, "icfo", "it")),
        [layer_of("LSTM", W, U, b, **OLD_GATE)],
    ),
    "Keras 1 LSTM, gpu": (
        ("1.2.2", "LSTM", old({"consume_less": "gpu"}), {"it_W:0": W, "it_U:0": U, "it_b:0": b}),
        [layer_of("LSTM", W, U, b, **OLD_GATE)],
    ),
    "Keras 1 LSTM, arrays without names": (
        (None, "LSTM", old({}), {f"param_{k}": w for k, w in enumerate(apart(LSTM, "icfo", "it").values())}),
        [layer_of("LSTM", W, U, b, **OLD_GATE)],
    ),
    "Keras 1 GRU": (
        ("1.1.0", "GRU", old({}), apart(GRU, "zrh", "it")),
        [layer_of("GRU", Wg, Ug, bg, reset_after=False, **OLD_GATE)],
    ),
    "Keras 1 GRU, gpu": (
        ("1.1.0", "GRU", old({"consume_less": "gpu"}), {"it_W": Wg, "it_U": Ug, "it_b": bg}),
        [layer_of("GRU", Wg, Ug, bg, reset_after=False, **OLD_GATE)],
    ),
    "Keras 1 SimpleRNN": (
        ("1.0.8", "SimpleRNN", old({"activation": "relu"}), dict(zip(("it_W", "it_U", "it_b"), RNN["h"], strict=True))),
        [layer_of("SimpleRNN", *RNN["h"], activation="relu")],
    ),
    "Keras 1 Bidirectional": (
        (
            "1.2.2",
            "Bidirectional",
            bidirectional("LSTM", old({})),
            apart(LSTM, "icfo", "forward_it") | apart(BACK, "icfo", "backward_it"),
        ),
        [layer_of("LSTM", W, U, b, **OLD_GATE), layer_of("LSTM", *side_by_side(BACK, "ifco"), **OLD_GATE)],
    ),
    "Keras 2 LSTM": (
        ("2.3.1", "LSTM", new({}), named("it", W, U, b)),
        [layer_of("LSTM", W, U, b, **OLD_GATE)],
    ),
    "Keras 2 LSTM, sigmoid, no bias": (
        ("2.2.4-tf", "LSTM", new({"recurrent_activation": "sigmoid", "use_bias": False}), named("it", W, U)),
        [layer_of("LSTM", W, U, recurrent_activation="sigmoid")],
    ),
    "Keras 2 LSTM, backwards": (
        ("2.3.1", "LSTM", new({"go_backwards": True}), named("it", W, U, b)),
        [None, layer_of("LSTM", W, U, b, **OLD_GATE)],
    ),
    "Keras 2 GRU": (
        ("2.0.0", "GRU", new({}), named("it", Wg, Ug, bg)),
        [layer_of("GRU", Wg, Ug, bg, reset_after=False, **OLD_GATE)],
    ),
    "Keras 2 GRU, reset_after": (
        ("2.15.0", "GRU", new({"reset_after": True, "recurrent_activation": "sigmoid"}), named("it", Wg, Ug, TWO)),
        [layer_of("GRU", Wg, Ug, TWO, recurrent_activation="sigmoid")],
    ),
    "Keras 2 SimpleRNN": (
        ("2.3.1", "SimpleRNN", new({"activation": "softsign"}), named("it", *RNN["h"])),
        [layer_of("SimpleRNN", *RNN["h"], activation="softsign")],
    ),
    "CuDNNLSTM": (
        ("2.2.4", "CuDNNLSTM", {"units": H, "go_backwards": False}, named("it", *CUDNN_LSTM)),
        [layer_of("LSTM", W, U, b)],
    ),
    "CuDNNGRU": (
        ("2.2.4", "CuDNNGRU", {"units": H}, named("it", *CUDNN_GRU)),
        [layer_of("GRU", Wg, Ug, TWO)],
    ),
    "an LSTM with the arrays of a CuDNNLSTM": (
        ("2.2.4", "LSTM", new({"recurrent_activation": "sigmoid"}), named("it", *CUDNN_LSTM)),
        [layer_of("LSTM", W, U, b)],
    ),
    "Bidirectional(CuDNNLSTM)": (
        (
            "2.2.4",
            "Bidirectional",
            bidirectional("CuDNNLSTM", {"units": H, "go_backwards": False, "return_sequences": True}, "sum"),
            named("it/forward_it", *CUDNN_LSTM) | named("it/backward_it", *CUDNN_LSTM),
        ),
        [layer_of("LSTM", W, U, b)] * 2,
    ),
    "RNN(LSTMCell)": (
        (
            "2.4.3",
            "RNN",
            RECURRENT | {"cell": {"class_name": "LSTMCell", "config": {"name": "cell"} | new({})}},
            named("it/cell", W, U, b),
        ),
        [layer_of("LSTM", W, U, b, **OLD_GATE)],
    ),
    "TimeDistributed(GRU)": (
        (
            "2.4.3",
            "TimeDistributed",
            {"layer": {"class_name": "GRU", "config": {"name": "inner"} | new({})}},
            named("it", Wg, Ug, bg),
        ),
        [layer_of("GRU", Wg, Ug, bg, reset_after=False, **OLD_GATE)],
    ),
    "Keras 3": (
        ("3.4.1", "LSTM", new({}), named("it", W, U, b)),
        [layer_of("LSTM", W, U, b, recurrent_activation="hard_sigmoid")],
    ),
}
