"""The widget: its traits, what it refuses, and what stands in for it."""

import numpy as np
import traitlets

from ...common.checks import flag, one_of, whole
from ...common.html import element, fragment, table
from ...imdb import encode, pad
from ...imdb.batches import ENDS
from ...network import LENGTH, shipped
from ...words import Words
from ..base import Widget
from ..packed import base64
from ..review_explorer.pack import MOST_STORED, pack, words
from .picture import curves
from .rows import networks, read, told

say = Words("padding_lab")
review = Words("reviews")
READY = ("praise", "scorn", "slow", "long")  # of the reviews written for this book
# The lengths of the slider: every one where a word more or less is seen, then in larger steps
LENGTHS = [*range(1, 21), *range(25, 51, 5), *range(60, 101, 10), *range(120, 201, 20), *range(250, LENGTH + 1, 50)]


class PaddingLab(Widget):
    """`PaddingLab(text=None, maxlen=500, padding="pre", truncating="pre", mask=False)`

    One text as the row of ids that reaches a network, and P(positive) along it of every shipped network that reads rows
    of 500 steps, whatever rows it was trained on. text: the first ready review if left out. maxlen, 1 to 500, padding
    and truncating ("pre", "post"): as for `imdb.pad`. mask: whether steps with a zero are skipped, and the state handed
    on. All five are traits, in step with the page. Raises TypeError or ValueError, naming the argument.
    """

    script = "padding_lab"
    text = traitlets.Unicode().tag(sync=True)
    maxlen = traitlets.Int().tag(sync=True)
    padding = traitlets.Unicode().tag(sync=True)
    truncating = traitlets.Unicode().tag(sync=True)
    mask = traitlets.Bool().tag(sync=True)
    # what the page starts with
    texts = traitlets.List().tag(sync=True)
    lengths = traitlets.List(LENGTHS, read_only=True).tag(sync=True)
    networks = traitlets.List().tag(sync=True)
    first = traitlets.Dict(None, allow_none=True).tag(sync=True)

    def __init__(self, text=None, maxlen=LENGTH, padding="pre", truncating="pre", mask=False):
        texts = [{"name": review(f"{key}.name"), "text": review(f"{key}.text")} for key in READY]
        if not isinstance(text, str | None):
            raise TypeError(f"text: expected a string, got {type(text).__name__}")
        super().__init__(
            text=texts[0]["text"] if text is None else text,
            maxlen=whole(maxlen, "maxlen", 1, LENGTH),
            padding=one_of(padding, ENDS, "padding"),
            truncating=one_of(truncating, ENDS, "truncating"),
            mask=flag(mask, "mask"),
            texts=texts,
            networks=networks(),
        )
        self.first = self._stored()
        self.on_msg(self._answer)

    @property
    def _rows(self):
        return {name: getattr(self, name) for name in ("maxlen", "padding", "truncating", "mask")}

    def _read(self):
        """[(P(positive) (maxlen,) along the row, the answer as trained)] of the networks."""
        ids = encode(self.text)
        opened = [(shipped(one["name"]), one["handed"]) for one in self.networks]
        return [(read(network, ids, **self._rows), read(network, ids, **handed)[-1]) for network, handed in opened]

    def _stored(self):
        """What the page shows before the networks have loaded; of a long text it shows nothing."""
        ids = encode(self.text).tolist()
        if len(ids) > MOST_STORED:
            return None
        answers = [{"p": base64(p, np.float32), "trained": float(trained)} for p, trained in self._read()]
        return {"text": self.text, "ids": ids, "rows": self._rows, "answers": answers}

    def _answer(self, _, content, buffers):
        """The page of a live notebook asks for a network."""
        name = content.get("name")
        if content.get("want") == "pack" and name in [one["name"] for one in self.networks]:
            self.send({"pack": pack(shipped(name), name) | {"words": words()}})

    @traitlets.validate("maxlen")
    def _check_maxlen(self, proposal):
        return whole(proposal.value, "maxlen", 1, LENGTH)

    @traitlets.validate("padding", "truncating")
    def _check_side(self, proposal):
        return one_of(proposal.value, ENDS, proposal.trait.name)

    # --- where no script runs -------------------------------------------------------------------------------------

    def still(self):
        ids, answers = encode(self.text), self._read()
        titles = [one["title"] for one in self.networks]
        (row,) = pad([ids], self.maxlen, self.padding, self.truncating)
        text = element("q", element("bdi", self.text))
        sentences = " ".join(told(len(ids), self._rows))
        lines = [[title, f"{p[-1]:.3f}", f"{trained:.3f}"] for title, (p, trained) in zip(titles, answers, strict=True)]
        return fragment(
            element("p", say.pieces("still.text", text=text, told=sentences)),
            curves(row, titles, [p for p, _ in answers], say("still.label", n=len(titles))),
            table([say("still.network"), say("still.now"), say("still.trained")], lines),
        )
