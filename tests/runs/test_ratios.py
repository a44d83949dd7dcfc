"""How many times as large errors are: by hand, and what is said of several at once."""

import numpy as np
import pytest

from lstm_edu import runs
from lstm_edu.runs import chance, outcomes

STARTS = {"LSTM": ("parcel", "parcel_lstm"), "GRU": ("parcel", "parcel_gru"), "loop": ("parcel", "parcel_simple_rnn")}


def test_a_ratio_is_that_of_the_geometric_means_and_its_interval_that_of_welch():
    found = runs.ratios(STARTS, "error_at_20")
    lags, of_lstm = outcomes.by_lag("parcel", "parcel_lstm")
    _, of_gru = outcomes.by_lag("parcel", "parcel_gru")
    one, two = of_lstm[lags == 20][0], of_gru[lags == 20][0]
    assert found["GRU"].errors.tolist() == two.tolist() and found["GRU"].weights == 1025
    assert found["GRU"].times == pytest.approx((np.prod(two) / np.prod(one)) ** (1 / 5))
    a, b = np.log(one), np.log(two)
    variance = a.var(ddof=1) / 5 + b.var(ddof=1) / 5
    freedom = variance**2 / ((a.var(ddof=1) / 5) ** 2 / 4 + (b.var(ddof=1) / 5) ** 2 / 4)
    half = chance.t(0.95, freedom) * np.sqrt(variance)
    assert np.log(found["GRU"].high / found["GRU"].times) == pytest.approx(half)
    assert found["GRU"].low * found["GRU"].high == pytest.approx(found["GRU"].times ** 2)


def test_several_at_once_need_more_than_one():
    alone, both = runs.ratios({name: STARTS[name] for name in ("LSTM", "GRU")}), runs.ratios(STARTS)
    assert both["GRU"].p == pytest.approx(min(1, alone["GRU"].p), abs=1e-9) or both["GRU"].p > alone["GRU"].p
    assert both["loop"].differs and both["loop"].p == pytest.approx(
        2 * runs.ratios({name: STARTS[name] for name in ("LSTM", "loop")})["loop"].p, rel=1e-6
    )
    assert (both["LSTM"].times, both["LSTM"].p, both["LSTM"].differs) == (1.0, 1.0, False)


def test_the_middle_of_runs_and_how_far_it_may_be_off():
    values = np.array([[1.0, 4.0], [2.0, 2.0]])
    middle, low, high = runs.middle(values)
    assert np.allclose(middle, [2, 2]) and np.allclose(low * high, 4) and np.allclose([low[1], high[1]], 2)
    assert np.log(high[0] / 2) == pytest.approx(chance.t(0.95, 1) * np.log(2), rel=1e-3)


def test_what_cannot_be_compared_is_said():
    with pytest.raises(ValueError, match="starts: expected two or more, got 1"):
        runs.ratios({"LSTM": STARTS["LSTM"]})
    with pytest.raises(ValueError, match="start: expected one of .*, got 'parcel_ntm'"):
        runs.ratios(STARTS | {"NTM": ("parcel", "parcel_ntm")})
