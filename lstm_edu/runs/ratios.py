"""Errors of several starts on made tasks: how many times as large each is as that of one of them.

An error is a distance, and runs differ by factors: 0.004 and 0.008 are as far apart as 0.04 and 0.08. So the logarithms
are averaged and subtracted, with Student's t and Welch's rule as in `chance`, and Holm's rule for several at once.
"""

from dataclasses import dataclass

import numpy as np

from . import chance, outcomes


@dataclass(frozen=True)
class Ratio:
    """The middle error of a start's runs (their geometric mean), `times` that of the first start's; other seeds could
    have made it `low` to `high`, in 95 of 100 cases.

    errors (runs,), at its best rate; weights: how many numbers were trained; p: how often seeds alone would bring a
    ratio at least as far from 1, by Holm, as one of all that were compared; differs: p is below 0.05. The first start
    is compared with nothing: its p is 1.
    """

    errors: np.ndarray
    weights: int
    times: float
    low: float
    high: float
    p: float
    differs: bool


def ratios(starts, result="error"):
    """{name: `Ratio`}. starts: name -> (experiment, start), two or more, the first the one that the others are compared
    with; result: of the made tasks of numbers, such as "error_at_20". ValueError where there are fewer, or a start is
    not recorded.

    >>> found = ratios({"LSTM": ("parcel", "parcel_lstm"), "plain loop": ("parcel", "parcel_simple_rnn")})
    >>> found["plain loop"].differs, found["plain loop"].weights
    (True, 337)
    """
    if len(starts) < 2:
        raise ValueError(f"starts: expected two or more, got {len(starts)}")
    runs = {name: outcomes.best(*start) for name, start in starts.items()}
    errors = {name: np.array([run.results[result] for run in records]) for name, records in runs.items()}
    first, *others = (np.log(values) for values in errors.values())
    away = [logs.mean() - first.mean() for logs in others]
    sources = [chance.added([chance.luck(logs), chance.luck(first)]) for logs in others]
    ps = chance.holm([chance.beyond(one, source) for one, source in zip(away, sources, strict=True)])
    halves = [chance.half(source) for source in sources]
    return {
        name: Ratio(errors[name], records[0].parameters, *np.exp([at, at - half, at + half]).tolist(), p, p < 0.05)
        for (name, records), at, half, p in zip(runs.items(), [0.0, *away], [0.0, *halves], [1.0, *ps], strict=True)
    }


def middle(errors):
    """(middle, low, high), (..., ) each: the geometric mean over the last axis, and its 95% interval over seeds."""
    logs = np.log(np.asarray(errors, float))
    runs = logs.shape[-1]
    half = chance.t(chance.SHARE, runs - 1) * logs.std(axis=-1, ddof=1) / np.sqrt(runs)
    return tuple(np.exp(logs.mean(axis=-1) + away) for away in (0, -half, half))
