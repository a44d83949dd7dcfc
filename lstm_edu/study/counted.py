"""What the five trained models do on the 25,000 test reviews, counted: `python -m lstm_edu.runs study`.

`study()` is the result, shipped as a record. It holds, for each seed where nothing else is said,

- forget: the forget gate of each unit over all words: `half_life` in words, ln(1/2) over the mean of ln f, the exact
  rate of a product; `mean`; and over all units the `histogram`;
- memory: two readings of the same words from two different states: what is left of the difference in the logit after
  n words (`loop`), and what the belt alone would keep of it, the product of the forget gates (`belt`);
- accuracy: on the reviews as written, on shuffled ones, on their last n words, with a part of the cell held, with the
  forget gate held at "but" alone;
- shares: what word, memory and bias bring to the sum of each layer;
- groups: how far words of a kind move the gates, beside drawn groups of words: see `word_groups`;
- singly: the words of these groups one by one, beside other words as frequent;
- before: what "not" does to the logit when it stands before a word, and what "very" does;
- units: correlations of the belts, unit by unit, inside a model and between two.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from .. import imdb
from ..imdb import text
from ..runs.recipes import RECIPES
from ..runs.statistics import mean_half_width, over_seeds
from . import word_groups
from .reading import BATCH, LENGTH, Reader, batches, held, without_loop

FILE = Path(__file__).resolve().parents[1] / "data" / "study.json"
RECIPE = RECIPES["lstm_32"].settings
MODELS = {1: "lstm_32"} | {seed: f"lstm_32-seed{seed}" for seed in (2, 3, 4, 5)}
GATES = "ifgo"
MOVED = (*GATES, "c")  # what a word moves: the four layers, and the belt by this much
EDGES = np.linspace(0, 1, 51)
LAST = (1, 2, 5, 10, 20, 50, 100, 200)
BEFORE, AFTER = 150, 100  # words read from the start, words read from two states
LONG = 2_000  # reviews of at least BEFORE + AFTER words, the first in the order of the data
FIRST_WORDS = ("not", "very")
SECOND_WORDS = ("good", "great", "funny", "bad", "boring", "terrible")
QUANTILES = (0.05, 0.5, 0.95)
SHARES = ("word", "memory", "bias")
ALONE = "but"  # the word at which alone the forget gate is held, too


@cache
def study():
    """The shipped result, a dictionary: see the top of this file."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def facts():
    """{key: (value, form)}, for prose."""
    found = {}
    for metric, (form, by_seed) in study()["facts"].items():
        found |= over_seeds(f"study.{metric}", by_seed, form)
    return found


def count(path=None, report=print):
    """`study()`, counted anew. path: the data, as for `imdb.load`; report(line) is called with the progress."""
    _, test = imdb.load(path, num_words=RECIPE["num_words"])
    rows, labels = [review[-LENGTH:] for review in test], test.labels == 1
    readers = {seed: Reader(name) for seed, name in MODELS.items()}
    gates = _Gates(readers)
    which = batches(rows)
    for k, batch in enumerate(which):
        gates.add([rows[r] for r in batch])
        if k % 10 == 9 or k + 1 == len(which):
            report(f"{'#' * (40 * (k + 1) // len(which)):.<40} gates: {BATCH * (k + 1):,} reviews")
    found = {
        "made_by": "python -m lstm_edu.runs study",
        "models": list(MODELS.values()),
        "seeds": list(MODELS),
        "data_sha256": imdb.fingerprint(path),
        "reviews": len(rows),
        "words": int(gates.count.sum()),
        "forget": gates.forget(),
        "shares": gates.shares(),
        "groups": gates.groups(_share_positive(rows, labels)),
        "singly": gates.singly(),
        "before": gates.before(),
        "units": gates.units(),
        "memory": {},
        "accuracy": {},
    }
    shuffled = _shuffled(rows)
    for seed, reader in readers.items():
        report(f"{'#' * (40 * seed // len(readers)):.<40} accuracy and memory: seed {seed}")
        found["memory"][str(seed)] = _memory(reader, rows)
        found["accuracy"][str(seed)] = _accuracies(reader, rows, shuffled, labels, gates.means(seed))
    return found | {"facts": _facts(found)}


