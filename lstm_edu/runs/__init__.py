"""What was trained: the recipes and the recorded runs. Training itself needs Keras and the data.

    recipe("lstm_32")             what is trained, as data
    one_run(recipe, seed, data)   trains it once, here or in another process: the record, and the trained arrays
    records.load("lstm_32")       the runs of a recipe: history, test result, which answers were right
    accuracy("lstm_32")           their mean, and what other seeds and other test reviews could have changed
    difference("lstm_32", "wang") the same of two recipes; family([...]) of several pairs
    best(...), split(...)         what the best epoch is worth; nested([...]), what a search among recipes gives
    outcomes.by_lag("parcel", "parcel_lstm")   what the experiments on the made tasks came to
    ratios({"LSTM": (...), ...})  how many times as large the errors of some are as those of the first

`python -m lstm_edu.runs` trains, lists, exports and counts.
"""

from . import outcomes, recorded, records
from .chance import accuracy, difference, family, gap, mean, resampled
from .claims import verdicts
from .epochs import best, nested, split
from .experiments import EXPERIMENTS
from .one_run import Finished, one_run
from .ratios import middle, ratios
from .recipes import RECIPES, Recipe, recipe
from .statistics import half_width, interval


def facts(folder=records.FOLDER):
    """What the records and the experiments say, by the keys under which prose asks: see `lstm_edu.facts`."""
    return recorded.facts(folder) | outcomes.facts()


__all__ = [
    "EXPERIMENTS",
    "RECIPES",
    "Finished",
    "Recipe",
    "accuracy",
    "best",
    "difference",
    "facts",
    "family",
    "gap",
    "half_width",
    "interval",
    "mean",
    "middle",
    "nested",
    "one_run",
    "outcomes",
    "ratios",
    "recipe",
    "records",
    "resampled",
    "split",
    "verdicts",
]
