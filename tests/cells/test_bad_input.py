"""What a cell says of every argument it may be handed. A row is a cell, an argument, a value and what comes of it:
`no(error, words)`, an error before any arithmetic that begins with the argument's name and says what was expected and
what came, or `yes(what)`, a result, and what is true of it. Nothing is stretched to fit.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from lstm_edu.cells import GRUCell, LSTMCell, SimpleRNNCell

B, T, D, H = 2, 5, 3, 4
AT_RUN = ("x", "initial_state", "mask", "go_backwards")


def good(blocks, bias, state):
    return {
        "kernel": np.full((D, blocks * H), 0.1),
        "recurrent_kernel": np.full((H, blocks * H), 0.1),
        "bias": bias,
        "x": np.arange(B * T * D).reshape(B, T, D) / 10,
        "initial_state": state,
        "mask": np.ones((B, T), bool),
    }


H0 = np.full((B, H), 0.5)
LSTM = (LSTMCell, good(4, np.full(4 * H, 0.1), (H0, H0)))
GRU = (GRUCell, good(3, np.full((2, 3 * H), 0.1), H0))
BEFORE = (GRUCell, good(3, np.full(3 * H, 0.1), H0) | {"reset_after": False})
RNN = (SimpleRNNCell, good(1, np.full(H, 0.1), H0))


@dataclass(frozen=True)
class no:
    error: type
    words: str


@dataclass(frozen=True)
class yes:
    what: object  # (trace, trace of the good arguments) -> bool


def made(cell, **changes):
    """The trace of the cell with its good arguments, some of them changed."""
    kind, arguments = cell
    given = arguments | changes
    run = {name: given.pop(name) for name in AT_RUN if name in given}
    return kind(**given).run(**run)


def float32(trace, good):
    return trace.h.dtype == np.float32


def as_good(trace, good):
    return np.array_equal(trace.h, good.h)


def float64_as_good(trace, good):
    return as_good(trace, good) and trace.h.dtype == np.float64


def filled(shape, value, dtype=float):
    array = np.ones(shape, dtype)
    array.flat[-1] = value
    return array


FINITE = "expected finite numbers of float64, got "
KERNEL = "expected shape (D, 4H) = (D, 16), for recurrent_kernel has H = 4, got "
PYTORCH = " (the transposed layout, PyTorch's: hand over its .T)"
PYTORCH_GRU = (
    " (the transposed layout, PyTorch's: r stands before z, so hand over w.reshape(3, 4, -1)[[1, 0, 2]]"
    ".reshape(3 * 4, -1).T for each w of its arrays, and as the bias np.concatenate of its two)"
)
BOOLEANS = "expected booleans (mask.astype(bool) makes them), got dtype "
RAGGED = [[[1.0, 2.0, 3.0], [1.0, 2.0]]]
X = LSTM[1]["x"]
TABLE = [
    # numbers that are none
    (LSTM, "kernel", filled((D, 4 * H), np.nan), no(ValueError, FINITE + "nan at index (2, 15)")),
    (LSTM, "recurrent_kernel", filled((H, 4 * H), np.inf), no(ValueError, FINITE + "inf")),
    (LSTM, "bias", filled(4 * H, -np.inf), no(ValueError, FINITE + "-inf at index (15,)")),
    (LSTM, "x", filled((B, T, D), np.nan), no(ValueError, FINITE + "nan at index (1, 4, 2)")),
    (LSTM, "x", filled((B, T, D), np.inf, np.float32), no(ValueError, "expected finite numbers of float32, got inf")),
    (LSTM, "initial_state", (H0, H0 * np.nan), no(ValueError, "[1] (c): expected finite numbers of float64, got nan")),
    (LSTM, "x", X.astype(complex), no(TypeError, "expected real numbers, got dtype complex128")),
    (LSTM, "x", X.astype(object), no(TypeError, "expected real numbers, got dtype object")),
    (LSTM, "x", X.astype(str), no(TypeError, "expected real numbers, got dtype <U32")),
    (LSTM, "x", X.astype("m8[s]"), no(TypeError, "expected real numbers, got dtype timedelta64[s]")),
    (LSTM, "x", "a review", no(TypeError, "expected real numbers, got dtype <U8")),
    (LSTM, "x", None, no(TypeError, "expected real numbers, got dtype object")),
    (LSTM, "x", {1.0, 2.0}, no(TypeError, "expected real numbers, got dtype object")),
    (LSTM, "x", RAGGED, no(ValueError, "expected an array, got rows of different lengths")),
    (LSTM, "x", np.ma.masked_greater(X, 1), no(TypeError, "expected a plain array, got a masked one")),
    (LSTM, "kernel", filled((D, 4 * H), "a", object), no(TypeError, "expected real numbers, got dtype object")),
    (LSTM, "kernel", None, no(TypeError, "expected real numbers, got dtype object")),
    # real numbers of any kind: float64 stays, all others are computed in float32
    (LSTM, "x", X.astype(np.float32), yes(float32)),
    (LSTM, "x", X.astype(np.float16), yes(float32)),
    (LSTM, "x", X.astype(int), yes(float32)),
    (LSTM, "x", X.astype(np.uint8), yes(float32)),
    (LSTM, "x", X > 1, yes(float32)),
    (LSTM, "x", X.tolist(), yes(as_good)),
    (LSTM, "x", X.astype(">f8"), yes(float64_as_good)),
    (LSTM, "kernel", np.ones((D, 4 * H), int), yes(lambda trace, good: trace.h.dtype == np.float64)),
    (LSTM, "x", filled((B, T, D), 1e300), yes(lambda trace, good: np.isfinite(trace.h).all())),
    # x: shapes
    (LSTM, "x", X[0], no(ValueError, "expected shape (B, T, D) = (batch, steps, 3), got (5, 3)")),
    (LSTM, "x", X[None], no(ValueError, "expected shape (B, T, D) = (batch, steps, 3), got (1, 2, 5, 3)")),
    (LSTM, "x", X[..., :1], no(ValueError, "expected shape (B, T, D) = (batch, steps, 3), got (2, 5, 1)")),
    (LSTM, "x", np.ones((B, T, D + 1)), no(ValueError, "expected shape (B, T, D) = (batch, steps, 3), got (2, 5, 4)")),
    (LSTM, "x", 1.0, no(ValueError, "expected shape (B, T, D) = (batch, steps, 3), got ()")),
    # the weights' shapes; PyTorch's layout is the transposed one
    (LSTM, "kernel", np.ones(4 * H), no(ValueError, KERNEL + "(16,)")),
    (LSTM, "kernel", np.ones((4 * H, D)), no(ValueError, KERNEL + "(16, 3)")),
    (LSTM, "kernel", np.ones((D, 18)), no(ValueError, KERNEL + "(3, 18)")),
    (LSTM, "kernel", np.ones((D, 4 * H + 4)), no(ValueError, KERNEL + "(3, 20)")),
    (LSTM, "recurrent_kernel", np.ones((4 * H, H)), no(ValueError, "expected shape (H, 4H), got (16, 4)" + PYTORCH)),
    (LSTM, "recurrent_kernel", np.ones((H, H)), no(ValueError, "expected shape (H, 4H), got (4, 4)")),
    (LSTM, "recurrent_kernel", np.ones((H, 18)), no(ValueError, "expected shape (H, 4H), got (4, 18)")),
    (LSTM, "recurrent_kernel", np.ones((0, 0)), no(ValueError, "expected at least one unit, got shape (0, 0)")),
    (LSTM, "recurrent_kernel", np.ones(4 * H), no(ValueError, "expected shape (H, 4H), got (16,)")),
    (GRU, "recurrent_kernel", np.ones((3 * H, H)), no(ValueError, "expected shape (H, 3H), got (12, 4)" + PYTORCH_GRU)),
    (GRU, "recurrent_kernel", np.ones((H, 4 * H)), no(ValueError, "expected shape (H, 3H), got (4, 16)")),
    (RNN, "recurrent_kernel", np.ones((H, 4 * H)), no(ValueError, "expected shape (H, H), got (4, 16)")),
    (RNN, "kernel", np.ones((H, D)), no(ValueError, KERNEL.replace("4H", "H").replace("16", "4") + "(4, 3)")),
    # bias
    (LSTM, "bias", 1.0, no(ValueError, "expected shape (4H,) = (16,), got ()")),
    (LSTM, "bias", np.ones(1), no(ValueError, "expected shape (4H,) = (16,), got (1,)")),
    (LSTM, "bias", np.ones(H), no(ValueError, "expected shape (4H,) = (16,), got (4,)")),
    (LSTM, "bias", np.ones((1, 4 * H)), no(ValueError, "expected shape (4H,) = (16,), got (1, 16)")),
    (LSTM, "bias", np.ones((2, 4 * H)), no(ValueError, "expected shape (4H,) = (16,), got (2, 16)")),
    (LSTM, "bias", False, no(ValueError, "expected shape (4H,) = (16,), got ()")),
    (LSTM, "bias", None, yes(lambda trace, good: trace.cell.bias is None and not as_good(trace, good))),
    (GRU, "bias", np.ones(3 * H), no(ValueError, "expected shape (2, 3H) = (2, 12), got (12,)")),
    (GRU, "bias", np.ones(6 * H), no(ValueError, "expected shape (2, 3H) = (2, 12), got (24,)")),
    (GRU, "bias", np.ones((1, 3 * H)), no(ValueError, "expected shape (2, 3H) = (2, 12), got (1, 12)")),
    (GRU, "bias", None, yes(lambda trace, good: trace.cell.bias is None)),
    (BEFORE, "bias", np.ones((2, 3 * H)), no(ValueError, "expected shape (3H,) = (12,), got (2, 12)")),
    (GRU, "reset_after", 1, no(TypeError, "expected True or False, got 1")),
    (GRU, "reset_after", None, no(TypeError, "expected True or False, got None")),
    # the initial state
    (LSTM, "initial_state", H0, no(ValueError, "expected a pair (h, c) of arrays (B, H), got ndarray")),
    (LSTM, "initial_state", np.stack([H0, H0]), no(ValueError, "expected a pair (h, c) of arrays (B, H), got ndarray")),
    (LSTM, "initial_state", (H0,), no(ValueError, "expected a pair (h, c) of arrays (B, H), got 1 of them")),
    (LSTM, "initial_state", 0, no(ValueError, "expected a pair (h, c) of arrays (B, H), got int")),
    (LSTM, "initial_state", (H0[0], H0), no(ValueError, "[0] (h): expected shape (B, H) = (2, 4), got (4,)")),
    (LSTM, "initial_state", (H0, H0[:1]), no(ValueError, "[1] (c): expected shape (B, H) = (2, 4), got (1, 4)")),
    (LSTM, "initial_state", (0.0, H0), no(ValueError, "[0] (h): expected shape (B, H) = (2, 4), got ()")),
    (LSTM, "initial_state", (H0, H0[:, :1]), no(ValueError, "[1] (c): expected shape (B, H) = (2, 4), got (2, 1)")),
    (LSTM, "initial_state", [H0, H0], yes(as_good)),
    (LSTM, "initial_state", (H0, None), yes(lambda trace, good: not trace.initial_state[1].any())),
    (LSTM, "initial_state", None, yes(lambda trace, good: not np.any(trace.initial_state))),
    (GRU, "initial_state", (H0, H0), no(ValueError, "expected shape (B, H) = (2, 4), got (2, 2, 4)")),
    (RNN, "initial_state", (H0,), no(ValueError, "expected shape (B, H) = (2, 4), got (1, 2, 4)")),
    (RNN, "initial_state", H0[0], no(ValueError, "expected shape (B, H) = (2, 4), got (4,)")),
    # the mask
    (LSTM, "mask", np.ones((B, T)), no(TypeError, BOOLEANS + "float64")),
    (LSTM, "mask", np.ones((B, T), int), no(TypeError, BOOLEANS + "int64")),
    (LSTM, "mask", True, no(ValueError, "expected shape (B, T) = (2, 5), got ()")),
    (LSTM, "mask", np.ones(T, bool), no(ValueError, "expected shape (B, T) = (2, 5), got (5,)")),
    (LSTM, "mask", np.ones((1, T), bool), no(ValueError, "expected shape (B, T) = (2, 5), got (1, 5)")),
    (LSTM, "mask", np.ones((B, T - 1), bool), no(ValueError, "expected shape (B, T) = (2, 5), got (2, 4)")),
    (LSTM, "mask", np.ones((T, B), bool), no(ValueError, "expected shape (B, T) = (2, 5), got (5, 2)")),
    (LSTM, "mask", np.ones((B, T, 1), bool), no(ValueError, "expected shape (B, T) = (2, 5), got (2, 5, 1)")),
    (LSTM, "mask", [[True, True], [True]], no(ValueError, "expected an array, got rows of different lengths")),
    (LSTM, "mask", [], no(TypeError, BOOLEANS + "float64")),
    (LSTM, "mask", [[True] * T] * B, yes(as_good)),
    (LSTM, "mask", None, yes(as_good)),
    # the direction and the activations
    (LSTM, "go_backwards", 1, no(TypeError, "expected True or False, got 1")),
    (LSTM, "go_backwards", "no", no(TypeError, "expected True or False, got 'no'")),
    (LSTM, "go_backwards", np.True_, yes(lambda trace, good: not as_good(trace, good))),
    (LSTM, "go_backwards", None, yes(as_good)),
    (LSTM, "activation", "Tanh", no(ValueError, "expected one of ['hard_sigmoid', 'hard_sigmoid_keras2', 'linear',")),
    (LSTM, "activation", np.tanh, no(TypeError, "expected a name out of ['hard_sigmoid',")),
    (LSTM, "activation", None, no(TypeError, "expected a name out of ['hard_sigmoid',")),
    (LSTM, "recurrent_activation", "gelu", no(ValueError, "expected one of ['hard_sigmoid',")),
    (GRU, "recurrent_activation", "", no(ValueError, "expected one of ['hard_sigmoid',")),
    (RNN, "activation", b"tanh", no(TypeError, "expected a name out of ['hard_sigmoid',")),
]  # fmt: skip


def label(row):
    (kind, arguments), argument, value, _ = row
    shown = f"{value.dtype}{value.shape}" if isinstance(value, np.ndarray) else type(value).__name__
    return f"{kind.__name__} {argument} {shown}"


@pytest.mark.parametrize(("cell", "argument", "value", "outcome"), TABLE, ids=map(label, TABLE))
def test_input(cell, argument, value, outcome):
    if isinstance(outcome, yes):
        assert outcome.what(made(cell, **{argument: value}), made(cell))
        return
    with pytest.raises(outcome.error) as caught:
        made(cell, **{argument: value})
    said = str(caught.value)
    assert said.startswith(argument) and outcome.words in said
    assert "expected" in said and "got" in said
    if argument in AT_RUN:  # the outputs alone are asked for in the same words
        kind, arguments = cell
        given = arguments | {argument: value}
        run = {name: given.pop(name) for name in AT_RUN if name in given}
        with pytest.raises(outcome.error) as caught:
            kind(**given)(**run)
        assert str(caught.value) == said


@pytest.mark.parametrize("cell", [LSTM, GRU, BEFORE, RNN], ids=["LSTM", "GRU", "GRU, reset before", "SimpleRNN"])
def test_the_good_arguments_are_good(cell):
    assert np.isfinite(made(cell).h).all()


def test_the_table_is_long_enough():
    assert len(TABLE) >= 30 and {kind for (kind, _), *_ in TABLE} == {LSTMCell, GRUCell, SimpleRNNCell}


# --- what needs more than one argument ------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [LSTM, GRU, RNN], ids=["LSTM", "GRU", "SimpleRNN"])
@pytest.mark.parametrize(("batch", "steps"), [(0, T), (B, 0), (0, 0)])
def test_an_empty_batch_and_no_steps_are_answered(cell, batch, steps):
    trace = made(cell, x=np.ones((batch, steps, D)), initial_state=None, mask=np.ones((batch, steps), bool))
    assert trace.h.shape == (batch, steps, H) and trace.last_output.shape == (batch, H) and not trace.last_output.any()


def test_no_inputs_at_all_are_answered():
    trace = made(LSTM, x=np.ones((B, T, 0)), kernel=np.ones((0, 4 * H)))
    assert trace.h.shape == (B, T, H) and np.isfinite(trace.h).all()
    gradients = trace.backward(np.ones((B, T, H)))
    assert gradients.kernel.shape == (0, 4 * H) and gradients.inputs.shape == (B, T, 0)


def test_a_trace_is_not_written_to():
    trace = made(LSTM)
    for array in (trace.h, trace.c, trace.f, trace.last_output):
        with pytest.raises(ValueError, match="read-only"):
            array *= 2


def test_what_a_masked_step_computed_does_not_reach_a_gradient():
    """A linear gate under 1e38, the largest of float32, is infinite: at a step that does not count it may be."""
    rng = np.random.default_rng(0)
    kernel, recurrent = (rng.normal(size=(rows, 3 * H)).astype("float32") for rows in (D, H))
    cell = GRUCell(kernel, recurrent, recurrent_activation="linear")
    x = rng.normal(size=(B, T, D)).astype("float32")
    mask = np.ones((B, T), bool)
    x[:, -1], mask[:, -1] = 1e38, False
    with np.errstate(over="ignore", invalid="ignore"):
        gradients = cell.run(x, mask=mask).backward(np.ones((B, T, H)))
    assert np.isfinite(gradients.recurrent_kernel).all() and np.isfinite(gradients.kernel).all()


def test_where_d_is_4u_a_pytorch_kernel_has_keras_shape_and_is_taken_as_keras():
    """PyTorch's kernel is (4H, D). Where D = 4H it is square and no shape tells the two apart: it is read as Keras'.
    All of PyTorch's weights handed over together are still refused, for its recurrent kernel is never square."""
    square = np.arange(256).reshape(16, 16) / 1000
    x = np.ones((B, T, 16))
    assert not np.allclose(made(LSTM, kernel=square, x=x).h, made(LSTM, kernel=square.T, x=x).h)
    with pytest.raises(ValueError, match=r"^recurrent_kernel: .* \(the transposed layout, PyTorch's: .*\)$"):
        made(LSTM, kernel=square, recurrent_kernel=np.ones((16, 4)), x=x)


