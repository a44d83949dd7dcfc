"""Rows of dots, bars of parts, marks in a plane: what is drawn is what was given, and the words say it, too."""

import numpy as np
import pytest

from lstm_edu import figures
from lstm_edu.figures.page import page_html

ROWS = {"as trained": [46.0, 98.0], "<b> cut": [3.0, 4.0]}
TWO = {"f held": {"at one half": [1.0, 2.0], "at the median": [0.5, 1.5]}, "o held": {"at one half": [0.1, 0.2]}}
PARTS = {"seed 1": {"belt": 80.0, "loop": 20.0}, "seed 2": {"belt": 84.0, "loop": 16.0}}
MARKS = {"words": ([50.0, 90.0], [0.7, 0.6], ["but", "great"]), "others": ([10.0], [0.72], ["bad"])}


def test_each_row_has_a_dot_for_each_value():
    figure = figures.each(ROWS, x="words", title="How long", log=True, marks={"untrained": 2.2})
    (dots,) = figure.data
    assert list(dots.x) == [46, 98, 3, 4] and list(dots.y) == [0, 0, 1, 1]
    assert figure.layout.yaxis.ticktext == ("as trained", "&lt;b&gt; cut") and figure.layout.xaxis.type == "log"
    assert "as trained: 46 to 98" in figure.layout.meta["alt"] and "2.2: untrained" in figure.layout.meta["alt"]
    page = page_html(figure.to_dict())
    assert "as trained, 2" in page and "&lt;b&gt; cut, 1" in page and "<b> cut, 1<" not in page


def test_series_stand_beside_one_another_in_a_row():
    figure = figures.each(TWO, x="points", title="Cost")
    half, median = figure.data
    assert list(half.x) == [1, 2, 0.1, 0.2] and list(median.x) == [0.5, 1.5]
    assert half.marker.symbol != median.marker.symbol and half.y[0] < median.y[0]
    assert "at the median 0.5 to 1.5" in figure.layout.meta["alt"]


def test_parts_are_stacked_to_the_whole():
    figure = figures.stacked(PARTS, x="%", title="Shares")
    assert [list(bar.x) for bar in figure.data] == [[80, 84], [20, 16]] and figure.layout.barmode == "stack"
    assert "seed 2: belt 84, loop 16" in figure.layout.meta["alt"] and "seed 2" in page_html(figure.to_dict())


def test_points_name_the_ones_that_are_asked_for():
    figure = figures.points(MARKS, x="positive", y="f", title="Words", named=["but", "bad"])
    assert list(figure.data[0].text) == ["but", ""] and list(figure.data[1].text) == ["bad"]
    assert "but at 50, 0.7" in figure.layout.meta["alt"] and "great at" not in figure.layout.meta["alt"]
    assert "great" in page_html(figure.to_dict())  # in its table


@pytest.mark.parametrize(
    ("draw", "rows"),
    [(figures.each, {}), (figures.each, {"a": []}), (figures.stacked, {}), (figures.stacked, {"a": {"p": -1.0}})],
)
def test_rows_that_hold_nothing_are_refused(draw, rows):
    with pytest.raises(ValueError, match="rows: expected"):
        draw(rows, x="x", title="t")


def test_five_series_are_too_many():
    series = {str(k): (np.zeros(1), np.zeros(1), ["a"]) for k in range(5)}
    with pytest.raises(ValueError, match="series: expected 1 to 4, got 5"):
        figures.points(series, x="x", y="y", title="t")
    with pytest.raises(ValueError, match="expected 1 to 4 series, got 5"):
        figures.each({"row": {str(k): [1.0] for k in range(5)}}, x="x", title="t")