class _Gates:
    """What one pass of all models over the reviews adds up."""

    def __init__(self, readers):
        V, U = RECIPE["num_words"], RECIPE["units"]
        self.readers = readers
        self.count = np.zeros(V)
        self.sums = {seed: np.zeros((V, len(MOVED) * U)) for seed in readers}  # by word
        self.squares = {seed: np.zeros(len(MOVED) * U) for seed in readers}
        self.log_f = {seed: np.zeros(U) for seed in readers}
        self.sizes = {seed: np.zeros((V, len(GATES), len(SHARES))) for seed in readers}  # of the shares, by word
        self.largest = {seed: np.zeros((V, len(GATES), len(SHARES))) for seed in readers}  # times, by word
        self.moments = {seed: np.zeros((V, 5)) for seed in readers}  # of the logits before and after, by word
        self.histogram = {seed: np.zeros(len(EDGES) - 1, int) for seed in readers}
        self.added = {seed: {} for seed in readers}  # (first word, second word) -> what the first adds to the logit
        columns = len(readers) * (U + 1)  # the belts of all models, then their logits
        self.sum, self.products = np.zeros(columns), np.zeros((columns, columns))
        self.other_products = np.zeros((columns, columns))  # at a word of a review, and at that of the next review

    def add(self, rows):
        ids = imdb.pad(rows, max(len(row) for row in rows))  # (B, T)
        real = ids != text.PAD
        belts, logits = [], []
        for seed, reader in self.readers.items():
            x, state, mask = reader.arguments(rows)
            trace = reader.cell.run(x, state, mask)
            old_h, old_c = (
                np.concatenate([first[:, None], part[:, :-1]], axis=1)
                for first, part in zip(state, (trace.h, trace.c), strict=True)
            )
            old_h[np.arange(len(rows)), mask.argmax(axis=1)] = state[0]  # a trace has zeros there before the first word
            moved = np.concatenate([trace.i, trace.f, trace.g, trace.o, trace.c - old_c], axis=2)[real]  # (N, 5U)
            self._add_words(seed, ids[real], moved)
            self.log_f[seed] += np.log(trace.f[real]).sum(axis=0, dtype=float)
            self.histogram[seed] += np.histogram(trace.f[real], EDGES)[0]
            self._add_shares(seed, ids[real], old_h[real])
            self._add_moments(seed, ids[real], reader.logit(old_h[real]), reader.logit(trace.h[real]))
            self._add_pairs(seed, ids, trace)
            belts.append(trace.c)
            logits.append(reader.logit(trace.h)[..., None])
        self.count += np.bincount(ids[real], minlength=len(self.count))
        columns = np.concatenate(belts + logits, axis=2)  # (B, T, models * (U + 1))
        self.sum += columns[real].sum(axis=0, dtype=float)
        self.products += columns[real].T @ columns[real]
        self.other_products += columns[real].T @ np.roll(columns, 1, axis=0)[real]

    def _add_words(self, seed, ids, moved):
        order = np.argsort(ids, kind="stable")
        words, starts = np.unique(ids[order], return_index=True)
        self.sums[seed][words] += np.add.reduceat(moved[order], starts, axis=0)
        self.squares[seed] += (moved.astype(float) ** 2).sum(axis=0)

    def _add_shares(self, seed, ids, old_h):
        reader, V = self.readers[seed], len(self.count)
        terms = (
            reader.embedding[ids] @ reader.cell.kernel,  # (N, 4U)
            old_h @ reader.cell.recurrent_kernel,
            np.broadcast_to(reader.cell.bias, (len(ids), len(reader.cell.bias))),
        )
        sizes = np.stack([np.abs(term).reshape(len(ids), len(GATES), -1).mean(axis=2) for term in terms], axis=2)
        largest = sizes.argmax(axis=2)  # (N, gates)
        for k in range(len(GATES)):
            for m in range(len(SHARES)):
                self.sizes[seed][:, k, m] += np.bincount(ids, sizes[:, k, m], V)
                self.largest[seed][:, k, m] += np.bincount(ids, largest[:, k] == m, V)

    def _add_moments(self, seed, ids, before, after):
        before, after = before.astype(float), after.astype(float)
        for k, values in enumerate((np.ones(len(ids)), before, after, before * after, before**2)):
            self.moments[seed][:, k] += np.bincount(ids, values, len(self.count))

    def _add_pairs(self, seed, ids, trace):
        """At each "not" with a word before and after it: the logit after both, less what it is without the "not"."""
        reader = self.readers[seed]
        for first in FIRST_WORDS:
            r, t = np.nonzero(ids[:, 1:-1] == word_groups.word_id(first))  # the first word stands at t + 1
            seen = ids[r, t] != text.PAD
            r, t = r[seen], t[seen]
            after = ids[r, t + 2]
            h, _ = reader.cell.step(reader.embedding[after], (trace.h[r, t], trace.c[r, t]))
            added = reader.logit(trace.h[r, t + 2]) - reader.logit(h)
            for second in (*SECOND_WORDS, "any"):
                chosen = added if second == "any" else added[after == word_groups.word_id(second)]
                self.added[seed].setdefault((first, second), []).append(chosen)

    def means(self, seed):
        """Part -> its mean over all words (U,), float32."""
        mean = self.sums[seed].sum(axis=0) / self.count.sum()
        return dict(zip(MOVED, mean.reshape(len(MOVED), -1).astype(np.float32), strict=True))

    def forget(self):
        n = self.count.sum()
        return {"edges": _short(EDGES, 2)} | {
            str(seed): {
                "half_life": _short(np.log(0.5) / (self.log_f[seed] / n)),
                "mean": _short(self.means(seed)["f"]),
                "histogram": self.histogram[seed].tolist(),
            }
            for seed in self.readers
        }

    def shift(self, seed):
        """(V, parts, U): the mean at each word less the mean at all words, in standard deviations."""
        n, sums = self.count.sum(), self.sums[seed]
        mean = sums.sum(axis=0) / n
        spread = np.sqrt(self.squares[seed] / n - mean**2)
        shift = (sums / np.maximum(self.count, 1)[:, None] - mean) / spread
        return shift.reshape(len(shift), len(MOVED), -1)

    def shares(self):
        """Layer -> seed -> "all" words and "telling" ones, those of praise and scorn -> word, memory, bias.

        size: the mean of the absolute share over units and words; largest: at how many of the words it is the largest
        of the three.
        """
        telling = np.zeros(len(self.count), bool)
        telling[[word_groups.word_id(word) for kind in ("praise", "scorn") for word in word_groups.GROUPS[kind]]] = True
        kinds = {"all": np.ones_like(telling), "telling": telling}
        return {
            part: {
                str(seed): {
                    kind: {
                        name: _short(sums[seed][words, k].sum(axis=0) / self.count[words].sum())
                        for name, sums in (("size", self.sizes), ("largest", self.largest))
                    }
                    for kind, words in kinds.items()
                }
                for seed in self.readers
            }
            for k, part in enumerate(GATES)
        }

    def singly(self):
        """Word of a group -> `times`, the words `like` it in count, and seed -> what the forget gate does at it.

        shift: the root of the mean square over the units of its shifts; reach: how many of the words like it shift as
        far; f: the mean over times and units; slope: of the logit after the word on the logit before it, how much of
        an old opinion is left; f_like, slope_like: smallest, middle and largest of the words like it.
        """
        like, found = word_groups.as_frequent(self.count), {}
        for word, others in like.items():
            k = word_groups.word_id(word)
            found[word] = {"times": int(self.count[k]), "like": imdb.decode(others.tolist())}
        U = RECIPE["units"]
        for seed in self.readers:
            f = self.sums[seed][:, U : 2 * U].mean(axis=1) / np.maximum(self.count, 1)
            shift = np.sqrt((self.shift(seed)[:, MOVED.index("f")] ** 2).mean(axis=1))
            slope = _slopes(self.moments[seed])
            for word, others in like.items():
                k = word_groups.word_id(word)
                found[word][str(seed)] = {
                    "shift": float(_short(shift[k])),
                    "reach": int((shift[others] >= shift[k]).sum()),
                    "f": float(_short(f[k])),
                    "f_like": _short(np.quantile(f[others], [0, 0.5, 1])),
                    "slope": float(_short(slope[k])),
                    "slope_like": _short(np.quantile(slope[others], [0, 0.5, 1])),
                }
        return found

    def groups(self, positive):
        """Group -> part -> seed -> effect, quantiles of both baselines, and how many drawn groups reach the effect."""
        rng = np.random.default_rng(0)
        found = {name: {part: {} for part in MOVED} for name in word_groups.GROUPS}
        for seed in self.readers:
            for name, result in word_groups.effects(self.shift(seed), self.count, positive, rng).items():
                for k, part in enumerate(MOVED):
                    effect = result["effect"][k]
                    found[name][part][str(seed)] = {"effect": _short(effect)} | {
                        kind: {
                            "quantiles": _short(np.quantile(result[kind][:, k], QUANTILES)),
                            "reach": int((result[kind][:, k] >= effect).sum()),
                        }
                        for kind in word_groups.UNLIKE
                    }
        return {"words": word_groups.GROUPS, "draws": word_groups.DRAWS, "quantiles": QUANTILES, "found": found}

    def before(self):
        """First word -> second word -> seed -> [mean, half of its 95% interval], and `times`."""
        found = {first: {second: {} for second in (*SECOND_WORDS, "any")} for first in FIRST_WORDS}
        for seed, by_pair in self.added.items():
            for (first, second), parts in by_pair.items():
                values = np.concatenate(parts).astype(float)
                found[first][second]["times"] = len(values)
                if len(values):
                    found[first][second][str(seed)] = _short([values.mean(), mean_half_width(values)])
        return found

    def units(self):
        """Correlations over all words of all reviews, most of them without their sign.

        within, same, other, best, chance: of two belts of one model; of the same number in two models; of other
        numbers; for each unit of one model with the best match in another; and with the best match where the
        other model reads another review. answer: of a unit's belt with the logit of its model. Each as five numbers,
        see `_spread`. first: the share of the first principal component in each model. opposite: the share of
        pairs with the same number whose sign is negative. seeds_1_2: seed 1's units (rows) and seed 2's, with signs.
        """
        n, U, S = self.count.sum(), RECIPE["units"], len(self.readers)
        mean = self.sum / n
        covariance = self.products / n - np.outer(mean, mean)
        scale = np.outer(*2 * [np.sqrt(np.diag(covariance))])
        correlation = covariance / scale
        elsewhere = (self.other_products / n - np.outer(mean, mean)) / scale
        blocks, others = (  # (S, S, U, U)
            table[: S * U, : S * U].reshape(S, U, S, U).swapaxes(1, 2) for table in (correlation, elsewhere)
        )
        answers = [correlation[S * U + k, k * U : (k + 1) * U] for k in range(S)]
        pairs, off = [(a, b) for a in range(S) for b in range(S) if a != b], ~np.eye(U, dtype=bool)
        inside = [blocks[a, a] for a in range(S)]
        return {
            "within": _spread([np.abs(block[off]) for block in inside]),
            "same": _spread([np.abs(np.diag(blocks[pair])) for pair in pairs]),
            "other": _spread([np.abs(blocks[pair][off]) for pair in pairs]),
            "best": _spread([np.abs(blocks[pair]).max(axis=1) for pair in pairs]),
            "chance": _spread([np.abs(others[pair]).max(axis=1) for pair in pairs]),
            "answer": _spread([np.abs(row) for row in answers]),
            "opposite": float(np.mean([np.diag(blocks[pair]) < 0 for pair in pairs])),
            "first": _short([np.linalg.eigvalsh(block)[-1] / U for block in inside]),
            "seeds_1_2": _short(blocks[0, 1], 2),
        }


