"""Figures of what the trained models do: counted over the test reviews (`study.result()`), or on one review."""

import numpy as np
import plotly.graph_objects as go

from ..drawing import PARTS
from ..words import Words
from .cell import name_of, name_steps
from .page import Figure, describe
from .style import broken, dots, name_rows, number, plain, role, slider_of, span, theme, upright, written

say = Words("figures")
DASHES = "solid", "dash", "dot", "dashdot", "longdash"
SYMBOLS = "circle", "square-open", "triangle-up", "diamond-open", "x"  # with the dashes: told apart without colour
BIN = 0.1  # words, width of a bar


def half_lives(study):
    """How many units have which half-life on the belt, for all models or for the one that a slider chooses.

    study: as `study.result()` gives it.
    """
    of_seed = dict(zip(study["seeds"], np.transpose(study["forget"]["half_life"]), strict=True))
    values = {"all": np.concatenate(list(of_seed.values()))} | of_seed
    low, high = np.floor(values["all"].min() / BIN), np.ceil(values["all"].max() / BIN)
    edges = np.arange(low, high + 1) * BIN
    bars = {name: np.histogram(some, edges)[0].tolist() for name, some in values.items()}
    fresh = float(np.log(0.5) / np.log(1 / (1 + np.exp(-1))))
    figure = Figure(go.Bar(x=(edges[:-1] + edges[1:]) / 2, y=bars["all"], width=BIN, name=say("half_lives.units")))
    figure.update_traces(marker={"color": role("f"), "line": {"color": theme("background"), "width": 1}})
    line = {"color": theme("ink"), "dash": "dash"}
    upright(figure, fresh, say("half_lives.untrained"), line, y=1, yanchor="top")
    steps = [
        (say("half_lives.all") if name == "all" else name, "restyle", [{"y": [counts]}])
        for name, counts in bars.items()
    ]
    figure.update_layout(
        title_text=say("half_lives.title"),
        xaxis_title_text=say("half_lives.half_life"),
        yaxis={"title": {"text": say("half_lives.units")}, "rangemode": "tozero"},
        bargap=0,
        hovermode="closest",
        sliders=[slider_of(say("half_lives.slider"), steps, 0)],
    )
    told = "; ".join(
        say(
            "half_lives.row",
            name=say("half_lives.all_models") if name == "all" else say("seed", seed=name),
            units=len(some),
            **written(least=some.min(), most=some.max(), median=np.median(some)),
        )
        for name, some in values.items()
    )
    return describe(figure, say("half_lives.alt", rows=told, fresh=number(fresh)))


def memory(study):
    """What is left of an old difference after more and more words: by the belt alone, and in the whole cell.

    study: as `study.result()` gives it.
    """
    loops = np.transpose(study["memory"]["loop"]).tolist()  # a list for each seed
    words, belt = list(range(len(loops[0]))), np.mean(study["memory"]["belt"], axis=-1)
    figure = Figure()
    figure.add_scatter(
        x=words, y=belt, name=say("memory.belt"), mode="lines", line={"color": role("c"), "width": 4, "dash": "solid"}
    )
    for dash, seed, loop in zip(DASHES, study["seeds"], loops, strict=True):
        line = {"color": theme("ink"), "width": 2, "dash": dash}
        figure.add_scatter(x=words, y=loop, name=say("memory.cell", seed=seed), mode="lines", line=line)
    figure.add_hline(y=0.5, line={"color": theme("line"), "dash": "dot", "width": 1})
    figure.update_layout(
        title_text=say("memory.title"),
        # room to the right of the last tick: at the very edge its label is left out
        xaxis={"title": {"text": say("memory.words")}, "range": [0, 1.04 * words[-1]], "dtick": 20},
        yaxis={"title": {"text": say("memory.share")}, "range": [0, 1.03]},
        height=480,
    )
    half_lives = zip(study["seeds"], study["memory"]["half_life"], strict=True)
    told = "; ".join(say("memory.row", seed=seed, half_life=number(half)) for seed, half in half_lives)
    alt = say("memory.alt", words=words[-1], one=number(belt[1]), ten=number(belt[10]), rows=told)
    return describe(figure, alt)


