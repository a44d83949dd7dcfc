"""The shipped result, and the ways into it."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from ..runs.statistics import over_seeds
from . import belt, reach

FILE = Path(__file__).resolve().parents[1] / "data" / "study.json"


@cache
def result():
    """All that was counted, a dictionary of dictionaries: what `of` goes into. Where a list has a place for each of the
    five networks, they are the innermost; `seeds` and `models` say which they are."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def of(*path):
    """What was counted, an array whose last axis is the five networks, seeds 1 to 5. path: the keys that lead to it.

    >>> of("forget", "half_life").shape  # of H units, in S networks
    (32, 5)
    >>> accuracy, difference, half_width = of("accuracy", "f_mean")  # (S,) each; half of the difference's 95% interval
    >>> difference.round(3).tolist()
    [-0.017, -0.018, -0.021, -0.006, -0.022]
    >>> of("shares", "f", "all", "size").mean(axis=-1).round(1).tolist()  # word, memory, bias
    [0.0, 0.2, 1.0]

    Raises ValueError, which says how the path could go on, where it leads to nothing or not far enough.
    """
    found = result()
    for k, key in enumerate((*path, None)):
        if not isinstance(found, dict):
            return np.array(found)
        if key not in found:
            raise ValueError(f"path: expected {path[:k]} and then one of {', '.join(found)}, got {path}")
        found = found[key]


def facts():
    """{key: (value, form)}, for prose: see `lstm_edu.facts`."""
    of_belt, loop = np.median(of("forget", "half_life"), axis=0), of("memory", "half_life")
    metrics = {
        "half_life.belt": ("decimal", of_belt),
        "half_life.loop": ("count", loop),
        "half_life.ratio": ("count", loop / of_belt),
        "first": ("percent", of("units", "first")),
    }
    for name, (accuracy, *compared) in result()["accuracy"].items():
        metrics[f"accuracy.{name}"] = "percent", np.array(accuracy)
        if compared and name != "plain":
            metrics[f"lost.{name}"] = "points", -np.array(compared[0])
    found = {}
    for metric, (form, values) in metrics.items():
        found |= over_seeds(f"study.{metric}", dict(zip(result()["seeds"], values.tolist(), strict=True)), form)
    return found | reach.facts() | belt.facts()
