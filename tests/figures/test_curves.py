"""Curves over an axis of their own."""

import numpy as np
import pytest

from lstm_edu import figures

Z = np.linspace(-1, 1, 5)


def test_each_curve_has_its_values_its_name_and_its_own_dashes():
    figure = figures.lines(Z, {"square": Z**2, "<b>cube": Z**3}, title="Powers", x="z", y="power")
    assert [trace.name for trace in figure.data] == ["square", "&lt;b&gt;cube"]
    for trace, values in zip(figure.data, (Z**2, Z**3), strict=True):
        assert np.array_equal(trace.x, Z) and np.array_equal(trace.y, values)
    assert len({trace.line.dash for trace in figure.data}) == 2
    assert figure.layout.meta["alt"].startswith("Powers. power against z, square from 0 to 1;")


@pytest.mark.parametrize(
    ("series", "words"),
    [
        ({}, "series: expected 1 to 4 curves, got 0"),
        ({str(k): Z for k in range(5)}, "series: expected 1 to 4 curves, got 5"),
        ({"short": Z[1:]}, "series: expected shape (N,) as positions (5,), got (4,) for short"),
    ],
)
def test_what_does_not_fit_is_refused(series, words):
    with pytest.raises(ValueError) as caught:
        figures.lines(Z, series)
    assert str(caught.value) == words
