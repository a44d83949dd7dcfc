"""PaddingLab: one text, padded, cut and masked as the reader says, and what the trained networks answer to it.

`lab.py` is the widget, `rows.py` what stands in the row and what a network makes of it, `picture.py` the picture that
stands in for the widget.
"""

from .lab import PaddingLab

__all__ = ["PaddingLab"]
