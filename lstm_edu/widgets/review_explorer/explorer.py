"""The widget: its traits, what it refuses, and what stands in for it."""

import json
from pathlib import Path

import traitlets

from ...common.checks import one_of, share, whole
from ...common.html import element, fragment, table
from ...drawing import colours
from ...imdb.text import OFFSET, vocabulary
from ...keras_bridge import LOAD, network_from_keras, text_network_from_keras
from ...network import TextNetwork, shipped
from ...network.held import checked
from ...words import Words
from ..base import Widget
from .networks import in_order, offered
from .pack import PARTS, in_imdbs_words, pack, pack_reading, words
from .picture import looks_like, picture

say = Words("review_explorer")
part_name = Words("parts")
# as they are offered; the first stands in the page with its reading
REVIEWS = ("slow", "praise", "scorn", "praise_negated", "scorn_negated", "irony", "unknown", "scripts", "long")
SORTS = ("number", "push", "memory", "belt", "here")
RANKED = ("gates", "candidate", "whole")
MARKS = ("belt", "answer", "without", "writes")
PANELS = ("square", "hold", "mattered", "opinion", "difference")
SHORT = 40  # letters of a text of the reader's in the list of texts
LARGEST = 100  # of a held value: far beyond what a gate can be; js/widgets/review_explorer/view.js has it too


def reviews():
    """The ready reviews, written for this book: a tuple of (name, text)."""
    review = Words("reviews")
    return tuple((review(f"{key}.name"), review(f"{key}.text")) for key in REVIEWS)


def pictured(reading, part):
    """The picture of a `Reading`: P(positive), and the map of one part."""
    values = reading.parts[part]  # (T, H)
    told = {"words": len(values), "units": values.shape[1], "part": part, "name": part_name(part)}
    return picture(reading, values, colours()["roles"][looks_like(part)]["mark"], say("still.picture", **told))


def network_of(model):
    """The `Network` of a shipped one's name or of a Keras model."""
    if not isinstance(model, str):
        return network_from_keras(model)
    names = sorted(in_order())
    if model not in names and Path(model).suffix:
        raise ValueError(f"model: expected a Keras model or one of {', '.join(names)}, got {model!r}{LOAD}")
    return shipped(one_of(model, names, "model"))


