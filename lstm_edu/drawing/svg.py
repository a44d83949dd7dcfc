"""From the shapes to SVG: no position, path or word of its own."""

from html import escape

from ..words import Words
from .palette import content, css
from .shapes import shapes

say = Words("drawing")


def render(plan, state, values, highlight, identity, alone):
    """The SVG of one state.

    plan: the geometry. values: name -> text. highlight: names drawn strong, or None for all.
    identity: what the ids in it begin with.
    alone: a file of its own, with a size, instead of a part of a page, which takes the page's width.
    """
    x, y, width, height = plan["view"]
    size = 'style="display:block;width:100%;height:auto"'
    if alone:
        size = f'width="{1.5 * width:g}" height="{1.5 * height:g}"'
    view_box = f'viewBox="{x} {y} {width} {height}"'
    label = f'role="img" aria-labelledby="{identity}-title {identity}-summary"'
    drawn, here = shapes(plan), _Part(state, highlight)
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lstm-drawing" {view_box} {size} {label}>',
        f'<title id="{identity}-title">{escape(say(f"{state}.title"))}</title>',
        f'<desc id="{identity}-summary">{escape(say(f"{state}.summary"))}</desc>',
        f"<style>{css('.lstm-drawing')}\n{content('drawing.css')}</style>",
        _markup(drawn["card"]),
        *(_markup(panel["shape"]) for panel in drawn["panels"] if state in panel["states"]),
    ]
    edges = [edge for edge in drawn["edges"] if state in edge["states"]]
    for edge in sorted(edges, key=here.is_strong):  # strong lines over faded ones
        body.append(f'<g class="{here.classes(edge)}">{_all(edge["shapes"])}</g>')
    for name, node in drawn["nodes"].items():
        if state in node["states"]:
            texts = [text["shape"] for text in node["texts"] if state in text["states"]]
            if name in values:
                texts.append(_written(drawn["values"][name], values[name]))
            inside = _all([*node["shapes"], *texts])
            body.append(f'<g class="{here.classes(node)}" data-node="{name}">{inside}</g>')
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


def _written(place, text):
    """The shape of a value with its text."""
    tag, attributes = place["shape"]
    squeezed = {"textLength": place["room"], "lengthAdjust": "spacingAndGlyphs"} if len(text) > place["digits"] else {}
    return [tag, attributes | squeezed, text]


def _all(shapes):
    return "".join(map(_markup, shapes))


def _markup(shape):
    if isinstance(shape, dict):
        return escape(say(shape["says"]))
    if isinstance(shape, str):
        return escape(shape)
    tag, attributes, *children = shape
    start = tag + "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{start}>{_all(children)}</{tag}>" if children else f"<{start}/>"
