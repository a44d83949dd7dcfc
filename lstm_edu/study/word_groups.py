"""Does a group of words move the gates more than other words do? The groups, and what they are compared with.

The groups were written down before the gates were looked at. Praise and scorn are there to show that the comparison
finds an effect where there is one.
"""

import numpy as np

from ..imdb import text

_WORDS = """
negation: not no never nothing don't doesn't didn't isn't wasn't can't couldn't wouldn't won't
contrast: but however although though yet despite still instead
praise: great best love excellent wonderful perfect amazing loved favorite enjoyed superb beautiful
scorn: bad worst awful boring terrible waste poor stupid horrible dull poorly lame
"""
GROUPS = {name: words.split() for name, words in (line.split(":") for line in _WORDS.strip().splitlines())}
NEAREST = 20  # a word of a drawn group is one of this many words that are most like the one it stands for
DRAWS = 1_000
LEAST = 1_000  # occurrences in the test reviews of a word that may be drawn
# two words are as unlike in count as they are in sentiment where one is 1.42 times as frequent as the other (0.35 in
# the logarithm) and 3 in 100 more of its reviews are positive
UNLIKE = {"count": 0.35, "positive": 0.03}


def word_id(word):
    [_, only] = text.encode(word)
    return int(only)


def effects(shift, count, positive, rng):
    """For each group: how far its words move what was measured, and how far 1,000 drawn groups do.

    shift (V, parts, H): the mean at each word less the mean at all words, in standard deviations; count (V,);
    positive (V,): the share of positive reviews among those with the word. A group's effect in a part is the mean over
    its words, then the root of the mean square over the units: (parts,). Two baselines: words as frequent
    ("count"), and words as frequent that stand as often in positive reviews ("positive").
    """
    groups = _groups()
    free = _free(count)
    return {
        name: {
            "effect": _size(shift[words]),
            **{
                kind: _drawn(shift, words, free, apart, rng)
                for kind, apart in _distances(words, free, count, positive).items()
            },
        }
        for name, words in groups.items()
    }


def as_frequent(count):
    """Word of a group -> ids of the NEAREST other words that are most like it in count: to hold one word beside."""
    free = _free(count)
    words = np.concatenate(list(_groups().values()))
    apart = np.abs(np.log(np.maximum(count, 1))[words][:, None] - np.log(np.maximum(count, 1))[free])
    like = free[np.argsort(apart, axis=1, kind="stable")[:, :NEAREST]]
    return dict(zip(sum(GROUPS.values(), []), like, strict=True))


def _groups():
    return {name: np.array([word_id(word) for word in words]) for name, words in GROUPS.items()}


def _free(count):
    """Ids of the words that may be drawn: frequent enough, and in no group."""
    free = (count >= LEAST) & (np.arange(len(count)) > text.OFFSET)
    free[np.concatenate(list(_groups().values()))] = False
    return np.flatnonzero(free)


def _size(shifts):
    """(parts,) from the shifts (..., words, parts, H) of some words."""
    return np.sqrt((shifts.mean(axis=-3) ** 2).mean(axis=-1))


def _distances(words, free, count, positive):
    """For each baseline how unlike each word and each free one are: (words, free)."""
    frequent = np.log(np.maximum(count, 1))
    in_count = np.abs(frequent[words][:, None] - frequent[free]) / UNLIKE["count"]
    in_sentiment = np.abs(positive[words][:, None] - positive[free]) / UNLIKE["positive"]
    return {"count": in_count, "positive": in_count + in_sentiment}


def _drawn(shift, words, free, apart, rng):
    """Effects of drawn groups (DRAWS, parts)."""
    like = free[np.argsort(apart, axis=1, kind="stable")[:, :NEAREST]]  # (words, NEAREST)
    picks = rng.integers(0, NEAREST, (DRAWS, len(words)))
    return np.stack([_size(shift[like[np.arange(len(words)), pick]]) for pick in picks])
