"""`backward` against central differences in float64, for every cell, mask, direction and activation."""

import numpy as np
import pytest
from cases import KINDS, case
from slopes import (
    SLOPE,
    STEP,
    arrays_of,
    backward_can_be_cut_in_two,
    backward_worst,
    kept_slopes_worst,
    nudged_slopes,
    worst,
)

from lstm_edu.cells import LSTMCell, SimpleRNNCell
from lstm_edu.cells.activations import ACTIVATIONS, curve, slope

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
directions = pytest.mark.parametrize("go_backwards", [False, True], ids=["forwards", "backwards"])
masks = pytest.mark.parametrize("masked", [False, True], ids=["whole", "masked"])
# a masked case has five sequences: all steps count, holes, left padding, right padding, no step counts
SMALL = {"steps": 4, "input_size": 2, "units": 2}


@every_kind
@masks
@directions
@pytest.mark.parametrize("bias", [True, False], ids=["bias", "no bias"])
def test_weights_inputs_and_initial_state(kind, masked, go_backwards, bias):
    error = backward_worst(case(kind, 1, masked=masked, go_backwards=go_backwards, bias=bias, **SMALL))
    assert error < SLOPE


@every_kind
@directions
def test_with_zeros_at_masked_steps(kind, go_backwards):
    assert backward_worst(case(kind, 4, go_backwards=go_backwards, zero_output_for_mask=True, **SMALL)) < SLOPE


@every_kind
@masks
@directions
def test_h_and_c_at_every_step_are_slopes_for_the_state_after_it(kind, masked, go_backwards):
    assert kept_slopes_worst(case(kind, 2, masked=masked, go_backwards=go_backwards, **SMALL)) < SLOPE


@every_kind
@masks
@directions
def test_the_way_back_can_be_cut_in_two(kind, masked, go_backwards):
    backward_can_be_cut_in_two(case(kind, 3, steps=7, masked=masked, go_backwards=go_backwards))


CORNERS = {"relu": [0.0], "hard_sigmoid": [-3.0, 3.0], "hard_sigmoid_keras2": [-2.5, 2.5]}


def away_from_corners(kind, **options):
    """The first random case with no sum within a nudge of a corner: nudges of two sizes see the same slopes there."""
    for seed in range(20):
        found = case(kind, seed, **options, **SMALL)
        if not CORNERS.keys() & options.values():
            return found
        pairs = zip(nudged_slopes(found, STEP), nudged_slopes(found, STEP / 2), strict=True)
        if worst(list(pairs)) < SLOPE:
            return found
    raise AssertionError("every case of 20 lies at a corner")


@every_kind
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation(kind, name):
    for argument in ("activation", "recurrent_activation") if kind.own_gates else ("activation",):
        assert backward_worst(away_from_corners(kind, **{argument: name})) < SLOPE


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_slope_is_that_of_its_curve(name):
    z = np.linspace(-4, 4, 401) + 0.003  # no corner nearer than 0.002
    y, step = curve(name), 1e-4
    expected = (y(z - 2 * step) - 8 * y(z - step) + 8 * y(z + step) - y(z + 2 * step)) / (12 * step)
    assert np.abs(slope(name)(y(z)) - expected).max() < 1e-11  # float64, rounding / step: worst seen 4.4e-12


@pytest.mark.parametrize(("name", "corners"), CORNERS.items())
def test_at_a_corner_the_slope_is_that_of_the_flat_side(name, corners):
    assert not slope(name)(curve(name)(np.array(corners))).any()


@every_kind
def test_a_loss_that_does_not_look_has_no_slope(kind):
    slopes = case(kind).run().backward()
    for value in arrays_of(slopes).values():
        assert not value.any()


@every_kind
def test_no_steps_hand_the_slope_of_the_state_through(kind):
    nothing = case(kind, steps=0)
    d_state = nothing.run().state
    slopes = nothing.run().backward(d_state=d_state)
    assert np.array_equal(slopes.initial_state, d_state)
    assert slopes.h.shape == (5, 0, 4) and not slopes.kernel.any() and slopes.inputs.shape == nothing.x.shape


@every_kind
def test_float32_follows_float64(kind):
    exact, rough = (case(kind, dtype=dtype).run().backward(np.ones((5, 5, 4))) for dtype in (np.float64, np.float32))
    rough = arrays_of(rough)
    for name, value in arrays_of(exact).items():
        assert rough[name].dtype == np.float32
        error = np.abs(rough[name] - value).max() / max(1, np.abs(value).max())
        assert error < 5e-6  # float32, 5 steps: worst seen 8.9e-7


GOOD = np.ones((5, 5, 4))  # (B, T, H)
PAIR = np.ones((5, 4)), np.ones((5, 4))  # (B, H) each
BAD_SLOPES = [
    ({"d_outputs": np.ones((5, 4))}, ValueError, "d_outputs: expected shape (B, T, H) = (5, 5, 4), got (5, 4)"),
    ({"d_outputs": np.ones((5, 1, 4))}, ValueError, "d_outputs: expected shape (B, T, H) = (5, 5, 4), got (5, 1, 4)"),
    ({"d_outputs": 1.0}, ValueError, "d_outputs: expected shape (B, T, H) = (5, 5, 4), got ()"),
    ({"d_outputs": GOOD * np.nan}, ValueError, "d_outputs: expected finite numbers of float64, got nan"),
    ({"d_outputs": GOOD * 1j}, TypeError, "d_outputs: expected real numbers, got dtype complex128"),
    ({"d_outputs": "all"}, TypeError, "d_outputs: expected real numbers, got dtype <U3"),
    ({"d_state": PAIR[0]}, ValueError, "d_state: expected a pair (h, c) of arrays (B, H), got ndarray"),
    ({"d_state": (*PAIR, PAIR[0])}, ValueError, "d_state: expected a pair (h, c) of arrays (B, H), got 3 of them"),
    ({"d_state": (PAIR[0], np.ones(4))}, ValueError, "d_state[1] (c): expected shape (B, H) = (5, 4), got (4,)"),
    ({"d_state": (np.full((5, 4), np.inf), None)}, ValueError, "d_state[0] (h): expected finite numbers"),
]


@pytest.mark.parametrize(("slopes", "error", "words"), BAD_SLOPES, ids=[words for _, _, words in BAD_SLOPES])
def test_bad_slopes_are_refused_by_name(slopes, error, words):
    trace = case(KINDS["LSTM"]).run()
    assert np.isfinite(trace.backward(GOOD, PAIR).inputs).all()
    with pytest.raises(error) as caught:
        trace.backward(**slopes)
    assert str(caught.value).startswith(words)


def test_slopes_too_large_for_the_runs_dtype_are_refused():
    trace = case(KINDS["SimpleRNN"], dtype=np.float32).run()
    with pytest.raises(ValueError, match="d_outputs: expected finite numbers of float32, got 1e\\+39"):
        trace.backward(GOOD * 1e39)


def test_one_state_takes_one_array():
    trace = case(KINDS["SimpleRNN"]).run()
    assert isinstance(trace.cell, SimpleRNNCell) and not isinstance(trace.cell, LSTMCell)
    with pytest.raises(ValueError, match=r"d_state: expected shape \(B, H\) = \(5, 4\), got \(2, 5, 4\)"):
        trace.backward(d_state=PAIR)
