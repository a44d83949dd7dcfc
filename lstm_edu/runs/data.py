"""What a recipe is trained on, by the name it gives."""

import hashlib
from dataclasses import dataclass

import numpy as np

from .. import imdb, tasks
from ..common import checks
from ..imdb.text import START
from .recipes import READ


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
    """Both parts are `imdb.Reviews`, as the recipe reads them."""
    settings = READ | settings
    train, test = imdb.load(path, num_words=settings["num_words"])
    parts = [as_read(part, settings) for part in (train[: settings["reviews"]], test)]
    return Data("imdb", imdb.fingerprint(path), *parts)


def as_read(reviews, settings):
    """`imdb.Reviews` whose words are in the recipe's order, and cut behind where it cuts there: in front `imdb.pad`
    cuts. settings: all those of `READ`, and `maxlen` where something is changed.
    """
    cut = checks.one_of(settings["cut"], ("pre", "post"), "cut")
    order = checks.one_of(settings["order"], ("written", "reversed", "shuffled"), "order")
    if (cut, order) == ("pre", "written"):
        return reviews
    rows, words = list(reviews), settings["maxlen"]
    if order == "reversed":
        rows = [row[::-1] for row in rows]
    rows = [row[-words:] if cut == "pre" else row[:words] for row in rows]
    if order == "shuffled":
        rng = np.random.default_rng(0)  # the same for all recipes and seeds
        rows = [shuffled(row, rng) for row in rows]
    return imdb.Reviews.of(rows, reviews.labels)


def shuffled(row, rng, together=1):
    """The words of a row in another order; so many neighbours stay `together`, and a start token in front."""
    start = starts(row)
    words = row[start:]
    part = np.arange(len(words)) // together  # (words,): the part that a word is in
    place = rng.permutation(part[-1] + 1 if len(part) else 0)[part]
    return np.concatenate([row[:start], words[np.argsort(place, kind="stable")]])


def starts(row):
    """1 where a row begins with the start token, else 0: it may have been cut off."""
    return int(len(row) > 0 and row[0] == START)


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
MADE = tasks.marked_parcel, tasks.letter_box, tasks.last_parcel
LOADERS = {"imdb": _imdb} | {make.__name__: _task(make) for make in MADE}
