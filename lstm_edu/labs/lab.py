"""What the labs share: two faces, one for a reader at a live kernel and one for a page, and names for the controls."""

import anywidget
import ipywidgets

from ..common import reader
from ..common.html import element
from ..widgets.base import SCRIPTS
from ..words import Words

WIDE = "28rem"
say = Words("labs")


class Lab:
    """A lab shows itself: `widget`, which a subclass builds, where a reader can answer, and `html()` elsewhere.

    The widgets are made when a page with a reader behind it asks for them. A program that runs the notebook, such as
    the build of the book, gets the picture, and no widget state enters the page.
    """

    def _repr_mimebundle_(self, include=None, exclude=None):
        live = self.widget._repr_mimebundle_() if reader.is_there() else {}
        page = self.html() + element("p", say("needs_kernel"))
        return live | {"text/plain": repr(self), "text/html": page}  # JupyterLab takes the widgets, if there are


class ControlNames(anywidget.AnyWidget):
    """Gives the controls of a lab the names that stand beside them; Jupyter's sliders have none for a screen reader."""

    _esm = SCRIPTS / "control_names.js"


def together(*rows):
    """The controls and widgets of a lab, one below the other."""
    box = ipywidgets.VBox([*rows, ControlNames()])
    box.add_class("belt-lab")  # js/labs/control_names.js looks for it
    return box


def slider(text, least, most):
    # the number beside a slider is rounded to its steps: finer ones, and it is the value
    return ipywidgets.FloatSlider(
        min=least, max=most, step=0.01, description=text, readout_format=".2f", layout={"width": WIDE}
    )


def choice(text, options):
    return ipywidgets.Dropdown(options=options, description=text, layout={"width": WIDE})


def play(most):
    return ipywidgets.Play(max=most, interval=800)


def beside(text, control):
    """A control without a name of its own, and its name."""
    name = ipywidgets.Label(text, layout={"width": "80px", "justify_content": "flex-end"})
    return ipywidgets.HBox([name, control])
