"""What chance can have done to the accuracy of a recipe, and to the difference of two.

There are two sources of chance. Another seed gives another network; other test examples give another accuracy of the
same network. An interval over `seeds` asks what other seeds could have changed on these examples, one over `examples`
what other examples could have changed for these networks, and `both` what other seeds and other examples could have
changed together. All are of 95%.

    accuracy("lstm_32")                  its mean over all runs, and how far it may be off
    difference("lstm_32", "wang")        of two means, on the same examples
    mean([0.87, 0.88, 0.86])             of any measure, one value a run: its interval over seeds
    gap([0.87, 0.88], [0.84, 0.83])      the same of the difference of two recipes
    family([("lstm_32", "wang"), ...])   several differences at once: which of them are there (Holm)

Two runs with the same seed have nothing in common but a number. So nothing here joins seed 1 of one recipe to seed 1 of
another: of each recipe, all runs are averaged for each example, and then subtracted.

Sources: Student, "The probable error of a mean", Biometrika 6 (1908), 1-25; B. Welch, "The generalization of Student's
problem when several different population variances are involved", Biometrika 34 (1947), 28-35; G. Zou, A. Donner,
"Construction of confidence limits about effect measures: a general approach", Statistics in medicine 27 (2008),
1693-1702; B. Efron, "Bootstrap methods: another look at the jackknife", Annals of statistics 7 (1979), 1-26; S. Holm,
"A simple sequentially rejective multiple test procedure", Scandinavian journal of statistics 6 (1979), 65-70.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from . import records
from .statistics import auc

DRAWS = 1_000  # of the bootstrap
SEEDLESS = ("scikit",)  # trainers to whom a seed makes no difference: one run says all
SHARE = 0.95


class Answers:
    """The runs of one recipe on E test examples: `right` (R, E), `accuracies` (R,), and `mean` (E,), the share of the
    runs that answer each example right.
    """

    def __init__(self, runs):
        self.runs = runs
        if not all(run.right and run.data == runs[0].data for run in runs):
            raise ValueError(f"runs: expected answers to the same examples, right or wrong, got {runs[0].recipe}'s")

    @cached_property
    def right(self):
        return np.stack([run.correct for run in self.runs])

    @cached_property
    def mean(self):
        return self.right.mean(axis=0)

    @cached_property
    def accuracies(self):
        return self.right.mean(axis=1)

    @property
    def luck(self):
        """(variance, degrees of freedom) of the mean accuracy over seeds."""
        if len(self.runs) > 1:
            return luck(self.accuracies)
        if self.runs[0].trainer in SEEDLESS:
            return 0.0, np.inf
        raise ValueError(f"runs: expected at least two of {self.runs[0].recipe}, got one")

    def again(self, times, rng):
        """Its mean accuracy where example k is there times[k] times (E,), and R - 1 of its R runs are drawn: the mean
        of so many varies as much as that of R new runs does.
        """
        accuracies, R = self.right.astype(np.float32) @ times / times.sum(), len(self.runs)
        return accuracies[rng.integers(R, size=max(R - 1, 1))].mean()

    @property
    def disagreement(self):
        """The share of examples that two of its runs answer differently: the mean over all pairs of runs."""
        R = len(self.runs)
        return float((self.mean * (1 - self.mean)).mean() * 2 * R / (R - 1)) if R > 1 else 0.0


@dataclass(frozen=True)
class Accuracy:
    """The mean test accuracy over all runs of a recipe, and how far it may be off: half of its 95% interval over seeds,
    over examples, over both.

    deviation: of one run from the next, its standard deviation; accuracies (runs,), one by one.

    >>> from lstm_edu import runs
    >>> found = runs.accuracy("lstm_32")
    >>> found.seeds > found.examples  # five runs say little about seeds
    True
    """

    recipe: str
    accuracies: np.ndarray
    mean: float
    deviation: float
    seeds: float
    examples: float
    both: float
    disagreement: float


@dataclass(frozen=True)
class Difference:
    """The mean test accuracy of `first` less that of `second`, and how far that may be off: half of its 95% interval
    over seeds, over examples, over both; `low` and `high`, its ends over both.

    runs: how many of each; above: of all pairs of a run of the first with a run of the second, in how many the first is
    more accurate (a tie counts half), of `pairs`; disagreement: the share of the examples that a run of the first and a
    run of the second answer differently, the mean over all pairs; p: how often chance alone, seeds and examples, would
    bring a difference at least as large where there is none; sources: of seeds and of examples, what `half` takes.

    >>> from lstm_edu import runs
    >>> found = runs.difference("bag_of_words", "lstm_32")
    >>> found.above, found.pairs, found.low < found.mean < found.high
    (50.0, 50, True)
    """

    first: str
    second: str
    runs: tuple
    mean: float
    seeds: float
    examples: float
    both: float
    sources: tuple
    above: float
    pairs: int
    disagreement: float

    @property
    def low(self):
        return self.mean - self.both

    @property
    def high(self):
        return self.mean + self.both

    @property
    def p(self):
        return beyond(self.mean, *self.sources)


@dataclass(frozen=True)
class Tested:
    """One of several differences. p: as if there were all of them and none real, by Holm; differs: p is below 0.05."""

    difference: Difference
    p: float
    differs: bool


def accuracy(recipe, folder=records.FOLDER):
    """`Accuracy` of a recipe, over all its runs in that folder. ValueError where there is one run, and seeds matter."""
    return measured(Answers(records.load(recipe, folder)))


def difference(first, second, folder=records.FOLDER):
    """`Difference` of two recipes, over all their runs in that folder. ValueError where one has a single run, and seeds
    matter, or they were tested on other examples.
    """
    return compared(*(Answers(records.load(recipe, folder)) for recipe in (first, second)))


def mean(values):
    """(mean, half of its 95% interval over seeds) of one value for each run. ValueError for fewer than two.

    >>> from lstm_edu import runs
    >>> runs.mean([1.0, 2.0, 3.0])[0]
    2.0
    """
    values = one_each(values, "values")
    return float(values.mean()), half(luck(values))


def gap(values, others):
    """(the mean of `values` less that of `others`, half of its 95% interval over seeds, by Welch) of one value for each
    run of two recipes. ValueError for fewer than two of either.

    >>> from lstm_edu import runs
    >>> runs.gap([1.0, 2.0, 3.0], [0.5, 1.5])[0]
    1.0
    """
    values, others = one_each(values, "values"), one_each(others, "others")
    return float(values.mean() - others.mean()), half(added([luck(values), luck(others)]))


def family(pairs, folder=records.FOLDER):
    """{(first, second): `Tested`} of several differences at once.

    Of twenty differences that are none, one has p < 0.05 by chance. Holm's rule sorts them: the smallest p must be
    below 0.05 / n, the next below 0.05 / (n - 1), and so on to the first that is not. The chance that any difference
    which is none passes is then at most 5%, however they depend on each other.
    """
    pairs = [tuple(pair) for pair in pairs]
    known = {recipe: Answers(records.load(recipe, folder)) for recipe in dict.fromkeys(sum(pairs, ()))}
    found = [compared(*(known[recipe] for recipe in pair)) for pair in pairs]
    adjusted = holm([one.p for one in found])
    return {pair: Tested(one, p, p < 1 - SHARE) for pair, one, p in zip(pairs, found, adjusted, strict=True)}


def resampled(first, second, folder=records.FOLDER):
    """The difference of two recipes, (DRAWS,) times, by a bootstrap: the test examples are drawn again, for both the
    same, and the runs of each. Its standard deviation is what `Difference.both` is made of, found in another way; its
    own interval would be too narrow for a few seeds, which is why `both` asks Student's t.
    """
    answers = [Answers(records.load(recipe, folder)) for recipe in (first, second)]
    rng, E, found = np.random.default_rng(0), len(answers[0].mean), np.empty(DRAWS)
    for k in range(DRAWS):
        times = np.bincount(rng.integers(E, size=E), minlength=E).astype(np.float32)
        a, b = (one.again(times, rng) for one in answers)
        found[k] = a - b
    return found


def measured(answers):
    """`Accuracy` of `Answers`."""
    seeds, examples = answers.luck, luck(answers.mean)
    return Accuracy(
        recipe=answers.runs[0].recipe,
        accuracies=answers.accuracies,
        mean=float(answers.mean.mean()),
        deviation=float(np.sqrt(seeds[0] * len(answers.runs))),
        seeds=half(seeds),
        examples=half(examples),
        both=half(seeds, examples),
        disagreement=answers.disagreement,
    )


def compared(first, second):
    """`Difference` of two `Answers`."""
    if first.runs[0].data != second.runs[0].data:
        raise ValueError(f"recipes: expected the same data, got {first.runs[0].data} and {second.runs[0].data}")
    gain = first.mean - second.mean
    seeds, examples = added([first.luck, second.luck]), luck(gain)
    accuracies, pairs = np.concatenate([first.accuracies, second.accuracies]), len(first.runs) * len(second.runs)
    return Difference(
        first=first.runs[0].recipe,
        second=second.runs[0].recipe,
        runs=(len(first.runs), len(second.runs)),
        mean=float(gain.mean()),
        seeds=half(seeds),
        examples=half(examples),
        both=half(seeds, examples),
        sources=(seeds, examples),
        above=auc(accuracies, np.arange(len(accuracies)) < len(first.runs)) * pairs,
        pairs=pairs,
        disagreement=float((first.mean + second.mean - 2 * first.mean * second.mean).mean()),
    )


# A source of chance is (its variance in a mean, its degrees of freedom).


def one_each(values, name):
    """`values`, an argument of that name, as an array (runs,)."""
    values = np.asarray(values, float)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"{name}: expected one for each of at least two runs, got shape {values.shape}")
    return values


def luck(values):
    """The source that is in the mean of one value for each of many."""
    return float(values.var(ddof=1) / len(values)), len(values) - 1


def added(sources):
    """Several sources of one kind as one, by Welch: the variances add up."""
    total = sum(variance for variance, _ in sources)
    degrees = total**2 / sum(variance**2 / degrees for variance, degrees in sources) if total else np.inf
    return total, degrees


def half(*sources, share=SHARE):
    """Half of the interval that holds so large a share. Of one source by Student's t; of two kinds by Zou and Donner:
    the halves of both are the sides of a right angle, so that it is no shorter than either.
    """
    return float(np.sqrt(sum(variance * t(share, degrees) ** 2 for variance, degrees in sources)))


def beyond(value, *sources):
    """How often chance brings a value as far from 0, on either side: 1 less the share whose interval ends there."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if half(*sources, share=middle) < abs(value) else (low, middle)
    return 1 - low


