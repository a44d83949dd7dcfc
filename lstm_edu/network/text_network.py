"""A network that reads text through several recurrent layers, in one direction or both, of any of the three cells."""

from dataclasses import dataclass

import numpy as np

from ..cells import Cell
from ..cells.activations import sigmoid
from ..common import checks
from .layers import Dense, Embedding
from .reading import Reading
from .vocabulary import Vocabulary, of_imdb

WAYS = "forward", "backward"
# how the outputs of two directions become one, (..., H) each
MERGES = {
    "concat": lambda there, back: np.concatenate([there, back], axis=-1),
    "sum": lambda there, back: there + back,
    "ave": lambda there, back: (there + back) / 2,
    "mul": lambda there, back: there * back,
}


@dataclass(frozen=True, eq=False)
class Layer:
    """A recurrent layer: its name, the cell that reads forward, and one that reads backward, or None. `merge`, a name
    out of `MERGES`, says how their outputs become one.
    """

    name: str
    forward: Cell
    backward: Cell | None = None
    merge: str = "concat"

    def ways(self):
        """{name: cell}: of the layer, or of its two directions."""
        if self.backward is None:
            return {self.name: self.forward}
        return {f"{self.name}.{way}": cell for way, cell in zip(WAYS, (self.forward, self.backward), strict=True)}

    def run(self, x, mask):
        """A `Trace` for each direction, the second in its own order, the last word first."""
        return [
            cell.run(x, mask=mask, go_backwards=backwards)
            for cell, backwards in zip(self.ways().values(), (False, True), strict=False)
        ]

    def merged(self, *outputs):
        """The outputs of the directions as one array."""
        return outputs[0] if len(outputs) == 1 else MERGES[self.merge](*outputs)


@dataclass(frozen=True, eq=False)
class TextNetwork:
    """Words in, one answer out: an `Embedding`, recurrent `layers`, the lowest first, and a `Dense` with one number.

    vocabulary: which id each word has. masked: booleans (V,), the ids whose steps do not count, or None: all count.
    length: the steps of a row; a shorter text is filled with the vocabulary's `pad`, "pre" before it or "post" behind
    it, by `padding`; of a longer one `truncating` says which end is left out. Under a mask nothing is filled. It
    computes in the dtype of the embedding. `places` are the names of the cells that can be looked at.
    """

    vocabulary: Vocabulary
    embedding: Embedding
    layers: tuple
    dense: Dense
    length: int
    padding: str = "pre"
    truncating: str = "pre"
    masked: np.ndarray | None = None

    @classmethod
    def of(cls, network):
        """A `Network` of words, which reads the IMDB data's ids, seen as one of these."""
        masked = np.arange(len(network.embedding.table)) == 0 if network.embedding.mask_zero else None
        words = of_imdb(len(network.embedding.table))
        layer = Layer("lstm", network.cell)
        return cls(words, network.embedding, (layer,), network.dense, network.length, masked=masked)

    @property
    def places(self):
        """{name: cell}, the highest layer's last: "lstm_1", "both.forward", "both.backward"."""
        return {name: cell for layer in self.layers for name, cell in layer.ways().items()}

    @property
    def rows_in_front(self):
        """Whether a row is filled and cut in front, as the book's networks have it."""
        return (self.padding, self.truncating) == ("pre", "pre")

    @property
    def top(self):
        """The place that is looked at first: the highest layer, its forward direction."""
        return next(iter(self.layers[-1].ways()))

    def __call__(self, rows):
        """P(positive) (B,) of rows of ids (B, T), as they stand."""
        traces = self.run(rows)[-1]
        return sigmoid(self._logit([trace.last_output for trace in traces]))

    def run(self, rows):
        """For each layer a list of its traces, over rows of ids (B, T), as they stand."""
        rows = np.asarray(rows)
        x, mask = self.embedding(rows), None if self.masked is None else ~self.masked[rows]
        found = []
        for layer in self.layers:
            found.append(layer.run(x, mask))
            x = layer.merged(*(trace.in_time("h") for trace in found[-1]))  # (B, T, H or 2H)
        return found

    def read(self, text, place=None):
        """The `Reading` of a text at one of the `places`; None: at the `top`.

        `p`, P(positive) after each word, is what the answer would be if the highest layer had read no further; of two
        directions it is the one that is looked at, or the forward one, and the other has read all.
        """
        place = checks.one_of(self.top if place is None else place, tuple(self.places), "place")
        names = [list(layer.ways()) for layer in self.layers]
        level = next(k for k, ways in enumerate(names) if place in ways)
        way = names[level].index(place)
        ids, words = self._cut(*self.vocabulary.encode(text))
        T, fill = len(ids), 0 if self.masked is not None else self.length - len(ids)
        before, behind = (fill, 0) if self.padding == "pre" else (0, fill)
        row = np.array([*[self.vocabulary.pad] * before, *ids, *[self.vocabulary.pad] * behind], int)
        found = self.run(row[None])
        shown, top = found[level][way], found[-1]
        of_top = level == len(found) - 1
        lead = way if of_top else 0  # the direction along which the answer is followed
        along = [np.broadcast_to(trace.last_output[0], (T, trace.h.shape[2])) for trace in top]
        steps = slice(before, before + T)
        along[lead] = top[lead].in_time("h")[0, steps]
        ends = [trace.last_output for trace in top]
        start = [trace.last_output for trace in top]
        read_before = behind if lead else before
        start[lead] = top[lead].h[:, read_before - 1] if read_before else np.zeros_like(ends[lead])
        return Reading(
            words=words,
            known=[number != self.vocabulary.unknown for number in ids],
            parts={name: shown.in_time(name)[0, steps] for name in shown.cell.parts},
            p=sigmoid(self._logit(along)),
            start=float(sigmoid(self._logit(start))[0]),
            push=shown.last_output[0] * self._weights(way, ends) if of_top else None,
            paddings=fill,
            answer=float(sigmoid(self._logit(ends))[0]),
        )

    def _cut(self, ids, words):
        """A text's ids and words without those that have no room, and those that the mask leaves out."""
        room = slice(-self.length, None) if self.truncating == "pre" else slice(self.length)
        pairs = list(zip(ids, words, strict=True))[room]
        if self.masked is not None:
            pairs = [(number, word) for number, word in pairs if not self.masked[number]]
        return [number for number, _ in pairs], [word for _, word in pairs]

    def _logit(self, outputs):
        """What the last sigmoid gets (...), from the highest layer's outputs (..., H), one for each direction."""
        return self.dense(self.layers[-1].merged(*outputs))[..., 0]

    def _weights(self, way, ends):
        """(H,): how much each unit of this direction counts for in the last sum, the other direction as it is."""
        kernel, merge = self.dense.kernel[:, 0], self.layers[-1].merge
        if len(ends) == 1 or merge == "sum":
            return kernel
        if merge == "concat":
            H = ends[0].shape[-1]
            return kernel[:H] if way == 0 else kernel[H:]
        return kernel / 2 if merge == "ave" else kernel * ends[1 - way][0]
