"""Text to ids and back, held against Keras' own tokenizer."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_edu import imdb
from lstm_edu.imdb import text

ODD = [
    "",
    " \t\n",
    "Don't stop: it's \"fine\"...",
    "<br /><br />A film, and <b>what</b> a film!",
    "🎬 A great movie 🎬🎬 and 🎬",
    "سيناريو رائع a film עלילה",
    "it\u200bs a\u00a0film, Cliché - clich\u0065\u0301; na\u00efve",
    "İSTANBUL ß Ω 10/10 10,000 the-film_title",
    "</script><script>alert(1)</script>",
    "the " * 5_000,
    "\x85 \x96 \x00",
]


def keras_ids(content, num_words):
    """What Keras' tokenizer makes of a text, shifted as its IMDB data is."""
    from keras.src.legacy.preprocessing.text import Tokenizer

    tokenizer = Tokenizer(num_words=num_words - text.OFFSET, oov_token="")
    tokenizer.word_index = {"": 0} | {word: rank for rank, word in enumerate(imdb.vocabulary(), start=1)}
    [ranks] = tokenizer.texts_to_sequences([content])
    return [text.START, *(rank + text.OFFSET if rank else text.UNKNOWN for rank in ranks)]


@pytest.mark.keras
@pytest.mark.parametrize("content", ODD, ids=lambda content: ascii(content[:12]))
@pytest.mark.parametrize("num_words", [10_000, 500])
def test_encode_is_keras_tokenizer(content, num_words):
    assert imdb.encode(content, num_words).tolist() == keras_ids(content, num_words)


@pytest.mark.keras
@given(st.lists(st.sampled_from(["the", "Movie", "don't", "<br />", ",", "\n", "qqqq", "\t"]) | st.text(max_size=8)))
def test_encode_is_keras_tokenizer_for_any_text(pieces):
    content = " ".join(pieces)
    assert imdb.encode(content).tolist() == keras_ids(content, 10_000)


def test_encode_gives_a_row_of_ids():
    ids = imdb.encode("The movie")
    assert ids.dtype == np.int32 and ids.tolist() == [1, 4, 20]  # ranks 1 and 17, plus 3
    assert imdb.encode("").tolist() == [1]
    assert len(imdb.encode("the " * 5_000)) == 5_001


def test_a_word_is_unknown_from_num_words_on():
    assert imdb.encode("the movie", num_words=20).tolist() == [1, 4, 2]
    assert imdb.encode("the movie", num_words=21).tolist() == [1, 4, 20]


def test_decode_undoes_encode():
    assert imdb.decode(imdb.encode("This movie, it's <zzzz> GREAT!")) == [
        "<start>",
        "this",
        "movie",
        "it's",
        "<unk>",
        "great",
    ]
    assert imdb.decode([0, 0, 1]) == ["<pad>", "<pad>", "<start>"]
    assert imdb.decode([]) == []
    last = len(imdb.vocabulary()) + text.OFFSET
    assert imdb.decode([last]) == [imdb.vocabulary()[-1]]


@given(st.lists(st.integers(4, 9_999), max_size=50))
def test_encode_undoes_decode(ids):
    words = imdb.decode(ids)
    if any(word != " ".join(text.split(word)) for word in words):
        return  # Keras' list has words that its own tokenizer would cut
    assert imdb.encode(" ".join(words)).tolist() == [1, *ids]


@pytest.mark.parametrize("num_words", [3, 0, -1, 10_005])
def test_encode_refuses_a_vocabulary_it_has_not(num_words):
    with pytest.raises(ValueError, match=f"^num_words: expected a whole number from 4 to 10004, got {num_words}$"):
        imdb.encode("the", num_words)


@pytest.mark.parametrize("num_words", [None, True, 10.0, "10"])
def test_encode_refuses_what_is_no_number_of_words(num_words):
    kind = type(num_words).__name__
    with pytest.raises(TypeError, match=f"^num_words: expected a whole number, got {kind}$"):
        imdb.encode("the", num_words=num_words)


def test_encode_refuses_what_is_no_text():
    for wrong in (b"the", None, ["the"]):
        with pytest.raises(TypeError, match="text: expected a string, got"):
            imdb.encode(wrong)


def test_decode_refuses_what_is_no_row_of_ids():
    for wrong in ([10_004], [-1, 3]):
        with pytest.raises(ValueError, match="ids: expected 0 to 10003"):
            imdb.decode(wrong)
    for wrong in ([1.5], [[1]], 4, None, "ids", [2**70], [True]):
        with pytest.raises(TypeError, match="ids: expected one row of integers"):
            imdb.decode(wrong)
    with pytest.raises(ValueError, match="ids: expected an array, got rows of different lengths"):
        imdb.decode([[1], [2, 3]])


def test_a_changed_vocabulary_is_refused(tmp_path, monkeypatch):
    content = json.loads(text.VOCABULARY.read_text())
    content["words"][17] = "theatre"
    changed = tmp_path / "vocabulary.json"
    changed.write_text(json.dumps(content))
    monkeypatch.setattr(text, "VOCABULARY", changed)
    with pytest.raises(ValueError, match="words_sha256"):
        text.vocabulary.__wrapped__()


def test_the_vocabulary_is_ten_thousand_words():
    words = imdb.vocabulary()
    assert len(words) == len(set(words)) == 10_000
    assert words[:3] == ("the", "and", "a")
    assert all(word and word == word.lower() and not set(word) & set(" \t\n") for word in words)
