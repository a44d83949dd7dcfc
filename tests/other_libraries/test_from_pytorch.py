"""`cells_from_pytorch`, each kind of layer beside PyTorch's own; without PyTorch, what is read and what is refused."""

import numpy as np
import pytest

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.other_libraries import Layer, cells_from_pytorch

FLOAT32 = 2e-6  # 9 steps, 3 layers, values up to 1: worst seen 5.9e-7
FLOAT64 = 5e-15  # worst seen 9.2e-16
KINDS = {"LSTM": (4, LSTMCell), "GRU": (3, GRUCell), "RNN": (1, SimpleRNNCell)}
NAMES = "weight_ih", "weight_hh", "bias_ih", "bias_hh"


def state_dict(kind="LSTM", layers=1, ways=("",), prefix="", D=3, H=2, seed=0):
    rng, blocks, found = np.random.default_rng(seed), KINDS[kind][0], {}
    for layer in range(layers):
        size = D if layer == 0 else len(ways) * H
        for way in ways:
            shapes = (blocks * H, size), (blocks * H, H), (blocks * H,), (blocks * H,)
            for name, shape in zip(NAMES, shapes, strict=True):
                found[f"{prefix}{name}_l{layer}{way}"] = rng.normal(size=shape).astype(np.float32)
    return found


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("options", [{}, {"num_layers": 3, "bidirectional": True}, {"bias": False}])
@pytest.mark.parametrize("kind", [*KINDS, "RNN relu"])
def test_the_layers_agree_with_pytorch(kind, options, dtype, last_lines):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed, so nothing was compared with it")
    torch.manual_seed(0)
    name, *more = kind.split()
    nonlinearity = {"nonlinearity": more[0]} if more else {}
    module = getattr(torch.nn, name)(3, 4, batch_first=True, dtype=getattr(torch, dtype), **nonlinearity, **options)
    for weight in module.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    x = torch.randn(5, 9, 3, dtype=getattr(torch, dtype))
    ours = cells_from_pytorch(module.state_dict(), **nonlinearity)
    assert [type(cell) for cell in (ours[0].forward, ours[-1].forward)] == [KINDS[name][1]] * 2

    tolerance = FLOAT32 if dtype == "float32" else FLOAT64
    lengths = torch.tensor([9, 3, 7, 1, 9])
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    mask = (torch.arange(9)[None] < lengths[:, None]).numpy()
    with torch.no_grad():
        whole, short = module(x)[0], torch.nn.utils.rnn.pad_packed_sequence(module(packed)[0], batch_first=True)[0]
    for theirs, counts in ((whole, None), (short, mask)):
        y = x.numpy()
        for layer in ours:
            y = layer(y, counts)
        scale = max(1.0, float(theirs.abs().max()))  # a relu has no bound
        assert np.abs(y - theirs.numpy()).max() < tolerance * scale
    last_lines.append(f"PyTorch {kind} {options} {dtype}: {np.abs(y - theirs.numpy()).max() / scale:.1e}")


def test_names_say_layers_directions_and_the_module():
    model = {"embed.weight": np.ones((3, 3)), **state_dict("GRU", 2, ("", "_reverse"), "encoder.")}
    layers = cells_from_pytorch(model)
    assert len(layers) == 2 and all(isinstance(layer, Layer) for layer in layers)
    assert (
        isinstance(layers[1].backward, GRUCell)
        and layers[1].backward.go_backwards
        and layers[1].forward.input_size == 4
    )
    model |= state_dict("LSTM", prefix="decoder.", seed=1)
    cell = cells_from_pytorch(model, prefix="decoder.")[0].forward
    assert np.array_equal(cell.kernel, model["decoder.weight_ih_l0"].T)
    assert np.allclose(cell.bias, model["decoder.bias_ih_l0"] + model["decoder.bias_hh_l0"])


class Tensor:
    """What a tensor on a graphics card is like."""

    def __init__(self, array, dtype="torch.float32"):
        self.array, self.dtype, self.here = array, dtype, False

    def detach(self):
        return self

    def cpu(self):
        self.here = True
        return self

    def float(self):
        return Tensor(self.array).cpu()

    def __array__(self, dtype=None, copy=None):
        if not self.here or "bfloat16" in self.dtype:
            raise TypeError("can't convert to numpy")
        return self.array


@pytest.mark.parametrize("dtype", ["torch.float32", "torch.bfloat16"])
def test_tensors_are_read_wherever_they_are(dtype):
    plain = state_dict()
    there = {name: Tensor(array, dtype) for name, array in plain.items()}
    assert np.array_equal(cells_from_pytorch(there)[0].forward.kernel, plain["weight_ih_l0"].T)


def without(*names):
    return {name: array for name, array in state_dict("LSTM", 2).items() if name not in names}


REFUSED = [
    ({"state_dict": [1]}, TypeError, "state_dict: expected a dictionary of arrays, got list"),
    ({"state_dict": {}}, ValueError, "state_dict: expected weight_ih_l0, .* got none"),
    ({"state_dict": {"fc.weight": np.ones((2, 2))}}, ValueError, "state_dict: expected weight_ih_l0, .* got fc.weight"),
    ({"state_dict": without("weight_hh_l1")}, ValueError, "state_dict: expected weight_hh_l1 as well"),
    ({"state_dict": without("bias_hh_l0")}, ValueError, "state_dict: expected bias_hh_l0 as well"),
    ({"state_dict": without("weight_ih_l0")}, ValueError, "state_dict: expected weight_ih_l0, .* got weight_hh_l0"),
    (
        {"state_dict": without("bias_ih_l0", "bias_hh_l0")},
        ValueError,
        "state_dict: expected no more arrays, got bias_hh_l1",
    ),
    (
        {"state_dict": state_dict() | {"weight_hr_l0": np.ones((1, 2))}},
        ValueError,
        "state_dict: expected no weight_hr, which comes with proj_size",
    ),
    (
        {"state_dict": state_dict() | {"weight_hh_l0": np.ones((10, 2))}},
        ValueError,
        r"weight_hh_l0: expected shape \(4H, H\), \(3H, H\) or \(H, H\), got \(10, 2\)",
    ),
    (
        {"state_dict": state_dict() | {"bias_ih_l0": np.ones(6)}},
        ValueError,
        r"bias_ih_l0: expected shape \(8,\), as weight_hh_l0 says, got \(6,\)",
    ),
    (
        {"state_dict": state_dict() | {"weight_ih_l0": np.ones((6, 3))}},
        ValueError,
        r"weight_ih_l0: expected shape \(8, D\), as weight_hh_l0 says",
    ),
    ({"state_dict": state_dict() | {"weight_ih_l0": "x"}}, TypeError, "weight_ih_l0: expected real numbers"),
    (
        {"state_dict": state_dict() | state_dict(prefix="other.")},
        ValueError,
        "prefix: expected one of '', 'other.', for there are several, got None",
    ),
    ({"state_dict": state_dict(), "prefix": "lstm."}, ValueError, "prefix: expected one of '', got 'lstm.'"),
    ({"state_dict": state_dict("RNN"), "nonlinearity": "gelu"}, ValueError, "nonlinearity: expected one of tanh, relu"),
]


def test_what_cannot_be_read_is_refused_in_a_sentence():
    for options, error, words in REFUSED:
        with pytest.raises(error, match=f"^{words}"):
            cells_from_pytorch(**options)


def test_a_module_is_told_to_hand_over_its_state_dict():
    class Module:
        def state_dict(self):
            return {}

    with pytest.raises(TypeError, match=r"got Module: hand over its state_dict\(\)"):
        cells_from_pytorch(Module())
