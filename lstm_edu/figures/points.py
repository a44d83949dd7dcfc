"""Figures of numbers that belong together by name: a dot for each network, a mark for each word, a bar of parts."""

import numpy as np

from ..words import Words
from .page import Figure, describe
from .style import dots, name_rows, number, plain, theme, upright

say = Words("figures")
MARKS = ("circle", "ink"), ("circle-open", "ink"), ("diamond", "faded-text"), ("x", "ink")
PARTS = "ink", "faded-text", "faded"
ROW = 44  # pixels


def each(rows, x, title, log=False, marks=None):
    """A row for each name, in it a dot for each network or run.

    rows: name -> (N,) values; or name -> {series: (N,) values}, up to four series with the same names in all rows. x:
    the axis' title; log: a logarithmic axis. marks: words -> a value to draw a line at. Raises ValueError if there is
    no row, or a row has no value.
    """
    rows = {name: of if isinstance(of, dict) else {"": of} for name, of in rows.items()}
    rows = {name: {key: np.atleast_1d(np.asarray(v, float)) for key, v in of.items()} for name, of in rows.items()}
    series = list(dict.fromkeys(key for of in rows.values() for key in of))
    if not rows or not all(values.size for of in rows.values() for values in of.values()):
        raise ValueError("rows: expected at least one, each with values")
    if not 1 <= len(series) <= len(MARKS):
        raise ValueError(f"rows: expected 1 to {len(MARKS)} series, got {len(series)}")
    figure, told = Figure(), []
    for k, ((symbol, ink), key) in enumerate(zip(MARKS, series, strict=False)):
        shift = 0.3 * (k - (len(series) - 1) / 2)
        x_of, places, names = [], [], []
        for place, (name, of) in enumerate(rows.items()):
            values = of.get(key, ())
            x_of += [*values]
            places += len(values) * [place + shift]
            names += [say("each.one", name=plain(name), n=n) for n in range(1, len(values) + 1)]
        mark = {"symbol": symbol, "size": 10, "color": theme(ink), "line": {"width": 2}, "opacity": 0.8}
        table = {"positions": names, "values": x_of, "heading": say("each.row_of")}
        dots(figure, x_of, places, plain(key or x), mark, meta=table, showlegend=len(series) > 1)
    for name, of in rows.items():
        spread = ", ".join(
            say("each.series", series=key, least=number(values.min()), most=number(values.max())).strip()
            for key, values in of.items()
        )
        told.append(say("each.row", name=name, spread=spread))
    for words, value in (marks or {}).items():
        line = {"color": theme("faded-text"), "dash": "dot", "width": 1.5}
        place = {"y": 0, "yanchor": "bottom"}
        upright(figure, value, plain(words), line, **place)
        told.append(say("each.line", value=number(value), words=words))
    name_rows(figure, [plain(name) for name in rows])
    figure.update_xaxes(title_text=plain(x), showgrid=True, **({"type": "log"} | LOG if log else {}))
    height = 150 + ROW * len(rows) + (40 if len(series) > 1 else 0)
    figure.update_layout(title_text=plain(title), hovermode="closest", height=height)
    figure.update_layout(legend={"y": -90 / (ROW * len(rows))})
    return describe(figure, say("each.alt", title=title, x=x, rows="; ".join(told)))


LOG = {"tickvals": [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]}


def stacked(rows, x, title):
    """A bar for each name, made of its parts one after the other. rows: name -> {part: value}, up to three parts with
    the same names in all rows, none below 0; x: the axis' title. Raises ValueError for other parts.
    """
    parts = list(next(iter(rows.values()), {}))
    if not 1 <= len(parts) <= len(PARTS) or any(list(of) != parts or min(of.values()) < 0 for of in rows.values()):
        raise ValueError(f"rows: expected the same 1 to {len(PARTS)} parts in each, none below 0, got {rows}")
    figure, names = Figure(), [plain(name) for name in rows]
    for ink, part in zip(PARTS, parts, strict=False):
        look = {"color": theme(ink), "line": {"color": theme("line"), "width": 1}}
        values = [of[part] for of in rows.values()]
        table = {"positions": names, "heading": say("each.row_of"), "values": values}
        figure.add_bar(x=values, y=[*range(len(rows))], name=plain(part), orientation="h", marker=look, meta=table)
    name_rows(figure, names)
    figure.update_xaxes(title_text=plain(x), showgrid=True)
    height = 170 + ROW * len(rows)
    figure.update_layout(title_text=plain(title), barmode="stack", bargap=0.3, hovermode="closest", height=height)
    figure.update_layout(legend={"y": -90 / (ROW * len(rows)), "traceorder": "normal"})
    told = (
        say("each.row", name=name, spread=", ".join(f"{part} {number(value)}" for part, value in of.items()))
        for name, of in rows.items()
    )
    return describe(figure, say("each.alt", title=title, x=x, rows="; ".join(told)))


def points(series, x, y, title, log=False, named=None):
    """Marks in a plane. series: name -> (x (N,), y (N,), names (N,)), up to four, the names for hovering and the table;
    x, y: the axes' titles; log: a logarithmic x axis. named: which names stand beside their marks too.

    Raises ValueError if there is no series, or more than four.
    """
    if not 1 <= len(series) <= len(MARKS):
        raise ValueError(f"series: expected 1 to {len(MARKS)}, got {len(series)}")
    figure, told, named = Figure(), [], set(named or ())
    middle = np.mean([edge(across) for across, *_ in series.values() for edge in (np.min, np.max) if len(across)])
    for (symbol, ink), (key, (across, up, names)) in zip(MARKS, series.items(), strict=False):
        across, up = np.asarray(across, float), np.asarray(up, float)
        figure.add_scatter(
            x=across,
            y=up,
            name=plain(key),
            mode="markers+text",
            text=[plain(name) if name in named else "" for name in names],
            textposition=["middle left" if place > middle else "middle right" for place in across],
            hovertext=[plain(name) for name in names],
            hoverinfo="x+y+text",
            marker={"symbol": symbol, "size": 8, "color": theme(ink), "line": {"width": 1.5}, "opacity": 0.75},
            meta={
                "positions": [plain(name) for name in names],
                "heading": say("points.name"),
                "values": _pairs(across, up),
            },
        )
        ends = {"least": number(up.min()), "most": number(up.max())}
        told.append(say("points.row", name=key, n=len(up), **ends))
        told += [
            say("points.one", name=name, x=number(a), y=number(b))
            for name, a, b in zip(names, across, up, strict=True)
            if name in named
        ]
    figure.update_layout(title_text=plain(title), hovermode="closest", height=480)
    figure.update_layout(showlegend=len(series) > 1)
    figure.update_xaxes(title_text=plain(x), showgrid=True, **({"type": "log"} | LOG if log else {}))
    figure.update_yaxes(title_text=plain(y))
    return describe(figure, say("points.alt", title=title, x=x, y=y, rows="; ".join(told)))


def _pairs(across, up):
    return [f"{number(a)}, {number(b)}" for a, b in zip(across, up, strict=True)]
