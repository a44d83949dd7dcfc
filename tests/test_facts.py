"""A recorded number as prose shows it."""

import re

import pytest

from lstm_edu import facts

KNOWN = {
    "first.runs": (2, "count"),
    "first.parameters": (1234, "count"),
    "first.test.mean": (0.875, "percent"),
    "first.test.seed1": (0.75, "percent"),
    "first.test.half_width": (0.229, "points"),
    "first.test_loss.mean": (0.5, "loss"),
    "first.seconds.epoch.mean": (7.0, "seconds"),
    "second.runs": (3, "count"),
}


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("first.parameters", "1,234"),
        ("first.test.mean", "87.5%"),
        ("first.test.half_width", "22.9"),
        ("first.test_loss.mean", "0.500"),
        ("first.seconds.epoch.mean", "7"),
    ],
)
def test_a_fact_is_written_in_its_form(key, shown):
    assert facts.fact(key, KNOWN) == shown and facts.number(key, KNOWN) == KNOWN[key][0]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("third.test.mean", r"key: expected \[first \| second\], got 'third.test.mean'"),
        ("first.tset.mean", r"key: expected first.\[parameters \| runs \| seconds \| .*\], got"),
        ("first.seconds.epoch", r"key: expected first.seconds.epoch.\[mean\], got"),
        ("first.test.mean.more", r"key: expected first.test.\[half_width \| mean \| seed1\], got"),
        ("first.test.seed3", r"key: expected first.test.\[.*seed1\], got"),
        ("", r"key: expected \[first \| second\], got ''"),
        (None, r"key: expected \[first \| second\], got None"),
    ],
)
def test_an_unknown_key_names_the_known_ones(key, message):
    with pytest.raises(ValueError, match=message):
        facts.fact(key, KNOWN)


def test_every_shipped_fact_is_one_word():
    """In a page a fact stands before the comment with its key, so it holds no space and the key no other sign."""
    known = facts.keys()
    assert "lstm_32.test.mean" in known
    for key in known:
        assert re.fullmatch(r"[a-z0-9_.]+", key)
        assert re.fullmatch(r"-?[0-9][0-9,.]*%?", facts.fact(key)), key
