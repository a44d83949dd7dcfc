"""Figures of runs: learning curves, and all runs of several recipes."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ..words import Words
from .page import Figure, describe
from .style import dots, name_rows, number, plain, theme, upright, written

say = Words("figures")
SYMBOLS = "circle", "square", "diamond", "triangle-up", "cross", "x"


def history(records):
    """Training (dashed) and validation (solid) accuracy and loss after each epoch, one line for each random seed.

    The epoch of the best validation accuracy is ringed. records: with `history` (accuracy, loss, val_accuracy and
    val_loss, one value per epoch) and `seed`, as `runs.records.load` gives them. Raises ValueError if there is none.
    """
    if not records:
        raise ValueError("records: expected at least one recorded run, got none")
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, figure=Figure())
    told = []
    for k, record in enumerate(records):
        symbol = {"symbol": SYMBOLS[k % len(SYMBOLS)], "size": 7}
        for row, measure in enumerate(("accuracy", "loss"), start=1):
            for prefix, part, color, dash in (
                ("", "train", "faded-text", "dash"),
                ("val_", "validation", "ink", "solid"),
            ):
                y = np.array(record.history[prefix + measure]) * (100 if measure == "accuracy" else 1)
                curve = go.Scatter(
                    x=list(range(1, len(y) + 1)),
                    y=y,
                    name=say(f"history.{part}" if row == 1 else f"history.{part}_loss", seed=record.seed),
                    mode="lines+markers",
                    line={"color": theme(color), "dash": dash},
                    marker=symbol,
                    showlegend=row == 1,
                )
                figure.add_trace(curve, row=row, col=1)
        accuracy = np.array(record.history["val_accuracy"]) * 100
        best = int(accuracy.argmax())
        ring = {"symbol": "circle-open", "size": 18, "color": theme("ink"), "line": {"width": 2}}
        name = say("history.best", seed=record.seed)
        figure.add_scatter(
            x=[best + 1], y=[accuracy[best]], name=name, mode="markers", marker=ring, showlegend=False, row=1, col=1
        )
        train = record.history["accuracy"][-1] * 100
        shown = written(first=accuracy[0], best=accuracy[best], last=accuracy[-1], train=train)
        told.append(say("history.told", seed=record.seed, epoch=best + 1, epochs=len(accuracy), **shown))
    figure.update_layout(title_text=say("history.title"), height=620)
    figure.update_yaxes(title_text=say("history.accuracy"), row=1, col=1)
    figure.update_yaxes(title_text=say("history.loss"), rangemode="tozero", row=2, col=1)
    figure.update_xaxes(title_text=say("history.epoch"), dtick=1, row=2, col=1)
    alt = say("history.alt", runs="; ".join(told))
    return describe(figure, alt[0].upper() + alt[1:])


def strip(rows, marks=None, title=None):
    """One row for each recipe: a dot for each run, and a bar of 95% around their mean.

    rows: name -> (accuracies (N,), half width of the 95% interval), fractions of 1. marks: words -> an accuracy to draw
    a line at, such as a published one. Raises ValueError if a row holds no accuracy.
    """
    title = say("strip.title") if title is None else title
    rows = {name: (np.atleast_1d(np.asarray(values, float)), float(half)) for name, (values, half) in rows.items()}
    if not rows or any(values.ndim != 1 or not values.size for values, _ in rows.values()):
        raise ValueError("rows: expected at least one recipe, each with its runs' accuracies")
    figure = Figure()
    names, told = list(rows), []
    for place, (name, (values, half)) in enumerate(rows.items()):
        mean = values.mean()
        bar = {"type": "data", "array": [100 * half], "color": theme("faded-text"), "thickness": 3, "width": 8}
        middle = {"symbol": "line-ns-open", "size": 22, "color": theme("faded-text"), "line": {"width": 3}}
        dots(figure, [100 * mean], [place], say("strip.mean", name=plain(name)), middle, error_x=bar)
        dot = {"size": 10, "color": theme("ink"), "opacity": 0.8}
        dots(figure, 100 * values, [place] * len(values), say("strip.runs", name=plain(name)), dot)
        runs = ", ".join(f"{number(100 * value)}%" for value in values)
        told.append(say("strip.row", name=name, mean=number(100 * mean), half=number(100 * half), runs=runs))
    for words, value in (marks or {}).items():
        upright(figure, 100 * value, plain(words), {"color": theme("line"), "dash": "dot"}, y=0, yanchor="bottom")
        told.append(say("strip.line", value=number(100 * value), words=words))
    name_rows(figure, [plain(name) for name in names])
    figure.update_xaxes(title_text=say("strip.accuracy"), showgrid=True)
    figure.update_layout(title_text=plain(title), hovermode="closest", height=180 + 56 * len(names), showlegend=False)
    return describe(figure, f"{title}. {'. '.join(told)}.")
