"""Figures of the experiments: what is drawn is what was handed over, and the words tell it."""

import numpy as np
import pytest

from lstm_edu import drawing, figures

LAGS = np.array([1, 10, 100])
VALUES = np.array([[0.1, 0.3], [0.2, 0.2], [0.5, 0.7]])
TIMES = {5: np.array([50.0, 75.0]), 50: np.array([np.nan, 400.0]), 100: np.array([np.nan, np.nan])}


def test_by_lag_draws_means_and_their_spread():
    figure = figures.by_lag({"<b>ours</b>": (LAGS, VALUES)}, y="error", trained=(1, 30), nothing=0.577)
    [line] = figure.data
    assert (
        line.name == "&lt;b&gt;ours&lt;/b&gt;" and np.allclose(line.y, [0.2, 0.2, 0.6]) and list(line.x) == [1, 10, 100]
    )
    assert np.allclose(line.error_y.array, [0.1, 0, 0.1]) and np.allclose(line.error_y.arrayminus, [0.1, 0, 0.1])
    alt = figure.layout.meta["alt"]
    assert "2 runs: 0.2 at 1, 0.6 at 100" in alt and "trained on lags from 1 to 30" in alt
    assert {shape.type for shape in figure.layout.shapes} == {"line", "rect"}


def test_by_lag_takes_all_runs_where_their_numbers_differ():
    figure = figures.by_lag({"ours": (LAGS, [[1, 2, 6], [4, 2], [5]])}, y="error")
    [line] = figure.data
    assert list(line.y) == [3, 3, 5] and list(line.error_y.array) == [3, 1, 0]
    assert "1 to 3 runs: 3 at 1, 5 at 100" in figure.layout.meta["alt"]


def test_by_lag_wants_a_few_curves():
    for series in ({}, {str(k): (LAGS, VALUES) for k in range(7)}):
        with pytest.raises(ValueError, match="series: expected 1 to 6"):
            figures.by_lag(series, y="error")


BARS = {"ours": [VALUES.mean(axis=1), VALUES.min(axis=1), VALUES.max(axis=1)]}


def test_raced_shows_one_lag_at_a_time_with_all_runs_and_the_bar():
    rows, bars = {"ours": (LAGS, VALUES), "<b>theirs</b>": (LAGS, 2 * VALUES)}, {}
    for name, (_, values) in rows.items():
        bars[name] = [2 * values.mean(axis=1), values.min(axis=1), 3 * values.max(axis=1)]
    figure = figures.raced(rows, bars, x="error", start=10, title="Race", nothing=0.577)
    assert [trace.visible for trace in figure.data] == [False, False, True, True, False, False]
    bar, dots = figure.data[2:4]
    assert np.allclose(dots.x, [0.2, 0.2, 0.4, 0.4]) and list(dots.y) == [0, 0, 1, 1]
    assert np.allclose(bar.x, [0.4, 0.8]) and np.allclose(bar.error_x.arrayminus, [0.2, 0.4])
    assert np.allclose(bar.error_x.array, [0.2, 0.4]) and not bar.error_x.symmetric
    [slider] = figure.layout.sliders
    assert [step.label for step in slider.steps] == ["1", "10", "100"] and slider.active == 1
    assert slider.steps[2].args[0]["visible"] == [False, False, False, False, True, True]
    said = figure._repr_mimebundle_()["text/html"]
    assert "0.4 (0.2 to 0.6)" in said and "&lt;b&gt;theirs" in said and "ours: 0.4, then 1.2" in said


def test_raced_wants_the_same_lags():
    other = {"ours": (LAGS, VALUES), "theirs": (LAGS[:2], VALUES[:2])}
    for rows, start in (({}, 1), (other, 1), ({"ours": (LAGS, VALUES)}, 5)):
        with pytest.raises(ValueError, match="rows: expected one or more with the same lags"):
            figures.raced(rows, BARS, x="error", start=start, title="Race")


def test_beginnings_have_a_mark_for_each_run_and_a_place_for_never():
    figure = figures.beginnings({"ours": TIMES, "theirs": TIMES}, batches=1500)
    for marks in figure.data:
        assert len(marks.x) == 6 and sorted(marks.y)[:3] == [50, 75, 400] and min(sorted(marks.y)[3:]) > 1500
    assert len(set(figure.data[0].x) | set(figure.data[1].x)) == 12  # none on another
    ticks = dict(zip(figure.layout.yaxis.ticktext, figure.layout.yaxis.tickvals, strict=True))
    assert ticks["never"] == max(figure.data[0].y)
    assert "ours: lag 5: 2 of 2 runs, lag 50: 1 of 2 runs, lag 100: 0 of 2 runs" in figure.layout.meta["alt"]


