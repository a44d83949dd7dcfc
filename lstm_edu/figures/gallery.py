"""All runs of all recipes, a line for each recipe with a small picture; no Plotly, for there are too many of them."""

import numpy as np

from ..common.html import element, table
from ..words import Words
from .style import number

say = Words("gallery")
WIDE, HIGH, LEAST = 200, 64, 0.5  # a picture; the accuracy at its lower edge, the upper edge is 1


def gallery(recipes, downloads):
    """Every recipe as a line that opens: a picture of its runs, and under it what they came to, one by one.

    recipes: name -> (a sentence that says what is trained, its records), records as `runs.records.load` gives them,
    with `history`, `results`, `seconds`. downloads: the address of the folder where NAME.jsonl is. Raises ValueError
    where a recipe has no record. What it returns shows itself in a notebook or page.
    """
    for name, (_, records) in recipes.items():
        if not records:
            raise ValueError(f"recipes: expected at least one record of {name}, got none")
    return Gallery(recipes, downloads)


class Gallery:
    """Made by `gallery`."""

    def __init__(self, recipes, downloads):
        self._recipes, self._downloads = recipes, downloads

    def __repr__(self):
        return f"Gallery of {len(self._recipes)} recipes"

    def _repr_html_(self):
        lines = [self._recipe(name, *told) for name, told in self._recipes.items()]
        return element("div", lines, class_="belt-gallery")

    def _recipe(self, name, told, records):
        accuracy = [run.results["accuracy"] for run in records]
        summary = element(
            "summary",
            element("code", name),
            picture(records),
            element("span", say("runs", n=len(records), mean=percent(np.mean(accuracy)))),
        )
        link = element("a", say("download", name=name), href=f"{self._downloads}/{name}.jsonl", download=True)
        return element("details", summary, element("p", told), runs(records), element("p", link), class_="belt-recipe")


def picture(records):
    """The validation accuracy of all runs, a line each, epoch by epoch (or strength by strength); a dot is the test
    accuracy after the last. An SVG; its name says from where to where they go.
    """
    curves = [run.history.get("val_accuracy", ()) for run in records]
    accuracy = [run.results["accuracy"] for run in records]
    epochs = max(len(run.history["accuracy"]) for run in records)
    lines = [element("path", d=path(curve, epochs), opacity=0.7) for curve in curves if len(curve) > 1]
    dots = [element("circle", cx=WIDE - 8, cy=f"{height(a):.1f}", r=2.5, fill="currentColor") for a in accuracy]
    grid = "".join(f"M0 {height(share):.1f}H{WIDE}" for share in (0.6, 0.7, 0.8, 0.9))
    seen = [value for curve in curves for value in curve]
    told = {"n": len(records), "least": percent(min(accuracy)), "most": percent(max(accuracy))}
    label = say("picture.test", **told)
    if seen:
        first = percent(np.mean([curve[0] for curve in curves if len(curve)]))
        label += " " + say("picture.validation", first=first, most=percent(max(seen)))
    return element(
        "svg",
        element("path", d=grid, opacity=0.25),
        lines,
        dots,
        viewBox=f"0 0 {WIDE} {HIGH}",
        width=WIDE,
        height=HIGH,
        fill="none",
        stroke="currentColor",
        role="img",
        aria_label=label,
    )


def path(curve, epochs):
    """A curve from the left edge to beside the dots, if it has all epochs."""
    step = (WIDE - 20) / max(epochs - 1, 1)
    return "M" + "L".join(f"{2 + k * step:.1f} {height(value):.1f}" for k, value in enumerate(curve))


def height(accuracy):
    """Where an accuracy stands in a picture, from above."""
    return HIGH * (1 - max(accuracy, LEAST)) / (1 - LEAST)


def runs(records):
    """A table, a line for each run."""
    head = [say(f"column.{name}") for name in ("seed", "best", "last", "test", "median", "auc", "minutes")]
    return element("div", table(head, [row(run) for run in records]), class_="pst-scrollable-table-container")


def row(run):
    validation, results = run.history.get("val_accuracy"), run.results
    dash = "\N{EN DASH}"
    return [
        str(run.seed),
        best(run.history) if validation else dash,
        percent(validation[-1]) if validation else dash,
        percent(results["accuracy"]),
        percent(results["accuracy_at_median"]) if "accuracy_at_median" in results else dash,
        f"{results['auc']:.3f}" if "auc" in results else dash,
        f"{sum(run.seconds) / 60:.1f}",
    ]


def best(history):
    """The best validation accuracy, and where it was reached."""
    place = int(np.argmax(history["val_accuracy"]))
    value = percent(history["val_accuracy"][place])
    if "strength" in history:  # of a logistic regression, one for each
        return say("at_strength", value=value, strength=number(history["strength"][place]))
    return say("at_epoch", value=value, epoch=place + 1)


def percent(share):
    return f"{100 * share:.1f}%"
