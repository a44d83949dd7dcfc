"""Figures of what the trained models do: counted over the test reviews (`runs.study()`), or on one review."""

import numpy as np
import plotly.graph_objects as go

from .parts import ORDER, _name_steps, name_of
from .style import describe, number, plain, role, slider_of, theme

DASHES = "solid", "dash", "dot", "dashdot", "longdash"
SYMBOLS = "circle", "square-open", "triangle-up", "diamond-open", "x"  # with the dashes: told apart without colour
BIN = 0.1  # words, width of a bar


def half_lives(study):
    """How many units have which half-life on the belt, for all models or for the one that a slider chooses.

    study: as `runs.study()` gives it.
    """
    of_seed = {seed: np.array(study["forget"][str(seed)]["half_life"]) for seed in study["seeds"]}
    values = {"all": np.concatenate(list(of_seed.values()))} | of_seed
    low, high = np.floor(values["all"].min() / BIN), np.ceil(values["all"].max() / BIN)
    edges = np.arange(low, high + 1) * BIN
    bars = {name: np.histogram(some, edges)[0].tolist() for name, some in values.items()}
    fresh = float(np.log(0.5) / np.log(1 / (1 + np.exp(-1))))
    figure = go.Figure(go.Bar(x=(edges[:-1] + edges[1:]) / 2, y=bars["all"], width=BIN, name="units"))
    figure.update_traces(marker={"color": role("f"), "line": {"color": theme("background"), "width": 1}})
    figure.add_vline(
        x=fresh,
        line={"color": theme("ink"), "dash": "dash"},
        annotation={"text": "untrained", "textangle": -90, "xanchor": "right", "y": 1, "yanchor": "top"},
    )
    steps = [(name, "restyle", [{"y": [counts]}]) for name, counts in bars.items()]
    figure.update_layout(
        title_text="Half-lives on the belt, in words",
        xaxis_title_text="half-life of a unit, in words",
        yaxis={"title": {"text": "units"}, "rangemode": "tozero"},
        bargap=0,
        hovermode="closest",
        sliders=[slider_of("seed", steps, 0)],
    )
    told = "; ".join(
        f"{'all models' if name == 'all' else f'seed {name}'}: {len(some)} units, {number(some.min())} to "
        f"{number(some.max())} words, half of them under {number(np.median(some))}"
        for name, some in values.items()
    )
    return describe(figure, f"Histogram of half-lives, in words. {told}. A fresh layer of Keras: {number(fresh)}.")


def memory(study):
    """What is left of an old difference after more and more words: by the belt alone, and in the whole cell.

    study: as `runs.study()` gives it.
    """
    found = {seed: study["memory"][str(seed)] for seed in study["seeds"]}
    words = list(range(len(study["memory"][str(study["seeds"][0])]["loop"])))
    belt = np.mean([one["belt"] for one in found.values()], axis=0)
    figure = go.Figure()
    figure.add_scatter(
        x=words, y=belt, name="the belt alone", mode="lines", line={"color": role("c"), "width": 4, "dash": "solid"}
    )
    for dash, (seed, one) in zip(DASHES, found.items(), strict=True):
        line = {"color": theme("ink"), "width": 2, "dash": dash}
        figure.add_scatter(x=words, y=one["loop"], name=f"whole cell, seed {seed}", mode="lines", line=line)
    figure.add_hline(y=0.5, line={"color": theme("line"), "dash": "dot", "width": 1})
    figure.update_layout(
        title_text="What is left of an old difference",
        # room to the right of the last tick: at the very edge its label is left out
        xaxis={"title": {"text": "words read since"}, "range": [0, 1.04 * words[-1]], "dtick": 20},
        yaxis={"title": {"text": "share that is left"}, "range": [0, 1.03]},
        height=480,
    )
    told = "; ".join(f"seed {seed}: half after {number(one['half_life'])} words" for seed, one in found.items())
    return describe(
        figure,
        f"Share of a difference that is left after up to {words[-1]} words. The belt alone, the product of its gates: "
        f"{number(belt[1])} after one word, {number(belt[10])} after ten. The whole cell, differences of the logit, "
        f"{told}.",
    )


