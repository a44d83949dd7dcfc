"""js/numbers/cells.js in Node against lstm_edu's cells: random shapes and weights, forward and backward, in float64."""

import numpy as np
import pytest
from cases import KINDS, case, packed, parts_of
from oracles import Errors, slopes_of_a_loss

from lstm_edu.cells.activations import ACTIVATIONS

CELLS = {  # kind: its name in cells.js and what its `run` is told
    "SimpleRNN": ("simpleRnn", {}),
    "LSTM": ("lstm", {}),
    "no forget gate": ("lstm", {"forget": False}),
    "GRU": ("gru", {}),
    "GRU, reset before": ("gru", {"resetAfter": False}),
}
DRAWN = 60
# worst seen 4.8e-15 and 1.3e-14, both a SimpleRNN's
VALUES, GRADIENTS = 1e-12, 1e-10

SCRIPT = """
import * as cells from "./numbers/cells.js";
give(data.map(({ kind, cell, x, start, slopes, options }) => {
  for (const [name, value] of Object.entries(cell)) if (Array.isArray(value)) cell[name] = Float64Array.from(value);
  const trace = cells[kind].run(cell, Float64Array.from(x), start ?? undefined, options);
  return { trace, back: slopes && cells[kind].back(cell, trace, slopes) };
}));
"""


def flat(array):
    return None if array is None else np.asarray(array).ravel().tolist()


def columns(array, filler):
    """The three blocks i, g, o of the cell without forget gate, in the four that cells.js has; `filler` for f."""
    i, g, o = np.split(array, 3, axis=-1)
    return np.concatenate([i, np.full_like(i, filler), g, o], axis=-1)


def drawn(name, k, **options):
    """A `Case` of one sequence: some without bias, some without steps, some that start from zeros."""
    rng = np.random.default_rng([k, len(name)])
    steps, input_size, units = (int(rng.integers(1, most)) for most in (16, 7, 8))
    shape = {"batch": 1, "steps": steps if k % 20 else 0, "input_size": input_size, "units": units}
    made = case(KINDS[name], seed=k, masked=False, bias=k % 3 > 0, **shape, **options)
    return made if k % 2 else type(made)(**(vars(made) | {"initial_state": None}))


def asked(name, one, backward=True):
    """What the script is told of a case."""
    kind, options = CELLS[name]
    weights = dict(one.weights)
    if name == "no forget gate":
        weights = {key: columns(value, filler=7.0) for key, value in weights.items()}
    d_outputs, d_state = slopes_of_a_loss(one)

    def named(parts):
        return dict(zip(one.cell.states, map(flat, parts), strict=True))

    return {
        "kind": kind,
        "options": options,
        "x": flat(one.x),
        "start": None if one.initial_state is None else named(parts_of(one.initial_state)),
        "slopes": {"h": flat(d_outputs), "last": named(d_state)} if backward else None,
        "cell": {
            "kernel": flat(weights["kernel"]),
            "recurrent": flat(weights["recurrent_kernel"]),
            "bias": flat(weights.get("bias")),
            "units": one.cell.units,
        },
    }


@pytest.mark.parametrize("name", CELLS)
def test_values_and_gradients_are_numpys(name, node, last_lines):
    values, gradients = Errors(VALUES), Errors(GRADIENTS)
    all_cases = [drawn(name, k) for k in range(DRAWN)]
    for one, got in zip(all_cases, node(SCRIPT, [asked(name, one) for one in all_cases]), strict=True):
        trace, back = one.run(), got["back"]
        for part in one.cell.parts:
            values.see(part, np.array(got["trace"][part], float).reshape(trace.h.shape), getattr(trace, part))

        d_outputs, d_state = slopes_of_a_loss(one)
        slopes = trace.backward(d_outputs, packed(d_state))
        expected = {"kernel": slopes.kernel, "recurrent": slopes.recurrent_kernel, "bias": slopes.bias}
        if name == "no forget gate":
            expected = {key: value if value is None else columns(value, 0.0) for key, value in expected.items()}
        expected |= {"x": slopes.inputs} | {state: getattr(slopes, state) for state in one.cell.states}
        for key, value in expected.items():
            if value is None:
                assert back[key] is None
            else:
                gradients.see(key, np.array(back[key], float).reshape(value.shape), value)
        for state, value in zip(one.cell.states, parts_of(slopes.initial_state), strict=True):
            gradients.see(f"first {state}", np.array(back["start"][state], float).reshape(value.shape), value)
    worst = [max(errors.worst.values()) for errors in (values, gradients)]
    last_lines.append(f"cells.js {name}, {DRAWN} cells: worst value {worst[0]:.1e}, gradient {worst[1]:.1e}")


@pytest.mark.parametrize("activation", ["tanh", "relu", "linear"])
def test_the_plain_loops_curves_are_numpys_there_and_back(activation, node):
    values, gradients = Errors(VALUES), Errors(GRADIENTS)
    all_cases = [drawn("SimpleRNN", k, activation=activation) for k in range(20)]
    questions = [asked("SimpleRNN", one) | {"options": {"activation": activation}} for one in all_cases]
    for one, got in zip(all_cases, node(SCRIPT, questions), strict=True):
        trace = one.run()
        values.see("h", np.array(got["trace"]["h"], float).reshape(trace.h.shape), trace.h)
        d_outputs, d_state = slopes_of_a_loss(one)
        slopes = trace.backward(d_outputs, packed(d_state))
        for name, expected in {"h": slopes.h, "x": slopes.inputs, "recurrent": slopes.recurrent_kernel}.items():
            gradients.see(name, np.array(got["back"][name], float).reshape(expected.shape), expected)


@pytest.mark.parametrize("gate", ["sigmoid", "hard_sigmoid", "hard_sigmoid_keras2"])
def test_the_gates_curves_are_numpys(gate, node):
    assert gate in ACTIVATIONS
    values = Errors(VALUES)
    all_cases = [drawn("LSTM", k, recurrent_activation=gate) for k in range(20)]
    questions = [asked("LSTM", one, backward=False) | {"options": {"gate": gate}} for one in all_cases]
    for one, got in zip(all_cases, node(SCRIPT, questions), strict=True):
        trace = one.run()
        for part in one.cell.parts:
            values.see(part, np.array(got["trace"][part], float).reshape(trace.h.shape), getattr(trace, part))


def test_a_cell_of_other_numbers_is_seen(node):
    one = drawn("LSTM", 1)
    question = asked("LSTM", one)
    question["cell"]["recurrent"][0] += 1e-6
    [got] = node(SCRIPT, [question])
    with pytest.raises(AssertionError, match="off by"):
        Errors(VALUES).see("h", np.array(got["trace"]["h"]).reshape(one.run().h.shape), one.run().h)
