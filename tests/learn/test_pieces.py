"""A way back in pieces: whole where a piece is the sequence, else that of a run which was handed the state."""

import numpy as np
import pytest

from lstm_edu import GRUCell, LSTMCell, SimpleRNNCell, learn, tasks

T = 15


def made(kind, seed=0):
    rng = np.random.default_rng(seed)
    net = learn.network(kind, 5, rng, input_size=3, dtype=np.float64)
    x, _, _ = tasks.marked_parcel(4, (1, 10), rng, steps=T)
    asked = rng.random((4, T)) < 0.3  # several answers of one sequence, in several pieces
    asked[:, -1] = True
    return net, x.astype(np.float64), asked, rng.normal(size=(int(asked.sum()), 1))


@pytest.mark.parametrize("kind", [SimpleRNNCell, GRUCell, LSTMCell])
def test_one_piece_is_the_whole(kind):
    net, x, asked, d = made(kind)
    whole, pieced = net.forward(x, asked), learn.Pieces(net, T).forward(x, asked)
    np.testing.assert_array_equal(pieced.logits, whole.logits)
    for name, slopes in whole.backward(d).items():
        np.testing.assert_array_equal(pieced.backward(d)[name], slopes)


@pytest.mark.parametrize("kind", [SimpleRNNCell, LSTMCell])
@pytest.mark.parametrize("steps", [1, 4, 7])
def test_the_answers_are_the_same_and_the_way_back_ends_at_the_piece(kind, steps):
    net, x, asked, d = made(kind)
    pieced = learn.Pieces(net, steps).forward(x, asked)
    np.testing.assert_allclose(pieced.logits, net.logits(x, asked), atol=1e-12)  # float64, other sizes of products
    found = pieced.backward(d)
    moved = np.zeros_like(found["kernel"])
    # what a piece says, by finite differences: the weights move within it, the state that it starts from does not
    where = np.nonzero(asked)[1]
    for column in range(0, moved.shape[1], 3):
        for sign in (1e-6, -1e-6):
            state = None
            for start in range(0, T, steps):
                here = slice(start, start + steps)
                after = net.cell.run(x[:, here], state).state
                net.cell.kernel[0, column] += sign
                h = net.cell.run(x[:, here], state).h[asked[:, here]]
                net.cell.kernel[0, column] -= sign
                moved[0, column] += (net.dense(h) * d[(where >= start) & (where < start + steps)]).sum() / (2 * sign)
                state = after
    np.testing.assert_allclose(found["kernel"][0, ::3], moved[0, ::3], atol=1e-7)  # central differences of 1e-6


def test_it_learns_in_the_loop_that_is_printed():
    rng = np.random.default_rng(0)
    net = learn.network(LSTMCell, 4, rng, input_size=3)
    before = {name: array.copy() for name, array in net.weights.items()}
    batch = learn.Batch(*tasks.marked_parcel(8, (1, 5), rng))
    learn.one_pass(learn.Pieces(net, 4), [batch], learn.squared_error, learn.adam, {})
    assert all((net.weights[name] != array).any() for name, array in before.items())


def test_a_piece_has_a_step():
    with pytest.raises(ValueError, match="steps: expected a whole number from 1 to 1000000, got 0"):
        learn.Pieces(made(LSTMCell)[0], 0)
