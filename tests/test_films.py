"""The shipped films: what is in them, exact to what their form allows, refused when changed."""

import shutil

import numpy as np
import pytest

from lstm_edu import films
from lstm_edu.films import film, names, packed


@pytest.fixture(params=names())
def shown(request):
    return film(request.param)


def test_a_film_is_small_and_its_card_says_how_it_was_made(shown):
    card = shown.card
    size = (films.FOLDER / f"{shown.name}.npz").stat().st_size
    assert size == card["bytes"] < 150_000
    assert card["command"] == f"python -m lstm_edu.runs film {shown.name}"
    assert card["seed"] == 1 and card["settings"]["lag"] == shown.bell - shown.flag


def test_its_arrays_are_of_one_length(shown):
    K, T, H = len(shown.batch), len(shown.inputs), shown.card["settings"]["units"]
    every = shown.card["settings"]["every"]
    assert shown.batch.tolist() == list(range(0, shown.card["settings"]["batches"] + 1, every))
    for cell, parts in films.PARTS.items():
        assert shown.right(cell).shape == (K,) and shown.left(cell).shape == (K, T)
        for part in parts:
            values = shown.part(cell, part)
            assert values.shape == (K, T, H) and np.isfinite(values).all()
            assert (part in "fio" and values.min() >= 0 and values.max() <= 1) or values.min() < 0
    assert shown.letters.shape == (T,) and shown.inputs[:, : films.LETTERS].sum(axis=1).tolist() == [1] * T


def test_the_belt_is_what_f_keeps_and_what_i_lets_in(shown):
    """c = f * c + i * g, and g is between -1 and 1; up to half a step of each, times the largest of its partner."""
    f, i, c = (shown.part("lstm", part) for part in "fic")
    gate, belt = 1 / 510, shown.most("lstm", "c") / 254
    written = c[:, 1:] - f[:, 1:] * c[:, :-1]
    assert (np.abs(written) <= i[:, 1:] + gate + 2 * belt + gate * shown.most("lstm", "c")).all()


def test_all_of_the_slope_is_there_at_the_bell(shown):
    for cell in films.PARTS:
        assert (shown.left(cell)[:, shown.bell] == 1).all()
    quiet = shown.part("lstm", "f")[:, shown.flag + 1 : shown.bell]
    assert np.abs(shown.kept - quiet.mean(axis=(1, 2))).max() < 1e-12


def test_the_tanh_is_flatter_where_its_value_is_larger(shown):
    quiet = slice(shown.flag + 1, shown.bell)
    h, c = shown.part("simple_rnn", "h")[:, quiet], shown.part("lstm", "c")[:, quiet]
    assert np.allclose(shown.bend("simple_rnn"), 1 - (h**2).mean(axis=(1, 2)))
    assert np.allclose(shown.bend("lstm"), (1 / np.cosh(c) ** 2).mean(axis=(1, 2)))


def test_packing_rounds_to_the_nearest():
    rng = np.random.default_rng(0)
    arrays = {"lstm.f": rng.uniform(0, 1, (2, 3, 4)), "lstm.c": rng.normal(size=(2, 3, 4)) * 3}
    arrays |= {"simple_rnn.h": rng.uniform(-1, 1, (2, 3, 4)), "batch": np.arange(2), "inputs": np.eye(3, 6)}
    with np.load(films.BytesIO(packed(arrays)), allow_pickle=False) as stored:
        opened = films.Film("made", {}, dict(stored))
    most = np.abs(arrays["lstm.c"]).max()
    for cell, part, step in (("lstm", "f", 1 / 255), ("simple_rnn", "h", 1 / 127), ("lstm", "c", most / 127)):
        assert np.abs(opened.part(cell, part) - arrays[f"{cell}.{part}"]).max() <= step / 2 * (1 + 1e-6)


def test_a_changed_film_is_refused(tmp_path):
    name = names()[0]
    for ending in ("npz", "json"):
        shutil.copy(films.FOLDER / f"{name}.{ending}", tmp_path)
    content = bytearray((tmp_path / f"{name}.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / f"{name}.npz").write_bytes(content)
    with pytest.raises(ValueError, match=f"{name}.npz: expected sha256 .* as its card says"):
        film(name, tmp_path)
    with pytest.raises(FileNotFoundError, match=r"none\.json: expected the card of a film, found none"):
        film("none", tmp_path)


def test_what_there_is_not_is_named(shown):
    with pytest.raises(ValueError, match="cell: expected one of simple_rnn, lstm, got 'gru'"):
        shown.right("gru")
    with pytest.raises(ValueError, match="part: expected one of h, got 'f'"):
        shown.part("simple_rnn", "f")
