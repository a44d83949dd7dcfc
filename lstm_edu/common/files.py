"""A file is written whole or not at all."""

import os
import tempfile
from pathlib import Path


def write(path, fill):
    """Writes `path`: `fill(file)` writes bytes into a neighbour, which takes the name when it is complete.

    Makes the folder where it is missing. Where `fill` fails, what stood under the name before still stands there.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
        os.chmod(part, 0o644)  # mkstemp leaves it to its owner alone
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise
