"""What a packed network computes at every word of a text, by NumPy's cell: the first reading that a page shows."""

from base64 import b64decode, b64encode
from dataclasses import dataclass

import numpy as np

from ..cells import LSTMCell
from ..cells.activations import sigmoid
from ..imdb import encode
from ..imdb.text import PAD, UNKNOWN, split

PARTS = ("f", "i", "g", "o", "c", "h")


@dataclass(frozen=True, eq=False)
class Reading:
    """A text of T words, the start among them, read by a network of U units after `paddings` steps of padding."""

    words: list  # (T,) "<start>" first, if there is room for it
    known: list  # (T,) whether the network knows the word
    parts: dict  # "f", "i", "g", "o", "c", "h": (T, U)
    p: np.ndarray  # (T,) P(positive) after each word
    start: float  # P(positive) after the padding
    push: np.ndarray  # (U,) what each unit's last h adds to the logit
    paddings: int

    @property
    def last(self):
        """P(positive) of the text."""
        return float(self.p[-1]) if len(self.p) else self.start


def read(pack, text):
    """The `Reading` of a text by the network of a pack (of `network.pack`)."""
    weights = {name: _numbers(pack[name]) for name in ("embedding", "kernel", "recurrent", "dense_kernel")}
    bias, dense_bias, scale = (
        None if pack[name] is None else _numbers(pack[name]) for name in ("bias", "dense_bias", "scale")
    )
    units = weights["dense_kernel"].size
    kernel, recurrent = weights["kernel"].reshape(-1, 4 * units), weights["recurrent"].reshape(units, 4 * units)
    embedding = weights["embedding"].reshape(-1, len(kernel)) * (1 if scale is None else scale)  # (V, D)

    ids = encode(text, num_words=len(embedding))[-pack["length"] :]  # (T,)
    paddings = 0 if pack["mask_zero"] else pack["length"] - len(ids)
    row = np.concatenate([np.full(paddings, PAD), ids])
    trace = LSTMCell(kernel, recurrent, bias).run(embedding[row][None])
    h = np.concatenate([np.zeros((1, units)), trace.h[0]])  # (1 + paddings + T, U), what was before the first step too
    p = sigmoid(h @ weights["dense_kernel"] + (0 if dense_bias is None else dense_bias[0]))
    return Reading(
        words=["<start>", *split(text)][-pack["length"] :],
        known=[bool(k != UNKNOWN) for k in ids],
        parts={name: getattr(trace, name)[0, paddings:] for name in PARTS},
        p=p[1 + paddings :],
        start=float(p[paddings]),
        push=h[-1] * weights["dense_kernel"],
        paddings=paddings,
    )


def stored(reading, text, length):
    """A reading as the page's state keeps it, in float32: js/widgets/review_explorer/state.js opens it."""
    arrays = reading.parts | {"p": reading.p}
    packed = {name: b64encode(array.astype("<f4").tobytes()).decode("ascii") for name, array in arrays.items()}
    units = reading.parts["h"].shape[1]
    return packed | {
        "text": text,
        "length": length,
        "units": units,
        "known": reading.known,
        "start": reading.start,
        "paddings": reading.paddings,
    }


def _numbers(array):
    return np.frombuffer(b64decode(array["data"]), np.dtype(array["dtype"]).newbyteorder("<")).astype(np.float64)
