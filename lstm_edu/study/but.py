"""What "but" does to the answer, and which gate does it."""

import numpy as np

from .reading import last_states
from .rounded import short
from .word_groups import word_id

WORD = "but"
TIMES = 4_000
FOLLOWING = 3  # words


def places(rows):
    """Where the word is looked at, the same for all networks: (reviews, places), one drawn at random in each of TIMES
    reviews that have it between other words."""
    rng, word = np.random.default_rng(5), word_id(WORD)
    standing = ((k, np.flatnonzero(row[1:-FOLLOWING] == word) + 1) for k, row in enumerate(rows))
    drawn = np.array([(k, rng.choice(where)) for k, where in standing if len(where)])
    return drawn[rng.permutation(len(drawn))[:TIMES]].T


def but(net, rows, where, mean_word):
    """Of one network: `times`; `dip`, by how much nearer to 0 the logit is with the word than with the mean word (D,)
    in its place, straight after it and after FOLLOWING more words; and of each gate, letter -> the share of both dips
    that is `gone` where this gate alone, at this word alone, hears the mean word in its place.

    where: as `places` says.
    """
    cell = net.cell
    before = last_states(net, [rows[k][:t] for k, t in zip(*where, strict=True)])
    following = np.stack([rows[k][t + 1 : t + 1 + FOLLOWING] for k, t in zip(*where, strict=True)])
    read = lambda vector: dict(  # noqa: E731
        zip(cell.parts, cell.turn(np.tile(vector, (len(following), 1)), *before), strict=True)
    )
    word, mean = read(net.embedding(np.array(word_id(WORD)))), read(mean_word)

    def size(deaf=""):
        """The mean size of the logit, straight after the word and later, where these gates hear the mean word."""
        gates = {part: (mean if part in deaf else word)[part] for part in cell.blocks}
        c = gates["f"] * before[1] + gates["i"] * gates["g"]
        h = gates["o"] * np.tanh(c)
        later = cell(net.embedding(following), (h, c))[:, -1]
        return np.array([np.abs(net.logit(one)).mean(dtype=float) for one in (h, later)])

    dip = size(cell.blocks) - size()
    gone = {part: short((size(part) - size()) / dip) for part in cell.blocks}
    return {"times": len(following), "dip": short(dip), "gone": gone}
