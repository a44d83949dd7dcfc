"""From the geometry to shapes, once for everybody who draws: the place and path of all there is to draw.

A shape is an element of SVG as plain data, `[tag, {attribute: value}, *children]`; a child is a shape, a text, or
`{"says": key}` for the sentence of that key in words/en/drawing.toml. `python -m lstm_edu.drawing` writes what `shapes`
gives into shapes.json, where the widgets' scripts take it from.
"""

from itertools import pairwise

OUTWARD = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}  # where a port's line leaves the node
DIGIT = 0.556  # of the font's size: how wide a digit of Helvetica and its kin is
CLASSES = {"letter": "lstm-letter", "variable": "lstm-italic", "function": "", "operation": "", "note": "lstm-italic"}


def shapes(plan):
    """The geometry with its shapes: what `drawing.geometry()` has, in which every part says how it is drawn.

    view, states: as they are. card, panels: the ground. edges: {states, role, names, kind, from, to, shapes}, the line
    first, `from` and `to` names of nodes. nodes: name -> {states, role, names, kind, box, shapes, texts}, a text being
    {states, shape}. values: name -> {of, states, shape, room, digits}: a text to be written, which is squeezed into
    its room where it has more than so many digits. A part may have another role or other names in a state, under the
    state's name.
    """
    return {
        "view": plan["view"],
        "states": plan["states"],
        "card": card(plan["view"], plan),
        "panels": [
            {"states": panel["states"], "shape": _rect("lstm-panel", panel["box"], plan["radius"]["panel"])}
            for panel in plan["panels"]
        ],
        "edges": [
            _without(edge, "via", "arrow", "chevrons")
            | {"from": _node_of(edge["from"]), "to": _node_of(edge["to"]), "shapes": _edge(edge, plan)}
            for edge in plan["edges"]
        ],
        "nodes": {
            name: _without(node, "ports")
            | {
                "shapes": _node(node, plan),
                "texts": [
                    {"states": label["states"], "shape": _label(label, plan)}
                    for label in plan["labels"]
                    if label["of"] == name
                ],
            }
            for name, node in plan["nodes"].items()
        },
        "values": {
            name: {key: value[key] for key in ("of", "states", "room")}
            | {
                "shape": ["text", {"class": "lstm-number"} | _place(value, plan["sizes"]["value"])],
                "digits": int(value["room"] / (DIGIT * plan["sizes"]["value"])),
            }
            for name, value in plan["values"].items()
        },
    }


def card(view, plan):
    """The ground of what is seen."""
    return _rect("lstm-card", view, plan["radius"]["card"])


def _without(part, *keys):
    return {key: value for key, value in part.items() if key not in keys}


def _rect(kind, box, radius):
    x, y, width, height = box
    return ["rect", {"class": kind, "x": x, "y": y, "width": width, "height": height, "rx": radius}]


def _line(kind, d):
    return ["path", {"class": kind, "d": d}]


# --- nodes --------------------------------------------------------------------------------------------------------


def _node(node, plan):
    x, y, width, height = node["box"]
    kind, radius = node["kind"], width / 2
    if kind == "end":
        return [_rect("lstm-end", node["box"], height / 2)]
    if kind == "layer":
        return [_rect("lstm-layer", node["box"], plan["radius"]["layer"])]
    middle = {"cx": f"{x + radius:g}", "cy": f"{y + radius:g}", "r": f"{radius:g}"}
    if kind == "dot":
        return [["circle", {"class": "lstm-dot"} | middle]]
    return [["circle", {"class": "lstm-operation"} | middle], *_sign(kind, x + radius, y + radius, 0.5 * radius)]


def _sign(kind, x, y, arm):
    if kind == "plus":
        return [_line("lstm-sign", f"M{x - arm:g} {y:g}h{2 * arm:g}M{x:g} {y - arm:g}v{2 * arm:g}")]
    if kind == "times":
        arm *= 0.8
        left, across = x - arm, 2 * arm
        falling = f"M{left:g} {y - arm:g}l{across:g} {across:g}"
        rising = f"M{left:g} {y + arm:g}l{across:g} {-across:g}"
        return [_line("lstm-sign", falling + rising)]
    return []


# --- edges --------------------------------------------------------------------------------------------------------


def _node_of(port):
    return port.partition(".")[0]


def _port(plan, name):
    """The point of a port "node.side" and the direction in which a line leaves the node there."""
    node, _, side = name.partition(".")
    return plan["nodes"][node]["ports"][side], OUTWARD[side]


def _edge(edge, plan):
    start, _ = _port(plan, edge["from"])
    tip, (out_x, out_y) = _port(plan, edge["to"])
    end, head = tip, []
    if edge["arrow"]:
        length, half = plan["arrow"][edge["kind"]]
        base = tip[0] + length * out_x, tip[1] + length * out_y
        across = half * out_y, half * out_x
        left, right = (f"L{base[0] + side * across[0]:g} {base[1] + side * across[1]:g}" for side in (1, -1))
        head = [_line("lstm-arrow", f"M{tip[0]:g} {tip[1]:g}{left}{right}Z")]
        end = tip[0] + 0.9 * length * out_x, tip[1] + 0.9 * length * out_y  # the line stops inside the head
    line = _line(f"lstm-edge lstm-edge-{edge['kind']}", path([start, *edge["via"], end], plan["corner"]))
    return [line, *head, *(_chevron(point, plan["chevron"]) for point in edge.get("chevrons", ()))]


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
    return _line("lstm-chevron", f"M{x - along / 2:g} {y - across:g}l{along:g} {across:g}l{-along:g} {across:g}")


# --- texts --------------------------------------------------------------------------------------------------------


def _label(label, plan):
    sizes, style = plan["sizes"], label["style"]
    text = label["text"] if "text" in label else {"says": label["says"]}
    sub = []
    if "sub" in label:
        sub = [["tspan", {"dy": plan["drop"], "font-size": sizes["subscript"]}, label["sub"]]]
    return ["text", {"class": CLASSES[style]} | _place(label, sizes[style]), text, *sub]


def _place(label, size):
    x, y = label["at"]
    return {"x": x, "y": y, "font-size": size, "text-anchor": label["anchor"]}
