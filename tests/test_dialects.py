"""The dialects of LSTM weights: every bit kept, and each read as its library computes.

Oracles: TensorFlow's own code for TensorFlow 1's cell; the vectors that CS231n published; for Keras 0.3 its equations.
PyTorch and ONNX Runtime hold their dialects in `test_oracle_torch.py` and `test_oracle_onnx.py`.
"""

import re
import warnings
from itertools import permutations

import numpy as np
import pytest
from cases import KINDS, close, same
from hypothesis import given, settings
from hypothesis import strategies as st
from proofs import CS231N

from lstm_edu import LSTMCell, dialects
from lstm_edu.dialects import DIALECTS, convert, reordered

D, H, B = 3, 4, 5
STEP32 = 2e-6  # float32, one step: worst seen 1.8e-7
STEP64 = 1e-14  # float64, one step: worst seen 5.3e-16


def drawn(seed=0, dtype=np.float32, input_size=D, units=H, bias=True):
    """Weights in Keras' layout."""
    weights = KINDS["LSTM"].weights(np.random.default_rng(seed), input_size, units, bias)
    return {name: value.astype(dtype) for name, value in weights.items()}


def inputs(seed=1, dtype=np.float32):
    """x (B, D), h (B, H), c (B, H)."""
    rng = np.random.default_rng(seed)
    return tuple(rng.normal(size=(B, n)).astype(dtype) for n in (D, H, H))


def bits(weights):
    return {name: (array.dtype, array.shape, array.tobytes()) for name, array in weights.items()}


# --- round trips ----------------------------------------------------------------------------------------------------


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(
    name=st.sampled_from(sorted(DIALECTS)),
    dtype=st.sampled_from([np.float32, np.float64]),
    sizes=st.tuples(st.integers(1, 6), st.integers(1, 5)),
    bias=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
)
def test_there_and_back_keeps_every_bit(name, dtype, sizes, bias, seed):
    weights = drawn(seed, dtype, *sizes, bias)
    for array in weights.values():  # the numbers that arithmetic would touch
        array.flat[0], array.flat[-1] = -0.0, np.finfo(dtype).smallest_subnormal
    there = convert(weights, "keras", name)
    back = convert(there, name, "keras", input_size=sizes[0])
    if not bias and "bias" in back:  # this library has no cell without one
        assert name in ("cs231n", "tf1", "keras03", "cudnn") and not back.pop("bias").any()
    assert bits(back) == bits(weights)
    assert {array.dtype for array in there.values()} == {np.dtype(dtype)}


@pytest.mark.parametrize("name", DIALECTS)
def test_the_arrays_have_the_names_and_shapes_that_the_table_gives(name):
    there = convert(drawn(), "keras", name)
    assert list(there) == list(DIALECTS[name].shapes)
    for array, shape in zip(there.values(), DIALECTS[name].shapes.values(), strict=True):
        formula = re.sub(r"(\d)H", r"\1*H", shape)
        assert array.shape == eval(formula, {"D": D, "H": H})  # the shape as a formula in D and H
    (row,) = re.findall(rf"^    {name} +(.+?)   +(\w \w \w \w)", dialects.__doc__, re.M)
    assert row[1].replace(" ", "") == DIALECTS[name].order
    assert dict(re.findall(r"(\w+) (\(.+?\))", row[0])).items() <= DIALECTS[name].shapes.items()


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("source", DIALECTS)
def test_the_way_between_two_dialects_is_the_way_over_keras(source, bias):
    weights = convert(drawn(bias=bias), "keras", source)
    over = convert(weights, source, "keras", D)
    for target in DIALECTS:
        assert bits(convert(weights, source, target, D)) == bits(convert(over, "keras", target))


@pytest.mark.parametrize("source", DIALECTS)
@pytest.mark.parametrize("target", DIALECTS)
def test_what_comes_out_is_new_and_what_went_in_is_as_it_was(source, target):
    weights = convert(drawn(), "keras", source)
    for array in weights.values():
        array.flags.writeable = False
    for array in convert(weights, source, target, D).values():
        assert array.flags.writeable and array.flags.c_contiguous
        assert not any(np.shares_memory(array, old) for old in weights.values())


