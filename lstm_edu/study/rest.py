"""Where a network comes to rest when it reads one word for ever, and how slowly."""

from types import SimpleNamespace

import numpy as np

from . import word_groups
from .fading import fading, half_life, swapped
from .memory import AFTER, BEFORE
from .rounded import short
from .tangent import jacobian

STATES = 100  # from which it is read
STEPS, STILL = 20_000, 1e-7  # it is read until no number of any state moves further than this, or so often
APART = 0.05  # two places are two where the logits are further apart
WORDS = (*sum(word_groups.GROUPS.values(), []), "very")  # whose kicks are shown


def rest(net, ids, words):
    """Of one network, for each of `words`, name -> its vector (D,): what it does when it reads this word for ever, from
    the states (h, c) that STATES of `memory.long_ones` are in after their first words.

    places: in how many resting places they end. Of the one with the lowest and the one with the highest logit, two
    numbers each, the same where there is one: `logit`; `share`, of the states that end there; `f`, the mean of the
    forget gate; `eigenvalue`, the size of the step's largest one; `half_life`, in words, of a small difference: what
    the eigenvalue says. swap: after how many words half of a swapped state is gone, AFTER where it is not.

    And two directions in the space of states, h and then c, (2, 2H) each: a small difference along `write`, worth 1 in
    the logit, fades as slowly as the eigenvalue says; `read` . (any difference) is how much of it lasts so long,
    in logits. `state` (2, 2H) is the resting place. kick: what each of WORDS moves there along `read`, (2,).
    """
    ids = ids[:STATES]
    own = net.cell.forward(net.embedding(ids[:, :BEFORE])).state
    found = {}
    for name, word in words.items():
        left = fading(net, np.tile(word, (len(ids), AFTER, 1)), own, swapped(own))
        ends, shares = places(net, word, own)
        found[name] = {"places": len(ends), "swap": short(half_life(left), 1)}
        looked_at = [described(net, word, ends[k]) | {"share": shares[k]} for k in (0, -1)]
        for key in ("logit", "share", "f", "eigenvalue", "half_life", "write", "read", "state"):
            found[name][key] = short([one[key] for one in looked_at])
        found[name]["kick"] = {
            kicking: short([one["kick"][k] for one in looked_at], 3) for k, kicking in enumerate(WORDS)
        }
    return found


def places(net, word, state):
    """The resting places, the lowest logit first: a list of states (h, c), (1, H) each, and the share of rows that end
    in each."""
    cell, (h, c) = net.cell.cast(np.float64), (part.astype(float) for part in state)
    x = np.tile(word.astype(float), (len(h), 1))
    for _ in range(STEPS):
        old = c
        *_, c, h = cell.turn(x, h, c)
        if np.abs(c - old).max() < STILL:
            break
    order = np.argsort(net.logit(h))
    edges = np.flatnonzero(np.diff(net.logit(h)[order]) > APART) + 1
    groups = np.split(order, edges)
    return [(h[rows[:1]], c[rows[:1]]) for rows in groups], [len(rows) / len(order) for rows in groups]


def described(net, word, state):
    """What `rest` says of one resting place, without its share."""
    cell, x, (h, c) = net.cell.cast(np.float64), word[None].astype(float), state
    at = SimpleNamespace(c_prev=c, **dict(zip(cell.parts, cell.turn(x, h, c), strict=True)))
    values, right = np.linalg.eig(jacobian(cell, at))
    slowest = np.abs(values).argmax()
    write, read = right[:, slowest].real, np.linalg.inv(right)[slowest].real
    worth = write[: cell.units] @ net.dense.kernel[:, 0]
    write, read = write / worth, read * worth
    place = np.concatenate([h, c], axis=1)[0]
    kinds = net.embedding(np.array([word_groups.word_id(word) for word in WORDS])).astype(float)  # (WORDS, D)
    moved = np.concatenate(cell.step(kinds, [np.repeat(part, len(kinds), axis=0) for part in state]), axis=1)
    size = float(np.abs(values[slowest]))
    return {
        "logit": net.logit(h)[0],
        "f": at.f.mean(),
        "eigenvalue": size,
        "half_life": np.log(0.5) / np.log(size),
        "write": write,
        "read": read,
        "state": place,
        "kick": (moved - place) @ read,
    }
