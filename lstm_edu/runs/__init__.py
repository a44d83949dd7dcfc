"""What was trained: the recipes, the recorded runs, the shipped weights. Training itself needs Keras and the data.

    fact("lstm_32.test.mean")     a recorded number as prose shows it; `records` says which keys there are
    records.load("lstm_32")       the runs of a recipe: history, test result, which answers were right
    load_model("lstm_32")         the shipped weights as NumPy arrays
    study()                       what the five shipped models do on the test reviews, counted

`python -m lstm_edu.runs` trains, lists, exports and counts.
"""

from ..network.shipped import card, load_model, shipped
from . import records
from .recipes import RECIPES, recipe
from .records import fact, half_width, interval, number, paired


def study():
    """What the five shipped models do on the test reviews, counted."""
    from ..study.counted import study  # which needs the records

    return study()


__all__ = [
    "RECIPES",
    "card",
    "fact",
    "half_width",
    "interval",
    "load_model",
    "number",
    "paired",
    "recipe",
    "records",
    "shipped",
    "study",
]
