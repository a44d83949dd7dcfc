"""The laws of `laws.py` on cases drawn by hypothesis: every cell, any sizes, masks, directions."""

import numpy as np
import pytest
from cases import KINDS, case, close
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import FAST, LAWS, an_open_forget_gate_keeps_the_belt

from lstm_edu.cells import LSTMCell, LSTMTrace

SIZES = {
    "seed": st.integers(0, 2**32 - 1),
    "batch": st.integers(0, 7),
    "steps": st.integers(0, 9),
    "input_size": st.integers(1, 5),
    "units": st.integers(1, 9),
    "masked": st.booleans(),
    "go_backwards": st.booleans(),
    "bias": st.booleans(),
}
drawn = settings(derandomize=True, deadline=None, max_examples=20)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@drawn
@given(sizes=st.fixed_dictionaries(SIZES))
def test_law(law, kind, sizes):
    law(case(kind, **sizes))


@pytest.mark.parametrize("changed", [{"activation": "relu"}, {"recurrent_activation": "hard_sigmoid"}])
def test_other_activations_take_the_readable_way(changed):
    other = case(KINDS["LSTM"], **changed)
    assert np.array_equal(other.outputs(), other.run().h) and isinstance(other.forward(), LSTMTrace)


@pytest.mark.parametrize("dtype", FAST)
def test_the_fast_layout_keeps_to_the_run_over_400_steps(dtype):
    long = case(KINDS["LSTM"], batch=5, steps=400, input_size=16, units=24, dtype=dtype)
    close(long.outputs(), long.run().h, 10 * FAST[dtype])  # float64, float32, T = 400: worst seen 9.8e-15, 3.3e-6


def test_the_belt_is_kept_for_a_thousand_steps():
    an_open_forget_gate_keeps_the_belt(case(KINDS["LSTM"], steps=1000))


def test_the_trace_holds_the_equations():
    t = case(KINDS["LSTM"], masked=False).run()
    c_before = np.concatenate([t.initial_state[1][:, None], t.c[:, :-1]], axis=1)
    assert np.array_equal(t.c, t.f * c_before + t.i * t.g)
    assert np.array_equal(t.h, t.o * np.tanh(t.c))
    for gate in (t.i, t.f, t.o):
        assert (gate > 0).all() and (gate < 1).all()


def test_gates_of_a_masked_step_hold_what_was_computed_there():
    whole, masked = (case(KINDS["LSTM"], steps=1, batch=5, masked=masked).run() for masked in (False, True))
    for name in "ifgo":
        assert np.array_equal(getattr(whole, name), getattr(masked, name))
    assert not masked.h[4].any() and np.array_equal(masked.c[4, 0], masked.initial_state[1][4])


def test_no_steps_and_no_sequences_are_answered():
    for kind in KINDS.values():
        nothing, nobody = case(kind, steps=0), case(kind, batch=0)
        assert nothing.run().h.shape == nothing.outputs().shape == (5, 0, 4)
        assert np.array_equal(nothing.run().state, nothing.initial_state) and not nothing.run().last_output.any()
        assert nobody.run().h.shape == nobody.outputs().shape == (0, 5, 4)


def test_a_subclass_answers_with_its_own_equations():
    """`cell(x)` of an LSTM takes the fast way, which knows the LSTM's equations alone."""

    class Doubled(LSTMCell):
        def turn(self, x_t, h, c):
            *parts, h = super().turn(x_t, h, c)
            return *parts, 2 * h

    plain = case(KINDS["LSTM"])
    cell = Doubled(**plain.weights)
    assert np.array_equal(cell(plain.x), cell.run(plain.x).h) and not np.allclose(cell(plain.x), plain.cell(plain.x))
    assert isinstance(cell.forward(plain.x), LSTMTrace)


def test_a_way_back_of_ones_own_is_taken_where_it_learns():
    """`forward` of an LSTM takes the fast way, which knows the LSTM's own way back alone."""

    class Straight(LSTMCell):
        def back(self, at, d_h, d_c):
            d_z, (d_h_prev, d_c_prev) = super().back(at, d_h, d_c)
            return d_z, (0 * d_h_prev, d_c_prev)

    rng = np.random.default_rng(0)
    weights = rng.normal(size=(2, 12)), rng.normal(size=(3, 12)), rng.normal(size=12)
    x, d_state = rng.normal(size=(2, 6, 2)), (rng.normal(size=(2, 3)), np.zeros((2, 3)))
    straight = Straight(*weights)
    learnt = straight.forward(x).backward(d_state=d_state).kernel
    assert np.array_equal(learnt, straight.run(x).backward(d_state=d_state).kernel)
    assert not np.allclose(learnt, LSTMCell(*weights).forward(x).backward(d_state=d_state).kernel)
