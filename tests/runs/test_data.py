"""What a recipe reads: how many reviews, which of their words, in which order."""

import numpy as np
import pytest

from lstm_edu import imdb, runs
from lstm_edu.runs import data

SMALL = {"num_words": 60, "maxlen": 10}


def read(path, **changes):
    return data.load(runs.recipe("lstm_500").but("tiny", "", **SMALL, **changes), path)


@pytest.fixture
def written(made_up_file):
    return imdb.load(made_up_file, num_words=60)


def test_where_nothing_is_said_the_reviews_are_as_they_are(made_up_file, written):
    found = read(made_up_file)
    for mine, theirs in zip((found.train, found.test), written, strict=True):
        assert (mine.tokens == theirs.tokens).all() and (mine.labels == theirs.labels).all()
    assert found.sha256 == imdb.fingerprint(made_up_file)


def test_few_reviews_are_the_first_and_all_are_tested(made_up_file, written):
    found = read(made_up_file, reviews=7)
    assert [row.tolist() for row in found.train] == [row.tolist() for row in written[0][:7]]
    assert len(found.test) == 80


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"cut": "post"}, lambda row: row[:10]),
        ({"order": "reversed"}, lambda row: row[::-1][-10:]),  # as the source does it: turned round, then cut
        ({"order": "reversed", "cut": "post"}, lambda row: row[::-1][:10]),
    ],
)
def test_which_words_are_read(change, expected, made_up_file, written):
    found = read(made_up_file, **change)
    for mine, theirs in zip((found.train, found.test), written, strict=True):
        assert [row.tolist() for row in mine] == [expected(row).tolist() for row in theirs]
        assert (mine.labels == theirs.labels).all()


def test_shuffled_are_the_words_that_are_read(made_up_file, written):
    found, again = (read(made_up_file, order="shuffled") for _ in range(2))
    moved = 0
    for mine, theirs in zip((found.train, found.test), written, strict=True):
        for row, whole in zip(mine, theirs, strict=True):
            last = whole[-10:]
            assert sorted(row.tolist()) == sorted(last.tolist()) and (row[0] == 1) == (last[0] == 1)
            moved += (row != last).any()
    assert moved > 150 and (found.test.tokens == again.test.tokens).all()


@pytest.mark.parametrize("together", [1, 2, 3, 50])
def test_neighbours_stay_together(together):
    row, rng = np.arange(1, 24), np.random.default_rng(0)  # 1 is the start token, then 22 words
    found = data.shuffled(row, rng, together)
    assert sorted(found) == sorted(row) and found[0] == 1
    words, parts = found[1:].tolist(), [list(range(k, min(k + together, 24))) for k in range(2, 24, together)]
    while words:  # each part in one piece
        part = next(part for part in parts if part[0] == words[0])
        assert words[: len(part)] == part
        words = words[len(part) :]
    assert together == 50 or (found != row).any()


@pytest.mark.parametrize("row", [[], [1], [1, 5], [7]])
def test_little_can_be_shuffled(row):
    assert data.shuffled(np.array(row, int), np.random.default_rng(0)).tolist() == row


@pytest.mark.parametrize("change", [{"cut": "left"}, {"order": "sorted"}])
def test_another_way_is_named(change, made_up_file):
    ((name, value),) = change.items()
    with pytest.raises(ValueError, match=f"{name}: expected one of .*, got '{value}'"):
        read(made_up_file, **change)
