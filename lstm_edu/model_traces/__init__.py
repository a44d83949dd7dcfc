"""`watch(model, x)`: what every recurrent layer of a Keras model computes, as traces of this package's cells.

To read in this order:

    watch.py       the function: the model runs once on x, batch by batch
    batches.py     x as `model.predict` takes it, in batches
    layers.py      which recurrent layers a model has, and where
    calls.py       what a layer is given and gives back, caught while Keras runs it
    follow.py      the same call in this package's cells, beside what Keras returned
    traces.py      what is known of a layer beside a `Trace`
    rows.py        the lines of the table
    seen.py        what `watch` returns: the traces by name, and the table
"""

from .seen import Seen
from .traces import Directions, Stack, Unfollowed
from .watch import watch

__all__ = ["Directions", "Seen", "Stack", "Unfollowed", "watch"]
