"""What was counted over the test reviews: the reading, the comparison with drawn words, and the shipped result."""

import numpy as np
import pytest

from lstm_edu import facts, imdb, network, study
from lstm_edu.network import LENGTH, held, shipped
from lstm_edu.study import counting, word_groups
from lstm_edu.study.reading import batches, deaf, logits, side_by_side


@pytest.fixture(scope="module")
def net():
    return shipped("lstm_32", np.float32)


def reviews(lengths, seed=0):
    rng = np.random.default_rng(seed)
    return [np.r_[1, rng.integers(4, 10_000, n - 1)].astype(np.int32) for n in lengths]


ROWS = reviews([1, 7, 499, 12, 500, 300])


# reading


def test_rows_side_by_side_are_read_as_one_by_one_with_all_their_zeros(net):
    one_by_one = [net.cell(net.embedding(imdb.pad([row], LENGTH)))[0, -1] for row in ROWS]
    # float32, 500 steps in another order of sums: worst seen 4e-7
    assert np.abs(logits(net, ROWS) - net.logit(np.stack(one_by_one))).max() < 1e-5


def test_batches_hold_every_row_once():
    rows = reviews(np.random.default_rng(1).integers(1, 20, 601))
    found = batches(rows)
    assert sorted(np.concatenate(found).tolist()) == list(range(601)) and max(map(len, found)) <= 250
    lengths = [len(rows[k]) for k in np.concatenate(found)]
    assert lengths == sorted(lengths)


def test_without_the_loop_a_word_is_read_as_if_alone(net):
    cell = deaf(net.cell)
    f = cell.run(net.embedding(np.array([[9, 20, 30]]))).f[0]
    alone = [cell.run(net.embedding(np.array([[k]]))).f[0, 0] for k in (9, 20, 30)]
    assert np.abs(f - alone).max() < 1e-6


def test_another_cell_at_one_word_alone(net):
    """A row is held at the one step at which the word stands, and a row without it is not."""
    row, value = np.array([1, 20, 9, 30, 31]), 0.2
    other = held(net.cell, "f", value)
    hold = {"gate": "f", "unit": None, "step": 2, "value": value}
    by_hand = net.run(row[None], [hold]).logit[0, -1]
    rows = [*ROWS, row]
    found, plain = logits(net, rows, other, 9), logits(net, rows)
    assert found[-1] == pytest.approx(by_hand, abs=1e-6) and abs(found[-1] - plain[-1]) > 1e-3
    without = [9 not in one for one in ROWS]
    assert any(without) and np.abs(found - plain)[:-1][without].max() < 1e-6


# groups of words


def test_the_comparison_finds_what_is_there_and_nothing_else():
    """A made-up gate that moves at words of negation alone, by one standard deviation."""
    rng = np.random.default_rng(0)
    shift = rng.normal(0, 0.3, (10_000, 1, 32))
    shift[[word_groups.word_id(word) for word in word_groups.GROUPS["negation"]]] += 1
    count, positive = rng.integers(1_000, 9_000, 10_000), rng.uniform(0.3, 0.7, 10_000)
    found = word_groups.effects(shift, count, positive, rng)
    for kind in ("count", "positive"):
        reach = {name: (result[kind] >= result["effect"]).mean() for name, result in found.items()}
        assert reach["negation"] == 0 and min(reach["contrast"], reach["praise"], reach["scorn"]) > 0.01
    assert found["negation"]["effect"][0] == pytest.approx(1, abs=0.1)


def test_the_second_baseline_explains_what_sentiment_explains():
    """A made-up gate that does nothing but move with the share of positive reviews."""
    rng = np.random.default_rng(0)
    count, positive = np.full(10_000, 3_000), rng.uniform(0, 1, 10_000)
    words = [word_groups.word_id(word) for word in word_groups.GROUPS["scorn"]]
    positive[words] = 0.1
    shift = np.tile((positive - 0.5)[:, None, None], (1, 1, 4))
    found = word_groups.effects(shift, count, positive, rng)["scorn"]
    assert (found["count"] >= found["effect"]).mean() < 0.01 < (found["positive"] >= found["effect"]).mean()


# counting, on reviews made up for it


