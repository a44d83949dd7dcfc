"""What a cell has to pass. Each proof takes a `Kind`: a cell's class and what is to be expected of it.

`test_cells.py`, `test_laws.py` and `test_gradients.py` put the package's cells through them, `test_wrong_cells.py`
puts through cells that are wrong on purpose.
"""

import numpy as np
import scalar_cells
from cases import case, close, parts_of
from laws import laws
from slopes import gradients

# --- published numbers ----------------------------------------------------------------------------------------------

KERAS = 1e-6  # float32, 6 steps, numbers printed with 8 digits: worst seen 1.7e-7
CS231N = 5e-9  # half of the last of 8 printed digits: worst seen 4.6e-9
STATQUEST = 6e-4  # printed with 3 digits: worst seen 4.0e-4


def constant_lstm(kind, input_size, units, bias=0.03, forget_bias=1.0):
    """The cell of Keras' own unit tests: kernel .01, recurrent kernel .02, bias .03, and 1 for the forget gate."""
    b = None
    if bias is not None:
        b = np.full(4 * units, bias, np.float32)
        b[units : 2 * units] = forget_bias
    kernel = np.full((input_size, 4 * units), 0.01, np.float32)
    return kind.cell(kernel, np.full((units, 4 * units), 0.02, np.float32), b)


def keras_numbers(kind):
    """keras/src/layers/rnn/lstm_test.py, printed there to 8 digits: every weight of a block is the same."""

    def numbers(*shape):
        return np.arange(np.prod(shape), dtype=np.float32).reshape(shape)

    x = numbers(3, 6, 4)
    for options, go_backwards, expected in [
        ({}, False, [0.6288687, 0.86899155, 0.9460773]),
        ({}, True, [0.35622165, 0.74789524, 0.8872726]),
        ({"forget_bias": 0.03}, False, [0.57019705, 0.8661914, 0.9459622]),
        ({"bias": None}, False, [0.54986924, 0.86226785, 0.9443936]),
    ]:
        last = constant_lstm(kind, 4, 3, **options).run(x, go_backwards=go_backwards).last_output
        close(last, np.repeat(np.array(expected)[:, None], 3, axis=1), KERAS)

    h0 = numbers(2, 2)
    last = constant_lstm(kind, 3, 2).run(numbers(2, 4, 3), initial_state=(h0, h0)).last_output
    close(last, [[0.20574439, 0.3558822], [0.64930826, 0.66276]], KERAS)

    mask = np.array([[1, 1, 1, 0], [1, 1, 0, 0]], bool)
    expected = [[0.01588910, 0.05552048, 0.11755939, 0.11755939], [0.14185596, 0.28556206, 0.28556206, 0.28556206]]
    close(constant_lstm(kind, 3, 2).run(numbers(2, 4, 3), mask=mask).h[..., 0], expected, KERAS)

    stateful, x = constant_lstm(kind, 4, 4), numbers(2, 3, 4)
    second = stateful.run(x, initial_state=stateful.run(x).state)
    close(second.last_output[:, 0], [0.3124785, 0.6863672], KERAS)


def cs231n_step(kind, order="ifog"):
    """CS231n's lstm_step_forward check (N, D, H = 3, 4, 5), its joined weights read in the given column order."""

    def read(w):
        blocks = dict(zip(order, np.split(w, 4, axis=-1), strict=True))
        return np.concatenate([blocks[name] for name in "ifgo"], axis=-1)

    x = np.linspace(-0.4, 1.2, 12).reshape(3, 4)
    h, c = np.linspace(-0.3, 0.7, 15).reshape(3, 5), np.linspace(-0.4, 0.9, 15).reshape(3, 5)
    kernel = np.linspace(-2.1, 1.3, 80).reshape(4, 20)
    recurrent_kernel, bias = np.linspace(-0.7, 2.2, 100).reshape(5, 20), np.linspace(0.3, 0.7, 20)
    return kind.cell(read(kernel), read(recurrent_kernel), read(bias)).step(x, (h, c))


