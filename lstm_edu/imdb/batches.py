"""Reviews of different lengths in one rectangle: what a network is fed."""

from collections.abc import Iterable, Iterator

import numpy as np

from ..common import checks

ENDS = ("pre", "post")


def pad(sequences, maxlen, padding="pre", truncating="pre", value=0):
    """B sequences of word ids as one array (B, maxlen) int32, as `keras.utils.pad_sequences` makes it.

    A longer sequence loses its beginning ("pre": the *last* `maxlen` words stay) or its end ("post"); a shorter one
    gets `value` in front ("pre") or behind ("post").

    sequences: `Reviews`, or any list of rows of whole numbers; each number, and value, has to fit int32. Raises
    ValueError or TypeError for other arguments.
    """
    for name, end in (("padding", padding), ("truncating", truncating)):
        if end not in ENDS:
            raise ValueError(f'{name}: expected "pre" or "post", got {end!r}')
    maxlen = checks.at_least(maxlen, "maxlen", 1)
    value = checks.whole(value, "value", *checks.INT32)
    rows = _rows(sequences)
    padded = np.full((len(rows), maxlen), value, np.int32)  # (B, maxlen)
    for row, sequence in zip(padded, rows, strict=True):
        kept = sequence[-maxlen:] if truncating == "pre" else sequence[:maxlen]
        if padding == "pre":
            row[maxlen - len(kept) :] = kept
        else:
            row[: len(kept)] = kept
    return padded


def _rows(sequences):
    """The sequences as rows of int32."""
    if isinstance(sequences, (str, bytes, dict, Iterator)) or not isinstance(sequences, Iterable):
        way_on = ": hand over list(...) of it" if isinstance(sequences, Iterator) else ""
        raise TypeError(f"sequences: expected a list of rows of ids, got {type(sequences).__name__}{way_on}")
    rows = []
    for sequence in sequences:
        if isinstance(sequence, str):
            raise TypeError(f"sequences: expected rows of ids, got the text {sequence[:20]!r}: `encode` makes its row")
        row = checks.whole_numbers(sequence, "sequences")
        if row.ndim == 0:
            raise TypeError("sequences: expected a list of rows of ids, got one row: write pad([ids], ...)")
        if row.ndim != 1:
            raise TypeError(f"sequences: expected rows of ids, each of one axis, got one of shape {row.shape}")
        rows.append(row)
    return rows
