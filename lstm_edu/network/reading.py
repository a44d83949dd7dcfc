"""What a network computes at every word of one text."""

from dataclasses import dataclass

import numpy as np

from ..cells.activations import sigmoid
from ..imdb import encode
from ..imdb.text import UNKNOWN, split


@dataclass(frozen=True, eq=False)
class Reading:
    """A text of T words, the start among them, read by a network of H units after `paddings` steps of padding."""

    words: list  # (T,) "<start>" first, if there is room for it
    known: list  # (T,) whether the network knows the word
    parts: dict  # of the cell, for an LSTM "i", "f", "g", "o", "c", "h": (T, H) each
    p: np.ndarray  # (T,) P(positive) after each word
    start: float  # P(positive) after the padding
    push: np.ndarray | None  # (H,) what each unit's last h adds to the logit; None of a layer that others stand above
    paddings: int
    answer: float | None = None  # P(positive) of the text, where it is not the last of p

    @property
    def last(self):
        """P(positive) of the text."""
        return float(self.p[-1]) if self.answer is None else self.answer

    @property
    def loudest(self):
        """The unit with the largest push, or, where there is no push, with the largest |h| at any word."""
        size = np.abs(self.parts["h"]).max(axis=0, initial=0) if self.push is None else np.abs(self.push)
        return int(size.argmax())


def read(network, text, holds=()):
    """The `Reading` of a text by a `Network`: `network.read(text, holds)`."""
    ids = encode(text, num_words=len(network.embedding.table))[-(network.length or 0) :]  # (T,)
    run = network.run(ids[None], holds)
    trace = run.trace
    return Reading(
        words=["<start>", *split(text)][-len(ids) :],
        known=[bool(k != UNKNOWN) for k in ids],
        parts={name: getattr(trace, name)[0] for name in network.cell.parts},
        p=sigmoid(run.logit[0]),
        start=float(sigmoid(run.start[0])),
        push=trace.h[0, -1] * network.dense.kernel[:, 0],
        paddings=0 if network.embedding.mask_zero else max(0, (network.length or 0) - len(ids)),
    )