def test_strided_arrays_and_lists_are_read_as_what_they_say():
    weights = drawn(dtype=np.float64)
    expected = bits(convert(weights, "keras", "onnx"))
    for form in (np.asfortranarray, np.ndarray.tolist):
        assert bits(convert({name: form(array) for name, array in weights.items()}, "keras", "onnx")) == expected


def test_one_array_in_float64_makes_all_of_them_float64_but_the_number_beside_them_does_not():
    weights = drawn()
    wide = convert(weights | {"bias": weights["bias"].astype(np.float64)}, "keras", "keras03")
    assert {array.dtype for array in wide.values()} == {np.dtype(np.float64)}
    tf1 = convert(weights, "keras", "tf1") | {"forget_bias": 1.0}
    assert convert(tf1, "tf1", "keras", D)["bias"].dtype == np.float32


# --- two biases, and one at run time --------------------------------------------------------------------------------


def test_two_biases_are_added_up():
    weights = convert(drawn(), "keras", "pytorch")
    second = np.random.default_rng(2).normal(size=4 * H).astype(np.float32)
    total = convert(weights | {"bias_hh_l0": second}, "pytorch", "keras")["bias"]
    same(total, weights["bias_ih_l0"] + second)
    onnx = convert(drawn(), "keras", "onnx")
    onnx["B"][0, 4 * H :] = reordered(second, "ifgo", "iofg")
    same(convert(onnx, "onnx", "keras")["bias"], total)


def test_the_forget_bias_of_run_time_is_in_the_forget_block_and_nowhere_else():
    weights = convert(drawn(), "keras", "tf1") | {"forget_bias": 1.0}
    got, without = convert(weights, "tf1", "keras", D)["bias"], drawn()["bias"]
    without[H : 2 * H] += 1
    same(got, without)


# --- the libraries --------------------------------------------------------------------------------------------------


def agrees(weights, name, their_step, tolerance, **activations):
    """Their step (x, h, c) -> (h, c) with weights in their layout is our cell's with the weights converted."""
    x, h, c = inputs(dtype=next(iter(weights.values())).dtype)
    cell = LSTMCell(**convert(weights, name, "keras", D), **activations)
    for ours, theirs in zip(cell.step(x, (h, c)), their_step(x, h, c), strict=True):
        close(ours, np.asarray(theirs), tolerance)


def tf1_weights(seed, dtype):
    return convert(drawn(seed, dtype), "keras", "tf1") | {"forget_bias": dtype(1.5)}


@pytest.mark.keras
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float32, STEP32), (np.float64, STEP64)])
def test_tensorflow_1s_basic_lstm_cell(dtype, tolerance):
    """The class itself is kept inside TensorFlow 2, for Keras 2's sake; public it is no longer."""
    legacy = pytest.importorskip("tensorflow.python.keras.layers.legacy_rnn.rnn_cell_impl")
    for seed in range(20):
        weights = tf1_weights(seed, dtype)

        def their_step(x, h, c, weights=weights):
            with warnings.catch_warnings(action="ignore"):  # that it is deprecated
                cell = legacy.BasicLSTMCell(H, forget_bias=float(weights["forget_bias"]), dtype=dtype)
                cell.build((None, D))
            cell.set_weights([weights["kernel"], weights["bias"]])
            _, (c, h) = cell(x, (c, h))
            return h, c

        agrees(weights, "tf1", their_step, tolerance)


def block_cell(x, h, c, weights):
    """TensorFlow's fused operation on TensorFlow 1's arrays: one step to (h, c), float32."""
    import tensorflow as tf

    no_peephole = np.zeros(H, np.float32)
    step = tf.raw_ops.LSTMBlockCell(
        x=x,
        cs_prev=c,
        h_prev=h,
        w=weights["kernel"],
        b=weights["bias"],
        forget_bias=float(weights["forget_bias"]),
        cell_clip=-1,  # none
        **dict.fromkeys(("wci", "wcf", "wco"), no_peephole),
    )
    return step.h, step.cs


@pytest.mark.keras
def test_tensorflows_block_cell():
    for seed in range(20):
        weights = tf1_weights(seed, np.float32)
        agrees(weights, "tf1", lambda x, h, c, w=weights: block_cell(x, h, c, w), STEP32)


