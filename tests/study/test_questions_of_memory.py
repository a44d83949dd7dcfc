"""What is asked about memory, on networks small enough for a slow computation, or for an answer known beforehand."""

from types import SimpleNamespace

import numpy as np
import pytest

from lstm_edu import LSTMCell
from lstm_edu.network import Dense, Embedding, Network, held
from lstm_edu.runs import in_numpy, recipe
from lstm_edu.study import carried, fading, fresh, memory, one_word, plane, rest, ways
from lstm_edu.study.memory import AFTER, BEFORE
from lstm_edu.study.reading import deaf
from lstm_edu.study.tangent import jacobian
from lstm_edu.study.word_groups import word_id

WORDS = 10_000


def network(H=3, seed=0, loop=1.0):
    rng = np.random.default_rng(seed)
    cell = LSTMCell(rng.normal(size=(2, 4 * H)), loop * rng.normal(size=(H, 4 * H)), rng.normal(size=4 * H))
    return Network(Embedding(rng.normal(size=(WORDS, 2))), cell, Dense(rng.normal(size=(H, 1))), 500)


def long_ones(reviews=6, seed=1):
    return np.random.default_rng(seed).integers(4, WORDS, (reviews, BEFORE + AFTER))


def test_a_difference_fades_by_the_forget_gate_where_nothing_hears_h():
    """f = 0.9 everywhere; differences so small that tanh(c) is c."""
    cell = LSTMCell(np.zeros((1, 4)), np.zeros((1, 4)), [0, np.log(9), 0, 0])
    net = Network(None, cell, Dense(np.ones((1, 1))))
    c, nothing = np.full((2, 1), 1e-6), np.zeros((2, 1))
    own = c / 2, c  # o = 1/2: what h is after a step with this belt
    left = fading.fading(net, np.zeros((2, 60, 1)), own, (nothing, nothing))
    assert np.allclose(left, 0.9 ** np.arange(61))
    # the line between the words 6 and 7 is above the curve: half is 0.013 of a word later
    assert fading.half_life(left) == pytest.approx(np.log(0.5) / np.log(0.9), abs=0.02)


def test_half_is_found_on_the_line_between_two_words_and_not_beyond_the_last():
    assert fading.half_life(np.array([1, 0.75, 0.25, 0.9])) == 1.5
    assert fading.half_life(np.array([1, 0.9, 0.8])) == 2


def test_each_way_is_the_trained_network_with_that_part_of_u_cut():
    net, ids = network(), long_ones()
    means = {part: np.full(3, 0.5) for part in "ifo"}
    found = ways.ways(net, ids, means)
    others = {
        name: deaf(net.cell, parts) for name, parts in (("deaf", "ifo"), ("no_candidate", "g"), ("no_loop", "ifgo"))
    }
    for name, cell in (others | {"no_belt": held(net.cell, "f", 0)}).items():
        h, logits = [], []
        for shift in (0, 1):
            state = net.cell.run(net.embedding(ids[:, :BEFORE])).state
            state = tuple(np.roll(part, shift, axis=0) for part in state)
            h = [state[0]]
            for t in range(BEFORE, BEFORE + AFTER):
                state = cell.step(net.embedding(ids[:, t]), state)
                h.append(state[0])
            logits.append(net.logit(np.array(h)))
        apart = np.abs(logits[0] - logits[1]).mean(axis=1)
        assert np.allclose(found[name]["left"], apart / apart[0], atol=6e-5)  # four digits are kept
    assert not np.allclose(found["gates_mean"]["left"], found["deaf"]["left"], atol=1e-2)


def test_the_slopes_of_a_step_are_those_of_nudged_states():
    net, rng = network(), np.random.default_rng(3)
    x, state = rng.normal(size=(1, 2)), rng.normal(size=6)
    step = lambda s: np.concatenate(net.cell.step(x, (s[None, :3], s[None, 3:])), axis=1)[0]  # noqa: E731
    measured = np.array([(step(state + n) - step(state - n)) / 2e-6 for n in 1e-6 * np.eye(6)]).T
    parts = dict(zip(net.cell.parts, net.cell.turn(x, state[None, :3], state[None, 3:]), strict=True))
    found = jacobian(net.cell, SimpleNamespace(c_prev=state[None, 3:], **parts))
    assert np.allclose(found, measured, atol=1e-8)  # central differences


@pytest.mark.parametrize(("cut", "nothing"), [("", ()), ("ifo", ("gates",)), ("g", ("candidate",))])
def test_what_is_cut_carries_nothing_and_all_ways_together_everything(cut, nothing):
    net = network()
    shares = carried.carried(Network(net.embedding, deaf(net.cell, cut), net.dense, 500), long_ones())
    assert sum(shares.values()) == pytest.approx(1, abs=2e-4)  # four digits are kept
    assert {way for way, share in shares.items() if share == 0} == set(nothing)


