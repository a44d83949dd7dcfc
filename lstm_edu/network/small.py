"""The small networks that were trained on made tasks, each in a small file beside a card that says how it was made."""

import io
from pathlib import Path

import numpy as np

from ..cells import KINDS
from ..common import cards, checks
from .layers import Dense
from .network import Network

FOLDER = Path(__file__).resolve().parents[1] / "data" / "small"


def small(name, dtype=np.float32, folder=FOLDER):
    """The `Network` of that name, without an embedding: x (B, T, D) in. dtype: float32, as it was trained, or float64.

    Raises ValueError for a name that is not there, and where the file is not the one its card describes.

    >>> net = small("parcel_lstm")
    >>> net.cell.units, net.dense.kernel.shape
    (16, (16, 1))
    """
    checks.one_of(name, tuple(sorted(path.stem for path in Path(folder).glob("*.npz"))), "name")
    checks.one_of(np.dtype(dtype).name, ("float32", "float64"), "dtype")
    content = io.BytesIO(cards.content(folder, name, "a small network"))
    with np.load(content, allow_pickle=False) as file:
        arrays = {part: file[part].astype(dtype) for part in file.files}
    head = Dense(arrays.pop("dense_kernel"), arrays.pop("dense_bias"))
    settings = cards.card(folder, name, "a small network")["settings"]
    plain = {"activation": settings["activation"]} if settings["cell"] == "simple_rnn" else {}
    return Network(None, KINDS[settings["cell"]](**arrays, **plain), head)
