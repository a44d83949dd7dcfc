"""The bridge: the same weights, the same numbers, and a sentence for what the cells can't be faithful to."""

from functools import reduce
from importlib import import_module

import numpy as np
import pytest

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.cells.variants import NoTanhCell
from lstm_edu.keras_bridge import Report, from_keras, to_keras, verify

pytestmark = pytest.mark.keras

FLOAT32 = 2e-6  # float32, 40 steps, beside numbers of size 1: worst seen 1.1e-6
FLOAT64 = 5e-15  # float64, the same: worst seen 7.4e-16

LSTM_OPTIONS = [
    {},
    {"use_bias": False},
    {"unit_forget_bias": False},
    {"go_backwards": True},
    {"activation": "relu", "recurrent_activation": "hard_sigmoid"},
    {"activation": "softsign", "recurrent_activation": "sigmoid"},
    {"activation": "linear", "recurrent_activation": "tanh"},
    {"return_sequences": True, "return_state": True},
    {"dropout": 0.2, "recurrent_dropout": 0.2},
    {"unroll": True},
    {"bias_initializer": "glorot_uniform", "kernel_initializer": "random_normal"},
    {"zero_output_for_mask": True},
    {"zero_output_for_mask": True, "return_sequences": True, "go_backwards": True},
    {"zero_output_for_mask": True, "unroll": True, "return_state": True},
]
RNN_OPTIONS = [
    {},
    {"use_bias": False},
    {"go_backwards": True},
    {"activation": "softsign"},
    {"return_sequences": True},
    {"zero_output_for_mask": True},
    {"zero_output_for_mask": True, "return_sequences": True, "return_state": True},
]
GRU_OPTIONS = [
    {},
    {"reset_after": False},
    {"use_bias": False},
    {"use_bias": False, "reset_after": False},
    {"go_backwards": True, "reset_after": False, "bias_initializer": "glorot_uniform"},
    {"activation": "softsign", "recurrent_activation": "hard_sigmoid", "bias_initializer": "glorot_uniform"},
    {"dropout": 0.2, "recurrent_dropout": 0.2, "return_sequences": True, "return_state": True},
    {"zero_output_for_mask": True, "go_backwards": True},
    {"zero_output_for_mask": True, "return_sequences": True, "reset_after": False},
]
OPTIONS = {"LSTM": LSTM_OPTIONS, "GRU": GRU_OPTIONS, "SimpleRNN": RNN_OPTIONS}
CASES = [(kind, options) for kind, all_options in OPTIONS.items() for options in all_options]


def built(kind, options, units=5, input_size=3, seed=0):
    import keras

    keras.utils.set_random_seed(seed)
    layer = getattr(keras.layers, kind)(units, **options)
    layer.build((None, 40, input_size))
    return layer


def material(kind, batch=6, steps=40, units=5, input_size=3):
    rng = np.random.default_rng(1)
    x, mask = rng.normal(size=(batch, steps, input_size)), rng.random((batch, steps)) < 0.6
    mask[0], mask[1], mask[2, :9], mask[3, 31:] = False, True, False, False  # none, all, left and right padding
    states = tuple(rng.normal(size=(2, batch, units)))
    return x, mask, states if kind == "LSTM" else states[0]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("kind", "options"), CASES)
def test_cell_and_layer_agree(kind, options, dtype):
    layer = built(kind, options | {"dtype": dtype})
    x, mask, state = material(kind)
    # a linear candidate on an open belt grows without bound: what counts is the error beside the value
    scale = max(1.0, np.abs(from_keras(layer)(x)).max())
    for arguments in ({}, {"mask": mask}, {"initial_state": state}, {"mask": mask, "initial_state": state}):
        report = verify(layer, x, **arguments)
        assert report.worst < scale * (FLOAT32 if dtype == "float32" else FLOAT64), report


