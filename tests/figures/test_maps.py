"""The heat maps of a trace: what stands where, in the time order of the inputs, whatever the cell."""

import numpy as np
import pytest

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell, figures
from lstm_edu.figures.page import page_html


def ran(cell_class=LSTMCell, blocks=4, **options):
    rng = np.random.default_rng(0)
    cell = cell_class(rng.normal(size=(3, blocks * 5)), rng.normal(size=(5, blocks * 5)))
    return cell.run(rng.normal(size=(2, 6, 3)), **options)


@pytest.mark.parametrize(
    ("kind", "blocks", "parts"), [(LSTMCell, 4, "ifgoch"), (GRUCell, 3, "zrgh"), (SimpleRNNCell, 1, "h")]
)
def test_there_is_a_map_for_each_part(kind, blocks, parts):
    trace = ran(kind, blocks)
    figure = figures.maps(trace, sample=1)
    assert len(figure.data) == len(parts)
    for part, drawn in zip(parts, figure.data, strict=True):
        assert np.array_equal(drawn.z, getattr(trace, part)[1].T)  # (H, T)
        least, most = drawn.z.min(), drawn.z.max()
        assert drawn.zmin <= least and most <= drawn.zmax and drawn.zmin in (0, -drawn.zmax)
    assert page_html(figure.to_dict()).count("<table>") == len(parts)


def test_a_trace_that_went_backwards_is_turned_and_masked_steps_are_empty():
    mask = np.array([[True, True, False, True, True, False], [True] * 6])
    trace = ran(go_backwards=True, mask=mask)
    figure = figures.maps(trace, words=list("abcdef"), name="belt")
    for part, drawn in zip(trace.cell.parts, figure.data, strict=True):
        counts = mask[0, :5]  # from the first step that counts to the last
        assert np.array_equal(np.isnan(drawn.z), np.broadcast_to(~counts, (5, 5)))
        assert np.array_equal(drawn.z[:, counts], trace.in_time(part)[0].T[:, mask[0]])
    alt = figure.layout.meta["alt"]
    assert (
        alt.startswith("belt: ") and "1 step is left empty" in alt and figure.layout.xaxis6.ticktext == tuple("abcdef")
    )
    assert "empty" not in figures.maps(trace, sample=1).layout.meta["alt"]


def test_a_part_of_the_steps():
    none = ran(mask=np.zeros((2, 6), bool))
    assert np.isnan(figures.maps(none).data[0].z).all() and figures.maps(none).data[0].z.shape == (5, 6)
    trace = ran()
    figure = figures.maps(trace, steps=(2, 4))
    assert np.array_equal(figure.data[4].z, trace.c[0, 2:5].T) and list(figure.data[4].x) == [2, 3, 4]
    assert list(figure.layout.xaxis.range) == [1.5, 4.5]


def test_large_values_have_a_round_scale_of_their_own():
    trace = LSTMCell(np.ones((1, 4)), np.ones((1, 4))).run(np.full((1, 30, 1), 9.0))  # the belt counts to 30
    drawn = figures.maps(trace).data[4]
    assert (drawn.zmin, drawn.zmax) == (-30, 30) and 29 < drawn.z.max() <= 30


def test_arguments_that_do_not_fit_are_refused():
    trace = ran()
    for options, error, words in (
        ({"sample": 2}, ValueError, "sample: expected a whole number from 0 to 1"),
        ({"words": ["a"]}, ValueError, "words: expected 6 texts, one for each step, got 1"),
        ({"words": "abcdef"}, ValueError, "words: expected 6 texts, one for each step, got str"),
        ({"steps": 3}, ValueError, "steps: expected a pair"),
        ({"steps": (4, 2)}, ValueError, r"steps\[1\]: expected a whole number from 4 to 5"),
        ({"steps": (0, 6)}, ValueError, r"steps\[1\]: expected a whole number from 0 to 5"),
        ({"steps": (0.0, 2)}, TypeError, r"steps\[0\]: expected a whole number"),
    ):
        with pytest.raises(error, match=f"^{words}"):
            figures.maps(trace, **options)
    with pytest.raises(ValueError, match="^trace: expected at least one step"):
        figures.maps(LSTMCell(np.ones((1, 4)), np.ones((1, 4))).run(np.ones((1, 0, 1))))