def t(share, degrees):
    """How many standard errors on both sides of 0 hold that share of Student's t.

    It is sqrt(degrees) * tan(angle), and the density of the angle is cos(angle)^(degrees - 1), which is added up here.

    >>> round(t(0.95, 4), 2), round(t(0.95, 10**9), 2)
    (2.78, 1.96)
    """
    angle, shares = student(min(degrees, 1e6))  # more of them change nothing
    return float(np.sqrt(min(degrees, 1e6)) * np.tan(np.interp(share, shares, angle)))


@lru_cache(100)
def student(degrees):
    """(angles (N,), the share that is nearer to 0 (N,)), from 0 to the right angle."""
    angle = np.pi / 2 * np.linspace(0, 1, 2_001) ** 3  # close together near 0
    density = np.cos(angle) ** (degrees - 1)
    share = np.append(0, np.cumsum((density[1:] + density[:-1]) / 2 * np.diff(angle)))
    return angle, share / share[-1]


def holm(ps):
    """The p of each of several, adjusted for all (n,)."""
    ps = np.asarray(ps, float)
    order = np.argsort(ps, kind="stable")
    stepped = np.maximum.accumulate(ps[order] * np.arange(len(ps), 0, -1)).clip(max=1)
    adjusted = np.empty(len(ps))
    adjusted[order] = stepped
    return adjusted.tolist()
