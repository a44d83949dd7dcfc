"""The widget: its traits, what it refuses, and what stands in for it."""

import traitlets

from ...common.checks import one_of, share, whole
from ...common.html import element, fragment, table
from ...drawing import colours
from ...keras_bridge import network_from_keras
from ...network import shipped
from ...network.held import checked
from ...words import Words
from ..base import Widget
from .networks import in_order, offered
from .pack import PARTS, pack, pack_reading, words
from .picture import picture

say = Words("review_explorer")
part_name = Words("parts")
# as they are offered; the first stands in the page with its reading
REVIEWS = ("slow", "praise", "scorn", "praise_negated", "scorn_negated", "irony", "unknown", "scripts", "long")
SORTS = ("number", "push", "memory", "belt", "here")
RANKED = ("gates", "candidate", "whole")
MARKS = ("belt", "answer", "without", "writes")
PANELS = ("square", "hold", "mattered", "opinion", "difference")
LARGEST = 100  # of a held value: far beyond what a gate can be; js/widgets/review_explorer/view.js has it too


def reviews():
    """The ready reviews, written for this book: a tuple of (name, text)."""
    review = Words("reviews")
    return tuple((review(f"{key}.name"), review(f"{key}.text")) for key in REVIEWS)


def pictured(reading, part):
    """The picture of a `Reading`: P(positive), and the map of one part."""
    values = reading.parts[part]  # (T, H)
    told = {"words": len(values), "units": values.shape[1], "part": part, "name": part_name(part)}
    return picture(reading, values, colours()["roles"][part]["mark"], say("still.picture", **told))


def network_of(model):
    """The `Network` of a shipped one's name or of a Keras model."""
    if not isinstance(model, str):
        return network_from_keras(model)
    return shipped(one_of(model, sorted(in_order()), "model"))