@pytest.mark.keras
def test_the_block_cells_description_gives_an_order_that_it_does_not_compute():
    """It says [i, f, ci, o], ci the candidate. Of all orders only i, g, f, o computes what the operation computes."""
    import tensorflow as tf

    assert "[i, f, ci, o] = xh * w + b" in tf.raw_ops.LSTMBlockCell.__doc__
    weights, (x, h, c) = tf1_weights(0, np.float32), inputs()
    theirs, _ = block_cell(x, h, c, weights)
    right = []
    for order in map("".join, permutations("ifgo")):
        kernel, bias = (reordered(weights[name], order, "ifgo") for name in ("kernel", "bias"))
        bias[H : 2 * H] += weights["forget_bias"]
        ours, _ = LSTMCell(kernel[:D], kernel[D:], bias).step(x, (h, c))
        if np.abs(ours - theirs).max() < STEP32:
            right.append(order)
    assert right == ["igfo"]


def cs231n_case():
    """CS231n's check of lstm_step_forward: its weights by its names, x, h, c."""
    line = np.linspace
    weights = {
        "Wx": line(-2.1, 1.3, 80).reshape(4, 20),
        "Wh": line(-0.7, 2.2, 100).reshape(5, 20),
        "b": line(0.3, 0.7, 20),
    }
    return weights, *(line(*ends).reshape(3, -1) for ends in ((-0.4, 1.2, 12), (-0.3, 0.7, 15), (-0.4, 0.9, 15)))


def test_cs231n_by_its_published_numbers():
    weights, x, h, c = cs231n_case()
    next_h, next_c = LSTMCell(**convert(weights, "cs231n", "keras")).step(x, (h, c))
    close(next_h[0], [0.24635157, 0.28610883, 0.32240467, 0.35525807, 0.38474904], CS231N)
    close(next_c[0], [0.32986176, 0.39145139, 0.451556, 0.51014116, 0.56717407], CS231N)


def test_cs231n_read_as_keras_raises_nothing_and_differs():
    weights, x, h, c = cs231n_case()
    wrong, _ = LSTMCell(weights["Wx"], weights["Wh"], weights["b"]).step(x, (h, c))
    close(wrong[0, :2], [0.26687551, 0.30458972], CS231N)


def keras03_step(w, x, h, c):
    """One step of Keras 0.3.3's LSTM at its defaults, gate by gate (keras/layers/recurrent.py, class LSTM, `step`;
    hard_sigmoid as its backends had it)."""

    def hard(z):
        return np.minimum(1, np.maximum(0, z / 5 + 0.5))

    z = {part: x @ w[f"W_{part}"] + w[f"b_{part}"] + h @ w[f"U_{part}"] for part in "ifco"}
    c = hard(z["f"]) * c + hard(z["i"]) * np.tanh(z["c"])
    return hard(z["o"]) * np.tanh(c), c


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float32, STEP32), (np.float64, STEP64)])
def test_keras_03_by_its_equations(dtype, tolerance):
    rng = np.random.default_rng(3)
    shapes = {"W": (D, H), "U": (H, H), "b": (H,)}
    for _ in range(20):
        weights = {f"{k}_{part}": rng.normal(size=s).astype(dtype) for part in "icfo" for k, s in shapes.items()}
        agrees(
            weights,
            "keras03",
            lambda x, h, c, w=weights: keras03_step(w, x, h, c),
            tolerance,
            recurrent_activation="hard_sigmoid_keras2",
        )


@pytest.mark.keras
def test_the_layer_for_cudnn_by_the_converter_of_keras_2():
    """Kept inside TensorFlow 2 as well: what it makes of the weights of a saved CuDNNLSTM for an LSTM, and back."""
    hdf5_format = pytest.importorskip("tensorflow.python.keras.saving.hdf5_format")
    ordinary, for_cudnn = (type(name, (), {})() for name in ("LSTM", "CuDNNLSTM"))
    for seed in range(20):
        weights = drawn(seed) | {"bias": np.random.default_rng(seed).normal(size=8 * H).astype(np.float32)}
        ours = convert(weights, "cudnn", "keras")
        theirs = hdf5_format._convert_rnn_weights(ordinary, list(weights.values()))
        for name, array in zip(ours, theirs, strict=True):
            same(ours[name], array)
        back, again = convert(ours, "keras", "cudnn"), hdf5_format._convert_rnn_weights(for_cudnn, list(ours.values()))
        for name, array in zip(back, again, strict=True):
            got = np.tile(back["bias"][: 4 * H] / 2, 2) if name == "bias" else back[name]  # they halve it, we do not
            same(got, array)


