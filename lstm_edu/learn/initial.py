"""What a network starts from: weights at random, as Keras draws them, and a forget gate that is open.

Sources: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010
(glorot); A. Saxe, J. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear
neural networks", ICLR 2014 (orthogonal); R. Jozefowicz, W. Zaremba, I. Sutskever, "An empirical exploration of
recurrent network architectures", ICML 2015 (a forget bias of 1); C. Tallec, Y. Ollivier, "Can recurrent neural networks
warp time?", ICLR 2018 (chrono).
"""

import numpy as np

from ..cells import GRUCell
from ..cells.variants import CholletCell, PeepholeCell
from ..common import checks
from ..network import Dense, Embedding, Network


def glorot(rng, rows, columns):
    """(rows, columns), evenly from -sqrt(6 / (rows + columns)) to the same above 0: Keras' start of a kernel."""
    limit = np.sqrt(6 / (rows + columns))
    return rng.uniform(-limit, limit, (rows, columns))


def orthogonal(rng, rows, columns):
    """(rows, columns), whose rows (or columns, if there are fewer of them) are of length 1 and at right angles: Keras'
    start of a recurrent kernel.
    """
    tall = rng.normal(size=(max(rows, columns), min(rows, columns)))
    q, r = np.linalg.qr(tall)
    q = q * np.sign(np.diag(r))  # without it the draw is not even over all of them
    return q if rows >= columns else q.T


def chrono(rng, units, longest):
    """Forget biases (H,) for memories of 1 to `longest` steps: log of an even draw from 1 to longest - 1. A gate at
    sigmoid(log(n)) keeps a share of n / (n + 1) at each step, half for some 0.7 * n steps.
    """
    if longest <= 2:
        raise ValueError(f"longest: expected more than 2 steps, got {longest}")
    return np.log(rng.uniform(1, longest - 1, units))


def cell(
    kind, input_size, units, rng, forget_bias=1.0, longest=None, update_bias=0.0, reset_after=True, dtype=np.float32
):
    """A fresh cell of a class out of `lstm_edu.cells`: kernel `glorot`, recurrent kernel `orthogonal`, all else zero.

    input_size D, units H; rng: NumPy's generator. forget_bias: where the cell has a forget gate, its bias, a number or
    (H,); Keras' is 1. longest: the chrono start instead, forget biases by `chrono` and the input gate's their negative.
    update_bias: where it has a z, as a GRU has, its bias, a number or (H,). reset_after: of a GRU, its form.
    Raises ValueError or TypeError, naming the argument.
    """
    D, H = checks.whole(input_size, "input_size", 1, 10**6), checks.whole(units, "units", 1, 10**6)
    checks.generator(rng)
    checks.one_of(np.dtype(dtype).name, ("float32", "float64"), "dtype")
    columns = len(kind.blocks) * H
    weights = {"kernel": glorot(rng, D, columns), "recurrent_kernel": orthogonal(rng, H, columns)}
    of_the_kind = {"reset_after": reset_after} if kind is GRUCell else {}
    weights["bias"] = np.zeros((2, columns) if kind is GRUCell and reset_after else columns)
    if kind is CholletCell:
        weights["carry_kernel"] = glorot(rng, H, H)
    if kind is PeepholeCell:
        weights["peephole"] = np.zeros((3, H))
    made = kind(**{name: array.astype(dtype) for name, array in weights.items()}, **of_the_kind)
    if longest is not None and "f" not in kind.blocks:
        raise ValueError(f"longest: expected a cell that has an f, got a {kind.__name__}")
    if "f" in kind.blocks:
        opened = chrono(rng, H, longest) if longest is not None else checks.real(forget_bias, "forget_bias")
        if opened.shape not in ((), (H,)):
            raise ValueError(f"forget_bias: expected a number or shape (H,) = ({H},), got shape {opened.shape}")
        made.bias[made.columns("f")] = opened
    if "z" in kind.blocks:
        kept = checks.real(update_bias, "update_bias")
        if kept.shape not in ((), (H,)):
            raise ValueError(f"update_bias: expected a number or shape (H,) = ({H},), got shape {kept.shape}")
        np.atleast_2d(made.bias)[0, made.columns("z")] = kept  # of two rows the input's
    if longest is not None:
        made.bias[made.columns("i")] = -made.bias[made.columns("f")]
    return made


def network(
    kind,
    units,
    rng,
    input_size=None,
    words=None,
    embedding=32,
    mask_zero=True,
    outputs=1,
    dtype=np.float32,
    **of_the_cell,
):
    """A fresh `Network`: of ids where `words` is given (V of them, vectors of `embedding` numbers, evenly from -0.05 to
    0.05; mask_zero: id 0 is padding and does not count), else of input_size D numbers a step; K outputs. of_the_cell:
    as for `cell`.
    """
    outputs = checks.whole(outputs, "outputs", 1, 10**6)
    checks.generator(rng)
    table = None
    if (words is None) == (input_size is None):
        raise ValueError("words, input_size: expected one of both")
    if words is not None:
        words, input_size = checks.whole(words, "words", 1, 10**7), checks.whole(embedding, "embedding", 1, 10**6)
        table = Embedding(rng.uniform(-0.05, 0.05, (words, embedding)).astype(dtype), mask_zero)
    recurrent = cell(kind, input_size, units, rng, dtype=dtype, **of_the_cell)
    head = Dense(glorot(rng, units, outputs).astype(dtype), np.zeros(outputs, dtype))
    return Network(table, recurrent, head)
