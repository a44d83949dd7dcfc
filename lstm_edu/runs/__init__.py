"""What was trained: the recipes, the recorded runs, the shipped weights. Training itself needs Keras and the data.

    recipe("lstm_32")             what is trained, as data
    one_run(recipe, seed, data)   trains it once, here or in another process: the record, and the trained arrays
    records.load("lstm_32")       the runs of a recipe: history, test result, which answers were right
    load_model("lstm_32")         the shipped weights as NumPy arrays
    study()                       what the five shipped models do on the test reviews, counted

`python -m lstm_edu.runs` trains, lists, exports and counts.
"""

from ..network.shipped import card, load_model, shipped
from . import records
from .one_run import Finished, one_run
from .recipes import RECIPES, Recipe, recipe
from .recorded import facts
from .statistics import half_width, interval, paired


def study():
    """What the five shipped models do on the test reviews, counted."""
    from ..study.counted import study  # which needs the records

    return study()


__all__ = [
    "RECIPES",
    "Finished",
    "Recipe",
    "card",
    "facts",
    "half_width",
    "interval",
    "load_model",
    "one_run",
    "paired",
    "recipe",
    "records",
    "shipped",
    "study",
]
