"""Runs all recipes of an experiment, several at a time. What has ended is written down, so a stopped one goes on there.

The runs of an experiment are one file, `NAME.jsonl`, a record a line.
"""

import json
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from ..common import checks, files
from . import data
from .experiments import EXPERIMENTS
from .one_run import one_run
from .records import Record

FOLDER = Path(__file__).resolve().parents[1] / "data" / "experiments"


def load(experiment, folder=FOLDER):
    """The records of an experiment, a list by recipe and seed; none where there is no file yet."""
    checks.one_of(experiment, tuple(EXPERIMENTS), "experiment")
    path = Path(folder) / f"{experiment}.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else ()
    return sorted((Record(**json.loads(line)) for line in lines), key=lambda run: (run.recipe, run.seed))


def run(experiment, seeds, into=FOLDER, weights=None, processes=1, only=None, report=print):
    """Trains every recipe of an experiment once per seed, `processes` at a time, and skips what is recorded.

    only: names of recipes, the others are left out; None: all. weights: a folder for the trained arrays; None: they are
    not kept. Raises ValueError where what is recorded has other settings than the recipe.
    """
    recorded = load(experiment, into)
    recipes = {recipe.name: recipe for recipe in EXPERIMENTS[experiment]}
    for one in recorded:
        if one.recipe in recipes and one.settings != recipes[one.recipe].settings:
            raise ValueError(f"{experiment}.jsonl: expected runs of the recipes as they stand, got another {one.stem}")
    there = {(one.recipe, one.seed) for one in recorded}
    chosen = [recipe for name, recipe in recipes.items() if only is None or name in only]
    todo = [(recipe, seed) for seed in seeds for recipe in chosen if (recipe.name, seed) not in there]
    report(f"{experiment}: {len(there)} runs are recorded, {len(todo)} to go")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by the processes that begin below: a core for each
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(trained, experiment, recipe, seed) for recipe, seed in todo]):
            finished = done.result()
            recorded.append(finished.record)
            content = "".join(json.dumps(asdict(one)) + "\n" for one in recorded)
            files.write(Path(into) / f"{experiment}.jsonl", lambda file, content=content: file.write(content.encode()))
            if weights is not None:
                path = Path(weights) / f"{finished.record.stem}.npz"
                files.write(path, lambda file, arrays=finished.arrays: np.savez(file, **arrays))
            report(f"{len(recorded)}: {finished.record.stem} {finished.record.results}")


def trained(experiment, recipe, seed):
    """One run, in a process of its own."""
    finished = one_run(recipe, seed, data.load(recipe), report=lambda line: None)
    command = f"python -m lstm_edu.runs experiment {experiment} --seeds {seed}"
    return replace(finished, record=replace(finished.record, command=command))