class ReviewExplorer(Widget):
    """`ReviewExplorer(model="lstm_32", text=None, layer=None, **how)`

    model: the name of a shipped model ("lstm_32", "lstm_32-seed2", ...) or a Keras model of your own: an Embedding of
    any size; one or more LSTM, GRU, SimpleRNN or Bidirectional layers; Dense(1, "sigmoid"). `watch` follows any other.
    text: a review, or a list of texts to choose from, of which the first is read; the ready ones if left out. layer:
    the layer that is looked at, by its name in the model, of a Bidirectional "NAME.forward" or "NAME.backward"; the
    highest if left out. The answer is always the whole network's.

    how: the way in which your model reads a text, where it does not read the ids of `lstm_edu.imdb.encode`.
    `word_index`, {word: id}, or `tokens`, a list whose k-th entry is the word of id k; `start`, the id before each
    text, if there is one; `unknown`, the id of all other words, which are left out if it is None; `pad`, the id that
    fills a row, 0; `split`, how a text is cut into words: "tokenizer" (as Keras' Tokenizer: lower case, punctuation is
    taken for spaces), "vectorization" (as its TextVectorization: punctuation is left out) or "blanks" (as it stands).
    For any words: `padding` and `truncating`, "pre" or "post", as in `keras.utils.pad_sequences`; `maxlen`, the steps
    of a row, if the model's input leaves it open; `from_logits=True` for a Dense(1) without a sigmoid. Masks are
    heeded, of mask_zero and of a Masking behind the Embedding.

    Traits, in step with the page: `text`; `model_name`, the name of the network that reads it, the model or a shipped
    one; `mark`, what each word shows: c of the chosen unit ("belt"), how far it moved the answer ("answer"), what the
    answer is without it ("without") or what was written there and is in the last sum ("writes"); `unit`, `step` and
    `part` ("f", "i", "g", "o", "c", "h"; of a GRU "z", "r", "g", "h"; of a SimpleRNN "h"), the chosen square; `layer`;
    `sort`, the order of the units ("number", "push", "memory", "belt", "here"); `holds`, a list of {"gate", "unit",
    "step", "value"}, None for all units or all steps; `base` and `compare`, the first text and whether the maps show
    the difference to it; `stretch`, colours from the smallest value here to the largest; `panel` ("square", "hold",
    "mattered", "opinion", "difference"); `ranked`
    ("gates", "candidate", "whole", a gate in all units), what is tried for what mattered, and `last`, whether at the
    last word too. A step counts from the start, which is step 0 where the text leaves it room. `probability`,
    P(positive) of the text with what is held, is written by the page.

    Raises TypeError or ValueError, naming the argument, for anything else.
    """

    script = "review_explorer"
    most_packed = 300_000  # characters of an own network in the page's state; a larger one is asked of Python
    text = traitlets.Unicode().tag(sync=True)
    model_name = traitlets.Unicode().tag(sync=True)
    layer = traitlets.Unicode().tag(sync=True)  # "": the highest
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
    pack = traitlets.Dict(allow_none=True).tag(sync=True)  # of an own network that is small

    def __init__(self, model="lstm_32", text=None, layer=None, **how):
        own = not isinstance(model, str)
        network = text_network_from_keras(model, **how) if own else network_of(model)
        if how and not own:
            raise ValueError(f"{next(iter(how))}: expected beside a Keras model of your own, got it beside {model!r}")
        name = model.name if own else model
        self._opened = {name: network}
        seen = network if own else TextNetwork.of(network)
        ready = _ready(text, in_imdbs_words(seen))
        text = ready[0][1] if text is None or isinstance(text, (list, tuple)) else text
        place = seen.top if layer is None else one_of(layer, tuple(seen.places), "layer")
        self._reading = reading = seen.read(text, place)
        packed = self._small_pack(name) if own else None
        stored = set(PARTS) == set(reading.parts) and in_imdbs_words(seen) and seen.rows_in_front
        super().__init__(
            text=text,
            base=text,
            step=max(len(reading.words) - 1, 0),
            unit=reading.loudest,
            part="c" if "c" in reading.parts else "h",
            layer="" if place == seen.top else place,
            probability=reading.last,
            model_name=name,
            networks=offered(name, own, in_imdbs_words(seen)),
            reviews=[{"name": name, "text": review} for name, review in ready],
            first=pack_reading(reading, text, name, network.length) if stored else None,
            pack=packed,
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

    def _small_pack(self, name):
        """An own network as the page's state keeps it, to read where there is no Python; None of a large one."""
        found = self.packed(name)
        known = None if found["rule"] else " ".join(vocabulary()[: len(self._open(name).embedding.table) - OFFSET - 1])
        found["words"] = known
        return found if len(json.dumps(found)) <= self.most_packed else None

    @property
    def network(self):
        """The `Network` that reads, of your own model the `TextNetwork`."""
        return self._open(self.model_name)

    @property
    def cell(self):
        """The cell that is looked at."""
        network = self.network
        seen = network if isinstance(network, TextNetwork) else TextNetwork.of(network)
        return seen.places.get(self.layer, seen.places[seen.top])

    def _open(self, name):
        if name not in self._opened:
            self._opened[name] = shipped(name)
        return self._opened[name]

    @property
    def _names(self):
        return [network["name"] for network in self.networks]

    @property
    def units(self):
        """How many units it has."""
        return self.cell.units

    @traitlets.validate("model_name")
    def _check_model_name(self, proposal):
        return one_of(proposal.value, self._names, "model_name")

    @traitlets.validate("part", "sort", "panel", "ranked", "mark")
    def _check_name(self, proposal):
        name = proposal.trait.name
        allowed = {"part": self.cell.parts, "sort": SORTS, "panel": PANELS, "ranked": RANKED, "mark": MARKS}[name]
        return one_of(proposal.value, allowed, name)

    @traitlets.validate("layer")
    def _check_layer(self, proposal):
        network = self.network
        places = tuple(network.places) if isinstance(network, TextNetwork) else ()
        return proposal.value and one_of(proposal.value, places, "layer")

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
        gates = [part for part in self.cell.parts if part not in self.cell.states]
        if not abs(checked(hold, self.units, self.network.length, gates)["value"]) <= LARGEST:
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
        parts = _in_order(reading.parts)
        columns = [reading.p, *(reading.parts[part][:, unit] for part in parts)]
        rows = [
            [_word(word, known), *(f"{column[t]:.6f}" for column in columns)]
            for t, (word, known) in enumerate(zip(reading.words, reading.known, strict=True))
        ]
        numbers = table([say("table.word"), say("positive"), *parts], rows)
        return fragment(
            element("p", said),
            pictured(reading, self.part),
            element("details", element("summary", say("still.table", unit=unit)), numbers),
        )


def _in_order(parts):
    """The names of the parts, an LSTM's in the order of the book."""
    return [part for part in PARTS if part in parts] if "c" in parts else list(parts)


def _ready(text, in_imdbs):
    """What the reader can choose from: a list of (name, text)."""
    if isinstance(text, (list, tuple)):
        for k, one in enumerate(text):
            if not isinstance(one, str):
                raise TypeError(f"text[{k}]: expected a string, got {type(one).__name__}")
        if not text:
            raise ValueError("text: expected at least one text, got none")
        return [(one if len(one) <= SHORT else f"{one[: SHORT - 1]}…", one) for one in text]
    if text is None and not in_imdbs:
        raise ValueError("text: expected a text, or a list of texts, in the words of your model, got None")
    return list(reviews()) if in_imdbs else [(text, text)]


def _word(word, known):
    """A word of the table."""
    name = element("bdi", word)
    return name if known else say.pieces("still.unknown", word=name)