def test_the_layer_for_cudnn_read_as_keras_with_its_biases_added_up_raises_nothing_and_differs():
    weights = convert(drawn(), "keras", "cudnn")
    wrong = LSTMCell(
        weights["kernel"], weights["recurrent_kernel"], weights["bias"][: 4 * H] + weights["bias"][4 * H :]
    )
    x, h, c = inputs()
    assert np.abs(wrong.step(x, (h, c))[0] - LSTMCell(**drawn()).step(x, (h, c))[0]).max() > 0.1


# --- several layers -------------------------------------------------------------------------------------------------


def line(weights, source, after):
    """What the message that refuses these weights says is to be written."""
    with pytest.raises((TypeError, ValueError)) as caught:
        convert(weights, source, "keras")
    assert "\n" not in str(caught.value)
    return str(caught.value).split(after)[1]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("place", ["lstm._l0", "_l1", "_l0_reverse", "encoder.lstm._l1_reverse"])
def test_one_layer_of_pytorchs_stack_is_picked_by_the_line_of_the_message(place, bias):
    """From a network's `state_dict`, which holds a layer that is no LSTM as well."""
    prefix, suffix = place[: place.rindex(".") + 1] if "." in place else "", place[place.index("_l") :]
    one = convert(drawn(bias=bias), "keras", "pytorch")
    state_dict = {prefix + name.replace("_l0", suffix): array for name, array in one.items()} | {
        "fc.weight": zeros(1, H)
    }
    code = line(state_dict, "pytorch", "one layer of them is ")
    assert bits(eval(code, {"weights": state_dict})) == bits(one)


@pytest.mark.parametrize("bias", [True, False])
def test_weights_in_a_row_are_cut_by_the_line_of_the_message(bias):
    """As `Bidirectional`, a stack or one layer gives them by `get_weights`."""
    one, other = (drawn(seed, bias=bias) for seed in (1, 2))
    n = len(one)
    for arrays in (list(one.values()), [*one.values(), *other.values()]):
        code, *more = line(arrays, "keras", ": write ").split(", and ")
        assert bits(eval(code, {"weights": arrays})) == bits(one)
        assert more == ([f"weights[{n}:{2 * n}] for the next layer or direction"] if len(arrays) > n else [])


def test_two_directions_of_onnx_are_parted_by_the_line_of_the_message():
    one, other = (convert(drawn(seed), "keras", "onnx") for seed in (1, 2))
    both = {name: np.concatenate([one[name], other[name]]) for name in one}
    code = line(both, "onnx", "two directions: ").split(" is the one")[0]
    assert bits(eval(code, {"weights": both})) == bits(one)
    assert bits(eval(code.replace("[:1]", "[1:]"), {"weights": both})) == bits(other)


# --- TensorFlow 1 ---------------------------------------------------------------------------------------------------


def test_a_projected_cell_of_tensorflow_1_fits_an_ordinary_one_and_only_its_inputs_say_so():
    """`LSTMCell(3, num_proj=2)` for D = 2: kernel (D + 2, 12), which D = 1 and H = 3 fit as well."""
    weights = {"kernel": np.ones((4, 12)), "bias": np.ones(12), "forget_bias": 1.0}
    with pytest.raises(ValueError, match=r"\(D\+H, 4H\) = \(5, 12\), got \(4, 12\), 2 rows for .* num_proj=2"):
        convert(weights, "tf1", "keras", input_size=2)
    assert convert(weights, "tf1", "keras", input_size=1)["kernel"].shape == (1, 12)


