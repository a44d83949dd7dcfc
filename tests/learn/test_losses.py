"""The losses: what they say, and that their slopes are slopes."""

import re

import numpy as np
import pytest

from lstm_edu.learn import binary_cross_entropy, losses, softmax_cross_entropy, squared_error

RNG = np.random.default_rng(0)
CASES = {
    "binary": (binary_cross_entropy, RNG.normal(size=(5, 1)) * 3, np.array([0, 1, 1, 0, 1])),
    "softmax": (softmax_cross_entropy, RNG.normal(size=(5, 4)) * 3, np.array([0, 3, 1, 2, 1])),
    "squared": (squared_error, RNG.normal(size=(5, 2)), RNG.normal(size=(5, 2))),
}


@pytest.mark.parametrize("name", CASES)
def test_slopes_are_those_of_the_loss(name):
    loss, logits, y = CASES[name]
    _, slopes = loss(logits, y)
    step = 1e-6
    for where in np.ndindex(logits.shape):
        up, down = logits.copy(), logits.copy()
        up[where] += step
        down[where] -= step
        measured = (loss(up, y)[0] - loss(down, y)[0]) / (2 * step)
        assert abs(measured - slopes[where]) < 1e-9  # central differences in float64


def test_the_losses_of_who_knows_nothing():
    zeros = np.zeros((4, 1))
    assert binary_cross_entropy(zeros, np.array([0, 1, 0, 1]))[0] == pytest.approx(np.log(2))
    assert softmax_cross_entropy(np.zeros((3, 4)), np.array([0, 1, 2]))[0] == pytest.approx(np.log(4))
    assert squared_error(zeros, np.full((4, 1), 2.0))[0] == 4


@pytest.mark.parametrize("size", [1e2, 1e4])
def test_a_network_that_is_very_sure_gives_no_infinite_loss(size):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        for y, expected in ((1, 0), (0, size)):
            value, slopes = binary_cross_entropy(np.array([[size]]), np.array([y]))
            assert value == pytest.approx(expected, abs=1e-12) and np.isfinite(slopes).all()
        assert softmax_cross_entropy(np.array([[size, -size]]), np.array([1]))[0] == 2 * size


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: binary_cross_entropy(np.zeros((2, 1)), np.array([0, 2])),
            "y: expected labels from 0 to 1, got 0 to 2",
        ),
        (
            lambda: softmax_cross_entropy(np.zeros((1, 4)), np.array([-1])),
            "y: expected labels from 0 to 3, got -1 to -1",
        ),
        (
            lambda: binary_cross_entropy(np.zeros((2, 1)), np.array([0.0, 1.0])),
            "y: expected whole numbers of shape (N,)",
        ),
        (lambda: squared_error(np.zeros((2, 1)), np.zeros(2)), "y: expected shape (N, K) = (2, 1), got (2,)"),
    ],
)
def test_what_does_not_fit_is_said(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


def test_right_is_the_sign_or_the_largest():
    assert losses.right(np.array([[0.1], [-0.1]]), np.array([1, 1])).tolist() == [True, False]
    assert losses.right(np.array([[0.1, 0.2], [3.0, 0.2]]), np.array([1, 1])).tolist() == [True, False]
