"""From the geometry to SVG: no position, path or word of its own."""

from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise

from ..words import Words
from .palette import css

say = Words("drawing")
OUTWARD = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}  # where a port's line leaves the node


def render(plan, state, values, highlight, view, identity, alone):
    """The SVG of one state.

    plan: the geometry. values: name -> text. highlight: names drawn strong, or None for all.
    view: (x, y, width, height) of what is seen. identity: what the ids in it begin with.
    alone: a file of its own, with a size, instead of a part of a page, which takes the page's width.
    """
    x, y, width, height = view
    size = 'style="display:block;width:100%;height:auto"'
    if alone:
        size = f'width="{1.5 * width:g}" height="{1.5 * height:g}"'
    words = plan["states"][state]
    view_box = f'viewBox="{x} {y} {width} {height}"'
    label = f'role="img" aria-labelledby="{identity}-title {identity}-summary"'
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lstm-drawing" {view_box} {size} {label}>',
        f'<title id="{identity}-title">{escape(words["title"])}</title>',
        f'<desc id="{identity}-summary">{escape(say(f"{state}.summary"))}</desc>',
        f"<style>{css('.lstm-drawing')}\n{_stylesheet()}</style>",
        _rect("lstm-card", view, plan["radius"]["card"]),
    ]
    here = _Part(state, highlight)
    body += [
        _rect("lstm-panel", panel["box"], plan["radius"]["panel"])
        for panel in plan["panels"]
        if state in panel["states"]
    ]
    edges = [edge for edge in plan["edges"] if state in edge["states"]]
    for edge in sorted(edges, key=here.is_strong):  # strong lines over faded ones
        body.append(f'<g class="{here.classes(edge)}">{_edge(edge, plan)}</g>')
    for name, node in plan["nodes"].items():
        if state in node["states"]:
            labels = [label for label in plan["labels"] if label["of"] == name and state in label["states"]]
            texts = [_text(label, plan) for label in labels]
            if name in values:
                texts.append(_value(plan["values"][name], values[name], plan))
            body.append(f'<g class="{here.classes(node)}" data-node="{name}">{_shape(node, plan)}{"".join(texts)}</g>')
    return "\n".join([*body, "</svg>"])


class _Part:
    """How a node or edge looks in a state: its colour's class, and faded where others are highlighted."""

    def __init__(self, state, highlight):
        self.state, self.highlight = state, highlight

    def is_strong(self, part):
        names = part.get(self.state, {}).get("names", part["names"])
        return self.highlight is None or not set(self.highlight).isdisjoint(names)

    def classes(self, part):
        role = part.get(self.state, {}).get("role", part["role"])
        return f"lstm-{role}" + ("" if self.is_strong(part) else " lstm-faded")


# --- nodes --------------------------------------------------------------------------------------------------------


def _rect(kind, box, radius):
    x, y, width, height = box
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>'


def _shape(node, plan):
    x, y, width, height = node["box"]
    kind, radius = node["kind"], width / 2
    if kind == "end":
        return _rect("lstm-end", node["box"], height / 2)
    if kind == "layer":
        return _rect("lstm-layer", node["box"], plan["radius"]["layer"])
    if kind == "dot":
        return f'<circle class="lstm-dot" cx="{x + radius:g}" cy="{y + radius:g}" r="{radius:g}"/>'
    circle = f'<circle class="lstm-operation" cx="{x + radius:g}" cy="{y + radius:g}" r="{radius:g}"/>'
    return circle + _sign(kind, x + radius, y + radius, 0.5 * radius)


def _sign(kind, x, y, arm):
    if kind == "plus":
        return f'<path class="lstm-sign" d="M{x - arm:g} {y:g}h{2 * arm:g}M{x:g} {y - arm:g}v{2 * arm:g}"/>'
    if kind == "times":
        arm *= 0.8
        left, across = x - arm, 2 * arm
        falling, rising = (
            f"M{left:g} {y - arm:g}l{across:g} {across:g}",
            f"M{left:g} {y + arm:g}l{across:g} {-across:g}",
        )
        return f'<path class="lstm-sign" d="{falling}{rising}"/>'
    return ""


