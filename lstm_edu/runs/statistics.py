"""What may be said about an accuracy measured on some examples, and about several runs of a recipe."""

from dataclasses import dataclass

import numpy as np

from . import records

NORMAL_95 = 1.959963984540054  # 95% of a normal distribution lies within this many standard deviations


def half_width(p, n):
    """Half of the 95% interval of an accuracy p measured on n examples: 1.96 sqrt(p (1 - p) / n)."""
    if not 0 <= p <= 1 or n < 1:
        raise ValueError(f"p, n: expected an accuracy from 0 to 1 and at least one example, got {p} and {n}")
    return float(NORMAL_95 * np.sqrt(p * (1 - p) / n))


def interval(p, n):
    """The 95% interval of an accuracy p measured on n examples: (low, high)."""
    half = half_width(p, n)
    return p - half, p + half


def auc(scores, positive):
    """The share of all pairs of a positive and a negative example in which the positive one has the higher score, ties
    counted half: the area under the ROC curve. scores (N,), positive (N,) booleans.
    """
    positive = np.asarray(positive, bool)
    if not 0 < positive.sum() < len(positive):
        raise ValueError("positive: expected examples of both kinds, got one kind")
    _, kinds, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[kinds]  # from 1; equal scores share their mean rank
    n = positive.sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(positive) - n)))


def judged(scores, positive, edge):
    """({"accuracy", "accuracy_at_median", "auc"}, which answers are right (N,) bool): an answer is "positive" where its
    score is above the edge; or above the median of all scores, which is where they part into halves. scores (N,),
    positive (N,) booleans.
    """
    right = (scores > edge) == positive
    middle = (scores > np.median(scores)) == positive
    found = {"accuracy": right.mean(), "accuracy_at_median": middle.mean(), "auc": auc(scores, positive)}
    return {name: float(value) for name, value in found.items()}, right


def mean_half_width(values):
    """Half of the 95% interval of the mean of one value per example."""
    return float(NORMAL_95 * values.std() / np.sqrt(len(values)))


@dataclass(frozen=True)
class Paired:
    """Two recipes on the same test examples, with the same seeds; differences are first less second.

    seeds (S,); difference (S,), of test accuracy; half_width (S,), half of each one's paired 95% interval;
    first_only, second_only (S,), examples that only one of the two answers right (McNemar's counts);
    mean, the mean difference; low, high, its paired 95% interval. The intervals say what other test examples could
    have changed, given these trained models; what training again could have changed they do not say; some of it shows
    in `difference`.

    >>> from lstm_edu import runs
    >>> pair = runs.paired("lstm_32", "bag_of_words")
    >>> pair.seeds, pair.high < 0  # the bag answers more of them right
    ((1, 2, 3), True)
    """

    seeds: tuple
    difference: np.ndarray
    half_width: np.ndarray
    first_only: np.ndarray
    second_only: np.ndarray
    mean: float
    low: float
    high: float


def paired(first, second, folder=records.FOLDER):
    """`Paired` for two recipes, over the seeds both have. ValueError where they share none, or were tested on other
    data.
    """
    return pair(records.load(first, folder), records.load(second, folder))


def pair(first, second):
    """`Paired` for the records of two recipes."""
    a, b = ({run.seed: run for run in runs} for runs in (first, second))
    seeds = tuple(sorted(a.keys() & b.keys()))
    if not seeds:
        raise ValueError(f"recipes: expected a seed that both have, got {sorted(a)} and {sorted(b)}")
    if first[0].data != second[0].data:
        raise ValueError(f"recipes: expected the same data, got {first[0].data} and {second[0].data}")
    a, b = (np.stack([by_seed[seed].correct for seed in seeds]) for by_seed in (a, b))  # (S, tested) each
    gain = a.astype(float) - b  # +1 only the first is right, -1 only the second
    mean = float(gain.mean())
    half = mean_half_width(gain.mean(axis=0))
    return Paired(
        seeds=seeds,
        difference=gain.mean(axis=1),
        half_width=np.array([mean_half_width(row) for row in gain]),
        first_only=(a & ~b).sum(axis=1),
        second_only=(b & ~a).sum(axis=1),
        mean=mean,
        low=mean - half,
        high=mean + half,
    )


def over_seeds(metric, by_seed, form):
    """The facts of one metric, {METRIC.STAT: (value, form)}, from its value for each seed."""
    values = list(by_seed.values())
    return {
        f"{metric}.mean": (float(np.mean(values)), form),
        f"{metric}.min": (min(values), form),
        f"{metric}.max": (max(values), form),
        f"{metric}.spread": (max(values) - min(values), "points" if form == "percent" else form),
        **{f"{metric}.seed{seed}": (value, form) for seed, value in by_seed.items()},
    }
