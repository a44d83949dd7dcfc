"""The three ways from c_{t-1} to c_t, cut one after the other: the belt, the candidate, and h through the gates."""

from functools import reduce

from ..network import held
from .fading import fading, half_life, swapped
from .memory import BEFORE
from .reading import deaf
from .rounded import short

GATES = "ifo"


def ways(net, ids, means):
    """Of one network, on `memory.long_ones`: way -> `left` of a difference in the logit after n words (AFTER + 1,), and
    its `half_life` in words.

    The two states are those of the trained cell, as for `memory`, where it reads on; here the words after them are read
    by a cell that is another:

    - gates_mean: i, f and o are held at their `means`, part -> (H,);
    - deaf: i, f and o do not hear h, their columns of U are 0;
    - no_candidate: g does not hear h;
    - no_loop: nothing hears h, all of U is 0;
    - no_belt: f is held at 0, so that h is all that joins two steps.
    """
    cell, x = net.cell, net.embedding(ids)
    own = cell.forward(x[:, :BEFORE]).state
    cells = {
        "gates_mean": reduce(lambda cell, part: held(cell, part, means[part]), GATES, cell),
        "deaf": deaf(cell, GATES),
        "no_candidate": deaf(cell, "g"),
        "no_loop": deaf(cell),
        "no_belt": held(cell, "f", 0),
    }
    found = {}
    for name, other in cells.items():
        left = fading(net, x[:, BEFORE:], own, swapped(own), other)
        found[name] = {"left": short(left), "half_life": short(half_life(left), 1)}
    return found
