"""The cells: NumPy only, one cell a file, its trace beside it."""

from .lstm import LSTMCell, LSTMTrace
from .simple_rnn import SimpleRNNCell, SimpleRNNTrace

__all__ = ["LSTMCell", "LSTMTrace", "SimpleRNNCell", "SimpleRNNTrace"]
