"""Intervals of an accuracy, and the area under the curve."""

import numpy as np
import pytest

from lstm_edu.runs import statistics


def test_intervals_are_those_of_the_textbook():
    assert 100 * statistics.half_width(0.88, 5_000) == pytest.approx(0.90, abs=0.005)
    assert 100 * statistics.half_width(0.88, 25_000) == pytest.approx(0.40, abs=0.005)
    low, high = statistics.interval(0.88, 5_000)
    assert (low + high) / 2 == pytest.approx(0.88) and high - low == pytest.approx(
        2 * statistics.half_width(0.88, 5_000)
    )
    for p, n in ((-0.1, 10), (1.1, 10), (0.5, 0)):
        with pytest.raises(ValueError, match="p, n: expected"):
            statistics.interval(p, n)


def test_the_interval_holds_what_it_says():
    """Of 2,000 made-up measurements on 500 reviews, 95% have the true accuracy in their interval."""
    rng = np.random.default_rng(0)
    found = rng.binomial(500, 0.85, 2_000) / 500
    inside = [low <= 0.85 <= high for low, high in (statistics.interval(p, 500) for p in found)]
    assert 0.93 < np.mean(inside) < 0.97  # standard error 0.005


def test_a_paired_interval_is_narrower_where_models_err_alike():
    rng = np.random.default_rng(0)
    hard = rng.random(20_000) < 0.12  # reviews both get wrong
    a, b = ~hard & (rng.random(20_000) > 0.01), ~hard & (rng.random(20_000) > 0.02)
    apart = np.hypot(statistics.half_width(a.mean(), 20_000), statistics.half_width(b.mean(), 20_000))
    assert statistics.mean_half_width(a.astype(float) - b) < apart / 2


def test_auc_counts_the_pairs_in_the_right_order():
    scores, positive = np.array([0.1, 0.4, 0.4, 0.8, 0.2]), np.array([0, 1, 0, 1, 0], bool)
    assert statistics.auc(scores, positive) == (2 + 0.5 + 3) / 6
    assert statistics.auc(-scores, positive) == pytest.approx(1 - 5.5 / 6)
    with pytest.raises(ValueError, match="positive: expected examples of both kinds"):
        statistics.auc(scores, positive | True)
