"""The network: an embedding, a cell and one sigmoid, in the one place where they meet."""

from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import pairwise

import numpy as np

from ..cells.activations import sigmoid
from ..common import checks
from ..imdb.text import PAD
from .forward import chosen, forward
from .held import checked, held
from .reading import read

LENGTH = 500  # steps, of the networks in this book


@dataclass(frozen=True, eq=False)
class Run:
    """What a network computed for B rows of ids, from their first word on.

    traces: the cell's `Trace` of all steps; or one after the other, where a hold at a single step makes a cell of its
    own there: `traces[k].backward` is the way back through each. logit (B, T): what the last sigmoid would get after
    each step, P(positive) = sigmoid(logit). start (B,): the logit before the first step, after the zeros in front.
    """

    traces: tuple
    logit: np.ndarray
    start: np.ndarray

    @cached_property
    def trace(self):
        """The `Trace` of all T steps, for reading: where there are several, put together, and without a way back."""
        first, last = self.traces[0], self.traces[-1]
        if first is last:
            return first
        names = (*first.cell.parts, "inputs", *(() if first.mask is None else ("mask",)))
        joined = {name: np.concatenate([getattr(one, name) for one in self.traces], axis=1) for name in names}
        states = {name: np.concatenate([one.states[name] for one in self.traces], axis=1) for name in first.states}
        return replace(first, cell=None, state=last.state, states=states, **joined)


