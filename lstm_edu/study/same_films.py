"""How much easier a review is for a model that has learnt from others of the same films.

The data has two halves, to train and to test, with no film in both. The reviews that are held back of the first half
are of the same films as those that are learnt from, so a validation accuracy says more than a test accuracy does. Here
each review of both halves is answered in two ways: by a model that learnt from other reviews of its own half, and by
models that learnt from as many of the other half. They are logistic regressions on the words that occur.

    python -m lstm_edu.runs same_films

Source: the README that comes with the data of A. Maas and others (2011), https://ai.stanford.edu/~amaas/data/sentiment/
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from ..runs import data, mean
from ..runs import recipe as named
from ..runs.one_run import READERS, TRAINERS

FILE = Path(__file__).resolve().parents[1] / "data" / "same_films.json"
PARTS = 5  # of each half; a model learns from four of them, as with `validation_split=0.2`
STRENGTH = 0.03  # of the regression; fixed, so that no review that is held back chooses it
WAYS = ("same", "other")


def of(way):
    """The accuracy on each of the ten parts, of models that learnt from reviews of the "same" films, or of "other"."""
    return np.array(_result()[way])


def facts():
    """{study.same_films.WHAT: (value, form)}: the mean accuracies, and the gain by the same films, over ten parts."""
    gain, half_width = mean(of("same") - of("other"))
    found = {f"study.same_films.{way}": (float(of(way).mean()), "percent") for way in WAYS}
    return found | {"study.same_films.gain": (gain, "points"), "study.same_films.half_width": (half_width, "points")}


@cache
def _result():
    return json.loads(FILE.read_text("utf-8"))


def count(path=None, report=print):
    """{"command": ..., "same": one for each of ten parts, "other": the same}. path: the data, as for `imdb.load`;
    report(line) is called for each model.
    """
    recipe = named("logistic_words").but("same_films", "", strengths=[STRENGTH])
    loaded = data.load(recipe, path)
    halves = loaded.train, loaded.test
    models = [
        [_without(recipe, part, own, other, loaded, report) for part in _parts(own)]
        for own, other in (halves, halves[::-1])
    ]
    found = {way: [] for way in WAYS}
    for half, own, others in zip(halves, models, models[::-1], strict=True):
        for part, model in zip(_parts(half), own, strict=True):
            asked = half[part]
            found["same"].append(_right(model, asked))
            found["other"].append(round(float(np.mean([_right(one, asked) for one in others])), 6))
    return {"command": "python -m lstm_edu.runs same_films"} | found


def _parts(half):
    """The rows of each part."""
    return [np.arange(len(half))[k::PARTS] for k in range(PARTS)]


def _without(recipe, part, own, other, loaded, report):
    """A function of reviews, the logits of a model that learnt from `own` without that part."""
    last = np.concatenate([np.setdiff1d(np.arange(len(own)), part), part])  # the trainer holds the last fifth back
    reviews = data.Data(loaded.name, loaded.sha256, train=own[last], test=other)
    trained = TRAINERS[recipe.trainer](recipe, 0, reviews, report)
    return READERS[recipe.trainer](recipe, trained.arrays, reviews)


def _right(model, reviews):
    return round(float(((model(reviews) > 0) == (reviews.labels == 1)).mean()), 6)
