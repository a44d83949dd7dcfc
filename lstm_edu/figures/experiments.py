"""Figures of the experiments on the made tasks: what is kept for how long, and when learning begins at all."""

import numpy as np

from ..words import Words
from .page import Figure, describe
from .style import DASHES, TITLE, dots, name_rows, number, plain, slider_of, span, theme

say = Words("figures")
INKS = ("ink", "faded-text", "line", "ink", "faded-text", "line")
SIGNS = ("circle", "square", "diamond", "triangle-up", "cross", "x")
ASIDE = 1.03  # on an axis of powers: how far apart marks for the same number stand
TICKS = [one * ten for ten in (1, 10, 100, 1_000, 10_000) for one in (1, 2, 5)] + [30]


def by_lag(series, y, x=None, trained=None, nothing=None, title=None, log=False):
    """What was measured against the lag: a line through the means, a thin one from the least to the most of the runs.

    series: name -> (lags (N,), values (N, runs), or N arrays where the numbers of runs differ), up to six. y: what was
    measured; x: against what, the lag if None. trained: (shortest, longest) lag of the training; nothing: the value of
    who knows nothing. Raises ValueError for other numbers of series.
    """
    if not 1 <= len(series) <= len(SIGNS):
        raise ValueError(f"series: expected 1 to {len(SIGNS)}, got {len(series)}")
    title = say("by_lag.title") if title is None else title
    x = say("by_lag.lag") if x is None else x
    figure, told = Figure(), []
    dashes = list(dict.fromkeys(DASHES.values()))
    for k, (name, (lags, values)) in enumerate(series.items()):
        lags, values = np.asarray(lags), [np.asarray(at_lag, float) for at_lag in values]
        means, low, high = (np.array([of(at_lag) for at_lag in values]) for of in (np.mean, np.min, np.max))
        fewest, most = min(map(len, values)), max(map(len, values))
        runs = most if fewest == most else say("by_lag.from_to", fewest=fewest, most=most)
        look = {"color": theme(INKS[k]), "dash": dashes[k % len(dashes)], "width": 2.5}
        figure.add_scatter(
            x=lags,
            y=means,
            name=plain(name),
            mode="lines+markers",
            line=look,
            marker={"symbol": SIGNS[k], "size": 8, "color": theme(INKS[k])},
            error_y={"array": high - means, "arrayminus": means - low, "width": 0, "thickness": 1},
        )
        ends = {"first": number(means[0]), "last": number(means[-1]), "shortest": lags[0], "longest": lags[-1]}
        told.append(say("by_lag.row", name=name, runs=runs, **ends))
    if nothing is not None:
        figure.add_hline(y=nothing, line={"color": theme("line"), "dash": "dot", "width": 1})
        words = plain(say("by_lag.nothing"))
        figure.add_annotation(
            x=0,
            xref="paper",
            y=np.log10(nothing) if log else nothing,
            text=words,
            showarrow=False,
            yshift=10,
            xanchor="left",
        )
    if trained is not None:
        figure.add_vrect(x0=trained[0], x1=trained[1], fillcolor=theme("surface"), line_width=0, layer="below")
        told.append(say("by_lag.trained", shortest=trained[0], longest=trained[1]))
    figure.update_layout(title_text=plain(title), hovermode="closest")
    figure.update_xaxes(title_text=plain(x), type="log", tickvals=TICKS)
    figure.update_yaxes(title_text=plain(y), **({"type": "log", "exponentformat": "power"} if log else {}))
    return describe(figure, f"{title}. {say('by_lag.alt', y=y, x=x, rows='; '.join(told))}")


