"""What was counted over the test reviews: the reading, the comparison with drawn words, and the shipped result."""

import json

import numpy as np
import pytest

from lstm_edu import facts, imdb, network, runs
from lstm_edu.runs import __main__ as commands
from lstm_edu.study import counted, word_groups
from lstm_edu.study.reading import LENGTH, Reader, batches, held, without_loop


@pytest.fixture(scope="module")
def reader():
    return Reader("lstm_32")


def reviews(lengths, seed=0):
    rng = np.random.default_rng(seed)
    return [np.r_[1, rng.integers(4, 10_000, n - 1)].astype(np.int32) for n in lengths]


ROWS = reviews([1, 7, 499, 12, 500, 300])


# reading


def test_rows_side_by_side_are_read_as_one_by_one_with_all_their_zeros(reader):
    one_by_one = [reader.cell(reader.embedding[imdb.pad([row], LENGTH)])[0, -1] for row in ROWS]
    # float32, 500 steps in another order of sums: worst seen 4e-7
    assert np.abs(reader.logits(ROWS) - reader.logit(np.stack(one_by_one))).max() < 1e-5


def test_batches_hold_every_row_once():
    rows = reviews(np.random.default_rng(1).integers(1, 20, 601))
    found = batches(rows)
    assert sorted(np.concatenate(found).tolist()) == list(range(601)) and max(map(len, found)) <= 250
    lengths = [len(rows[k]) for k in np.concatenate(found)]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize("part", "ifgo")
@pytest.mark.parametrize("value", [0, 0.3, 1])
def test_a_held_part_has_its_value_and_the_others_look_as_before(part, value, reader):
    x, state, mask = reader.arguments(ROWS)
    before, after = reader.cell.run(x, state, mask), held(reader.cell, part, value).run(x, state, mask)
    assert np.abs(getattr(after, part) - value).max() < 1e-6
    for other in set("ifgo") - {part}:
        # at the first word nothing has gone round the loop yet
        first = mask.argmax(axis=1)
        rows = np.arange(len(ROWS))
        assert np.abs(getattr(after, other)[rows, first] - getattr(before, other)[rows, first]).max() < 1e-6
    assert np.abs(after.h[:, -1] - before.h[:, -1]).max() > 1e-3


def test_without_the_loop_a_word_is_read_as_if_alone(reader):
    cell = without_loop(reader.cell)
    f = cell.run(reader.embedding[np.array([[9, 20, 30]])]).f[0]
    alone = [cell.run(reader.embedding[np.array([[k]])]).f[0, 0] for k in (9, 20, 30)]
    assert np.abs(f - alone).max() < 1e-6


def test_another_cell_at_one_word_alone(reader):
    """A row cut in three at the word: before it the trained cell, at it the other, after it the trained one."""
    row, other = np.array([1, 20, 9, 30, 31]), held(reader.cell, "f", 0.2)
    start, x = tuple(part[[LENGTH - 5]] for part in reader.blank), reader.embedding[row[None]]
    state = other.step(x[:, 2], reader.cell.run(x[:, :2], start).state)
    by_hand = reader.logit(reader.cell.run(x[:, 3:], state).h[0, -1])
    rows = [*ROWS, row]
    found, plain = reader.logits(rows, other, 9), reader.logits(rows)
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
        found = counted.count(report=lines.append)
    assert "gates" in lines[0] and lines[-1].startswith("#" * 40)
    return found, [row[-LENGTH:] for row in rows]


def traces(rows, reader):
    """Each row alone, its zeros in front, all 500 steps: the trace and where its words begin."""
    for row in rows:
        yield reader.cell.run(reader.embedding[imdb.pad([row], LENGTH)]), LENGTH - len(row), row


def test_half_lives_are_those_of_the_products(small, reader):
    found, rows = small
    log_f = np.concatenate([np.log(trace.f[0, first:]) for trace, first, _ in traces(rows, reader)])
    assert np.allclose(found["forget"]["1"]["half_life"], np.log(0.5) / log_f.mean(axis=0), atol=1e-4)
    assert sum(found["forget"]["1"]["histogram"]) == log_f.size == 32 * found["words"]


def test_what_not_adds_is_the_difference_to_leaving_it_out(small, reader):
    found, rows = small
    added = []
    for row, first in ((rows[1], 5), (rows[2], 200)):
        ids = imdb.pad([row[: first + 2]], LENGTH)
        left_out = np.delete(ids, -2, axis=1)  # one step less: the zeros before the review are past their settling
        with_it, without = (reader.cell(reader.embedding[i])[0, -1] for i in (ids, left_out))
        added.append(reader.logit(with_it) - reader.logit(without))
    assert found["before"]["not"]["good"]["times"] == 2
    assert found["before"]["not"]["good"]["1"][0] == pytest.approx(np.mean(added), abs=1e-3)


