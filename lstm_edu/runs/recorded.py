"""What the records say, by the keys under which prose asks for it: see `lstm_edu.facts`."""

from functools import cache

import numpy as np

from . import chance, epochs, records
from .statistics import half_width, over_seeds

# what prose may ask of one recipe, and of two, that takes longer than to look it up: it is found when it is asked for
OF_ONE = {
    "test.half_width_seeds": (lambda found: found.seeds, "points"),
    "test.half_width_examples": (lambda found: found.examples, "points"),
    "test.half_width_both": (lambda found: found.both, "points"),
    "test.deviation": (lambda found: found.deviation, "points"),
    "disagreement": (lambda found: found.disagreement, "percent"),
}
OF_TWO = {
    "difference.mean": (lambda found: found.mean, "points"),
    "difference.low": (lambda found: found.low, "points"),
    "difference.high": (lambda found: found.high, "points"),
    "difference.half_width": (lambda found: found.both, "points"),
    "difference.half_width_seeds": (lambda found: found.seeds, "points"),
    "difference.half_width_examples": (lambda found: found.examples, "points"),
    "above": (lambda found: found.above, "count"),
    "pairs": (lambda found: found.pairs, "count"),
    "disagreement": (lambda found: found.disagreement, "percent"),
}


def facts(folder=records.FOLDER):
    """{key: (value, form)}: of each recipe with records in the folder, and of each two that were tested alike. A value
    may be a function, which gives it when it is asked for: of hundreds of runs there are thousands of pairs.
    """
    by_recipe = {}
    for run in records.load(folder=folder):
        by_recipe.setdefault(run.recipe, []).append(run)
    found, answers = {}, {}
    for name, runs in by_recipe.items():
        found |= {f"{name}.{key}": fact for key, fact in _of_recipe(runs).items()}
        if _seeds_known(runs):
            answers[name] = chance.Answers(runs)
    for name, one in answers.items():
        found |= _later(name, OF_ONE, chance.measured, one)
        for other, two in answers.items():
            if other != name and one.runs[0].data == two.runs[0].data:
                found |= _later(f"{name}.minus.{other}", OF_TWO, chance.compared, one, two)
    return found


def _later(name, asked, find, *of):
    """{key: (a function, form)}: all of them find the same once, together."""
    once = cache(lambda: find(*of))
    return {f"{name}.{key}": (lambda read=read: read(once()), form) for key, (read, form) in asked.items()}


def _seeds_known(runs):
    """Whether each answer was right or wrong, and there are seeds enough to see what they do."""
    return runs[0].right and (len(runs) > 1 or runs[0].trainer in chance.SEEDLESS)


def _of_recipe(runs):
    first = runs[0]
    found = {"runs": (len(runs), "count"), "parameters": (first.parameters, "count")}
    if "epochs" in first.settings:
        found["epochs"] = first.settings["epochs"], "count"
    measured, forms = {}, {}
    for run in runs:
        for metric, (value, form) in _measured(run).items():  # later trainers count more: not all runs have all
            measured.setdefault(metric, {})[run.seed] = value
            forms[metric] = form
    for metric, by_seed in measured.items():
        found |= over_seeds(metric, by_seed, forms[metric])
    for metric, n in {"test": first.tested, "val.best": first.validated, "val.last": first.validated}.items():
        if metric in measured:
            found[f"{metric}.half_width"] = half_width(found[f"{metric}.mean"][0], n), "points"
    return found


def _measured(run):
    """Metric -> (value, form) of one run."""
    found = {
        "test" if name == "accuracy" else f"test_{name}": (value, "percent" if "accuracy" in name else "loss")
        for name, value in run.results.items()
    }
    ends = "strength" not in run.history  # else its rows are no epochs, and the last of them is none that was kept
    for part, name in (("train", "accuracy"), ("val", "val_accuracy")):
        if values := run.history.get(name):
            found[f"{part}.best"] = max(values), "percent"
            found |= {f"{part}.last": (values[-1], "percent")} if ends else {}
    if ends and run.history.get("val_accuracy") and not run.settings.get("patience"):  # whose last epoch is not kept
        found |= _of_best(epochs.best([run]))
    if values := run.history.get("val_loss"):
        found["val_loss.best"] = min(values), "loss"
        found |= {"val_loss.last": (values[-1], "loss")} if ends else {}
    found["seconds.run"] = sum(run.seconds), "seconds"
    if "epochs" in run.settings:
        found["seconds.epoch"] = float(np.median(run.seconds)), "seconds"
        found["ended"] = len(run.seconds), "count"
    return found


def _of_best(found):
    """Of one run: its best epoch and what that promises, what is left of it, and the last epoch beside the test."""
    facts = {
        "val.best_epoch": (found.epoch, "count"),
        "val.over_test": (found.last - found.test, "points"),
        "best.over_last": (found.promised - found.last, "points"),
    }
    if not np.isnan(found.kept[0]):
        facts["best.over_test"] = found.promised - found.kept, "points"
        facts["best.gain"] = found.kept - found.test, "points"
    return {name: (value.item(), form) for name, (value, form) in facts.items()}
