"""Recorded runs: one JSON file for each recipe and random seed, and what is said about them.

A record is one run that took place. A deterministic recipe ends at the same weights for the same seed; another starts
alike and ends elsewhere: see `keras_recipes.train`.

`fact(key)` is the one way a recorded number gets into prose; `number(key)` is the same number, unrounded. A key is

    NAME.runs, NAME.epochs, NAME.parameters
    NAME.METRIC.STAT    over the seeds
    NAME.minus.OTHER.METRIC.STAT    the two recipes with the same seeds
    NAME.shipped.WHAT    the exported weights, from their card
    study.METRIC.STAT    what `study` counted over the test reviews, over the seeds

NAME: a recipe. METRIC: test, train.best, train.last, val.best, val.last (accuracies: best of all epochs, or after the
last one), test_loss, val_loss.best, val_loss.last, val.best_epoch (from 1), seconds.epoch (the median epoch),
seconds.run. STAT: mean, min, max, spread (max less min), seed1, seed2 and so on; for test and val also half_width,
half of the 95% interval that the mean accuracy has if it was measured on one such set of reviews.

With minus, METRIC is difference (in test accuracy: mean, low, high of the paired 95% interval, seed1 ...), first_only
or second_only (test reviews that one of the two answers right and the other does not: mean, seed1 ...).

WHAT: test, test_loss, difference (in test accuracy, to the weights before they were quantised), changed (test reviews
with another answer), seed, bytes.

`fact` writes accuracies as 87.1%, differences, spreads and half widths of accuracies in points as 0.4, losses as 0.302,
seconds as 17 (under 2 as 0.6), counts as 328,353: the unit, where it is not %, is the sentence's.
"""

import base64
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from .. import imdb

FOLDER = Path(__file__).resolve().parents[1] / "data" / "runs"
NORMAL_95 = 1.959963984540054  # 95% of a normal distribution lies within this many standard deviations


@dataclass(frozen=True, kw_only=True)
class Record:
    """One run of a recipe."""

    recipe: str
    settings: dict  # `recipes.Fit.settings()` when it ran
    seed: int
    parameters: int  # trained numbers in the model
    history: dict  # accuracy, loss, and with validation val_accuracy, val_loss: one value per epoch
    test_loss: float  # of the last epoch's weights on the test reviews
    test_accuracy: float
    test_reviews: int
    right: str  # which test reviews were answered right: bits in the order of `imdb.load`, packed, base64
    seconds: list  # per epoch, on the machine that trained it
    versions: dict
    data_sha256: str  # `imdb.fingerprint()`
    command: str  # what was typed

    @property
    def stem(self):
        return stem(self.recipe, self.seed)

    @property
    def correct(self):
        """Which test reviews were answered right, (test reviews,) bool."""
        packed = np.frombuffer(base64.b64decode(self.right), np.uint8)
        return np.unpackbits(packed, count=self.test_reviews).astype(bool)

    def to_json(self):
        return json.dumps(asdict(self), indent=1) + "\n"


def stem(recipe, seed):
    """The name of a run's files, without the ending."""
    return f"{recipe}-seed{seed}"


def pack(correct):
    """An array of booleans as text: eight to a byte, base64."""
    return base64.b64encode(np.packbits(correct)).decode()


def plain(value):
    """`value` as it comes back from JSON: tuples as lists."""
    return json.loads(json.dumps(value))


def read(path):
    """The record in that file; ValueError names the file where it is none, FileNotFoundError where there is no file."""
    if not Path(path).is_file():
        raise FileNotFoundError(f"{path}: expected the record of a run, found none")
    try:
        return Record(**json.loads(Path(path).read_text()))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: expected the record of a run, got {error}") from None


def load(recipe=None, folder=FOLDER):
    """The records of a recipe, or of all, a list by recipe and seed.

    Raises ValueError where a named recipe has none, FileNotFoundError where there is no such folder.
    """
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"{folder}: expected the folder of the records, found none")
    found = [read(path) for path in Path(folder).glob("*.json")]
    chosen = [record for record in found if recipe in (None, record.recipe)]
    if not chosen and recipe is not None:
        known = ", ".join(sorted({record.recipe for record in found})) or "none"
        raise ValueError(f"recipe: expected one with records ({known}), got {recipe!r}")
    return sorted(chosen, key=lambda record: (record.recipe, record.seed))


