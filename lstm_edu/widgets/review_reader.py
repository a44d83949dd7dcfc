"""ReviewReader: the trained network reads a text, and one curve says what it thinks after each word. The light one."""

import traitlets

from ..common.checks import whole
from ..common.html import element, fragment, table
from ..drawing import colours
from ..network import shipped
from ..words import Words
from .base import Widget
from .review_explorer import picture, reviews
from .review_explorer.pack import pack, pack_reading, words

say = Words("review_reader")
MODEL = "lstm_32"


class ReviewReader(Widget):
    """`ReviewReader(text=None, instrument="")`

    text: what the shipped model "lstm_32" reads, the first ready review if left out. instrument: the address of a page
    with a `ReviewExplorer`, seen from the page that this stands in; a link leads there with the text, if there is one.

    Traits, in step with the page: `text`, and `step`, the chosen word, counted from the start, which is step 0 where
    the text leaves it room. Raises TypeError or ValueError, naming the argument, for anything else.
    """

    script = "review_reader"
    text = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int().tag(sync=True)
    # what the page starts with
    instrument = traitlets.Unicode().tag(sync=True)
    model_name = traitlets.Unicode(MODEL, read_only=True).tag(sync=True)
    length = traitlets.Int().tag(sync=True)  # steps that the model reads
    first = traitlets.Dict(allow_none=True).tag(sync=True)

    def __init__(self, text=None, instrument=""):
        for argument, value in {"text": text, "instrument": instrument}.items():
            if not isinstance(value, str) and (value is not None or argument != "text"):
                raise TypeError(f"{argument}: expected a string, got {type(value).__name__}")
        text = reviews()[0][1] if text is None else text
        network = shipped(MODEL)
        self._reading = network.read(text)
        super().__init__(
            text=text,
            step=len(self._reading.words) - 1,
            instrument=instrument,
            length=network.length,
            first=pack_reading(self._reading, text, MODEL, network.length),
        )
        self.on_msg(self._answer)

    def _answer(self, _, content, buffers):
        """The page of a live notebook asks for the network."""
        if content.get("want") == "pack":
            self.send({"pack": pack(shipped(MODEL), MODEL) | {"words": words()}})

    @traitlets.validate("step")
    def _check_step(self, proposal):
        return whole(proposal.value, "step", 0, self.length - 1)

    def still(self):
        reading, unit = self._reading, self._reading.loudest
        c = reading.parts["c"][:, [unit]]  # (T, 1)
        label = say("still.picture", words=len(reading.words), unit=unit)
        rows = [
            [_word(word, known), f"{p:.3f}", f"{value:.3f}"]
            for word, known, p, value in zip(reading.words, reading.known, reading.p, c[:, 0], strict=True)
        ]
        text = element("q", element("bdi", self.text))
        return fragment(
            element("p", say.pieces("still.text", text=text, p=f"{reading.last:.3f}", unit=unit)),
            picture(reading, c, colours()["roles"]["c"]["mark"], label),
            element(
                "details",
                element("summary", say("still.table")),
                table([say("still.word"), say("positive"), say("strip.label", unit=unit)], rows),
            ),
            element("p", element("a", say("more"), href=self.instrument)) if self.instrument else None,
        )


def _word(word, known):
    """A word of the table."""
    name = element("bdi", word)
    return name if known else say.pieces("still.unknown", word=name)
