"""What the experiments on the made tasks came to: the runs of a recipe, at the best of its rates.

`START` is the name of recipes that differ in their rate alone: "parcel_lstm" stands for parcel_lstm_r1, parcel_lstm_r3
and so on.
"""

import re
from functools import cache

import numpy as np

from ..common import checks
from ..tasks import letter_box
from .experiments import EXPERIMENTS, FOLDER, store
from .in_numpy_tasks import TASKS, build
from .statistics import over_seeds

LETTER_LAGS = (5, 10, 20, 30, 50, 100)


@cache
def of(experiment, folder=FOLDER):
    """{recipe: its records, by seed}."""
    found = {}
    for run in store(experiment, folder).runs():
        found.setdefault(run.recipe, []).append(run)
    return found


def starts(experiment, folder=FOLDER):
    """The names of its recipes without their rates, in order."""
    return list(dict.fromkeys(re.sub(r"_r\d+$", "", name) for name in of(experiment, folder)))


def best(experiment, start, folder=FOLDER):
    """The records of a start at its best rate: numbers by the lowest mean error, letters by how many runs began to
    learn, then by how soon; over the seeds that all rates have. Rates that lost a run come last. Raises ValueError,
    with the starts there are, for another.
    """
    checks.one_of(start, tuple(starts(experiment, folder)), "start")
    by_rate = [runs for name, runs in of(experiment, folder).items() if re.fullmatch(rf"{start}(_r\d+)?", name)]
    shared = set.intersection(*({run.seed for run in records} for records in by_rate))

    def order(records):
        records = [run for run in records if run.seed in shared]
        if records[0].data["name"] == "letter_box":
            began = times(records)
            return np.isnan(began).sum(), np.nan_to_num(began, nan=np.inf).mean()
        return sum("lost" in run.results for run in records), np.mean([run.results.get("error", 0) for run in records])

    return min(by_rate, key=order)


def best_recipes(experiment, folder=FOLDER):
    """The name of each start's recipe at its best rate."""
    return [best(experiment, start, folder)[0].recipe for start in starts(experiment, folder)]


def times(records):
    """After how many batches learning began (runs,); NaN where it never did."""
    return np.array([run.results.get("began", np.nan) for run in records], float)


def by_lag(experiment, start):
    """(lags (N,), what was measured there (N, runs)), at the best rate: errors of numbers, right answers of letters."""
    records = best(experiment, start)
    lags = records[0].settings["tested"]
    what = "accuracy" if records[0].data["name"] == "letter_box" else "error"
    return np.array(lags), np.array([[run.results[f"{what}_at_{lag}"] for run in records] for lag in lags])


def began(kind, lags=LETTER_LAGS):
    """{lag: after how many batches learning of the letter began (runs,)}, at each lag's best rate; kind: "lstm_b1"."""
    return {lag: times(best("letter", f"letter_{kind}_lag{lag}")) for lag in lags}


def left(kind, lags=LETTER_LAGS):
    """{lag: the share of the slope that reaches the flag (runs,)}, in the networks that the runs of `began` started
    from, before their training.
    """

    def of(run):
        _, D, K = TASKS["letter_box"]
        network = build(run.settings, D, K, np.random.default_rng([run.seed, 0]))  # as the run began
        return share_at_flag(network, letter_box(64, run.settings["lags"], np.random.default_rng([run.seed, 2])))

    return {lag: np.array([of(run) for run in best("letter", f"letter_{kind}_lag{lag}")]) for lag in lags}


def share_at_flag(network, examples):
    """How long the slope of the answer is at the flag, divided by its length at the bell: the middle one of the
    examples. Of an LSTM for the belt, of other cells for h. examples: of a task, all with the same lag.
    """
    x, _, asked = examples
    norms = slope_of_state(network, x, asked)
    rows, flag, bell = np.arange(len(x)), x[..., -2].argmax(axis=1), asked.argmax(axis=1)
    return float(np.median(norms[rows, flag] / norms[rows, bell]))


def slope_of_state(network, x, asked):
    """How long the slope of the answer is for the state at each step, (B, T): of an LSTM for the belt, of other cells
    for h. x (B, T, D); asked (B, T) booleans, where the answer stands.
    """
    trace, d_h = network.cell.run(x), np.zeros((*asked.shape, network.cell.units), x.dtype)
    d_h[asked] = network.dense.kernel[:, 0]
    back = trace.backward(d_h)
    belt = "c" in trace.states
    slopes = back.c + back.h * trace.o * (1 - np.tanh(trace.c) ** 2) if belt else back.h  # c is read into h, too
    return np.linalg.norm(slopes, axis=2)


def facts():
    """{START.METRIC.STAT: (value, form)} for prose, of every start at its best rate. METRIC: a result, such as
    error_at_10; or `began`, with STAT `runs` for how many runs began to learn, and mean, min, max over these.
    """
    found = {}
    for experiment in EXPERIMENTS:
        for start in starts(experiment):
            records = best(experiment, start)
            found[f"{start}.runs"] = len(records), "count"
            if "learning_rate" in records[0].settings:
                found[f"{start}.rate"] = records[0].settings["learning_rate"], "loss"
            for name in sorted(set.intersection(*(set(run.results) for run in records)) - {"began"}):
                form = {"accuracy": "percent", "lost": "count"}.get(name.split("_")[0], "loss")
                found |= over_seeds(f"{start}.{name}", {run.seed: run.results[name] for run in records}, form)
            times = {run.seed: run.results["began"] for run in records if "began" in run.results}
            if records[0].data["name"] == "letter_box":
                found[f"{start}.began.runs"] = len(times), "count"
                found |= over_seeds(f"{start}.began", times, "count") if times else {}
    return found
