"""The one way of a recorded number into prose: from the records of runs, the cards of shipped models, and the study.

    fact("lstm_32.test.mean")      as prose shows it: "87.1%"
    number("lstm_32.test.mean")    the number behind it, unrounded; accuracies and their differences as fractions of 1

A key is

    NAME.runs, NAME.epochs, NAME.parameters
    NAME.METRIC.STAT    over the seeds
    NAME.minus.OTHER.METRIC.STAT    the two recipes with the same seeds
    NAME.shipped.WHAT    the exported weights, from their card
    NAME.film.WHAT    a filmed training
    study.METRIC.STAT    what the study counted over the test reviews, over the seeds

NAME: a recipe. METRIC: test, train.best, train.last, val.best, val.last (accuracies: best of all epochs, or after the
last one), val_loss.best, val_loss.last, val.best_epoch (from 1), seconds.epoch (the median epoch), seconds.run, and
test_loss, as any other result but the accuracy has `test_` before its name. STAT: mean, min, max, spread (max less
min), seed1, seed2 and so on; for test and val also half_width, half of the 95% interval that the mean accuracy has if
it was measured on one such set of examples.

With minus, METRIC is difference (in test accuracy: mean, low, high of the paired 95% interval, seed1 ...), first_only
or second_only (test examples that one of the two answers right and the other does not: mean, seed1 ...).

WHAT: test, test_loss, difference (in test accuracy, to the weights before they were quantised), changed (test reviews
with another answer), seed, bytes. Of a film: bytes, frames; kept.first and kept.last (the mean of f between flag and
bell); simple_rnn.best and lstm.right (right answers: the best frame's, the last one's); and the first batch at which
the LSTM began (half of the answers are right), had learnt (95%), and its slope at the flag was as long as at the bell
(reached).

Accuracies are written as 87.1%, differences, spreads and half widths of accuracies in points as 0.4, losses as 0.302,
seconds as 17 (under 2 as 0.6), counts as 328,353: the unit, where it is not %, is the sentence's.
"""

from functools import cache

from . import films, network, runs, study

FORMS = {
    "percent": lambda value: f"{100 * value:.1f}%",
    "points": lambda value: f"{100 * value:.1f}",
    "loss": lambda value: f"{value:.3f}",
    "seconds": lambda value: f"{value:.0f}" if value >= 2 else f"{value:.1f}",
    "count": lambda value: f"{value:,.0f}",
    "gate": lambda value: f"{value:.2f}",
    "decimal": lambda value: f"{value:.1f}",
}


def fact(key, known=None):
    """A recorded number as prose shows it. known: other facts than the book's, {key: (value, form)}, as the rooms'
    `facts()` give them. Raises ValueError, which says how the key could go on, for one that there is not.
    """
    value, form = _look_up(key, known)
    return FORMS[form](value)


def number(key, known=None):
    """The number behind `fact(key)`, unrounded."""
    return _look_up(key, known)[0]


def keys():
    """Every key that `fact` knows, sorted."""
    return sorted(_of_the_book())


@cache
def _of_the_book():
    return runs.facts() | network.facts() | study.facts() | films.facts()


def _look_up(key, known):
    known = _of_the_book() if known is None else known
    if key in known:
        return known[key]
    parts = str(key).split(".")
    start = next(start for n in range(len(parts), -1, -1) if _under(known, start := ".".join(parts[:n])))
    raise ValueError(f"key: expected {start}{'.' if start else ''}[{' | '.join(_under(known, start))}], got {key!r}")


def _under(known, start):
    """The parts that follow `start` in the known keys."""
    deep = start.count(".") + 1 if start else 0
    begins = f"{start}." if start else ""
    return sorted({key.split(".")[deep] for key in known if key.startswith(begins)})
