"""The check that a reader's own cell is put through: it passes what is right, and says which slopes are wrong."""

import numpy as np
import pytest
from cases import KINDS, case
from slopes import SLOPE
from wrong_cells import WRONG

from lstm_edu.cells import Cell, LSTMCell, gradient_check

WRONG_BACK = [name for name, kind in WRONG.items() if {"back", "weight_gradients"} & vars(kind.cell).keys()]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("bias", [True, False])
def test_the_package_s_cells_pass(kind, bias):
    cell = case(kind, input_size=2, units=2, bias=bias).cell
    found = gradient_check(cell, steps=3)
    weights = [name for name in cell.weights if getattr(cell, name) is not None]
    assert list(found) == [*weights, "inputs", *cell.states] and max(found.values()) < SLOPE


@pytest.mark.parametrize("name", WRONG_BACK)
def test_a_wrong_way_back_is_found(name):
    assert max(gradient_check(case(WRONG[name], input_size=2, units=2).cell).values()) > 1e-3


class NoDetour(LSTMCell):
    """The slope for the old h is left out: each weight is wrong then, but not those of the last step alone."""

    def back(self, at, d_h, d_c):
        d_z, (d_h_prev, d_c_prev) = super().back(at, d_h, d_c)
        return d_z, (0 * d_h_prev, d_c_prev)


def test_it_says_which_slopes_are_wrong():
    weights = case(KINDS["LSTM"], units=2).weights
    one, more = gradient_check(NoDetour(**weights), steps=1), gradient_check(NoDetour(**weights), steps=3)
    assert one["h"] > 1e-3 and max(value for name, value in one.items() if name != "h") < SLOPE
    assert min(more[name] for name in weights) > 1e-3


def test_the_cell_and_what_is_random_stay_as_they_are():
    cell = case(KINDS["peephole"], units=2).cell
    before = {name: getattr(cell, name).copy() for name in cell.weights}
    assert gradient_check(cell) == gradient_check(cell) != gradient_check(cell, seed=1)
    assert all(np.array_equal(getattr(cell, name), value) for name, value in before.items())
    weights = case(KINDS["LSTM"], units=2).weights
    single = LSTMCell(**{name: value.astype(np.float32) for name, value in weights.items()})
    assert max(gradient_check(single).values()) < SLOPE and single.kernel.dtype == np.float32


def test_what_it_cannot_check_is_said():
    cell = case(KINDS["LSTM"], units=2).cell
    with pytest.raises(TypeError, match="cell: expected a Cell, got ndarray"):
        gradient_check(cell.kernel)
    with pytest.raises(ValueError, match="steps: expected"):
        gradient_check(cell, steps=0)
    with pytest.raises(ValueError, match="batch: expected"):
        gradient_check(cell, batch=0)

    class Endless(Cell):
        def turn(self, x_t, h):
            return (np.exp(1e3 + x_t @ self.kernel + h @ self.recurrent_kernel),)

        def back(self, at, d_h):
            return d_h * at.h, (d_h * at.h,)

    with (
        np.errstate(over="ignore", invalid="ignore"),
        pytest.raises(ValueError, match="cell: expected finite slopes, got others"),
    ):
        gradient_check(Endless([[1.0]], [[1.0]]))
