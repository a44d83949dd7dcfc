"""The shipped result, and the ways into it."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from ..cells import LSTMCell
from ..runs.statistics import over_seeds
from . import belt, first_word, order, reach, same_films
from .before import FIRST_WORDS
from .pairs import PAIRS

PAIRED = [(first, scorn) for first in FIRST_WORDS for scorn in PAIRS]
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
    metrics |= _of_memory() | _of_words()
    for name, (accuracy, *compared) in result()["accuracy"].items():
        forms = ("loss", "loss") if name.endswith("_auc") else ("percent", "points")
        metrics[f"accuracy.{name}"] = forms[0], np.array(accuracy)
        if compared and not name.startswith("plain"):
            metrics[f"lost.{name}"] = forms[1], -np.array(compared[0])
    for edge in ("", "_median"):  # of what a network can do, beyond guessing, how much is lost
        beyond = of("accuracy", f"plain{edge}")[0] - 0.5
        for name in ("f_0", "f_1"):
            metrics[f"lost_share.{name}{edge}"] = "percent", -of("accuracy", f"{name}{edge}")[1] / beyond
    found = {}
    for metric, (form, values) in metrics.items():
        found |= over_seeds(f"study.{metric}", dict(zip(result()["seeds"], values.tolist(), strict=True)), form)
    shared = result()["units"]["canonical"]  # of pairs of networks
    for key, name in (("shared", "mean"), ("apart", "apart")):
        found |= {f"study.{key}.{k}.mean": (value, "gate") for k, value in enumerate(shared[name][:4], start=1)}
    return found | reach.facts() | belt.facts() | order.facts() | first_word.facts() | same_films.facts()


def _of_memory():
    """{METRIC: (form, values (S,))}: how long what lasts, and what carries it."""
    found = {f"half_life.{way}": ("decimal", of("ways", way, "half_life")) for way in result()["ways"]}
    share, answer = of("plane", "share"), of("plane", "answer")
    found |= {"plane.share": ("percent", share[0]), "plane.both": ("percent", share.sum(axis=0))}
    found["plane.answer"] = "gate", answer[0]
    found["plane.half_life"] = "count", np.log(0.5) / np.log(of("plane", "eigenvalue")[1])
    found["plane.drift"] = "gate", of("plane", "drift")[1]
    found |= {f"carried.{way}": ("percent", of("carried", way)) for way in result()["carried"]}
    found["half_life.fresh"] = "decimal", of("fresh", "half_life")
    for kind in result()["one_word"]:
        for how in ("mean", "out"):
            found[f"half_life.{kind}_{how}"] = "decimal", of("one_word", kind, how, "half_life")
    for word in result()["rest"]:
        low, high = of("rest", word, "half_life")
        found[f"rest.{word}.places"] = "count", of("rest", word, "places")
        found[f"rest.{word}.shorter"] = "decimal", np.minimum(low, high)
        found[f"rest.{word}.longer"] = "decimal", np.maximum(low, high)
        found[f"rest.{word}.swap"] = "decimal", of("rest", word, "swap")
        found[f"rest.{word}.f"] = "gate", of("rest", word, "f").mean(axis=0)
    return found


def _of_words():
    """{METRIC: (form, values (S,))}: what "not", "very" and "but" do."""
    found = {f"{first}.{word}.less": ("percent", of("pairs", first, word, "less")) for first, word in PAIRED}
    for k, when in enumerate(("at_once", "later")):
        found |= {f"but.gone.{part}.{when}": ("percent", of("but", "gone", part)[k]) for part in LSTMCell.blocks}
    found["bias.f"] = "gate", of("shares", "f", "all", "size")[2]  # they are all above 0: their size is their value
    f, slope = of("frequent", "rank")
    return found | {"but.rank.f": ("count", f), "but.rank.slope": ("count", slope)}