# --- wrong readings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("right", ["ifgo", "iofg", "ifog", "igfo"])
def test_every_wrong_order_raises_nothing_and_differs(right):
    """The order a library writes in, read in each of the other 23."""
    weights, (x, h, c) = drawn(), inputs()
    expected = LSTMCell(**weights).step(x, (h, c))
    for order in map("".join, permutations("ifgo")):
        written = {name: reordered(array, "ifgo", right) for name, array in weights.items()}
        cell = LSTMCell(**{name: reordered(array, order, "ifgo") for name, array in written.items()})
        off = max(np.abs(a - b).max() for a, b in zip(cell.step(x, (h, c)), expected, strict=True))
        assert (off == 0) if order == right else (off > 0.1), order


def test_a_square_layer_of_pytorchs_read_without_turning_it_raises_nothing_and_differs():
    """D = 4H: the kernel fits both ways round. The recurrent one never does, (4H, H), unless it is turned alone."""
    weights = drawn(input_size=4 * H)
    theirs = convert(weights, "keras", "pytorch")
    wrong = weights | {"kernel": theirs["weight_ih_l0"]}
    assert wrong["kernel"].shape == weights["kernel"].shape
    x = np.random.default_rng(4).normal(size=(B, 1, 4 * H)).astype(np.float32)
    assert np.abs(LSTMCell(**wrong)(x) - LSTMCell(**weights)(x)).max() > 0.1


# --- what does not fit ----------------------------------------------------------------------------------------------


def zeros(*shape):
    return np.zeros(shape, np.float32)


PYTORCH = "weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0"
TWO_DIRECTIONS = {"W": zeros(2, 4 * H, D), "R": zeros(2, 4 * H, H), "B": zeros(2, 8 * H)}
NONE = object()  # in place of an array: leave it out
REFUSED = [  # dialect, what of its arrays is changed, words of the message; all begin with weights
    ("onnx", dict.fromkeys("WRB", NONE), ": expected W, R, B, or all but B, got none"),
    (
        "keras",
        {"kernel": NONE},
        ": expected kernel, recurrent_kernel, bias, or all but bias, got recurrent_kernel, bias",
    ),
    ("cs231n", {"b": NONE}, ": expected Wx, Wh, b, got Wx, Wh"),
    ("tf1", {"forget_bias": NONE}, ": expected kernel, bias, forget_bias, got kernel, bias"),
    ("pytorch", {"bias_hh_l0": NONE}, f": expected {PYTORCH}, or all but bias_ih_l0, bias_hh_l0, got weight_ih_l0"),
    ("onnx", {"P": zeros(1, 3 * H)}, ": expected W, R, B, or all but B, got W, R, B, P"),
    ("keras", {7: zeros(1)}, "got kernel, recurrent_kernel, bias, 7"),
    ("onnx", TWO_DIRECTIONS, "['R']: expected shape (1, 4H, H) = (1, 16, 4), got (2, 16, 4), two directions: {name:"),
    (
        "onnx",
        {"W": zeros(2, 4 * H, D)},
        "['W']: expected shape (1, 4H, D) = (1, 16, 3), got (2, 16, 3), two directions",
    ),
    ("onnx", {"B": zeros(1, 4 * H)}, "['B']: expected shape (1, 8H) = (1, 32), got (1, 16)"),
    ("pytorch", {"weight_hh_l0": zeros(H, 4 * H)}, "['weight_hh_l0']: expected shape (4H, H) = (64, 16), got (4, 16)"),
    ("pytorch", {"weight_ih_l0": zeros(D, 4 * H)}, "['weight_ih_l0']: expected shape (4H, D) = (16, 16), got (3, 16)"),
    ("pytorch", {"bias_hh_l0": zeros(1)}, "['bias_hh_l0']: expected shape (4H,) = (16,), got (1,)"),
    ("keras", {"recurrent_kernel": zeros(16)}, "['recurrent_kernel']: expected shape (H, 4H), got (16,)"),
    (
        "keras",
        {"recurrent_kernel": zeros(4, 12)},
        "['recurrent_kernel']: expected shape (H, 4H) = (4, 16), got (4, 12)",
    ),
    ("keras", {"bias": zeros(2, 4 * H)}, "['bias']: expected shape (4H,), got (2, 16)"),
    (
        "keras",
        {"bias": zeros(8 * H)},
        "['bias']: expected shape (4H,) = (16,), got (32,), as CuDNNLSTM has it: its layout is cudnn",
    ),
    ("cudnn", {"bias": zeros(4 * H)}, "['bias']: expected shape (8H,) = (32,), got (16,)"),
    ("keras", {"kernel": zeros(D + 1, 4 * H)}, "['kernel']: expected shape (D, 4H) = (3, 16), got (4, 16)"),
    ("pytorch", {"weight_hr_l0": zeros(2, H)}, "weight_hr_l0: weight_hr comes with PyTorch's proj_size, no cell here"),
    ("cs231n", {"Wx": zeros(D, 2 * H)}, "['Wx']: expected shape (D, 4H) = (3, 16), got (3, 8)"),
    ("tf1", {"forget_bias": zeros(H)}, "['forget_bias']: expected shape (), got (4,)"),
    ("tf1", {"kernel": zeros(H - 1, 4 * H)}, "['kernel']: expected shape (D+H, 4H) = (7, 16), got (3, 16)"),
    ("tf1", {"kernel": zeros(D + H + 1, 4 * H)}, "['kernel']: expected shape (D+H, 4H) = (7, 16), got (8, 16)"),
    (
        "tf1",
        {"kernel": zeros(D + 2, 4 * H)},
        "['kernel']: expected shape (D+H, 4H) = (7, 16), got (5, 16), 2 rows for the old state, as with num_proj=2: "
        "no cell here has a projection",
    ),
    ("keras03", {"U_f": zeros(H, H + 1)}, "['U_f']: expected shape (H, H) = (4, 4), got (4, 5)"),
    ("keras03", {"W_o": zeros(D + 1, H)}, "['W_o']: expected shape (D, H) = (3, 4), got (4, 4)"),
    ("tf1", {"kernel": zeros(D, 0), "bias": zeros(0)}, "expected at least one unit"),
    ("keras", {"bias": np.full(4 * H, np.nan)}, "['bias']: expected finite numbers of float64, got nan at index (0,)"),
    ("keras", {"bias": None}, "['bias']: expected real numbers, got dtype object"),
    ("onnx", {"R": np.full((1, 4 * H, H), 1j)}, "['R']: expected real numbers, got dtype complex128"),
]


