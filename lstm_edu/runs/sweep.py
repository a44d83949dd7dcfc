"""Trains recipes with several random seeds. Each run is written down when it ends, so a stopped sweep goes on there."""

import os
from pathlib import Path

import numpy as np

from .. import imdb
from ..common import files
from . import keras_recipes, records


def run(recipe, seeds, into, weights, path=None, report=print):
    """Trains `recipe` once per seed and writes one record per run into the folder `into`; skips recorded seeds.

    weights: a folder for the trained weights, outside the repository. path: the data, as for `imdb.load`.
    report(line) is called with the progress. Raises ValueError where a seed is recorded with other settings.
    """
    into, weights = Path(into), Path(weights)
    missing = [seed for seed in seeds if not _recorded(recipe, seed, into, report)]
    if not missing:
        return
    data_sha256 = imdb.fingerprint(path)
    train, test = imdb.load(path, num_words=recipe.num_words)
    for folder in (into, weights):  # what can't be written should not be trained first
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(f"{folder}: expected a folder that can be written to")
    for seed in missing:
        trained = keras_recipes.train(recipe, seed, train, test, report)
        record = records.Record(
            recipe=recipe.name,
            settings=recipe.settings(),
            seed=seed,
            parameters=trained.model.count_params(),
            history={name: [round(value, 6) for value in values] for name, values in trained.history.items()},
            test_loss=round(trained.test_loss, 6),
            test_accuracy=float(trained.right.mean()),
            test_reviews=len(test),
            right=records.pack(trained.right),
            seconds=[round(value, 2) for value in trained.seconds],
            versions=keras_recipes.versions(),
            data_sha256=data_sha256,
            command=f"python -m lstm_edu.runs train {recipe.name} --seeds {seed}",
        )
        arrays = keras_recipes.arrays(trained.model)
        files.write(weights / f"{record.stem}.npz", lambda file, arrays=arrays: np.savez_compressed(file, **arrays))
        files.write(into / f"{record.stem}.json", lambda file, record=record: file.write(record.to_json().encode()))
        report(f"{recipe.name}, seed {seed}: test accuracy {record.test_accuracy:.4f}")


def _recorded(recipe, seed, into, report):
    file = into / f"{records.stem(recipe.name, seed)}.json"
    if not file.exists():
        return False
    if records.read(file).settings != records.plain(recipe.settings()):
        raise ValueError(
            f"{file}: expected a run of the recipe as it stands, got one with other settings: "
            "remove that record, or give the changed recipe a name of its own"
        )
    report(f"{recipe.name}, seed {seed}: already recorded in {into}; another folder (--into) has it trained again")
    return True
