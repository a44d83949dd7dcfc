"""A test of the tests: every cell of `wrong_cells.py` must fall at a proof that the package's cells pass."""

from collections import Counter

import pytest
from proofs import PROOFS, cs231n_numbers, keras_numbers
from wrong_cells import RIGHT, WRONG


@pytest.fixture(scope="module")
def killed_by(last_lines):
    """{name: the proof at which that cell fell, None if it stands}; counted in the last lines of the run."""
    results = {}
    yield results
    killed = Counter(name for name in results.values() if name)
    where = ", ".join(f"{killed[proof.__name__]} by {proof.__name__}" for proof in PROOFS)
    last_lines.append(f"wrong cells: {killed.total()} of {len(results)} killed ({where}; the first that saw it counts)")


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_cell_falls(name, killed_by):
    killed_by[name] = None
    for proof in PROOFS:
        try:
            proof(WRONG[name])
        except (AssertionError, FloatingPointError):  # the latter from np.errstate, in the law of no overflow
            killed_by[name] = proof.__name__
            return
    pytest.fail("no proof sees that this cell is wrong")


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_cell_made_the_same_way_stands(name):
    """What kills a wrong cell is its mistake, and not how it was made."""
    for proof in PROOFS:
        proof(RIGHT[name])


def test_constant_weights_do_not_see_input_and_output_gate_change_places():
    """Keras' published numbers come from weights that are the same in every block, but for the forget gate's bias: i, g
    and o get the same sum, so the numbers miss every wrong order that leaves f in its place, 5 of the 23. The swap of
    i and o is one. CS231n's numbers, of weights that differ, see all 23.
    """
    orders = {name.removeprefix("columns read in the order "): kind for name, kind in WRONG.items()}
    orders = {order: kind for order, kind in orders.items() if sorted(order) == sorted("i f g o")}
    assert len(orders) == 23
    missed = {order for order, kind in orders.items() if passes(keras_numbers, kind)}
    assert missed == {order for order in orders if order[2] == "f"}
    assert "o f g i" in missed and len(missed) == 5
    assert not any(passes(cs231n_numbers, kind) for kind in orders.values())


def passes(proof, kind):
    try:
        proof(kind)
    except AssertionError:
        return False
    return True


def test_there_are_enough_of_them():
    assert len(WRONG) >= 30
