"""A training as a file: weights, what the rule keeps, the history; from it a run goes on as if it had never ended."""

import json
import zipfile
import zlib
from pathlib import Path

import numpy as np

from ..common import files


def save(path, settings, weights, memory, epochs, best):
    """Writes the file whole or not at all. memory: of arrays, but for the number of steps "t"."""
    arrays = {f"weights/{name}": array for name, array in weights.items()}
    arrays |= {f"memory/{name}": np.asarray(value) for name, value in memory.items()}
    arrays |= {f"best/{name}": array for name, array in (best or {}).items()}
    text = json.dumps({"settings": settings, "epochs": epochs})
    files.write(path, lambda file: np.savez(file, said=np.array(text), **arrays))


def load(path, settings, weights):
    """(memory, epochs, best) of a file, its weights put into `weights`; None where there is no file.

    Raises ValueError where the file is not whole, or is of a training with other settings or other weights.
    """
    path = Path(path)
    if not path.exists():
        return None
    try:
        with path.open("rb") as content, np.load(content, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        said = json.loads(str(arrays.pop("said")))
        before, epochs = said["settings"], said["epochs"]
    except (ValueError, KeyError, TypeError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        raise ValueError(
            f"checkpoint: {path} is not a whole checkpoint; without that file training begins anew"
        ) from None
    if before != settings:
        raise ValueError(f"checkpoint: {path} is of a training with {before}, expected {settings}")
    parts = {"weights": {}, "memory": {}, "best": {}}
    for name, array in arrays.items():
        part, _, own = name.partition("/")
        parts[part][own] = array if array.ndim else array[()].item()
    forms = [
        {name: f"{array.dtype}{array.shape}" for name, array in some.items()} for some in (parts["weights"], weights)
    ]
    if forms[0] != forms[1]:
        raise ValueError(f"checkpoint: {path} has weights {forms[0]}, expected {forms[1]}")
    put(weights, parts["weights"])
    return parts["memory"], epochs, parts["best"] or None


def put(weights, values):
    """Values into the arrays of {name: weight}."""
    for name, weight in weights.items():
        weight[...] = values[name]
