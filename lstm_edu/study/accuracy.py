"""What accuracy is left when the reviews or the cell are changed."""

from functools import reduce

import numpy as np

from ..imdb.text import START
from ..network import held
from ..runs.statistics import auc, mean_half_width
from .lent import lent
from .reading import deaf, logits
from .rounded import short
from .word_groups import word_id

LAST = (1, 2, 5, 10, 20, 50, 100, 200)
ALONE = "but"  # the word at which alone the forget gate is held, too
GATES = "ifo"


def accuracies(net, rows, labels, means):
    """Of one network: what was changed -> what `compared` says, and of the reviews as written, "plain", the same.

    means: part -> (H,), at which it is held: NAME_mean. NAME_lent: it has the values of another review, see `lent`.
    """
    cell, mixed = net.cell, shuffled(rows)
    changed = {
        "shuffled": (mixed, cell),
        **{f"last_{n}": ([row[-n:] for row in rows], cell) for n in LAST},
        **{f"{part}_mean": (rows, held(cell, part, means[part])) for part in cell.blocks},
        "gates_mean": (rows, reduce(lambda cell, part: held(cell, part, means[part]), GATES, cell)),
        "f_0": (rows, held(cell, "f", 0)),
        "f_1": (rows, held(cell, "f", 1)),
        "deaf": (rows, deaf(cell, GATES)),
        "no_candidate": (rows, deaf(cell, "g")),
        "no_loop": (rows, deaf(cell)),
        f"f_mean_{ALONE}": (rows, held(cell, "f", means["f"]), word_id(ALONE)),
    }
    plain = logits(net, rows)
    found = compared("plain", plain, plain, labels)
    for name, (read, *by) in changed.items():
        found |= compared(name, logits(net, read, *by), plain, labels)
    others = {f"{part}_lent": part for part in GATES} | {"gates_lent": GATES}
    for name, answered in lent(net, rows, others).items():
        found |= compared(name, answered, plain, labels)
    return found


def compared(name, answered, plain, labels):
    """Of logits and those of the reviews as written, (N,) each:

    - NAME: accuracy, difference to the reviews as written, half of its paired 95% interval;
    - NAME_changes: the share of answers that are others;
    - NAME_median, NAME_median_changes: the same, where an answer is "positive" above the median of the network's own
      logits, and not above 0: a shift of all logits changes nothing;
    - NAME_auc: the area under the ROC curve, which knows no such edge, and the difference to the reviews as written.
    """
    found = {}
    for kind, edge in (("", lambda values: 0), ("_median", np.median)):
        answer, before = answered > edge(answered), plain > edge(plain)
        gain = (answer == labels).astype(float) - (before == labels)
        found[name + kind] = short([(answer == labels).mean(), gain.mean(), mean_half_width(gain)], 6)
        found[f"{name}{kind}_changes"] = short([(answer != before).mean()], 6)
    area = auc(answered, labels)
    return found | {f"{name}_auc": short([area, area - auc(plain, labels)], 6)}


def shuffled(rows):
    """The words of each row in another order, the same for every network; a start token stays in front."""
    rng = np.random.default_rng(1)
    starts = [int(row[0] == START) for row in rows]
    return [np.r_[row[:k], rng.permutation(row[k:])] for row, k in zip(rows, starts, strict=True)]
