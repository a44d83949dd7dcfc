"""What the choice of an epoch, or of a recipe, is worth.

A network is looked at after each epoch, on the examples that were held back. The highest of these accuracies is higher
than the last one, and higher than what the same weights reach on the test examples: it is the luckiest of several.

    best(records.load("lstm_500"))              what the best epoch of each run promises, and what it keeps
    split("lstm_500", "simple_rnn_500")         how much of a lead is there at the best epochs
    nested(["lstm_200", ...])                   what a search among recipes gives, where it may not see the test
"""

from dataclasses import dataclass

import numpy as np

from . import records


@dataclass(frozen=True)
class Best:
    """Of the runs of a recipe, (R,) each: `epoch`, from 1, with the best validation accuracy, the first of equal ones;
    `promised`, that accuracy; `kept`, what these weights reach on the test examples, NaN where it was not measured;
    `last` and `test`, validation and test accuracy after the last epoch.

    >>> from lstm_edu import runs
    >>> found = runs.best(runs.records.load("lstm_32"))
    >>> (found.promised >= found.last).all()
    np.True_
    """

    epoch: np.ndarray
    promised: np.ndarray
    kept: np.ndarray
    last: np.ndarray
    test: np.ndarray


def best(runs):
    """`Best` of the records of a recipe. ValueError where nothing was held back."""
    if not all(run.history.get("val_accuracy") for run in runs):
        raise ValueError(f"runs: expected some with a validation, got {runs[0].recipe}'s")
    validated = [np.array(run.history["val_accuracy"]) for run in runs]
    return Best(
        epoch=np.array([1 + int(values.argmax()) for values in validated]),
        promised=np.array([values.max() for values in validated]),
        kept=np.array([run.results.get("accuracy_at_best", np.nan) for run in runs]),
        last=np.array([values[-1] for values in validated]),
        test=np.array([run.results["accuracy"] for run in runs]),
    )


def split(first, second, folder=records.FOLDER):
    """How far `first` is ahead of `second`, in the mean of all runs of each: {"last": after the last epoch, "best": at
    each run's best epoch, "collapse": the rest, what the second loses after its best epoch more than the first does}.
    Each is a pair: of validation accuracies, and of test accuracies, NaN where the best epoch's were not measured.
    """
    one, two = (best(records.load(recipe, folder)) for recipe in (first, second))
    lead = {
        "last": (one.last.mean() - two.last.mean(), one.test.mean() - two.test.mean()),
        "best": (one.promised.mean() - two.promised.mean(), one.kept.mean() - two.kept.mean()),
    }
    lead["collapse"] = tuple(np.subtract(lead["last"], lead["best"]))
    return {name: tuple(map(float, pair)) for name, pair in lead.items()}


@dataclass(frozen=True)
class Chosen:
    """What one search came to: of the recipes, with this seed each, `recipe` has the best validation accuracy of all
    epochs, `promised`; `test`, what these weights reach on the test examples; `peeked`, the best that any of the
    recipes reaches there, which only somebody who looks at the test can choose.
    """

    seed: int
    recipe: str
    promised: float
    test: float
    peeked: float


def nested(recipes, folder=records.FOLDER):
    """A `Chosen` for each seed that all recipes have, a search each. The choice, of recipe and epoch, is made by
    validation alone, inside of each search; the test has no part in it. ValueError where they share no seed, or the
    test accuracy at the best epoch was not measured.
    """
    by_seed = {recipe: {run.seed: run for run in records.load(recipe, folder)} for recipe in recipes}
    seeds = sorted(set.intersection(*(set(runs) for runs in by_seed.values())))
    if not seeds:
        raise ValueError(
            f"recipes: expected a seed that all have, got { {name: sorted(runs) for name, runs in by_seed.items()} }"
        )
    found = []
    for seed in seeds:
        tried = best([by_seed[recipe][seed] for recipe in recipes])
        if np.isnan(tried.kept).any():
            raise ValueError("recipes: expected runs with the test accuracy at the best epoch, got some without")
        k = int(tried.promised.argmax())
        found.append(Chosen(seed, recipes[k], float(tried.promised[k]), float(tried.kept[k]), float(tried.kept.max())))
    return found
