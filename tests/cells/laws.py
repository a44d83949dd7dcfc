"""What holds for every cell, whatever its weights: each law takes a case and asserts."""

from dataclasses import replace
from itertools import product

import numpy as np
from cases import case as make_case
from cases import close, packed, parts_of, same
from slopes import arrays_of

ORDER = 2e-14  # float64: in another batch or layout sums may be added up in another order; worst seen 2.9e-15
FAST = {np.float64: 1e-14, np.float32: 5e-6}  # the fast layout beside the readable one: worst seen 1.6e-15, 2.8e-7


def agree(trace, h, state):
    """This run's outputs and last state, up to the order in which sums are added up."""
    close(trace.h, h, ORDER)
    for a, b in zip(parts_of(trace.state), parts_of(state), strict=True):
        close(a, b, ORDER)


def outputs_stay_within_one(case):
    """|h| <= 1; only a GRU's state starts at h0 and goes from there, so h0 may be larger."""
    if case.kind.bounded:
        start = np.abs(case.initial_state).max(initial=1) if case.kind.scalar == "gru" else 1
        assert np.abs(case.run().h).max(initial=0) <= start


def run_is_step_after_step(case):
    """And where a step does not count, the state waits and the output is repeated, zero at first."""
    trace, state = case.run(), case.initial_state
    x, counts, cell = case.x[:, ::-1] if case.go_backwards else case.x, case.counted(), case.cell
    y = np.zeros_like(parts_of(state)[0])
    for t in range(x.shape[1]):
        after = parts_of(cell.step(x[:, t], state))
        row = counts[:, t, None]
        state = packed([np.where(row, new, old) for new, old in zip(after, parts_of(state), strict=True)])
        y = np.where(row, after[0], y)
        same(trace.h[:, t], y)
    same(trace.state, state)


def a_run_can_be_cut_in_two(case):
    """k steps, then T - k from their state, for every k."""
    whole = case.run()
    for k in range(case.x.shape[1] + 1):
        head, tail, begun = case.cut(k)
        first = case.run(**head)
        second = case.run(**tail, initial_state=first.state)
        joined = [first.h, np.where(begun, second.h, first.last_output[:, None])]
        agree(whole, np.concatenate(joined, axis=1), second.state)


def batch_order_does_not_matter(case):
    order = np.random.default_rng(1).permutation(len(case.x))
    state = packed([part[order] for part in parts_of(case.initial_state)])
    mask = None if case.mask is None else case.mask[order]
    mixed = case.run(x=case.x[order], initial_state=state, mask=mask)
    whole = case.run()
    agree(mixed, whole.h[order], packed([part[order] for part in parts_of(whole.state)]))


def an_all_false_mask_keeps_the_state_and_gives_zeros(case):
    trace = case.run(mask=np.zeros(case.x.shape[:2], bool))
    same(trace.state, case.initial_state)
    same(trace.h, np.zeros_like(trace.h))
    same(trace.last_output, np.zeros_like(trace.last_output))


def masked_padding_changes_nothing(case):
    """Three steps of anything behind the last one (in processing order), masked: the rest is as it was."""
    B, T, D = case.x.shape
    rubbish, false = np.full((B, 3, D), 9.0, case.x.dtype), np.zeros((B, 3), bool)
    mask = np.ones((B, T), bool) if case.mask is None else case.mask
    ends = slice(None, None, -1 if case.go_backwards else 1)
    padded = case.run(
        x=np.concatenate([case.x, rubbish][ends], axis=1), mask=np.concatenate([mask, false][ends], axis=1)
    )
    short = case.run()
    agree(padded, np.concatenate([short.h, np.repeat(short.last_output[:, None], 3, axis=1)], axis=1), short.state)


def masked_steps_can_be_cut_out(case):
    """One sequence at a time: what counts, run without the rest, gives the same outputs and state."""
    for row, counts in enumerate(case.counted()):
        one = slice(row, row + 1)
        state = packed([part[one] for part in parts_of(case.initial_state)])
        mask = None if case.mask is None else case.mask[one]
        holes = case.run(x=case.x[one], initial_state=state, mask=mask)
        x = case.x[one] if mask is None else case.x[one][:, mask[0]]
        cut = case.run(x=x, initial_state=state, mask=None)
        close(holes.h[:, counts], cut.h, ORDER)
        for a, b in zip(parts_of(holes.state), parts_of(cut.state), strict=True):
            close(a, b, ORDER)


