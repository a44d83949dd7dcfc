"""What the records say, by the keys under which prose asks for it: see `lstm_edu.facts`."""

import numpy as np

from . import records
from .statistics import half_width, over_seeds, pair


def facts(folder=records.FOLDER):
    """{key: (value, form)}: of each recipe with records in the folder, and of each two that were tested alike."""
    by_recipe = {}
    for run in records.load(folder=folder):
        by_recipe.setdefault(run.recipe, []).append(run)
    found = {}
    for name, runs in by_recipe.items():
        found |= {f"{name}.{key}": fact for key, fact in _of_recipe(runs).items()}
        for other, others in by_recipe.items():
            if other != name and _comparable(runs, others):
                of_pair = _of_pair(pair(runs, others))
                found |= {f"{name}.minus.{other}.{key}": fact for key, fact in of_pair.items()}
    return found


def _of_recipe(runs):
    first = runs[0]
    found = {"runs": (len(runs), "count"), "parameters": (first.parameters, "count")}
    if "epochs" in first.settings:
        found["epochs"] = first.settings["epochs"], "count"
    measured = {run.seed: _measured(run) for run in runs}
    for metric, (_, form) in measured[first.seed].items():
        found |= over_seeds(metric, {seed: of_run[metric][0] for seed, of_run in measured.items()}, form)
    for metric, n in {"test": first.tested, "val.best": first.validated, "val.last": first.validated}.items():
        if metric in measured[first.seed]:
            found[f"{metric}.half_width"] = half_width(found[f"{metric}.mean"][0], n), "points"
    return found


def _measured(run):
    """Metric -> (value, form) of one run."""
    found = {
        "test" if name == "accuracy" else f"test_{name}": (value, "percent" if name == "accuracy" else "loss")
        for name, value in run.results.items()
    }
    for part, name in (("train", "accuracy"), ("val", "val_accuracy")):
        if values := run.history.get(name):
            found |= {f"{part}.best": (max(values), "percent"), f"{part}.last": (values[-1], "percent")}
    if values := run.history.get("val_accuracy"):
        found["val.best_epoch"] = 1 + int(np.argmax(values)), "count"
    if values := run.history.get("val_loss"):
        found |= {"val_loss.best": (min(values), "loss"), "val_loss.last": (values[-1], "loss")}
    found["seconds.run"] = sum(run.seconds), "seconds"
    if "epochs" in run.settings:
        found["seconds.epoch"] = float(np.median(run.seconds)), "seconds"
    return found


def _comparable(runs, others):
    """Whether the two answered the same test examples, right or wrong, from a seed that both have."""
    same_data = runs[0].data == others[0].data and runs[0].right and others[0].right
    return same_data and {run.seed for run in runs} & {run.seed for run in others}


def _of_pair(found):
    facts = {"difference.low": (found.low, "points"), "difference.high": (found.high, "points")}
    for name, values, form in (
        ("difference", found.difference, "points"),
        ("first_only", found.first_only, "count"),
        ("second_only", found.second_only, "count"),
    ):
        facts[f"{name}.mean"] = float(values.mean()), form
        facts |= {f"{name}.seed{seed}": (v.item(), form) for seed, v in zip(found.seeds, values, strict=True)}
    return facts