def half_width(p, n):
    """Half of the 95% interval of an accuracy p measured on n reviews: 1.96 sqrt(p (1 - p) / n)."""
    if not 0 <= p <= 1 or n < 1:
        raise ValueError(f"p, n: expected an accuracy from 0 to 1 and at least one review, got {p} and {n}")
    return float(NORMAL_95 * np.sqrt(p * (1 - p) / n))


def interval(p, n):
    """The 95% interval of an accuracy p measured on n reviews: (low, high)."""
    half = half_width(p, n)
    return p - half, p + half


@dataclass(frozen=True)
class Paired:
    """Two recipes on the same test reviews, with the same seeds; differences are first less second.

    seeds (S,); difference (S,), of test accuracy; half_width (S,), half of each one's paired 95% interval;
    first_only, second_only (S,), reviews that only one of the two answers right (McNemar's counts);
    mean, the mean difference; low, high, its paired 95% interval. The intervals say what other test reviews could
    have changed, given these trained models; what training again
    could have changed they do not say; some of it shows in `difference`.
    """

    seeds: tuple
    difference: np.ndarray
    half_width: np.ndarray
    first_only: np.ndarray
    second_only: np.ndarray
    mean: float
    low: float
    high: float


def paired(first, second, folder=FOLDER):
    """`Paired` for two recipes, over the seeds both have. ValueError where they share none."""
    a = {record.seed: record.correct for record in load(first, folder)}
    b = {record.seed: record.correct for record in load(second, folder)}
    seeds = tuple(sorted(a.keys() & b.keys()))
    if not seeds:
        raise ValueError(f"recipes: expected a seed that both have, got {sorted(a)} and {sorted(b)}")
    a = np.stack([a[seed] for seed in seeds])  # (S, reviews)
    b = np.stack([b[seed] for seed in seeds])
    gain = a.astype(float) - b  # +1 only the first is right, -1 only the second
    mean = float(gain.mean())
    half = mean_half_width(gain.mean(axis=0))
    return Paired(
        seeds=seeds,
        difference=gain.mean(axis=1),
        half_width=np.array([mean_half_width(row) for row in gain]),
        first_only=(a & ~b).sum(axis=1),
        second_only=(b & ~a).sum(axis=1),
        mean=mean,
        low=mean - half,
        high=mean + half,
    )


def mean_half_width(values):
    """Half of the 95% interval of the mean of one value per review."""
    return float(NORMAL_95 * values.std() / np.sqrt(len(values)))


FORMS = {
    "percent": lambda value: f"{100 * value:.1f}%",
    "points": lambda value: f"{100 * value:.1f}",
    "loss": lambda value: f"{value:.3f}",
    "seconds": lambda value: f"{value:.0f}" if value >= 2 else f"{value:.1f}",
    "count": lambda value: f"{value:,.0f}",
    "decimal": lambda value: f"{value:.1f}",
}


def fact(key, folder=FOLDER):
    """A recorded number as prose shows it: fact("lstm_32.test.mean") -> "86.9%". The keys: top of this file."""
    value, form = _look_up(key, folder)
    return FORMS[form](value)


def number(key, folder=FOLDER):
    """The number behind `fact(key)`, unrounded; accuracies and their differences as fractions of 1."""
    return _look_up(key, folder)[0]


def keys(folder=FOLDER):
    """Every key that `fact` knows, sorted."""
    return sorted(_facts(Path(folder)))


def _look_up(key, folder):
    known = _facts(Path(folder))
    if key in known:
        return known[key]
    parts = str(key).split(".")
    start = next(start for n in range(len(parts), -1, -1) if _under(known, start := ".".join(parts[:n])))
    raise ValueError(f"key: expected {start}{'.' if start else ''}[{' | '.join(_under(known, start))}], got {key!r}")


def _under(known, start):
    """The parts that follow `start` in the known keys."""
    deep = start.count(".") + 1 if start else 0
    begins = f"{start}." if start else ""
    return sorted({key.split(".")[deep] for key in known if key.startswith(begins)})


