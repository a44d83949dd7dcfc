"""ONNX Runtime as an oracle: random cells against its own kernels for LSTM, GRU and RNN, without any framework.

Its kernels compute in float32 alone and know no mask, only the number of steps of each sequence: right padding.
"""

import numpy as np
import onnx
import onnxruntime
import pytest
from cases import KINDS, parts_of
from oracles import GATES, cases, hold

from lstm_edu.cells.activations import ACTIVATIONS
from lstm_edu.dialects import convert

TOLERANCE = 5e-6  # float32, 8 steps, sums in another order: worst seen 2.2e-6, a GRU with unbounded gates

# our name: ONNX', and its alpha and beta
CURVES = {
    "tanh": ("Tanh", None),
    "sigmoid": ("Sigmoid", None),
    "hard_sigmoid": ("HardSigmoid", (1 / 6, 0.5)),
    "hard_sigmoid_keras2": ("HardSigmoid", (0.2, 0.5)),
    "relu": ("Relu", None),
    "softsign": ("Softsign", None),
    "linear": ("Affine", (1.0, 0.0)),
}


def lstm(case):
    """Operator, weights and options of any LSTM, coupled gates and peepholes included."""
    weights, options = dict(case.weights), {}
    if case.kind.scalar == "cifg":
        # the operator wants a forget gate's weights and must not look at them
        options["input_forget"] = 1
        for name in ("kernel", "recurrent_kernel", "bias"):
            if name in weights:
                i, g, o = np.split(weights[name], 3, axis=-1)
                weights[name] = np.concatenate([i, np.full_like(i, 7), g, o], axis=-1)
    peephole = weights.pop("peephole", None)
    arrays = convert(weights, "keras", "onnx")
    if peephole is not None:
        i, f, o = peephole
        arrays["P"] = np.concatenate([i, o, f])[None]  # (1, 3H)
    gate, squash = case.cell.recurrent_activation, case.cell.activation
    return "LSTM", arrays, options, [gate, squash, squash]


def gru(case):
    """The blocks stand in Keras' order, z, r, g, and z says in both how much of the old state stays."""
    cell = case.cell
    arrays = {"W": cell.kernel.T[None], "R": cell.recurrent_kernel.T[None]}  # (1, 3H, D), (1, 3H, H)
    if cell.bias is not None:
        both = cell.bias if cell.reset_after else np.stack([cell.bias, np.zeros_like(cell.bias)])
        arrays["B"] = both.reshape(1, -1)  # (1, 6H)
    return "GRU", arrays, {"linear_before_reset": int(cell.reset_after)}, [cell.recurrent_activation, cell.activation]


def rnn(case):
    cell = case.cell
    arrays = {"W": cell.kernel.T[None], "R": cell.recurrent_kernel.T[None]}  # (1, H, D), (1, H, H)
    if cell.bias is not None:
        arrays["B"] = np.concatenate([cell.bias, np.zeros_like(cell.bias)])[None]  # (1, 2H)
    return "RNN", arrays, {}, [cell.activation]


def outputs(case, operator, arrays, options, curves):
    """What ONNX Runtime makes of a case: h (B, T, H) in time order, and each part of the last state (B, H)."""
    feeds = {"X": case.x.transpose(1, 0, 2), **arrays}  # (T, B, D)
    if case.mask is not None:
        feeds["sequence_lens"] = case.mask.sum(axis=1).astype(np.int32)
    if case.initial_state is not None:
        for name, part in zip(case.cell.states, parts_of(case.initial_state), strict=True):
            feeds[f"initial_{name}"] = part[None]  # (1, B, H)
    order = ["X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P"]
    inputs = [name if name in feeds else "" for name in order[: 8 if operator == "LSTM" else 6]]
    while not inputs[-1]:
        inputs.pop()
    names = ["Y", *[f"Y_{name}" for name in case.cell.states]]

    parameters = [CURVES[name][1] for name in curves if CURVES[name][1]]
    if parameters:
        options = options | {
            "activation_alpha": [a for a, _ in parameters],
            "activation_beta": [b for _, b in parameters],
        }
    node = onnx.helper.make_node(
        operator,
        inputs,
        names,
        hidden_size=case.cell.units,
        direction="reverse" if case.go_backwards else "forward",
        activations=[CURVES[name][0] for name in curves],
        **options,
    )
    graph = onnx.helper.make_graph(
        [node],
        operator,
        [typed(name, value.dtype, value.shape) for name, value in feeds.items()],
        [typed(name, case.x.dtype, None) for name in names],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 14)], ir_version=8)
    one_thread = onnxruntime.SessionOptions()
    one_thread.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), one_thread, providers=["CPUExecutionProvider"])
    h, *state = session.run(None, {name: np.ascontiguousarray(value) for name, value in feeds.items()})
    return h[:, 0].transpose(1, 0, 2), [part[0] for part in state]


def typed(name, dtype, shape):
    return onnx.helper.make_tensor_value_info(name, onnx.helper.np_dtype_to_tensor_dtype(np.dtype(dtype)), shape)


OPERATORS = {
    "LSTM": lstm,
    "peephole": lstm,
    "CIFG": lstm,
    "GRU": gru,
    "GRU, reset before": gru,
    "SimpleRNN": rnn,
}


def against_onnx(case, errors, operator):
    h, state = outputs(case, *operator(case))
    trace = case.run()
    in_order = h[:, ::-1] if case.go_backwards else h
    # where a step does not count, ONNX writes zeros; this package, as Keras, does if asked, and else the output before
    errors.see("h", trace.h, in_order, case.counted()[:, :, None] | case.zero_output_for_mask)
    for got, part in zip(parts_of(trace.state), state, strict=True):
        errors.see("state", got, part)


@pytest.mark.parametrize("name", OPERATORS)
def test_forward(name, last_lines):
    # gates without bound that look at the belt square its numbers at each step
    gates = GATES if name == "peephole" else tuple(ACTIVATIONS)
    errors = hold(
        lambda case, errors: against_onnx(case, errors, OPERATORS[name]),
        cases(KINDS[name], np.float32, gates=gates, masks=("none", "right")),
        TOLERANCE,
    )
    last_lines.append(f"ONNX Runtime {name}, float32: {errors}")
