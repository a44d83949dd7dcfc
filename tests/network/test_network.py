"""Embedding, cell and sigmoid together: against a plain loop, with and without gates held, for whatever rows."""

from functools import cache

import numpy as np
import pytest
from holds import some_holds

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell, imdb
from lstm_edu.cells.activations import sigmoid
from lstm_edu.cells.variants import CIFGCell
from lstm_edu.network import LENGTH, Dense, Embedding, Network, held, names
from lstm_edu.network import shipped as loaded

EXACT = 1e-12  # float64, 500 steps in another order of sums: worst seen 2e-15

shipped = cache(loaded)


def by_hand(net, row, holds=()):
    """One row of ids that begins with its zeros, as a plain loop that puts held values in: a dictionary of (T, H), and
    P (T,), from the first word on."""
    w = net.weights
    first = int(np.argmax(row != 0))
    h = c = np.zeros(net.cell.units)
    kept = []
    for t, x in enumerate(w["embedding"][row]):
        z_i, z_f, z_g, z_o = np.split(x @ w["kernel"] + h @ w["recurrent_kernel"] + w["bias"], 4)
        gates = {"i": sigmoid(z_i), "f": sigmoid(z_f), "g": np.tanh(z_g), "o": sigmoid(z_o)}
        for hold in holds:
            if t >= first and hold["step"] in (None, t - first):
                gates[hold["gate"]][slice(None) if hold["unit"] is None else hold["unit"]] = hold["value"]
        c = gates["f"] * c + gates["i"] * gates["g"]
        h = gates["o"] * np.tanh(c)
        kept.append(gates | {"c": c, "h": h, "p": sigmoid(h @ w["dense_kernel"][:, 0] + w["dense_bias"][0])})
    return {part: np.array([step[part] for step in kept[first:]]) for part in kept[0]}


def drawn(rng, *lengths):
    """Rows of ids without padding."""
    return [np.r_[1, rng.integers(4, 10_000, n - 1)].astype(np.int32) for n in lengths]


# reading


@pytest.mark.parametrize("name", names())
def test_rows_of_any_lengths_are_read_as_one_by_one_with_all_their_zeros(name):
    net, rows = shipped(name), drawn(np.random.default_rng(0), 1, 7, 499, 12, 500, 300)
    padded = imdb.pad(rows, LENGTH)
    expected = [by_hand(net, row)["p"][-1] for row in padded]
    assert np.abs(net(padded) - expected).max() < EXACT
    assert np.abs(net(imdb.pad(rows[:2], 40)) - expected[:2]).max() < EXACT  # the zeros that are missing are put in


def test_a_run_begins_with_the_first_word():
    net, rows = shipped("lstm_32"), drawn(np.random.default_rng(1), 9, 4)
    run = net.run(imdb.pad(rows, LENGTH))
    assert run.trace.h.shape == (2, 9, 32) and run.logit.shape == (2, 9) and run.trace is run.traces[0]
    for b, row in enumerate(rows):
        expected = by_hand(net, imdb.pad([row], LENGTH)[0])
        for part in net.cell.parts:
            assert np.abs(getattr(run.trace, part)[b, 9 - len(row) :] - expected[part]).max() < EXACT
        assert np.abs(sigmoid(run.logit[b, 9 - len(row) :]) - expected["p"]).max() < EXACT


def test_zeros_behind_a_text_and_more_steps_than_usual_are_read_as_they_stand():
    net = shipped("lstm_32")
    [row] = imdb.pad(drawn(np.random.default_rng(2), 30), LENGTH)
    behind = np.pad(row, (0, 60))
    assert abs(net(behind[None]).item() - by_hand(net, behind)["p"][-1]) < EXACT


def test_a_row_without_a_word_is_its_zeros():
    net = shipped("lstm_32")
    x = net.embedding(np.zeros((1, LENGTH), int))
    expected = sigmoid(net.logit(net.cell.run(x).last_output)).item()
    word = drawn(np.random.default_rng(3), 5)
    assert net(np.zeros((1, 3), int)).item() == pytest.approx(expected, abs=EXACT)
    assert net(imdb.pad([[], *word], LENGTH))[0] == pytest.approx(expected, abs=EXACT)


def test_a_reading_is_the_run_of_its_ids():
    net, text = shipped("lstm_32"), "A wonderful zzzz film"
    reading, [row] = net.read(text), imdb.pad([imdb.encode(text)], LENGTH)
    expected = by_hand(net, row)
    assert reading.words == ["<start>", "a", "wonderful", "zzzz", "film"] and reading.known == [1, 1, 1, 0, 1]
    assert list(reading.parts) == list(net.cell.parts) and reading.paddings == LENGTH - 5
    assert all(np.abs(reading.parts[part] - expected[part]).max() < EXACT for part in reading.parts)
    assert np.abs(reading.p - expected["p"]).max() < EXACT and reading.last == reading.p[-1]
    zeros = net.embedding(np.zeros((1, LENGTH - 5), int))
    assert reading.start == pytest.approx(sigmoid(net.logit(net.cell(zeros)[0, -1])), abs=EXACT)
    whole = net.weights["dense_kernel"][:, 0] @ reading.parts["h"][-1]
    assert reading.push.sum() == pytest.approx(whole, abs=EXACT)
    assert len(net.read("the " * 600).words) == LENGTH and net.read("the " * 600).paddings == 0


