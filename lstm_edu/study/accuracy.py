"""What accuracy is left when the reviews or the cell are changed."""

import numpy as np

from ..imdb.text import START
from ..network import held
from ..runs.statistics import mean_half_width
from .reading import logits, without_loop
from .rounded import short
from .word_groups import word_id

LAST = (1, 2, 5, 10, 20, 50, 100, 200)
ALONE = "but"  # the word at which alone the forget gate is held, too


def accuracies(net, rows, labels, means):
    """Of one network: what was changed -> [accuracy, difference to the reviews as written, half of its paired 95%
    interval]; and under NAME_changes the share of answers that are others. means: part -> (H,), at which it is held."""
    cell, mixed = net.cell, shuffled(rows)
    gates = cell
    for part in "ifo":
        gates = held(gates, part, means[part])
    changed = {
        "shuffled": (mixed, cell),
        **{f"last_{n}": ([row[-n:] for row in rows], cell) for n in LAST},
        **{f"{part}_mean": (rows, held(cell, part, means[part])) for part in cell.blocks},
        "gates_mean": (rows, gates),
        "f_0": (rows, held(cell, "f", 0)),
        "f_1": (rows, held(cell, "f", 1)),
        "no_loop": (rows, without_loop(cell)),
        f"f_mean_{ALONE}": (rows, held(cell, "f", means["f"]), word_id(ALONE)),
    }
    plain = logits(net, rows) > 0
    found = {"plain": short([(plain == labels).mean(), 0, 0], 6)}
    for name, (read, *by) in changed.items():
        answers = logits(net, read, *by) > 0
        gain = (answers == labels).astype(float) - (plain == labels)
        found[name] = short([(answers == labels).mean(), gain.mean(), mean_half_width(gain)], 6)
        if name in ("shuffled", f"f_mean_{ALONE}"):
            found[f"{name}_changes"] = short([(answers != plain).mean()], 6)
    return found


def shuffled(rows):
    """The words of each row in another order, the same for every network; a start token stays in front."""
    rng = np.random.default_rng(1)
    starts = [int(row[0] == START) for row in rows]
    return [np.r_[row[:k], rng.permutation(row[k:])] for row, k in zip(rows, starts, strict=True)]
