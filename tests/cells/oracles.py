"""What the oracle tests share: random configurations, and the worst error seen in all of them.

An oracle is another library's cell: Keras (`test_oracle_keras.py`), ONNX Runtime (`test_oracle_onnx.py`), PyTorch
(`test_oracle_torch.py`). Every run draws the same configurations.
"""

import numpy as np
from cases import Case, packed, parts_of
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_edu.cells.activations import ACTIVATIONS

CONFIGURATIONS = 200  # at least, for each kind of cell and each dtype
DRAWN = 240  # hypothesis draws some twice
GATES = ("sigmoid", "hard_sigmoid", "hard_sigmoid_keras2")  # from 0 to 1
BOUNDED = ("tanh", "softsign", *GATES)
MASKS = ("none", "holes", "left", "right", "all false in some rows")


@st.composite
def cases(draw, kind, dtype, activations=tuple(ACTIVATIONS), gates=tuple(ACTIVATIONS), masks=MASKS):
    """A `Case` of random numbers in `dtype`: at most 4 sequences of 8 steps, 5 inputs and 6 units.

    activations, gates: names to choose from; masks: likewise, out of `MASKS`.
    Hypothesis draws the form, a random generator the numbers.
    """
    batch, steps, input_size, units = (draw(st.integers(1, most)) for most in (4, 8, 5, 6))
    chosen = {"activation": draw(st.sampled_from(activations))}
    if kind.own_gates:
        chosen["recurrent_activation"] = draw(st.sampled_from(gates))
    shape_of_mask, go_backwards = draw(st.sampled_from(masks)), draw(st.booleans())
    bias, started = draw(st.booleans()), draw(st.booleans())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    # a gate beyond 0 and 1 or a candidate without bound makes of large weights, in eight steps, numbers that double
    # their rounding errors at each
    tame = chosen["activation"] in BOUNDED and chosen.get("recurrent_activation", "sigmoid") in GATES
    size = 1 if tame else 0.3
    weights = {n: (size * w).astype(dtype) for n, w in kind.weights(rng, input_size, units, bias).items()}
    x = rng.normal(size=(batch, steps, input_size)).astype(dtype)
    state = packed([part.astype(dtype) for part in parts_of(kind.state(rng, batch, units))]) if started else None
    mask = random_mask(rng, shape_of_mask, batch, steps)
    zeros = mask is not None and bool(rng.integers(2))
    return Case(kind, weights, kind.options | chosen, x, state, mask, go_backwards, zeros)


def random_mask(rng, shape, batch, steps):
    """(B, T) of booleans, or None. Padding leaves at least one step of each row."""
    if shape == "none":
        return None
    mask = np.ones((batch, steps), bool)
    for row in mask:
        if shape in ("left", "right"):
            padding = rng.integers(0, steps)
            row[slice(0, padding) if shape == "left" else slice(steps - padding, steps)] = False
        else:
            row[:] = rng.random(steps) < 0.6
    if shape == MASKS[-1]:
        mask[rng.integers(0, batch) :] = False
    return mask


def slopes_of_a_loss(case):
    """Random d_outputs (B, T, H) and d_state, a tuple of (B, H): the loss is sum(d_outputs * h) + sum(d_state * state).

    In the dtype of the case.
    """
    rng = np.random.default_rng(99)
    (B, T, _), H = case.x.shape, case.cell.units
    shapes = (B, T, H), *[(B, H)] * len(case.cell.states)
    d_outputs, *d_state = (rng.normal(size=shape).astype(case.x.dtype) for shape in shapes)
    return d_outputs, tuple(d_state)


class Errors:
    """The worst error of each tensor over all configurations, and how many of these there were."""

    def __init__(self, tolerance):
        self.tolerance = tolerance
        self.worst = {}
        self.configurations = set()

    def see(self, name, got, expected, counted=True):
        """Beside numbers of size 1 the error is absolute, beside larger ones relative to the largest.

        counted: booleans that broadcast to the shape; where False, the oracle says something else by design.
        """
        got, expected = np.asarray(got), np.asarray(expected)
        assert got.shape == expected.shape, f"{name}: shape {got.shape}, expected {expected.shape}"
        assert got.dtype == expected.dtype, f"{name}: dtype {got.dtype}, expected {expected.dtype}"
        error = np.where(counted, np.abs(got - expected), 0).max(initial=0)
        error = float(error / max(1, np.abs(expected).max(initial=0)))
        self.worst[name] = max(self.worst.get(name, 0), error)
        assert error < self.tolerance, f"{name} is off by {error:.2g}, allowed {self.tolerance:.2g}"

    def __str__(self):
        seen = ", ".join(f"{name} {error:.1e}" for name, error in self.worst.items())
        return f"{len(self.configurations)} configurations; worst {seen}"


def hold(run, strategy, tolerance):
    """`run(case, errors)` on random configurations, which shows each tensor to `errors.see`. Returns the `Errors`."""
    errors = Errors(tolerance)

    @settings(max_examples=DRAWN, derandomize=True, deadline=None, database=None)
    @given(strategy)
    def each(case):
        errors.configurations.add(repr((case.options, case.weights, case.x, case.mask, case.go_backwards)))
        run(case, errors)

    each()
    assert len(errors.configurations) >= CONFIGURATIONS
    return errors