@pytest.mark.parametrize(("kind", "options"), CASES)
def test_weights_go_over_and_back_to_the_bit(kind, options):
    for dtype in ("float32", "float64"):
        cell = from_keras(built(kind, options | {"dtype": dtype}))
        again = from_keras(to_keras(cell))
        assert type(again) is type(cell) and vars(again).keys() == vars(cell).keys()
        for name, value in vars(cell).items():
            assert np.array_equal(vars(again)[name], value) or value is None is vars(again)[name]
            assert getattr(value, "dtype", None) == getattr(vars(again)[name], "dtype", None)


def test_a_wrong_weight_is_seen():
    """The tolerance can fail: one weight of 180 moved by a thousandth shows."""
    layer = built("LSTM", {})
    x, *_ = material("LSTM")
    cell = from_keras(layer)
    recurrent_kernel = cell.recurrent_kernel.copy()
    recurrent_kernel[2, 7] += 1e-3
    trace = LSTMCell(cell.kernel, recurrent_kernel, cell.bias).run(x.astype(np.float32))
    keras_h = to_keras(cell, return_sequences=True)(x.astype(np.float32)).numpy()
    assert np.abs(trace.h - keras_h).max() > 20 * FLOAT32  # seen: 7.5e-5


def test_the_report_is_a_small_table():
    text = str(verify(built("LSTM", {}), material("LSTM")[0]))
    lines = text.splitlines()
    assert lines[0] == "LSTM(5), float32" and lines[1].split()[:2] == ["tensor", "shape"]
    assert [line[:6].strip() for line in lines[2:]] == ["output", "h", "last h", "c", "last c"]


def test_a_gru_is_held_by_its_outputs_and_its_state():
    report = verify(built("GRU", {}), material("GRU")[0])
    assert report.layer == "GRU(5)" and report.shapes == {"output": (6, 5), "h": (6, 40, 5), "last h": (6, 5)}


# --- what a layer returns -------------------------------------------------------------------------------------------


def one_unit(recurrent=1.0, **options):
    """A SimpleRNN that adds up what it reads; with recurrent=0 it gives back what it reads."""
    weights = {"kernel_initializer": "ones", "recurrent_initializer": "ones" if recurrent else "zeros"}
    return built("SimpleRNN", {"activation": "linear", "use_bias": False, **weights, **options}, 1, 1)


X, MASK = [[[1.0], [2.0]]], [[True, False]]


def test_in_a_bidirectional_a_masked_step_gives_zero():
    import keras

    both = keras.layers.Bidirectional(one_unit(recurrent=0, return_sequences=True))
    y = np.asarray(both(np.array(X), mask=np.array(MASK)))
    assert y[0].tolist() == [[1, 1], [0, 0]]
    there, back = from_keras(both.forward_layer), from_keras(both.backward_layer)
    assert there.zero_output_for_mask and there(X, mask=MASK)[0, :, 0].tolist() == [1, 0]
    assert back(X, mask=MASK)[0, :, 0].tolist() == [0, 1]  # the last step first
    assert there.run(X, mask=MASK).state.tolist() == [[1]]


def test_where_one_output_is_zero_the_last_one_is_and_the_state_is_not():
    layer = one_unit(recurrent=0, zero_output_for_mask=True)
    assert np.asarray(layer(np.array(X), mask=np.array(MASK))).tolist() == [[0]]
    trace = from_keras(layer).run(X, mask=MASK)
    assert trace.last_output.tolist() == [[0]] and trace.state.tolist() == [[1]]
    report = verify(layer, X, mask=MASK)
    assert report.worst == 0 and report.shapes["output"] == (1, 1)


def test_verify_sees_a_wrong_last_output_of_a_layer_that_returns_no_other(monkeypatch):
    """The cell as it was, without zeros: its state is Keras', and so is all but what the layer returns."""
    layer = one_unit(recurrent=0, zero_output_for_mask=True)
    monkeypatch.setattr("lstm_edu.keras_bridge.RETURNS", ("go_backwards",))
    report = verify(layer, X, mask=MASK)
    assert report.errors["output"] == 1 and report.errors["last h"] == 0


