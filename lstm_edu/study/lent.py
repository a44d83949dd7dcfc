"""Gates that come from another review: they move as they always do, but not with the words that are read."""

import numpy as np

from ..imdb.text import PAD
from .reading import batches, side_by_side


def lent(net, rows, choices):
    """Name -> the logit of every row (N,), where the gates of `choices`, name -> letters, have the values that they
    have at the same place of another review, counted from the end: the next shorter one of its batch.

    Where the other review has no word, at the front, they have the values that they have in this review as it is.
    """
    found = {name: np.empty(len(rows), np.float32) for name in choices}
    for which in batches(rows):
        ids = side_by_side([rows[k] for k in which])
        trace = net.run(ids).trace
        there = np.roll(ids != PAD, 1, axis=0).T[..., None]  # (T, B, 1)
        values = {}
        for part in set("".join(choices.values())):
            own = getattr(trace, part).swapaxes(0, 1)  # (T, B, H)
            values[part] = np.where(there, np.roll(own, 1, axis=1), own)
        for name, parts in choices.items():
            found[name][which] = net.logit(_last_h(net, ids, {part: values[part] for part in parts}))
    return found


def _last_h(net, ids, values):
    """The last h (B, H), where parts of the cell have these values, part -> (T, B, H)."""
    x, (h, c), mask = net.ready(ids)
    for t in range(x.shape[1]):
        parts = dict(zip(net.cell.parts, net.cell.turn(x[:, t], h, c), strict=True))
        parts |= {part: of[t] for part, of in values.items()}
        new_c = parts["f"] * c + parts["i"] * parts["g"]
        new_h = parts["o"] * np.tanh(new_c)
        counts = True if mask is None else mask[:, t, None]
        h, c = np.where(counts, new_h, h), np.where(counts, new_c, c)
    return h
