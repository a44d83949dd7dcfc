"""What chance can have done: by hand, against a bootstrap, and on made-up recipes whose truth is known."""

import json
from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import runs
from lstm_edu.runs import chance, records


def written(folder, *many):
    folder.mkdir(exist_ok=True)
    for one in many:
        (folder / f"{one.stem}.json").write_text(one.to_json())
    return folder


def test_an_accuracy_by_hand(folder):
    found = runs.accuracy("first", folder)  # 6 and 8 of 8
    assert found.mean == 0.875 and found.accuracies.tolist() == [0.75, 1]
    assert found.deviation == pytest.approx(0.25 / np.sqrt(2))
    assert found.seeds == pytest.approx(12.706 * 0.125, rel=1e-4)  # t of one degree of freedom
    by_example = np.array([1, 1, 1, 1, 1, 1, 0.5, 0.5])
    assert found.examples == pytest.approx(2.3646 * by_example.std(ddof=1) / np.sqrt(8), rel=1e-4)
    assert found.both == pytest.approx(np.hypot(found.seeds, found.examples))
    assert found.disagreement == 2 / 8


def test_a_difference_by_hand(folder):
    """All runs of each: the third of `second` as well, which answers nothing right."""
    found = runs.difference("first", "second", folder)
    first, second = np.array([6, 8]) / 8, np.array([4, 7, 0]) / 8
    assert found.mean == pytest.approx(first.mean() - second.mean()) and found.runs == (2, 3)
    assert (found.above, found.pairs) == (5, 6)  # 6 > 4, 6 < 7, 6 > 0, and 8 > all
    va, vb = first.var(ddof=1) / 2, second.var(ddof=1) / 3
    df = (va + vb) ** 2 / (va**2 / 1 + vb**2 / 2)
    assert found.seeds == pytest.approx(chance.t(0.95, df) * np.sqrt(va + vb))
    pairs = [
        np.mean(a.correct != b.correct) for a in records.load("first", folder) for b in records.load("second", folder)
    ]
    assert found.disagreement == pytest.approx(np.mean(pairs))
    assert found.both == pytest.approx(np.hypot(found.seeds, found.examples))
    assert (found.low, found.high) == (found.mean - found.both, found.mean + found.both)
    back = runs.difference("second", "first", folder)
    assert (back.mean, back.above, back.both) == pytest.approx((-found.mean, 1, found.both))


def test_a_mean_over_seeds_by_hand():
    found, half = runs.mean([1.0, 2.0, 3.0])
    assert found == 2 and half == pytest.approx(4.303 / np.sqrt(3), rel=1e-3)  # t of 2 degrees of freedom; deviation 1
    for values in ([1.0], [[1.0, 2.0]], 1.0):
        with pytest.raises(ValueError, match="values: expected one for each of at least two runs, got shape"):
            runs.mean(values)


def test_a_gap_over_seeds_is_welchs():
    from scipy import stats

    one, two = [0.88, 0.871, 0.894, 0.86, 0.9], [0.81, 0.85, 0.74]
    low, high = stats.ttest_ind(one, two, equal_var=False).confidence_interval()
    found, half = runs.gap(one, two)
    assert found == pytest.approx(np.mean(one) - np.mean(two))
    assert (found - half, found + half) == pytest.approx((low, high), rel=1e-4)
    assert runs.gap([1, 1], [0, 0]) == (1, 0)  # no run differs from the next: no chance
    with pytest.raises(ValueError, match="others: expected one for each of at least two runs, got shape"):
        runs.gap(one, [0.9])


def test_t_is_that_of_the_tables():
    for degrees, expected in {1: 12.706, 2: 4.303, 4: 2.776, 9: 2.262, 30: 2.042, 24_999: 1.960, np.inf: 1.960}.items():
        assert chance.t(0.95, degrees) == pytest.approx(expected, abs=6e-4)
    assert chance.t(0.99, 4) == pytest.approx(4.604, abs=6e-4)
    for degrees in (1, 2.5, 40):
        source = (0.09, degrees)  # 0.3 of standard error
        assert chance.beyond(chance.half(source), source) == pytest.approx(0.05, abs=1e-6)
        assert chance.beyond(chance.half(source, share=0.99), source) == pytest.approx(0.01, abs=1e-6)
    assert chance.beyond(0.0, (0.01, 3)) == 1 and chance.beyond(0.1, (0.0, 3)) < 1e-9


@pytest.fixture(scope="module")
def lottery(made):
    """lottery(rng, name, truth, seeds, hard): records of a recipe whose accuracy, over all seeds and all examples, is
    the truth: each run is off by a point or so, each example is easy or hard for both recipes alike.
    """

    def play(rng, name, truth, seeds, hard, spread=0.01):
        found = []
        for seed in range(seeds):
            right = rng.random(len(hard)) < truth + hard + rng.normal(0, spread)
            found.append(made(name, seed, right))
        return found

    return play


@pytest.mark.parametrize("seeds", [3, 5, 10])
def test_the_interval_over_both_holds_the_truth(seeds, lottery):
    """Of 300 made-up comparisons of two recipes that are 2 points apart, in 95% or more it is in the interval."""
    rng, inside, over_examples = np.random.default_rng(seeds), 0, 0
    for _ in range(300):
        hard = rng.uniform(-0.1, 0.1, 4_000)
        one, two = (chance.Answers(lottery(rng, "made", truth, seeds, hard)) for truth in (0.86, 0.84))
        found = chance.compared(one, two)
        inside += found.low <= 0.02 <= found.high
        over_examples += abs(found.mean - 0.02) <= found.examples
    assert inside / 300 > 0.93  # standard error 0.013
    assert over_examples / 300 < 0.8  # an interval that knows nothing of the seeds promises too much