def test_a_cell_reads_in_the_layers_direction():
    layer, x = one_unit(go_backwards=True, return_sequences=True), [[[1.0], [2.0], [4.0]]]
    cell = from_keras(layer)
    assert cell(x)[0, :, 0].tolist() == np.asarray(layer(np.array(x)))[0, :, 0].tolist() == [4, 6, 7]
    assert cell.run(x).in_time("h")[0, :, 0].tolist() == [7, 6, 4]
    assert cell(x, go_backwards=False)[0, :, 0].tolist() == [1, 3, 7]
    assert to_keras(cell).go_backwards and not to_keras(cell, go_backwards=False).go_backwards


@pytest.mark.parametrize("sequences", [True, False])
@pytest.mark.parametrize("kind", OPTIONS)
def test_the_two_layers_of_a_bidirectional_under_a_mask(kind, sequences):
    import keras

    keras.utils.set_random_seed(1)
    layer = getattr(keras.layers, kind)(5, return_sequences=sequences, dtype="float64")
    both = keras.layers.Bidirectional(layer, dtype="float64")
    x, mask, _ = material(kind)
    y = np.asarray(both(x, mask=mask))
    there, back = (from_keras(layer).run(x, mask=mask) for layer in (both.forward_layer, both.backward_layer))
    parts = [there.in_time("h"), back.in_time("h")] if sequences else [there.last_output, back.last_output]
    assert np.abs(np.concatenate(parts, axis=-1) - y).max() < FLOAT64
    for layer in (both.forward_layer, both.backward_layer):
        assert verify(layer, x, mask=mask).worst < FLOAT64
    if sequences:  # and it matters: seen 0.4
        plain = LSTMCell if kind == "LSTM" else GRUCell if kind == "GRU" else SimpleRNNCell
        forgetful = plain(*(w for w in both.forward_layer.get_weights()))
        assert np.abs(forgetful(x, mask=mask) - there.h).max() > 0.1


# --- activations ----------------------------------------------------------------------------------------------------


FUNCTIONS = [
    ("tanh", "keras.activations.tanh"),
    ("tanh", "keras.ops.tanh"),
    ("tanh", "tensorflow.nn.tanh"),
    ("tanh", "tensorflow.math.tanh"),
    ("sigmoid", "keras.activations.sigmoid"),
    ("sigmoid", "keras.ops.sigmoid"),
    ("sigmoid", "tensorflow.sigmoid"),
    ("relu", "keras.ops.relu"),
    ("relu", "tensorflow.nn.relu"),
    ("softsign", "keras.ops.softsign"),
    ("softsign", "tensorflow.nn.softsign"),
    ("hard_sigmoid", "keras.activations.hard_sigmoid"),
    ("hard_sigmoid", "keras.ops.hard_sigmoid"),
    ("linear", "keras.activations.linear"),
    ("linear", "tensorflow.identity"),
]


def function_of(path):
    module, *names = path.split(".")
    return reduce(getattr, names, import_module(module))


@pytest.mark.parametrize(("name", "path"), FUNCTIONS)
def test_a_function_is_taken_as_the_curve_that_it_computes(name, path):
    x, *_ = material("SimpleRNN")
    layer = built("SimpleRNN", {"activation": function_of(path), "dtype": "float64"})
    assert from_keras(layer).activation == name and verify(layer, 0.1 * x).worst < FLOAT64
    gates = built("GRU", {"recurrent_activation": function_of(path), "dtype": "float64"})
    assert from_keras(gates).recurrent_activation == name and verify(gates, 0.1 * x[:, :5]).worst < FLOAT64


UNKNOWN = ["keras.activations.gelu", "keras.ops.identity", "tensorflow.nn.relu6", "tensorflow.exp", "numpy.tanh"]