def test_a_simple_rnns_recurrent_kernel_is_square_and_taken_as_keras():
    """With one block both layouts of the recurrent kernel are (H, H), and where H = D those of the kernel, too."""
    square = np.arange(16).reshape(4, 4) / 100
    assert not np.allclose(made(RNN, recurrent_kernel=square).h, made(RNN, recurrent_kernel=square.T).h)
    x = np.ones((B, T, 4))
    assert not np.allclose(made(RNN, kernel=square, x=x).h, made(RNN, kernel=square.T, x=x).h)


def test_numbers_too_large_for_the_runs_dtype_are_refused_by_name():
    """float64 weights and states are cast when x is float32; what does not fit is no infinity without a word."""
    x = X.astype(np.float32)
    for argument, value in [("kernel", filled((D, 4 * H), 1e39)), ("bias", filled(4 * H, 1e39))]:
        assert np.isfinite(made(LSTM, **{argument: value}).h).all()
        with pytest.raises(ValueError, match=rf"^{argument}: expected finite numbers of float32, got 1e\+39"):
            made(LSTM, **{argument: value}, x=x)
    with pytest.raises(ValueError, match=r"^initial_state\[1\] \(c\): expected finite numbers of float32, got 1e\+39"):
        made(LSTM, initial_state=(H0, 1e39 * H0 / 0.5), x=x)