def _memory(reader, rows):
    """See the top of this file: `loop` and `belt`, (AFTER + 1,), from 1 on; `half_life` of the loop in words."""
    ids = np.stack([row[-BEFORE - AFTER :] for row in rows if len(row) >= BEFORE + AFTER][:LONG])
    x = reader.embedding[ids]
    own = reader.cell.run(x[:, :BEFORE]).state
    other = tuple(np.roll(part, 1, axis=0) for part in own)  # as the review before it left it
    here, there = (reader.cell.run(x[:, BEFORE:], state) for state in (own, other))
    mine, theirs = (
        reader.logit(np.stack([state[0], *trace.h.swapaxes(0, 1)])) for state, trace in ((own, here), (other, there))
    )  # (AFTER + 1, reviews) each
    apart = np.abs(mine - theirs).mean(axis=1)
    loop = apart / apart[0]
    belt = np.cumprod(here.f.astype(float), axis=1).mean(axis=(0, 2))
    half_life = np.interp(0.5, loop[::-1], np.arange(AFTER + 1)[::-1])  # on the line between two words
    return {
        "reviews": len(ids),
        "loop": _short(loop),
        "belt": _short([1, *belt]),
        "half_life": _short(half_life, 1),
    }


def _accuracies(reader, rows, shuffled, labels, means):
    """What was changed -> [accuracy, difference to the reviews as written, half of its paired 95% interval]."""
    cell = reader.cell
    gates = cell
    for part in "ifo":
        gates = held(gates, part, means[part])
    changed = {
        "shuffled": (shuffled, cell),
        **{f"last_{n}": ([row[-n:] for row in rows], cell) for n in LAST},
        **{f"{part}_mean": (rows, held(cell, part, means[part])) for part in GATES},
        "gates_mean": (rows, gates),
        "f_0": (rows, held(cell, "f", 0)),
        "f_1": (rows, held(cell, "f", 1)),
        "no_loop": (rows, without_loop(cell)),
        f"f_mean_{ALONE}": (rows, held(cell, "f", means["f"]), word_groups.word_id(ALONE)),
    }
    plain = reader.logits(rows) > 0
    found = {"plain": _short([(plain == labels).mean(), 0, 0], 6)}
    for name, (read, *by) in changed.items():
        answers = reader.logits(read, *by) > 0
        gain = (answers == labels).astype(float) - (plain == labels)
        accuracy = (answers == labels).mean()
        found[name] = _short([accuracy, gain.mean(), mean_half_width(gain)], 6)
        if name in ("shuffled", f"f_mean_{ALONE}"):
            found[f"{name}_changes"] = _short([(answers != plain).mean()], 6)
    return found