@pytest.mark.parametrize("path", UNKNOWN)
def test_another_function_is_named_with_its_place(path):
    words = r"^layer: expected activation to be one of \['hard_.*'tanh'\], by its name or as the function of .*, "
    with pytest.raises(ValueError, match=rf"{words}got the function [\w.]+\.{path.split('.')[-1]}$"):
        from_keras(built("SimpleRNN", {"activation": function_of(path)}))


# --- dtype policies -------------------------------------------------------------------------------------------------

HALF = ["float16", "mixed_float16", "mixed_bfloat16", "bfloat16", "float8_from_float32", "int8_from_float32"]


@pytest.mark.parametrize("door", [from_keras, lambda layer: verify(layer, material("LSTM")[0])], ids=["from", "verify"])
@pytest.mark.parametrize("kind", OPTIONS)
@pytest.mark.parametrize("policy", HALF)
def test_a_layer_in_half_precision_is_refused_by_name_with_a_way_on(policy, kind, door):
    layer = built(kind, {"dtype": policy, "name": "mine", "recurrent_initializer": "glorot_uniform"})
    quantized = "the weights from before it was quantized" if "_from_" in policy else "its weights"
    with pytest.raises(ValueError) as caught:
        door(layer)
    assert str(caught.value) == (
        f"layer: expected the dtype policy float32 or float64, got {policy} in 'mine': make one with "
        f'dtype="float32" and give it {quantized}, new.set_weights(old.get_weights())'
    )
    again = built(kind, {"dtype": "float32"})
    again.set_weights(layer.get_weights())
    assert verify(again, material(kind)[0]).worst < FLOAT32


def test_a_global_policy_is_heeded():
    import keras

    before = keras.config.dtype_policy()
    try:
        keras.config.set_dtype_policy("mixed_float16")
        layer = built("LSTM", {})
    finally:
        keras.config.set_dtype_policy(before)
    refused("got mixed_float16 in", ValueError, from_keras, layer)


# --- other curves, other layers -------------------------------------------------------------------------------------


def old_cell(kind=LSTMCell, units=4):
    rng = np.random.default_rng(3)
    blocks = 4 if kind is LSTMCell else 3
    kernel, recurrent_kernel = rng.normal(size=(3, blocks * units)), rng.normal(size=(units, blocks * units))
    return kind(kernel, recurrent_kernel, recurrent_activation="hard_sigmoid_keras2")


@pytest.mark.parametrize("kind", [LSTMCell, GRUCell])
def test_the_gates_of_old_keras_go_over_to_keras_3_and_back(kind):
    cell, x = old_cell(kind), material("GRU")[0]
    layer = to_keras(cell)
    assert from_keras(layer).recurrent_activation == "hard_sigmoid_keras2"
    assert verify(layer, x).worst < FLOAT64
    weights = cell.kernel, cell.recurrent_kernel
    other = kind(*weights, recurrent_activation="hard_sigmoid").run(x)
    assert np.abs(other.h - cell.run(x).h).max() > 0.05  # of -1 to 1: the two lines are not to be mixed up


# Keras' own way of reading a variable while it saves one
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
def test_a_model_with_the_gates_of_old_keras_can_be_saved(tmp_path):
    import keras

    layer = to_keras(old_cell())
    keras.Sequential([keras.Input((None, 3)), layer]).save(tmp_path / "old.keras")
    again = from_keras(keras.saving.load_model(tmp_path / "old.keras").layers[0])
    assert again.recurrent_activation == "hard_sigmoid_keras2"
    assert np.array_equal(again.kernel, old_cell().kernel)


def test_verify_draws_no_weights_of_its_own_and_leaves_the_layer_alone():
    layer = built("LSTM", {})
    before = [w.copy() for w in layer.get_weights()]
    verify(layer, material("LSTM")[0])
    assert all(np.array_equal(a, b) for a, b in zip(before, layer.get_weights(), strict=True))


def refused(words, error, function, *arguments, **options):
    with pytest.raises(error) as caught:
        function(*arguments, **options)
    assert words in str(caught.value) and "\n" not in str(caught.value)


