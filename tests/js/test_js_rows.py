"""js/numbers/rows.js and batches.js in Node: the row, and what networks answer along it, against NumPy."""

from itertools import product

import numpy as np
import pytest

from lstm_edu import imdb
from lstm_edu.cells.activations import sigmoid
from lstm_edu.network import Embedding, Network, names, shipped
from lstm_edu.widgets import reviews
from lstm_edu.widgets.padding_lab.rows import read
from lstm_edu.widgets.review_explorer.pack import pack, words

EXACT = 1e-12  # worst seen of all rows and networks: 4.4e-16
SIDES = "pre", "post"
TEXTS = ["", reviews()[1][1], "The plot is thin, but the zorblax is superb. " * 4, reviews()[8][1]]
IDS = [imdb.encode(text).tolist() for text in TEXTS]
SETTINGS = [
    {"maxlen": maxlen, "padding": padding, "truncating": truncating, "mask": mask}
    for maxlen, padding, truncating, mask in product((1, 7, 24, 60, 500), SIDES, SIDES, (False, True))
]


def packed(name):
    return pack(shipped(name), name) | {"words": words()}


def test_a_row_is_imdb_pads(node):
    script = """
    import { pad } from "./numbers/batches.js";
    give(data.settings.map((rows) => data.ids.map((ids) => pad(ids, rows))));
    """
    ids = [list(range(1, count + 1)) for count in (0, 1, 6, 7, 8, 40)]
    for rows, found in zip(SETTINGS, node(script, {"ids": ids, "settings": SETTINGS}), strict=True):
        expected = imdb.pad(ids, *(rows[name] for name in ("maxlen", "padding", "truncating")))
        assert found == expected.tolist()


ANSWERS = """
import { answering } from "./numbers/rows.js";
const answers = answering(data.models);
give(data.asked.map(answers));
"""


@pytest.mark.parametrize("name", names())
def test_the_answers_along_a_row_are_numpys(node, name, last_lines):
    network, handed = shipped(name), {"maxlen": 60, "padding": "post", "truncating": "post", "mask": True}
    asked = [{"ids": ids, "rows": rows} for ids in IDS for rows in SETTINGS]
    found = node(ANSWERS, {"models": [{"pack": packed(name), "handed": handed}], "asked": asked})
    worst = 0
    for (answer,), one in zip(found, asked, strict=True):
        expected = read(network, one["ids"], **one["rows"])
        trained = read(network, one["ids"], **handed)[-1]
        assert len(answer["p"]) == one["rows"]["maxlen"]
        worst = max(worst, np.abs(expected - answer["p"]).max(), abs(answer["trained"] - trained))
    last_lines.append(f"rows.js: P(positive) along {len(asked)} rows, {name}, NumPy in float64 {worst:.1e}")
    assert worst < EXACT


def test_numpys_rows_are_the_networks():
    """`read` against the network's own ways: zeros in front, and under a mask."""
    network = shipped("lstm_32")
    masked = Network(Embedding(network.embedding.table, mask_zero=True), network.cell, network.dense)
    for ids in IDS[1:]:
        for padding, truncating in product(SIDES, SIDES):
            ends = {"padding": padding, "truncating": truncating}
            row = imdb.pad([ids], 500, **ends)
            alone = read(network, ids, 500, **ends, mask=False)
            assert alone[-1] == pytest.approx(network(row)[0], abs=EXACT)
            skipped = read(network, ids, 500, **ends, mask=True)
            assert skipped[-1] == pytest.approx(masked(row)[0], abs=EXACT)
            assert abs(skipped[-1] - alone[-1]) > 1e-6 or not (row == 0).any()
    bias = sigmoid(network.dense.bias)[0]
    before = read(network, IDS[1], 500, "pre", "pre", mask=True)
    assert (before[: -len(IDS[1])] == bias).all() and before[-1] != bias  # the state that every row starts from


def test_which_rows_are_the_same_is_what_the_cell_gets(node):
    script = """
    import { same } from "./numbers/rows.js";
    give(data.asked.map(([count, one, other]) => same(count, one, other)));
    """
    asked = [(count, one, other) for count in (1, 7, 30) for one in SETTINGS[::3] for other in SETTINGS]
    found = node(script, {"asked": asked})
    for (count, one, other), said in zip(asked, found, strict=True):
        got = [fed(count, **rows) for rows in (one, other)]
        assert said == (got[0] == got[1])
    assert 0 < sum(found) < len(found)


def fed(count, maxlen, padding, truncating, mask):
    """What the cell is given of `count` ids, by their numbers."""
    (row,) = imdb.pad([range(1, count + 1)], maxlen, padding, truncating).tolist()
    return [k for k in row if k or not mask]


def test_a_new_text_brings_new_answers_as_trained(node):
    name = "lstm_32"
    handed = {"maxlen": 500, "padding": "pre", "truncating": "pre", "mask": False}
    asked = [{"ids": ids, "rows": SETTINGS[0]} for ids in (IDS[1], IDS[3], IDS[1])]
    found = node(ANSWERS, {"models": [{"pack": packed(name), "handed": handed}], "asked": asked})
    expected = [read(shipped(name), one["ids"], **handed)[-1] for one in asked]
    assert [answer["trained"] for (answer,) in found] == pytest.approx(expected, abs=EXACT)
