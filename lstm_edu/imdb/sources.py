"""Where the data set is, and how a file of it is read: two formats, both checked before use.

`imdb_flat.npz`, without pickle, for each split s in (train, test): `x_s` int32, the ranks of all words, one review
after the other; `o_s`, offsets, review k is `x_s[o_s[k]:o_s[k + 1]]`; `y_s`, labels 0 or 1. Its structure is checked.

`imdb.npz` as Keras serves it: object arrays of lists, so a pickle. It is opened only if it is, to the bit, the file
whose sha256 Keras publishes in `keras/src/datasets/imdb.py`.

Both hold the same: a word is its rank by frequency, from 1, and reviews stand in the order of the published files.
"""

import hashlib
import http.client
import os
import sys
import urllib.request
import zipfile
from itertools import chain
from pathlib import Path

import numpy as np

from ..common import files
from ..common.checks import INT32

KERAS_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/imdb.npz"
KERAS_SHA256 = "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f"
NAMES = ("imdb_flat.npz", "imdb.npz")
SPLITS = ("train", "test")

WHAT_TO_DO = (
    "put imdb_flat.npz or Keras' imdb.npz into the folder data/ of the checkout, or set LSTM_EDU_DATA to its folder, "
    f"or go on line once ({KERAS_URL})"
)


def keras_cache():
    """The folder in which Keras keeps its data sets."""
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "datasets"


def folders():
    """The folders that are searched, in this order."""
    given = os.environ.get("LSTM_EDU_DATA")
    checkout = Path(__file__).resolve().parents[2]
    candidates = [
        Path(given) if given else None,
        checkout / "data" if (checkout / "pyproject.toml").is_file() else None,
        Path.cwd() / "data",
        keras_cache(),
    ]
    return [folder for folder in candidates if folder is not None]


def find(path=None):
    """The local file, or None. With a `path` (a file, or a folder that holds one) no other place is searched."""
    if path is None:
        return next((found for found in map(_inside, folders()) if found), None)
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"path: expected a file or a folder, got {path!r}; load(num_words=10000) keeps that many words")
    path = Path(path)
    return path if path.is_file() else _inside(path)


def _inside(folder):
    return next((folder / name for name in NAMES if (folder / name).is_file()), None)


def download():
    """Keras' file, fetched into Keras' cache. Written under its name only when its sha256 is the published one."""
    target = keras_cache() / "imdb.npz"
    print(f"fetching the IMDB reviews, 17 MB: {KERAS_URL}", file=sys.stderr)
    try:
        with urllib.request.urlopen(KERAS_URL, timeout=30) as response:
            content = response.read()
    except (OSError, http.client.HTTPException) as error:
        given = os.environ.get("LSTM_EDU_DATA")
        where = f"no IMDB data here, nor in LSTM_EDU_DATA={given}" if given else "no IMDB data here"
        raise FileNotFoundError(f"{where}, and no way to fetch it ({error}): {WHAT_TO_DO}") from None
    if hashlib.sha256(content).hexdigest() != KERAS_SHA256:
        raise ValueError(f"{KERAS_URL}: expected the sha256 Keras publishes, {KERAS_SHA256}, got another file")
    files.write(target, lambda file: file.write(content))
    return target


def read(path):
    """{split: (ranks, offsets, labels)} of a file in either format, in the file's own order.

    Raises ValueError, naming the file, where it is neither.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
    except zipfile.BadZipFile:
        raise ValueError(f"{path}: expected an .npz file, got something else") from None
    if members == {f"{letter}_{split}.npy" for letter in "xoy" for split in SPLITS}:
        return _read_flat(path)
    if members == {f"{letter}_{split}.npy" for letter in "xy" for split in SPLITS}:
        return _read_keras(path)
    raise ValueError(f"{path}: expected the arrays of imdb_flat.npz or of Keras' imdb.npz, got {sorted(members)}")


def _read_flat(path):
    splits = {}
    try:
        with np.load(path, allow_pickle=False) as arrays:
            for split in SPLITS:
                splits[split] = tuple(arrays[f"{letter}_{split}"] for letter in "xoy")
    except Exception as error:  # bytes that are wrong end in a dozen kinds of it, by where they are
        raise ValueError(f"{path}: expected plain arrays, got {error}") from None
    for split, (ranks, offsets, labels) in splits.items():
        _check(f"{path}, {split}", ranks, offsets, labels)
    return splits


def _check(where, ranks, offsets, labels):
    for name, array in (("ranks", ranks), ("offsets", offsets), ("labels", labels)):
        if array.ndim != 1 or array.dtype.kind not in "iu":
            raise ValueError(f"{where}: expected {name} as one row of integers, got {array.dtype} {array.shape}")
    if len(labels) == 0 or len(offsets) != len(labels) + 1:
        raise ValueError(f"{where}: expected one offset more than labels, got {len(offsets)} and {len(labels)}")
    if offsets[0] != 0 or offsets[-1] != len(ranks) or (offsets[1:] <= offsets[:-1]).any():
        raise ValueError(f"{where}: expected offsets that rise from 0 to {len(ranks)}")
    if ranks.min() < 1 or ranks.max() > INT32[1]:
        raise ValueError(f"{where}: expected ranks from 1 to {INT32[1]}, got {ranks.min()} to {ranks.max()}")
    if labels.max() > 1 or labels.min() < 0:
        raise ValueError(f"{where}: expected labels 0 and 1, got {labels.min()} to {labels.max()}")


def _read_keras(path):
    if sha256(path) != KERAS_SHA256:
        raise ValueError(
            f"{path}: expected the sha256 Keras publishes for imdb.npz, {KERAS_SHA256}, got {sha256(path)}"
        )
    splits = {}
    with np.load(path, allow_pickle=True) as arrays:  # safe: the file is Keras' own, to the bit
        for split in SPLITS:  # one split after the other: as Python integers each takes some 200 MB
            reviews = arrays[f"x_{split}"]
            offsets = np.concatenate([[0], np.cumsum([len(review) for review in reviews])])
            ranks = np.fromiter(chain.from_iterable(reviews), np.int32, offsets[-1])
            splits[split] = ranks, offsets, arrays[f"y_{split}"]
            del reviews
    return splits


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(path=None):
    """sha256 of the data itself, the same for both formats: of each split ranks, offsets and labels as int32."""
    digest = hashlib.sha256()
    for arrays in read(locate(path)).values():
        for array in arrays:
            digest.update(array.astype("<i4").tobytes())
    return digest.hexdigest()


def locate(path=None):
    """The file to read: found, or fetched. FileNotFoundError where a given path holds none, or nothing can be had."""
    found = find(path)
    if found is not None:
        return found
    if path is not None:
        raise FileNotFoundError(f"{path}: expected a file of the IMDB data, or a folder with {' or '.join(NAMES)}")
    return download()
