"""The lab of chapter 10: a trained model and what the reader does with it, driven from Python and read back."""

from functools import cache, cached_property

import ipywidgets

from ..common.html import element, fragment
from ..widgets import ReviewExplorer
from ..widgets.review_explorer import PARTS, in_order, network_of, pictured, reviews
from ..words import Words
from .lab import WIDE, Lab, beside, choice, play, slider, together

say = Words("labs")
part_name = Words("parts")
GATES = PARTS[:4]


def review(model=None, text=None):
    """A lab on a trained model that reads a review: which model, which word, which gate to hold; an explorer follows.

    model: a Keras model of your own to choose from beside the shipped ones: Embedding, LSTM, Dense(1, "sigmoid"), for
    the ids of `lstm_edu.imdb.encode`. text: a review; the first ready one if None.
    Raises TypeError or ValueError, naming the argument, for anything else. Returns a `Review`, which shows itself.
    """
    if text is not None and not isinstance(text, str):
        raise TypeError(f"text: expected a string, got {type(text).__name__}")
    models = {name: name for name in in_order()}
    if model is not None:
        network_of(model)  # it raises for what the lab cannot read
        models = {say("review.own"): model} | models
    return Review(models, reviews()[0][1] if text is None else text)


class Review(Lab):
    """The lab: `models` by name, `name` the chosen one, `text` and `holds` as they stand.

    Live, `explorer` is the `ReviewExplorer`, and `controls` are ipywidgets by name.
    """

    def __init__(self, models, text):
        self.models, self.name, self.text, self.holds = models, next(iter(models)), text, []
        self._network = cache(lambda name: network_of(models[name]))

    def reading(self):
        """The chosen model's `Reading` of the text, by NumPy's cell, nothing held."""
        return self._network(self.name).read(self.text)

    def __repr__(self):
        return f"Review({self.name}: P(positive) {self.reading().last:.3f})"

    def html(self):
        """The text as the model reads it, without a kernel."""
        reading = self.reading()
        told = say.pieces(
            "review.reads", model=self.name, text=_quoted(self.text), p=f"{reading.last:.3f}", part=part_name("c")
        )
        return element("p", told) + pictured(reading, "c")

    # --- live -------------------------------------------------------------------------------------------------------

    @cached_property
    def widget(self):
        """Controls, explorer and what Python read back, one below the other."""
        self._place, self._said = ipywidgets.VBox(), ipywidgets.HTML()
        self._held = None  # the one of `holds` that the controls hold
        gates = [(say("review.gate", gate=gate, name=part_name(gate)), gate) for gate in GATES]
        self.controls = {
            "model": choice(say("review.model"), list(self.models)),
            "step": ipywidgets.IntSlider(max=0, description=say("review.word"), layout={"width": WIDE}),
            "play": play(0),
            "gate": choice(say("review.hold"), [(say("review.no_gate"), None), *gates]),
            "unit": choice(say("review.of_unit"), [(say("review.all"), None)]),
            "value": slider(say("review.at"), -1, 1),
        }
        self.controls["model"].observe(lambda change: self._show(change["new"]), "value")
        self.controls["step"].observe(lambda change: setattr(self.explorer, "step", change["new"]), "value")
        ipywidgets.link((self.controls["play"], "value"), (self.controls["step"], "value"))
        for name in ("gate", "unit", "value"):
            self.controls[name].observe(self._hold, "value")
        self._show(self.name)
        shown = self.controls | {"play": beside(say("review.play"), self.controls["play"])}
        return together(*shown.values(), self._place, self._said)

    def _show(self, name):
        """A model reads the text that stands there, with what is held."""
        self.name = name
        self.explorer = ReviewExplorer(self.models[name], self.text)
        self.explorer.holds = self.holds
        self.explorer.observe(self._follow, "model_name")
        self.explorer.observe(self._answer, ["text", "holds", "step", "part", "unit", "probability"])
        units = ((str(unit), unit) for unit in range(self.explorer.units))
        self.controls["unit"].options = [(say("review.all"), None), *units]
        self._place.children = [self.explorer]
        self._answer()

    def _follow(self, change):
        """The reader chose another model in the explorer."""
        name = change["new"]
        self.controls["model"].value = name if name in self.models else say("review.own")

    def _hold(self, change):
        """The controls hold another gate, or none; what was held on the page stays."""
        gate, unit, value = (self.controls[name].value for name in ("gate", "unit", "value"))
        others = [hold for hold in self.explorer.holds if hold != self._held]
        # a gate is never below 0, the candidate may be
        self._held = gate and {
            "gate": gate,
            "unit": unit,
            "step": None,
            "value": value if gate == "g" else max(value, 0.0),
        }
        self.explorer.holds = [*others, self._held] if gate else others

    def _answer(self, change=None):
        """The reader did something on the page: Python knows it, the controls follow, and the text below says it."""
        self.text, self.holds = self.explorer.text, self.explorer.holds
        reading = self.reading()
        last = max(len(reading.words) - 1, 0)
        step = min(self.explorer.step, last)
        for name in ("step", "play"):
            self.controls[name].max = last
        self.controls["step"].value = step
        self._said.value = self._told(reading, step)

    def _told(self, reading, step):
        values = {
            "words": len(reading.words),
            "ours": f"{reading.last:.6f}",
            "page": f"{self.explorer.probability:.6f}",
        }
        if self.holds:
            told = [say("review.held", **values, held=", ".join(map(_held, self.holds)))]
        else:
            told = [say("review.nothing_held", **values)]
        if reading.words:
            part, unit = self.explorer.part, self.explorer.unit
            told.append(
                say.pieces(
                    "review.at_word",
                    step=step,
                    word=_quoted(reading.words[step]),
                    part=part,
                    unit=unit,
                    value=f"{reading.parts[part][step, unit]:.6f}",
                )
            )
        return fragment([element("p", line) for line in told])


def _held(hold):
    """A hold in words."""
    if hold["unit"] is None:
        return say("review.held_all", gate=hold["gate"], value=f"{hold['value']:.2f}")
    return say("review.held_one", gate=hold["gate"], unit=hold["unit"], value=f"{hold['value']:.2f}")


def _quoted(text):
    return element("q", element("bdi", text))