def going_backwards_is_turning_x_and_mask_round(case):
    mask = None if case.mask is None else case.mask[:, ::-1]
    there, back = case.run(), case.run(x=case.x[:, ::-1], mask=mask, go_backwards=not case.go_backwards)
    agree(there, back.h, back.state)


def asked_twice_it_says_the_same(case):
    """A cell keeps nothing from run to run, with an initial state or without."""
    cell = case.cell
    for state in (case.initial_state, None):
        first, second = (cell.run(case.x, state, case.mask, case.go_backwards) for _ in range(2))
        same(first.h, second.h)
        same(first.state, second.state)


def handed_over(case):
    """Every array that the caller handed over."""
    mask = [] if case.mask is None else [case.mask]
    return [case.x, *parts_of(case.initial_state), *mask, *case.weights.values()]


def inputs_stay_as_they_were(case):
    before = [array.copy() for array in handed_over(case)]
    trace = case.run()
    trace.backward(np.ones_like(trace.h), trace.state)
    case.outputs()
    for array, old in zip(handed_over(case), before, strict=True):
        same(array, old)


def layout_in_memory_changes_nothing(case):
    """Strided, Fortran-ordered and read-only arrays, weights too, give the same result. Not to the bit: a product
    of another layout may add up in another order."""

    def strided(array):
        wide = np.full([2 * n for n in array.shape], 7, array.dtype)
        view = wide[tuple(slice(None, None, 2) for _ in array.shape)]
        view[...] = array
        return view

    def read_only(array):
        array = array.copy()
        array.setflags(write=False)
        return array

    expected = case.run()
    for form in (strided, np.asfortranarray, read_only):
        other = replace(
            case,
            weights={name: form(value) for name, value in case.weights.items()},
            x=form(case.x),
            initial_state=packed([form(part) for part in parts_of(case.initial_state)]),
            mask=None if case.mask is None else form(case.mask),
        )
        trace = other.run()
        agree(trace, expected.h, expected.state)
        close(other.outputs(), expected.h, FAST[np.float64])


def nothing_overflows_at_a_thousand(case):
    """Forward, fast and backward, at inputs of +-1000, NumPy raising whatever it may warn of."""
    x = np.where(case.x > 0, 1000, -1000).astype(case.x.dtype)
    with np.errstate(all="raise"):
        trace = case.run(x=x)
        slopes = trace.backward(np.ones_like(trace.h))
        fast = case.outputs(x=x)
    assert np.isfinite(trace.h).all() and np.isfinite(fast).all() and np.isfinite(slopes.inputs).all()


def calling_gives_the_outputs_of_the_run(case):
    """`cell(x)`, the fast layout for an LSTM, is `cell.run(x).h`, in float64 and in float32."""
    for dtype, tolerance in FAST.items():
        got, expected = case.outputs(x=case.x.astype(dtype)), case.run(x=case.x.astype(dtype)).h
        assert got.dtype == expected.dtype == dtype
        close(got, expected, tolerance)


def learning_runs_as_the_run_does(case):
    """`forward`, the fast layout for an LSTM, is `run`, there and back, in float64 and in float32."""
    for dtype, tolerance in FAST.items():
        changes = {"x": case.x.astype(dtype)}
        trace, learning = case.run(**changes), case.forward(**changes)
        rng = np.random.default_rng(7)
        d_outputs = rng.normal(size=trace.h.shape).astype(dtype)
        d_state = packed([rng.normal(size=part.shape).astype(dtype) for part in parts_of(trace.state)])
        close(learning.h, trace.h, tolerance)
        close(learning.last_output, trace.last_output, tolerance)
        for one, other in zip(parts_of(learning.state), parts_of(trace.state), strict=True):
            close(one, other, tolerance)
        for slopes in ((d_outputs, d_state), (None, d_state), (d_outputs, None)):
            expected, found = (arrays_of(run.backward(*slopes)) for run in (trace, learning))
            for name, array in found.items():  # those of the state at every step are `run`'s alone
                close(array, expected[name], 10 * tolerance)


