"""The contract of a run: plain values in, plain values out, so that it may take place in another process.

A trainer is a function `train(recipe, seed, data, report) -> Trained`. It knows the data and the models; whoever calls
`one_run` knows neither, and is the one who writes.
"""

from dataclasses import dataclass

import numpy as np

from ..common import checks
from . import in_keras, in_numpy, in_numpy_tasks, records

TRAINERS = {"keras": in_keras.train, "numpy": in_numpy.train, "numpy_tasks": in_numpy_tasks.train}


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
    where the data are others, or the trainer is none of `TRAINERS`.
    """
    if data.name != recipe.data:
        raise ValueError(f"data: expected {recipe.data!r}, which {recipe.name} is trained on, got {data.name!r}")
    trained = TRAINERS[checks.one_of(recipe.trainer, TRAINERS, "trainer")](recipe, seed, data, report)
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
    )
    return Finished(record, trained.arrays)


def _short(values, digits):
    """A list of rounded numbers, Python's own, whatever kind the trainer's are."""
    return [round(value, digits) for value in np.asarray(values).tolist()]