@pytest.mark.parametrize(("source", "changes", "words"), REFUSED)
def test_what_does_not_fit_is_refused_by_name(source, changes, words):
    weights = convert(drawn(), "keras", source) | changes
    weights = {name: array for name, array in weights.items() if array is not NONE}
    with pytest.raises(TypeError if "real numbers" in words else ValueError) as caught:
        convert(weights, source, "keras", None if source == "pytorch" else D)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "kind", "words"),
    [
        (
            (drawn(), "caffe", "keras"),
            ValueError,
            "source: expected one of keras, pytorch, onnx, cs231n, tf1, keras03, cudnn, got",
        ),
        (
            (drawn(), "keras", ["tf1"]),
            ValueError,
            "target: expected one of keras, pytorch, onnx, cs231n, tf1, keras03, cudnn, got",
        ),
        (
            ([zeros(D, 4 * H)], "cs231n", "keras"),
            TypeError,
            "weights: expected a dictionary of arrays Wx, Wh, b, got list",
        ),
        ((drawn(), "pytorch", "keras"), ValueError, f"weights: expected {PYTORCH}, or all but bias_ih_l0"),
        ((drawn(), "keras", "onnx", "3"), TypeError, "input_size: expected a whole number, got str"),
        ((drawn(), "keras", "onnx", -1), ValueError, "input_size: expected at least 0, got -1"),
        ((drawn(), "keras", "onnx", 4), ValueError, "weights['kernel']: expected shape (D, 4H) = (4, 16), got (3, 16)"),
        (
            (convert(drawn(), "keras", "tf1"), "tf1", "keras"),
            ValueError,
            "input_size: expected D, which TensorFlow 1's kernel (D+H, 4H) does not say, got None",
        ),
    ],
)
def test_what_is_no_dialect_or_no_dictionary_of_it_is_refused(arguments, kind, words):
    with pytest.raises(kind) as caught:
        convert(*arguments)
    assert str(caught.value).startswith(words)
