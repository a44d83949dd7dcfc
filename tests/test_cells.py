"""The cells: published numbers, the laws they must keep, and what they say of bad input."""

import inspect

import numpy as np
import pytest

from lstm_edu import LSTMCell, SimpleRNNCell
from lstm_edu.cells import checks
from lstm_edu.cells.activations import ACTIVATIONS, sigmoid

RNG = np.random.default_rng(20)


def constant_lstm(input_size, units, bias=0.03, forget_bias=1.0, dtype=np.float32):
    """The cell of Keras' own unit tests: kernel .01, recurrent kernel .02, bias .03, and 1 for the forget gate."""
    b = None
    if bias is not None:
        b = np.full(4 * units, bias, dtype)
        b[units : 2 * units] = forget_bias
    kernel = np.full((input_size, 4 * units), 0.01, dtype)
    return LSTMCell(kernel, np.full((units, 4 * units), 0.02, dtype), b)


def random_cell(kind, input_size=3, units=4, dtype=np.float64):
    blocks = 4 if kind is LSTMCell else 1
    shapes = (input_size, blocks * units), (units, blocks * units), (blocks * units,)
    return kind(*(RNG.normal(size=shape).astype(dtype) for shape in shapes))


def random_state(kind, batch, units=4):
    states = tuple(RNG.normal(size=(2, batch, units)))
    return states if kind is LSTMCell else states[0]


both_cells = pytest.mark.parametrize("kind", [SimpleRNNCell, LSTMCell])

# --- published numbers: keras/src/layers/rnn/lstm_test.py, printed there to 8 digits in float32 -------------------

PUBLISHED = 1e-6  # float32, 6 steps, numbers printed with 8 digits: worst seen 1.2e-7


@pytest.mark.parametrize(
    ("options", "go_backwards", "expected"),
    [
        ({}, False, [0.6288687, 0.86899155, 0.9460773]),
        ({}, True, [0.35622165, 0.74789524, 0.8872726]),
        ({"forget_bias": 0.03}, False, [0.57019705, 0.8661914, 0.9459622]),
        ({"bias": None}, False, [0.54986924, 0.86226785, 0.9443936]),
    ],
)
def test_lstm_gives_keras_published_outputs(options, go_backwards, expected):
    x = np.arange(72, dtype=np.float32).reshape(3, 6, 4)
    trace = constant_lstm(4, 3, **options).run(x, go_backwards=go_backwards)
    assert np.abs(trace.last_output - np.array(expected)[:, None]).max() < PUBLISHED


def test_lstm_with_initial_state_gives_keras_published_outputs():
    x, h0 = np.arange(24, dtype=np.float32).reshape(2, 4, 3), np.arange(4, dtype=np.float32).reshape(2, 2)
    expected = [[0.20574439, 0.3558822], [0.64930826, 0.66276]]
    assert np.abs(constant_lstm(3, 2)(x, initial_state=(h0, h0))[:, -1] - expected).max() < PUBLISHED


def test_masked_lstm_gives_keras_published_outputs():
    x = np.arange(24, dtype=np.float32).reshape(2, 4, 3)
    mask = np.array([[1, 1, 1, 0], [1, 1, 0, 0]], bool)
    expected = [[0.01588910, 0.05552048, 0.11755939, 0.11755939], [0.14185596, 0.28556206, 0.28556206, 0.28556206]]
    assert np.abs(constant_lstm(3, 2)(x, mask=mask)[..., 0] - expected).max() < PUBLISHED


def test_a_second_pass_from_the_first_ones_state_gives_keras_published_stateful_outputs():
    x, cell = np.arange(24, dtype=np.float32).reshape(2, 3, 4), constant_lstm(4, 4)
    second = cell.run(x, initial_state=cell.run(x).state)
    assert np.abs(second.last_output - np.array([0.3124785, 0.6863672])[:, None]).max() < PUBLISHED


