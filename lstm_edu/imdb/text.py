"""Text to word ids and back, as Keras' IMDB data was made."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from ..common import checks

VOCABULARY = Path(__file__).resolve().parents[1] / "data" / "vocabulary.json"
PAD, START, UNKNOWN, OFFSET = 0, 1, 2, 3  # a word's id is its rank by frequency, from 1, plus OFFSET
NAMES = ("<pad>", "<start>", "<unk>", "<unused>")  # ids 0 to 3; no word has rank 0, so Keras' data has no 3
# what Keras' text_to_word_sequence turns into spaces; the apostrophe is not among it, so "don't" is one word
_TO_SPACES = str.maketrans(dict.fromkeys('!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n', " "))


@cache
def vocabulary():
    """The shipped words, the most frequent first: a tuple. Word k (from 0) has rank k + 1 and id k + 4."""
    content = json.loads(VOCABULARY.read_text(encoding="utf-8"))
    if fingerprint(content["words"]) != content["words_sha256"]:
        raise ValueError(f"{VOCABULARY}: expected the words its words_sha256 belongs to, got others")
    return tuple(content["words"])


def fingerprint(words):
    """sha256 of a list of words, one a line."""
    return sha256("\n".join(words).encode()).hexdigest()


@cache
def _ids():
    return {word: rank + OFFSET for rank, word in enumerate(vocabulary(), start=1)}


def split(text):
    """The words of a text: lower case, punctuation taken for spaces, split at single spaces."""
    if not isinstance(text, str):
        raise TypeError(f"text: expected a string, got {type(text).__name__}")
    return [word for word in text.lower().translate(_TO_SPACES).split(" ") if word]


def encode(text, num_words=10_000):
    """The word ids of a text, int32 (T,): START first, UNKNOWN for a word whose id is not under `num_words`.

    Keras' test data leaves out words that the training reviews do not hold; here they are unknown like any other.

    Raises TypeError for what is no string or no whole number, ValueError where the shipped vocabulary does not reach to
    `num_words`.
    """
    num_words = checks.whole(num_words, "num_words", OFFSET + 1, len(vocabulary()) + OFFSET + 1)
    ids = (_ids().get(word, UNKNOWN) for word in split(text))
    return np.array([START, *(i if i < num_words else UNKNOWN for i in ids)], np.int32)


def decode(ids):
    """The words of a row of ids, a list: "<pad>", "<start>" and "<unk>" stand for 0, 1 and 2.

    Raises ValueError for an id the vocabulary does not hold, TypeError for what is no row of integers.
    """
    ids = checks.plain(ids, "ids")
    if ids.ndim != 1 or (len(ids) and ids.dtype.kind not in "iu"):
        raise TypeError(f"ids: expected one row of integers, got {ids.dtype} with shape {ids.shape}")
    names = (*NAMES, *vocabulary())
    if len(ids) and not 0 <= ids.min() <= ids.max() < len(names):
        raise ValueError(f"ids: expected 0 to {len(names) - 1}, got {ids.min()} to {ids.max()}")
    return [names[k] for k in ids]