# whatever the cell


def weights(rng, blocks, D=3, H=4):
    return [rng.normal(size=shape) for shape in ((D, blocks * H), (H, blocks * H), (blocks * H,))]


@pytest.mark.parametrize(
    ("kind", "blocks", "options"),
    [(SimpleRNNCell, 1, {}), (GRUCell, 3, {"reset_after": False}), (LSTMCell, 4, {}), (CIFGCell, 3, {})],
)
@pytest.mark.parametrize("length", [None, 12])
@pytest.mark.parametrize("masked", [False, True])
def test_any_cell_may_be_in_it(kind, blocks, options, length, masked):
    rng = np.random.default_rng(4)
    cell = kind(*weights(rng, blocks), **options)
    embedding, dense = Embedding(rng.normal(size=(20, 3)), masked), Dense(rng.normal(size=(4, 1)))
    net, rows = Network(embedding, cell, dense, length), imdb.pad([[1, 5, 6], [7], [8, 9, 1, 2, 3, 4, 5]], 12)
    outputs = cell(embedding(rows), mask=rows != 0 if masked else None)
    expected = sigmoid(dense(outputs[:, -1]))[:, 0]
    assert np.abs(net(rows) - expected).max() < EXACT
    assert np.abs(sigmoid(net.run(rows).logit[:, -1]) - expected).max() < EXACT
    assert list(net.weights) == ["embedding", "kernel", "recurrent_kernel", "bias", "dense_kernel"]
    assert (net.run(rows).trace.h.shape[1] == 12) == (length is None and not masked)


# holding


@pytest.mark.parametrize("name", names())
def test_holds_are_those_of_a_plain_loop(name):
    rng, net = np.random.default_rng(5), shipped(name)
    for n in (1, 2, 9, 30, 30, 60):
        [row] = drawn(rng, n)
        holds = some_holds(rng, n)
        run, expected = net.run(row[None], holds), by_hand(net, imdb.pad([row], LENGTH)[0], holds)
        for part in net.cell.parts:
            assert np.abs(getattr(run.trace, part)[0] - expected[part]).max() < EXACT, (part, holds)
        assert np.abs(sigmoid(run.logit[0]) - expected["p"]).max() < EXACT
        assert sum(trace.h.shape[1] for trace in run.traces) == n


def test_a_hold_at_all_steps_is_of_each_row_from_its_first_word_on():
    net, rows = shipped("lstm_32"), drawn(np.random.default_rng(6), 9, 4)
    always = {"unit": None, "step": None}
    holds = [always | {"gate": "f", "unit": 3, "value": 0.1}, always | {"gate": "g", "value": 2}]
    run = net.run(imdb.pad(rows, LENGTH), holds)
    for b, row in enumerate(rows):
        expected = by_hand(net, imdb.pad([row], LENGTH)[0], holds)
        assert np.abs(sigmoid(run.logit[b, 9 - len(row) :]) - expected["p"]).max() < EXACT
    with pytest.raises(ValueError, match="holds: expected rows of one length for a hold at a step"):
        net.run(imdb.pad(rows, LENGTH), [holds[0] | {"step": 2}])


@pytest.mark.parametrize("part", "ifgo")
@pytest.mark.parametrize("value", [0, 0.3, 1, -7.5, 100])
def test_a_held_part_has_its_value_exactly_and_the_others_look_as_before(part, value):
    net, rows = shipped("lstm_32"), imdb.pad(drawn(np.random.default_rng(7), 20, 20), LENGTH)
    x, state, _ = net.ready(rows)
    before, after = net.cell.run(x, state), held(net.cell, part, value).run(x, state)
    assert (getattr(after, part) == value).all()
    for other in set("ifgo") - {part}:  # at the first word nothing has gone round the loop yet
        assert (getattr(after, other)[:, 0] == getattr(before, other)[:, 0]).all()
    assert np.abs(after.h[:, -1] - before.h[:, -1]).max() > 1e-3


def test_a_cell_is_held_unit_by_unit_and_later_wins():
    net = shipped("lstm_32")
    x = net.embedding(np.full((1, 3), 20))
    each = np.linspace(0, 1, 32)
    cell = held(held(net.cell, "f", each), "f", 0.5, unit=31)
    f = cell.run(x).f[0, 0]
    assert np.array_equal(f, np.r_[each[:-1], 0.5]) and cell.weights == net.cell.weights
    assert np.array_equal(held(cell, "f", 1).run(x).f, np.ones((1, 3, 32)))
    assert np.array_equal(cell(x), cell.run(x).h)  # the fast way knows nothing of holding, and is not taken
    light = cell.run(x.astype(np.float32))
    assert light.f.dtype == np.float32 and np.array_equal(light.f[0, 0], f.astype(np.float32))


