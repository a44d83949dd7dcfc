"""A network's way forward as learning needs it: the answers at chosen steps, and from there the way back."""

from dataclasses import dataclass

import numpy as np

from ..cells.trace import packed
from ..common import checks


@dataclass(frozen=True, eq=False)
class Forward:
    """What a network answered at N steps, in the order of the sequences and, within one, of time.

    logits (N, K): what stands before the last sigmoid or softmax, or the answer itself where there is neither.
    """

    network: object
    inputs: np.ndarray  # (B, T) ids, or (B, T, D) where there is no embedding
    asked: np.ndarray | None  # (B, T) booleans; None: the last step of each sequence
    run: object  # what `Cell.forward` gave
    h: np.ndarray  # (N, H), the outputs at the steps that were asked
    logits: np.ndarray

    @property
    def state(self):
        """The cell's state after the last step: `initial_state` for the steps that follow these."""
        return self.run.state

    def backward(self, d_logits):
        """{name: slopes} for `network.weights`, from a loss' slopes (N, K) for the logits. The embedding's are `Rows`:
        those of the words that occur.
        """
        network, h = self.network, self.h
        d_logits = checks.shaped(d_logits, "d_logits", self.logits.shape, "(N, K)", self.logits.dtype)
        d_h = d_logits @ network.dense.kernel.astype(h.dtype, copy=False).T  # (N, H)
        if self.asked is None:
            zeros = [np.zeros_like(d_h) for _ in network.cell.states[1:]]
            gradients = self.run.backward(d_state=packed([d_h, *zeros]))
        else:
            d_outputs = np.zeros((*self.asked.shape, h.shape[1]), h.dtype)
            d_outputs[self.asked] = d_h
            gradients = self.run.backward(d_outputs)
        found = {}
        if network.embedding is not None:
            ids, d_x = (array[:, gradients.since :] for array in (self.inputs, gradients.inputs))
            found["embedding"] = network.embedding.backward(ids, d_x)
        found |= gradients.weights | {"dense_kernel": h.T @ d_logits, "dense_bias": d_logits.sum(0)}
        return {name: found[name] for name in network.weights}


def chosen(asked, x):
    """The steps that are asked, checked: booleans (B, T)."""
    asked = checks.mask(asked, *x.shape[:2], "asked")
    if not asked.any():
        raise ValueError("asked: expected at least one step that is asked, got none")
    return asked


def forward(network, inputs, asked=None, initial_state=None):
    """`network.forward(inputs, asked, initial_state)`."""
    inputs = np.asarray(inputs)
    x, mask = network.entered(inputs)
    if asked is not None:
        asked = chosen(asked, x)
    elif mask is not None and not mask[:, -1].all():
        asked = np.zeros(mask.shape, bool)  # a step that does not count repeats an output: its slope goes there
        asked[:, -1] = True
    run = network.cell.forward(x, initial_state, mask)
    h = run.last_output if asked is None else run.h[asked]  # (N, H)
    return Forward(network, inputs, asked, run, h, network.dense(h))