def cs231n_numbers(kind):
    h, c = cs231n_step(kind)
    close(h[0], [0.24635157, 0.28610883, 0.32240467, 0.35525807, 0.38474904], CS231N)
    close(c[0], [0.32986176, 0.39145139, 0.451556, 0.51014116, 0.56717407], CS231N)


def statquest_numbers(kind):
    """StatQuest's two companies over four days, one unit: what it says is .006 and .969 on the last day, and after
    the first day of company A -.201 on the belt and -.128 outside."""
    kernel, recurrent_kernel = np.array([[1.65, 1.63, 0.94, -0.19]]), np.array([[2.00, 2.70, 1.41, 4.38]])
    trace = kind.cell(kernel, recurrent_kernel, np.array([0.62, 1.62, -0.32, 0.59])).run(
        np.array([[0, 0.5, 0.25, 1], [1, 0.5, 0.25, 1]])[:, :, None]
    )
    close(trace.last_output[:, 0], [0.006, 0.969], STATQUEST)
    close([trace.c[0, 0, 0], trace.h[0, 0, 0]], [-0.201, -0.128], STATQUEST)


def published(kind):
    """The numbers that others have printed; they are all of LSTMs."""
    if kind.scalar == "lstm":
        keras_numbers(kind)
        cs231n_numbers(kind)
        statquest_numbers(kind)


# --- the scalar oracle ----------------------------------------------------------------------------------------------

SCALAR = 1e-13  # float64, 5 steps, sums in another order: worst seen 4.1e-14, by linear gates
SCALAR32 = 5e-6  # float32 beside the float64 oracle, 5 steps: worst seen 6.8e-7


def scalar_trace(case):
    """What `scalar_cells` makes of a case: {name: array}."""
    B, T, _ = case.x.shape
    state = [np.asarray(part).tolist() for part in parts_of(case.initial_state)]
    weights = {"bias": [0.0] * case.cell.kernel.shape[1]} | {n: w.tolist() for n, w in case.weights.items()}
    if case.kind.scalar == "gru" and case.cell.reset_after and "bias" not in case.weights:
        weights["bias"] = [weights["bias"]] * 2
    numbers = scalar_cells.run(
        case.kind.scalar,
        weights,
        case.x.tolist(),
        state[0],
        state[-1],
        np.ones((B, T), bool).tolist() if case.mask is None else case.mask.tolist(),
        case.go_backwards,
        case.cell.activation,
        getattr(case.cell, "recurrent_activation", "sigmoid"),
        getattr(case.cell, "reset_after", True),
        case.zero_output_for_mask,
    )
    return {name: np.array(value) for name, value in numbers.items()}


def agrees_with_scalar(case, tolerance=SCALAR):
    """Every part of the trace, the last state and the last output are the oracle's; `step` is the first of them."""
    expected, trace = scalar_trace(case), case.run()
    for name in case.cell.parts:
        close(getattr(trace, name), expected[name], tolerance)
    for name, value in zip(case.cell.states, parts_of(trace.state), strict=True):
        close(value, expected[f"{name}_state"], tolerance)
    close(trace.last_output, expected["h"][:, -1], tolerance)


def oracle(kind):
    """Masks, directions, no bias, float32, every activation, one step."""
    for seed, options in enumerate(
        [
            {},
            {"masked": False},
            {"go_backwards": True},
            {"zero_output_for_mask": True},
            {"masked": False, "go_backwards": True},
            {"bias": False},
            {"units": 1, "input_size": 1, "batch": 1},
        ]
    ):
        agrees_with_scalar(case(kind, seed, **options))
    agrees_with_scalar(case(kind, dtype=np.float32), SCALAR32)
    for name in scalar_cells.CURVES:
        agrees_with_scalar(case(kind, masked=False, activation=name))
        if kind.own_gates:
            agrees_with_scalar(case(kind, masked=False, recurrent_activation=name))
    first = case(kind, masked=False, steps=1)
    expected = scalar_trace(first)
    state = first.cell.step(first.x[:, 0], first.initial_state)
    for name, value in zip(first.cell.states, parts_of(state), strict=True):
        close(value, expected[f"{name}_state"], SCALAR)


PROOFS = (published, oracle, laws, gradients)
