"""LSTM cells in NumPy, read like a chapter and verified against Keras.

`import lstm_edu` brings NumPy and nothing heavier. The rest is a room of its own, imported when it is
wanted: `lstm_edu.dialects`, `lstm_edu.other_libraries`, `lstm_edu.keras_bridge`, `lstm_edu.model_traces`,
`lstm_edu.imdb`, `lstm_edu.network`, `lstm_edu.runs`, `lstm_edu.study`, `lstm_edu.facts`, `lstm_edu.figures`,
`lstm_edu.drawing`, `lstm_edu.widgets`, `lstm_edu.labs`. `watch` is `lstm_edu.model_traces`' one function.
"""

from .cells import GRUCell, LSTMCell, SimpleRNNCell

__all__ = ["GRUCell", "LSTMCell", "SimpleRNNCell", "watch"]
__version__ = "0.1.0"


def __getattr__(name):
    """`lstm_edu.watch`, and the rooms behind it, only when somebody asks for it."""
    if name == "watch":
        from .model_traces import watch

        return watch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
