"""The answers of chapter 10's questions, computed."""

import numpy as np

from lstm_edu import study

from .shared import Computed, computes, true_by_number


def lost(name):
    """Points of accuracy, (5,)."""
    return -100 * study.of("accuracy", name)[1]


@computes("watch-sum")
def watch_sum():
    word, memory, bias = study.of("shares", "f", "all", "size").mean(axis=-1)
    assert word < memory and 0.15 < memory / bias < 0.25  # "about a fifth of the largest"
    leads = [study.of("shares", "f", kind, "largest")[2] for kind in ("all", "telling")]
    assert np.min(leads) > 0.9999  # "at practically every word, in each of the five networks"
    telling = study.of("shares", "g", "telling", "largest")  # (3, 5)
    assert telling[0].min() > 0.5  # in the candidate the word leads "at words that tell"
    sizes = {"word": word, "memory": memory, "bias": bias}
    return {name: size == max(sizes.values()) for name, size in sizes.items()}


@computes("watch-half")
def watch_half():
    found = np.median(study.of("forget", "half_life"))
    right = true_by_number(found, {"2": 2, "20": 20, "200": 200})
    return Computed(right, told=[0.5 ** (1 / 200)])


@computes("watch-way")
def watch_way():
    left = study.of("memory", "belt")[10].max()
    assert study.of("memory", "belt")[30].max() < 0.0015  # "about one in a thousand"
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
    beyond_guessing = study.of("accuracy", "plain")[0] - 0.5
    at_0, at_1 = (lost(name) / 100 / beyond_guessing for name in ("f_0", "f_1"))
    assert 0.66 < at_0.min() < at_0.max() < 0.685  # "two thirds"
    assert 0.47 < at_1.min() < at_1.max() < 0.93 and 0.88 < at_1[0] < 0.93  # "half to nine tenths", the first: nine
    assert 9 < study.of("words") / study.of("reviews") / 22 < 11  # "ten times as long" as the tour's review
    return {part: (cost == np.max(list(costs.values()), axis=0)).all() for part, cost in costs.items()}


@computes("watch-groups")
def watch_groups():
    """Farther: fewer than 50 of 1,000 drawn groups reach it, in each of the five networks."""
    groups = study.result()["groups"]["words"]

    def reach(group, part, kind):
        return study.of("groups", "found", group, part, kind, "reach")

    for part in "figo":
        assert (reach("praise", part, "count") == 0).all() and (reach("scorn", part, "count") == 0).all()
        assert (reach("negation", part, "count") < 50).all()  # "all four"
        under = (reach("negation", part, "positive") < 50).sum()
        assert under == (5 if part == "g" else 4)  # "four of the five"
    contrast = [reach("contrast", part, kind) for part in "figo" for kind in ("count", "positive")]
    assert sum((counts < 50).sum() for counts in contrast) == 1  # "one count of the forty"
    return {group: (reach(group, "f", "count") < 50).all() for group in groups}


@computes("watch-not")
def watch_not():
    bad, any_word, good = (study.of("before", "not", word, "mean") for word in ("bad", "any", "good"))
    assert ((bad / good > 0.8) & (bad / good < 1)).all()  # "a little less"
    as_far = (bad / any_word).min() > 0.8 and (bad < -0.3).all()
    return {
        "up": (bad > 0).any(),
        "nothing": np.abs(bad).max() < 0.1,
        "down": as_far,
    }


@computes("watch-number")
def watch_number():
    same, other = (study.of("units", kind)[2] for kind in ("same", "other"))
    return {
        "more": same > other + 0.03,
        "alike": abs(same - other) < 0.03,
        "less": same < other - 0.03,
    }


@computes("watch-shuffle")
def watch_shuffle():
    changed = study.of("accuracy", "shuffled_changes")[0]
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
    bad, any_word = (study.of("before", "very", word, "mean") for word in ("bad", "any"))
    return {
        "up": (bad > 0.1).all() and (bad / any_word).min() > 0.8,
        "down": (bad < 0).any(),
        "nothing": np.abs(bad).max() < 0.1,
    }
