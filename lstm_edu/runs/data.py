"""What a recipe is trained on, by the name it gives."""

import hashlib
from dataclasses import dataclass

import numpy as np

from .. import imdb, tasks
from ..common import checks
from .recipes import MORE


@dataclass(frozen=True)
class Data:
    """Two parts of one kind, to learn from and to be tested on; of which kind, trainer and loader agree.

    >>> doubled = Data("doubled", "", train=([1.0, 2.0], [2.0, 4.0]), test=([3.0], [6.0]))
    >>> inputs, targets = doubled.test
    """

    name: str
    sha256: str  # of both parts
    train: object
    test: object


def load(recipe, path=None):
    """`Data` for a recipe. path: a file or its folder; None: where the data's own loader looks."""
    return LOADERS[checks.one_of(recipe.data, LOADERS, "data")](recipe.settings, path)


def _imdb(settings, path):
    """Both parts are `imdb.Reviews`, as the recipe reads them: cut, and in its order of words."""
    settings = MORE | settings
    train, test = imdb.load(path, num_words=settings["num_words"])
    parts = [ordered(cut(part, settings), settings["order"]) for part in (train[: settings["reviews"]], test)]
    return Data("imdb", imdb.fingerprint(path), *parts)


def cut(reviews, settings):
    """The reviews without their last words, where a recipe cuts there; else as they are: `imdb.pad` cuts the others."""
    if checks.one_of(settings["cut"], ("pre", "post"), "cut") == "pre":
        return reviews
    return imdb.Reviews.of([review[: settings["maxlen"]] for review in reviews], reviews.labels)


def ordered(reviews, order):
    """The reviews with their words in another order; the start token stays in front."""
    if checks.one_of(order, tuple(ORDERS), "order") == "written":
        return reviews
    rng = np.random.default_rng(0)  # one order for all recipes and seeds
    rows = [np.concatenate([review[:1], ORDERS[order](review[1:], rng)]) for review in reviews]
    return imdb.Reviews.of(rows, reviews.labels)


ORDERS = {
    "written": None,
    "reversed": lambda words, rng: words[::-1],
    "shuffled": lambda words, rng: rng.permutation(words),
}


def _task(make):
    """The loader of a made task: its training part is the function that makes batches, its test part {what: examples},
    1,000 of the lags that are trained, and 1,000 of each lag that is asked for: `_at_10` of lag 10.
    """

    def loader(settings, path):
        rng = np.random.default_rng(0)  # the same examples for all recipes that ask for the same
        lags = {"": settings["lags"], **{f"_at_{lag}": lag for lag in settings["tested"]}}
        test = {name: make(1_000, lag, rng) for name, lag in lags.items()}
        content = b"".join(array.tobytes() for examples in test.values() for array in examples)
        return Data(make.__name__, hashlib.sha256(content).hexdigest(), make, test)

    return loader


# name -> loader(settings, path)
LOADERS = {"imdb": _imdb} | {make.__name__: _task(make) for make in (tasks.marked_parcel, tasks.letter_box)}