@pytest.mark.parametrize("cell", [LSTM, GRU, RNN], ids=["LSTM", "GRU", "SimpleRNN"])
@pytest.mark.parametrize("setting", ["go_backwards", "zero_output_for_mask"])
@pytest.mark.parametrize("value", ["no", 1, None])
def test_what_a_cell_is_set_to_is_checked_when_it_runs(cell, setting, value):
    kind, arguments = cell
    made = kind(**{name: value for name, value in arguments.items() if name not in AT_RUN})
    setattr(made, setting, value)
    for run in (made, made.run, made.forward):
        with pytest.raises(TypeError, match=f"^{setting}: expected True or False, got {value!r}$"):
            run(arguments["x"])


def test_a_pytorch_gru_is_read_as_the_message_says():
    """PyTorch's equations with its arrays, one unit: r = sigmoid(2 x), z = sigmoid(-2 x), n = tanh(x + r * 0),
    h = (1 - z) * n; 0.6708 is what torch 2.13 computes. Turned alone, r and z change places: 0.0908.
    """
    theirs = {"ih": np.array([[2.0], [-2.0], [1.0]]), "hh": np.zeros((3, 1))}
    with pytest.raises(ValueError) as caught:
        GRUCell(theirs["ih"], theirs["hh"])
    said = str(caught.value).split("hand over ")[1].split(" for each")[0]
    kernel, recurrent_kernel = (eval(said, {"w": w}) for w in theirs.values())
    assert abs(GRUCell(kernel, recurrent_kernel)([[[1.0]]])[0, 0, 0] - 0.6708) < 5e-5  # 4 digits
    assert abs(GRUCell(theirs["ih"].T, theirs["hh"].T)([[[1.0]]])[0, 0, 0] - 0.0908) < 5e-5


