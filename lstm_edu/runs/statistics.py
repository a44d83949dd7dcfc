"""What may be said about an accuracy measured on some examples, and about several runs of a recipe."""

import numpy as np

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
