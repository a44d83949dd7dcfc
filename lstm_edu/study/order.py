"""What is left of a trained model's accuracy where the words of the test reviews stand in another order.

The words that the model reads are shuffled, or moved in pieces that stay as they are: pairs of neighbours, five words,
twenty. The data has no full stops, so its sentences are not known; a piece of twenty words is about as long as one. A
model of single words answers as before, one of pairs sees those pairs alone that stayed together. Each model is read
with the same orders.

    python -m lstm_edu.runs order lstm_500 logistic_pairs
"""

from functools import cache
from pathlib import Path

import numpy as np

from .. import imdb
from ..common import checks
from ..runs import data, records
from ..runs import recipe as named
from ..runs.one_run import READERS
from ..runs.statistics import judged, over_seeds
from . import saved

FILE = Path(__file__).resolve().parents[1] / "data" / "order.json"
PIECES = {"words": 1, "pairs": 2, "fives": 5, "twenties": 20}
WAYS = ("written", "reversed", *PIECES)
METRICS = ("accuracy", "accuracy_at_median", "auc", "changed")


def of(recipe, way, metric="accuracy"):
    """What was counted of a recipe's runs (seeds,): `accuracy`, `accuracy_at_median`, `auc`; or `changed`, the share of
    answers that are others than for the reviews as they are written. ValueError, with those that there are, for
    another recipe, way or metric.
    """
    counted = _results()[checks.one_of(recipe, tuple(_results()), "recipe")]
    return np.array(counted[checks.one_of(way, WAYS, "way")][checks.one_of(metric, METRICS, "metric")])


def facts():
    """{study.order.RECIPE.WAY.STAT: (value, form)}: the accuracy; study.order.RECIPE.WAY_METRIC.STAT: the rest."""
    found = {}
    for recipe, counted in _results().items():
        for way in WAYS:
            for metric, values in counted[way].items():
                name = way if metric == "accuracy" else f"{way}_{metric}"
                by_seed = dict(zip(counted["seeds"], values, strict=True))
                form = "loss" if metric == "auc" else "percent"
                found |= over_seeds(f"study.order.{recipe}.{name}", by_seed, form)
    return found


@cache
def _results():
    return saved.read(FILE)


def count(recipes, weights, recorded=records.FOLDER, path=None, report=print):
    """{recipe: {"seeds": [...], way: {metric: one for each seed}}}, of all runs whose trained arrays are in the folder
    `weights`; recorded: the folder of the records; path: the data, as for `imdb.load`; report(line) is called after
    each run. ValueError where the arrays do not give the recorded answers.
    """
    recipes, found = [named(name) for name in recipes], {}
    for recipe in recipes:
        reviews = data.load(recipe, path)
        moved = {way: reordered(reviews.test, way, recipe.settings.get("maxlen")) for way in WAYS}
        counted = {"seeds": []} | {way: {metric: [] for metric in METRICS} for way in WAYS}
        for run, arrays in saved.runs_of(recipe.name, weights, recorded):
            scores = READERS[recipe.trainer](recipe, arrays, reviews)
            counted["seeds"].append(run.seed)
            for way, several in compared(scores, moved, run).items():
                for metric, value in several.items():
                    counted[way][metric].append(round(value, 6))
            shown = ", ".join(f"{way} {counted[way]['accuracy'][-1]:.3f}" for way in WAYS)
            report(f"{run.stem}: {shown}")
        found[recipe.name] = counted
    return found


def compared(scores, moved, run):
    """{way: {metric: value}} of one run. scores: a function of reviews, above 0 where the answer is "positive"."""
    found, positive = {}, moved["written"].labels == 1
    written = scores(moved["written"])
    if ((written > 0) == positive).tolist() != run.correct.tolist():
        raise ValueError(f"{run.stem}.npz: expected weights that give the recorded answers, got others")
    for way, reviews in moved.items():
        values = written if way == "written" else scores(reviews)
        results, _ = judged(values, positive, edge=0)
        found[way] = results | {"changed": float(((values > 0) != (written > 0)).mean())}
    return found


def reordered(reviews, way, maxlen=None):
    """The reviews with the words that are read, the last `maxlen`, in another order, always the same; a start token
    stays in front.
    """
    if way == "written":
        return reviews
    rows, rng = [row[-(maxlen or len(row)) :] for row in reviews], np.random.default_rng(1)
    if way == "reversed":
        starts = [data.starts(row) for row in rows]
        rows = [np.concatenate([row[:k], row[k:][::-1]]) for row, k in zip(rows, starts, strict=True)]
    else:
        rows = [data.shuffled(row, rng, PIECES[way]) for row in rows]
    return imdb.Reviews.of(rows, reviews.labels)
