"""The made tasks: what they give is what they say, and chance is what they say it is."""

import re

import numpy as np
import pytest

from lstm_edu import tasks

MANY = 20_000
TASKS = [tasks.marked_parcel, tasks.letter_box, tasks.last_parcel, tasks.adding, tasks.temporal_order]


def rng():
    return np.random.default_rng(0)


def flags_and_bells(examples, flag):
    """At which step the flag goes up and the bell rings (n,), once each."""
    marks = examples.inputs[:, :, flag : flag + 2]
    assert (marks.sum(axis=1) == 1).all() and set(np.unique(marks)) == {0, 1}
    return marks.argmax(axis=1).T


@pytest.mark.parametrize(("task", "flag"), [(tasks.marked_parcel, 1), (tasks.letter_box, 4)])
@pytest.mark.parametrize("lag", [1, 7, (1, 30)])
def test_the_bell_rings_a_lag_after_the_flag(task, flag, lag):
    examples = task(MANY, lag, rng())
    up, bell = flags_and_bells(examples, flag)
    lags, counts = np.unique(bell - up, return_counts=True)
    shortest, longest = lag if isinstance(lag, tuple) else (lag, lag)
    assert lags.tolist() == list(range(shortest, longest + 1))
    starts, of_a_start = np.unique(up, return_counts=True)
    assert starts.tolist() == [0, 1, 2, 3, 4]
    for many in (counts, of_a_start):  # five standard deviations of an even draw
        even = MANY / len(many)
        assert np.abs(many - even).max() < 5 * np.sqrt(even) + 1
    assert examples.inputs.shape[1] == 5 + longest
    assert (examples.asked.sum(axis=1) == 1).all() and (examples.asked.argmax(axis=1) == bell).all()


def test_the_parcel_is_a_number_and_it_is_the_one_that_was_flagged():
    x, y, _ = examples = tasks.marked_parcel(MANY, (1, 30), rng())
    up, _ = flags_and_bells(examples, 1)
    assert x.dtype == y.dtype == np.float32 and y.shape == (MANY, 1)
    assert (y[:, 0] == x[np.arange(MANY), up, 0]).all()
    numbers = x[..., 0]
    assert -1 <= numbers.min() < -0.999 and 0.999 < numbers.max() < 1
    assert abs(numbers.mean()) < 0.01 and abs(np.sqrt((numbers**2).mean()) - np.sqrt(1 / 3)) < 0.002
    assert abs(np.sqrt((y**2).mean()) - 0.577) < 0.01  # who knows nothing


@pytest.mark.parametrize("lag", [1, (1, 30)])
def test_of_several_flags_the_last_is_asked_for(lag):
    x, y, asked = tasks.last_parcel(MANY, lag, rng())
    flags, T = x[..., 1] == 1, x.shape[1]
    last, bell = T - 1 - flags[:, ::-1].argmax(axis=1), x[..., 2].argmax(axis=1)
    assert set(last) == set(range(20)) and (x[..., 2].sum(axis=1) == 1).all() and (asked == (x[..., 2] == 1)).all()
    assert set(bell - last) == ({1} if lag == 1 else set(range(1, 31))) and (21 if lag == 1 else 50) == T
    assert (y[:, 0] == x[np.arange(MANY), last, 0]).all()
    earlier = flags & (np.arange(T) < last[:, None])
    assert abs(earlier.sum() / last.sum() - 0.25) < 0.01
    assert abs(np.sqrt((y**2).mean()) - 0.577) < 0.01


def test_the_letter_is_one_of_four_and_it_is_the_one_that_was_flagged():
    x, y, _ = examples = tasks.letter_box(MANY, (1, 30), rng())
    up, _ = flags_and_bells(examples, 4)
    assert (x[..., :4].sum(axis=2) == 1).all()
    assert (y == x[np.arange(MANY), up, :4].argmax(axis=1)).all()
    assert np.abs(np.bincount(y) / MANY - 0.25).max() < 0.015  # chance


@pytest.mark.parametrize("lag", [2, 50, (20, 50)])
def test_two_numbers_are_marked_and_their_sum_is_asked_for(lag):
    x, y, asked = tasks.adding(MANY, lag, rng())
    marks = x[..., 1] == 1
    assert (marks.sum(axis=1) == 2).all() and asked[:, -1].all() and asked.sum() == MANY
    assert np.allclose(y[:, 0], (x[..., 0] * marks).sum(axis=1))
    assert abs(np.sqrt(((y - 1) ** 2).mean()) - np.sqrt(1 / 6)) < 0.01
    if lag == 50:
        first, second = marks.argmax(axis=1), 49 - marks[:, ::-1].argmax(axis=1)
        assert set(first) == set(range(25)) and set(second) == set(range(25, 50))


def test_the_order_of_two_letters_is_asked_for():
    x, y, asked = tasks.temporal_order(MANY, (100, 110), rng())
    letters = x.argmax(axis=2)
    begun = x.any(axis=2)
    assert asked[:, -1].all() and asked.sum() == MANY
    assert np.abs(np.bincount(y) / MANY - 0.25).max() < 0.015
    count = (np.isin(letters, [4, 5]) & begun).sum(axis=1)
    assert (count == 2).all() and (letters[:, -1] == 7).all()
    for row, label, has in zip(letters[:500], y[:500], begun[:500], strict=True):
        row = row[has]
        assert row[0] == 6 and 100 <= len(row) <= 110
        first, second = np.flatnonzero((row == 4) | (row == 5))
        assert 10 <= first <= 22 and 50 <= second <= 66
        assert label == 2 * (row[first] - 4) + row[second] - 4


@pytest.mark.parametrize("task", TASKS)
def test_the_same_generator_gives_the_same_examples(task):
    one, two = (task(5, (20, 30), np.random.default_rng(3)) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: tasks.marked_parcel(3, 30, rng(), steps=20), "steps: expected at least 35, for a lag does not fit"),
        (lambda: tasks.marked_parcel(3, (9, 3), rng()), "lag: expected (shortest, longest), got (9, 3)"),
        (lambda: tasks.letter_box(3, 0, rng()), "lag: expected a whole number from 1"),
        (lambda: tasks.letter_box(0, 5, rng()), "n: expected a whole number from 1"),
        (lambda: tasks.adding(3, 1, rng()), "lag: expected rows of at least 2 steps"),
        (lambda: tasks.temporal_order(3, 9, rng()), "lag: expected rows of at least 10 steps, got 9"),
    ],
)
def test_what_does_not_fit_is_said(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


@pytest.mark.parametrize("task", TASKS)
def test_a_seed_is_no_generator(task):
    with pytest.raises(TypeError, match="rng: expected a generator .*, got int"):
        task(3, 30, 7)
