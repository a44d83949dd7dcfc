"""A sequence read in pieces: the state goes on from one to the next, the slopes don't (truncated back-propagation).

Source: R. Williams, J. Peng, "An efficient gradient-based algorithm for on-line training of recurrent network
trajectories", Neural Computation 2 (1990), 490-501.
"""

import numpy as np

from ..common import checks


class Pieces:
    """`Pieces(network, steps)`: for `one_pass` and `fit` a network whose way back ends after at most `steps` steps, at
    the start of the piece that the answer stands in.

    >>> import numpy as np
    >>> from lstm_edu import LSTMCell, learn, tasks
    >>> rng = np.random.default_rng(0)
    >>> net = learn.network(LSTMCell, 4, rng, input_size=3)
    >>> batch = learn.Batch(*tasks.marked_parcel(2, 10, rng))
    >>> learn.one_pass(Pieces(net, 5), [batch], learn.squared_error, learn.adam, memory={})
    """

    def __init__(self, network, steps):
        self.network, self.steps = network, checks.whole(steps, "steps", 1, 10**6)

    @property
    def weights(self):
        return self.network.weights

    def forward(self, inputs, asked):
        """As `Network.forward`: what it gives has `logits` (N, K) and `backward(d_logits)`. asked: booleans (B, T)."""
        return Pieced(self, np.asarray(inputs), np.asarray(asked))


class Pieced:
    """The answers of all pieces, in the order that `Forward` has, and the way back through each."""

    def __init__(self, pieces, inputs, asked):
        network, state, self.parts = pieces.network, None, []
        step = np.nonzero(asked)[1]  # (N,)
        for start in range(0, inputs.shape[1], pieces.steps):
            here = slice(start, start + pieces.steps)
            answers = (step >= start) & (step < start + pieces.steps)  # (N,): those that stand in this piece
            forward = network.forward(inputs[:, here], asked[:, here] if answers.any() else None, state)
            state = forward.state
            if answers.any():
                self.parts.append((answers, forward))
        self.logits = np.empty((len(step), forward.logits.shape[1]), forward.logits.dtype)
        for answers, forward in self.parts:
            self.logits[answers] = forward.logits

    def backward(self, d_logits):
        """{name: slopes}, those of the pieces added up."""
        slopes = [forward.backward(d_logits[answers]) for answers, forward in self.parts]
        return {name: sum((of[name] for of in slopes[1:]), slopes[0][name]) for name in slopes[0]}
