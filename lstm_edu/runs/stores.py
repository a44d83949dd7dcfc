"""Where recorded runs are kept: a folder with a file for each, or one file with a line for each.

Both give `get(recipe, seed)`, a record by these names or None; `add(record)`; and `ready()`, which raises where nothing
could be written, before anything is trained.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

from ..common import files
from . import records


class Folder:
    """A file for each run, `RECIPE-seedN.json`."""

    def __init__(self, path=records.FOLDER):
        self.path = Path(path)

    def get(self, recipe, seed):
        file = self.path / f"{records.stem(recipe, seed)}.json"
        return records.read(file) if file.exists() else None

    def add(self, record):
        files.write(self.path / f"{record.stem}.json", lambda file: file.write(record.to_json().encode()))

    def ready(self):
        writable(self.path)


class Lines:
    """One file, a record a line, by recipe and seed."""

    def __init__(self, path):
        self.path = Path(path)

    def runs(self):
        """All records, a list; none where there is no file yet. ValueError names a line that is none."""
        if not self.path.exists():
            return []
        found = []
        for number, line in enumerate(self.path.read_text("utf-8").splitlines(), 1):
            try:
                found.append(records.Record(**json.loads(line)))
            except (TypeError, ValueError) as error:
                raise ValueError(f"{self.path}, line {number}: expected the record of a run, got {error}") from None
        return found

    def get(self, recipe, seed):
        return next((run for run in self.runs() if (run.recipe, run.seed) == (recipe, seed)), None)

    def add(self, record):
        all_of_them = sorted([*self.runs(), record], key=lambda run: (run.recipe, run.seed))
        content = "".join(json.dumps(asdict(run)) + "\n" for run in all_of_them)
        files.write(self.path, lambda file: file.write(content.encode()))

    def ready(self):
        writable(self.path.parent)


def recorded(store, recipe, seed):
    """The recorded run of a recipe, None where there is none. ValueError where the recipe was another when it ran."""
    run = store.get(recipe.name, seed)
    if run and (run.data["name"], run.model, run.trainer, run.settings) != (
        recipe.data,
        recipe.model,
        recipe.trainer,
        recipe.settings,
    ):
        raise ValueError(
            f"{store.path}, {run.stem}: expected a run of the recipe as it stands, got one with other settings: "
            "remove that record, or give the changed recipe a name of its own"
        )
    return run


def writable(folder):
    """OSError where nothing could be written into that folder, or it could not be made."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        raise NotADirectoryError(f"{folder}: expected a folder, and {there} is a file")
    if not os.access(there, os.W_OK):
        raise PermissionError(f"{folder}: expected a folder that can be written to")