def cs231n_step(order):
    """CS231n's lstm_step_forward check (N, D, H = 3, 4, 5) with its joined weights read in the given column order."""
    blocks = lambda w: [dict(zip(order, np.split(w, 4, axis=-1), strict=True))[name] for name in "ifgo"]  # noqa: E731
    x = np.linspace(-0.4, 1.2, 12).reshape(3, 4)
    h, c = np.linspace(-0.3, 0.7, 15).reshape(3, 5), np.linspace(-0.4, 0.9, 15).reshape(3, 5)
    kernel = np.linspace(-2.1, 1.3, 80).reshape(4, 20)
    recurrent_kernel, bias = np.linspace(-0.7, 2.2, 100).reshape(5, 20), np.linspace(0.3, 0.7, 20)
    cell = LSTMCell(*(np.concatenate(blocks(w), axis=-1) for w in (kernel, recurrent_kernel, bias)))
    return cell.step(x, (h, c))


def test_lstm_step_gives_cs231n_published_numbers():
    h, c = cs231n_step("ifog")
    worst = 5e-9  # printed with 8 digits: worst seen 4.9e-9
    assert np.abs(h[0] - [0.24635157, 0.28610883, 0.32240467, 0.35525807, 0.38474904]).max() < worst
    assert np.abs(c[0] - [0.32986176, 0.39145139, 0.451556, 0.51014116, 0.56717407]).max() < worst


def test_a_wrong_column_order_gives_other_numbers_and_no_error():
    h, _ = cs231n_step("ifgo")
    assert np.abs(h[0, :2] - [0.26687551, 0.30458972]).max() < 5e-9


# --- laws ---------------------------------------------------------------------------------------------------------


@both_cells
@pytest.mark.parametrize("go_backwards", [False, True])
def test_run_is_step_after_step(kind, go_backwards):
    cell, x, state = random_cell(kind), RNG.normal(size=(2, 6, 3)), random_state(kind, 2)
    trace = cell.run(x, state, go_backwards=go_backwards)
    for t in range(6):
        state = cell.step(x[:, -1 - t if go_backwards else t], state)
        h = state[0] if kind is LSTMCell else state
        assert np.array_equal(h, trace.h[:, t])
    assert np.array_equal(trace.state, state)
    assert np.array_equal(cell(x, trace.initial_state, go_backwards=go_backwards), trace.h)


@both_cells
def test_a_run_can_be_cut_in_two(kind):
    cell, x, state = random_cell(kind), RNG.normal(size=(2, 7, 3)), random_state(kind, 2)
    whole, first = cell.run(x, state), cell.run(x[:, :3], state)
    assert np.array_equal(whole.h[:, 3:], cell.run(x[:, 3:], first.state).h)


@both_cells
def test_masked_steps_leave_no_mark(kind):
    """A run over x with holes is the run over what is left when the holes are cut out."""
    cell, x, state = random_cell(kind), RNG.normal(size=(1, 8, 3)), random_state(kind, 1)
    mask = np.array([[False, True, True, False, True, False, False, True]])
    holes, cut = cell.run(x, state, mask), cell.run(x[:, mask[0]], state)
    assert np.array_equal(holes.h[:, mask[0]], cut.h)
    assert np.array_equal(holes.state, cut.state)
    assert not holes.h[:, 0].any()  # before the first step that counts the output is zero, whatever h0 was
    assert np.array_equal(holes.h[:, 5], holes.h[:, 4])


@both_cells
def test_an_all_false_mask_keeps_the_state_and_gives_zeros(kind):
    cell, x, state = random_cell(kind), RNG.normal(size=(2, 5, 3)), random_state(kind, 2)
    trace = cell.run(x, state, np.zeros((2, 5), bool))
    assert np.array_equal(trace.state, state) and not trace.h.any() and not trace.last_output.any()


@both_cells
def test_the_mask_turns_with_go_backwards(kind):
    cell, x = random_cell(kind), RNG.normal(size=(2, 5, 3))
    mask = RNG.random((2, 5)) < 0.5
    turned = cell.run(x[:, ::-1], mask=mask[:, ::-1])
    assert np.array_equal(cell.run(x, mask=mask, go_backwards=True).h, turned.h)


