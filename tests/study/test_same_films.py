"""Reviews of films that a model knows, and of others: on made-up halves, where it is known what a film gives away."""

import json

import numpy as np
import pytest

from lstm_edu import facts, study
from lstm_edu.runs import __main__ as commands
from lstm_edu.study import same_films

FILMS, EACH, WORDS = 20, 20, 30


def reviews(rng, films):
    """EACH reviews of each film: its name, and some words that say nothing; all reviews of a film have one label."""
    film = rng.permutation(np.repeat(films, EACH))
    rows = np.column_stack([1 + WORDS + film, rng.integers(1, 1 + WORDS, (len(film), 5))])  # ranks
    return rows.ravel().astype(np.int32), np.arange(0, rows.size + 1, 6, np.int32), (film % 2).astype(np.uint8)


@pytest.fixture
def file(tmp_path, monkeypatch):
    pytest.importorskip("sklearn")
    rng, arrays = np.random.default_rng(0), {}
    for half, films in (("train", np.arange(FILMS)), ("test", np.arange(FILMS, 2 * FILMS))):
        arrays |= dict(zip((f"x_{half}", f"o_{half}", f"y_{half}"), reviews(rng, films), strict=True))
    np.savez(tmp_path / "imdb_flat.npz", **arrays)
    monkeypatch.setattr(same_films, "FILE", tmp_path / "same_films.json")
    same_films._result.cache_clear()
    yield tmp_path / "imdb_flat.npz"
    same_films._result.cache_clear()


def test_a_film_that_gives_the_answer_away_helps_with_its_own_reviews_alone(file):
    commands.main(["same_films", "--data", str(file)])
    found = json.loads(same_films.FILE.read_text())
    assert found["command"] == "python -m lstm_edu.runs same_films" and len(found["same"]) == len(found["other"]) == 10
    assert same_films.of("same").min() > 0.8 and abs(same_films.of("other").mean() - 0.5) < 0.1
    gain = facts.number("study.same_films.gain", same_films.facts())
    assert gain == pytest.approx(same_films.of("same").mean() - same_films.of("other").mean())


def test_what_is_shipped_is_whole():
    for way, answers in (("same", 5_000), ("other", 25_000)):  # of one model, of five
        shares = study.same_films.of(way)
        assert shares.shape == (10,) and shares.min() > 0.8 and shares.max() < 0.95
        assert np.allclose(shares * answers, (shares * answers).round(), atol=1e-6)