def plane(study, network=0):
    """The belts of some reviews along the two directions in which they move most; a slider goes through the words.

    study: as `study.result()` gives it; network: which of its networks.
    """
    found = study["plane"]
    places = np.array(found["places"])[..., network]  # (looks, reviews, 2)
    resting, liked = np.array(found["resting"])[..., network], np.array(found["positive"], bool)
    kinds = {"positive": places[:, liked], "negative": places[:, ~liked]}
    figure, looks = Figure(), (("circle", "ink"), ("circle-open", "faded-text"))
    for (symbol, ink), (kind, of) in zip(looks, kinds.items(), strict=True):
        mark = {"symbol": symbol, "size": 9, "color": theme(ink), "line": {"width": 2}}
        figure.add_scatter(x=of[-1, :, 0], y=of[-1, :, 1], name=say(f"plane.{kind}"), mode="markers", marker=mark)
    mark = {"symbol": "star", "size": 16, "color": theme("ink"), "line": {"color": theme("background"), "width": 1}}
    figure.add_scatter(x=resting[:, 0], y=resting[:, 1], name=say("plane.resting"), mode="markers", marker=mark)
    steps = [
        (
            words,
            "restyle",
            [{axis: [of[k, :, n].tolist() for of in kinds.values()] for n, axis in enumerate("xy")}, [0, 1]],
        )
        for k, words in enumerate(found["words"])
    ]
    low, high = (edge(axis=(0, 1)) for edge in (places.min, places.max))
    room = 0.06 * (high - low)
    figure.update_xaxes(title_text=say("plane.first"), range=[low[0] - room[0], high[0] + room[0]], showgrid=True)
    figure.update_yaxes(title_text=say("plane.second"), range=[low[1] - room[1], high[1] + room[1]])
    slider = slider_of(say("plane.slider"), steps, len(steps) - 1)
    figure.update_layout(title_text=say("plane.title"), hovermode="closest", height=520, sliders=[slider])
    figure.update_layout(legend={"y": -0.45})
    means = {kind: of[..., 0].mean(axis=1) for kind, of in kinds.items()}
    told = (
        say("plane.frame", words=words, **written(**{kind: of[k] for kind, of in means.items()}))
        for k, words in enumerate(found["words"])
    )
    at = ", ".join(number(x) for x in resting[:, 0])
    return describe(figure, say("plane.alt", reviews=len(liked), rows="; ".join(told), resting=at))


def word_groups(study, part="g"):
    """How far words of a kind move the four layers and the belt, beside groups of other words drawn at random.

    A dot for each model; the bars hold 90 of 100 drawn groups. A slider chooses the part. study: as `study.result()`
    gives it; part: the one shown first, i, f, g, o or c. Raises ValueError if `part` is none of them.
    """
    found = study["groups"]["found"]
    groups, parts = list(found), [name for name in PARTS if name in found[next(iter(found))]]
    if part not in parts:
        raise ValueError(f"part: expected one of {', '.join(parts)}, got {part!r}")
    looks = {name: _group_looks(found, groups, name) for name in parts}
    figure = Figure()
    rows = np.arange(len(groups))
    baselines = (0.14, "faded-text", "count"), (0.32, "line", "positive")
    for look, (below, color, kind) in zip(looks[part][:2], baselines, strict=True):
        bar = span(look["error_x.array"], look["error_x.arrayminus"], color, thickness=6)
        # at the middle of the bar a piece of it, for the legend, which draws the marker alone
        piece = {"symbol": "line-ew-open", "size": 9, "color": theme(color), "line": {"width": 6}}
        dots(figure, look["x"], (rows + below).tolist(), say(f"word_groups.{kind}"), piece, error_x=bar)
    dot = {"size": 9, "color": theme("ink"), "opacity": 0.75}
    places = np.repeat(rows - 0.12, len(study["seeds"])).tolist()
    dots(figure, looks[part][2]["x"], places, say("word_groups.group"), dot)
    names = ("x", "error_x.array", "error_x.arrayminus")
    steps = [
        (
            name_of(name) if name != "c" else say("word_groups.belt"),
            "restyle",
            [{key: [look.get(key) for look in looks[name]] for key in names}],
        )
        for name in parts
    ]
    called = [say(f"word_groups.groups.{group}") for group in groups]
    name_rows(figure, called, room=0.6)
    figure.update_xaxes(title_text=say("word_groups.shift"), showgrid=True, rangemode="tozero")
    figure.update_layout(
        title_text=say("word_groups.title"),
        hovermode="closest",
        height=500,
        legend={"orientation": "v", "y": -0.22},
        sliders=[slider_of(say("word_groups.slider"), steps, parts.index(part))],
    )
    told = []
    for name in parts:
        count, positive, effects = (look["x"] for look in looks[name])
        for k, group in enumerate(called):
            mine = effects[k * len(study["seeds"]) : (k + 1) * len(study["seeds"])]
            shown = written(least=min(mine), most=max(mine), count=count[k], positive=positive[k])
            told.append(say("word_groups.row", part=name, group=group, **shown))
    return describe(figure, say("word_groups.alt", rows="; ".join(told)))


