"""Which id each word of a text has: the IMDB data's words, or a reader's own."""

import re
import warnings
from collections import Counter
from dataclasses import dataclass
from functools import cache

from ..common import checks
from ..imdb import vocabulary
from ..imdb.text import OFFSET, PAD, START, UNKNOWN, split

ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
BLANKS = re.compile(r"[ \t\n\v\f\r]+")
# A text in words; js/numbers/text.js has the same three
SPLITS = {
    "tokenizer": split,  # as Keras' Tokenizer and its IMDB data: lower case, punctuation is taken for spaces
    "vectorization": lambda text: _blank_apart(  # as Keras' TextVectorization: punctuation is left out
        re.sub(r"""[!"#$%&()*+,\\\-./:;<=>?@\[\]^_`{|}~']""", "", text.translate(ASCII_LOWER))
    ),
    "blanks": lambda text: _blank_apart(text),  # as it stands
}


def _blank_apart(text):
    return [word for word in BLANKS.split(text) if word]


@dataclass(frozen=True)
class Vocabulary:
    """The words that a network knows. `ids`: {word: id}; `start`: the id that stands before every text, or None;
    `unknown`: the id of all other words, None where they are left out; `pad`: what fills a row; `split`: how a text is
    cut into words, a name out of `SPLITS`.

    >>> known = Vocabulary({"a": 2, "good": 3, "film": 4}, unknown=1)
    >>> known.encode("A good book.")
    ([2, 3, 1], ['a', 'good', 'book'])
    """

    ids: dict
    start: int | None = None
    unknown: int | None = None
    pad: int = PAD
    split: str = "tokenizer"

    def encode(self, text):
        """(the ids of a text, the words they stand for): "<start>" first, if there is a `start`."""
        if not isinstance(text, str):
            raise TypeError(f"text: expected a string, got {type(text).__name__}")
        words = SPLITS[self.split](text)
        pairs = [(self.ids.get(word, self.unknown), word) for word in words]
        pairs = [(self.start, "<start>"), *pairs]
        pairs = [(number, word) for number, word in pairs if number is not None]
        return [number for number, _ in pairs], [word for _, word in pairs]


@cache
def of_imdb(size):
    """The words of the IMDB data whose ids are under `size`, as `imdb.encode` has them."""
    ids = {word: rank + OFFSET for rank, word in enumerate(vocabulary()[: size - OFFSET - 1], start=1)}
    return Vocabulary(ids, START, UNKNOWN)


def own_vocabulary(size, word_index=None, tokens=None, start=None, unknown=None, pad=PAD, split="tokenizer"):
    """The `Vocabulary` of a network with an embedding of `size` rows, in a reader's words: either `word_index`,
    {word: id}, or `tokens`, a list whose k-th entry is the word of id k. A word whose id the embedding does not have is
    unknown, as with Keras' `num_words`. Raises TypeError or ValueError, naming the argument, also for a word that has
    the id `pad`; warns where the last rows have no word, as in a list that is shifted.
    """
    checks.one_of(split, tuple(SPLITS), "split")
    for name, number in {"start": start, "unknown": unknown, "pad": pad}.items():
        if number is not None or name == "pad":
            checks.whole(number, name, 0, size - 1)
    if word_index is not None and tokens is not None:
        raise ValueError("tokens: expected either word_index or tokens, got both")
    given = "word_index" if tokens is None else "tokens"
    if tokens is not None:
        word_index = _of_tokens(tokens)
    if not isinstance(word_index, dict) or not word_index:
        raise TypeError(f"word_index: expected a dictionary of words and ids, got {_shown(word_index)}")
    for word, number in word_index.items():
        if not isinstance(word, str):
            raise TypeError(f"word_index: expected a string for each word, got {_shown(word)}")
        checks.whole(number, f"word_index[{word!r}]", 0, 2**31 - 1)
    ids = {word: int(number) for word, number in word_index.items() if number < size}
    if not ids:
        raise ValueError(f"word_index: expected words with ids from 0 to {size - 1}, got none")
    _check_not_shifted(ids, given, size, start, unknown, pad)
    return Vocabulary(ids, start, unknown, pad, split)


def _check_not_shifted(ids, given, size, start, unknown, pad):
    """The padding and the unknown words have rows, too. Who forgets them hands over words beside their places."""
    at = {number: word for word, number in ids.items()}
    if _is_word(at.get(pad)):
        place = f"tokens[{pad}]" if given == "tokens" else f"word_index[{at[pad]!r}]"
        want = f"'', the padding, got {at[pad]!r}" if given == "tokens" else f"an id other than {pad}, the padding's"
        raise ValueError(f"{place}: expected {want}: the ids of the words may be shifted")
    named = unknown in at and not _is_word(at[unknown])  # as "[UNK]" is: what names that row knows where it begins
    rest = size - 1 - max(number for number in (*at, start, unknown, pad) if number is not None)
    if rest and not named:
        warnings.warn(
            f"{given}: expected words up to id {size - 1}, the last row of the Embedding, got none for the last "
            f"{rest}: if the model was trained with more words than these, their ids may be shifted",
            stacklevel=2,
        )


def _is_word(text):
    """Whether a review can have it: "" and "[UNK]" are none."""
    return text is not None and split(text) == [text.lower()]


def _of_tokens(tokens):
    """{word: id} of a list."""
    if not isinstance(tokens, (list, tuple)):
        raise TypeError(f"tokens: expected a list of words, got {type(tokens).__name__}")
    for k, word in enumerate(tokens):
        if not isinstance(word, str):
            raise TypeError(f"tokens[{k}]: expected a string, got {type(word).__name__}")
    twice = [word for word, count in Counter(tokens).items() if count > 1]
    if twice:
        raise ValueError(f"tokens: expected each word once, got {twice[0]!r} more often")
    return {word: k for k, word in enumerate(tokens)}


def _shown(value):
    return f"{type(value).__name__}" + (" without a word" if value == {} else "")