def test_one_word_is_the_difference_of_two_whole_readings():
    net, ids = network(), long_ones()
    ids[ids < 2_000] += 2_000  # no word of praise or scorn but this one
    ids[:, 60], mean_word = word_id("great"), np.array([0.3, -0.2])
    where = one_word.places(ids)
    reviews, at = where["telling"]
    assert reviews.tolist() == list(range(6)) and set(at) == {60}
    assert ((where["any"][1] >= one_word.SINCE) & (where["any"][1] < BEFORE)).all()
    found = one_word.one_word(net, ids, mean_word, where)["telling"]
    x = net.embedding(ids)
    swapped, out = x.copy(), np.delete(x, 60, axis=1)
    swapped[:, 60] = mean_word
    logit, other, without = (net.logit(net.cell(one)) for one in (x, swapped, out))
    for how, apart in (("mean", logit - other), ("out", logit[:, 1:] - without)):
        start = 60 if how == "mean" else 59
        apart = np.abs(apart[:, start : start + AFTER + 1]).mean(axis=0)
        assert np.allclose(found[how]["left"], apart / apart[0], atol=6e-5)
    assert found["times"] == 6


def test_without_a_loop_there_is_one_resting_place_and_the_slowest_unit_decides():
    net = network(loop=0)
    word = np.array([0.4, -0.1])
    found = rest.rest(net, long_ones(), {"word": word})["word"]
    i, f, g, o, *_ = net.cell.turn(word[None], np.zeros((1, 3)), np.zeros((1, 3)))
    c = (i * g / (1 - f))[0]  # c = f c + i g
    assert found["places"] == 1 and found["share"] == [1, 1]
    assert found["logit"][0] == pytest.approx(net.logit(o[0] * np.tanh(c)), abs=1e-4)
    assert np.allclose(found["state"][0], [*(o[0] * np.tanh(c)), *c], atol=1e-4)
    assert found["eigenvalue"] == pytest.approx([f.max()] * 2, abs=1e-4)
    assert found["half_life"] == pytest.approx([np.log(0.5) / np.log(f.max())] * 2, abs=1e-3)


def test_a_unit_that_feeds_itself_has_two_resting_places_on_either_side():
    """h goes round through g, strongly: what is above 0 stays above, what is below stays below."""
    U = np.array([[0, 0, 5.0, 0]])
    cell = LSTMCell(np.array([[0, 0, 1.0, 0]]), U, np.zeros(4))
    net = Network(Embedding(np.random.default_rng(0).normal(size=(WORDS, 1))), cell, Dense(np.ones((1, 1))), 500)
    found = rest.rest(net, long_ones(20), {"nothing": np.zeros(1)})["nothing"]
    assert found["places"] == 2 and found["swap"] == AFTER
    assert found["logit"][0] == pytest.approx(-found["logit"][1], abs=1e-4) and found["logit"][1] > 0.1
    assert sum(found["share"]) == 1
    for write, read in zip(found["write"], found["read"], strict=True):
        assert write[0] == pytest.approx(1, abs=1e-3) and np.dot(write, read) == pytest.approx(1, abs=1e-2)
    assert set(found["kick"]) == set(rest.WORDS)


def test_the_plane_is_where_the_belts_are_along_its_axes():
    net = network()
    labels = np.array([True, False, True, False, True])
    length = 1 + plane.WORDS[-1]
    rows = [[1, *np.random.default_rng(k).integers(4, WORDS, length - (k != 3))] for k in range(5)]
    rows[2] = rows[2][:-1]  # too short by one
    rows[4][0] = 7  # it lost its start token
    ids, liked = plane.readers(rows, labels)
    assert ids.shape == (3, length) and liked.tolist() == [True, False, False] and (ids[:, 0] == 1).all()
    c, axes, mean = net.run(ids).trace.c, np.eye(3)[:2], np.array([0.1, 0.2, 0.3])
    word = np.array([0.2, -0.1])
    found = plane.plane(net, ids, axes, mean, word, np.ones((2, 6)))
    sign = np.sign((c[:, 0, 1] - mean[1]).mean())  # they come from above
    looked_at = c[:, list(plane.WORDS), :2].swapaxes(0, 1) - mean[:2]
    assert np.allclose(found["places"], looked_at * [1, sign], atol=6e-3) and found["places"][0][0][1] > 0
    moves = c.reshape(-1, 3).var(axis=0)
    assert found["share"] == pytest.approx(moves[:2] / moves.sum(), abs=1e-4)
    assert np.allclose(found["resting"], [(1 - mean[:2]) * [1, sign]] * 2)
    last = net.run(ids).trace.h[:, -1], c[:, -1]
    moved = net.logit(net.cell.step(np.tile(word, (3, 1)), last)[0]) - net.logit(last[0])
    assert found["drift"][1] == pytest.approx(np.median(np.abs(moved)), abs=1e-4)
    logit = net.logit(net.cell.run(net.embedding(ids), net.ready(ids)[1]).h)
    assert found["answer"][1] == pytest.approx(sign * np.corrcoef(c[..., 1].ravel(), logit.ravel())[0, 1], abs=1e-3)


def test_an_untrained_network_is_the_one_that_the_recipe_starts_from():
    ids = long_ones(reviews=2)
    started = in_numpy.build(recipe("lstm_32"), np.random.default_rng(3))
    assert fresh.fresh("lstm_32", 3, ids)["half_life"] == memory.memory(started, ids)["half_life"]
