"""`cells_from_onnx`, each operator and attribute beside ONNX Runtime, and what is refused."""

import numpy as np
import onnx
import onnxruntime
import pytest

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.cells.variants import CIFGCell, PeepholeCell
from lstm_edu.other_libraries import cells_from_onnx, to_onnx

FLOAT32 = 2e-6  # 9 steps, values up to 1: worst seen 3.6e-7
BLOCKS = {"LSTM": 4, "GRU": 3, "RNN": 1}
D, H, T, B = 3, 4, 9, 5


def arrays(operator="LSTM", ways=1, bias=True, peephole=False):
    rng, columns = np.random.default_rng(0), BLOCKS[operator] * H
    shapes = {"W": (ways, columns, D), "R": (ways, columns, H)}
    shapes |= {"B": (ways, 2 * columns)} if bias else {}
    shapes |= {"P": (ways, 3 * H)} if peephole else {}
    return {name: rng.normal(size=shape, scale=0.5).astype(np.float32) for name, shape in shapes.items()}


def node_of(operator, given, attributes):
    names = ["X", "W", "R", "B" if "B" in given else "", "sequence_lens"]
    names += ["", "", "P"] if "P" in given else []
    return onnx.helper.make_node(operator, names, ["Y"], **attributes)


def in_onnx_runtime(operator, given, attributes, x, lengths):
    """(B, T, ways * H) of ONNX Runtime; x (B, T, D)."""
    feeds = {"X": x if attributes.get("layout") else x.swapaxes(0, 1), "sequence_lens": lengths, **given}
    typed = onnx.helper.make_tensor_value_info
    inputs = [typed(n, onnx.helper.np_dtype_to_tensor_dtype(a.dtype), a.shape) for n, a in feeds.items()]
    node = node_of(operator, given, attributes)
    graph = onnx.helper.make_graph([node], operator, inputs, [typed("Y", onnx.TensorProto.FLOAT, None)])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 14)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (y,) = session.run(None, {name: np.ascontiguousarray(array) for name, array in feeds.items()})
    return y.transpose(2, 0, 1, 3).reshape(B, T, -1)  # (T, ways, B, H)


