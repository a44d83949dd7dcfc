"""What a network starts from: Keras' distributions, drawn without Keras."""

import numpy as np
import pytest

from lstm_edu.cells import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.cells.variants import CholletCell, CIFGCell, NoForgetGateCell, NoTanhCell, PeepholeCell
from lstm_edu.learn import cell, initial, network

KINDS = [SimpleRNNCell, LSTMCell, GRUCell, CholletCell, CIFGCell, NoForgetGateCell, NoTanhCell, PeepholeCell]


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("shape", [(5, 20), (20, 5), (8, 8)])
def test_orthogonal_rows_or_columns_are_of_length_one_and_at_right_angles(shape):
    drawn = initial.orthogonal(rng(), *shape)
    small = drawn @ drawn.T if shape[0] <= shape[1] else drawn.T @ drawn
    assert drawn.shape == shape and np.allclose(small, np.eye(min(shape)), atol=1e-14)


def test_glorot_is_even_between_its_limits():
    drawn = initial.glorot(rng(), 400, 600)
    limit = np.sqrt(6 / 1000)
    assert -limit <= drawn.min() < -0.999 * limit and 0.999 * limit < drawn.max() <= limit
    assert np.isclose(drawn.std(), limit / np.sqrt(3), rtol=5e-3)


@pytest.mark.keras
@pytest.mark.parametrize("name", ["glorot_uniform", "orthogonal"])
def test_keras_draws_from_the_same_distribution(name):
    import keras

    ours = {"glorot_uniform": initial.glorot, "orthogonal": initial.orthogonal}[name]
    theirs = keras.initializers.get(name)
    some = [
        np.concatenate([np.ravel(draw(k)) for k in range(60)])
        for draw in (
            lambda k: ours(rng(k), 16, 64),
            lambda k: type(theirs)(seed=k)((16, 64)).numpy(),
        )
    ]
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):  # of 61,440 numbers each: five standard deviations
        assert np.isclose(*(np.quantile(one, share) for one in some), atol=0.008)


@pytest.mark.parametrize("kind", KINDS)
def test_a_fresh_cell_of_each_kind(kind):
    made, again, other = (cell(kind, 3, 6, rng(seed)) for seed in (0, 0, 1))
    assert type(made) is kind and made.units == 6 and made.input_size == 3
    for name in made.weights:
        value = getattr(made, name)
        assert value.dtype == np.float32 and np.array_equal(value, getattr(again, name))
    assert not np.array_equal(made.kernel, other.kernel)
    for block in made.blocks:
        assert (made.bias[..., made.columns(block)] == (block == "f")).all()


def test_the_form_of_a_gru():
    after, before = (cell(GRUCell, 3, 4, rng(), reset_after=form) for form in (True, False))
    assert (after.reset_after, after.bias.shape) == (True, (2, 12)) and np.array_equal(after.kernel, before.kernel)
    assert (before.reset_after, before.bias.shape) == (False, (12,))


@pytest.mark.parametrize("reset_after", [True, False])
def test_an_update_bias_opens_a_gru_and_nothing_else(reset_after):
    made, usual = (cell(GRUCell, 3, 2, rng(), update_bias=z, reset_after=reset_after) for z in ([1, 2], 0))
    assert np.atleast_2d(made.bias)[0].tolist() == [1, 2, 0, 0, 0, 0] and made.bias.sum() == 3
    assert np.array_equal(made.kernel, usual.kernel) and not usual.bias.any()
    with pytest.raises(ValueError, match=r"update_bias: expected a number or shape \(H,\) = \(2,\), got shape \(3,\)"):
        cell(GRUCell, 3, 2, rng(), update_bias=[1, 2, 3])


def test_a_forget_bias_of_any_size():
    made = cell(LSTMCell, 3, 4, rng(), forget_bias=5)
    assert made.bias.tolist() == [0] * 4 + [5] * 4 + [0] * 8
    made = cell(LSTMCell, 3, 2, rng(), forget_bias=[1, 2])
    assert made.bias[made.columns("f")].tolist() == [1, 2]


def test_the_chrono_start_keeps_from_one_step_to_the_longest():
    made = cell(LSTMCell, 3, 20, rng(), longest=101)
    b_f, b_i = (made.bias[made.columns(block)] for block in "fi")
    assert (b_i == -b_f).all() and (b_f >= 0).all() and (b_f <= np.log(100)).all()
    steps = np.exp(initial.chrono(rng(), 5_000, 101))
    assert 1 <= steps.min() < 1.1 and 99.9 < steps.max() < 100 and abs(steps.mean() - 50.5) < 2


def test_what_does_not_fit_is_said():
    with pytest.raises(ValueError, match="longest: expected a cell that has an f, got a GRUCell"):
        cell(GRUCell, 3, 4, rng(), longest=50)
    with pytest.raises(ValueError, match="longest: expected more than 2 steps, got 2"):
        cell(LSTMCell, 3, 4, rng(), longest=2)
    with pytest.raises(ValueError, match="words, input_size: expected one of both"):
        network(LSTMCell, 4, rng())
    for made in (lambda: cell(LSTMCell, 3, 4, 7), lambda: network(LSTMCell, 4, None, words=5)):
        with pytest.raises(TypeError, match=r"rng: expected a generator \(np.random.default_rng\(seed\)\), got"):
            made()
    with pytest.raises(ValueError, match="dtype: expected one of float32, float64, got 'int64'"):
        cell(LSTMCell, 3, 4, rng(), dtype=int)


def test_a_fresh_network_of_words_and_one_of_numbers():
    net = network(LSTMCell, 4, rng(), words=50, embedding=8)
    assert {name: array.shape for name, array in net.weights.items()} == {
        "embedding": (50, 8),
        "kernel": (8, 16),
        "recurrent_kernel": (4, 16),
        "bias": (16,),
        "dense_kernel": (4, 1),
        "dense_bias": (1,),
    }
    assert np.abs(net.weights["embedding"]).max() <= 0.05
    net = network(GRUCell, 4, rng(), input_size=3, outputs=4)
    assert net.logits(np.ones((2, 5, 3), np.float32)).shape == (2, 4)