def raced(rows, bars, x, start, title, nothing=None):
    """A row for each cell, in it a dot for each run, and a bar around their middle: at one lag, and a slider for it.

    rows: name -> (lags (N,), values (N, runs)), the same lags in each; bars: name -> (middle, low, high), (N,) each. x:
    what was measured; start: the lag shown first; nothing: the value of a cell that knows nothing. Raises ValueError
    where there is no row, or the lags differ.
    """
    lags = list(dict.fromkeys(tuple(np.asarray(lags).tolist()) for lags, _ in rows.values()))
    if len(lags) != 1 or start not in lags[0]:
        raise ValueError(f"rows: expected one or more with the same lags, {start} among them, got lags {lags}")
    figure, names, [lags] = Figure(), [plain(name) for name in rows], lags
    for k, lag in enumerate(lags):
        shown, runs = {"visible": lag == start, "showlegend": False}, [values[k] for _, values in rows.values()]
        middle, low, high = (np.array([bars[name][part][k] for name in rows]) for part in range(3))
        table = {
            "heading": say("raced.row_of"),
            "positions": names,
            "values": [
                say("raced.bar", middle=number(a), low=number(b), high=number(c))
                for a, b, c in zip(middle, low, high, strict=True)
            ],
        }
        line = {"symbol": "line-ns-open", "size": 20, "color": theme("faded-text"), "line": {"width": 3}}
        bar = span(high - middle, middle - low, "faded-text", 3)
        dots(figure, middle, list(range(len(rows))), say("raced.lag", lag=lag), line, error_x=bar, meta=table, **shown)
        dot = {"size": 9, "color": theme("ink"), "opacity": 0.8}
        places = np.repeat(np.arange(len(rows)), [len(of) for of in runs])
        dots(figure, np.concatenate(runs), places, say("raced.runs"), dot, meta={"table": False}, **shown)
    steps = [
        (lag, "restyle", [{"visible": [k // 2 == chosen for k in range(2 * len(lags))]}])
        for chosen, lag in enumerate(lags)
    ]
    if nothing is not None:
        figure.add_vline(x=nothing, line={"color": theme("line"), "dash": "dot", "width": 1})
    name_rows(figure, names)
    all_of_them = np.concatenate([np.ravel(values) for _, values in rows.values()])
    edges = [np.log10(all_of_them.min()) - 0.1, np.log10(max(all_of_them.max(), nothing or 0)) + 0.1]
    ticks = {"tickvals": [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]}
    figure.update_xaxes(title_text=plain(x), type="log", showgrid=True, range=edges, **ticks)
    figure.update_layout(title_text=plain(title), hovermode="closest", height=220 + 34 * len(rows))
    figure.update_layout(sliders=[slider_of(say("raced.slider"), steps, lags.index(start))])
    told = (
        say("raced.row", name=name, first=number(bars[name][0][0]), last=number(bars[name][0][-1])) for name in rows
    )
    alt = say("raced.alt", title=title, x=x, shortest=lags[0], longest=lags[-1], rows="; ".join(told))
    return describe(figure, alt)


def beginnings(kinds, batches):
    """After how many batches learning began, a mark for each run; those that never began stand above the line.

    kinds: name -> {lag: (runs,)}, NaN for never, as `runs.outcomes.began` gives it, up to six. batches: how many each
    run had.
    """
    figure, told = Figure(), []
    lags = list(next(iter(kinds.values())))
    never, wide = 1.6 * batches, 0.8 / len(kinds)
    for k, (name, by_lag) in enumerate(kinds.items()):
        x, y, rows, table = [], [], [], {"positions": [], "values": []}
        for place, lag in enumerate(lags):
            times = np.asarray(by_lag[lag], float)
            spread = (np.arange(len(times)) - (len(times) - 1) / 2) * 0.7 * wide / max(len(times), 1)
            x += (place + (k - (len(kinds) - 1) / 2) * wide + spread).tolist()
            y += np.where(np.isnan(times), never, times).tolist()
            table["positions"] += [say("beginnings.run", lag=lag, run=run) for run in range(1, len(times) + 1)]
            table["values"] += [say("beginnings.never") if np.isnan(time) else float(time) for time in times]
            rows.append(say("beginnings.lag", lag=lag, began=int((~np.isnan(times)).sum()), runs=len(times)))
        look = {"symbol": SIGNS[k], "size": 9, "color": theme(INKS[k])}
        figure.add_scatter(x=x, y=y, name=plain(name), mode="markers", marker=look, meta=table)
        told.append(say("beginnings.row", name=name, lags=", ".join(rows)))
    figure.add_hline(y=1.2 * batches, line={"color": theme("line"), "dash": "dot", "width": 1})
    figure.update_layout(title_text=say("beginnings.title"), hovermode="closest")
    figure.update_xaxes(title_text=say("by_lag.lag"), tickvals=list(range(len(lags))), ticktext=list(map(str, lags)))
    ticks = [25, 50, 100, 200, 500, 1000]
    figure.update_yaxes(
        title_text=say("beginnings.batches"),
        type="log",
        tickvals=[*ticks, never],
        ticktext=[*map(str, ticks), plain(say("beginnings.never"))],
    )
    return describe(figure, say("beginnings.alt", batches=batches, rows="; ".join(told)))


def reach(kinds, left, biases):
    """Where learning begins: a mark for each lag that was tried, as high as the share of the slope that reaches the
    flag, the middle one of the runs; full where every run began to learn, with a dot where some did, open where none
    did; and for each forget bias the theory of the straight belt as a line, sigmoid(b)^lag.

    kinds: name -> {lag: (runs,)}, as for `beginnings`, up to six; left: name -> {lag: the shares (runs,)}, as
    `runs.outcomes.left` gives them; biases: name -> b, of the names that have one.
    """
    figure, told = Figure(), []
    dashes = list(dict.fromkeys(DASHES.values()))
    for k, (name, by_lag) in enumerate(kinds.items()):
        lags, group = np.array(list(by_lag)), {"legendgroup": name, "name": plain(name)}
        if name in biases:
            along = np.geomspace(1, max(lags), 60)
            line = np.exp(-along * np.log1p(np.exp(-biases[name])))  # sigmoid(b)^lag
            look = {"color": theme(INKS[k]), "dash": dashes[k % len(dashes)], "width": 1.5}
            figure.add_scatter(x=along, y=line, mode="lines", line=look, hoverinfo="skip", showlegend=False, **group)
        began, runs = [int((~np.isnan(times)).sum()) for times in by_lag.values()], len(by_lag[lags[0]])
        shares = [float(np.median(left[name][lag])) for lag in by_lag]
        texts = [
            say("reach.hover", name=name, lag=lag, began=count, runs=runs, left=number(share))
            for lag, count, share in zip(lags, began, shares, strict=True)
        ]
        beside = lags * ASIDE ** (k - (len(kinds) - 1) / 2)  # of marks at the same lag, none on another
        figure.add_scatter(
            x=beside,
            y=shares,
            mode="markers",
            marker={
                "symbol": [SIGNS[k] if count == runs else f"{SIGNS[k]}-open" for count in began],
                "size": 12,
                "color": theme(INKS[k]),
            },
            text=[plain(text) for text in texts],
            hoverinfo="text",
            meta={"positions": lags.tolist(), "values": shares},
            **group,
        )
        told += texts
        some = [0 < count < runs for count in began]
        figure.add_scatter(
            x=beside[some],
            y=np.array(shares)[some],
            mode="markers",
            marker={"size": 4, "color": theme(INKS[k])},
            hoverinfo="skip",
            showlegend=False,
            meta={"table": False},
            **group,
        )
    figure.update_layout(title_text=say("reach.title"), hovermode="closest")
    figure.update_xaxes(title_text=say("by_lag.lag"), type="log", tickvals=[1, 2, 5, 10, 20, 30, 50, 100])
    figure.update_yaxes(title_text=say("reach.left"), type="log", exponentformat="power", range=[-9, 0.9])
    return describe(figure, say("reach.alt", rows="; ".join(told)))


def ways(shares, words=None):
    """By which way the slope came back to each step: straight along the belt, and the rest through h and the gates, one
    upon the other; a row for each network.

    shares: name -> (T,), the part that came straight, of 1 in all. words: T of them, where the steps are words. Raises
    ValueError if there is no network, or a row is no (T,) of the same length.
    """
    shares = {name: np.asarray(share, float) for name, share in shares.items()}
    T = len(words) if words is not None else len(next(iter(shares.values()), ()))
    if not T or any(share.shape != (T,) for share in shares.values()):
        raise ValueError(f"shares: expected rows of one length, got shapes {[one.shape for one in shares.values()]}")
    figure, told, steps = Figure().set_subplots(rows=len(shares), cols=1, shared_xaxes=True), [], list(range(T))
    for row, (name, share) in enumerate(shares.items(), 1):
        for part, ink, values in (("straight", "ink", share), ("detour", "faded", 1 - share)):
            look = {"color": theme(ink), "line": {"color": theme("line"), "width": 0.5}}
            figure.add_bar(
                x=steps, y=100 * values, name=say(f"ways.{part}"), marker=look, showlegend=row == 1, row=row, col=1
            )
        low, high = min(0, share.min()), max(1, share.max())  # beyond 0 and 1 where the two pull against each other
        figure.update_yaxes(range=[100 * low, 100 * high], ticksuffix="%", row=row, col=1)
        figure.add_annotation(
            text=plain(name),
            x=0,
            y=1,
            xref="x domain",
            yref="y domain",
            yanchor="bottom",
            showarrow=False,
            row=row,
            col=1,
        )
        less = np.flatnonzero(share < 0.5)  # the last step of these is where the detour ends to be the larger part
        told.append(say("ways.row", name=name, first=f"{100 * share[0]:.0f}", half=max(less, default=-1) + 1))
    room = 150 if words else 110  # pixels below the rows, for steps or words and what the colours mean
    height = TITLE + 30 + 170 * len(shares) + room
    figure.update_layout(title_text=say("ways.title"), barmode="relative", bargap=0, height=height)
    figure.update_layout(margin={"t": TITLE + 30, "b": room}, legend={"y": -(room - 40) / (170 * len(shares))})
    ticks = (
        {"tickvals": steps, "ticktext": [plain(word) for word in words], "tickangle": -90, "tickfont_size": 11}
        if words
        else {}
    )
    figure.update_xaxes(title_text=say("step" if words is None else "ways.word"), row=len(shares), col=1, **ticks)
    return describe(figure, say("ways.alt", rows="; ".join(told)))


def arrows(paths, start=None):
    """An arrow in the plane that a matrix turns and shrinks at each step: its way, a setting at a time.

    paths: setting (a number) -> (T, 2), where the arrow's point stands after each step. start: the setting shown first.
    """
    settings, figure = list(paths), Figure()
    active = settings.index(start) if start is not None else 0
    paths = {key: np.asarray(path, float) for key, path in paths.items()}
    for k, path in enumerate(paths.values()):
        x, y = (
            np.column_stack([np.zeros(len(path)), path[:, axis], np.full(len(path), np.nan)]).ravel() for axis in (0, 1)
        )
        look = {"color": theme("faded-text"), "width": 1}
        shown = {"visible": k == active, "showlegend": False}
        figure.add_scatter(x=x, y=y, mode="lines", line=look, hoverinfo="skip", meta={"table": False}, **shown)
        figure.add_scatter(
            name=say("arrows.name", setting=number(list(paths)[k])),
            meta={
                "heading": say("step"),
                "positions": list(range(len(path))),
                "values": [f"{number(a)}, {number(b)}" for a, b in path],
            },
            x=path[:, 0],
            y=path[:, 1],
            mode="lines+markers+text",
            text=[str(t) if t in (0, 1, 2, 5, 10, len(path) - 1) else "" for t in range(len(path))],
            textposition="top right",
            line={"color": theme("ink"), "width": 2},
            marker={"size": 7},
            **shown,
        )
    steps = [
        (number(key), "restyle", [{"visible": [k // 2 == chosen for k in range(2 * len(paths))]}])
        for chosen, key in enumerate(paths)
    ]
    figure.update_layout(sliders=[slider_of(say("arrows.slider"), steps, active)], title_text=say("arrows.title"))
    figure.update_layout(hovermode="closest", height=460)
    figure.update_xaxes(range=[-1.6, 1.6], title_text=say("arrows.first"))
    figure.update_yaxes(range=[-1.6, 1.6], scaleanchor="x", title_text=say("arrows.second"))
    rows = (
        say("arrows.row", setting=number(key), steps=len(path) - 1, length=number(np.linalg.norm(path[-1])))
        for key, path in paths.items()
    )
    return describe(figure, say("arrows.alt", rows="; ".join(rows)))
