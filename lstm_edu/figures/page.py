"""How a figure gets into a page: as HTML that holds its data, its name and its table, and no script of its own.

book/assets/plot.js draws it, on the reader's side, when it comes into view. JupyterLab and VS Code take Plotly's own
mimetype, which stands beside the HTML.
"""

import json
import sys

import plotly.graph_objects as go
import plotly.io as pio

from ..common.html import Markup, element
from ..words import Words
from .style import TITLE, dark_colours, template
from .table import tables, text

say = Words("figures")


class Figure(go.Figure):
    """A Plotly figure in the style of the book; a notebook shows it as the book does, Google Colab in its own way."""

    _ipython_display_ = None  # Plotly's goes by the process' defaults, which are not ours to change

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.layout.template = template()

    def _repr_mimebundle_(self, include=None, exclude=None, **options):
        if "google.colab" in sys.modules:
            return super()._repr_mimebundle_(include, exclude, **options)
        figure = self.to_dict()
        live = pio.renderers["plotly_mimetype"].to_mimebundle(figure)
        return live | {"text/html": page_html(figure), "text/plain": self.layout.title.text or "Figure"}


def describe(figure, alt):
    """Give a Plotly figure its text alternative: what a person who cannot see it should know. Returns a `Figure`.

    Raises ValueError if `alt` is no text or an empty one.
    """
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"alt: expected a sentence about the figure, got {alt!r}")
    figure = figure if isinstance(figure, Figure) else Figure(figure)
    figure.update_layout(meta={"alt": " ".join(alt.split())})
    return figure


def page_html(figure):
    """The HTML of a figure for the book. figure: a dict as `Figure.to_dict()` gives it.

    Raises ValueError for a figure without a title or a text alternative, or with menus of Plotly's, which no keyboard
    reaches.
    """
    layout = dict(figure.get("layout", {}))
    title = text(layout.get("title", {}).get("text") or "")
    alt = (layout.get("meta") or {}).get("alt") or title
    if not alt:
        raise ValueError("figure: expected a title, or describe(figure, alt), got a figure without a text alternative")
    if layout.get("updatemenus"):
        raise ValueError("figure: expected sliders, got updatemenus, which cannot be reached by keyboard")
    # The page sets the title as a caption, which wraps on a small screen.
    layout.pop("title", None)
    margin = template().layout.margin.to_plotly_json() | layout.get("margin", {})
    layout["margin"] = margin | {"t": max(margin["t"] - TITLE, 0)}
    height = layout.get("height") or template().layout.height
    drawn = {
        "data": figure.get("data", []),
        "layout": layout,
        "frames": figure.get("frames", []),
        "dark": dark_colours(),
    }
    data = json.loads(pio.to_json(drawn, validate=False))
    payload = json.dumps(data, separators=(",", ":")).replace("</", "<\\/")
    return element(
        "figure",
        element("figcaption", title) if title else None,
        element("div", class_="plot-area", role="group", aria_label=alt, style=f"height:{int(height)}px"),
        element("script", Markup(payload), type="application/json"),
        element("details", element("summary", say("page.details")), element("p", alt), tables(figure)),
        class_="plot",
    )