@pytest.fixture(scope="module")
def small():
    """What `count` says of 12 made-up reviews, and the reviews."""
    rows = reviews([3, 40, 260, 255, 270, 251, 300, 600, 9, 30, 31, 32], seed=2)
    no, good = word_groups.word_id("not"), word_groups.word_id("good")
    rows[1][5:7], rows[2][200:202] = (no, good), (no, good)
    tokens, lengths = np.concatenate(rows), [len(row) for row in rows]
    made_up = imdb.Reviews(tokens, np.cumsum([0, *lengths]), np.arange(12) % 2)
    lines = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(imdb, "load", lambda *_, **__: (None, made_up))
        patch.setattr(imdb, "fingerprint", lambda *_: "")
        patch.setattr(word_groups, "LEAST", 0)
        found = counting.count(report=lines.append)
    assert "gates" in lines[0] and lines[-1].startswith("#" * 40)
    return found, [row[-LENGTH:] for row in rows]


def first(found, *path):
    """What was counted of the first network."""
    for key in path:
        found = found[key]
    return np.array(found)[..., 0]


def traces(rows, net):
    """Each row alone, its zeros in front, all 500 steps: the trace and where its words begin."""
    for row in rows:
        yield net.cell.run(net.embedding(imdb.pad([row], LENGTH))), LENGTH - len(row), row


def test_half_lives_are_those_of_the_products(small, net):
    found, rows = small
    log_f = np.concatenate([np.log(trace.f[0, begin:]) for trace, begin, _ in traces(rows, net)])
    assert np.allclose(first(found, "forget", "half_life"), np.log(0.5) / log_f.mean(axis=0), atol=1e-4)
    assert first(found, "forget", "histogram").sum() == log_f.size == 32 * found["words"]


def test_what_not_adds_is_the_difference_to_leaving_it_out(small, net):
    found, rows = small
    added = []
    for row, at in ((rows[1], 5), (rows[2], 200)):
        ids = imdb.pad([row[: at + 2]], LENGTH)
        left_out = np.delete(ids, -2, axis=1)  # one step less: the zeros before the review are past their settling
        with_it, without = (net.cell(net.embedding(i))[0, -1] for i in (ids, left_out))
        added.append(net.logit(with_it) - net.logit(without))
    assert first(found, "before", "not", "good", "times") == 2
    assert first(found, "before", "not", "good", "mean") == pytest.approx(np.mean(added), abs=1e-3)


def test_shares_are_those_of_the_sums(small, net):
    found, rows = small
    cell, f, sizes = net.cell, slice(32, 64), []
    for trace, begin, row in traces(rows, net):
        word = net.embedding(row) @ cell.kernel[:, f]
        memory = trace.h[0, begin - 1 : -1] if begin else np.vstack([np.zeros((1, 32)), trace.h[0, :-1]])
        bias = np.broadcast_to(cell.bias[f], word.shape)
        sizes.append(np.abs([word, memory @ cell.recurrent_kernel[:, f], bias]).mean(axis=2))  # (3, words)
    sizes = np.concatenate(sizes, axis=1)
    assert np.allclose(first(found, "shares", "f", "all", "size"), sizes.mean(axis=1, dtype=float), atol=2e-4)
    largest = [(sizes.argmax(axis=0) == k).mean() for k in range(3)]
    assert np.allclose(first(found, "shares", "f", "all", "largest"), largest, atol=2e-3)


def test_a_word_alone_is_what_the_traces_say_of_it(small, net):
    found, rows = small
    [of_word], f, before, after = [word_groups.word_id("not")], [], [], []
    for trace, begin, row in traces(rows, net):
        logit = net.logit(trace.h[0])
        for t in begin + np.flatnonzero(row == of_word):
            f.append(trace.f[0, t].mean())
            before.append(logit[t - 1])
            after.append(logit[t])
    assert first(found, "singly", "not", "times") == len(f) >= 2
    assert len(found["singly"]["not"]["like"]) == word_groups.NEAREST
    assert first(found, "singly", "not", "f") == pytest.approx(np.mean(f), abs=2e-4)
    assert first(found, "singly", "not", "slope") == pytest.approx(np.polyfit(before, after, 1)[0], abs=2e-3)
    at = found["frequent"]["words"].index("not")
    assert found["frequent"]["f"][at] == found["singly"]["not"]["f"]
    assert found["frequent"]["kick"][at][0] == pytest.approx(np.mean(np.subtract(after, before)), abs=2e-3)


