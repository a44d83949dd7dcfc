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


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"maxlen": 0}, ValueError, "maxlen: expected at least 1, got 0"),
        ({"maxlen": 2.0}, TypeError, "maxlen: expected an integer, got float"),
        ({"maxlen": True}, TypeError, "maxlen: expected an integer, got bool"),
        ({"maxlen": 3, "padding": "left"}, ValueError, "padding: expected"),
        ({"maxlen": 3, "truncating": None}, ValueError, "truncating: expected"),
        ({"maxlen": 3, "sequences": [[1.5]]}, TypeError, "sequences: expected rows of integers"),
        ({"maxlen": 3, "sequences": [[[1]]]}, TypeError, "sequences: expected rows of integers"),
    ],
)
def test_bad_arguments_are_named(arguments, error, message):
    with pytest.raises(error, match=message):
        imdb.pad(**{"sequences": [[1, 2]]} | arguments)
