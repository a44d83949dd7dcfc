"""How long a difference lasts in a network that nobody has trained."""

import numpy as np

from ..runs import in_numpy, recipe
from .memory import memory


def fresh(name, seed, ids):
    """Of a network with the fresh weights of the recipe `name`, on `memory.long_ones`: `half_life`, in words, as
    `memory` says."""
    network = in_numpy.build(recipe(name), np.random.default_rng(seed))
    return {"half_life": memory(network, ids)["half_life"]}