def test_shares_are_those_of_the_sums(small, reader):
    found, rows = small
    cell, f, sizes = reader.cell, slice(32, 64), []
    for trace, first, row in traces(rows, reader):
        word = reader.embedding[row] @ cell.kernel[:, f]
        memory = trace.h[0, first - 1 : -1] if first else np.vstack([np.zeros((1, 32)), trace.h[0, :-1]])
        bias = np.broadcast_to(cell.bias[f], word.shape)
        sizes.append(np.abs([word, memory @ cell.recurrent_kernel[:, f], bias]).mean(axis=2))  # (3, words)
    sizes = np.concatenate(sizes, axis=1)
    assert np.allclose(found["shares"]["f"]["1"]["all"]["size"], sizes.mean(axis=1, dtype=float), atol=2e-4)
    largest = [(sizes.argmax(axis=0) == k).mean() for k in range(3)]
    assert np.allclose(found["shares"]["f"]["1"]["all"]["largest"], largest, atol=2e-3)


def test_a_word_alone_is_what_the_traces_say_of_it(small, reader):
    found, rows = small
    [of_word], f, before, after = [word_groups.word_id("not")], [], [], []
    for trace, first, row in traces(rows, reader):
        logits = reader.logit(trace.h[0])
        for t in first + np.flatnonzero(row == of_word):
            f.append(trace.f[0, t].mean())
            before.append(logits[t - 1])
            after.append(logits[t])
    one = found["singly"]["not"]
    assert one["times"] == len(f) >= 2 and len(one["like"]) == word_groups.NEAREST
    assert one["1"]["f"] == pytest.approx(np.mean(f), abs=2e-4)
    assert one["1"]["slope"] == pytest.approx(np.polyfit(before, after, 1)[0], abs=2e-3)


def test_accuracies_and_correlations_are_whole(small, reader):
    found, rows = small
    right = (reader.logits(rows) > 0) == np.arange(12) % 2
    assert found["accuracy"]["1"]["plain"] == [round(right.mean(), 6), 0, 0]
    assert found["accuracy"]["1"]["last_200"][0] == pytest.approx(
        ((reader.logits([row[-200:] for row in rows]) > 0) == np.arange(12) % 2).mean(), abs=1e-6
    )
    two = reader, Reader("lstm_32-seed2")
    c = [np.concatenate([trace.c[0, first:] for trace, first, _ in traces(rows, one)]) for one in two]
    expected = np.corrcoef(c[0].T, c[1].T)[:32, 32:]
    assert np.abs(np.array(found["units"]["seeds_1_2"]) - expected).max() < 0.006  # two digits
    logits = np.concatenate([reader.logit(trace.h[0, first:]) for trace, first, _ in traces(rows, reader)])
    strongest = np.abs(np.corrcoef(np.column_stack([c[0], logits]).T)[-1, :-1]).max()
    assert strongest <= found["units"]["answer"][-1] + 1e-4  # the largest of five models


def test_what_is_left_after_some_words(small, reader):
    found, rows = small
    memory = found["memory"]["1"]
    assert memory["reviews"] == sum(len(row) >= 250 for row in rows)
    assert memory["loop"][0] == memory["belt"][0] == 1 and len(memory["loop"]) == len(memory["belt"]) == 101
    assert all(np.diff(memory["belt"]) <= 0)


# the shipped result


def test_the_shipped_result_is_of_the_shipped_models_and_all_reviews():
    study, data = runs.study(), imdb.statistics()
    assert study["data_sha256"] == data["data_sha256"] and study["reviews"] == data["test"]["reviews"]
    assert study["words"] == data["test"]["kept"]["500"]["tokens"]
    assert study["models"] == network.names()
    for seed, name in zip(study["seeds"], study["models"], strict=True):
        card = network.card(name)
        assert card["seed"] == seed
        # a review within float32's rounding of one half may fall on the other side
        of_keras = card["quantised"]["test_accuracy"]
        assert abs(study["accuracy"][str(seed)]["plain"][0] - of_keras) <= 2 / study["reviews"]


def test_its_facts_follow_from_it():
    study = runs.study()
    assert counted._facts(study) == study["facts"]
    lost = [-study["accuracy"][str(seed)]["shuffled"][1] for seed in study["seeds"]]
    assert facts.number("study.lost.shuffled.mean") == pytest.approx(np.mean(lost))
    assert facts.fact("study.half_life.belt.seed1") == f"{np.median(study['forget']['1']['half_life']):.1f}"


def test_the_command_writes_where_it_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(counted, "count", lambda path, report: {"path": path})
    commands.main(["study", "--data", "there", "--into", str(tmp_path / "found.json")])
    assert json.loads((tmp_path / "found.json").read_text()) == {"path": "there"}
    assert "found.json" in capsys.readouterr().out


@pytest.mark.data
def test_a_part_of_it_is_found_again(reader):
    """2,000 of the 25,000 test reviews have nearly the half-lives of all."""
    _, test = imdb.load(num_words=10_000)
    rows = [review[-LENGTH:] for review in test[:2_000]]
    log_f = []
    for which in batches(rows):
        x, state, mask = reader.arguments([rows[k] for k in which])
        log_f.append(np.log(reader.cell.run(x, state, mask).f[mask]))
    found = np.log(0.5) / np.concatenate(log_f).mean(axis=0, dtype=float)
    assert np.abs(found - runs.study()["forget"]["1"]["half_life"]).max() < 0.05  # seen 0.024
