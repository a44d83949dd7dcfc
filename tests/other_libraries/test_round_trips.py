"""Cells as another library's arrays and back, to the bit, for made-up ones of every kind; what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.cells.variants import CIFGCell, NoTanhCell, PeepholeCell
from lstm_edu.dialects import convert
from lstm_edu.keras_bridge import from_keras, to_keras
from lstm_edu.other_libraries import Layer, cells_from_onnx, cells_from_pytorch, to_onnx, to_pytorch

CURVES = "tanh", "sigmoid", "relu", "softsign", "hard_sigmoid", "hard_sigmoid_keras2", "linear"


def bits(rng, dtype, *shape):
    """Any finite number there is: the smallest, the largest, zeros of both signs."""
    whole = np.dtype(dtype).str.replace("f", "u")
    array = rng.integers(0, np.iinfo(whole).max, shape, whole, endpoint=True).view(dtype)
    array = np.where(np.isfinite(array), array, np.array(-0.0, dtype))
    return np.where(rng.random(shape) < 0.2, rng.choice(np.array([0.0, -0.0, 5e-324, -1.0], dtype), shape), array)


def made(kind, rng, dtype, D, H, bias, **options):
    blocks = len(kind.blocks)
    weights = [bits(rng, dtype, size, blocks * H) for size in (D, H)]
    if kind is PeepholeCell:
        options["peephole"] = bits(rng, dtype, 3, H)
    if bias:
        two = kind is GRUCell and options.get("reset_after", True)
        options["bias"] = bits(rng, dtype, *((2,) if two else ()), blocks * H)
    return kind(*weights, **options)


def directed(cells):
    """A layer of one cell or two, as the readers leave them."""
    for cell, backwards in zip(cells, (False, True), strict=False):
        cell.go_backwards, cell.zero_output_for_mask = backwards, True
    return Layer(*cells)


def same(one, other):
    """Two cells of one kind, every attribute equal, every array to the bit."""
    assert type(one) is type(other) and vars(one).keys() == vars(other).keys()
    for name, value in vars(one).items():
        there = vars(other)[name]
        if isinstance(value, np.ndarray):
            assert (value.dtype, value.shape, value.tobytes()) == (there.dtype, there.shape, there.tobytes()), name
        else:
            assert value == there, name


def same_layer(one, other):
    assert (one.backward is None, one.forward is None) == (other.backward is None, other.forward is None)
    for here, there in ((one.forward, other.forward), (one.backward, other.backward)):
        if here is not None:
            same(here, there)


SIZES = {
    "seed": st.integers(0, 2**32),
    "dtype": st.sampled_from(["float32", "float64"]),
    "D": st.integers(1, 4),
    "H": st.integers(1, 4),
    "bias": st.booleans(),
    "ways": st.integers(1, 2),
}


@given(kind=st.sampled_from([LSTMCell, GRUCell, SimpleRNNCell]), layers=st.integers(1, 3), **SIZES)
def test_cells_come_back_from_pytorch_to_the_bit(kind, layers, seed, dtype, D, H, bias, ways):
    rng = np.random.default_rng(seed)
    options = {"activation": "relu"} if kind is SimpleRNNCell and seed % 2 else {}
    ours = [
        directed([made(kind, rng, dtype, D if k == 0 else ways * H, H, bias, **options) for _ in range(ways)])
        for k in range(layers)
    ]
    arrays = to_pytorch(ours, "encoder.")
    again = cells_from_pytorch(arrays, nonlinearity=options.get("activation", "tanh"))
    assert len(again) == layers
    for one, other in zip(ours, again, strict=True):
        same_layer(one, other)
    twice = to_pytorch(again, "encoder.")
    assert list(twice) == list(arrays) and all(arrays[name].tobytes() == twice[name].tobytes() for name in arrays)
    # what torch.from_numpy wants, and nothing of the cells is shared
    assert all(array.flags.c_contiguous and array.flags.writeable for array in arrays.values())
    weights = [w for layer in ours for cell in (layer.forward, layer.backward) if cell for w in vars(cell).values()]
    assert not any(np.shares_memory(a, w) for a in arrays.values() for w in weights if isinstance(w, np.ndarray))


@given(
    kind=st.sampled_from([LSTMCell, CIFGCell, PeepholeCell, GRUCell, SimpleRNNCell]),
    curves=st.lists(st.sampled_from(CURVES), min_size=4, max_size=4),
    reset_after=st.booleans(),
    backwards=st.booleans(),
    **SIZES,
)
def test_cells_come_back_from_onnx_to_the_bit(kind, curves, reset_after, backwards, seed, dtype, D, H, bias, ways):
    rng = np.random.default_rng(seed)
    form = {"reset_after": reset_after} if kind is GRUCell else {}
    cells = []
    for k in range(ways):
        own = {"activation": curves[2 * k]}
        own |= {} if kind is SimpleRNNCell else {"recurrent_activation": curves[2 * k + 1]}
        cells.append(made(kind, rng, dtype, D, H, bias, **own, **form))
    ours = directed(cells)
    if ways == 1 and backwards:
        ours = Layer(backward=cells[0])
        cells[0].go_backwards = True
    node = to_onnx(ours)
    again = cells_from_onnx(*node)
    same_layer(ours, again)
    twice = to_onnx(again)
    assert twice.attributes == node.attributes
    for one, other in zip(node[1:], twice[1:], strict=True):
        assert one is other is None or one.tobytes() == other.tobytes()


@given(**SIZES)
def test_the_dialects_say_the_same_of_an_lstm(seed, dtype, D, H, bias, ways):
    """Two ways to the same arrays, written apart from each other."""
    cell = made(LSTMCell, np.random.default_rng(seed), dtype, D, H, bias)
    weights = {name: w for name in cell.weights if (w := getattr(cell, name)) is not None}
    node = to_onnx(cell)
    written = {"W": node.W, "R": node.R} | ({"B": node.B} if bias else {})
    for ours, target in ((to_pytorch(cell), "pytorch"), (written, "onnx")):
        theirs = convert(weights, "keras", target)
        assert ours.keys() == theirs.keys() and all(ours[name].tobytes() == theirs[name].tobytes() for name in ours)


@pytest.mark.keras
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (LSTMCell, {"recurrent_activation": "hard_sigmoid_keras2"}),
        (LSTMCell, {"activation": "softsign", "recurrent_activation": "hard_sigmoid"}),
        (GRUCell, {"reset_after": True}),
        (GRUCell, {"reset_after": False, "recurrent_activation": "hard_sigmoid_keras2"}),
        (SimpleRNNCell, {"activation": "relu"}),
    ],
)
def test_cells_come_back_from_keras_to_the_bit(kind, options, dtype):
    for seed, bias, backwards in ((0, True, False), (1, False, True)):
        cell = made(kind, np.random.default_rng(seed), dtype, 3, 4, bias, **options)
        cell.go_backwards, cell.zero_output_for_mask = backwards, not backwards
        same(cell, from_keras(to_keras(cell)))


def test_arrays_with_two_biases_come_back_with_their_sum():
    """Of an LSTM and an RNN; a GRU keeps both."""
    rng = np.random.default_rng(0)
    for blocks in (4, 3, 1):
        shapes = {"weight_ih_l0": (blocks * 2, 3), "weight_hh_l0": (blocks * 2, 2)}
        shapes |= {"bias_ih_l0": (blocks * 2,), "bias_hh_l0": (blocks * 2,)}
        theirs = {name: rng.normal(size=shape) for name, shape in shapes.items()}
        again = to_pytorch(cells_from_pytorch(theirs))
        kept = ["weight_ih_l0", "weight_hh_l0", *(["bias_ih_l0", "bias_hh_l0"] if blocks == 3 else [])]
        assert all(again[name].tobytes() == theirs[name].tobytes() for name in kept)
        if blocks != 3:
            assert np.array_equal(again["bias_ih_l0"], theirs["bias_ih_l0"] + theirs["bias_hh_l0"])
            assert not again["bias_hh_l0"].any()


@pytest.mark.parametrize("kind", ["LSTM", "GRU", "RNN"])
def test_pytorch_computes_the_same_with_what_is_written(kind):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed, so nothing was compared with it")
    cells = {"LSTM": LSTMCell, "GRU": GRUCell, "RNN": SimpleRNNCell}
    rng = np.random.default_rng(0)
    blocks, two = len(cells[kind].blocks), (2,) if kind == "GRU" else ()
    layers = [
        directed(
            [
                cells[kind](
                    *(rng.normal(size=s, scale=0.5) for s in ((D, blocks * 4), (4, blocks * 4), (*two, blocks * 4)))
                )
                for _ in range(2)
            ]
        )
        for D in (3, 8)
    ]
    module = getattr(torch.nn, kind)(3, 4, 2, batch_first=True, bidirectional=True, dtype=torch.float64)
    module.load_state_dict({name: torch.from_numpy(array) for name, array in to_pytorch(layers).items()})
    x = rng.normal(size=(5, 9, 3))
    with torch.no_grad():
        theirs = module(torch.from_numpy(x))[0].numpy()
    ours = layers[1](layers[0](x))
    assert np.abs(theirs).max() > 0.1 and np.abs(ours - theirs).max() < 5e-15  # float64: worst seen 9.2e-16


# --- what another library has no place for ---------------------------------------------------------------------------


def cell(kind=LSTMCell, D=3, H=2, bias=True, dtype="float32", **options):
    return made(kind, np.random.default_rng(0), dtype, D, H, bias, **options)


def backward(*arguments, **options):
    found = cell(*arguments, **options)
    found.go_backwards = True
    return found


NOT_IN_PYTORCH = [
    ("weights", TypeError, r"layers\[0\]: expected a cell or a Layer, got str"),
    ([], ValueError, "layers: expected at least one layer, got none"),
    (Layer(), ValueError, r"layers\[0\]: expected a Layer with a cell, got one without"),
    (cell(PeepholeCell), TypeError, r"layers\[0\]: expected an LSTMCell, .* got PeepholeCell"),
    (cell(NoTanhCell), TypeError, r"layers\[0\]: expected an LSTMCell, .* got NoTanhCell"),
    (cell(activation="relu"), ValueError, r"layers\[0\]: expected activation to be 'tanh', as in PyTorch, got 'relu'"),
    (
        cell(recurrent_activation="hard_sigmoid_keras2"),
        ValueError,
        r"layers\[0\]: expected recurrent_activation to be 'sigmoid', .* got 'hard_sigmoid_keras2'",
    ),
    (
        cell(SimpleRNNCell, activation="softsign"),
        ValueError,
        r"layers\[0\]: expected activation to be 'tanh' or 'relu'",
    ),
    (cell(GRUCell, reset_after=False), ValueError, r"layers\[0\]: expected reset_after to be True, .* got False"),
    (backward(), ValueError, r"layers\[0\]: expected a forward cell, got a backward one alone"),
    (Layer(cell(), cell()), ValueError, r"layers\[0\]: expected backward.go_backwards to be True, got False"),
    (Layer(backward()), ValueError, r"layers\[0\]: expected forward.go_backwards to be False, got True"),
    (Layer(cell(), backward(D=4)), ValueError, r"layers\[0\]: expected the same shape of kernel in both directions"),
    (
        Layer(cell(), backward(bias=False)),
        ValueError,
        r"layers\[0\]: expected the same bias in both .* \(8,\) and none",
    ),
    (Layer(cell(), backward(GRUCell)), ValueError, r"layers\[0\]: expected the same kind in both directions"),
    ([cell(), cell(GRUCell, D=2)], ValueError, r"layers\[1\]: expected cell LSTMCell, as layers\[0\] has, got GRUCell"),
    ([cell(), cell(D=2, H=3)], ValueError, r"layers\[1\]: expected units 2, as layers\[0\] has, got 3"),
    (
        [cell(), cell(D=2, bias=False)],
        ValueError,
        r"layers\[1\]: expected use_bias True, as layers\[0\] has, got False",
    ),
    ([cell(), cell(D=2, dtype="float64")], ValueError, r"layers\[1\]: expected dtype float32, .* got float64"),
    ([cell(), cell()], ValueError, r"layers\[1\]: expected D = 2, what the layer below gives, got 3"),
    ([cell(), Layer(cell(D=2), backward(D=2))], ValueError, r"layers\[1\]: expected as many directions as layers\[0\]"),
    (
        [cell(SimpleRNNCell), cell(SimpleRNNCell, D=2, activation="relu")],
        ValueError,
        r"layers\[1\]: expected activation tanh, as layers\[0\] has, got relu",
    ),
    (
        Layer(cell(SimpleRNNCell), backward(SimpleRNNCell, activation="relu")),
        ValueError,
        r"layers\[0\]: expected activation tanh, as layers\[0\] has, got relu",
    ),
]
NOT_IN_ONNX = [
    ([cell()], TypeError, "layer: expected a cell or a Layer, got list"),
    (Layer(), ValueError, "layer: expected a Layer with a cell, got one without"),
    (cell(NoTanhCell), TypeError, "layer: expected one of LSTMCell, PeepholeCell, .* got NoTanhCell"),
    (Layer(cell(), backward(PeepholeCell)), ValueError, "layer: expected the same kind in both directions"),
    (Layer(cell(), backward(H=3)), ValueError, "layer: expected the same shape of kernel in both directions"),
    (Layer(cell(), backward(dtype="float64")), ValueError, "layer: expected the same dtype in both directions"),
    (
        Layer(cell(GRUCell, bias=False), backward(GRUCell, bias=False, reset_after=False)),
        ValueError,
        "layer: expected the same reset_after in both directions, got True and False",
    ),
]


def test_what_cannot_be_written_is_refused_in_a_sentence():
    for write, rows in ((to_pytorch, NOT_IN_PYTORCH), (to_onnx, NOT_IN_ONNX)):
        for layers, error, words in rows:
            with pytest.raises(error, match=f"^{words}"):
                write(layers)