def a_cell_may_give_zeros_at_masked_steps(case):
    """The outputs alone are others, there and back, slow and fast; the state waits as it does without."""
    zeros = replace(case, zero_output_for_mask=True)
    plain, trace, counts = case.run(), zeros.run(), case.counted()[:, :, None]
    same(trace.h, np.where(counts, plain.h, 0))
    same(trace.state, plain.state)
    same(trace.last_output, trace.h[:, -1] if trace.h.shape[1] else np.zeros_like(trace.last_output))
    calling_gives_the_outputs_of_the_run(zeros)
    learning_runs_as_the_run_does(zeros)
    d_outputs = np.random.default_rng(8).normal(size=trace.h.shape)
    expected = arrays_of(plain.backward(np.where(counts, d_outputs, 0), plain.state))
    for name, array in arrays_of(trace.backward(d_outputs, trace.state)).items():
        same(array, expected[name])


def a_cell_may_read_from_the_end(case):
    """Its `go_backwards` is the direction of a run that is not told one; what the run is told goes first."""
    cell = case.cell
    cell.go_backwards = case.go_backwards
    arguments = case.x, case.initial_state, case.mask
    told, said, other = case.run(), cell.run(*arguments), cell.run(*arguments, go_backwards=not case.go_backwards)
    same(said.h, told.h)
    same(other.h, case.run(go_backwards=not case.go_backwards).h)
    assert said.go_backwards is case.go_backwards is not other.go_backwards
    same(cell(*arguments), case.outputs())
    same(cell.forward(*arguments).h, case.forward().h)
    same(cell(*arguments, go_backwards=not case.go_backwards), case.outputs(go_backwards=not case.go_backwards))


def the_result_has_the_dtype_of_x(case):
    """float64 stays; every other real type is computed in float32."""
    whole = np.round(3 * case.x)
    for dtype in (np.float64, np.float32, np.float16, np.int64, np.int8, bool):
        trace = case.run(x=whole.astype(dtype))
        expected = np.float64 if dtype is np.float64 else np.float32
        results = [*(getattr(trace, name) for name in case.cell.parts), *parts_of(trace.state), trace.last_output]
        results += arrays_of(trace.backward(trace.h)).values()
        assert {array.dtype for array in results} == {np.dtype(expected)}


def an_open_forget_gate_keeps_the_belt(case):
    """f open and i shut: c after the last step is c0, to the bit."""
    if case.kind.scalar not in ("lstm", "no_tanh", "peephole"):
        return
    bias = np.repeat([-1e3, 1e3, 0.0, 0.0], case.cell.units)
    trace = replace(case, weights=case.weights | {"bias": bias}).run()
    same(trace.state[1], case.initial_state[1])


LAWS = (
    outputs_stay_within_one,
    run_is_step_after_step,
    a_run_can_be_cut_in_two,
    batch_order_does_not_matter,
    an_all_false_mask_keeps_the_state_and_gives_zeros,
    masked_padding_changes_nothing,
    masked_steps_can_be_cut_out,
    going_backwards_is_turning_x_and_mask_round,
    asked_twice_it_says_the_same,
    inputs_stay_as_they_were,
    layout_in_memory_changes_nothing,
    nothing_overflows_at_a_thousand,
    calling_gives_the_outputs_of_the_run,
    learning_runs_as_the_run_does,
    a_cell_may_give_zeros_at_masked_steps,
    a_cell_may_read_from_the_end,
    the_result_has_the_dtype_of_x,
    an_open_forget_gate_keeps_the_belt,
)


def laws(kind):
    """Every law on a case each with and without mask, forwards and backwards. `test_laws.py` draws many more."""
    for law in LAWS:
        for masked, go_backwards in product((False, True), repeat=2):
            law(make_case(kind, masked=masked, go_backwards=go_backwards))
