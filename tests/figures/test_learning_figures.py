"""Figures of a training: what is drawn is what was handed over."""

import numpy as np
import pytest

from lstm_edu import figures, tasks


def test_a_parcel_shows_number_flag_and_bell():
    x, y, asked = tasks.marked_parcel(1, 7, np.random.default_rng(3))
    figure = figures.parcel(x[0])
    [bars] = figure.data
    flag, bell = int(x[0, :, 1].argmax()), int(asked[0].argmax())
    assert np.array_equal(bars.y, x[0, :, 0]) and bars.y[flag] == y[0, 0]
    assert [k for k, colour in enumerate(bars.marker.color) if colour != bars.marker.color[bell]] == [flag]
    assert [line.x0 for line in figure.layout.shapes] == [flag, bell]
    assert f"At step {bell}, 7 steps later" in figure.layout.meta["alt"]


@pytest.mark.parametrize("inputs", [np.zeros((4, 3)), np.ones((4, 3)), np.zeros(4), np.zeros((2, 4, 3))])
def test_what_is_no_parcel_is_refused(inputs):
    with pytest.raises(ValueError, match=r"inputs: expected \(T, 3\) with one flag and one bell"):
        figures.parcel(inputs)


def test_a_race_has_a_line_for_each_run_at_its_seconds(made):
    groups = {"<i>ours</i>": [made("first", seed, [1, 0]) for seed in (1, 2)], "theirs": [made("second", 1, [1, 0])]}
    figure = figures.race(groups, aim=0.88)
    assert [line.name for line in figure.data] == ["&lt;i&gt;ours&lt;/i&gt;"] * 2 + ["theirs"]
    assert [line.showlegend for line in figure.data] == [True, False, True]
    for line, record in zip(figure.data, sum(groups.values(), []), strict=True):
        assert list(line.x) == [10, 14] and list(line.y) == [100 * a for a in record.history["val_accuracy"]]
    assert figure.data[0].line.dash != figure.data[2].line.dash
    assert "2 runs: the last epoch ends after 14 to 14 seconds, with 61% to 62%" in figure.layout.meta["alt"]
    assert figure.layout.shapes[0].y0 == 88


def test_a_race_wants_runs_with_a_validation(made):
    one = [made("first", 1, [1])]
    for groups in ({}, {"none": []}, {"a": one, "b": one, "c": one}):
        with pytest.raises(ValueError, match="groups: expected one or two"):
            figures.race(groups)
    with pytest.raises(ValueError, match="got first-seed1"):
        figures.race({"a": [made("first", 1, [1], history={"loss": [1.0, 2.0]})]})


def test_shares_are_of_their_sum():
    figure = figures.shares({"a": 1.0, "b": 3.0}, "Where it goes")
    assert list(figure.data[0].x) == [25, 75] and list(figure.layout.yaxis.ticktext) == ["a", "b"]
    assert figure.layout.meta["alt"] == "Where it goes, shares of the time: a 25%; b 75%."
    for wrong in ({}, {"a": -1.0, "b": 2.0}, {"a": 0.0}, {"a": float("nan")}):
        with pytest.raises(ValueError, match="seconds: expected some time"):
            figures.shares(wrong, "x")
