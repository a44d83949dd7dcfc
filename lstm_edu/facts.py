"""The one way of a recorded number into prose: from the records of runs, the cards of shipped models, and the study.

    fact("lstm_32.test.mean")      as prose shows it: "87.1%"
    number("lstm_32.test.mean")    the number behind it, unrounded; accuracies and their differences as fractions of 1

A key is

    NAME.runs, NAME.epochs, NAME.parameters
    NAME.METRIC.STAT    over the seeds
    NAME.minus.OTHER.WHAT    the two recipes, all runs of each
    NAME.shipped.WHAT    the exported weights, from their card
    NAME.film.WHAT    a filmed training
    study.METRIC.STAT    what the study counted over the test reviews, over the seeds

NAME: a recipe. METRIC:

    test                       the accuracy of the last weights on the test examples
    test_loss, test_auc, ...   any other result of the record: test_accuracy_at_median, test_accuracy_at_best
    train.best, train.last, val.best, val.last    accuracies: best of all epochs, or after the last one
    val_loss.best, val_loss.last
    val.over_test              by how much the last validation accuracy is above the test
    val.best_epoch             from 1; `ended`: how many epochs there were
    best.over_last, best.over_test, best.gain     by how much the best validation accuracy is above the last one, and
                               above the test accuracy of the same weights; and this above that of the last weights
    seconds.epoch, seconds.run                    the median epoch, all of it

STAT: mean, min, max, spread (max less min), seed1, seed2 and so on. For test, val.best and val.last also half_width,
half of the 95% interval that the mean accuracy has if it was measured on one such set of examples; and for test, as
`runs.accuracy` says it of all runs, half_width_seeds, half_width_examples, half_width_both and deviation.
NAME.disagreement: the share of the test examples that two runs answer differently.

With minus, WHAT is difference.STAT, in test accuracy, as `runs.difference` says it: mean; half_width, of its 95%
interval over seeds and examples, low and high, its ends; half_width_seeds, half_width_examples. Or `above`, in how many
of all `pairs` of runs the first is more accurate; or disagreement, as above, between the two.

With shipped, WHAT is test, test_loss, difference (in test accuracy, to the weights before they were quantised), changed
(test reviews with another answer), seed, bytes. With film: bytes, frames; kept.first and kept.last (the mean of f
between flag and bell); simple_rnn.best and lstm.right (right answers: the best frame's, the last one's); and the first
batch at which the LSTM began (half of the answers are right), had learnt (95%), and its slope at the flag was as long
as at the bell (reached).

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
    return FORMS[_look_up(key, known)[1]](number(key, known))


def number(key, known=None):
    """The number behind `fact(key)`, unrounded."""
    value, _ = _look_up(key, known)
    return value() if callable(value) else value


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
