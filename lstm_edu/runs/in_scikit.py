"""A trainer: logistic regression on which words, or runs of words, occur in a review. scikit-learn is imported inside
the functions.
"""

import platform
import time
from importlib import metadata

import numpy as np

from .statistics import judged
from .trained import Trained


def train(recipe, seed, data, report):
    """One run of a recipe: `Trained`. data: of `imdb.Reviews`; report(line) is called for each strength.

    The seed has no effect: the solver (L-BFGS) starts from zeros and draws nothing, so one run is all there is. It
    learns once with each of the recipe's strengths, and keeps the one with the best validation accuracy, of equal ones
    the first; the test reviews have no part in it. The history has a value for each `strength`. Raises ImportError
    without scikit-learn.
    """
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise ImportError(
            "scikit: expected scikit-learn beside this package: pip install 'lstm_edu[baselines]'"
        ) from None

    start, settings = time.perf_counter(), recipe.settings
    cut = int(len(data.train) * (1 - settings["validation_split"]))  # as Keras' `fit` cuts
    parts = {"": data.train[:cut], "val_": data.train[cut:]}
    columns = known(parts[""], settings)
    inputs = {part: occurs(reviews, columns, settings) for part, reviews in parts.items()}
    history, best = {"strength": settings["strengths"]}, None
    for strength in settings["strengths"]:
        model = LogisticRegression(C=strength, solver="lbfgs", tol=1e-6, max_iter=10_000)
        model.fit(inputs[""], parts[""].labels)
        arrays = {"kernel": model.coef_[0], "bias": model.intercept_}
        for part, reviews in parts.items():
            logits = inputs[part] @ arrays["kernel"] + arrays["bias"]
            history.setdefault(f"{part}loss", []).append(loss(logits, reviews.labels))
            history.setdefault(f"{part}accuracy", []).append(float(((logits > 0) == reviews.labels).mean()))
        validated = history["val_accuracy"]
        report(f"{recipe.name}, strength {strength}: validation {validated[-1]:.3f}")
        if np.argmax(validated) == len(validated) - 1:
            best = arrays
    logits = answers(best, columns, data.test, settings)
    results, right = judged(logits, data.test.labels == 1, edge=0)
    return Trained(
        arrays=best,
        history=history,
        results=results | {"loss": loss(logits, data.test.labels)},
        tested=len(data.test),
        validated=len(data.train) - cut,
        right=right,
        seconds=[time.perf_counter() - start],
        versions={
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in ("numpy", "scikit-learn", "scipy")},
        },
    )


def reader(recipe, arrays, data):
    """A function of reviews: the logits (reviews,) of these arrays; data: those they were learnt from."""
    settings = recipe.settings
    columns = known(data.train[: int(len(data.train) * (1 - settings["validation_split"]))], settings)
    return lambda reviews: answers(arrays, columns, reviews, settings)


def answers(arrays, columns, reviews, settings):
    """The logits (reviews,) of trained arrays; columns: as `known` gave them for the reviews that were learnt from."""
    return occurs(reviews, columns, settings) @ arrays["kernel"] + arrays["bias"]


def known(reviews, settings):
    """The runs of words, sorted keys (N,), that occur in at least `least` of the reviews."""
    keys, counts = np.unique(runs(reviews, settings)[1], return_counts=True)
    return keys[counts >= settings["least"]]


def occurs(reviews, columns, settings):
    """Which of the known runs occur: ones in a sparse matrix (reviews, N)."""
    from scipy.sparse import csr_array

    rows, keys = runs(reviews, settings)
    place = np.minimum(np.searchsorted(columns, keys), len(columns) - 1)
    there = columns[place] == keys
    ones = np.ones(int(there.sum()))
    return csr_array((ones, (rows[there], place[there])), shape=(len(reviews), len(columns)))


def runs(reviews, settings):
    """(review, key) of each run of one to `longest` words, once for each review that it occurs in."""
    V, longest = settings["num_words"], settings["longest"]
    most = (longest + 1) * V**longest  # no key is as large
    row = np.repeat(np.arange(len(reviews)), reviews.lengths)  # (tokens,)
    found = []
    for n in range(1, longest + 1):
        starts = max(len(row) - n + 1, 0)
        words = [reviews.tokens[k : k + starts].astype(np.int64) for k in range(n)]
        key = n * V**longest + sum(word * V ** (n - 1 - k) for k, word in enumerate(words))
        inside = row[:starts] == row[n - 1 :]  # not from one review into the next
        found.append(np.unique(row[:starts][inside] * most + key[inside]))
    return np.divmod(np.concatenate(found), most)


def loss(logits, labels):
    """The mean binary cross-entropy."""
    return float(np.logaddexp(0, np.where(labels == 1, -logits, logits)).mean())