def test_open_forget_and_shut_input_gate_keep_the_belt():
    U = 4
    bias = np.repeat([-1e3, 1e3, 0.0, 0.0], U)  # i shut, f open
    cell = LSTMCell(RNG.normal(size=(3, 4 * U)), RNG.normal(size=(U, 4 * U)), bias)
    c0 = RNG.normal(size=(2, U))
    trace = cell.run(RNG.normal(size=(2, 50, 3)), (np.zeros((2, U)), c0))
    assert np.array_equal(trace.c[:, -1], c0)


@both_cells
def test_outputs_stay_within_one_and_nothing_overflows(kind):
    cell = random_cell(kind)
    with np.errstate(over="raise", invalid="raise"):
        h = cell(1e3 * RNG.normal(size=(4, 20, 3)))
    assert np.abs(h).max() <= 1


@both_cells
def test_float64_stays_and_everything_else_becomes_float32(kind):
    cell, x = random_cell(kind), RNG.integers(-3, 4, size=(2, 5, 3))
    assert cell.run(x.astype(np.float64)).h.dtype == np.float64
    for dtype in (np.float32, np.float16, np.int64, bool):
        trace = cell.run(x.astype(dtype))
        assert trace.h.dtype == np.float32 and np.asarray(trace.state).dtype == np.float32
    assert np.asarray(cell.step(x[:, 0])).dtype == np.float32


@both_cells
def test_layout_in_memory_changes_nothing_and_inputs_stay_as_they_were(kind):
    cell, x = random_cell(kind), RNG.normal(size=(2, 5, 3))
    expected, before = cell(x), x.copy()
    x.setflags(write=False)
    strided = np.zeros((2, 10, 3))
    strided[:, ::2] = x
    for same in (x, np.asfortranarray(x), strided[:, ::2]):
        assert np.array_equal(cell(same), expected)
    assert np.array_equal(x, before)


@both_cells
def test_no_steps_and_no_sequences_are_answered(kind):
    cell, state = random_cell(kind), random_state(kind, 2)
    nothing = cell.run(np.zeros((2, 0, 3)), state)
    assert nothing.h.shape == (2, 0, 4) and np.array_equal(nothing.state, state) and not nothing.last_output.any()
    assert cell.run(np.zeros((0, 5, 3))).h.shape == (0, 5, 4)


def test_the_trace_holds_the_equations():
    cell, x = random_cell(LSTMCell), RNG.normal(size=(2, 6, 3))
    t = cell.run(x)
    c_before = np.concatenate([np.zeros((2, 1, 4)), t.c[:, :-1]], axis=1)
    assert np.array_equal(t.c, t.f * c_before + t.i * t.g)
    assert np.array_equal(t.h, t.o * np.tanh(t.c))
    for gate in (t.i, t.f, t.o):
        assert (gate > 0).all() and (gate < 1).all()


def test_sigmoid_is_the_sigmoid():
    z = np.linspace(-30, 30, 601)
    assert np.abs(sigmoid(z) - 1 / (1 + np.exp(-z))).max() < 3e-16  # float64: worst seen 1.2e-16
    for function in ACTIVATIONS.values():
        assert function(z.astype(np.float32)).dtype == np.float32


def test_a_cells_file_is_read_in_one_sitting():
    for kind in (SimpleRNNCell, LSTMCell):
        assert len(inspect.getsource(inspect.getmodule(kind)).splitlines()) < 150


# --- bad input: each row has one outcome, an error that names the argument ------------------------------------------