def test_what_the_cells_cannot_be_faithful_to_is_refused_in_a_sentence():
    import keras

    x, *_ = material("LSTM")
    refused("got Dense", TypeError, from_keras, keras.layers.Dense(3))
    refused("forward_layer", TypeError, from_keras, keras.layers.Bidirectional(keras.layers.LSTM(3)))
    refused("build it first", ValueError, from_keras, keras.layers.LSTM(3))
    refused("stateful=True", ValueError, from_keras, stateful())
    refused("activations.gelu", ValueError, from_keras, built("LSTM", {"activation": "gelu"}))
    refused("<lambda>", ValueError, from_keras, built("SimpleRNN", {"activation": lambda z: z}))
    refused("keras.src.layers.", ValueError, from_keras, built("GRU", {"activation": keras.layers.ReLU()}))
    refused("dropout=0.2", ValueError, verify, built("LSTM", {"dropout": 0.2}), x, training=True)
    refused("got shape (6, 0, 3)", ValueError, verify, built("LSTM", {}), x[:, :0])
    refused("x: expected shape (B, T, D)", ValueError, verify, built("LSTM", {}), x[0])
    refused("float16", ValueError, verify, built("LSTM", {"dtype": "float16"}), x)
    refused("got str", TypeError, to_keras, "cell")
    refused("got NoTanhCell", TypeError, to_keras, NoTanhCell(np.ones((3, 8)), np.ones((2, 8))))
    refused("reset_after: expected to be taken", ValueError, to_keras, from_keras(built("GRU", {})), reset_after=True)
    refused("activation: expected to be taken from the cell", ValueError, to_keras, small_cell(), activation="relu")


def stateful():
    import keras

    layer = keras.layers.LSTM(3, stateful=True)
    layer.build((2, 5, 3))
    return layer


def small_cell():
    return SimpleRNNCell(np.ones((3, 2)), np.ones((2, 2)))


def test_a_function_that_only_borrows_a_name_is_refused():
    def tanh(z):
        return z

    refused("got the function test_keras_bridge.", ValueError, from_keras, built("LSTM", {"activation": tanh}))


@pytest.mark.keras
def test_what_looks_like_a_layer_is_refused_in_a_sentence():
    import keras

    class Negative(keras.layers.LSTM):
        def call(self, *arguments, **more):
            return -super().call(*arguments, **more)

    model = keras.Sequential([keras.Input((None, 3)), keras.layers.LSTM(2)])
    for given, words in (
        (Negative(2), "got Negative"),
        (keras.layers.LSTM, "got the class LSTM: make one"),
        (model, "got Sequential: hand over one of its layers"),
    ):
        with pytest.raises(TypeError, match=f"^layer: expected a keras LSTM, GRU or SimpleRNN layer, {words}"):
            from_keras(given)


def test_a_report_does_not_pass_over_what_is_no_number():
    report = Report("LSTM(4)", {"h": (1,), "c": (1,)}, {"h": 0.0, "c": float("nan")}, "float32")
    assert np.isnan(report.worst)


@pytest.mark.keras
def test_verify_takes_a_mask_as_a_list():
    cell = LSTMCell(*(np.full(shape, 0.1) for shape in ((3, 16), (4, 16), (16,))))
    x = np.ones((1, 2, 3))
    assert verify(to_keras(cell), x, mask=[[True, False]]).worst < FLOAT64


@pytest.mark.keras
def test_a_keras_cell_is_read_as_its_layer_is():
    x, mask, _ = material("LSTM")
    for kind in OPTIONS:
        layer = built(kind, {"go_backwards": True, "bias_initializer": "glorot_uniform"})
        whole, cell = from_keras(layer), from_keras(layer.cell)
        assert whole.go_backwards and not cell.go_backwards  # that is the layer's
        assert np.array_equal(whole.run(x, mask=mask).h, cell.run(x, mask=mask, go_backwards=True).h)