def _slopes(moments):
    """(V,): for moments (V, 5) as `_Gates` adds them up, the slope of after on before; 0 where there is none."""
    n, before, after, product, square = moments.T
    n = np.maximum(n, 1)
    covariance, variance = product - before * after / n, square - before**2 / n
    return np.divide(covariance, variance, out=np.zeros(len(n)), where=variance > 1e-9)


def _shuffled(rows):
    """The words of each row in another order, the same for every model; a start token stays in front."""
    rng = np.random.default_rng(1)
    starts = [int(row[0] == text.START) for row in rows]
    return [np.r_[row[:k], rng.permutation(row[k:])] for row, k in zip(rows, starts, strict=True)]


def _share_positive(rows, labels):
    """(V,): of the reviews with a word, the share that is positive; one half for a word in none."""
    reviews, positive = np.zeros(RECIPE["num_words"]), np.zeros(RECIPE["num_words"])
    for row, label in zip(rows, labels, strict=True):
        words = np.unique(row)
        reviews[words] += 1
        positive[words] += label
    return np.where(reviews > 0, positive / np.maximum(reviews, 1), 0.5)


def _spread(values):
    """Five numbers of a list of arrays: the 0th, 10th, 50th, 90th and 100th of a hundred."""
    return _short(np.quantile(np.concatenate(values), [0, 0.1, 0.5, 0.9, 1]))


def _short(values, digits=4):
    return np.round(np.asarray(values, float), digits).tolist()


def _facts(found):
    """Metric -> [form, {seed: value}]: what `facts.fact` knows under `study.METRIC`."""
    seeds = [str(seed) for seed in MODELS]
    accuracy = {seed: found["accuracy"][seed] for seed in seeds}
    belt = {s: float(np.median(found["forget"][s]["half_life"])) for s in seeds}
    loop = {s: found["memory"][s]["half_life"] for s in seeds}
    facts = {
        "half_life.belt": ["decimal", belt],
        "half_life.loop": ["count", loop],
        "half_life.ratio": ["count", {s: loop[s] / belt[s] for s in seeds}],
        "first": ["percent", dict(zip(seeds, found["units"]["first"], strict=True))],
    }
    for name in accuracy[seeds[0]]:
        facts[f"accuracy.{name}"] = ["percent", {s: accuracy[s][name][0] for s in seeds}]
        if name != "plain" and not name.endswith("_changes"):
            facts[f"lost.{name}"] = ["points", {s: -accuracy[s][name][1] for s in seeds}]
    return facts
