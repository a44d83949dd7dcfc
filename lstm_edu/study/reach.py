"""How far back the slope of a trained network's answer reaches, in words from the end, over the test reviews."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from .. import imdb
from ..cells import SimpleRNNCell
from ..common import checks
from ..network import LENGTH, Dense, Embedding, Network, shipped
from ..runs import recipe, records
from ..runs.export import IN_KERAS, shipped_as
from ..runs.statistics import over_seeds

FILE = Path(__file__).resolve().parents[1] / "data" / "reach.json"
SHOWN = (1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300, 400, 500)  # words from the end
BATCH = 250


def halves(recipe):
    """{seed: in how many words from the end half of the slope stands}, the median over the reviews."""
    return {seed["seed"]: seed["half"] for seed in of(recipe)}


def curves(recipe):
    """(words from the end (N,), the slope there as a share of that for the last word (N, seeds)), medians."""
    return np.array(SHOWN), np.array([seed["curve"] for seed in of(recipe)]).T


def facts():
    """{study.reach.RECIPE.STAT: (value, form)}: in how many words from the end half of the slope stands."""
    found = {}
    for name, counted in _results().items():
        right = {seed["seed"]: seed["test"] for seed in counted["seeds"]}
        found |= over_seeds(f"study.reach.{name}", halves(name), "count")
        found |= over_seeds(f"study.reach.{name}.test", right, "percent")
    return found


def of(recipe):
    found = _results()
    return found[checks.one_of(recipe, tuple(found), "recipe")]["seeds"]


@cache
def _results():
    return json.loads(FILE.read_text("utf-8"))


def count(weights, recorded=records.FOLDER, path=None, report=print):
    """What `FILE` holds: counted over all test reviews, for the shipped LSTMs, and for the plain loops that have a
    record in the folder `recorded` and their trained arrays in the folder `weights`.
    """
    _, test = imdb.load(path, num_words=10_000)
    lstm = recipe("lstm_32")
    lstms = [(run, shipped(shipped_as(lstm, run.seed), np.float32)) for run in records.load("lstm_32")]
    plain = [(run, of_keras(weights, run)) for run in records.load("simple_rnn_32", recorded)]
    found = {}
    for name, trained in {"lstm_32": lstms, "simple_rnn_32": plain}.items():
        seeds = []
        for run, network in trained:
            seeds.append({"seed": run.seed, "test": run.results["accuracy"]} | counted(network, test))
            report(f"{name}, seed {run.seed}: half of the slope in the last {seeds[-1]['half']:g} words")
        found[name] = {"reviews": len(test), "command": "python -m lstm_edu.runs reach", "seeds": seeds}
    return found


def of_keras(weights, run):
    """The network of a plain loop, out of the arrays that Keras trained."""
    with np.load(Path(weights) / f"{run.stem}.npz", allow_pickle=False) as file:
        arrays = {name: file[of].astype(np.float32) for name, of in IN_KERAS.items()}
    cell = SimpleRNNCell(*(arrays[name] for name in ("kernel", "recurrent_kernel", "bias")))
    return Network(Embedding(arrays["embedding"]), cell, Dense(arrays["dense_kernel"], arrays["dense_bias"]), LENGTH)


def counted(network, reviews):
    """{"half": words, "curve": one number for each of `SHOWN`} of one network."""
    lengths = np.minimum(reviews.lengths, LENGTH)
    order = np.argsort(lengths, kind="stable")
    norms = np.full((len(reviews), LENGTH), np.nan, np.float32)  # of the slope for each word, from the end
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        ids = imdb.pad([reviews[int(row)] for row in rows], int(lengths[rows].max()))
        norms[rows, : ids.shape[1]] = slopes(network, ids)[:, ::-1]
        norms[rows] = np.where(np.arange(LENGTH) < lengths[rows, None], norms[rows], np.nan)
    share = np.nancumsum(norms, axis=1) / np.nansum(norms, axis=1, keepdims=True)
    half = (share < 0.5).sum(axis=1) + 1  # (reviews,)
    middle = np.array([np.median(norms[lengths >= words, words - 1]) for words in SHOWN])
    return {"half": float(np.median(half)), "curve": [float(f"{value:.3g}") for value in middle / middle[0]]}


def slopes(network, ids):
    """The norm of the answer's slope for each step's vector, (B, T)."""
    x, state, mask = network.ready(ids)
    run = network.cell.forward(x, state, mask)
    d_h = np.repeat(network.dense.kernel.T.astype(x.dtype), len(ids), axis=0)  # (B, H)
    rest = [np.zeros_like(d_h) for _ in network.cell.states[1:]]
    d_x = run.backward(d_state=(d_h, *rest) if rest else d_h).inputs
    return np.pad(np.linalg.norm(d_x, axis=2), ((0, 0), (ids.shape[1] - d_x.shape[1], 0)))
