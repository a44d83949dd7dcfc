"""The shipped weights: one trained model in a small file, the same numbers for NumPy, Keras and the page.

The embedding is stored as whole numbers q (int8), one scale for each of its columns; a weight is `q * scale`. A scale
has at most 8 significant bits and q at most 7, so that the product has at most 15: it fits the 24 bits of float32
and the 53 of float64, and both multiply without rounding. A reader's float64 and Keras' float32 hold the same numbers.
All other weights are stored as Keras trained them, in float32.
"""

import hashlib
import json
from io import BytesIO
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "data" / "models"
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
    """The bytes of the .npz file for the arrays of `load_model`, embedding (V, D) not yet quantised."""
    q, scale = quantise(named["embedding"])
    arrays = {"embedding_q": q, "embedding_scale": scale}
    arrays |= {name: named[name].astype(np.float32) for name in STORED[2:]}
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def unpack(content, dtype):
    """The arrays of `load_model` from the bytes of the .npz file."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        named = {"embedding": dequantise(arrays["embedding_q"], arrays["embedding_scale"], dtype)}
        return named | {name: arrays[name].astype(dtype) for name in STORED[2:]}


def shipped(folder=FOLDER):
    """The names of the shipped models, sorted: what `card` and `load_model` take."""
    return sorted(path.stem for path in Path(folder).glob("*.npz"))


def card(name="lstm_32", folder=FOLDER):
    """How the shipped weights were made: recipe, seed, versions, data, metrics before and after quantising, sha256."""
    path = Path(folder) / f"{name}.json"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: expected the card of shipped weights, found none")
    return json.loads(path.read_text())


def load_model(name="lstm_32", dtype=np.float64, folder=FOLDER):
    """The shipped weights, a dictionary of arrays: `embedding` (V, D), `kernel` (D, 4U), `recurrent_kernel` (U, 4U),
    `bias` (4U,), `dense_kernel` (U, 1), `dense_bias` (1,), in Keras' layout and column order i, f, g, o.

    dtype: float32 or float64; the numbers are the same. Raises FileNotFoundError where no such model is shipped,
    ValueError where the file is not the one its card describes.
    """
    if np.dtype(dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise ValueError(f"dtype: expected float32 or float64, got {np.dtype(dtype)}")
    expected = card(name, folder)["sha256"]
    path = Path(folder) / f"{name}.npz"
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ValueError(f"{path}: expected sha256 {expected}, as its card says, got {found}")
    return unpack(content, dtype)


def facts(folder=FOLDER):
    """{NAME.shipped.WHAT: (value, form)} of the models that carry a recipe's own name, for prose."""
    return {
        f"{name}.shipped.{key}": fact
        for name in shipped(folder)
        if name == (made := card(name, folder))["recipe"]
        for key, fact in _said(made).items()
    }


def _said(made):
    before, after = made["unquantised"], made["quantised"]
    return {
        "seed": (made["seed"], "count"),
        "bytes": (made["bytes"], "count"),
        "test": (after["test_accuracy"], "percent"),
        "test_loss": (after["test_loss"], "loss"),
        "difference": (after["test_accuracy"] - before["test_accuracy"], "points"),
        "changed": (made["answers_changed"], "count"),
    }
