"""Figures of data and training: learning curves, all runs of several recipes, the lengths of reviews."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from .style import describe, number, plain, slider_of, theme

SYMBOLS = "circle", "square", "diamond", "triangle-up", "cross", "x"


def history(records):
    """Training (dashed) and validation (solid) accuracy and loss after each epoch, one line for each random seed.

    The epoch of the best validation accuracy is ringed. records: with `history` (accuracy, loss, val_accuracy and
    val_loss, one value per epoch) and `seed`, as `runs.records.load` gives them. Raises ValueError if there is none.
    """
    if not records:
        raise ValueError("records: expected at least one recorded run, got none")
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06)
    told = []
    for k, record in enumerate(records):
        symbol = {"symbol": SYMBOLS[k % len(SYMBOLS)], "size": 7}
        for row, measure in enumerate(("accuracy", "loss"), start=1):
            for prefix, words, color, dash in (
                ("", "train", "faded-text", "dash"),
                ("val_", "validation", "ink", "solid"),
            ):
                y = np.array(record.history[prefix + measure]) * (100 if measure == "accuracy" else 1)
                curve = go.Scatter(
                    x=list(range(1, len(y) + 1)),
                    y=y,
                    name=f"{words}, seed {record.seed}" if row == 1 else f"{words} loss, seed {record.seed}",
                    mode="lines+markers",
                    line={"color": theme(color), "dash": dash},
                    marker=symbol,
                    showlegend=row == 1,
                )
                figure.add_trace(curve, row=row, col=1)
        accuracy = np.array(record.history["val_accuracy"]) * 100
        best = int(accuracy.argmax())
        ring = {"symbol": "circle-open", "size": 18, "color": theme("ink"), "line": {"width": 2}}
        name = f"best validation, seed {record.seed}"
        figure.add_scatter(
            x=[best + 1], y=[accuracy[best]], name=name, mode="markers", marker=ring, showlegend=False, row=1, col=1
        )
        told.append(
            f"seed {record.seed}: validation accuracy {number(accuracy[0])}% after epoch 1, "
            f"best {number(accuracy[best])}% after epoch {best + 1}, "
            f"{number(accuracy[-1])}% after epoch {len(accuracy)}, where training accuracy is "
            f"{number(record.history['accuracy'][-1] * 100)}%"
        )
    figure.update_layout(title_text="Accuracy and loss after each epoch", height=620)
    figure.update_yaxes(title_text="accuracy, %", row=1, col=1)
    figure.update_yaxes(title_text="loss", rangemode="tozero", row=2, col=1)
    figure.update_xaxes(title_text="epoch", dtick=1, row=2, col=1)
    return describe(figure, f"{'; '.join(told)}.".capitalize())


def strip(rows, marks=None, title="Test accuracy of every run"):
    """One row for each recipe: a dot for each run, and a bar of 95% around their mean.

    rows: name -> (accuracies (N,), half width of the 95% interval), fractions of 1. marks: words -> an accuracy to draw
    a line at, such as a published one. Raises ValueError if a row holds no accuracy.
    """
    rows = {name: (np.atleast_1d(np.asarray(values, float)), float(half)) for name, (values, half) in rows.items()}
    if not rows or any(values.ndim != 1 or not values.size for values, _ in rows.values()):
        raise ValueError("rows: expected at least one recipe, each with its runs' accuracies")
    figure = go.Figure()
    names, told = list(rows), []
    for place, (name, (values, half)) in enumerate(rows.items()):
        mean = values.mean()
        bar = {"type": "data", "array": [100 * half], "color": theme("faded-text"), "thickness": 3, "width": 8}
        figure.add_scatter(
            x=[100 * mean],
            y=[place],
            error_x=bar,
            mode="markers",
            marker={"symbol": "line-ns-open", "size": 22, "color": theme("faded-text"), "line": {"width": 3}},
            name=f"{plain(name)}: mean and 95% interval",
            orientation="h",
            showlegend=False,
        )
        figure.add_scatter(
            x=100 * values,
            y=[place] * len(values),
            mode="markers",
            marker={"size": 10, "color": theme("ink"), "opacity": 0.8},
            name=f"{plain(name)}: runs",
            orientation="h",
            showlegend=False,
        )
        runs = ", ".join(f"{number(100 * value)}%" for value in values)
        told.append(f"{name}: mean {number(100 * mean)}%, plus or minus {number(100 * half)} points; runs {runs}")
    for words, value in (marks or {}).items():
        figure.add_vline(
            x=100 * value,
            line={"color": theme("line"), "dash": "dot"},
            annotation={"text": plain(words), "textangle": -90, "yanchor": "bottom", "y": 0, "xanchor": "right"},
        )
        told.append(f"A line at {number(100 * value)}%: {words}")
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[plain(n) for n in names],
        range=[len(names) - 0.5, -0.5],
        zeroline=False,
    )
    figure.update_xaxes(title_text="test accuracy, %", showgrid=True)
    figure.update_layout(title_text=plain(title), hovermode="closest", height=180 + 56 * len(names))
    return describe(figure, f"{title}. {'. '.join(told)}.")


def lengths(statistics):
    """How long the training reviews are, and what a maximal length, chosen by a slider, leaves of them.

    statistics: as `imdb.statistics()` gives them.
    """
    train = statistics["train"]
    edges, reviews = np.array(train["histogram"]["edges"]), train["histogram"]["reviews"]
    middles = (edges[:-1] + edges[1:]) / 2
    limits = {int(maxlen): kept for maxlen, kept in train["kept"].items()}
    active = list(limits).index(500) if 500 in limits else 0

    def state(maxlen):
        kept = limits[maxlen]
        whole, tokens = kept["reviews"] / train["reviews"], kept["tokens"] / train["tokens"]
        colors = [theme("ink") if edge <= maxlen else theme("faded-text") for edge in edges[1:]]
        return colors, f"{maxlen} tokens: {100 * whole:.1f}% of reviews stay whole, {100 * tokens:.1f}% of tokens stay"

    def lines(told):  # inside the figure, where the bars are low: short lines, for a narrow screen
        return told.replace(": ", ":<br>").replace(", ", ",<br>")

    steps = [
        (
            str(maxlen),
            "update",
            [{"marker.color": [state(maxlen)[0]]}, {"annotations[0].text": lines(state(maxlen)[1])}],
        )
        for maxlen in limits
    ]
    colors, told = state(list(limits)[active])
    figure = go.Figure(go.Bar(x=middles, y=reviews, width=np.diff(edges), marker_color=colors, name="reviews"))
    figure.add_annotation(
        text=lines(told),
        x=1,
        y=0.95,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="top",
        showarrow=False,
        align="right",
    )
    figure.update_layout(
        title_text="Lengths of the training reviews",
        bargap=0,
        xaxis_title_text="tokens in a review",
        yaxis_title_text="reviews",
        hovermode="closest",
        sliders=[slider_of("maximal length", steps, active)],
    )
    length = train["length"]
    alt = (
        f"Histogram of the lengths of {train['reviews']:,} training reviews: shortest {length['min']} tokens, median "
        f"{length['median']}, a tenth over {length['p90']}, longest {length['max']}. "
        + ". ".join(state(maxlen)[1] for maxlen in limits)
        + "."
    )
    return describe(figure, alt)
