"""The figure of parameters: its bars add up to what an LSTM holds, at every stop of the slider."""

import numpy as np
import pytest

from lstm_edu import LSTMCell, figures


def held(D, U):
    cell = LSTMCell(np.ones((D, 4 * U)), np.ones((U, 4 * U)), np.ones(4 * U))
    return {"kernel": cell.kernel.size, "recurrent kernel": cell.recurrent_kernel.size, "bias": cell.bias.size}


def test_the_bars_are_the_sizes_of_the_arrays():
    for units in (4, 32, 100):
        figure = figures.parameters(32, [4, 32, 100], start=units)
        assert {bar.name: sum(bar.y) for bar in figure.data} == held(32, units)
        assert all(list(bar.text) == 4 * [f"{bar.y[0]:,}"] for bar in figure.data)


def test_a_step_of_the_slider_shows_what_a_figure_started_there_shows():
    (slider,) = figures.parameters(5, [1, 2, 8], start=2).layout.sliders
    assert slider.active == 1
    for step, units in zip(slider.steps, [1, 2, 8], strict=True):
        assert step.label == f"{units}: {sum(held(5, units).values()):,} parameters"
        other = figures.parameters(5, [1, 2, 8], start=units)
        assert step.method == "restyle"
        assert step.args[0] == {"y": [list(b.y) for b in other.data], "text": [list(b.text) for b in other.data]}


def test_the_text_alternative_counts_too():
    alt = figures.parameters(32, [32]).layout.meta["alt"]
    assert "32 units: kernel 1,024, recurrent kernel 1,024, bias 32 in each of the four blocks, 8,320 together" in alt


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