class ReviewExplorer(Widget):
    """`ReviewExplorer(model="lstm_32", text=None)`

    model: the name of a shipped model ("lstm_32", "lstm_32-seed2", ...) or a Keras model of your own: Embedding, LSTM,
    Dense(1, "sigmoid"), one after the other, for the ids of `lstm_edu.imdb.encode`; `keras_bridge.network_from_keras`
    says what else it may be. text: a review; the first ready one if left out.

    Traits, in step with the page: `text`; `model_name`, the name of the network that reads it, the model or a shipped
    one; `mark`, what each word shows: c of the chosen unit ("belt"), how far it moved the answer ("answer"), what the
    answer is without it ("without") or what was written there and is in the last sum ("writes"); `unit`, `step` and
    `part` ("f", "i", "g", "o", "c", "h"), the chosen square; `sort`, the order of the units ("number", "push",
    "memory", "belt", "here"); `holds`, a list of {"gate", "unit", "step", "value"}, None for all units or all steps;
    `base` and `compare`, the first text and whether the maps show the difference to it; `stretch`, colours from the
    smallest value here to the largest; `panel` ("square", "hold", "mattered", "opinion", "difference"); `ranked`
    ("gates", "candidate", "whole", a gate in all units), what is tried for what mattered, and `last`, whether at the
    last word too. A step counts from the start, which is step 0 where the text leaves it room. `probability`,
    P(positive) of the text with what is held, is written by the page.

    Raises TypeError or ValueError, naming the argument, for anything else.
    """

    script = "review_explorer"
    text = traitlets.Unicode().tag(sync=True)
    model_name = traitlets.Unicode().tag(sync=True)
    mark = traitlets.Unicode("belt").tag(sync=True)
    base = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Int().tag(sync=True)
    step = traitlets.Int().tag(sync=True)
    part = traitlets.Unicode("c").tag(sync=True)
    sort = traitlets.Unicode("push").tag(sync=True)
    holds = traitlets.List().tag(sync=True)
    compare = traitlets.Bool(False).tag(sync=True)
    stretch = traitlets.Bool(False).tag(sync=True)
    panel = traitlets.Unicode("square").tag(sync=True)
    ranked = traitlets.Unicode("gates").tag(sync=True)
    last = traitlets.Bool(False).tag(sync=True)
    probability = traitlets.Float().tag(sync=True)
    # what the page starts with
    networks = traitlets.List().tag(sync=True)  # to choose from; the model itself is the first
    reviews = traitlets.List().tag(sync=True)
    first = traitlets.Dict(allow_none=True).tag(sync=True)

    def __init__(self, model="lstm_32", text=None):
        own, network = not isinstance(model, str), network_of(model)
        name = model.name if own else model
        self._opened = {name: network}
        text = reviews()[0][1] if text is None else text
        self._reading = network.read(text)
        super().__init__(
            text=text,
            base=text,
            step=max(len(self._reading.words) - 1, 0),
            unit=self._reading.loudest,
            probability=self._reading.last,
            model_name=name,
            networks=offered(name, own),
            reviews=[{"name": name, "text": review} for name, review in reviews()],
            first=pack_reading(self._reading, text, name, network.length),
        )
        self.on_msg(self._answer)

    def _answer(self, _, content, buffers):
        """The page of a live notebook asks for a network."""
        if content.get("want") == "pack" and content.get("name") in self._names:
            self.send({"pack": self.packed(content["name"])})

    def packed(self, name=None):
        """A network as that page gets it, with the words; name: among `networks`, the one that reads if None."""
        name = self.model_name if name is None else name
        return pack(self._open(name), name) | {"words": words()}

    @property
    def network(self):
        """The `Network` that reads."""
        return self._open(self.model_name)

    def _open(self, name):
        if name not in self._opened:
            self._opened[name] = shipped(name)
        return self._opened[name]

    @property
    def _names(self):
        return [network["name"] for network in self.networks]

    @property
    def units(self):
        """How many units that network has."""
        return self.network.cell.units

    @traitlets.validate("model_name")
    def _check_model_name(self, proposal):
        return one_of(proposal.value, self._names, "model_name")

    @traitlets.validate("part", "sort", "panel", "ranked", "mark")
    def _check_name(self, proposal):
        name = proposal.trait.name
        allowed = {"part": PARTS, "sort": SORTS, "panel": PANELS, "ranked": RANKED, "mark": MARKS}[name]
        return one_of(proposal.value, allowed, name)

    @traitlets.validate("probability")
    def _check_probability(self, proposal):
        return share(proposal.value, "probability")

    @traitlets.validate("unit", "step")
    def _check_place(self, proposal):
        count = self.units if proposal.trait.name == "unit" else self.network.length
        return whole(proposal.value, proposal.trait.name, 0, count - 1)

    @traitlets.validate("holds")
    def _check_holds(self, proposal):
        return [self._check_hold(hold) for hold in proposal.value]

    def _check_hold(self, hold):
        if not abs(checked(hold, self.units, self.network.length)["value"]) <= LARGEST:
            raise ValueError(f"holds: value: expected a number from -{LARGEST} to {LARGEST}, got {hold['value']!r}")
        return hold

    def still(self):
        reading, unit = self._reading, self.unit
        text = element("q", element("bdi", self.text))
        said = say.pieces(
            "still.text",
            text=text,
            p=f"{reading.last:.3f}",
            name=part_name(self.part),
            part=self.part,
            units=self.units,
        )
        columns = [reading.p, *(reading.parts[part][:, unit] for part in PARTS)]
        rows = [
            [_word(word, known), *(f"{column[t]:.6f}" for column in columns)]
            for t, (word, known) in enumerate(zip(reading.words, reading.known, strict=True))
        ]
        numbers = table([say("table.word"), say("positive"), *PARTS], rows)
        return fragment(
            element("p", said),
            pictured(reading, self.part),
            element("details", element("summary", say("still.table", unit=unit)), numbers),
        )


def _word(word, known):
    """A word of the table."""
    name = element("bdi", word)
    return name if known else say.pieces("still.unknown", word=name)
