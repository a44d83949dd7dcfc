"""Labs: ipywidgets over a cell or model of the reader's own, in a live kernel; a picture where nobody is there."""

from .cell_lab import four_gates
from .review_lab import review

__all__ = ["four_gates", "review"]
