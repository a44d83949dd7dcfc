"""The contract of a run: plain values in, plain values out, so that it may take place in another process.

A trainer is a function `train(recipe, seed, data, report) -> Trained`. It knows the data and the models; whoever calls
`one_run` knows neither, and is the one who writes.
"""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common import checks
from . import in_keras, in_numpy, in_numpy_tasks, in_scikit, records

TRAINERS = {
    "keras": in_keras.train,
    "numpy": in_numpy.train,
    "numpy_tasks": in_numpy_tasks.train,
    "scikit": in_scikit.train,
}
# Of what they trained on examples that a file holds: reader(recipe, arrays, data) gives a function of such examples,
# their scores (N,), above 0 where the answer is "positive".
READERS = {"keras": in_keras.reader, "numpy": in_numpy.reader, "scikit": in_scikit.reader}


@dataclass(frozen=True)
class Finished:
    """A run that has ended: what is kept of it, and the trained arrays by name.

    >>> from lstm_edu import runs
    >>> ended = runs.Finished(runs.records.load("lstm_32")[0], arrays={})
    >>> ended.record.stem
    'lstm_32-seed1'
    """

    record: records.Record
    arrays: dict


def one_run(recipe, seed, data, report=print):
    """Trains a recipe once: `Finished`. Nothing is written.

    data: `data.Data`, of the name that the recipe gives; report(line) is called as the run goes on. Raises ValueError
    where the data are others, the trainer is none of `TRAINERS`, or what was measured is not finite.
    """
    if data.name != recipe.data:
        raise ValueError(f"data: expected {recipe.data!r}, which {recipe.name} is trained on, got {data.name!r}")
    trained = TRAINERS[checks.one_of(recipe.trainer, TRAINERS, "trainer")](recipe, seed, data, report)
    for name, values in [*trained.history.items(), *trained.results.items()]:
        if not np.isfinite(values).all():
            raise ValueError(f"{recipe.name}, seed {seed}: expected finite numbers, got {name} {values}: it diverged")
    record = records.Record(
        recipe=recipe.name,
        data={"name": data.name, "sha256": data.sha256},
        model=recipe.model,
        trainer=recipe.trainer,
        settings=recipe.settings,
        seed=seed,
        parameters=sum(array.size for array in trained.arrays.values()),
        history={name: _short(values, 6) for name, values in trained.history.items()},
        results=dict(zip(trained.results, _short(list(trained.results.values()), 6), strict=True)),
        validated=trained.validated,
        tested=trained.tested,
        right=records.pack(trained.right),
        seconds=_short(trained.seconds, 2),
        versions=trained.versions,
        command=f"python -m lstm_edu.runs train {recipe.name} --seeds {seed}",
        machine={"system": platform.system(), "processor": _processor(), "cores": os.cpu_count()},
    )
    return Finished(record, trained.arrays)


def _short(values, digits):
    """A list of rounded numbers, Python's own, whatever kind the trainer's are."""
    return [round(value, digits) for value in np.asarray(values).tolist()]


def _processor():
    """Its name, as far as the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else ()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()
