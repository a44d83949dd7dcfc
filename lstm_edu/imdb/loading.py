"""The data set as `keras.datasets.imdb.load_data` returns it, to the last token, without Keras."""

import numpy as np

from ..common import checks
from . import sources
from .reviews import Reviews


def load(path=None, num_words=None, skip_top=0, maxlen=None, seed=113, start_char=1, oov_char=2, index_from=3):
    """IMDB reviews as word ids: (train, test), each a `Reviews`, which has its `labels`. Keras' two pairs are

        train, test = imdb.load()
        (x_train, y_train), (x_test, y_test) = (train, train.labels), (test, test.labels)

    The arguments mean what they mean in `keras.datasets.imdb.load_data`, oddities included:

    path: a file of the data, or its folder; None searches `LSTM_EDU_DATA`, `data/` in the checkout, Keras' cache,
        and at last fetches Keras' file.
    num_words: ids from here on become `oov_char`. None: the largest id itself still does, as in Keras.
    skip_top: ids below this become `oov_char`; above 1 that takes the start token along.
    maxlen: only reviews of fewer tokens are kept, start token counted. None keeps all.
    seed: of the shuffle, as Keras does it.
    start_char: stands before each review; None leaves it out.
    oov_char: stands for a word that is cut out; None drops such words.
    index_from: added to each rank, so that 0, 1 and 2 stay free for padding, start and unknown; None, without a
        start_char, adds nothing.

    Raises FileNotFoundError where there is no data and no way to fetch it, ValueError for a file that is not the
    data set and for a `maxlen` that keeps no review, TypeError or ValueError for other arguments. About 150 MB of
    memory.
    """
    for name, number in (("num_words", num_words), ("maxlen", maxlen)):
        if number is not None:
            checks.at_least(number, name, 0)
    checks.at_least(skip_top, "skip_top", 0)
    if seed is not None:
        checks.whole(seed, "seed", 0, 2**32 - 1)
    for name, id_ in (("start_char", start_char), ("oov_char", oov_char)):
        if id_ is not None:
            checks.whole(id_, name, *checks.INT32)
    raw = sources.read(sources.locate(path))
    if index_from is not None or start_char is not None:
        largest = max(int(ranks.max()) for ranks, _, _ in raw.values())
        checks.whole(index_from, "index_from", 0, checks.INT32[1] - largest)
    shuffle = np.random.RandomState(seed)  # one generator for both splits, train first
    splits = {}
    for split in sources.SPLITS:
        tokens, offsets, labels = raw.pop(split)
        order = np.arange(len(labels))
        shuffle.shuffle(order)
        tokens, offsets = _gather(tokens, offsets, order)
        tokens, offsets = _shift(tokens, offsets, start_char, index_from)
        labels = labels[order]
        if maxlen:
            short = np.flatnonzero(np.diff(offsets) < maxlen)
            if not len(short):
                raise ValueError(f"maxlen: expected one that keeps some reviews, got {maxlen}, which keeps none")
            tokens, offsets = _gather(tokens, offsets, short)
            labels = labels[short]
        splits[split] = tokens, offsets, labels
    if not num_words:
        num_words = max(tokens.max() for tokens, _, _ in splits.values())
    return tuple(
        Reviews(*_cut(tokens, offsets, skip_top, num_words, oov_char), labels)
        for tokens, offsets, labels in splits.values()
    )


def available(path=None):
    """The local file that `load` would read, or None. Never fetches anything."""
    return sources.find(path)


def _gather(tokens, offsets, order):
    """The reviews `order` names, in that order: new (tokens, offsets)."""
    tokens = np.concatenate([tokens[offsets[k] : offsets[k + 1]] for k in order])
    return tokens, np.concatenate([[0], np.cumsum(np.diff(offsets)[order])])


def _shift(ranks, offsets, start_char, index_from):
    """Ranks to ids: `index_from` added, `start_char` set before each review."""
    if start_char is None:
        return ranks + np.int32(index_from or 0), offsets
    starts = offsets[:-1] + np.arange(len(offsets) - 1)
    ids = np.empty(len(ranks) + len(starts), np.int32)
    is_word = np.ones(len(ids), bool)
    is_word[starts] = False
    ids[is_word] = ranks + np.int32(index_from)
    ids[starts] = start_char
    return ids, offsets + np.arange(len(offsets))


def _cut(ids, offsets, skip_top, num_words, oov_char):
    """Ids under `skip_top` or from `num_words` on become `oov_char`, or go."""
    kept = (ids >= skip_top) & (ids < num_words)
    if oov_char is not None:
        return np.where(kept, ids, np.int32(oov_char)), offsets
    return ids[kept], np.concatenate([[0], np.cumsum(kept)])[offsets]
