"""What a source says that its recipe reaches, beside what the recorded runs of the recipe reached."""

import re

import numpy as np

# what a claim calls it -> what a run measured
MEASURES = {
    "training": lambda run: run.history["accuracy"][-1],
    "validation": lambda run: max(run.history["val_accuracy"]),  # the tutorials report the best epoch
    "test": lambda run: run.results["accuracy"],
}


def claims(claimed):
    """[(kind, accuracy, decimals)] of a recipe's `claimed`: "validation 89% and 88%" are two. A number without a kind
    before it is read as a validation accuracy, which tutorials print while they train.

    >>> claims("validation 89% and 88%"), claims("test 86.79%")
    ([('validation', 0.89, 0), ('validation', 0.88, 0)], [('test', 0.8679, 2)])
    """
    found, kind = [], "validation"
    for word, number in re.findall(r"(training|validation|test)|(\d+(?:\.\d+)?)%", claimed):
        kind = word or kind
        if number:
            found.append((kind, round(float(number) / 100, 6), len(number.partition(".")[2])))
    return found


def verdicts(recipe, records):
    """[(kind, accuracy, verdict)] for each number that the recipe's source claims: "above" all of our runs, "below" all
    of them, or "among" them, when ours are rounded to as many decimals. None where no run measured it.
    """
    found = []
    for kind, accuracy, decimals in claims(recipe.claimed):
        try:
            ours = np.round([100 * MEASURES[kind](run) for run in records], decimals)
        except (KeyError, ValueError):
            found.append((kind, accuracy, None))
            continue
        theirs = round(100 * accuracy, decimals)
        found.append((kind, accuracy, "above" if theirs > ours.max() else "below" if theirs < ours.min() else "among"))
    return found
