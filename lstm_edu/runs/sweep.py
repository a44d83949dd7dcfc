"""Trains recipes with several random seeds, here or in other processes, on one machine or on many.

Each run is written down when it ends, by the process that calls, so a stopped sweep goes on there.
"""

from concurrent.futures import BrokenExecutor, CancelledError, as_completed
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from ..common import files
from . import data, stores
from .one_run import Finished, one_run

GOES_ON = "what has ended is written down, and the same command goes on from there"


def run(todo, store, weights=None, executor=None, path=None, command="train {recipe}", report=print):
    """Trains every (recipe, seed) of `todo` that is not recorded, and writes its record when it has ended.

    store: of `stores`. weights: a folder for the trained arrays; None: they are not kept. executor: any
    `concurrent.futures` executor, see `executors`; None: one run after the other, in this process. path: the data, as
    for `data.load`; another machine looks there, too. command: what follows `python -m lstm_edu.runs` in the record.
    report(line) is called with the progress.

    ValueError: a run is recorded with other settings; or, after all others have ended, some run failed.
    ConnectionError: a process or machine that trained was lost. OSError: what was asked for can't be read or written.
    """
    missing = [one for one in todo if not stores.recorded(store, *one)]
    report(f"{len(todo) - len(missing)} of {len(todo)} runs are recorded, {len(missing)} to go")
    if not missing:
        return
    store.ready()
    if weights is not None:
        stores.writable(Path(weights))
    failed, work = [], partial(task, store=store, path=path, command=command)
    for count, (recipe, seed, ended) in enumerate(_all(missing, work, executor, report), 1):
        who = f"{recipe.name}, seed {seed}"
        try:
            finished = ended()
        except (BrokenExecutor, CancelledError):
            raise ConnectionError(f"a worker ended before its run did: {GOES_ON}") from None
        except (OSError, ImportError):
            raise  # nothing of this run's own: data that are missing, a package, a disk, a scheduler
        except Exception as error:
            failed.append(f"{who}: {error}")
            report(f"{count} of {len(missing)}: {who} failed")
        else:
            write(finished, store, weights)
            name, value = next(iter(finished.record.results.items()))
            report(f"{count} of {len(missing)}: {who}: test {name} {value:.4f}")
    if failed:
        raise ValueError(f"{len(failed)} of {len(missing)} runs failed, the others are recorded. {'; '.join(failed)}")


def task(recipe, seed, store, path, command, report=None):
    """One run, in whatever process: `Finished`. It is not trained again where its record is there by now.

    That happens on a cluster: a result that was written, and not yet forgotten there, is asked for again when the
    machine that held it is lost.
    """
    if there := stores.recorded(store, recipe, seed):
        return Finished(there, arrays=None)
    finished = one_run(recipe, seed, _loaded(recipe, path), report or _silent)
    typed = f"python -m lstm_edu.runs {command.format(recipe=recipe.name)} --seeds {seed}"
    return replace(finished, record=replace(finished.record, command=typed))


def _loaded(recipe, path):
    """The data. A file that is not what it should be is no fault of this run: the next one would not read it either."""
    try:
        return data.load(recipe, path)
    except ValueError as error:
        raise OSError(str(error)) from None


def write(finished, store, weights):
    """Keeps the record of a run, and its trained arrays in the folder `weights`, if there is one."""
    if finished.arrays is None:
        return  # it was written before
    if weights is not None:
        file = Path(weights) / f"{finished.record.stem}.npz"
        files.write(file, lambda file: np.savez_compressed(file, **finished.arrays))
    store.add(finished.record)


def _all(missing, work, executor, report):
    """(recipe, seed, a function that gives the finished run or raises), as they end."""
    if executor is None:
        for recipe, seed in missing:
            yield recipe, seed, partial(work, recipe, seed, report=report)
        return
    futures = {executor.submit(work, recipe, seed): (recipe, seed) for recipe, seed in missing}
    for future in as_completed(futures):
        yield *futures[future], future.result


def _silent(line):
    pass
