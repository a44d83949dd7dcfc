"""A file NAME.npz beside its card NAME.json, which says how it was made, and the file's sha256."""

import hashlib
import json
from pathlib import Path

from . import files


def card(folder, name, what):
    """The card; FileNotFoundError where there is none. what: of what, for the message."""
    path = Path(folder) / f"{name}.json"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: expected the card of {what}, found none")
    return json.loads(path.read_text())


def content(folder, name, what):
    """The bytes of the file; ValueError where they are not those that the card describes."""
    expected = card(folder, name, what)["sha256"]
    path = Path(folder) / f"{name}.npz"
    found = path.read_bytes()
    sha256 = hashlib.sha256(found).hexdigest()
    if sha256 != expected:
        raise ValueError(f"{path}: expected sha256 {expected}, as its card says, got {sha256}")
    return found


def write(folder, name, content, said):
    """Writes both, and returns the card: what is said, and the file's size and sha256."""
    made = said | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    files.write(Path(folder) / f"{name}.npz", lambda file: file.write(content))
    files.write(Path(folder) / f"{name}.json", lambda file: file.write((json.dumps(made, indent=1) + "\n").encode()))
    return made
