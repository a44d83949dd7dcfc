"""The answers of chapter 10's questions, computed."""

import numpy as np

from lstm_edu import runs

from .shared import Computed, computes, true_by_number


def of_seeds(*path):
    """What was counted, (5, ...): `path` leads to the place where a seed is the next key."""
    found = runs.study()
    for key in path:
        found = found[key]
    return [found[str(seed)] for seed in runs.study()["seeds"]]


def lost(name):
    """Points of accuracy, (5,)."""
    return -100 * np.array([of_seed[name][1] for of_seed in of_seeds("accuracy")])


@computes("watch-sum")
def watch_sum():
    word, memory, bias = np.mean([one["all"]["size"] for one in of_seeds("shares", "f")], axis=0)
    assert word < memory and 0.15 < memory / bias < 0.25  # "about a fifth of the largest"
    leads = [one[kind]["largest"][2] for one in of_seeds("shares", "f") for kind in ("all", "telling")]
    assert min(leads) > 0.9999  # "at practically every word, in each of the five networks"
    telling = np.array([one["telling"]["largest"] for one in of_seeds("shares", "g")])
    assert telling[:, 0].min() > 0.5  # in the candidate the word leads "at words that tell"
    sizes = {"word": word, "memory": memory, "bias": bias}
    return {name: size == max(sizes.values()) for name, size in sizes.items()}


@computes("watch-half")
def watch_half():
    found = np.median([one["half_life"] for one in of_seeds("forget")])
    right = true_by_number(found, {"2": 2, "20": 20, "200": 200})
    return Computed(right, told=[0.5 ** (1 / 200)])


@computes("watch-way")
def watch_way():
    left = max(one["belt"][10] for one in of_seeds("memory"))
    assert max(one["belt"][30] for one in of_seeds("memory")) < 0.0015  # "about one in a thousand"
    cut = lost("no_loop").min()
    return {
        "belt": left > 0.1,
        "h": left < 0.1 and cut > 10,
        "embedding": False,
    }


@computes("watch-hold")
def watch_hold():
    costs = {part: lost(f"{part}_mean") for part in "ifgo"}
    assert costs["i"].max() < 0.51 and 0.5 < costs["f"].min() < costs["f"].max() < 2.5 and 0.2 < costs["o"].min() < 1.5
    assert costs["f"].mean() > costs["o"].mean() > costs["i"].mean()
    beyond_guessing = np.array([one["plain"][0] - 0.5 for one in of_seeds("accuracy")])
    at_0, at_1 = (lost(name) / 100 / beyond_guessing for name in ("f_0", "f_1"))
    assert 0.66 < at_0.min() < at_0.max() < 0.685  # "two thirds"
    assert 0.47 < at_1.min() < at_1.max() < 0.93 and 0.88 < at_1[0] < 0.93  # "half to nine tenths", the first: nine
    assert 9 < runs.study()["words"] / runs.study()["reviews"] / 22 < 11  # "ten times as long" as the tour's review
    return {part: (cost == np.max(list(costs.values()), axis=0)).all() for part, cost in costs.items()}


@computes("watch-groups")
def watch_groups():
    """Farther: fewer than 50 of 1,000 drawn groups reach it, in each of the five networks."""
    groups = runs.study()["groups"]["words"]

    def reach(group, part, kind):
        return np.array([one[kind]["reach"] for one in of_seeds("groups", "found", group, part)])

    for part in "figo":
        assert (reach("praise", part, "count") == 0).all() and (reach("scorn", part, "count") == 0).all()
        assert (reach("negation", part, "count") < 50).all()  # "all four"
        under = (reach("negation", part, "positive") < 50).sum()
        assert under == (5 if part == "g" else 4)  # "four of the five"
    contrast = [reach("contrast", part, kind) for part in "figo" for kind in ("count", "positive")]
    assert sum((counts < 50).sum() for counts in contrast) == 1  # "one count of the forty"
    return {
        group: all(one["count"]["reach"] < 50 for one in of_seeds("groups", "found", group, "f")) for group in groups
    }


@computes("watch-not")
def watch_not():
    bad, any_word = (np.array([mean for mean, _ in of_seeds("before", "not", word)]) for word in ("bad", "any"))
    good = np.array([mean for mean, _ in of_seeds("before", "not", "good")])
    assert ((bad / good > 0.8) & (bad / good < 1)).all()  # "a little less"
    as_far = (bad / any_word).min() > 0.8 and (bad < -0.3).all()
    return {
        "up": (bad > 0).any(),
        "nothing": np.abs(bad).max() < 0.1,
        "down": as_far,
    }


@computes("watch-number")
def watch_number():
    same, other = (runs.study()["units"][kind][2] for kind in ("same", "other"))
    return {
        "more": same > other + 0.03,
        "alike": abs(same - other) < 0.03,
        "less": same < other - 0.03,
    }


@computes("watch-shuffle")
def watch_shuffle():
    changed = [one["shuffled_changes"][0] for one in of_seeds("accuracy")]
    assert 1 / 21 < min(changed) < 1 / 18 and 1 / 9 < max(changed) <= 1 / 8  # "one in twenty to one in eight"
    return true_by_number(lost("shuffled").mean(), {"tenth": 0.1, "2": 2, "20": 20})


@computes("watch-bias")
def watch_bias():
    def bias(f):
        return np.log(f / (1 - f))

    f = 0.5 ** (1 / 100)
    return Computed(bias(f), [f, bias(0.5 ** (1 / 10)), bias(0.99)], told=[0.99])


@computes("watch-very")
def watch_very():
    bad, any_word = (np.array([mean for mean, _ in of_seeds("before", "very", word)]) for word in ("bad", "any"))
    return {
        "up": (bad > 0.1).all() and (bad / any_word).min() > 0.8,
        "down": (bad < 0).any(),
        "nothing": np.abs(bad).max() < 0.1,
    }
