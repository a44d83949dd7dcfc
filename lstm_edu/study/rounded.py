"""Numbers as the result keeps them."""

import numpy as np


def short(values, digits=4):
    """Rounded, as plain lists."""
    return np.round(np.asarray(values, float), digits).tolist()


def seeds_last(results):
    """What several networks gave, dictionaries of the same keys, as one: its numbers get the networks as last axis.
    Words are the same for all."""
    first = results[0]
    if isinstance(first, dict):
        return {key: seeds_last([result[key] for result in results]) for key in first}
    if np.asarray(first).dtype.kind == "U":
        return first
    return np.stack([np.asarray(result) for result in results], axis=-1).tolist()
