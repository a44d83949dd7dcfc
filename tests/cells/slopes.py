"""The way back through time against nudges: each function takes a case and says how far `backward` is off."""

from dataclasses import replace

import numpy as np
from cases import case as make_case
from cases import packed, parts_of

CUT = 1e-14  # float64, the same sums in two parts: worst seen 5.4e-16
STEP = 1e-4  # of a nudge
SLOPE = 1e-8  # float64, beside the largest slope of the case: worst seen 2.1e-11


def numeric(loss, array, step):
    """The loss' slope for every number of the array, by central differences of fourth order: the error is of the
    size of step**4 and of the rounding / step. The array is put back as it was."""
    slopes = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        old, values = array[index], []
        for k in (-2, -1, 1, 2):
            array[index] = old + k * step
            values.append(loss())
        array[index] = old
        slopes[index] = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step)
    return slopes


def slopes_of_a_loss(case):
    """Random d_outputs and d_state: the slopes of the loss sum(d_outputs * h) + sum(d_state * state)."""
    rng = np.random.default_rng(99)
    trace = case.run()
    return rng.normal(size=trace.h.shape), tuple(rng.normal(size=p.shape) for p in parts_of(trace.state))


def nudged_slopes(case, step):
    """The slopes for each weight, the inputs and each part of the initial state, by nudging them one by one."""
    d_outputs, d_state = slopes_of_a_loss(case)
    weights = {name: value.copy() for name, value in case.weights.items()}
    x, state = case.x.copy(), tuple(part.copy() for part in parts_of(case.initial_state))
    nudged = replace(case, weights=weights, x=x, initial_state=packed(state))

    def loss():
        trace = nudged.run()
        parts = zip(d_state, parts_of(trace.state), strict=True)
        return (d_outputs * trace.h).sum() + sum((d * part).sum() for d, part in parts)

    return [numeric(loss, array, step) for array in (*weights.values(), x, *state)]


def backward_worst(case):
    """The largest error of `backward` for weights, inputs and initial state, beside the largest slope."""
    d_outputs, d_state = slopes_of_a_loss(case)
    slopes = case.run().backward(d_outputs, packed(d_state))
    assert slopes.weights.keys() == case.weights.keys() and (slopes.bias is None) == ("bias" not in case.weights)
    got = [slopes.weights[name] for name in case.weights] + [slopes.inputs, *parts_of(slopes.initial_state)]
    return worst(list(zip(got, nudged_slopes(case, STEP), strict=True)))


def arrays_of(slopes):
    """{name: array} of all that a `Gradients` holds."""
    start = {f"initial {k}": part for k, part in enumerate(parts_of(slopes.initial_state))}
    kept = {name: value for name in ("inputs", "h", "c") if (value := getattr(slopes, name)) is not None}
    return slopes.weights | start | kept


def worst(pairs):
    assert all(got.shape == expected.shape for got, expected in pairs)
    largest = max(np.abs(expected).max(initial=0) for _, expected in pairs)
    return max(np.abs(got - expected).max(initial=0) for got, expected in pairs) / (largest or 1)


def kept_slopes_worst(case):
    """The largest error of `grads.h` and `grads.c`: the loss' slope for the state after step k.

    The run is cut after k steps and the state between them nudged. Where step k counts, its output is that state, and
    is nudged with it, with all that repeat it.
    """
    d_outputs, d_state = slopes_of_a_loss(case)
    slopes, T, pairs = case.run().backward(d_outputs, packed(d_state)), case.x.shape[1], []
    for k in range(1, T + 1):
        head, tail, begun = case.cut(k)
        first = case.run(**head)
        state = tuple(part.copy() for part in parts_of(first.state))
        counts = case.counted()[:, k - 1, None]

        def loss(k=k, tail=tail, begun=begun, first=first, state=state, counts=counts):
            second = case.run(**tail, initial_state=packed(state))
            y = np.where(counts, state[0], first.last_output)
            outputs = np.where(begun, second.h, y[:, None])
            total = (d_outputs[:, k - 1] * y).sum() + (d_outputs[:, k:] * outputs).sum()
            return total + sum((d * part).sum() for d, part in zip(d_state, parts_of(second.state), strict=True))

        for name, part in zip(case.cell.states, state, strict=True):
            pairs.append((getattr(slopes, name)[:, k - 1], numeric(loss, part, STEP)))
    return worst(pairs)


def backward_can_be_cut_in_two(case):
    """T - k steps back, then k, with the slopes of the state between them handed over: the whole way back."""
    d_outputs, d_state = slopes_of_a_loss(case)
    whole, T = case.run().backward(d_outputs, packed(d_state)), case.x.shape[1]
    for k in range(T + 1):
        head, tail, begun = case.cut(k)
        first = case.run(**head)
        second = case.run(**tail, initial_state=first.state)
        later = second.backward(d_outputs[:, k:], packed(d_state))
        d_first = d_outputs[:, :k].copy()
        if k:  # until a step of the second part counts, the outputs repeat the first part's last
            d_first[:, -1] += np.where(begun, 0, d_outputs[:, k:]).sum(axis=1)
        earlier = first.backward(d_first, later.initial_state)
        pairs = [(earlier.weights[n] + later.weights[n], whole.weights[n]) for n in case.weights]
        pairs += zip(parts_of(earlier.initial_state), parts_of(whole.initial_state), strict=True)
        both = [later.inputs, earlier.inputs] if case.go_backwards else [earlier.inputs, later.inputs]
        pairs.append((np.concatenate(both, axis=1), whole.inputs))
        for name in case.cell.states:
            joined = np.concatenate([getattr(earlier, name), getattr(later, name)], axis=1)
            pairs.append((joined, getattr(whole, name)))
        assert worst(pairs) < CUT


def gradients(kind):
    """With masks and without, both directions, without bias. `test_gradients.py` does it for more cases."""
    for masked, go_backwards in [(False, False), (True, False), (True, True)]:
        small = make_case(kind, steps=4, input_size=2, units=2, masked=masked, go_backwards=go_backwards)
        for error in (backward_worst(small), kept_slopes_worst(small)):
            assert error < SLOPE, f"a slope is off by {error:.2g}"
        backward_can_be_cut_in_two(small)
    for change in ({"bias": False}, {"zero_output_for_mask": True}):
        error = backward_worst(make_case(kind, steps=3, input_size=2, units=2, **change))
        assert error < SLOPE, f"with {change} a slope is off by {error:.2g}"
