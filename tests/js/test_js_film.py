"""js/numbers/film.js in Node against lstm_edu.films: what the page shows of a film is what the film has."""

import numpy as np
import pytest

from lstm_edu.films import PARTS, film, names
from lstm_edu.widgets.training_film import pack

SCRIPT = """
import { openFilm } from "./numbers/film.js";
give(data.map((pack) => {
  const film = openFilm(pack);
  const frames = Array.from(film.batches, (_, k) => k);
  const cells = Object.entries(film.cells).map(([name, { H, parts, right, left, values, limits }]) => [name, {
    H, right, left: frames.map(left), limits: parts.map(limits),
    parts: Object.fromEntries(parts.map((part) => [part, frames.map((k) => values(k, part))])),
  }]);
  return { ...film, cells: Object.fromEntries(cells), nearest: [-5, 0, 12, 13, 1e9].map(film.frameOf) };
}));
"""


def test_the_pages_film_is_pythons(node):
    shown = [film(name) for name in names()]
    for one, got in zip(shown, node(SCRIPT, [pack(one) for one in shown]), strict=True):
        K, T = len(one.batch), len(one.inputs)
        assert got["batches"] == one.batch.tolist() and got["letters"] == one.letters.tolist()
        assert (got["flag"], got["bell"], got["T"]) == (one.flag, one.bell, T)
        assert got["nearest"] == [0, 0, 0, 1, K - 1]
        assert np.abs(np.array(got["kept"]) - one.kept).max() < 1e-12
        for cell in PARTS:
            there = got["cells"][cell]
            assert there["right"] == one.right(cell).tolist()
            assert np.array(there["left"]) == pytest.approx(one.left(cell), rel=1e-12)
            for part, values in there["parts"].items():
                expected = one.part(cell, part)
                assert np.abs(np.array(values).reshape(expected.shape) - expected).max() < 1e-12
        assert there["limits"][:3] == [[0, 1]] * 3 and set(there["parts"]) == set("fioc")