def _group_looks(found, groups, part):
    """What the slider moves: the two baselines (means over the models of their quantiles), and the groups' dots."""
    looks = []
    for kind in ("count", "positive"):
        low, middle, high = np.array([np.mean(found[g][part][kind]["quantiles"], axis=-1) for g in groups]).T
        looks.append(
            {
                "x": middle.tolist(),
                "error_x.array": (high - middle).tolist(),
                "error_x.arrayminus": (middle - low).tolist(),
            }
        )
    looks.append({"x": [effect for g in groups for effect in found[g][part]["effect"]]})
    return looks


def same_unit(belts, words, start=0):
    """The belt of "the same" unit in several models, word by word; a slider chooses the unit.

    belts: name of the model -> c (T, H); words: T texts; start: the unit shown first. Raises ValueError if the shapes
    differ, there are more than five models, or `words` or `start` does not fit.
    """
    belts = {name: np.asarray(c, float) for name, c in belts.items()}
    shapes = {c.shape for c in belts.values()}
    if not 1 <= len(belts) <= len(DASHES) or len(shapes) > 1 or len(next(iter(shapes))) != 2:
        raise ValueError(
            f"belts: expected one to five of one shape (T, H), got shapes {[c.shape for c in belts.values()]}"
        )
    [(T, H)] = shapes
    if len(words) != T:
        raise ValueError(f"words: expected {T} texts, one for each step, got {len(words)}")
    if not 0 <= start < H:
        raise ValueError(f"start: expected a unit from 0 to {H - 1}, got {start!r}")
    figure = Figure()
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
    name_steps(figure, words)
    reach = 1.05 * max(np.abs(c).max() for c in belts.values())
    steps = [(unit, "restyle", [{"y": [c[:, unit].tolist() for c in belts.values()]}]) for unit in range(H)]
    figure.update_layout(
        title_text=say("same_unit.title"),
        yaxis={"title": {"text": say("same_unit.belt")}, "range": [-reach, reach]},
        height=480,
        legend={"y": -0.45},
        sliders=[slider_of(say("unit"), steps, start)],
    )
    told = "; ".join(say("same_unit.row", model=name, value=number(c[-1, start])) for name, c in belts.items())
    return describe(figure, say("same_unit.alt", words=T, models=len(belts), unit=start, rows=told))


KINDS = "answer", "within", "same", "other", "best", "chance"


def likeness(study):
    """How alike belts and answers are, inside a model and between models: the middle, 80 of 100, and the extremes.

    study: as `study.result()` gives it.
    """
    lowest, low, middle, high, highest = np.array([study["units"][kind] for kind in KINDS]).T
    kinds = [say(f"likeness.kinds.{kind}") for kind in KINDS]
    figure = Figure()
    for ends, thickness, color, pairs in (
        ((lowest, highest), 2, "faded-text", "all"),
        ((low, high), 8, "line", "most"),
    ):
        bar = span(ends[1] - middle, middle - ends[0], color, thickness)
        mark = {"symbol": "line-ns-open", "size": 22, "color": theme("ink"), "line": {"width": 3}}
        more = {"error_x": bar, "showlegend": thickness > 2}
        dots(figure, middle, list(range(len(KINDS))), say(f"likeness.{pairs}"), mark, **more)
    name_rows(figure, [broken(kind) for kind in kinds])
    figure.update_xaxes(title_text=say("likeness.correlation"), range=[0, 1], showgrid=True)
    figure.update_layout(title_text=say("likeness.title"), hovermode="closest", height=420)
    told = "; ".join(
        say("likeness.row", kind=kind, middle=number(middle[k]), low=number(low[k]), high=number(high[k]))
        for k, kind in enumerate(kinds)
    )
    return describe(figure, say("likeness.alt", rows=told))
