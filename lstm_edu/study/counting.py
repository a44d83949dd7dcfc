"""The one pass of all networks over the test reviews, and what is asked of each network afterwards."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .. import imdb
from ..imdb.text import PAD
from ..network import Network, Run, card, names, shipped
from . import word_groups
from .accuracy import accuracies
from .before import Before
from .forget import EDGES, Forget
from .groups import QUANTILES, groups
from .memory import long_ones, memory
from .moved import Moved
from .reading import BATCH, batches, side_by_side
from .rounded import seeds_last, short
from .shares import Shares
from .singly import Singly
from .units import Units


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
    models = names()
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

    positive, rng, long = share_positive(rows, labels, V), np.random.default_rng(0), long_ones(rows)
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
    found |= {"memory": seeds_last([memory(net, long) for net in nets]), "accuracy": []}
    for k, (net, its) in enumerate(zip(nets, moved, strict=True), 1):
        report(f"{'#' * (40 * k // len(nets)):.<40} accuracy: {models[k - 1]}")
        found["accuracy"].append(accuracies(net, rows, labels, its.means()))
    return found | {"accuracy": seeds_last(found["accuracy"])}


def share_positive(rows, labels, V):
    """(V,): of the reviews with a word, the share that is positive; one half for a word in none."""
    reviews, positive = np.zeros(V), np.zeros(V)
    for row, label in zip(rows, labels, strict=True):
        words = np.unique(row)
        reviews[words] += 1
        positive[words] += label
    return np.where(reviews > 0, positive / np.maximum(reviews, 1), 0.5)
