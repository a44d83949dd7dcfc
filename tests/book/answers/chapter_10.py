"""The answers of chapter 10's questions, computed."""

import numpy as np

from lstm_edu import runs, study

from .shared import Computed, computes, true_by_number


@computes("watch-half")
def watch_half():
    found = np.median(study.of("forget", "half_life"))
    right = true_by_number(found, {"2": 2, "20": 20, "200": 200})
    return Computed(right, told=[0.5 ** (1 / 200)])


@computes("watch-way")
def watch_way():
    left = study.of("memory", "belt")
    assert left[30].max() < 0.0015  # "about one part in a thousand"
    no_loop, no_belt = (study.of("ways", way, "half_life").max() for way in ("no_candidate", "no_belt"))
    assert np.abs(study.of("ways", "no_belt", "left")[1] - 0.25).max() < 0.02  # "a quarter"
    return {
        "belt": no_loop > 20,
        "h": no_belt > 20,
        "both": no_loop < 5 and no_belt < 5,
        "gates": study.of("carried", "gates").min() > 0.1,
    }


@computes("watch-open")
def watch_open():
    """ "As many as with the loop": from the recipe's own start. "Nearly so many from a bias of 1": as 80."""
    alone, with_loop, shut = (
        np.mean([run.results["accuracy_at_median"] for run in runs.outcomes.of("belt")[f"belt_{name}"]])
        for name in ("no_loop_b5", "whole_b1", "no_loop_b1")
    )
    assert abs(alone - with_loop) < 0.015 and 0.76 < shut < 0.8
    deaf = study.belt.of("belt_no_candidate_b1").values()
    assert sum(one["cell"] > one["longest"] for one in deaf) == 4  # "In four of the five"
    bias = np.mean([one["bias"] for one in deaf])
    assert round(np.log(0.5) / np.log(1 / (1 + np.exp(-bias)))) == 3  # "which alone is worth three words"
    assert sum(one["cell"] >= 350 for one in study.belt.of("belt_whole_chrono").values()) == 4
    return true_by_number(100 * alone, {"70": 70, "80": 80, "88": 88})


@computes("watch-hold")
def watch_hold():
    costs = {part: -100 * study.of("accuracy", f"{part}_mean_median")[1] for part in "ifgo"}
    assert costs["i"].max() < 1 and costs["f"].max() < 2.55 and costs["o"].max() < 1.3
    assert costs["f"].mean() > costs["o"].mean() > costs["i"].mean()
    return {part: (cost == np.max(list(costs.values()), axis=0)).all() for part, cost in costs.items()}


@computes("watch-not")
def watch_not():
    """On the same states."""
    bad, good = (study.of("pairs", "not", word, "mean") for word in ("bad", "good"))
    return {
        "up": (bad > 0).any(),
        "nothing": np.abs(bad).max() < 0.1,
        "down": (bad / good).min() > 0.85,
    }


@computes("watch-number")
def watch_number():
    same, other = (study.of("units", kind)[2] for kind in ("same", "other"))
    return {
        "more": same > other + 0.03,
        "alike": abs(same - other) < 0.03,
        "less": same < other - 0.03,
    }


@computes("watch-bias")
def watch_bias():
    def bias(f):
        return np.log(f / (1 - f))

    f = 0.5 ** (1 / 100)
    return Computed(bias(f), [f, bias(0.5 ** (1 / 10)), bias(0.99)], told=[0.99])
