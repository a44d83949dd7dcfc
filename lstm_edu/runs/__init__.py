"""What was trained: the recipes and the recorded runs. Training itself needs Keras and the data.

    recipe("lstm_32")             what is trained, as data
    one_run(recipe, seed, data)   trains it once, here or in another process: the record, and the trained arrays
    records.load("lstm_32")       the runs of a recipe: history, test result, which answers were right

`python -m lstm_edu.runs` trains, lists, exports and counts.
"""

from . import records
from .one_run import Finished, one_run
from .recipes import RECIPES, Recipe, recipe
from .recorded import facts
from .statistics import half_width, interval, paired

__all__ = [
    "RECIPES",
    "Finished",
    "Recipe",
    "facts",
    "half_width",
    "interval",
    "one_run",
    "paired",
    "recipe",
    "records",
]
