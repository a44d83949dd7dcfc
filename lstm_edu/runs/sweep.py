"""Trains recipes with several random seeds. Each run is written down when it ends, so a stopped sweep goes on there."""

import os
from pathlib import Path

import numpy as np

from ..common import files
from . import data, records
from .one_run import one_run


def run(recipe, seeds, into, weights, path=None, report=print):
    """Trains `recipe` once per seed and writes one record per run into the folder `into`; skips recorded seeds.

    weights: a folder for the trained weights, outside the repository. path: the data, as for `data.load`.
    report(line) is called with the progress. Raises ValueError where a seed is recorded with other settings.
    """
    into, weights = Path(into), Path(weights)
    missing = [seed for seed in seeds if not _recorded(recipe, seed, into, report)]
    if not missing:
        return
    learnt_from = data.load(recipe, path)
    for folder in (into, weights):  # what can't be written should not be trained first
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(f"{folder}: expected a folder that can be written to")
    for seed in missing:
        finished = one_run(recipe, seed, learnt_from, report)
        write(finished, into, weights)
        name, value = next(iter(finished.record.results.items()))
        report(f"{recipe.name}, seed {seed}: test {name} {value:.4f}")


def write(finished, into, weights):
    """Writes the record of a run into one folder and its trained arrays into another."""
    record, arrays = finished.record, finished.arrays
    files.write(weights / f"{record.stem}.npz", lambda file: np.savez_compressed(file, **arrays))
    files.write(into / f"{record.stem}.json", lambda file: file.write(record.to_json().encode()))


def _recorded(recipe, seed, into, report):
    file = into / f"{records.stem(recipe.name, seed)}.json"
    if not file.exists():
        return False
    record = records.read(file)
    ran = record.data["name"], record.model, record.trainer, record.settings
    if ran != (recipe.data, recipe.model, recipe.trainer, recipe.settings):
        raise ValueError(
            f"{file}: expected a run of the recipe as it stands, got one with other settings: "
            "remove that record, or give the changed recipe a name of its own"
        )
    report(f"{recipe.name}, seed {seed}: already recorded in {into}; another folder (--into) has it trained again")
    return True