# --- edges --------------------------------------------------------------------------------------------------------


def port(plan, name):
    """The point of a port "node.side" and the direction in which a line leaves the node there."""
    node, _, side = name.partition(".")
    return plan["nodes"][node]["ports"][side], OUTWARD[side]


def _edge(edge, plan):
    start, _ = port(plan, edge["from"])
    tip, (out_x, out_y) = port(plan, edge["to"])
    end, head = tip, ""
    if edge["arrow"]:
        length, half = plan["arrow"][edge["kind"]]
        base = tip[0] + length * out_x, tip[1] + length * out_y
        across = half * out_y, half * out_x
        head = (
            f'<path class="lstm-arrow" d="M{tip[0]:g} {tip[1]:g}L{base[0] + across[0]:g} {base[1] + across[1]:g}'
            f'L{base[0] - across[0]:g} {base[1] - across[1]:g}Z"/>'
        )
        end = tip[0] + 0.9 * length * out_x, tip[1] + 0.9 * length * out_y  # the line stops inside the head
    line = path([start, *edge["via"], end], plan["corner"])
    chevrons = "".join(_chevron(point, plan["chevron"]) for point in edge.get("chevrons", ()))
    return f'<path class="lstm-edge lstm-edge-{edge["kind"]}" d="{line}"/>{head}{chevrons}'


def path(points, corner):
    """The SVG path through the points, its corners rounded with radius `corner`. Every segment is level or upright."""
    (x, y), *rest = points
    steps = [f"M{x:g} {y:g}"]
    for here, after in pairwise(rest):
        before = _towards(here, (x, y), corner)
        x, y = _towards(here, after, corner)
        steps.append(f"L{before[0]:g} {before[1]:g}Q{here[0]:g} {here[1]:g} {x:g} {y:g}")
    return "".join(steps) + f"L{rest[-1][0]:g} {rest[-1][1]:g}"


def _towards(start, goal, distance):
    dx, dy = goal[0] - start[0], goal[1] - start[1]
    part = distance / (abs(dx) + abs(dy))  # one of the two is 0
    return start[0] + part * dx, start[1] + part * dy


def _chevron(point, size):
    (x, y), (along, across) = point, size
    return (
        f'<path class="lstm-chevron" d="M{x - along / 2:g} {y - across:g}l{along:g} {across:g}l{-along:g} {across:g}"/>'
    )


# --- texts --------------------------------------------------------------------------------------------------------

_CLASS = {"letter": "lstm-letter", "variable": "lstm-italic", "function": "", "operation": "", "note": "lstm-italic"}


def _text(label, plan):
    sizes, style = plan["sizes"], label["style"]
    sub = ""
    if "sub" in label:
        sub = f'<tspan dy="{plan["drop"]}" font-size="{sizes["subscript"]}">{escape(label["sub"])}</tspan>'
    return f'<text class="{_CLASS[style]}" {_place(label, sizes[style])}>{escape(label["text"])}{sub}</text>'


def _value(place, text, plan):
    size = plan["sizes"]["value"]
    fits = 0.556 * size * len(text) <= place["room"]  # a digit of Helvetica and its kin is 0.556 of the size wide
    squeeze = "" if fits else f' textLength="{place["room"]}" lengthAdjust="spacingAndGlyphs"'
    return f'<text class="lstm-number" {_place(place, size)}{squeeze}>{escape(text)}</text>'


def _place(label, size):
    x, y = label["at"]
    return f'x="{x}" y="{y}" font-size="{size}" text-anchor="{label["anchor"]}"'


@cache
def _stylesheet():
    return files(__package__).joinpath("drawing.css").read_text(encoding="utf-8")