def test_the_bootstrap_agrees_where_runs_are_many(lottery, tmp_path):
    rng = np.random.default_rng(0)
    hard = rng.uniform(-0.1, 0.1, 8_000)
    many = [lottery(rng, name, truth, 40, hard, spread=0.03) for name, truth in (("one", 0.86), ("two", 0.85))]
    folder = written(tmp_path / "runs", *sum(many, []))
    found, again = runs.difference("one", "two", folder), runs.resampled("one", "two", folder)
    assert again.shape == (chance.DRAWS,) and again.mean() == pytest.approx(found.mean, abs=6e-4)
    assert 1.99 * again.std() == pytest.approx(found.both, rel=0.07)  # t of 78; 1,000 draws are off by 2.2%
    assert (again == runs.resampled("one", "two", folder)).all()


def test_a_run_that_no_seed_changes_is_enough(made, tmp_path):
    alone = made("alone", 1, [1, 1, 1, 0, 1, 0, 1, 1], trainer="scikit")
    others = [made("others", seed, [1, 0, 1, 0, 1, 0, 1, seed > 1]) for seed in (1, 2)]
    folder = written(tmp_path / "runs", alone, *others)
    assert runs.accuracy("alone", folder).seeds == 0 and runs.accuracy("alone", folder).disagreement == 0
    found = runs.difference("alone", "others", folder)
    assert found.seeds == pytest.approx(runs.accuracy("others", folder).seeds) and found.pairs == 2
    written(folder, replace(alone, recipe="one", trainer="numpy"))
    with pytest.raises(ValueError, match="runs: expected at least two of one, got one"):
        runs.accuracy("one", folder)


def test_other_examples_and_no_answers_are_not_compared(made, tmp_path):
    first = [made("first", seed, [1, 0]) for seed in (1, 2)]
    other = [made("other", seed, [1, 0], data={"name": "others", "sha256": ""}) for seed in (1, 2)]
    none = [made("none", seed, [1, 0], right="") for seed in (1, 2)]
    folder = written(tmp_path / "runs", *first, *other, *none)
    with pytest.raises(ValueError, match="recipes: expected the same data, got .*made_up.* and .*others"):
        runs.difference("first", "other", folder)
    with pytest.raises(ValueError, match="runs: expected answers to the same examples, right or wrong, got none's"):
        runs.difference("first", "none", folder)


def test_holm_by_hand():
    # 0.01 * 4, 0.02 * 3, 0.03 * 2, 0.4: none may be smaller than the one before it
    assert chance.holm([0.03, 0.01, 0.4, 0.02]) == pytest.approx([0.06, 0.04, 0.4, 0.06])
    assert chance.holm([0.9, 0.8]) == [1.0, 1.0] and chance.holm([0.2]) == [0.2]


def test_among_many_that_do_not_differ_few_are_said_to(lottery):
    """Ten recipes of one truth, each beside the first: of nine, one or more has p < 0.05 by chance in every fifth
    family or so; by Holm in one of twenty.
    """
    rng, alone, together = np.random.default_rng(3), 0, 0
    for _ in range(100):
        hard = rng.uniform(-0.1, 0.1, 2_000)
        first, *others = (chance.Answers(lottery(rng, "made", 0.85, 5, hard, spread=0.03)) for _ in range(10))
        ps = [chance.compared(first, other).p for other in others]
        alone += min(ps) < 0.05
        together += min(chance.holm(ps)) < 0.05
    assert alone > 12 and together <= 8, (alone, together)  # of 100 families; 9 or more of 5 expected: once in fifteen


def test_a_difference_that_is_there_is_found_in_a_family(made, tmp_path):
    right = np.arange(4_000) % 10 < 8
    runs_ = [made("good", seed, right | (np.arange(4_000) < 700 + 20 * seed)) for seed in range(5)]
    runs_ += [made("plain", seed, right ^ (np.arange(4_000) < 20 * seed)) for seed in range(5)]
    runs_ += [made("other", seed, right ^ (np.arange(4_000) < 5 + 20 * seed)) for seed in range(5)]
    folder = written(tmp_path / "runs", *runs_)
    found = runs.family([("good", "plain"), ("other", "plain")], folder)
    assert found["good", "plain"].differs and not found["other", "plain"].differs
    assert found["good", "plain"].difference.mean > 0.02


def test_the_shipped_runs_say_what_was_counted_by_hand():
    lstm, bag = (np.stack([run.correct for run in records.load(name)]) for name in ("lstm_32", "bag_of_words"))
    found = runs.difference("bag_of_words", "lstm_32")
    assert found.mean == pytest.approx(bag.mean() - lstm.mean())
    assert found.disagreement == pytest.approx(np.mean([(a != b).mean() for a in bag for b in lstm]))
    own = [(lstm[a] != lstm[b]).mean() for a in range(len(lstm)) for b in range(a)]
    assert runs.accuracy("lstm_32").disagreement == pytest.approx(np.mean(own))
    assert json.dumps([found.mean, found.both, found.p, found.above, found.pairs])  # plain numbers