def test_weights_of_several_dtypes_are_kept_in_the_widest():
    cell = made(LSTM, kernel=np.ones((D, 4 * H), np.float32)).cell
    assert cell.kernel.dtype == cell.recurrent_kernel.dtype == cell.bias.dtype == np.float64


@pytest.mark.parametrize(
    ("cell", "arguments", "words"),
    [
        (LSTM, (np.ones(D),), "x_t: expected shape (B, D) = (batch, 3), got (3,)"),
        (LSTM, (np.ones((B, T, D)),), "x_t: expected shape (B, D) = (batch, 3), got (2, 5, 3)"),
        (LSTM, (np.ones((B, D + 1)),), "x_t: expected shape (B, D) = (batch, 3), got (2, 4)"),
        (LSTM, (np.full((B, D), np.nan),), "x_t: expected finite numbers of float64, got nan at index (0, 0)"),
        (LSTM, (np.ones((B, D)), H0), "state: expected a pair (h, c) of arrays (B, H), got ndarray"),
        (LSTM, (np.ones((B, D)), (H0, H0[:, :3])), "state[1] (c): expected shape (B, H) = (2, 4), got (2, 3)"),
        (RNN, (np.ones((B, D)), H0[0]), "state: expected shape (B, H) = (2, 4), got (4,)"),
        (GRU, (np.ones((B, D)), H0[:1]), "state: expected shape (B, H) = (2, 4), got (1, 4)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_step_checks_its_arguments_too(cell, arguments, words):
    with pytest.raises(ValueError) as caught:
        made(cell).cell.step(*arguments)
    assert str(caught.value) == words
