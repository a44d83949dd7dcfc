"""The cells: NumPy only.

To read in this order:

    simple_rnn.py     the smallest cell, all of it: what one turn computes, and the way back through it
    loop.py           the loop round every cell: from turn to turn, everything kept; how to make a cell of your own
    masking.py        which steps count
    trace.py          what a run leaves behind, and the way back through time
    lstm.py           the belt and its gates
    gru.py            the other gated cell
    variants.py       the LSTM's relatives, a line or two different each
    kinds.py          every cell by its name
    gradient_check.py whether a way back is right: for a cell of your own
    activations.py    the curves and their slopes
    fast.py           the LSTM once more, laid out for speed
"""

from .activations import hard_sigmoid, hard_sigmoid_keras2, sigmoid
from .gradient_check import gradient_check
from .gru import GRUCell, GRUTrace
from .kinds import KINDS
from .loop import Cell
from .lstm import LSTMCell, LSTMTrace
from .simple_rnn import SimpleRNNCell
from .trace import Gradients, Trace

__all__ = [
    "KINDS",
    "Cell",
    "GRUCell",
    "GRUTrace",
    "Gradients",
    "LSTMCell",
    "LSTMTrace",
    "SimpleRNNCell",
    "Trace",
    "gradient_check",
    "hard_sigmoid",
    "hard_sigmoid_keras2",
    "sigmoid",
]
