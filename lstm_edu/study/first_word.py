"""How much of the slope of a network's answer reaches the first word of a review, where it began and where it ended.

As `outcomes.share_at_flag` measures it for the letter: the slope for the state after the first word, divided by that
after the last one; of an LSTM for the belt, of other cells for h. On reviews of at least as many words as the network
reads, so that the first word is always as far away. In float64: in float32 a slope that has faded is 0.

    python -m lstm_edu.runs first_word lstm_50 simple_rnn_50
"""

from functools import cache
from pathlib import Path

import numpy as np

from .. import imdb
from ..common import checks
from ..network import Dense, Embedding, Network
from ..runs import in_numpy, outcomes, records
from ..runs import recipe as named
from ..runs.statistics import over_seeds
from . import saved

FILE = Path(__file__).resolve().parents[1] / "data" / "first_word.json"
REVIEWS, BATCH = 400, 50
BACK = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # words before the last one
KINDS = ("fresh", "trained")


def of(recipe, kind):
    """(words before the last (N,), the share of the slope there (N, seeds)), the middle one of the reviews, the first
    word at last. kind: "trained", or "fresh", the networks that the same runs began with. ValueError, with those that
    there are, for another.
    """
    counted = _results()[checks.one_of(recipe, tuple(_results()), "recipe")]
    return np.array(counted["back"]), np.array(counted[checks.one_of(kind, KINDS, "kind")]).T


def facts():
    """{study.first_word.RECIPE.KIND.STAT: (value, form)}: how many powers of ten are lost on the way to the first
    word.
    """
    found = {}
    for recipe, counted in _results().items():
        for kind in KINDS:
            lost = {seed: -np.log10(curve[-1]) for seed, curve in zip(counted["seeds"], counted[kind], strict=True)}
            found |= over_seeds(f"study.first_word.{recipe}.{kind}", lost, "decimal")
    return found


@cache
def _results():
    return saved.read(FILE)


def count(recipes, weights, recorded=records.FOLDER, path=None, report=print):
    """{recipe: {"reviews": how many, "back": [...], "seeds": [...], "fresh" and "trained": a curve for each seed}}, of
    all runs of this book's own trainer whose trained arrays are in the folder `weights`. The rest as for `order.count`.
    """
    recipes, found = [named(name) for name in recipes], {}
    for recipe in recipes:
        if recipe.trainer != "numpy":
            raise ValueError(f"recipe: expected one that this book's own cells train, got {recipe.name}")
        words = recipe.settings["maxlen"]
        _, test = imdb.load(path, num_words=recipe.settings["num_words"])
        ids = long_enough(test, words)
        back = [*(n for n in BACK if n < words - 1), words - 1]
        counted = {"reviews": len(ids), "back": back, "seeds": []} | {kind: [] for kind in KINDS}
        for run, arrays in saved.runs_of(recipe.name, weights, recorded):
            counted["seeds"].append(run.seed)
            networks = in_numpy.build(recipe, np.random.default_rng(run.seed)), in_numpy.trained(recipe, arrays)
            for kind, network in zip(KINDS, networks, strict=True):
                counted[kind].append([float(f"{share:.4g}") for share in curve(network, ids, back)])
            report(f"{run.stem}: at the first word {counted['fresh'][-1][-1]:.1e}, {counted['trained'][-1][-1]:.1e}")
        found[recipe.name] = counted
    return found


def long_enough(reviews, words):
    """The last `words` of the first reviews that have so many: ids (N, words), N at most REVIEWS."""
    rows = np.flatnonzero(reviews.lengths >= words)[:REVIEWS]
    if not len(rows):
        raise ValueError(f"words: expected reviews of at least so many, got none of {words}")
    return np.stack([reviews[int(row)][-words:] for row in rows])


def curve(network, ids, back):
    """The share (N,) of the slope's length so many steps before the last one, the middle one of the reviews."""
    network = Network(
        Embedding(network.embedding.table.astype(np.float64)),
        network.cell.cast(np.float64),
        Dense(network.dense.kernel.astype(np.float64), network.dense.bias.astype(np.float64)),
    )
    shares = []
    for start in range(0, len(ids), BATCH):
        x = network.embedding(ids[start : start + BATCH])
        asked = np.zeros(x.shape[:2], bool)
        asked[:, -1] = True
        norms = outcomes.slope_of_state(network, x, asked)  # (B, T)
        shares.append(norms[:, -1 - np.array(back)] / norms[:, -1:])
    return np.median(np.concatenate(shares), axis=0)
