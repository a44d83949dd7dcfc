"""A layer's call once more, in this package's cells, and how far that is from what Keras returned."""

import numpy as np

from ..cells.trace import parts_of
from ..keras_bridge import from_keras
from .calls import Call
from .layers import DIRECTIONS
from .traces import Directions, Stack, Unfollowed


def cells_or_reason(layer):
    """The package's cells for a layer of Keras' RNN family, the lowest first; [] for a `Bidirectional`, which has none
    of its own; or the error that says why there are none.
    """
    import keras

    if type(layer) is keras.layers.Bidirectional:
        return []
    kinds = keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN, keras.layers.RNN
    try:
        if type(layer) not in kinds or not layer.built:
            return [from_keras(layer)]  # it says why not
        stacked = type(layer.cell) is keras.layers.StackedRNNCells
        cells = [from_keras(cell) for cell in (layer.cell.cells if stacked else [layer.cell])]
    except (TypeError, ValueError) as error:
        return error
    for cell in cells:
        cell.go_backwards = layer.go_backwards
    cells[-1].zero_output_for_mask = bool(layer.zero_output_for_mask)
    return cells


def kept_bytes(cells, call):
    """How much memory a call and its traces take."""
    if not isinstance(call, Call):
        return 0
    own = sum(array.nbytes for arrays in call for array in arrays)
    if isinstance(cells, Exception) or not cells:
        return own
    B, T = call.inputs[0].shape[:2]
    numbers = sum((len(cell.parts) + bool(call.mask)) * cell.units for cell in cells)  # under a mask, h twice
    return own + B * T * numbers * call.inputs[0].itemsize


def traced(layer, cells, call, ways):
    """(what is traced of a call, the largest difference to what Keras returned, None where nothing was traced).

    cells, call: as `cells_or_reason` and `each_call` give them; ways: what is traced of the two directions, if it is a
    `Bidirectional`.
    """
    reason = next((one for one in (call, cells) if isinstance(one, Exception)), None)
    if reason is None:
        try:
            made = followed(cells, call) if cells else _both(layer, *ways)
            ours = returned(layer, made)
            return made, difference(ours, call.returned)
        except (TypeError, ValueError) as error:
            reason = error
    if not isinstance(call, Call):
        return Unfollowed(str(reason)), None
    x, mask = (arrays[0] if arrays else None for arrays in call[:2])
    return Unfollowed(str(reason), x, mask, tuple(call.initial_state), tuple(call.returned)), None


def followed(cells, call):
    """The `Trace` of a call, with several cells the `Stack`. Raises ValueError or TypeError where a cell does."""
    if len(call.inputs) != 1:
        raise ValueError(f"x: expected one array of inputs, got {len(call.inputs)}")
    x, state, traces = call.inputs[0], list(call.initial_state), []
    for cell in cells:
        own = [state.pop(0) for _ in cell.states] if state else None
        traces.append(cell.run(x, own if own is None or len(own) > 1 else own[0], mask_of(call), cell.go_backwards))
        x = traces[-1].in_time("h")
    return traces[0] if len(traces) == 1 else Stack(tuple(traces))


def mask_of(call):
    """The mask of a call as booleans (B, T), or None."""
    if not call.mask:
        return None
    mask = call.mask[0].astype(bool)
    return mask[..., 0] if mask.ndim == 3 and mask.shape[2] == 1 else mask


def returned(layer, made):
    """What the layer returns, as a flat list of arrays, by what was traced."""
    if isinstance(made, Directions):
        forward, backward = (returned(getattr(layer, f"{way}_layer"), getattr(made, way)) for way in DIRECTIONS)
        return _merged(layer, forward, backward)
    traces = made.cells if isinstance(made, Stack) else (made,)
    states = [part for trace in traces for part in parts_of(trace.state)]
    output = traces[-1].h if layer.return_sequences else traces[-1].last_output
    return [output, *(states if layer.return_state else [])]


def _both(layer, forward, backward):
    for way, made in zip(DIRECTIONS, (forward, backward), strict=True):
        if made is None or isinstance(made, Unfollowed):
            raise ValueError(f"its {way} direction is not followed")
    return Directions(forward, backward, layer.merge_mode)


def _merged(layer, forward, backward):
    """What a `Bidirectional` returns, by what its two directions return."""
    (y, *states), (y_back, *states_back) = forward, backward
    if layer.return_sequences:
        y_back = y_back[:, ::-1]
    merge = {
        "concat": lambda: [np.concatenate([y, y_back], axis=-1)],
        "sum": lambda: [y + y_back],
        "ave": lambda: [(y + y_back) / 2],
        "mul": lambda: [y * y_back],
        None: lambda: [y, y_back],
    }
    return [*merge[layer.merge_mode](), *states, *states_back]


def difference(ours, theirs):
    """The largest absolute difference of two lists of arrays; NaN where one of them has a NaN, or both an infinity;
    infinite where their shapes differ.
    """
    if [array.shape for array in ours] != [array.shape for array in theirs]:
        return np.inf
    with np.errstate(invalid="ignore", over="ignore"):
        return float(np.max([np.abs(a - b).max(initial=0) for a, b in zip(ours, theirs, strict=True)]))
