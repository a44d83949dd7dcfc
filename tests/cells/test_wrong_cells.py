"""A test of the tests: every cell of `wrong_cells.py` must fall at a proof that the package's cells pass."""

import inspect
from collections import Counter

import pytest
from cases import KINDS
from cases import case as make_case
from laws import learning_runs_as_the_run_does
from proofs import PROOFS, cs231n_numbers, keras_numbers
from wrong_cells import RIGHT, WRONG

from lstm_edu.cells import fast, lstm


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
# stands there instead). Each must part from `run`, there or back.
WRONG_FAST = {
    "f and o change places": ("i, f, o = gates  #", "i, o, f = gates  #"),
    "blocks in Keras' order": ('ORDER = "ifog"', 'ORDER = "ifgo"'),
    "the sums have the other sign": ("matrix[:3] *= -1", "matrix[:3] *= 1"),
    "gates stay below a half": ("gates += 1", "gates += 2"),
    "no bias": ("seen = np.ones((D + H + 1, B), dtype)", "seen = np.zeros((D + H + 1, B), dtype)"),
    "the belt starts empty": ("self.belt[0] = h.T, c.T", "self.belt[0] = h.T, 0 * c.T"),
    "the state starts empty": ("self.belt[0] = h.T, c.T", "self.belt[0] = 0 * h.T, c.T"),
    "no tanh on the belt": ("np.tanh(c, out=read)", "c"),
    "nothing is kept": ("np.multiply(f, old_c, out=c)", "np.multiply(0, old_c, out=c)"),
    "the belt does not wait": ("masking.hand_on(~mask[:, t], old_c, c)", "pass"),
    "the state does not wait": ("masking.hand_on(~mask[:, t], old_h, h)", "pass"),
    "h0 is an output": ("masking.outputs(", "(lambda h, mask, zeros: h)("),
    "h0 is the last output": ("masking.handed_on(last, self.state[0], 0)", "self.state[0]"),
    "no zeros": ("1), self.mask, self.cell.zero_output_for_mask)", "1), self.mask, False)"),
    "no zero at the end": ("shown(self.mask, self.cell.zero_output_for_mask)", "shown(self.mask, False)"),
    "no zeros, back": ("d_outputs, mask, cell.zero_output_for_mask)", "d_outputs, mask, False)"),
    "nobody waits": ("~mask.all(axis=0)", "np.zeros(T, bool)"),
    "the outputs' slopes are left out": ("d_h += d_y[:, t].T", "pass"),
    "a masked step has slopes": ("d_h *= mask[:, t]", "pass"),
    "a masked step has slopes on the belt": ("d_c *= mask[:, t]", "pass"),
    "what waits for h is lost": ("d_h += waits_h", "pass"),
    "what waits for c is lost": ("d_c += waits_c", "pass"),
    "what is read does not reach the belt": ("d_c += one", "pass"),
    "the belt is read without a tanh, back": ("d_c -= one", "pass"),
    "the belt's slope is not faded": ("d_c *= f", "pass"),
    "the gates have no curve, back": ("d_gates *= slopes", "pass"),
    "the candidate has no curve, back": ("np.subtract(1, np.multiply(g, g, out=two), out=two)", "1"),
    "i writes itself, back": ("np.multiply(d_c, g, out=d_i)", "np.multiply(d_c, i, out=d_i)"),
    "f kept the new belt, back": (
        "np.multiply(d_c, self.belt[t], out=d_f)",
        "np.multiply(d_c, self.belt[t + 1], out=d_f)",
    ),
    "the last stretch alone counts": ("d_matrix += d_sums", "d_matrix = d_sums"),
    "weights see the new state": ("self.y[start:end].swapaxes", "self.y[start + 1 : end + 1].swapaxes"),
    "it ends too early": ("size <= largest * VANISHED[dtype]", "size <= largest"),
    "inputs of another stretch": ("out=d_x[start:end]", "out=d_x[: end - start]"),
}


@pytest.mark.parametrize("name", WRONG_FAST)
def test_a_wrong_fast_layout_parts_from_the_run(name, monkeypatch):
    right, wrong = WRONG_FAST[name]
    source = inspect.getsource(fast)
    assert source.count(right) == 1, "this piece of fast.py is not there any more"
    module = dict(vars(fast))
    exec(compile(source.replace(right, wrong), name, "exec"), module)
    monkeypatch.setattr(lstm, "FastRun", module["FastRun"])
    cases = ({"masked": False}, {}, {"zero_output_for_mask": True})
    assert any(parts_from_the_run(options) for options in cases)


def parts_from_the_run(options):
    case = make_case(KINDS["LSTM"], steps=2 * fast.STRETCH + 3, **options)
    try:
        learning_runs_as_the_run_does(case)
    except (AssertionError, ValueError):
        return True
    return False
