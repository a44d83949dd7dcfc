"""The one pass of all networks over the test reviews, and what is asked of each network afterwards."""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from multiprocessing import get_context
from time import perf_counter

import numpy as np

from .. import imdb
from ..imdb.text import OFFSET, PAD
from ..network import Network, Run, card, names, shipped
from . import but, one_word, word_groups
from .accuracy import accuracies
from .before import Before
from .carried import carried
from .forget import EDGES, Forget
from .frequent import frequent
from .fresh import fresh
from .groups import QUANTILES, groups
from .memory import long_ones, memory
from .moved import Moved
from .pairs import beginnings, pairs
from .plane import WORDS, plane, readers
from .reading import BATCH, batches, side_by_side
from .rest import rest
from .rounded import seeds_last, short
from .shares import Shares
from .singly import Singly
from .units import Units
from .ways import ways

RECIPE = "lstm_32"  # whose networks, a seed each, are studied


@dataclass(frozen=True)
class Seen:
    """Some reviews, and what one network computed on them."""

    net: Network
    ids: np.ndarray  # (B, T), zeros in front
    run: Run

    @property
    def trace(self):
        return self.run.trace

    @cached_property
    def real(self):
        """(B, T): where a word is."""
        return self.ids != PAD

    @cached_property
    def words(self):
        """(N,): the ids of all words, as `trace.f[real]` has them."""
        return self.ids[self.real]


def count(path=None, report=print):
    """What `study.result()` is, counted anew. path: the data, as for `imdb.load`; report(line) is called with the
    progress."""
    begun, models = perf_counter(), [name for name in names() if card(name)["recipe"] == RECIPE]
    nets = [shipped(name, np.float32) for name in models]
    (V, _), H, length = nets[0].embedding.table.shape, nets[0].cell.units, nets[0].length
    _, test = imdb.load(path, num_words=V)
    rows, labels = [review[-length:] for review in test], test.labels == 1

    moved, forget, shares, singly, before = (
        [make() for _ in nets]
        for make in (lambda: Moved(V, H), lambda: Forget(H), lambda: Shares(V), lambda: Singly(V), Before)
    )
    units, which = Units(len(nets), H), batches(rows)
    for k, batch in enumerate(which):
        ids = side_by_side([rows[r] for r in batch])
        for net, *asked in zip(nets, moved, forget, shares, singly, before, strict=True):
            seen = Seen(net, ids, net.run(ids))
            for one in (*asked, units):
                one.add(seen)
        if k % 10 == 9 or k + 1 == len(which):
            report(f"{'#' * (40 * (k + 1) // len(which)):.<40} gates: {BATCH * (k + 1):,} reviews")

    positive, rng = share_positive(rows, labels, V), np.random.default_rng(0)
    found = {
        "made_by": "python -m lstm_edu.runs study",
        "models": models,
        "seeds": [card(name)["seed"] for name in models],
        "data_sha256": imdb.fingerprint(path),
        "reviews": len(rows),
        "words": sum(map(len, rows)),
        "forget": {"edges": short(EDGES, 2)}
        | seeds_last([one.result(its) for one, its in zip(forget, moved, strict=True)]),
        "shares": seeds_last([one.result(its) for one, its in zip(shares, moved, strict=True)]),
        "groups": {
            "words": word_groups.GROUPS,
            "draws": word_groups.DRAWS,
            "quantiles": QUANTILES,
            "found": seeds_last([groups(its, positive, rng) for its in moved]),
        },
        "singly": seeds_last([one.result(its) for one, its in zip(singly, moved, strict=True)]),
        "before": seeds_last([one.result() for one in before]),
        "units": units.result(),
    }
    found["frequent"] = frequent(moved, singly, positive)
    long = long_ones(rows)
    looked_at, liked = readers(rows, labels)
    asked = Asked(
        rows, labels, moved[0].count, long, beginnings(rows), one_word.places(long), but.places(rows), looked_at
    )
    of_units = [{key: np.array(found["units"][key])[..., k] for key in ("axes", "mean")} for k in range(len(nets))]
    means = [its.means() for its in moved]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by the processes that begin below: a core for each
    of_networks = []
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for answers in pool.map(answered, models, means, of_units, repeat(asked)):
            of_networks.append(answers)
            k = len(of_networks)
            report(f"{'#' * (40 * k // len(nets)):.<40} networks: {models[k - 1]}")
    found |= seeds_last(of_networks)
    found["plane"] |= {"words": WORDS, "positive": liked.astype(int).tolist()}
    return found | {"seconds": round(perf_counter() - begun), "processors": os.cpu_count()}


@dataclass(frozen=True)
class Asked:
    """What every network is asked about afterwards, one by one, the same for all."""

    rows: list  # of all reviews
    labels: np.ndarray  # (N,) booleans
    count: np.ndarray  # (V,): how often each word occurs
    long: np.ndarray  # see `long_ones`
    heads: list  # see `beginnings`
    one_word: dict  # see `one_word.places`
    but: np.ndarray  # see `but.places`
    looked_at: np.ndarray  # see `plane.readers`


def answered(name, means, of_units, asked):
    """Of one network, in a process of its own: question -> what was found. means: part -> (H,), its mean; of_units: its
    axes and mean, as `Units` found them."""
    net = shipped(name, np.float32)
    table, count = net.embedding.table, asked.count
    mean_word = (count @ table / count.sum()).astype(np.float32)  # (D,), of all words as often as they occur
    for_ever = {"mean_word": mean_word, "vocabulary": table[OFFSET + 1 :].mean(axis=0), "padding": table[PAD]}
    at_rest = rest(net, asked.long, for_ever)
    return {
        "memory": memory(net, asked.long),
        "fresh": fresh(RECIPE, card(name)["seed"], asked.long),
        "ways": ways(net, asked.long, means),
        "carried": carried(net, asked.long),
        "one_word": one_word.one_word(net, asked.long, mean_word, asked.one_word),
        "rest": at_rest,
        "plane": plane(net, asked.looked_at, **of_units, mean_word=mean_word, resting=at_rest["mean_word"]["state"]),
        "pairs": pairs(net, asked.heads),
        "but": but.but(net, asked.rows, asked.but, mean_word),
        "accuracy": accuracies(net, asked.rows, asked.labels, means),
    }


def share_positive(rows, labels, V):
    """(V,): of the reviews with a word, the share that is positive; one half for a word in none."""
    reviews, positive = np.zeros(V), np.zeros(V)
    for row, label in zip(rows, labels, strict=True):
        words = np.unique(row)
        reviews[words] += 1
        positive[words] += label
    return np.where(reviews > 0, positive / np.maximum(reviews, 1), 0.5)
