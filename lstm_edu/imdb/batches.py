"""Reviews of different lengths in one rectangle: what a network is fed."""

import numpy as np

ENDS = ("pre", "post")


def pad(sequences, maxlen, padding="pre", truncating="pre", value=0):
    """B sequences of word ids as one array (B, maxlen) int32, as `keras.utils.pad_sequences` makes it.

    A longer sequence loses its beginning ("pre": the *last* `maxlen` words stay) or its end ("post"); a shorter one
    gets `value` in front ("pre") or behind ("post").

    sequences: `Reviews`, or any list of rows of integers. Raises ValueError or TypeError for other arguments.
    """
    for name, end in (("padding", padding), ("truncating", truncating)):
        if end not in ENDS:
            raise ValueError(f'{name}: expected "pre" or "post", got {end!r}')
    if not isinstance(maxlen, int | np.integer) or isinstance(maxlen, bool):
        raise TypeError(f"maxlen: expected an integer, got {type(maxlen).__name__}")
    if maxlen < 1:
        raise ValueError(f"maxlen: expected at least 1, got {maxlen}")
    padded = np.full((len(sequences), maxlen), value, np.int32)  # (B, maxlen)
    for row, sequence in zip(padded, sequences, strict=True):
        kept = np.asarray(sequence)[-maxlen:] if truncating == "pre" else np.asarray(sequence)[:maxlen]
        if kept.ndim != 1 or (len(kept) and kept.dtype.kind not in "iu"):
            raise TypeError(f"sequences: expected rows of integers, got {kept.dtype} with shape {kept.shape}")
        if padding == "pre":
            row[maxlen - len(kept) :] = kept
        else:
            row[: len(kept)] = kept
    return padded
