"""How figures of the book look, and the small tools that every figure function shares."""

import html

import plotly.graph_objects as go

from ..drawing import colours

COLOURS = colours()
DASHES = {
    "f": "solid",
    "i": "dash",
    "g": "dot",
    "o": "dashdot",
    "c": "solid",
    "h": "dash",
}  # no meaning by colour alone

MINUS = "\N{MINUS SIGN}"
TITLE = 40  # pixels above the plot that a title takes


def role(name):
    """The colour of f, i, g, o, c (the belt) or h, the same on light and dark pages."""
    return COLOURS["roles"][name]["mark"]


def theme(name):
    """A colour of the light theme ("ink", "line", "faded", ...); a dark page puts its own in the place of it."""
    return COLOURS["themes"]["light"][name]


def dark_colours():
    """Colour of the light theme -> the one that stands for it on a dark page."""
    light, dark = COLOURS["themes"]["light"], COLOURS["themes"]["dark"]
    pairs = {light[name]: dark[name] for name in light}
    return pairs | {colour["text"]["light"]: colour["text"]["dark"] for colour in COLOURS["roles"].values()}


def template():
    """The house template: no box, quiet grid, legend below; no dragging, so a finger on a figure scrolls the page."""
    axis = {
        "automargin": True,
        "gridcolor": theme("faded"),
        "linecolor": theme("line"),
        "zerolinecolor": theme("line"),
        "zerolinewidth": 1,
        "ticks": "outside",
        "tickcolor": theme("faded"),
        "title": {"standoff": 8},
    }
    layout = go.Layout(
        colorway=[theme("ink"), theme("faded-text"), *(role(name) for name in "cofhgi")],
        dragmode=False,
        font={
            "family": "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
            "size": 14,
            "color": theme("ink"),
        },
        height=420,
        hoverlabel={"bgcolor": theme("surface"), "bordercolor": theme("line"), "font": {"color": theme("ink")}},
        hovermode="x unified",
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top"},
        margin={"l": 56, "r": 12, "t": TITLE + 12, "b": 48},
        paper_bgcolor=theme("background"),
        plot_bgcolor=theme("background"),
        title={"x": 0, "xref": "paper", "font": {"size": 17}},
        xaxis={**axis, "showgrid": False, "zeroline": False},
        yaxis=axis,
    )
    return go.layout.Template(layout=layout)


def plain(text):
    """`text` for a title, a tick or a hover label: Plotly reads tags and entities, and a reader's words are no tags."""
    return html.escape(str(text), quote=False)


def broken(text):
    """A sentence whose line breaks Plotly heeds."""
    return text.replace("\n", "<br>")


def number(value):
    """A number as figures and their text alternatives write it: four digits at most, and a true minus."""
    return format(float(value), ".4g").replace("-", MINUS)


def written(**values):
    """Several, by the names of the holes that they fill in a sentence."""
    return {name: number(value) for name, value in values.items()}


def span(up, down, color, thickness):
    """A bar for `error_x`: it reaches so far up and so far down from its point, and has no ends."""
    look = {"color": theme(color), "thickness": thickness, "width": 0}
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down} | look


def dots(figure, x, rows, name, marker, **more):
    """Points in rows: what counts is their x, and the figure's table has a line for each row."""
    figure.add_scatter(x=x, y=rows, name=name, marker=marker, mode="markers", orientation="h", **more)


def upright(figure, x, words, line, **place):
    """A vertical line, and along it what it is."""
    figure.add_vline(x=x, line=line, annotation={"text": words, "textangle": -90, "xanchor": "right"} | place)


def name_rows(figure, names, room=0.5):
    """Names for the rows 0, 1, ..., the first at the top; room: above it and below the last."""
    places = range(len(names))
    figure.update_yaxes(tickvals=[*places], ticktext=names, range=[len(names) - 1 + room, -room], zeroline=False)


def slider_of(name, steps, active):
    """A slider for `figure.update_layout(sliders=[...])`. steps: (label, method, args) each; active: the first one."""
    return {
        "active": active,
        "currentvalue": {"prefix": f"{name} "},
        "pad": {"t": 48},
        "steps": [{"label": str(label), "method": method, "args": args} for label, method, args in steps],
    }