CASES = {
    "LSTM": ("LSTM", {}, {}, LSTMCell),
    "LSTM without bias": ("LSTM", {"bias": False}, {}, LSTMCell),
    "LSTM backwards": ("LSTM", {}, {"direction": "reverse"}, LSTMCell),
    "LSTM, both directions": ("LSTM", {"ways": 2}, {"direction": "bidirectional"}, LSTMCell),
    "LSTM with peepholes": ("LSTM", {"peephole": True}, {}, PeepholeCell),
    "LSTM with coupled gates": ("LSTM", {}, {"input_forget": 1}, CIFGCell),
    "LSTM, other curves": ("LSTM", {}, {"activations": ["HardSigmoid", "Softsign", "Softsign"]}, LSTMCell),
    "LSTM, Keras 3's hard sigmoid": (
        "LSTM",
        {},
        {"activations": ["HardSigmoid", "Tanh", "Tanh"], "activation_alpha": [1 / 6], "activation_beta": [0.5]},
        LSTMCell,
    ),
    "GRU": ("GRU", {}, {}, GRUCell),
    "GRU, linear before reset": ("GRU", {}, {"linear_before_reset": 1}, GRUCell),
    "GRU, both directions, other curves": (
        "GRU",
        {"ways": 2},
        {"direction": "bidirectional", "activations": ["Sigmoid", "Softsign", "HardSigmoid", "Tanh"]},
        GRUCell,
    ),
    "RNN": ("RNN", {}, {}, SimpleRNNCell),
    "RNN with relu, both directions": (
        "RNN",
        {"ways": 2, "bias": False},
        {"direction": "bidirectional", "activations": ["Relu", "Relu"]},
        SimpleRNNCell,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_cells_agree_with_onnx_runtime(name, last_lines):
    operator, shape, attributes, kind = CASES[name]
    given, attributes = arrays(operator, **shape), attributes | {"hidden_size": H}
    x = np.random.default_rng(1).normal(size=(B, T, D)).astype(np.float32)
    lengths = np.array([9, 3, 7, 1, 9], np.int32)
    theirs = in_onnx_runtime(operator, given, attributes, x, lengths)
    node = node_of(operator, given, attributes)  # its attributes, as ONNX' own package gives them: texts are bytes
    layer = cells_from_onnx({a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}, **given)
    assert {type(cell) for cell in (layer.forward, layer.backward) if cell is not None} == {kind}
    ours = layer(x, np.arange(T)[None] < lengths[:, None])
    scale = max(1.0, np.abs(theirs).max())  # a relu has no bound
    assert np.abs(theirs).max() > 0.1  # there is something to compare
    assert np.abs(ours - theirs).max() < FLOAT32 * scale
    last_lines.append(f"ONNX Runtime, {name}: {np.abs(ours - theirs).max() / scale:.1e}")


@pytest.mark.parametrize("name", CASES)
def test_a_written_node_computes_the_same_in_onnx_runtime(name):
    """Both are run by ONNX Runtime: the node that was read, and what `to_onnx` writes of it."""
    operator, shape, attributes, _ = CASES[name]
    given = arrays(operator, **shape)
    layer = cells_from_onnx(attributes, **given)
    node = to_onnx(layer)
    assert node.operator == operator
    written = {name: array for name, array in zip("WRBP", node[1:], strict=True) if array is not None}
    assert {name: array.shape for name, array in written.items()} == {n: array.shape for n, array in given.items()}
    x, lengths = np.random.default_rng(1).normal(size=(B, T, D)).astype(np.float32), np.array([9, 3, 7, 1, 9], np.int32)
    one = in_onnx_runtime(operator, given, attributes | {"hidden_size": H}, x, lengths)
    other = in_onnx_runtime(operator, written, node.attributes, x, lengths)
    assert np.abs(one - other).max() < FLOAT32 * max(1.0, np.abs(one).max())  # the biases are added up before


def test_a_node_is_read_as_the_page_says():
    """The lines of book/your_network.md."""
    given = arrays()
    node = onnx.helper.make_node("LSTM", ["X", "w", "r", "b"], ["Y"], hidden_size=H)
    stored = [onnx.numpy_helper.from_array(given[name], name.lower()) for name in "WRB"]
    typed = onnx.helper.make_tensor_value_info
    x, y = typed("X", onnx.TensorProto.FLOAT, (T, B, D)), typed("Y", onnx.TensorProto.FLOAT, None)
    model = onnx.helper.make_model(onnx.helper.make_graph([node], "graph", [x], [y], stored))

    node = next(node for node in model.graph.node if node.op_type == "LSTM")
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    read = {array.name: onnx.numpy_helper.to_array(array) for array in model.graph.initializer}
    layer = cells_from_onnx(attributes, *(read[name] for name in node.input[1:4]))
    assert np.array_equal(layer.forward.recurrent_kernel, cells_from_onnx({}, **given).forward.recurrent_kernel)


def test_the_layout_is_of_x_and_not_of_the_weights():
    given = arrays()
    one, other = (cells_from_onnx({"layout": layout}, **given).forward for layout in (0, 1))
    assert np.array_equal(one.kernel, other.kernel) and one.bias.shape == (16,)


REFUSED = [
    ([1], {}, TypeError, "attributes: expected a dictionary, got list"),
    ({"alpha": 1}, {}, ValueError, "attributes: expected some of activation_alpha, .* got alpha"),
    ({"clip": 3.0}, {}, ValueError, "clip: expected none, got 3.0"),
    ({"direction": "both"}, {}, ValueError, "direction: expected one of forward, reverse, bidirectional, got 'both'"),
    ({"direction": "bidirectional"}, {}, ValueError, r"R: expected shape \(2, 4H, H\)"),
    ({"hidden_size": 5}, {}, ValueError, "hidden_size: expected 4, as R says, got 5"),
    ({"activations": ["Sigmoid", "Tanh"]}, {}, ValueError, "activations: expected 3 of them, got 2"),
    ({"activations": ["Sigmoid", "Tanh", "Elu"]}, {}, ValueError, "activations: expected some of Tanh, .* got Elu"),
    ({"activations": ["Sigmoid", "Tanh", "Relu"]}, {}, ValueError, "activations: expected the same for candidate and"),
    (
        {"activations": ["HardSigmoid", "Tanh", "Tanh"], "activation_alpha": [0.3]},
        {},
        ValueError,
        r"activations: expected some of .*HardSigmoid\(0.2, 0.5\).* got HardSigmoid\(0.3, 0.5\)",
    ),
    ({"input_forget": 1}, {"P": np.ones((1, 12))}, ValueError, "input_forget: expected 0 with peepholes"),
    ({}, {"P": np.ones((1, 16))}, ValueError, r"P: expected shape \(1, 12\), got \(1, 16\)"),
    ({}, {"B": np.ones((1, 16))}, ValueError, r"B: expected shape \(1, 32\), got \(1, 16\)"),
    ({}, {"W": np.ones((16, 3))}, ValueError, r"W: expected shape \(1, 16, D\), got \(16, 3\)"),
    ({}, {"R": np.ones((1, 10, 4))}, ValueError, r"R: expected shape \(1, 4H, H\), .* got \(1, 10, 4\)"),
    ({}, {"R": np.full((1, 16, 4), np.nan)}, ValueError, "R: expected finite numbers"),
    ({}, arrays("GRU") | {"P": np.ones((1, 12))}, ValueError, "P: expected None for a GRU"),
]


def test_what_cannot_be_read_is_refused_in_a_sentence():
    for attributes, changed, error, words in REFUSED:
        with pytest.raises(error, match=f"^{words}"):
            cells_from_onnx(attributes, **arrays() | changed)
