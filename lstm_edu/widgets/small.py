"""A small network on its way to the page, in a widget's state: js/numbers/small.js opens it."""

from ..cells import GRUCell, LSTMCell, SimpleRNNCell
from ..network import Network
from .packed import packed

KINDS = {"simple_rnn": SimpleRNNCell, "lstm": LSTMCell, "gru": GRUCell}
CURVES = {"activation": "tanh", "recurrent_activation": "sigmoid"}  # what the page's cells have
MOST = 32  # units


def kind_of(network, argument, inputs):
    """ "simple_rnn", "lstm" or "gru", if it is a `Network` that the page can compute: without an embedding, `inputs`
    numbers a step, at most 32 units, tanh and sigmoid. Raises TypeError or ValueError, naming the argument.

    >>> import numpy as np
    >>> from lstm_edu import GRUCell
    >>> from lstm_edu.learn import network
    >>> kind_of(network(GRUCell, 4, np.random.default_rng(0), input_size=3), "networks", 3)
    'gru'
    """
    if not isinstance(network, Network):
        raise TypeError(f"{argument}: expected a Network, got {type(network).__name__}")
    cell = network.cell
    kind = next((kind for kind, one in KINDS.items() if type(cell) is one), None)
    if kind is None:
        known = ", ".join(one.__name__ for one in KINDS.values())
        raise TypeError(f"{argument}: expected a network with one of {known}, got one with a {type(cell).__name__}")
    if network.embedding is not None:
        raise ValueError(f"{argument}: expected a network that is handed numbers, got one with an embedding")
    if cell.input_size != inputs or cell.units > MOST:
        raise ValueError(
            f"{argument}: expected a network of D = {inputs} and at most {MOST} units, "
            f"got D = {cell.input_size} and {cell.units} units"
        )
    for name, curve in CURVES.items():
        if getattr(cell, name, curve) != curve:
            raise ValueError(f"{argument}: expected the {name} {curve!r}, got {getattr(cell, name)!r}")
    return kind


def pack(network):
    """The weights of a `Network` that `kind_of` let pass, an object that JSON can hold."""
    weights, cell = network.weights, network.cell
    return {
        "kind": next(kind for kind, one in KINDS.items() if type(cell) is one),
        "units": cell.units,
        "options": {"resetAfter": cell.reset_after} if isinstance(cell, GRUCell) else {},
        "kernel": packed(weights["kernel"]),
        "recurrent": packed(weights["recurrent_kernel"]),
        "bias": packed(weights.get("bias")),
        "dense_kernel": packed(weights["dense_kernel"]),
        "dense_bias": packed(weights.get("dense_bias")),
    }
