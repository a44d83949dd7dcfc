"""The states of some reviews in the plane of the two directions in which the belts move most, word by word."""

from types import SimpleNamespace

import numpy as np

from ..imdb.text import START
from .reading import side_by_side
from .rounded import short
from .tangent import jacobian

EACH = 40  # reviews of each kind, the first in the order of the data
WORDS = (0, 1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200)  # words read since the start token


def readers(rows, labels):
    """(ids (2 EACH, 1 + words), positive (2 EACH,)) of reviews that are read from their start token on and are long
    enough, half of them positive."""
    length = 1 + WORDS[-1]
    fits = np.array([len(row) >= length and row[0] == START for row in rows])
    which = np.sort(np.concatenate([np.flatnonzero(fits & (labels == kind))[:EACH] for kind in (True, False)]))
    return side_by_side([rows[k][:length] for k in which]), labels[which]


def plane(net, ids, axes, mean, mean_word, resting):
    """Of one network. axes (2, H), mean (H,): as `Units` found them; mean_word (D,); resting (2, 2H): two states, as
    `rest` says.

    places (WORDS, reviews, 2): where the belts are after so many words, the second direction such that they come from
    above; share (2,): how much of their variance, over all words of these reviews, is along each direction; answer
    (2,): the correlation of each with the logit; resting (2, 2): where the two states are.

    And of an average word, read at the last of these places, three numbers, which a tenth, half and nine tenths of the
    reviews are below: eigenvalue, the size of the step's largest; drift, by how much the logit moves.
    """
    run = net.run(ids)
    found = (run.trace.c - mean) @ np.transpose(axes)  # (B, T, 2)
    found[..., 1] *= np.sign(found[:, 0, 1].mean())
    flat, at_rest = found.reshape(-1, 2), (np.asarray(resting)[:, net.cell.units :] - mean) @ np.transpose(axes)
    last = run.trace.h[:, -1], run.trace.c[:, -1]
    moved, _ = net.cell.step(np.tile(mean_word, (len(ids), 1)), last)
    return {
        "places": short(found[:, list(WORDS)].swapaxes(0, 1), 2),
        "share": short(flat.var(axis=0) / run.trace.c.reshape(-1, net.cell.units).var(axis=0).sum()),
        "answer": short([np.corrcoef(one, run.logit.ravel())[0, 1] for one in flat.T]),
        "resting": short(at_rest * [1, np.sign((run.trace.c[:, 0] - mean).mean(axis=0) @ axes[1])]),
        "eigenvalue": middle([largest(net.cell, mean_word, *state) for state in zip(*last, strict=True)]),
        "drift": middle(np.abs(net.logit(moved) - net.logit(last[0]))),
    }


def largest(cell, x, h, c):
    """The size of the largest eigenvalue of the step that reads x (D,) at h, c (H,)."""
    h, c = h[None], c[None]
    at = SimpleNamespace(c_prev=c, **dict(zip(cell.parts, cell.turn(x[None], h, c), strict=True)))
    return np.abs(np.linalg.eigvals(jacobian(cell, at))).max()


def middle(values):
    """A tenth, half and nine tenths of the values are below these three."""
    return short(np.quantile(values, [0.1, 0.5, 0.9]))
