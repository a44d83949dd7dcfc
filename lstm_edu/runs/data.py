"""What a recipe is trained on, by the name it gives."""

from dataclasses import dataclass

from .. import imdb


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
    if recipe.data not in LOADERS:
        raise ValueError(f"data: expected one of {', '.join(LOADERS)}, got {recipe.data!r}")
    return LOADERS[recipe.data](recipe.settings, path)


def _imdb(settings, path):
    """Both parts are `imdb.Reviews`."""
    train, test = imdb.load(path, num_words=settings["num_words"])
    return Data("imdb", imdb.fingerprint(path), train, test)


LOADERS = {"imdb": _imdb}  # name -> loader(settings, path)
