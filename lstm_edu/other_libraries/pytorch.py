"""The layers of a `torch.nn.LSTM`, `GRU` or `RNN`, from its `state_dict` and back into one.

PyTorch's arrays are Keras' transposed, and it has two biases. Its blocks are i, f, g, o of an LSTM; r, z, n of a GRU,
whose n is this package's g, in the form `reset_after=True`. Source: PyTorch's documentation of the three.
"""

import re

import numpy as np

from ..cells import GRUCell, LSTMCell, SimpleRNNCell
from ..common import checks
from ..dialects import sum_of
from .layer import as_layer, directed

ARRAYS = "weight_ih|weight_hh|weight_hr|bias_ih|bias_hh"
KEY = re.compile(rf"(?P<prefix>.*?)(?P<array>{ARRAYS})_l(?P<layer>\d+)(?P<way>_reverse)?")
BLOCKS = {4: LSTMCell, 3: GRUCell, 1: SimpleRNNCell}


def cells_from_pytorch(state_dict, prefix=None, nonlinearity="tanh"):
    """The layers of one `torch.nn.LSTM`, `GRU` or `RNN`: a list of `Layer`, the lowest first.

    state_dict: what `module.state_dict()` gives, {name: tensor}, of the module alone or of a model that has it; arrays
    do as well. prefix: where the module stands in the model, "encoder.lstm."; None if there is only one. nonlinearity:
    an RNN's, "tanh" or "relu", which the weights do not say. Which of the three it is, how many layers and directions
    there are, is read from the names and shapes. The cells compute in float32, or float64 where the weights are.
    Raises TypeError or ValueError, naming the array, for one that is missing or of another shape, and for `proj_size`,
    which no cell here has.

    Layer by layer, with x (B, T, D): `for layer in cells_from_pytorch(lstm.state_dict()): x = layer(x)`.
    """
    arrays = _of_one_module(state_dict, prefix)
    nonlinearity = checks.one_of(nonlinearity, ("tanh", "relu"), "nonlinearity")
    ways = [way for way in ("", "_reverse") if ("weight_ih", 0, way) in arrays]
    if not ways:
        raise ValueError(f"state_dict: expected weight_ih_l0, weight_hh_l0, ..., got {_few(map(_name, arrays))}")
    count = 1 + max(layer for _, layer, _ in arrays)
    layers, left = [], set(arrays)
    for k in range(count):
        cells = []
        for way in ways:
            own = {array: _taken(arrays, (array, k, way)) for array in ("weight_ih", "weight_hh")}
            if ("bias_ih", 0, ways[0]) in arrays:
                own |= {array: _taken(arrays, (array, k, way)) for array in ("bias_ih", "bias_hh")}
            left -= {(array, k, way) for array in own}
            cells.append(_cell(own, f"_l{k}{way}", nonlinearity))
        layers.append(directed(*cells))
    if left:
        raise ValueError(f"state_dict: expected no more arrays, got {', '.join(sorted(map(_name, left)))} as well")
    return layers


def to_pytorch(layers, prefix=""):
    """{name: array} as in the `state_dict` of a `torch.nn.LSTM`, `GRU` or `RNN` with these layers.

    layers: a list as `cells_from_pytorch` gives it, the lowest first; a `Layer` or a cell for one layer alone. prefix:
    what stands before each name, "encoder.lstm.". PyTorch has two biases: an LSTM's and an RNN's stands in `bias_ih`,
    and `bias_hh` is zero. The way back, `cells_from_pytorch`, gives every bit of the weights; what the arrays do not
    say is an RNN's `nonlinearity`, which is the activation of the cells.
    Load it by `module.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.items()})`.
    Raises TypeError or ValueError, naming the layer, for what PyTorch has no place for: other cells, other activations,
    a GRU with `reset_after=False`, a layer that only reads backwards, layers that differ in kind, directions, size,
    dtype, or in having a bias, and one that does not take what the layer below gives.
    """
    given = layers if isinstance(layers, (list, tuple)) else [layers]
    if not given:
        raise ValueError("layers: expected at least one layer, got none")
    layers = [as_layer(layer, f"layers[{k}]") for k, layer in enumerate(given)]
    arrays = {}
    for k, layer in enumerate(layers):
        _check_fits(layer, layers[0], layers[k - 1] if k else None, f"layers[{k}]")
        for way, cell in _ways(layer):
            arrays |= {f"{prefix}{name}_l{k}{way}": array for name, array in _arrays(cell).items()}
    return arrays


def _ways(layer):
    return [(way, cell) for way, cell in (("", layer.forward), ("_reverse", layer.backward)) if cell is not None]


def _arrays(cell):
    """{name: array} of one cell, in PyTorch's layout."""
    columns = [cell.kernel, cell.recurrent_kernel]
    bias = cell.bias
    if type(cell) is GRUCell:
        columns = [_z_before_r(w) for w in columns]
        bias = None if bias is None else _z_before_r(bias)  # (2, 3H)
    elif bias is not None:
        bias = np.stack([bias, np.zeros_like(bias)])  # (2, columns)
    found = dict(zip(("weight_ih", "weight_hh"), (w.T.copy() for w in columns), strict=True))
    return found if bias is None else found | {"bias_ih": bias[0].copy(), "bias_hh": bias[1].copy()}


