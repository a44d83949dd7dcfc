"""LSTM cells in NumPy, read like a chapter and verified against Keras.

`import lstm_edu` brings NumPy and nothing heavier. The rest is a room of its own, imported when it is
wanted: `lstm_edu.dialects`, `lstm_edu.keras_bridge`, `lstm_edu.imdb`, `lstm_edu.network`, `lstm_edu.runs`,
`lstm_edu.study`, `lstm_edu.facts`, `lstm_edu.figures`, `lstm_edu.drawing`, `lstm_edu.widgets`, `lstm_edu.labs`.
"""

from .cells import GRUCell, LSTMCell, SimpleRNNCell

__all__ = ["GRUCell", "LSTMCell", "SimpleRNNCell"]
__version__ = "0.1.0"