def word_groups(study, part="g"):
    """How far words of a kind move the four layers and the belt, beside groups of other words drawn at random.

    A dot for each model; the bars hold 90 of 100 drawn groups. A slider chooses the part. study: as `runs.study()`
    gives it; part: the one shown first, i, f, g, o or c. Raises ValueError if `part` is none of them.
    """
    found = study["groups"]["found"]
    groups, parts = list(found), [name for name in ORDER if name in found[next(iter(found))]]
    if part not in parts:
        raise ValueError(f"part: expected one of {', '.join(parts)}, got {part!r}")
    looks = {name: _group_looks(found, groups, study["seeds"], name) for name in parts}
    figure = go.Figure()
    rows = np.arange(len(groups))
    baselines = (0.14, "faded-text", "as frequent"), (0.32, "line", "as frequent and positive")
    for look, (below, color, name) in zip(looks[part][:2], baselines, strict=True):
        figure.add_scatter(
            x=look["x"],
            y=(rows + below).tolist(),
            error_x={
                "type": "data",
                "symmetric": False,
                "array": look["error_x.array"],
                "arrayminus": look["error_x.arrayminus"],
                "color": theme(color),
                "thickness": 6,
                "width": 0,
            },
            mode="markers",
            # at the middle of the bar a piece of it, for the legend, which draws the marker alone
            marker={"symbol": "line-ew-open", "size": 9, "color": theme(color), "line": {"width": 6}},
            name=f"90 of 100 drawn, {name}",
            orientation="h",
        )
    figure.add_scatter(
        x=looks[part][2]["x"],
        y=np.repeat(rows - 0.12, len(study["seeds"])).tolist(),
        mode="markers",
        marker={"size": 9, "color": theme("ink"), "opacity": 0.75},
        name="the group, in each model",
        orientation="h",
    )
    names = ("x", "error_x.array", "error_x.arrayminus")
    steps = [
        (
            name_of(name) if name != "c" else "c belt, its change",
            "restyle",
            [{key: [look.get(key) for look in looks[name]] for key in names}],
        )
        for name in parts
    ]
    figure.update_yaxes(
        tickvals=list(range(len(groups))), ticktext=groups, range=[len(groups) - 0.4, -0.6], zeroline=False
    )
    figure.update_xaxes(title_text="shift, standard deviations", showgrid=True, rangemode="tozero")
    figure.update_layout(
        title_text="How far words of a kind move the cell",
        hovermode="closest",
        height=500,
        legend={"orientation": "v", "y": -0.22},
        sliders=[slider_of("part", steps, parts.index(part))],
    )
    told = []
    for name in parts:
        for k, group in enumerate(groups):
            like, alike, dots = looks[name]
            mine = dots["x"][k * len(study["seeds"]) : (k + 1) * len(study["seeds"])]
            told.append(
                f"{name}, {group}: {number(min(mine))} to {number(max(mine))}, drawn groups as frequent "
                f"{number(like['x'][k])}, as positive too {number(alike['x'][k])}"
            )
    alt = f"Typical shift over the units in standard deviations, smallest and largest of the models. {'; '.join(told)}."
    return describe(figure, alt)


def _group_looks(found, groups, seeds, part):
    """What the slider moves: the two baselines (means over the models of their quantiles), and the groups' dots."""
    looks = []
    for kind in ("count", "positive"):
        low, middle, high = np.array(
            [np.mean([found[g][part][str(s)][kind]["quantiles"] for s in seeds], axis=0) for g in groups]
        ).T
        looks.append(
            {
                "x": middle.tolist(),
                "error_x.array": (high - middle).tolist(),
                "error_x.arrayminus": (middle - low).tolist(),
            }
        )
    looks.append({"x": [found[g][part][str(s)]["effect"] for g in groups for s in seeds]})
    return looks


