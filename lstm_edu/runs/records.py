"""Recorded runs: one JSON file for each recipe and random seed. A record is one run that took place."""

import base64
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "data" / "runs"


@dataclass(frozen=True, kw_only=True)
class Record:
    """One run of a recipe, in plain values.

    >>> from lstm_edu import runs
    >>> run = runs.records.load("lstm_32")[0]
    >>> run.seed, run.trainer, run.results["accuracy"], run.tested
    (1, 'keras', 0.86108, 25000)
    """

    recipe: str
    data: dict  # name, sha256
    model: str
    trainer: str
    settings: dict  # the recipe's when it ran
    seed: int
    parameters: int  # trained numbers in the model
    history: dict  # name -> one value for each epoch, or for each of the steps that stand under "step"
    results: dict  # name -> number: what the last weights reach on the test part
    validated: int  # how many examples were held back while it trained; what was measured on them begins with "val_"
    tested: int  # how many examples the test part has
    right: (
        str  # which of them were answered right: bits in their order, packed, base64; "" where none is right or wrong
    )
    seconds: list  # for each epoch, on the machine that trained it; one number where there are none
    versions: dict
    command: str  # what was typed
    machine: dict = field(default_factory=dict)  # system, processor, cores; none in the first records

    @property
    def stem(self):
        return stem(self.recipe, self.seed)

    @property
    def correct(self):
        """Which test examples were answered right, (tested,) bool."""
        packed = np.frombuffer(base64.b64decode(self.right), np.uint8)
        return np.unpackbits(packed, count=self.tested).astype(bool)

    def to_json(self):
        return json.dumps(asdict(self), indent=1) + "\n"


def stem(recipe, seed):
    """The name of a run's files, without the ending."""
    return f"{recipe}-seed{seed}"


def pack(correct):
    """An array of booleans as text: eight to a byte, base64; "" for None."""
    return "" if correct is None else base64.b64encode(np.packbits(correct)).decode()


def read(path):
    """The record in that file; ValueError names the file where it is none, FileNotFoundError where there is no file."""
    if not Path(path).is_file():
        raise FileNotFoundError(f"{path}: expected the record of a run, found none")
    try:
        return Record(**json.loads(Path(path).read_text()))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: expected the record of a run, got {error}") from None


def load(recipe=None, folder=FOLDER):
    """The records of a recipe, or of all, a list by recipe and seed.

    Raises ValueError where a named recipe has none, FileNotFoundError where there is no such folder.
    """
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"{folder}: expected the folder of the records, found none")
    found = [read(path) for path in Path(folder).glob("*.json")]
    chosen = [record for record in found if recipe in (None, record.recipe)]
    if not chosen and recipe is not None:
        known = ", ".join(sorted({record.recipe for record in found})) or "none"
        raise ValueError(f"recipe: expected one with records ({known}), got {recipe!r}")
    return sorted(chosen, key=lambda record: (record.recipe, record.seed))
