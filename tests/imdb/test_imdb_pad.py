"""Padding, held against Keras'."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_edu import imdb

ROWS = st.lists(st.lists(st.integers(0, 2**31 - 1), max_size=12), max_size=8)


@pytest.mark.keras
@given(
    rows=ROWS,
    maxlen=st.integers(1, 15),
    padding=st.sampled_from(["pre", "post"]),
    truncating=st.sampled_from(["pre", "post"]),
    value=st.integers(-5, 5),
)
def test_pad_is_keras_pad_sequences(rows, maxlen, padding, truncating, value):
    from keras.utils import pad_sequences

    theirs = pad_sequences(rows, maxlen, padding=padding, truncating=truncating, value=value)
    ours = imdb.pad(rows, maxlen, padding, truncating, value)
    assert ours.dtype == theirs.dtype == np.int32
    assert ours.shape == theirs.shape and (ours == theirs).all()


def test_the_last_words_stay():
    assert imdb.pad([[1, 2, 3], [4]], 2).tolist() == [[2, 3], [0, 4]]
    assert imdb.pad([[1, 2, 3], [4]], 2, padding="post", truncating="post").tolist() == [[1, 2], [4, 0]]


def test_reviews_are_padded_as_lists_are(made_up_file):
    train, _ = imdb.load(made_up_file)
    assert (imdb.pad(train, 20) == imdb.pad([row.tolist() for row in train], 20)).all()


FITS = "expected a whole number from -2147483648 to 2147483647, got "
ONE_ROW = "sequences: expected a list of rows of ids, got one row: write pad([ids], ...)"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"maxlen": 0}, ValueError, "maxlen: expected at least 1, got 0"),
        ({"maxlen": 2.0}, TypeError, "maxlen: expected a whole number, got float"),
        ({"maxlen": True}, TypeError, "maxlen: expected a whole number, got bool"),
        ({"maxlen": None}, TypeError, "maxlen: expected a whole number, got NoneType"),
        ({"padding": "left"}, ValueError, 'padding: expected "pre" or "post", got \'left\''),
        ({"truncating": None}, ValueError, 'truncating: expected "pre" or "post", got None'),
        ({"value": 0.5}, TypeError, "value: expected a whole number, got float"),
        ({"value": 2**31}, ValueError, f"value: {FITS}2147483648"),
        ({"sequences": [[1.5]]}, TypeError, "sequences: expected whole numbers, got float64 with shape (1,)"),
        ({"sequences": [[True]]}, TypeError, "sequences: expected whole numbers, got bool with shape (1,)"),
        ({"sequences": [["good"]]}, TypeError, "sequences: expected whole numbers, got <U4 with shape (1,)"),
        ({"sequences": [None]}, TypeError, "sequences: expected whole numbers, got object with shape ()"),
        (
            {"sequences": [[[1]]]},
            TypeError,
            "sequences: expected rows of ids, each of one axis, got one of shape (1, 1)",
        ),
        ({"sequences": [[1, [2]]]}, ValueError, "sequences: expected an array, got rows of different lengths"),
        # one row in place of a list of rows, text, and what is no list
        ({"sequences": imdb.encode("good film")}, TypeError, ONE_ROW),
        ({"sequences": [1, 2]}, TypeError, ONE_ROW),
        ({"sequences": "good film"}, TypeError, "sequences: expected a list of rows of ids, got str"),
        (
            {"sequences": ["good film"]},
            TypeError,
            "sequences: expected rows of ids, got the text 'good film': `encode` makes its row",
        ),
        ({"sequences": 5}, TypeError, "sequences: expected a list of rows of ids, got int"),
        ({"sequences": None}, TypeError, "sequences: expected a list of rows of ids, got NoneType"),
        ({"sequences": {1: [2]}}, TypeError, "sequences: expected a list of rows of ids, got dict"),
        (
            {"sequences": (row for row in [[1]])},
            TypeError,
            "sequences: expected a list of rows of ids, got generator: hand over list(...) of it",
        ),
        # nothing wraps round
        ({"sequences": [[2**31]]}, ValueError, f"sequences: {FITS}2147483648"),
        ({"sequences": [[2**40 + 7]]}, ValueError, f"sequences: {FITS}1099511627783"),
        ({"sequences": [[1], [-(2**31) - 1]]}, ValueError, f"sequences: {FITS}-2147483649"),
        ({"sequences": np.array([[2**63]], np.uint64)}, ValueError, f"sequences: {FITS}9223372036854775808"),
        ({"sequences": [[2**70]]}, TypeError, "sequences: expected whole numbers, got object with shape (1,)"),
    ],
)
def test_bad_arguments_are_named(arguments, error, message):
    with pytest.raises(error) as caught:
        imdb.pad(**{"sequences": [[1, 2]], "maxlen": 3} | arguments)
    assert str(caught.value) == message


def test_the_largest_and_the_smallest_id_stay_what_they_are():
    ends = [-(2**31), 2**31 - 1]
    for dtype in (np.int32, np.int64):
        assert imdb.pad([np.array(ends, dtype)], 2).tolist() == [ends]