def test_accuracies_and_correlations_are_whole(small, net):
    found, rows = small
    labels = np.arange(12) % 2
    accuracy, short = (((logits(net, read) > 0) == labels).mean() for read in (rows, [row[-200:] for row in rows]))
    assert first(found, "accuracy", "plain").tolist() == [round(accuracy, 6), 0, 0]
    assert first(found, "accuracy", "last_200")[0] == pytest.approx(short, abs=1e-6)
    two = net, shipped("lstm_32-seed2", np.float32)
    c = [np.concatenate([trace.c[0, begin:] for trace, begin, _ in traces(rows, one)]) for one in two]
    expected = np.corrcoef(c[0].T, c[1].T)[:32, 32:]
    assert np.abs(np.array(found["units"]["seeds_1_2"]) - expected).max() < 0.006  # two digits
    answers = np.concatenate([net.logit(trace.h[0, begin:]) for trace, begin, _ in traces(rows, net)])
    strongest = np.abs(np.corrcoef(np.column_stack([c[0], answers]).T)[-1, :-1]).max()
    assert strongest <= found["units"]["answer"][-1] + 1e-4  # the largest of five models


def test_what_is_left_after_some_words(small):
    found, rows = small
    reviews, loop, belt = (np.array(found["memory"][name]) for name in ("reviews", "loop", "belt"))
    assert (reviews == sum(len(row) >= 250 for row in rows)).all() and reviews.shape == (5,)
    assert (loop[0] == 1).all() and (belt[0] == 1).all() and loop.shape == belt.shape == (101, 5)
    assert (np.diff(belt, axis=0) <= 0).all()


# the shipped result


def test_the_shipped_result_is_of_the_shipped_networks_and_all_reviews():
    found, data = study.result(), imdb.statistics()
    assert found["data_sha256"] == data["data_sha256"] and found["reviews"] == data["test"]["reviews"]
    assert found["words"] == data["test"]["kept"]["500"]["tokens"]
    assert found["models"] == [name for name in network.names() if network.card(name)["recipe"] == "lstm_32"]
    cards = [network.card(name) for name in found["models"]]
    assert [card["seed"] for card in cards] == found["seeds"]
    # a review within float32's rounding of one half may fall on the other side
    of_keras = [card["quantised"]["test_accuracy"] for card in cards]
    assert np.abs(study.of("accuracy", "plain")[0] - of_keras).max() <= 2 / found["reviews"]


def test_its_facts_follow_from_it():
    assert facts.number("study.lost.shuffled.mean") == pytest.approx(-study.of("accuracy", "shuffled")[1].mean())
    assert facts.number("study.accuracy.f_mean_but_changes.seed2") == study.of("accuracy", "f_mean_but_changes")[0, 1]
    half_lives = study.of("forget", "half_life")
    assert facts.fact("study.half_life.belt.seed1") == f"{np.median(half_lives[:, 0]):.1f}"
    assert facts.number("study.half_life.ratio.seed5") == pytest.approx(
        study.of("memory", "half_life")[4] / np.median(half_lives[:, 4])
    )
    assert not {"study.lost.plain.mean", "study.lost.shuffled_changes.mean"} & set(facts.keys())


@pytest.mark.parametrize("path", [("accuracy", "f_half"), ("accuracy",), ("nothing",), ()])
def test_a_path_that_leads_nowhere_says_how_it_could_go_on(path):
    with pytest.raises(ValueError, match=r"path: expected \(.*\) and then one of .*(f_mean|shares)"):
        study.of(*path)


@pytest.mark.data
def test_a_part_of_it_is_found_again(net):
    """2,000 of the 25,000 test reviews have nearly the half-lives of all."""
    _, test = imdb.load(num_words=10_000)
    rows = [review[-LENGTH:] for review in test[:2_000]]
    log_f = []
    for which in batches(rows):
        ids = side_by_side([rows[k] for k in which])
        log_f.append(np.log(net.run(ids).trace.f[ids != 0]))
    found = np.log(0.5) / np.concatenate(log_f).mean(axis=0, dtype=float)
    assert np.abs(found - study.of("forget", "half_life")[:, 0]).max() < 0.05  # seen 0.024
