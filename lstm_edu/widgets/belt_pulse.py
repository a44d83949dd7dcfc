import traitlets

from .base import Widget


class BeltPulse(Widget):
    script = "belt_pulse"
    f = traitlets.Float(0.9).tag(sync=True)

    def still(self):
        return "<p>still</p>"
