"""A cell of one's own is `turn` and `back`: a small one, held against central differences, with masks and without."""

from itertools import product

import numpy as np
import pytest
from cases import KINDS, Kind, case
from laws import LAWS
from slopes import SLOPE, backward_can_be_cut_in_two, backward_worst, kept_slopes_worst

from lstm_edu.cells import Cell, LSTMCell


class MinimalCell(Cell):
    """h_t = (1 - f) * h_{t-1} + f * tanh(x_t W_g + h_{t-1} U_g + b_g), f a sigmoid: one gate."""

    blocks = "fg"

    def turn(self, x_t, h):
        f, g = self.gate_and_candidate(x_t, h)
        return ((1 - f) * h + f * g,)

    def back(self, at, d_h):
        f, g = self.gate_and_candidate(at.x, at.h_prev)
        d_f = d_h * (g - at.h_prev) * f * (1 - f)
        d_g = d_h * f * (1 - g * g)
        d_z = np.concatenate([d_f, d_g], axis=1)  # (B, 2H)
        return d_z, (d_h * (1 - f) + d_z @ self.recurrent_kernel.T,)

    def gate_and_candidate(self, x_t, h):
        z = x_t @ self.kernel + h @ self.recurrent_kernel + (0 if self.bias is None else self.bias)  # (B, 2H)
        return 1 / (1 + np.exp(-np.clip(z[:, self.columns("f")], -30, 30))), np.tanh(z[:, self.columns("g")])


OWN = Kind(MinimalCell, "own", bounded=False, own_gates=False)
CASES = [{"masked": masked, "go_backwards": back} for masked, back in product((False, True), repeat=2)]


@pytest.mark.parametrize("options", CASES)
def test_its_way_back_is_right(options):
    small = {"steps": 4, "input_size": 2, "units": 2}
    for bias in (True, False):
        assert backward_worst(case(OWN, bias=bias, **options, **small)) < SLOPE
    assert kept_slopes_worst(case(OWN, **options, **small)) < SLOPE
    backward_can_be_cut_in_two(case(OWN, steps=7, **options))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_keeps_every_law(law):
    for options in CASES:
        law(case(OWN, **options))


def test_columns_are_those_that_the_equations_read():
    cell = case(KINDS["LSTM"], units=3).cell
    assert [cell.columns(name) for name in LSTMCell.blocks] == [slice(3 * k, 3 * k + 3) for k in range(4)]
    with pytest.raises(ValueError, match="block: expected one of i, f, g, o, got 'if'"):
        cell.columns("if")


@pytest.mark.parametrize("options", CASES)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_before_is_what_each_step_began_from(kind, options):
    """`step` from there gives what the state is after it; and before the first step that counts it is the initial."""
    one = case(kind, **options)
    trace, x = one.run(), one.x[:, ::-1] if one.go_backwards else one.x
    counts = one.counted()[:, :, None]
    for t in range(x.shape[1]):
        old = [trace.before(name)[:, t] for name in one.cell.states]
        new = one.cell.step(x[:, t], tuple(old) if len(old) > 1 else old[0])
        for name, before, after in zip(one.cell.states, old, new if len(old) > 1 else [new], strict=True):
            assert np.array_equal(trace.states[name][:, t], np.where(counts[:, t], after, before))
    with pytest.raises(ValueError, match="name: expected one of h"):
        trace.before("f")


def test_in_time_turns_the_rows_of_a_run_that_went_backwards():
    one = case(KINDS["LSTM"], go_backwards=True)
    trace = one.run()
    assert np.array_equal(trace.in_time("f"), trace.f[:, ::-1]) and np.array_equal(trace.in_time("mask"), one.mask)
    assert np.array_equal(trace.in_time("h"), trace.h[:, ::-1])
    forwards = case(KINDS["LSTM"], masked=False).run()
    assert np.array_equal(forwards.in_time("c"), forwards.c) and forwards.in_time("mask") is None
    with pytest.raises(ValueError, match="name: expected one of h, mask, c, f, g, i, o, got 'inputs'"):
        trace.in_time("inputs")
