"""How a figure gets into a page: as HTML that holds its data, its name and its table, and no script of its own.

book/assets/plot.js draws it, on the reader's side, when it comes into view. JupyterLab and VS Code take Plotly's own
mimetype, which stands beside the HTML.
"""

import html
import json
import sys

import plotly.io as pio
from plotly.io.base_renderers import MimetypeRenderer

from .style import TITLE, dark_colours, template
from .table import tables, text


def use_book_style():
    """Take the house template, and in a notebook show figures as the book does; Google Colab keeps its own way."""
    pio.templates["book"] = template()
    pio.templates.default = "book"
    pio.renderers["book"] = PageRenderer()
    if "ipykernel" in sys.modules and "google.colab" not in sys.modules:
        pio.renderers.default = "plotly_mimetype+book"


class PageRenderer(MimetypeRenderer):
    """Plotly's hook: what a figure emits as text/html."""

    def to_mimebundle(self, fig_dict):
        return {"text/html": page_html(fig_dict)}


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
    caption = f"<figcaption>{html.escape(title)}</figcaption>" if title else ""
    return (
        f'<figure class="plot">{caption}'
        f'<div class="plot-area" role="group" aria-label="{html.escape(alt)}" style="height:{int(height)}px"></div>'
        f'<script type="application/json">{payload}</script>'
        f"<details><summary>The figure in words and numbers</summary><p>{html.escape(alt)}</p>"
        f"{tables(figure)}</details>"
        "</figure>"
    )
