"""How long belt and cell keep a difference in each network of the experiment `belt`, and what its start was like.

As `forget.py` and `memory.py` count it for the five shipped ones; but these are many, so on fewer reviews, and their
memory may be long, so over more words.
"""

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from .. import imdb
from ..cells import LSTMCell
from ..common import checks
from ..network import Dense, Embedding, Network
from ..runs import experiments, in_numpy
from ..runs.recipes import MORE
from ..runs.statistics import over_seeds
from .memory import long_ones, memory
from .reading import batches, side_by_side
from .tangent import jacobian

FILE = Path(__file__).resolve().parents[1] / "data" / "belt.json"
READ = 2_000  # reviews, for the belt: the first in the order of the data
LONG, WORDS = 1_000, 500  # reviews and their words, for the cell: 150 from the start, 350 from two states
FULL = 500  # reviews, for what lies on the belts at the last word
FORMS = {"belt": "decimal", "longest": "count", "cell": "count", "bias": "gate", "full": "gate"}
FORMS |= {"step_fresh": "gate", "full_fresh": "gate"}


def of(recipe):
    """{seed: {"belt", "cell", ...}} of a recipe's runs, as `counted` and `fresh` say. ValueError, with those that there
    are, for another."""
    found = {}
    for run in _runs():
        found.setdefault(run["recipe"], {})[run["seed"]] = {name: run[name] for name in (*FORMS, "left")}
    return found[checks.one_of(recipe, tuple(found), "recipe")]


def facts():
    """{study.belt.RECIPE.METRIC.STAT: (value, form)}, over the seeds."""
    found = {}
    for recipe in dict.fromkeys(run["recipe"] for run in _runs()):
        for name, form in FORMS.items():
            values = {seed: run[name] for seed, run in of(recipe).items()}
            found |= over_seeds(f"study.belt.{recipe}.{name}", values, form)
    return found


@cache
def _runs():
    return read(FILE.parent)


def read(folder):
    """The runs that are counted in that folder."""
    file = Path(folder) / FILE.name
    return json.loads(file.read_text("utf-8"))["runs"] if file.exists() else ()


def count(weights, recorded=experiments.FOLDER, path=None, report=print, there=()):
    """What `FILE` holds: counted for every recorded run whose trained arrays are in the folder `weights`; recorded: the
    folder of the records; path: the data, as for `imdb.load`; report(line) is called after each. there: runs as `FILE`
    holds them, which are taken as they are: a run is counted once. FileNotFoundError, before any is counted, where
    the arrays of another are missing.
    """
    there = {(run["recipe"], run["seed"]): run for run in there}
    recorded_runs = experiments.store("belt", recorded).runs()
    todo = {run.stem: Path(weights) / f"{run.stem}.npz" for run in recorded_runs if (run.recipe, run.seed) not in there}
    if missing := [arrays for arrays in todo.values() if not arrays.is_file()]:
        raise FileNotFoundError(
            f"{missing[0]}: expected the trained arrays of a recorded run, found none, nor those of {len(missing) - 1} "
            "more; python -m lstm_edu.runs experiment belt trains what has no record"
        )
    _, test = imdb.load(path, num_words=10_000)
    for run in recorded_runs:
        if run.stem in todo:
            found = counted(network(todo[run.stem], run.settings), test) | fresh(run.recipe, run.seed, test)
            there[run.recipe, run.seed] = {"recipe": run.recipe, "seed": run.seed} | found
            report(f"{run.stem}: half of the belt after {found['belt']} words, of the cell {found['cell']}")
    runs = [there[run.recipe, run.seed] for run in recorded_runs]
    return {"reviews": READ, "command": "python -m lstm_edu.runs study", "runs": runs}


def network(path, settings):
    """The network of the arrays in that file, which this book's own trainer trained."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name].astype(np.float32) for name in file.files}
    cell = LSTMCell(*(arrays[name] for name in LSTMCell.weights))
    embedding = Embedding(arrays["embedding"], mask_zero=(MORE["numpy"] | settings)["alike"])
    return Network(embedding, cell, Dense(arrays["dense_kernel"], arrays["dense_bias"]), settings["maxlen"])


def counted(network, reviews):
    """Of one network: `belt`, in words, the median over the units of what `Forget` calls their half-life, and
    `longest`, that of the unit that keeps longest; `cell`, the half-life of `memory`, WORDS - 150 where it is longer;
    `left`, what of a difference is left after so many words; `bias`, the mean of the forget gate's; `full`, as `full`
    says.
    """
    rows = [review[-network.length :] for review in reviews[:READ]]
    log_f, words = 0, 0
    for which in batches(rows):
        ids = side_by_side([rows[k] for k in which])
        real = ids != 0
        log_f += np.log(network.run(ids).trace.f[real]).sum(axis=0, dtype=float)
        words += real.sum()
    long = long_ones([review[-network.length :] for review in reviews], WORDS, LONG)
    found = memory(network, long)
    cell, half_lives = network.cell, np.log(0.5) * words / log_f  # (H,)
    return {
        "belt": round(float(np.median(half_lives)), 1),
        "longest": round(float(half_lives.max()), 1),
        "cell": found["half_life"],
        "left": found["loop"][-1],
        "bias": round(float(cell.bias[cell.columns("f")].mean()), 2),
        "full": full(network, reviews, network.length),
    }


def fresh(recipe, seed, reviews):
    """Of the network that a run started from: `step_fresh`, how many times as large one step makes a small difference
    of the state (the size of the step's largest eigenvalue, at a state and an input of zeros), and `full_fresh`.
    """
    recipe = {one.name: one for one in experiments.BELT}[recipe]
    network = in_numpy.build(recipe, np.random.default_rng(seed))
    cell, zeros = network.cell.cast(np.float64), np.zeros((1, network.cell.units))
    at = cell.turn(np.zeros((1, len(cell.kernel))), zeros, zeros)
    slopes = jacobian(cell, SimpleNamespace(c_prev=zeros, **dict(zip(cell.parts, at, strict=True))))
    largest = float(np.abs(np.linalg.eigvals(slopes)).max())
    return {"step_fresh": round(largest, 3), "full_fresh": full(network, reviews, recipe.settings["maxlen"])}


def full(network, reviews, length):
    """What lies on the belts at the last of so many words, without its sign: the median over the units and FULL
    reviews, whose padding is read."""
    ids = imdb.pad([review[-length:] for review in reviews[:FULL]], length)
    return round(float(np.median(np.abs(network.run(ids).trace.c[:, -1]))), 3)
