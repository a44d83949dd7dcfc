"""The table of what was watched: a line for each call of each layer."""

from dataclasses import dataclass

import numpy as np

from .calls import Call, each_call
from .follow import mask_of, traced
from .layers import DIRECTIONS


@dataclass(frozen=True, eq=False)
class Row:
    """One call of a layer."""

    name: str  # the place of the layer, and with several calls the number of this one
    place: str
    kind: str  # in Keras' names
    backwards: bool
    inputs: tuple | None  # shapes
    outputs: tuple | None
    counted: int  # steps of all sequences, without the masked ones
    steps: int  # all of them
    largest: float  # of what Keras returned, 1 at least
    difference: float | None  # the largest to what Keras returned; None where the layer was not followed
    traced: object  # a `Trace`, a `Stack`, `Directions` or `Unfollowed`


def rows(layers, cells, caught):
    """A `Row` for each call of each layer. A `Bidirectional` comes after its two directions.

    layers: {place: layer}; cells: {place: what `cells_or_reason` says of it}; caught: {place: for each batch, its
    calls}, which is emptied, place by place.
    """
    found = {}
    for place, layer in layers.items():
        calls = each_call(caught.pop(place))
        for number, call in enumerate(calls, start=1):
            tail = f"#{number}" if len(calls) > 1 else ""
            ways = [getattr(found.get(f"{place}.{way}{tail}"), "traced", None) for way in DIRECTIONS]
            found[place + tail] = _row(place + tail, place, layer, call, *traced(layer, cells[place], call, ways))
    return list(found.values())


def _row(name, place, layer, call, made, difference):
    inputs = outputs = None
    counted, steps, largest = 0, 0, 1.0
    if isinstance(call, Call):
        inputs, outputs = call.inputs[0].shape, call.returned[0].shape
        mask = mask_of(call)
        steps = int(np.prod(inputs[:2]))
        counted = steps if mask is None else int(mask.sum())
        largest = max(1.0, *(float(np.abs(array).max(initial=0)) for array in call.returned))
    backwards = bool(getattr(layer, "go_backwards", False))
    return Row(name, place, _kind(layer), backwards, inputs, outputs, counted, steps, largest, difference, made)


def _kind(layer):
    """A layer in Keras' names: "LSTM", "RNN(LSTMCell, GRUCell)", "Bidirectional(concat)"."""
    import keras

    inside = None
    if type(layer) is keras.layers.Bidirectional:
        inside = str(layer.merge_mode)
    elif type(layer) is keras.layers.RNN:
        cells = getattr(layer.cell, "cells", [layer.cell])
        inside = ", ".join(type(cell).__name__ for cell in cells)
    return type(layer).__name__ + (f"({inside})" if inside else "")
