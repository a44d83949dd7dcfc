"""Figures of a training: the task it learns, how it went against the clock, and what the time was spent on."""

import numpy as np

from ..words import Words
from .page import Figure, describe
from .style import DASHES, TITLE, number, plain, theme, written

say = Words("figures")


def parcel(inputs):
    """One example of the marked parcel: a bar for each number that comes by, the flag, and the bell.

    inputs (T, 3): number, flag and bell, as `tasks.marked_parcel` gives them. Raises ValueError for any other shape,
    and where there is not one flag and one bell.
    """
    inputs = np.asarray(inputs, float)
    if inputs.ndim != 2 or inputs.shape[1] != 3 or (inputs[:, 1:].sum(axis=0) != 1).any():
        raise ValueError(f"inputs: expected (T, 3) with one flag and one bell, got shape {inputs.shape}")
    numbers, (flag, bell) = inputs[:, 0], inputs[:, 1:].argmax(axis=0).tolist()
    marked = [theme("ink") if t == flag else theme("faded") for t in range(len(numbers))]
    figure = Figure()
    figure.add_bar(x=list(range(len(numbers))), y=numbers, name=say("parcel.number"), marker={"color": marked})
    for step, words in ((flag, say("parcel.flag")), (bell, say("parcel.bell"))):
        line = {"color": theme("ink"), "dash": "solid" if step == flag else "dot", "width": 2}
        figure.add_vline(x=step, line=line, layer="below")
        figure.add_annotation(x=step, y=1.08, yref="paper", text=plain(words), showarrow=False, xanchor="left")
    figure.update_layout(title_text=say("parcel.title"), height=340, bargap=0.3, showlegend=False)
    figure.update_layout(margin={"t": TITLE + 36})  # what flag and bell say stands above the bars
    figure.update_yaxes(title_text=say("parcel.number"), range=[-1.05, 1.05])
    figure.update_xaxes(title_text=say("step"))
    kept, lag = number(numbers[flag]), bell - flag
    return describe(figure, say("parcel.alt", steps=len(numbers), flag=flag, kept=kept, bell=bell, lag=lag))


def race(groups, aim=None):
    """Validation accuracy after each epoch against the seconds since the start, a line for each run.

    groups: name -> records, as `runs.records.load` gives them, one or two of them. aim: an accuracy to draw a line at.
    Raises ValueError for more groups, where one has no record, or a record has no validation.
    """
    if not 1 <= len(groups) <= 2 or any(not records for records in groups.values()):
        raise ValueError(f"groups: expected one or two, each with its records, got {len(groups)}")
    figure, told = Figure(), []
    for (name, records), ink, dash in zip(groups.items(), ("ink", "faded-text"), DASHES.values(), strict=False):
        for k, record in enumerate(records):
            if "val_accuracy" not in record.history:
                raise ValueError(f"groups: expected runs with a validation, got {record.stem}")
            figure.add_scatter(
                x=np.cumsum(record.seconds),
                y=100 * np.array(record.history["val_accuracy"]),
                name=plain(name),
                legendgroup=name,
                showlegend=k == 0,
                mode="lines+markers",
                line={"color": theme(ink), "dash": dash},
                marker={"size": 6},
                hovertext=say("seed", seed=record.seed),
            )
        ends = sorted(sum(record.seconds) for record in records)
        last = sorted(100 * record.history["val_accuracy"][-1] for record in records)
        shown = written(soonest=ends[0], latest=ends[-1], least=last[0], most=last[-1])
        told.append(say("race.row", name=name, runs=len(records), **shown))
    if aim is not None:
        figure.add_hline(y=100 * aim, line={"color": theme("line"), "dash": "dot"})
    figure.update_layout(title_text=say("race.title"), hovermode="closest")
    figure.update_xaxes(title_text=say("race.seconds"), rangemode="tozero")
    figure.update_yaxes(title_text=say("race.accuracy"))
    return describe(figure, say("race.alt", rows="; ".join(told)))


def shares(seconds, title):
    """How much of a time each part of a work takes: a bar for each, in the order given.

    seconds: part -> seconds. Raises ValueError if one is below zero or no number, or all of them take no time.
    """
    whole = sum(seconds.values())
    if not whole > 0 or not min(seconds.values()) >= 0:
        raise ValueError(f"seconds: expected some time, and no part below zero, got {list(seconds.values())}")
    names, parts = list(seconds), [100 * part / whole for part in seconds.values()]
    figure = Figure()
    figure.add_bar(
        x=parts,
        y=list(range(len(names))),
        orientation="h",
        marker={"color": theme("faded-text")},
        text=[say("shares.share", share=f"{part:.0f}") for part in parts],
        textposition="outside",
        cliponaxis=False,
        name=say("shares.of"),
    )
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=[plain(n) for n in names], autorange="reversed")
    figure.update_xaxes(title_text=say("shares.of"), rangemode="tozero")
    figure.update_layout(title_text=plain(title), height=140 + 44 * len(names), showlegend=False)
    rows = "; ".join(say("shares.row", name=name, share=number(part)) for name, part in zip(names, parts, strict=True))
    return describe(figure, say("shares.alt", title=title, rows=rows))
