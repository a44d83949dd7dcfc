"""GradientLab: how far back the slope of an answer reaches, for the plain loop, the LSTM and the GRU.

`lab.py` is the widget, `slopes.py` its numbers in NumPy, `picture.py` the picture that stands in for it.
"""

from .lab import GradientLab

__all__ = ["GradientLab"]
