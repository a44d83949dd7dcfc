"""A network that learns, in NumPy: run, loss, back, step.

net = network(LSTMCell, 16, rng, input_size=3)     fresh weights, as Keras draws them       `initial`
fit(net, draw, squared_error, rule=adam, epochs=5)  trains it in place: a `History`          `fit`
squared_error, binary_cross_entropy, ...            (logits, y) -> the loss and its slopes   `losses`
sgd, rmsprop, adam                                  one step each, over {name: array}        `optimisers`
falling(adam, steps)                                with a learning rate that falls to 0     `optimisers`
of_reviews(train)                                   batches of like length                   `batches`
Pieces(net, steps)                                  a way back that ends early              `pieces`
Team(net, processes)                                a batch shared out among processes       `team`
"""

from .batches import Batch, in_order, of_reviews
from .clip import clipped, norm
from .fit import History, TrainingError, fit, one_pass
from .initial import cell, network
from .losses import binary_cross_entropy, right, softmax_cross_entropy, squared_error
from .optimisers import adam, falling, rmsprop, rmsprop_2017, rmsprop_epsilon_outside, sgd
from .pieces import Pieces
from .progress import Progress
from .team import Team

__all__ = [
    "Batch",
    "History",
    "Pieces",
    "Progress",
    "Team",
    "TrainingError",
    "adam",
    "binary_cross_entropy",
    "cell",
    "clipped",
    "falling",
    "fit",
    "in_order",
    "network",
    "norm",
    "of_reviews",
    "one_pass",
    "right",
    "rmsprop",
    "rmsprop_2017",
    "rmsprop_epsilon_outside",
    "sgd",
    "softmax_cross_entropy",
    "squared_error",
]
