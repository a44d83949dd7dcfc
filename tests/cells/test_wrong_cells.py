"""A test of the tests: every cell of `wrong_cells.py` must fall at a proof that the package's cells pass."""

import inspect
from collections import Counter

import pytest
from cases import KINDS
from cases import case as make_case
from laws import calling_gives_the_outputs_of_the_run
from proofs import PROOFS, cs231n_numbers, keras_numbers
from wrong_cells import RIGHT, WRONG

from lstm_edu.cells import fast


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


# The fast layout is another program for the same equations, so it has wrong versions of its own: (a piece of it, what
# stands there instead). Each must part from `run`.
WRONG_FAST = {
    "f and o change places": ("i, f, o, g = z", "i, o, f, g = z"),
    "blocks in Keras' order": ('for block in "ifog"', "for block in cell.blocks"),
    "gates are not halved": ("gates *= 0.5", "gates *= 1.0"),
    "the sums are not halved": ("matrix[:3] *= 0.5", "matrix[:3] *= 1.0"),
    "no bias": ("seen[-1] = h.T, 1", "seen[-1] = h.T, 0"),
    "the belt starts empty": ("c.T.copy()", "np.zeros_like(c.T)"),
    "the state starts empty": ("seen[D:-1], seen[-1] = h.T", "seen[D:-1], seen[-1] = 0 * h.T"),
    "no tanh on the belt": ("squash(c, out=read)", "c"),
    "nothing is kept": ("c *= f", "c *= 0"),
    "gates with the candidate's curve": ("gate(gates)", "squash(gates)"),
    "the belt does not wait": ("masking.hand_on(mask[:, t], f * c + written, c)", "c[...] = f * c + written"),
    "h0 is an output": ("masking.outputs(y.transpose(2, 0, 1), mask)", "y.transpose(2, 0, 1)"),
    "the mask is ignored": ("if mask is None:", "if True:"),
    "the state does not wait": ("masking.hand_on(mask[:, t], o * squash(c), h)", "h[...] = o * squash(c)"),
    "a masked step gives zeros": ("y[t] = h", "y[t] = h if mask is None else masking.handed_on(mask[:, t], h, 0)"),
}


@pytest.mark.parametrize("name", WRONG_FAST)
def test_a_wrong_fast_layout_parts_from_the_run(name, monkeypatch):
    right, wrong = WRONG_FAST[name]
    source = inspect.getsource(fast)
    assert source.count(right) == 1, "this piece of fast.py is not there any more"
    module = dict(vars(fast))
    exec(compile(source.replace(right, wrong), name, "exec"), module)
    monkeypatch.setattr(fast, "outputs", module["outputs"])
    assert any(parts_from_the_run(masked, gate) for masked in (False, True) for gate in ("sigmoid", "hard_sigmoid"))


def parts_from_the_run(masked, gate):
    case = make_case(KINDS["LSTM"], masked=masked, recurrent_activation=gate)
    try:
        calling_gives_the_outputs_of_the_run(case)
    except AssertionError:
        return True
    return False