def _check_fits(layer, lowest, below, argument):
    """One module has layers of one make, each of which reads what the one below gives."""
    if layer.forward is None:
        raise ValueError(f"{argument}: expected a forward cell, got a backward one alone: PyTorch has no such layer")
    if (layer.backward is None) != (lowest.backward is None):
        raise ValueError(f"{argument}: expected as many directions as layers[0] has, got {len(_ways(layer))}")
    for _, cell in _ways(layer):
        _check_computes(cell, argument)
        for what, value in _make(cell).items():
            if value != (expected := _make(lowest.forward)[what]):
                raise ValueError(f"{argument}: expected {what} {expected}, as layers[0] has, got {value}")
    if below is not None:
        given, D = sum(cell.units for _, cell in _ways(below)), layer.forward.input_size
        if given != D:
            raise ValueError(f"{argument}: expected D = {given}, what the layer below gives, got {D}")


def _check_computes(cell, argument):
    """PyTorch's three modules have no other equations and hardly another activation."""
    if type(cell) not in BLOCKS.values():
        raise TypeError(
            f"{argument}: expected an LSTMCell, a GRUCell or a SimpleRNNCell, got {type(cell).__name__}, "
            "which PyTorch has no layer for"
        )
    expected = {"activation": ("tanh", "relu") if type(cell) is SimpleRNNCell else ("tanh",)}
    expected |= {"recurrent_activation": ("sigmoid",), "reset_after": (True,)}
    for name, allowed in expected.items():
        got = getattr(cell, name, allowed[0])
        if got not in allowed:
            told = " or ".join(map(repr, allowed))
            raise ValueError(f"{argument}: expected {name} to be {told}, as in PyTorch, got {got!r}")


def _make(cell):
    """What all cells of a module have in common."""
    return {
        "cell": type(cell).__name__,
        "units": cell.units,
        "dtype": cell.kernel.dtype.name,
        "use_bias": cell.bias is not None,
        "activation": cell.activation,
    }


def _of_one_module(state_dict, prefix):
    """{(array, layer, way): value} of the one recurrent module that is meant."""
    if not hasattr(state_dict, "items"):
        hint = ": hand over its state_dict()" if hasattr(state_dict, "state_dict") else ""
        raise TypeError(f"state_dict: expected a dictionary of arrays, got {type(state_dict).__name__}{hint}")
    modules = {}
    for name, value in state_dict.items():
        if found := KEY.fullmatch(str(name)):
            place = found["array"], int(found["layer"]), found["way"] or ""
            modules.setdefault(found["prefix"], {})[place] = value
    if not modules:
        raise ValueError(f"state_dict: expected weight_ih_l0, weight_hh_l0, ..., got {_few(state_dict)}")
    if prefix is None and len(modules) > 1:
        raise ValueError(f"prefix: expected one of {', '.join(map(repr, modules))}, for there are several, got None")
    if prefix is not None and prefix not in modules:
        raise ValueError(f"prefix: expected one of {', '.join(map(repr, modules))}, got {prefix!r}")
    arrays = next(iter(modules.values())) if prefix is None else modules[prefix]
    if any(array == "weight_hr" for array, _, _ in arrays):
        raise ValueError("state_dict: expected no weight_hr, which comes with proj_size: no cell here has a projection")
    return arrays


def _taken(arrays, place):
    """One array, as NumPy's."""
    name = _name(place)
    if place not in arrays:
        raise ValueError(f"state_dict: expected {name} as well, got {', '.join(sorted(map(_name, arrays)))}")
    value = arrays[place]
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        if "bfloat16" in str(value.dtype):
            value = value.float()  # NumPy has no such type; float32 has a place for each of its numbers
    return checks.real(value, name)


def _cell(own, suffix, nonlinearity):
    """The cell of one layer in one direction. own: its arrays; suffix: of their names."""
    shape = own["weight_hh"].shape
    H = shape[-1] if len(shape) == 2 else 0
    blocks = shape[0] // H if H else 0
    if blocks not in BLOCKS or shape != (blocks * H, H):
        raise ValueError(f"weight_hh{suffix}: expected shape (4H, H), (3H, H) or (H, H), got {shape}")
    for array, value in own.items():
        axes, meaning = (2, f"({blocks * H}, D)") if array.startswith("weight") else (1, f"({blocks * H},)")
        if value.ndim != axes or len(value) != blocks * H:
            raise ValueError(f"{array}{suffix}: expected shape {meaning}, as weight_hh{suffix} says, got {value.shape}")
    kernel, recurrent_kernel = own["weight_ih"].T, own["weight_hh"].T
    both = np.stack([own["bias_ih"], own["bias_hh"]]) if "bias_ih" in own else None  # (2, columns)
    if BLOCKS[blocks] is GRUCell:
        return GRUCell(*(None if w is None else _z_before_r(w) for w in (kernel, recurrent_kernel, both)))
    options = {"activation": nonlinearity} if BLOCKS[blocks] is SimpleRNNCell else {}
    return BLOCKS[blocks](kernel, recurrent_kernel, None if both is None else sum_of(*both), **options)


def _z_before_r(columns):
    """From PyTorch's order r, z, n to z, r, g, and back: the first two change places."""
    r, z, n = np.split(columns, 3, axis=-1)
    return np.concatenate([z, r, n], axis=-1)


def _name(place):
    array, layer, way = place
    return f"{array}_l{layer}{way}"


def _few(names):
    shown = list(map(str, names))
    return ", ".join(shown[:8]) + (", ..." if len(shown) > 8 else "") if shown else "none"