@cache
def _facts(folder):
    """{key: (value, form)} of every fact in the records of a folder, and of the cards of shipped weights beside it."""
    by_recipe = {}
    for record in load(folder=folder):
        by_recipe.setdefault(record.recipe, []).append(record)
    facts = {}
    for name, runs in by_recipe.items():
        facts |= {f"{name}.{key}": value for key, value in _of_recipe(runs).items()}
        for other in by_recipe.keys() - {name}:
            if {run.seed for run in runs} & {run.seed for run in by_recipe[other]}:
                facts |= {f"{name}.minus.{other}.{key}": v for key, v in _of_pair(paired(name, other, folder)).items()}
        card = folder.parent / "models" / f"{name}.json"
        if card.exists():
            facts |= {f"{name}.shipped.{key}": value for key, value in _of_card(json.loads(card.read_text())).items()}
    study = folder.parent / "study.json"
    if study.exists():
        for metric, (form, by_seed) in json.loads(study.read_text())["facts"].items():
            by_seed = {int(seed): value for seed, value in by_seed.items()}
            facts |= {f"study.{key}": value for key, value in _stats(metric, by_seed, form).items()}
    return facts


def _of_recipe(runs):
    first = runs[0]
    facts = {
        "runs": (len(runs), "count"),
        "epochs": (first.settings["epochs"], "count"),
        "parameters": (first.parameters, "count"),
    }
    metrics = {
        "test": ("percent", lambda r: r.test_accuracy),
        "test_loss": ("loss", lambda r: r.test_loss),
        "train.best": ("percent", lambda r: max(r.history["accuracy"])),
        "train.last": ("percent", lambda r: r.history["accuracy"][-1]),
        "seconds.epoch": ("seconds", lambda r: float(np.median(r.seconds))),
        "seconds.run": ("seconds", lambda r: sum(r.seconds)),
    }
    measured_on = {"test": first.test_reviews}
    if "val_accuracy" in first.history:
        metrics |= {
            "val.best": ("percent", lambda r: max(r.history["val_accuracy"])),
            "val.best_epoch": ("count", lambda r: 1 + int(np.argmax(r.history["val_accuracy"]))),
            "val.last": ("percent", lambda r: r.history["val_accuracy"][-1]),
            "val_loss.best": ("loss", lambda r: min(r.history["val_loss"])),
            "val_loss.last": ("loss", lambda r: r.history["val_loss"][-1]),
        }
        held_out = round(first.settings["validation_split"] * imdb.statistics()["train"]["reviews"])
        measured_on |= {"val.best": held_out, "val.last": held_out}
    for metric, (form, value) in metrics.items():
        values = {run.seed: value(run) for run in runs}
        facts |= _stats(metric, values, form)
        if metric in measured_on:
            facts[f"{metric}.half_width"] = half_width(facts[f"{metric}.mean"][0], measured_on[metric]), "points"
    return facts


def _stats(metric, by_seed, form):
    values = list(by_seed.values())
    spread = max(values) - min(values)
    return {
        f"{metric}.mean": (float(np.mean(values)), form),
        f"{metric}.min": (min(values), form),
        f"{metric}.max": (max(values), form),
        f"{metric}.spread": (spread, "points" if form == "percent" else form),
        **{f"{metric}.seed{seed}": (value, form) for seed, value in by_seed.items()},
    }


def _of_pair(pair):
    facts = {
        "difference.mean": (pair.mean, "points"),
        "difference.low": (pair.low, "points"),
        "difference.high": (pair.high, "points"),
    }
    for name, values, form in (
        ("difference", pair.difference, "points"),
        ("first_only", pair.first_only, "count"),
        ("second_only", pair.second_only, "count"),
    ):
        facts[f"{name}.mean"] = float(values.mean()), form
        facts |= {f"{name}.seed{seed}": (v.item(), form) for seed, v in zip(pair.seeds, values, strict=True)}
    return facts


def _of_card(card):
    return {
        "seed": (card["seed"], "count"),
        "bytes": (card["bytes"], "count"),
        "test": (card["quantised"]["test_accuracy"], "percent"),
        "test_loss": (card["quantised"]["test_loss"], "loss"),
        "difference": (card["quantised"]["test_accuracy"] - card["unquantised"]["test_accuracy"], "points"),
        "changed": (card["answers_changed"], "count"),
    }