def same_unit(belts, words, start=0):
    """The belt of "the same" unit in several models, word by word; a slider chooses the unit.

    belts: name of the model -> c (T, U); words: T texts; start: the unit shown first. Raises ValueError if the shapes
    differ, there are more than five models, or `words` or `start` does not fit.
    """
    belts = {name: np.asarray(c, float) for name, c in belts.items()}
    shapes = {c.shape for c in belts.values()}
    if not 1 <= len(belts) <= len(DASHES) or len(shapes) > 1 or len(next(iter(shapes))) != 2:
        raise ValueError(
            f"belts: expected one to five of one shape (T, U), got shapes {[c.shape for c in belts.values()]}"
        )
    [(T, U)] = shapes
    if len(words) != T:
        raise ValueError(f"words: expected {T} texts, one for each step, got {len(words)}")
    if not 0 <= start < U:
        raise ValueError(f"start: expected a unit from 0 to {U - 1}, got {start!r}")
    figure = go.Figure()
    looks = zip(("ink", "faded-text", "ink", "faded-text", "ink"), DASHES, SYMBOLS, strict=True)
    for (ink, dash, symbol), (name, c) in zip(looks, belts.items(), strict=False):
        figure.add_scatter(
            x=list(range(T)),
            y=c[:, start],
            name=plain(name),
            mode="lines+markers",
            line={"color": theme(ink), "dash": dash, "width": 2},
            marker={"symbol": symbol, "size": 9, "color": theme(ink), "line": {"width": 2}},
        )
    _name_steps(figure, words)
    reach = 1.05 * max(np.abs(c).max() for c in belts.values())
    steps = [(unit, "restyle", [{"y": [c[:, unit].tolist() for c in belts.values()]}]) for unit in range(U)]
    figure.update_layout(
        title_text="One number, several models: the belt of a unit",
        yaxis={"title": {"text": "belt c"}, "range": [-reach, reach]},
        height=480,
        legend={"y": -0.45},
        sliders=[slider_of("unit", steps, start)],
    )
    told = "; ".join(f"{name} {number(c[-1, start])}" for name, c in belts.items())
    return describe(
        figure, f"The belt of a unit over {T} words in {len(belts)} models. Unit {start} after the last word: {told}."
    )


KINDS = {
    "answer": "a unit and the answer of its model",
    "within": "two units of one model",
    "same": "the same number in two models",
    "other": "other numbers in two models",
    "best": "the best match in another model",
    "chance": "best match, on another review",
}


def likeness(study):
    """How alike belts and answers are, inside a model and between models: the middle, 80 of 100, and the extremes.

    study: as `runs.study()` gives it.
    """
    lowest, low, middle, high, highest = np.array([study["units"][kind] for kind in KINDS]).T
    places = list(range(len(KINDS)))
    figure = go.Figure()
    for ends, thickness, color, name in (
        ((lowest, highest), 2, "faded-text", "all pairs"),
        ((low, high), 8, "line", "middle; thick: 80 of 100"),
    ):
        figure.add_scatter(
            x=middle,
            y=places,
            error_x={
                "type": "data",
                "symmetric": False,
                "array": ends[1] - middle,
                "arrayminus": middle - ends[0],
                "color": theme(color),
                "thickness": thickness,
                "width": 0,
            },
            mode="markers",
            marker={"symbol": "line-ns-open", "size": 22, "color": theme("ink"), "line": {"width": 3}},
            name=name,
            showlegend=thickness > 2,
            orientation="h",
        )
    figure.update_yaxes(
        tickvals=places,
        ticktext=[
            words.replace(" in ", "<br>in ").replace(", ", ",<br>").replace(" of its", "<br>of its")
            for words in KINDS.values()
        ],
        range=[len(KINDS) - 0.5, -0.5],
        zeroline=False,
    )
    figure.update_xaxes(title_text="|correlation|", range=[0, 1], showgrid=True)
    figure.update_layout(title_text="How alike two units are", hovermode="closest", height=420)
    told = "; ".join(
        f"{words}: middle {number(middle[k])}, 80 of 100 between {number(low[k])} and {number(high[k])}"
        for k, words in enumerate(KINDS.values())
    )
    return describe(
        figure, f"Correlations over all words, of two belts or of a belt and the logit, without their sign. {told}."
    )
