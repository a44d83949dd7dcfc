"""What is asked about words and about cuts, on networks small enough for a slow computation."""

from types import SimpleNamespace

import numpy as np
import pytest

from lstm_edu import LSTMCell, imdb
from lstm_edu.network import Dense, Embedding, Network, held
from lstm_edu.study import but, lent, pairs
from lstm_edu.study.accuracy import compared
from lstm_edu.study.units import Units
from lstm_edu.study.word_groups import word_id

WORDS, LENGTH = 10_000, 40


@pytest.fixture(scope="module")
def net():
    rng = np.random.default_rng(0)
    cell = LSTMCell(rng.normal(size=(2, 12)), rng.normal(size=(3, 12)), rng.normal(size=12))
    return Network(Embedding(rng.normal(size=(WORDS, 2))), cell, Dense(rng.normal(size=(3, 1))), LENGTH)


def reviews(lengths, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.integers(4, WORDS, n) for n in lengths]


def read(net, row):
    """The logit of one row, its zeros in front."""
    return net.logit(net.cell(net.embedding(imdb.pad([row], LENGTH)))[0, -1])


def test_pairs_are_whole_readings_of_the_same_beginnings(net):
    heads = pairs.beginnings(reviews([5, 9, 20, 30]))
    assert len(heads) == 4 and all(len(head) for head in heads)
    found = pairs.pairs(net, heads)["not"]
    ids = {word: word_id(word) for word in ("not", "bad", "good")}
    # one step less: the zeros in front are past their settling, so their number does not count
    added = {
        word: np.array([read(net, [*head, ids["not"], ids[word]]) - read(net, [*head, ids[word]]) for head in heads])
        for word in ("bad", "good")
    }
    assert found["bad"]["mean"] == pytest.approx(added["bad"].mean(), abs=1e-3)
    assert found["bad"]["more"] == pytest.approx((added["bad"] - added["good"]).mean(), abs=1e-3)
    assert found["bad"]["less"] == pytest.approx(1 - added["bad"].mean() / added["good"].mean(), abs=5e-3)


def test_what_is_gone_with_a_gate_deaf_at_but(net):
    rows = reviews([9, 12, 20, 15])
    for row in rows[:3]:
        row[5] = word_id("but")
    where = but.places(rows)
    assert sorted(zip(*where.tolist(), strict=True)) == [(0, 5), (1, 5), (2, 5)]
    mean_word = np.array([0.2, -0.4])
    found = but.but(net, rows, where, mean_word)
    sizes = {part: np.zeros(2) for part in ("", *"ifgo", "ifgo")}
    for row in rows[:3]:
        trace = net.cell.run(net.embedding(imdb.pad([row[:5]], LENGTH)))
        means = dict(zip(net.cell.parts, net.cell.turn(mean_word[None], *trace.state), strict=True))
        for deaf in sizes:
            cell = net.cell
            for part in deaf:
                cell = held(cell, part, means[part][0])
            state = cell.step(net.embedding(row[5:6]), trace.state)
            later = net.cell.run(net.embedding(row[None, 6:9]), state).state
            sizes[deaf] += [abs(net.logit(one[0])[0]) / 3 for one in (state, later)]
    dip = sizes["ifgo"] - sizes[""]
    assert found["times"] == 3 and np.allclose(found["dip"], dip, atol=1e-4)
    for part in "ifgo":
        assert np.allclose(found["gone"][part], (sizes[part] - sizes[""]) / dip, atol=1e-3)


def test_gates_are_lent_by_the_review_before_it(net):
    rows = reviews([20, 20, 20])
    trace = net.run(np.stack(rows)).trace
    found = lent.lent(net, rows, {"gates": "fo", "nothing": ""})
    for k in range(3):
        h, c = (part[k : k + 1] for part in trace.initial_state)
        for t in range(20):
            i, _, g, *_ = net.cell.turn(net.embedding(rows[k][t : t + 1]), h, c)
            c = trace.f[k - 1, t] * c + i * g
            h = trace.o[k - 1, t] * np.tanh(c)
        assert found["gates"][k] == pytest.approx(net.logit(h)[0], abs=1e-5)
    assert np.allclose(found["nothing"], net.logit(trace.h[:, -1]), atol=1e-5)


def test_a_shift_of_all_logits_costs_accuracy_and_nothing_at_the_median():
    plain = np.linspace(-1, 1, 11)
    labels = plain > 0
    found = compared("shifted", plain + 0.5, plain, labels)
    assert found["shifted"][:2] == pytest.approx([8 / 11, -3 / 11], abs=1e-6)  # -0.4, -0.2 and 0 are positive now
    assert found["shifted_changes"] == pytest.approx([3 / 11], abs=1e-6)
    assert found["shifted_median"][:2] == [1, 0] and found["shifted_median_changes"] == [0]
    assert found["shifted_auc"] == [1, 0]


def test_belts_that_are_others_turned_have_all_their_directions_in_common():
    rng = np.random.default_rng(0)
    units, turn = Units(2, 4), np.linalg.qr(rng.normal(size=(4, 4)))[0]
    scale = np.array([4, 2, 1, 0.5])
    for _ in range(3):
        belts = rng.normal(size=(50, 20, 4)) * scale
        for c in (belts, belts @ turn):
            units.add(
                SimpleNamespace(
                    trace=SimpleNamespace(c=c),
                    run=SimpleNamespace(logit=belts[..., 0] + belts[..., 1]),
                    real=np.ones((50, 20), bool),
                )
            )
    found = units.result()
    assert np.allclose(found["canonical"]["least"], 1, atol=1e-4) and max(found["canonical"]["apart"]) < 0.1
    assert np.allclose(np.square(found["canonical"]["answer"]).sum(axis=0), 1, atol=1e-3)  # the logit is one of them
    axes = np.array(found["axes"])  # (2, H, S)
    assert np.allclose(axes[..., 0], np.eye(4)[:2], atol=0.1)  # 3,000 draws: worst seen 0.02
    assert np.allclose(axes[..., 1], axes[..., 0] @ turn, atol=1e-3)