def test_the_way_back_through_a_held_cell():
    rng = np.random.default_rng(8)
    cell = held(held(LSTMCell(*weights(rng, 4)), "f", 0.7, unit=1), "g", -0.2)
    x = rng.normal(size=(2, 5, 3))
    slopes = rng.normal(size=(2, 5, 4))
    gradients = cell.run(x).backward(slopes)

    def loss(name, array):
        weights = {key: getattr(cell, key) for key in cell.weights} | {name: array}
        return (held(held(LSTMCell(**weights), "f", 0.7, unit=1), "g", -0.2)(x) * slopes).sum()

    for name in ("kernel", "recurrent_kernel", "bias"):
        array, step = getattr(cell, name), 1e-6
        for at in np.ndindex(array.shape):
            moved = np.zeros_like(array)
            moved[at] = step
            difference = (loss(name, array + moved) - loss(name, array - moved)) / (2 * step)
            assert abs(getattr(gradients, name)[at] - difference) < 1e-7  # worst seen 1e-9


# what is refused


def test_what_cannot_be_held_is_refused():
    net, hold = shipped("lstm_32"), {"gate": "f", "unit": None, "step": None, "value": 0}
    row = np.array([[1, 20]])
    for change, error, message in (
        ({"gate": "c"}, ValueError, "holds: expected a gate out of i, f, g, o, got 'c'"),
        ({"unit": 32}, ValueError, "holds: unit: expected a whole number from 0 to 31, got 32"),
        ({"step": -1}, ValueError, "holds: step: expected a whole number from 0 to 499, got -1"),
        ({"unit": 1.5}, TypeError, "holds: unit: expected a whole number"),
        ({"value": "1"}, ValueError, "holds: value: expected a number, got '1'"),
        ({"value": np.nan}, ValueError, "holds: value: expected a number, got nan"),
        ({"more": 1}, ValueError, "holds: expected a dict of gate, unit, step and value"),
    ):
        with pytest.raises(error, match=f"^{message}"):
            net.run(row, [hold | change])
    with pytest.raises(TypeError, match="cell: expected an LSTMCell, got CIFGCell"):
        held(CIFGCell(*weights(np.random.default_rng(0), 3)), "i", 0)
    with pytest.raises(ValueError, match="part: expected one of i, f, g, o, got 'c'"):
        held(net.cell, "c", 0)
    for value, unit in ((np.zeros(3), None), (np.zeros(32), 1), (np.zeros((1, 32)), None)):
        with pytest.raises(ValueError, match="value: expected a number, or for all units"):
            held(net.cell, "f", value, unit)
    with pytest.raises(ValueError, match="unit: expected a whole number from 0 to 31, got 32"):
        held(net.cell, "f", 0, 32)


def test_parts_that_do_not_fit_together_are_refused():
    net, rng = shipped("lstm_32"), np.random.default_rng(0)
    small = LSTMCell(*weights(rng, 4))
    with pytest.raises(ValueError, match="cell: expected one for D = 32 numbers, those of the embedding, got 3"):
        Network(net.embedding, small, net.dense)
    with pytest.raises(ValueError, match=r"dense: expected a kernel \(H, K\) = \(32, K\), the cell's H, got \(4, 1\)"):
        Network(net.embedding, net.cell, Dense(np.ones((4, 1))))
    backwards = LSTMCell(net.cell.kernel, net.cell.recurrent_kernel)
    backwards.go_backwards = True
    with pytest.raises(ValueError, match="cell: expected one that reads from the first word to the last"):
        Network(net.embedding, backwards, net.dense)
    with pytest.raises(ValueError, match=r"table: expected shape \(V, D\), got \(3,\)"):
        Embedding(np.ones(3))
    with pytest.raises(ValueError, match=r"kernel: expected shape \(H, K\), got \(3,\)"):
        Dense(np.ones(3))
    with pytest.raises(ValueError, match=r"bias: expected shape \(K,\) = \(1,\), got \(2,\)"):
        Dense(np.ones((3, 1)), np.ones(2))


@pytest.mark.parametrize(
    ("ids", "error", "message"),
    [
        (np.zeros(5, int), ValueError, r"expected shape \(B, T\)"),
        (np.zeros((1, 0), int), ValueError, r"expected shape \(B, T\)"),
        (np.full((1, 2), 10_000), ValueError, "expected 0 to 9999, got 10000 to 10000"),
        (np.full((1, 2), -1), ValueError, "expected 0 to 9999, got -1 to -1"),
        (np.ones((1, 2)), TypeError, "expected whole numbers, got dtype float64"),
    ],
)
def test_ids_are_rows_of_known_words(ids, error, message):
    with pytest.raises(error, match=f"^ids: {message}"):
        shipped("lstm_32")(ids)
