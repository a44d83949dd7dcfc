"""What the data set looks like, measured once and shipped, so that it can be shown where the data is not at hand."""

import json
from pathlib import Path

import numpy as np

from . import sources
from .loading import load
from .text import OFFSET, vocabulary

STATISTICS = Path(__file__).resolve().parents[1] / "data" / "imdb.json"

BIN = 50  # tokens, width of a bar of the histogram
LONGER_THAN = (200, 500)
MAXLENS = (50, 100, 200, 300, 400, 500, 750, 1000)
NUM_WORDS = (1_000, 5_000, 10_000, 20_000)
FREQUENT = 30


def statistics():
    """The shipped measurements, a dictionary with one part per split and one for the commonest words.

    `train` and `test` hold: `reviews`, `positive`; `tokens` (start tokens counted), `words` (not counted);
    `length`, of a review in tokens: `min`, `median`, `p90`, `p99`, `max`, each the length of some review;
    `longer_than`, reviews of more tokens than that; `histogram`, its `edges` and `reviews`, a bar taking its left
    edge; `kept`, for each `maxlen` the `reviews` that stay whole and the `tokens` that stay; `unknown`, for each
    `num_words` the words that become unknown. `frequent` lists [word, occurrences in the training reviews]. `repeated`
    counts reviews that are, word for word, one that came before: inside of `train`, inside of `test`, and the test
    reviews that are a training review, `test_in_train`; `other_label`, those of these with another label than it.
    """
    return json.loads(STATISTICS.read_text(encoding="utf-8"))


def measure(path=None):
    """`statistics()`, from the data itself."""
    splits = load(path, num_words=np.iinfo(np.int32).max)  # None would cut the last rank
    train = splits[0]
    return {
        "made_by": "python -m lstm_edu.imdb statistics",
        "data_sha256": sources.fingerprint(path),
        **{name: _split(reviews) for name, reviews in zip(sources.SPLITS, splits, strict=True)},
        "frequent": _frequent(train),
        "repeated": _repeated(*splits),
    }


def _split(reviews):
    lengths = reviews.lengths
    edges = np.arange(0, lengths.max() + BIN + 1, BIN)
    words = len(reviews.tokens) - len(reviews)  # all but the start tokens
    return {
        "reviews": len(reviews),
        "positive": int(reviews.labels.sum()),
        "tokens": len(reviews.tokens),
        "words": words,
        "length": {
            name: int(np.percentile(lengths, share, method="inverted_cdf"))
            for name, share in {"min": 0, "median": 50, "p90": 90, "p99": 99, "max": 100}.items()
        },
        "longer_than": {str(n): int((lengths > n).sum()) for n in LONGER_THAN},
        "histogram": {"edges": edges.tolist(), "reviews": np.histogram(lengths, edges)[0].tolist()},
        "kept": {
            str(n): {"reviews": int((lengths <= n).sum()), "tokens": int(np.minimum(lengths, n).sum())} for n in MAXLENS
        },
        "unknown": {str(n): int((reviews.tokens >= n).sum()) for n in NUM_WORDS},
    }


def _repeated(train, test):
    labels = {review.tobytes(): label for review, label in zip(train, train.labels.tolist(), strict=True)}
    again = [
        (label, labels[review.tobytes()])
        for review, label in zip(test, test.labels.tolist(), strict=True)
        if review.tobytes() in labels
    ]
    return {
        "train": len(train) - len(labels),
        "test": len(test) - len({review.tobytes() for review in test}),
        "test_in_train": len(again),
        "other_label": sum(own != learnt for own, learnt in again),
    }


def _frequent(reviews):
    counts = np.bincount(reviews.tokens, minlength=OFFSET + 1 + len(vocabulary()))[OFFSET + 1 :]  # by rank, from 1
    first = np.argsort(-counts[: len(vocabulary())], kind="stable")[:FREQUENT]
    return [[vocabulary()[k], int(counts[k])] for k in first if counts[k]]