U, D = 4, 3
GOOD = {
    "kernel": np.ones((D, 4 * U)),
    "recurrent_kernel": np.ones((U, 4 * U)),
    "bias": np.ones(4 * U),
    "x": np.ones((2, 5, D)),
    "initial_state": (np.ones((2, U)), np.ones((2, U))),
    "mask": np.ones((2, 5), bool),
}
BAD = [
    ("kernel", np.ones((D, 4 * U)).tolist()[0], ValueError, "got (16,)"),
    ("kernel", np.ones((4 * U, D)), ValueError, "expected shape (D, 4U) = (D, 16)"),
    ("kernel", np.ones((D, 18)), ValueError, "got (3, 18)"),
    ("kernel", np.full((D, 4 * U), np.nan), ValueError, "finite"),
    ("kernel", np.full((D, 4 * U), "a"), TypeError, "real numbers"),
    ("recurrent_kernel", np.ones((4 * U, U)), ValueError, "PyTorch"),
    ("recurrent_kernel", np.ones((U, U)), ValueError, "expected shape (U, 4U)"),
    ("recurrent_kernel", np.ones((0, 0)), ValueError, "at least one unit"),
    ("bias", 1.0, ValueError, "expected shape (4U,) = (16,), got ()"),
    ("bias", np.ones((1, 4 * U)), ValueError, "got (1, 16)"),
    ("bias", np.ones((2, 4 * U)), ValueError, "got (2, 16)"),
    ("bias", np.ones(U), ValueError, "got (4,)"),
    ("x", np.ones((5, D)), ValueError, "expected shape (B, T, D)"),
    ("x", np.ones((2, 5, D + 1)), ValueError, "got (2, 5, 4)"),
    ("x", np.full((2, 5, D), np.inf), ValueError, "got inf at index (0, 0, 0)"),
    ("x", np.ones((2, 5, D), complex), TypeError, "complex128"),
    ("x", np.ones((2, 5, D), object), TypeError, "object"),
    ("x", [[[1.0, 2.0, 3.0], [1.0, 2.0]]], ValueError, "rows of different lengths"),
    ("x", None, TypeError, "real numbers"),
    ("initial_state", np.ones((2, 2, U)), ValueError, "a pair (h, c)"),
    ("initial_state", (np.ones((2, U)),), ValueError, "got 1 of them"),
    ("initial_state", (np.ones(U), np.ones((2, U))), ValueError, "expected shape (B, U) = (2, 4), got (4,)"),
    ("initial_state", (np.ones((2, U)), np.ones((1, U))), ValueError, "got (1, 4)"),
    ("mask", np.ones((2, 5)), TypeError, "booleans"),
    ("mask", np.ones((2, 5), int), TypeError, "booleans"),
    ("mask", np.ones((2, 4), bool), ValueError, "expected shape (B, T) = (2, 5), got (2, 4)"),
    ("mask", np.ones(5, bool), ValueError, "got (5,)"),
    ("activation", "Tanh", ValueError, "got 'Tanh'"),
    ("activation", np.tanh, TypeError, "expected a name"),
    ("recurrent_activation", "gelu", ValueError, "got 'gelu'"),
]


def run_with(argument, value):
    given = GOOD | {argument: value}
    run = {name: given.pop(name) for name in ("x", "initial_state", "mask")}
    return LSTMCell(**given).run(**run)


def test_the_good_arguments_are_good():
    assert np.isfinite(run_with("x", GOOD["x"]).h).all()


@pytest.mark.parametrize(("argument", "value", "error", "words"), BAD)
def test_bad_input_is_refused_by_name(argument, value, error, words):
    with pytest.raises(error) as caught:
        run_with(argument, value)
    assert str(caught.value).startswith(argument) and words in str(caught.value)


def test_step_checks_its_arguments_too():
    cell = random_cell(LSTMCell)
    for arguments, words in [
        ((np.ones(3),), "x_t: expected shape (B, D)"),
        ((np.ones((2, 3)), np.ones((2, 4))), "state: expected a pair"),
        ((np.ones((2, 3)), (np.ones((2, 4)), np.ones((2, 5)))), "state[1] (c): expected shape (B, U)"),
    ]:
        with pytest.raises(ValueError) as caught:
            cell.step(*arguments)
        assert words in str(caught.value)


def test_simple_rnn_names_its_own_shapes():
    with pytest.raises(ValueError, match=r"recurrent_kernel: expected shape \(U, U\), got \(4, 16\)"):
        SimpleRNNCell(np.ones((3, 16)), np.ones((4, 16)))
    with pytest.raises(ValueError, match=r"state: expected shape \(B, U\)"):
        random_cell(SimpleRNNCell).step(np.ones((2, 3)), np.ones(4))


def test_checks_return_what_they_were_given_where_it_fits():
    x = np.ones((2, 5, 3))
    assert checks.inputs(x, 3) is x
