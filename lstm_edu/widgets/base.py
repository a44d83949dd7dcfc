"""What all widgets share: the built script, the picture that stands in for it, and the two ways into a page."""

import json
from html import escape
from pathlib import Path

import anywidget

from ..common.html import Markup, element
from ..drawing import css

SCRIPTS = Path(__file__).parent / "scripts"
VIEW = "application/vnd.jupyter.widget-view+json"


def picture(name, view, label, *shapes, **attributes):
    """An SVG for a `still`, of the class `name`, on which the colours of `drawing` are set; view: its viewBox."""
    style = element("style", Markup(css(f".{name}")))
    return element("svg", style, shapes, class_=name, role="img", viewBox=view, aria_label=label, **attributes)


class Widget(anywidget.AnyWidget):
    """A widget of the book: traits, a validating constructor, and `still()`; its logic is in js/, built into `script`.

    In a live notebook it is an anywidget like any other. In the built book the page shows `still()`, and
    book/assets/widgets.js puts the living widget in its place from the state that the notebook keeps.
    """

    script = ""  # the name of the built files in scripts/

    def __init_subclass__(cls, **options):
        if "_esm" not in vars(cls):  # where anywidget makes a class of each object it is there
            cls._esm, cls._css = SCRIPTS / f"{cls.script}.js", SCRIPTS / f"{cls.script}.css"
        super().__init_subclass__(**options)

    def still(self):
        """The first state as HTML, a picture and a table, for where no script runs."""
        raise NotImplementedError(f"{type(self).__name__}.still")

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        view = json.dumps(data[VIEW])
        name = escape(type(self).__name__)
        page = (
            f'<div class="belt-place" data-widget="{name}"><div class="belt-still">{self.still()}</div>'
            f'<script type="{VIEW}">{view}</script></div>'
        )
        return data | {"text/html": page}, metadata
