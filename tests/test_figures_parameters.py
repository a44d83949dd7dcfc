"""The figure of parameters: its bars add up to what an LSTM holds, at every stop of the slider."""

import numpy as np
import pytest

from lstm_edu import LSTMCell, figures


def held(D, U):
    cell = LSTMCell(np.ones((D, 4 * U)), np.ones((U, 4 * U)), np.ones(4 * U))
    return cell.kernel, cell.recurrent_kernel, cell.bias


def test_the_bars_are_the_sizes_of_the_arrays():
    for units in (4, 32, 100):
        figure = figures.parameters(32, [4, 32, 100], start=units)
        for bar, array in zip(reversed(figure.data), held(32, units), strict=True):
            shape, size = array.shape, array.size
            assert len(set(bar.y)) == 1 and sum(bar.y) == size
            assert bar.name.endswith(f"{shape}: {size:,}")


def test_a_step_of_the_slider_shows_what_a_figure_started_there_shows():
    (slider,) = figures.parameters(5, [1, 2, 8], start=2).layout.sliders
    assert slider.active == 1
    for step, units in zip(slider.steps, [1, 2, 8], strict=True):
        assert step.label == f"{units}: {sum(w.size for w in held(5, units)):,} parameters"
        other = figures.parameters(5, [1, 2, 8], start=units)
        assert step.method == "restyle"
        assert step.args[0] == {"y": [list(b.y) for b in other.data], "name": [b.name for b in other.data]}


def test_the_three_arrays_look_different():
    """The bias is a few pixels high: it has a dark colour of its own, and no axis line is drawn where it stands."""
    figure = figures.parameters(32, [32])
    bias, recurrent, kernel = (bar.marker for bar in figure.data)
    assert isinstance(bias.color, str) and bias.color not in kernel.color
    assert recurrent.color == kernel.color and len(set(kernel.color)) == 4
    assert recurrent.pattern.shape != kernel.pattern.shape
    assert figure.layout.yaxis.zeroline is False


def test_the_text_alternative_counts_too():
    alt = figures.parameters(32, [32]).layout.meta["alt"]
    assert "kernel (32, 128): 4,096, recurrent kernel (32, 128): 4,096, bias (128,): 128, 8,320 together" in alt


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0, [4]), "inputs: expected whole numbers above 0, got [0]"),
        ((32, []), "units: expected whole numbers above 0, got []"),
        ((32, [4, 2.5]), "units: expected whole numbers above 0, got [4, 2.5]"),
        ((32, [4, 8], 5), "start: expected one of 4, 8, got 5"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, words):
    with pytest.raises(ValueError) as caught:
        figures.parameters(*arguments)
    assert str(caught.value) == words
