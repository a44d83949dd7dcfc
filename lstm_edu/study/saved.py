"""Recorded runs whose trained arrays are in a folder, as a sweep keeps them; and results that grow recipe by recipe."""

import json
from pathlib import Path

import numpy as np

from ..runs import records


def runs_of(recipe, weights, recorded=records.FOLDER):
    """[(record, {name: array})] of a recipe: of all its records those with a file in the folder `weights`.
    FileNotFoundError where there is none.
    """
    found = []
    for run in records.load(recipe, recorded):
        path = Path(weights) / f"{run.stem}.npz"
        if path.is_file():
            with np.load(path, allow_pickle=False) as file:
                found.append((run, {name: file[name] for name in file.files}))
    if not found:
        raise FileNotFoundError(
            f"{weights}: expected the trained arrays of {recipe}, as {recipe}-seed1.npz, found none"
        )
    return found


def read(path):
    """{recipe: what was counted}; {} where there is no file yet."""
    return json.loads(Path(path).read_text("utf-8"))["recipes"] if Path(path).exists() else {}


def joined(path, command, counted):
    """What that file is to hold: what it holds, and what was `counted` of some recipes, in their place."""
    return {"command": f"python -m lstm_edu.runs {command}", "recipes": read(path) | counted}
