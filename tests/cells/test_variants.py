"""What each variant changes, beside the LSTM with the same weights. The numbers themselves: `test_cells.py`."""

import numpy as np
import pytest
from cases import KINDS, case, close

from lstm_edu.cells import LSTMCell
from lstm_edu.cells.variants import CholletCell, CIFGCell, NoForgetGateCell, NoTanhCell, PeepholeCell

SAME = 1e-14  # float64, 5 steps, products of another width: worst seen 2.3e-16


def lstm_of(other, **changes):
    """The LSTM with a case's weights, as far as it has them."""
    names = ("kernel", "recurrent_kernel", "bias")
    return LSTMCell(**{name: other.weights[name] for name in names} | changes)


def columns(weights, *blocks):
    """{name: w} with these blocks of H columns side by side: the place of one, or a function of all of them."""
    H = weights["recurrent_kernel"].shape[0]
    found = {}
    for name, w in weights.items():
        split = np.split(w, w.shape[-1] // H, axis=-1)
        found[name] = np.concatenate([b(split) if callable(b) else split[b] for b in blocks], axis=-1)
    return found


def agree(trace, expected, names="ifgoch"):
    for name in names:
        close(getattr(trace, name), getattr(expected, name), SAME)


def test_no_tanh_reads_the_belt_as_it_is():
    one = case(KINDS["no tanh"], masked=False)
    trace = one.run()
    assert np.array_equal(trace.h, trace.o * trace.c)
    lstm = lstm_of(one).run(one.x[:, :1], one.initial_state)
    first = one.run(x=one.x[:, :1])
    for name in "ifgoc":  # in the first step nothing but the output is another
        assert np.array_equal(getattr(first, name), getattr(lstm, name))
    assert np.array_equal(lstm.h, lstm.o * np.tanh(first.c))


def test_without_tanh_the_output_passes_one():
    H = 2
    weights = {"kernel": np.full((1, 4 * H), 5.0), "recurrent_kernel": np.zeros((H, 4 * H))}
    x = np.ones((1, 20, 1))
    assert NoTanhCell(**weights)(x).max() > 10
    assert LSTMCell(**weights)(x).max() < 1


def test_without_forget_gate_the_belt_is_that_of_an_lstm_whose_forget_gate_is_open():
    one = case(KINDS["no forget gate"])
    opened = columns(one.weights, 0, lambda blocks: 0 * blocks[0], 1, 2)
    opened["bias"][4:8] = 1e3
    agree(one.run(), LSTMCell(**opened).run(one.x, one.initial_state, one.mask))
    assert isinstance(one.cell, NoForgetGateCell) and (one.run().f == 1).all()


def test_without_forget_gate_what_is_written_stays():
    H = 1
    cell = NoForgetGateCell(np.array([[50.0, 50.0, 0.0]]), np.zeros((H, 3 * H)), np.array([-25.0, 0.0, 0.0]))
    written = cell.run(np.array([[[1.0], [0.0], [0.0], [1.0], [0.0]]])).c[0, :, 0]
    assert np.allclose(written, [1, 1, 1, 2, 2], atol=1e-9)  # i is 1e-11 where x is 0


def test_cifg_is_an_lstm_whose_forget_gate_is_one_minus_its_input_gate():
    one = case(KINDS["CIFG"])
    coupled = columns(one.weights, 0, lambda blocks: -blocks[0], 1, 2)  # sigmoid(-z) is 1 - sigmoid(z)
    agree(one.run(), LSTMCell(**coupled).run(one.x, one.initial_state, one.mask))
    assert isinstance(one.cell, CIFGCell) and np.array_equal(one.run().f, 1 - one.run().i)


def test_cifg_keeps_the_belt_between_minus_one_and_one():
    one = case(KINDS["CIFG"], steps=50, masked=False)
    assert np.abs(one.run(initial_state=None).c).max() <= 1
    free = case(KINDS["no forget gate"], steps=50, masked=False)
    assert np.abs(free.run(initial_state=None).c).max() > 1


def test_peepholes_of_zero_are_none():
    one = case(KINDS["peephole"])
    blind = PeepholeCell(**one.weights | {"peephole": np.zeros((3, 4))})
    agree(blind.run(one.x, one.initial_state, one.mask), lstm_of(one).run(one.x, one.initial_state, one.mask))


@pytest.mark.parametrize(("row", "gate"), list(enumerate("ifo")))
def test_a_peephole_shows_one_gate_the_belt_and_the_output_gate_the_new_one(row, gate):
    one = case(KINDS["peephole"], steps=1, masked=False)
    peephole = np.zeros((3, 4))
    peephole[row] = 0.7
    seen = PeepholeCell(**one.weights | {"peephole": peephole}).run(one.x, one.initial_state)
    plain = lstm_of(one).run(one.x, one.initial_state)
    z = {name: np.log(getattr(t, gate) / (1 - getattr(t, gate))) for name, t in (("seen", seen), ("plain", plain))}
    belt = seen.c if gate == "o" else one.initial_state[1][:, None]
    close(z["seen"] - z["plain"], 0.7 * belt, 1e-12)  # float64, through a logarithm: worst seen 9.4e-14
    agree(seen, plain, "".join(set("ifgo") - {gate}))


def test_chollets_cell_is_the_pseudocode_as_printed():
    """Section 6.2, line after line: the output from the old carry, i, f and k, the new carry from them; one activation
    for all. That the output goes round as the state is left unsaid there."""
    one = case(KINDS["Chollet"], masked=False, batch=1)
    W, U, b = (
        dict(zip("ifko", np.split(one.weights[name], 4, axis=-1), strict=True))
        for name in ("kernel", "recurrent_kernel", "bias")
    )
    state, carry = (part[0] for part in one.initial_state)
    outputs, carries = [], []
    for x_t in one.x[0]:
        dense = {name: np.dot(state, U[name]) + np.dot(x_t, W[name]) + b[name] for name in "ifko"}
        output = np.tanh(dense["o"] + np.dot(carry, one.weights["carry_kernel"]))
        i, f, k = (np.tanh(dense[name]) for name in "ifk")
        carry = i * k + carry * f
        state = output
        outputs.append(output)
        carries.append(carry)
    trace = one.run()
    close(trace.h[0], outputs, SAME)
    close(trace.c[0], carries, SAME)


def test_chollets_output_is_the_lstms_output_gate_where_the_belt_is_not_looked_at():
    one = case(KINDS["Chollet"], steps=1, masked=False, activation="sigmoid")
    blind = CholletCell(**one.weights | {"carry_kernel": np.zeros((4, 4))}, activation="sigmoid")
    h, _ = blind.step(one.x[:, 0], one.initial_state)
    close(h, lstm_of(one).run(one.x, one.initial_state).o[:, 0], SAME)


def test_chollets_belt_reaches_the_output_a_step_late():
    """What step t writes, output t does not know: with another input gate the first output is the same."""
    one = case(KINDS["Chollet"], steps=2, masked=False)
    bias = one.weights["bias"].copy()
    bias[:4] += 1
    here, there = one.run().h, CholletCell(**one.weights | {"bias": bias}).run(one.x, one.initial_state).h
    assert np.array_equal(here[:, 0], there[:, 0]) and not np.allclose(here[:, 1], there[:, 1])
    lstm, other = (
        LSTMCell(one.weights["kernel"], one.weights["recurrent_kernel"], b)(one.x) for b in (one.weights["bias"], bias)
    )
    assert not np.allclose(lstm[:, 0], other[:, 0])


def test_weights_of_their_own_are_checked_and_come_in_the_others_dtype():
    one, two = case(KINDS["peephole"], dtype=np.float32), case(KINDS["Chollet"], dtype=np.float32)
    for bad in (np.ones(4), np.ones((4, 3)), 1.0):
        with pytest.raises(ValueError, match=r"^peephole: expected shape \(3, H\) = \(3, 4\), got \("):
            PeepholeCell(**one.weights | {"peephole": bad})
    for bad in (np.ones(4), np.ones((4, 16)), 1.0):
        with pytest.raises(ValueError, match=r"^carry_kernel: expected shape \(H, H\) = \(4, 4\), got \("):
            CholletCell(**two.weights | {"carry_kernel": bad})
    assert PeepholeCell(**one.weights | {"peephole": np.ones((3, 4))}).peephole.dtype == np.float32


def test_three_blocks_are_named_as_three():
    with pytest.raises(ValueError, match=r"^recurrent_kernel: expected shape \(H, 3H\), got \(4, 16\)"):
        CIFGCell(np.ones((3, 16)), np.ones((4, 16)))
