"""Weights in a small file, the same numbers for NumPy, Keras and the page.

The embedding is stored as whole numbers q (int8), one scale for each of its columns; a weight is `q * scale`. A scale
has at most 8 significant bits and q at most 7, so that the product has at most 15: it fits the 24 bits of float32
and the 53 of float64, and both multiply without rounding. A reader's float64 and Keras' float32 hold the same numbers.
All other weights are stored as Keras trained them, in float32.
"""

from io import BytesIO

import numpy as np

LARGEST = 127  # of int8, used symmetrically
SCALE_BITS = 8
STORED = ("embedding_q", "embedding_scale", "kernel", "recurrent_kernel", "bias", "dense_kernel", "dense_bias")


def quantise(embedding):
    """An embedding (V, D) as (q (V, D) int8, scale (D,) float32). No weight moves by more than half its scale."""
    widest = np.abs(embedding).max(axis=0).astype(np.float64)  # (D,)
    mantissa, exponent = np.frexp(np.where(widest > 0, widest, 1) / LARGEST)
    # rounded up, so that the widest weight still fits
    scale = np.ldexp(np.ceil(mantissa * 2**SCALE_BITS) / 2**SCALE_BITS, exponent)
    return np.rint(embedding / scale).astype(np.int8), scale.astype(np.float32)


def dequantise(q, scale, dtype):
    """q * scale (V, D), exact in float32 and in float64."""
    return q.astype(dtype) * scale.astype(dtype)


def pack(named):
    """The bytes of the .npz file for the arrays of `Network.weights`, embedding (V, D) not yet quantised."""
    q, scale = quantise(named["embedding"])
    arrays = {"embedding_q": q, "embedding_scale": scale}
    arrays |= {name: named[name].astype(np.float32) for name in STORED[2:]}
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def stored(content):
    """The arrays in the bytes of the .npz file, by the names in `STORED`, as they stand there."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in STORED}