class Network:
    """`Network(embedding, cell, dense, length=None)`: a text's ids in, P(positive) out.

    embedding: an `Embedding` (V, D), or None for a network that is handed numbers (B, T, D) and no ids; cell: an
    `LSTMCell` or any other of this package's, D numbers in, H out; dense: a `Dense` (H, K), K = 1 for P(positive).
    length: a row of fewer steps is read as if zeros stood before it up to this length, as the book's networks were
    trained; None: as it stands. It computes in the dtype of the embedding or of the numbers. Its weights are written
    to by `learn` alone. Raises ValueError, naming the argument, where the parts do not fit together.

    >>> from lstm_edu import imdb
    >>> from lstm_edu.network import shipped
    >>> net = shipped("lstm_32")
    >>> texts = ["A wonderful film.", "What a waste of time."]
    >>> net(imdb.pad([imdb.encode(text) for text in texts], 500)).round(2).tolist()  # (B,)
    [0.94, 0.08]
    >>> net.read("Not bad at all.").p.round(2).tolist()  # after each word, the start token among them
    [0.87, 0.69, 0.35, 0.34, 0.36]
    """

    def __init__(self, embedding, cell, dense, length=None):
        self.embedding, self.cell, self.dense, self.length = embedding, cell, dense, length
        D, H = cell.input_size if embedding is None else embedding.table.shape[1], cell.units
        if cell.input_size != D:
            raise ValueError(f"cell: expected one for D = {D} numbers, those of the embedding, got {cell.input_size}")
        if cell.go_backwards:
            raise ValueError("cell: expected one that reads from the first word to the last, got go_backwards=True")
        if len(dense.kernel) != H:
            raise ValueError(f"dense: expected a kernel (H, K) = ({H}, K), the cell's H, got {dense.kernel.shape}")

    @property
    def weights(self):
        """{name: array}: `embedding` (V, D), the cell's (`kernel`, ...), `dense_kernel` (H, K) and `dense_bias` (K,);
        a bias that is not there is left out. In the order of Keras' `get_weights`."""
        named = {} if self.embedding is None else {"embedding": self.embedding.table}
        named |= {name: getattr(self.cell, name) for name in self.cell.weights}
        named |= {"dense_kernel": self.dense.kernel, "dense_bias": self.dense.bias}
        return {name: array for name, array in named.items() if array is not None}

    def __call__(self, ids):
        """P(positive) (B,) of rows of ids (B, T), shorter rows with zeros in front, as `imdb.pad` makes them."""
        x, state, mask = self.ready(ids)
        return sigmoid(self.logit(self.cell(x, state, mask)[:, -1]))

    def run(self, ids, holds=()):
        """The `Run` over ids (B, T). Zeros that all rows begin with are read, and not in it.

        holds: a list of dicts {"gate", "unit", "step", "value"}, all four: this gate ("i", "f", "g", "o") of this unit
        (None: of all) has this value at this step (None: at all steps). Step 0 is the first that is no zero in front:
        in a text with room for it the start token. The zeros are not held, and a step beyond the last holds nothing.
        Later holds win. A hold at a step needs rows of one length.
        """
        if isinstance(holds, dict):
            raise TypeError(f"holds: expected a list of dicts, got one dict, {holds}")
        x, state, mask = self.ready(ids)
        T = x.shape[1]
        holds = [checked(hold, self.cell.units, max(self.length or 0, np.shape(ids)[1])) for hold in holds]
        steps = {hold["step"] for hold in holds} - {None}
        if steps and mask is not None:
            raise ValueError("holds: expected rows of one length for a hold at a step, got rows that begin apart")
        edges = sorted({0, T} | {edge for step in steps for edge in (step, step + 1) if edge < T})
        traces = []
        for a, b in pairwise(edges):
            acting = (hold for hold in holds if hold["step"] in (None, a))
            cell = reduce(lambda cell, hold: held(cell, hold["gate"], hold["value"], hold["unit"]), acting, self.cell)
            traces.append(cell.run(x[:, a:b], state, None if mask is None else mask[:, a:b]))
            state = traces[-1].state
        h = np.concatenate([trace.h for trace in traces], axis=1)  # (B, T, H)
        return Run(tuple(traces), self.logit(h), self.logit(traces[0].before("h")[:, 0]))

    def read(self, text, holds=()):
        """The `Reading` of one text, with what is held as for `run`."""
        return read(self, text, holds)

    def forward(self, inputs, asked=None, initial_state=None):
        """For learning: a `Forward`, its logits (N, K) at the steps that are asked and the way back from them.

        inputs: ids (B, T) or, without an embedding, numbers (B, T, D), as they stand: no zeros are put in front. asked:
        booleans (B, T); None: the last step of each sequence. initial_state: as for `Cell.run`; the `state` of another
        `Forward` goes on where that one ended, and no slope goes back into it.
        """
        return forward(self, inputs, asked, initial_state)

    def logits(self, inputs, asked=None):
        """The logits (N, K) alone; arguments as for `forward`."""
        x, mask = self.entered(inputs)
        h = self.cell(x, mask=mask)  # (B, T, H)
        return self.dense(h[:, -1] if asked is None else h[chosen(asked, x)])

    def entered(self, inputs):
        """What the cell is handed: x (B, T, D), and the mask (B, T) or None."""
        if 0 in np.shape(inputs):
            raise ValueError(f"inputs: expected at least one sequence and one step, got shape {np.shape(inputs)}")
        if self.embedding is None:
            return checks.inputs(inputs, self.cell.input_size), None
        if np.ndim(inputs) != 2:
            raise ValueError(f"inputs: expected ids (B, T), got shape {np.shape(inputs)}")
        x = self.embedding(inputs)
        mask = np.asarray(inputs) != PAD if self.embedding.mask_zero else None
        return x, None if mask is None or mask.all() else mask

    def ready(self, ids):
        """What the cell is handed for ids (B, T): x (B, T, D), the state that each row starts from, the mask (B, T).

        The zeros that rows begin with are the same for all, so they are read once, and columns that have no word are
        left out. A mask of None: all steps count. With a network whose `length` is None nothing is left out.
        """
        if self.embedding is None or self.dense.kernel.shape[1] != 1:
            raise TypeError(
                "ids: expected to be read by a network of words with one answer; see `forward` and `logits`"
            )
        ids = np.asarray(ids)
        if ids.ndim != 2 or 0 in ids.shape:
            raise ValueError(f"ids: expected shape (B, T), at least one row and one step, got {ids.shape}")
        if self.length is None and not self.embedding.mask_zero:
            return self.embedding(ids), None, None
        T = ids.shape[1]
        words = ids != PAD
        words[:, -1] |= ~words.any(axis=1)  # where there is none the last zero is read like one
        first = words.argmax(axis=1)  # (B,)
        ids, begun = ids[:, first.min() :], np.arange(first.min(), T) >= first[:, None]
        if self.embedding.mask_zero:
            state, begun = None, ids != PAD
        else:
            states = self._blank if self.length >= T else self._after_zeros(T)
            state = tuple(part[first + max(0, self.length - T)] for part in states)
            state = state if len(state) > 1 else state[0]
        return self.embedding(ids), state, None if begun.all() else begun

    @cached_property
    def _blank(self):
        return self._after_zeros(self.length)

    def _after_zeros(self, n):
        """The state after 0, 1 ... n steps of padding: (n + 1, H) for each of its arrays."""
        trace = self.cell.run(self.embedding(np.full((1, n), PAD)))
        return [np.pad(getattr(trace, name)[0], ((1, 0), (0, 0))) for name in self.cell.states]

    def logit(self, h):
        """What the last sigmoid gets (...), from outputs h (..., H): above 0 the answer is "positive"."""
        return self.dense(h)[..., 0]
