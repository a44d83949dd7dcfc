"""The LSTM drawing: one geometry in three states (loop, belt, gates), as SVG; and the colours the whole book uses.

`geometry.json` says what is drawn where and in which state, `colours.json` and `drawing.css` how it looks. Python
renders them here; scripts in a page may read the same files. The plain cell with its weights is `plain.json`, the GRU
`gru.json`; the row of copies that folds into the loop is `fold`.
"""

from .carried import carried
from .copies import copies
from .fold import fold
from .palette import PARTS, colours, css
from .picture import Drawing, describe, geometry, gru, lstm, plain, products

__all__ = [
    "PARTS",
    "Drawing",
    "carried",
    "colours",
    "copies",
    "css",
    "describe",
    "fold",
    "geometry",
    "gru",
    "lstm",
    "plain",
    "products",
]
