"""How wrong an answer is, and which way it should move: each loss gives its mean over N answers, and its slopes.

logits (N, K): the network's sums before any sigmoid or softmax. The slopes (N, K) are those of the mean.
"""

import numpy as np

from ..cells.activations import sigmoid
from ..common import checks


def binary_cross_entropy(logits, y):
    """-log P(y): logits (N, 1), y (N,) of 0 and 1. P(1) = sigmoid(logit); its slope is P(1) - y."""
    if logits.shape[1] != 1:
        raise ValueError(f"logits: expected shape (N, 1), got {logits.shape}; softmax_cross_entropy takes several")
    y = labels(y, len(logits), 2)
    z = logits[:, 0]
    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))  # (N,): -log P(y), and no overflow
    return float(loss.mean()), ((sigmoid(z) - y) / len(y)).astype(z.dtype)[:, None]


def softmax_cross_entropy(logits, y):
    """-log P(y): logits (N, K), y (N,) of 0 to K - 1. P = softmax(logits); its slope is P, less 1 at y."""
    if logits.shape[1] < 2:
        raise ValueError(f"logits: expected shape (N, K), K at least 2, got {logits.shape}")
    y = labels(y, *logits.shape)
    rows = np.arange(len(y))
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))  # (N, K)
    slopes = np.exp(log_p)
    slopes[rows, y] -= 1
    return float(-log_p[rows, y].mean()), slopes / len(y)


def squared_error(answers, y):
    """(answer - y)^2, the mean over N and K: answers (N, K), y (N, K)."""
    off = answers - checks.shaped(y, "y", answers.shape, "(N, K)", answers.dtype)
    return float((off * off).mean()), 2 * off / off.size


def labels(y, count, classes):
    """y (N,) as whole numbers from 0 to classes - 1."""
    y = checks.plain(y, "y")
    if y.shape != (count,) or y.dtype.kind not in "iub":
        raise ValueError(f"y: expected whole numbers of shape (N,) = ({count},), got {y.dtype} of shape {y.shape}")
    if count and not 0 <= y.min() <= y.max() < classes:
        raise ValueError(f"y: expected labels from 0 to {classes - 1}, got {y.min()} to {y.max()}")
    return y.astype(np.int64)


def right(logits, y):
    """Which answers are right (N,): for K = 1 the sign of the logit says so, else the largest of the K."""
    answers = logits[:, 0] > 0 if logits.shape[1] == 1 else logits.argmax(axis=1)
    return answers == y
