"""Small made tasks, each a generator: `task(n, lag, rng)` gives n examples, as many as you like.

marked_parcel   keep the number that is marked, say it when the bell rings; `parcel_row`, one row of it by its name
letter_box      keep the letter that is marked
last_parcel     keep the number that was marked last
adding          add the two numbers that are marked
temporal_order  which of two letters came first, which second
"""

from .adding import adding
from .examples import Examples
from .marked_parcel import LETTERS, last_parcel, letter_box, marked_parcel
from .parcel_row import parcel_row
from .temporal_order import temporal_order

__all__ = [
    "LETTERS",
    "Examples",
    "adding",
    "last_parcel",
    "letter_box",
    "marked_parcel",
    "parcel_row",
    "temporal_order",
]