def test_reach_has_the_marks_where_they_were_measured_and_the_theory():
    shares = {5: np.array([0.4, 0.6]), 50: np.array([0.1, 0.1]), 100: np.array([0.0, 0.02])}
    figure = figures.reach({"b": TIMES, "plain": TIMES}, {"b": shares, "plain": shares}, {"b": 1.0})
    line, marks, dot, others, _ = figure.data  # no bias, no line
    assert np.allclose(np.array(line.y), (1 / (1 + np.exp(-1.0))) ** np.array(line.x))
    assert np.allclose(marks.y, [0.5, 0.1, 0.01]) and list(others.y) == list(marks.y)
    assert np.allclose(np.sqrt(np.multiply(marks.x, others.x)), [5, 50, 100]) and not set(marks.x) & set(others.x)
    assert list(marks.marker.symbol) == ["circle", "circle-open", "circle-open"]  # all of the runs began, some, none
    assert list(dot.x) == [marks.x[1]] and list(dot.y) == [marks.y[1]]  # some
    assert "b, lag 50: 1 of 2 runs began to learn; 0.1 of the slope reaches the flag" in figure.layout.meta["alt"]
    said = figure._repr_mimebundle_()["text/html"]
    assert "<th" in said and ">50<" in said and ">0.01<" in said and ">50.7<" not in said


def test_tables_say_the_runs_and_the_steps_and_not_the_places_of_marks():
    said = figures.beginnings({"ours": TIMES}, batches=1500)._repr_mimebundle_()["text/html"]
    assert "lag 50, run 1" in said and "never" in said and ">2400<" not in said and ">400<" in said
    said = figures.arrows({0.5: [[1.0, 0.0], [0.5, 0.25]]})._repr_mimebundle_()["text/html"]
    assert ">0.5, 0.25<" in said and "radius 0.5: both numbers" in said


def test_ways_stack_to_the_whole():
    figure = figures.ways({"ours": [0.1, 0.4, 0.9], "<b>": [1.2, 0.2, 1.0]}, words=["not", "<i>", "bad"])
    for straight, detour in zip(figure.data[::2], figure.data[1::2], strict=True):
        assert np.allclose(np.add(straight.y, detour.y), 100)
    assert np.allclose(figure.data[0].y, [10, 40, 90]) and figure.layout.annotations[1].text == "&lt;b&gt;"
    assert list(figure.layout.xaxis2.ticktext) == ["not", "&lt;i&gt;", "bad"]
    assert (
        "ours: at step 0 10% of it came straight, and from step 2 to the end half or more" in figure.layout.meta["alt"]
    )
    for wrong in ({}, {"a": []}, {"a": [1.0], "b": [1.0, 0.5]}):
        with pytest.raises(ValueError, match="shares: expected rows of one length"):
            figures.ways(wrong)


def test_arrows_show_one_way_at_a_time():
    paths = {radius: [[radius**t, 0.0] for t in range(4)] for radius in (0.5, 1.0)}
    figure = figures.arrows(paths, start=1.0)
    assert [curve.visible for curve in figure.data] == [False, False, True, True]
    [slider] = figure.layout.sliders
    assert slider.active == 1 and list(slider.steps[0].args[0]["visible"]) == [True, True, False, False]
    assert "radius 0.5: after 3 steps its length is 0.125" in figure.layout.meta["alt"]
    assert np.allclose(figure.data[1].x, [1, 0.5, 0.25, 0.125])


def test_a_row_of_copies_is_as_wide_as_the_slope_is_long():
    html = drawing.copies([0.25, 0.5, 1.0], first=2)._repr_html_()
    assert html.count("<li>") == 3 and "<sub>2</sub>" in html and "<sub>4</sub>" in html
    for width, norm in (("0.400", "0.250"), ("0.800", "0.500"), ("1.600", "1.00")):
        assert f"height:{width}rem" in html and f">{norm}</span>" in html
    for wrong in ([], [-1.0], [float("nan")]):
        with pytest.raises(ValueError, match="norms: expected finite numbers"):
            drawing.copies(wrong)
