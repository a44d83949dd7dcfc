"""Every cell of this room, by the name that recipes and records know it by."""

from .gru import GRUCell
from .lstm import LSTMCell
from .simple_rnn import SimpleRNNCell
from .variants import CholletCell, CIFGCell, NoForgetGateCell, NoTanhCell, PeepholeCell

KINDS = {
    "simple_rnn": SimpleRNNCell,
    "gru": GRUCell,
    "lstm": LSTMCell,
    "lstm_chollet": CholletCell,
    "lstm_no_tanh": NoTanhCell,
    "lstm_no_forget": NoForgetGateCell,
    "lstm_coupled": CIFGCell,
    "lstm_peephole": PeepholeCell,
}
