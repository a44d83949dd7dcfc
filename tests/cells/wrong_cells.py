"""Cells that are wrong on purpose: {name: Kind}, each one mistake away from the package's cell.

Every mistake is one that somebody can make, or has made: a column order of another library, a mask that is not turned
round, a slope left out. `test_wrong_cells.py` puts each through the proofs, and each has to fall.
"""

from dataclasses import replace
from itertools import permutations

import numpy as np
from cases import KINDS

from lstm_edu.cells import GRUCell, LSTMCell, LSTMTrace, SimpleRNNCell
from lstm_edu.cells.activations import curve, hard_sigmoid, sigmoid, slope

WRONG = {}


def wrong(name, base=LSTMCell, **methods):
    """Enters a subclass of `base` with these methods in the list."""
    kind = {LSTMCell: "LSTM", GRUCell: "GRU", SimpleRNNCell: "SimpleRNN"}[base]
    name = name if base is LSTMCell else f"{kind}: {name}"
    assert name not in WRONG
    WRONG[name] = replace(KINDS[kind], cell=type("Wrong", (base,), methods))


def split(array, blocks=4):
    return np.split(array, blocks, axis=-1)


def joined(*blocks):
    return np.concatenate(blocks, axis=-1)


# --- the weights are read wrongly -----------------------------------------------------------------------------------


def reading(change, base=LSTMCell):
    """__init__ of a cell that changes (kernel, recurrent_kernel, bias) before it takes them."""

    def __init__(self, kernel, recurrent_kernel, bias=None, **options):
        base.__init__(self, *change(np.asarray(kernel), np.asarray(recurrent_kernel), bias), **options)

    return __init__


def reordered(order, names):
    places = [order.index(name) for name in names]

    def change(*weights):
        return [None if w is None else joined(*(split(w, len(names))[k] for k in places)) for w in weights]

    return change


def transposed_blocks(K, R, b):
    return K, joined(*(block.T for block in split(R, R.shape[1] // R.shape[0]))), b


for order in permutations("ifgo"):
    if order != tuple("ifgo"):
        wrong(f"columns read in the order {' '.join(order)}", __init__=reading(reordered(order, "ifgo")))
for order in permutations("zrg"):
    if order != tuple("zrg"):
        change = reading(reordered(order, "zrg"), GRUCell)
        wrong(f"columns read in the order {' '.join(order)}", GRUCell, __init__=change)

READINGS = {
    "recurrent kernel transposed, block by block": transposed_blocks,
    "recurrent kernel transposed, PyTorch's rows taken for columns": lambda K, R, b: (K, R.T.reshape(R.shape), b),
    "kernel's rows turned round": lambda K, R, b: (K[::-1], R, b),
    "bias added twice": lambda K, R, b: (K, R, None if b is None else 2 * b),
    "bias forgotten": lambda K, R, b: (K, R, None if b is None else 0 * b),
    "recurrent kernel forgotten": lambda K, R, b: (K, 0 * R, b),
    "recurrent kernel without its diagonal": lambda K, R, b: (K, R * (1 - np.tile(np.eye(len(R)), 4)), b),
    "recurrent kernel's diagonal alone": lambda K, R, b: (K, R * np.tile(np.eye(len(R)), 4), b),
    "1 added to the forget gate's bias, though it is in the weights": lambda K, R, b: (
        K, R, None if b is None else b + np.repeat([0, 1, 0, 0], len(R)),
    ),
    "bias of the first gate for all of them": lambda K, R, b: (K, R, None if b is None else np.tile(b[: len(R)], 4)),
}  # fmt: skip
for name, change in READINGS.items():
    wrong(name, __init__=reading(change))
wrong("recurrent kernel transposed", SimpleRNNCell, __init__=reading(transposed_blocks, SimpleRNNCell))
wrong("recurrent kernel transposed", GRUCell, __init__=reading(transposed_blocks, GRUCell))
wrong(
    "the two rows of the bias in the other order",
    GRUCell,
    __init__=reading(lambda K, R, b: (K, R, None if b is None else b[::-1]), GRUCell),
)

# --- the equations are wrong: i, f, g, o, the old c and h and the activation a give the new c and h -------------------

EQUATIONS = {
    "no forget gate": lambda i, f, g, o, c, h, a: (c + i * g, o * a(c + i * g)),
    "no input gate": lambda i, f, g, o, c, h, a: (f * c + g, o * a(f * c + g)),
    "no output gate": lambda i, f, g, o, c, h, a: (f * c + i * g, a(f * c + i * g)),
    "forget gate coupled to the input gate": lambda i, f, g, o, c, h, a: (
        (1 - i) * c + i * g, o * a((1 - i) * c + i * g),
    ),
    "no tanh on the belt": lambda i, f, g, o, c, h, a: (f * c + i * g, o * (f * c + i * g)),
    "tanh on the wrong side": lambda i, f, g, o, c, h, a: (f * c + i * g, a(o * (f * c + i * g))),
    "the belt itself squashed": lambda i, f, g, o, c, h, a: (a(f * c + i * g), o * a(f * c + i * g)),
    "the output's tanh taken twice": lambda i, f, g, o, c, h, a: (f * c + i * g, o * a(a(f * c + i * g))),
    "forget gate applied to h": lambda i, f, g, o, c, h, a: (f * h + i * g, o * a(f * h + i * g)),
    "output from the old belt": lambda i, f, g, o, c, h, a: (f * c + i * g, o * a(c)),
    "forget gate closes where it should open": lambda i, f, g, o, c, h, a: (
        (1 - f) * c + i * g, o * a((1 - f) * c + i * g),
    ),
    "input gate over the whole sum": lambda i, f, g, o, c, h, a: (i * (f * c + g), o * a(i * (f * c + g))),
    "what is written taken off the belt": lambda i, f, g, o, c, h, a: (f * c - i * g, o * a(f * c - i * g)),
    "the candidate written before the belt fades": lambda i, f, g, o, c, h, a: (
        f * (c + i * g), o * a(f * (c + i * g)),
    ),
    "h handed on from the step before": lambda i, f, g, o, c, h, a: (f * c + i * g, h),
    "h and c change places": lambda i, f, g, o, c, h, a: (o * a(f * c + i * g), f * c + i * g),
}  # fmt: skip


def turning(rule, i=None, f=None, g=None, o=None):
    """A `turn` with this rule for the new c and h, and these curves for i, f, g, o; None: those of the cell."""

    def turn(self, x_t, h, c):
        gate, a = curve(self.recurrent_activation), curve(self.activation)
        curves = (i or gate, f or gate, g or a, o or gate)
        parts = [squash(z) for squash, z in zip(curves, self._sums(x_t, h), strict=True)]
        return *parts, *rule(*parts, c, h, a)

    return turn


def right(i, f, g, o, c, h, a):
    c = f * c + i * g
    return c, o * a(c)


for name, rule in EQUATIONS.items():
    wrong(name, turn=turning(rule))
CURVES = {
    "candidate with a sigmoid": {"g": sigmoid},
    "candidate without a tanh": {"g": lambda z: z},
    "output gate with a tanh": {"o": np.tanh},
    "gates with the hard sigmoid": dict.fromkeys("ifo", hard_sigmoid),
}
for name, curves in CURVES.items():
    wrong(name, turn=turning(right, **curves))


def overflowing(self, x_t, h, c):
    """The sigmoid as exp(z) / (1 + exp(z)): right, until z is large."""
    if self.recurrent_activation != "sigmoid":
        return LSTMCell.turn(self, x_t, h, c)
    gates = dict.fromkeys("ifo", lambda z: np.exp(z) / (1 + np.exp(z)))
    return turning(right, **gates)(self, x_t, h, c)


wrong("a sigmoid that overflows", turn=overflowing)


def gru_turn(rule):
    """A `turn` with this rule, which gets z, r, the candidate's sum of the input's side and of the state's, its block
    U_g of the recurrent kernel, the old h and the activation a, and gives g and the new h."""

    def turn(self, x_t, h):
        gate, a = curve(self.recurrent_activation), curve(self.activation)
        x_side = split(x_t @ self.kernel + self._bias(0), 3)
        h_side = split(h @ self.recurrent_kernel + self._bias(1), 3)
        z, r = gate(x_side[0] + h_side[0]), gate(x_side[1] + h_side[1])
        g, h = rule(z, r, x_side[2], h_side[2], split(self.recurrent_kernel, 3)[2], h, a)
        return z, r, g, h

    return turn


def mixed(z, g, h):
    return g, z * h + (1 - z) * g


GRU_EQUATIONS = {
    "z and 1 - z change places": lambda z, r, x, s, U, h, a: mixed(1 - z, a(x + r * s), h),
    "reset before the product, where after is meant": lambda z, r, x, s, U, h, a: mixed(z, a(x + (r * h) @ U), h),
    "no reset gate": lambda z, r, x, s, U, h, a: mixed(z, a(x + s), h),
    "reset gate over the input too": lambda z, r, x, s, U, h, a: mixed(z, a(r * (x + s)), h),
    "reset gate not over the state's bias": lambda z, r, x, s, U, h, a: mixed(z, a(x + r * (h @ U) + s - h @ U), h),
    "candidate with a sigmoid": lambda z, r, x, s, U, h, a: mixed(z, sigmoid(x + r * s), h),
    "the old state kept whole": lambda z, r, x, s, U, h, a: (a(x + r * s), h + (1 - z) * a(x + r * s)),
}
for name, rule in GRU_EQUATIONS.items():
    wrong(name, GRUCell, turn=gru_turn(rule))


def rnn_turn(rule):
    """A `turn` with this rule: the sums of the input's and of the state's side, the bias and the activation give h."""

    def turn(self, x_t, h):
        bias = 0 if self.bias is None else self.bias
        return (rule(x_t @ self.kernel, h @ self.recurrent_kernel, bias, curve(self.activation)),)

    return turn


RNN_EQUATIONS = {
    "no tanh": lambda x, s, b, a: x + s + b,
    "no state": lambda x, s, b, a: a(x + b),
    "bias outside the tanh": lambda x, s, b, a: a(x + s) + b,
}
for name, rule in RNN_EQUATIONS.items():
    wrong(name, SimpleRNNCell, turn=rnn_turn(rule))

# --- the loop is wrong: state, mask, direction ------------------------------------------------------------------------


def readied(change):
    """A `_ready` that changes what the loop gets: x, its rows and the mask in processing order, the state."""

    def _ready(self, x, initial_state, mask, go_backwards):
        x, rows, state, turned = LSTMCell._ready(self, x, initial_state, mask, go_backwards)
        return change(x, rows, state, turned, mask, go_backwards)

    return _ready


LOOPS = {
    "h0 and c0 change places": lambda x, rows, state, turned, mask, back: (x, rows, state[::-1], turned),
    "initial state left out": lambda x, rows, state, turned, mask, back: (x, rows, [0 * s for s in state], turned),
    "c0 left out": lambda x, rows, state, turned, mask, back: (x, rows, [state[0], 0 * state[1]], turned),
    "the first sequence's state for all": lambda x, rows, state, turned, mask, back: (
        x, rows, [0 * s + s[:1] for s in state], turned,
    ),
    "mask ignored": lambda x, rows, state, turned, mask, back: (x, rows, state, None),
    "mask the other way round": lambda x, rows, state, turned, mask, back: (
        x, rows, state, None if turned is None else ~turned,
    ),
    "mask of the step before": lambda x, rows, state, turned, mask, back: (
        x, rows, state, None if turned is None else np.roll(turned, 1, axis=1),
    ),
    "mask of the first sequence for all": lambda x, rows, state, turned, mask, back: (
        x, rows, state, None if turned is None else turned & False | turned[:1],
    ),
    "mask not turned round under go_backwards": lambda x, rows, state, turned, mask, back: (x, rows, state, mask),
    "masked inputs set to zero, the step done": lambda x, rows, state, turned, mask, back: (
        x, rows if turned is None else rows * turned[:, :, None], state, None,
    ),
    "go_backwards ignored": lambda x, rows, state, turned, mask, back: (x, x, state, mask),
    "go_backwards turns the features": lambda x, rows, state, turned, mask, back: (
        x, x[:, :, ::-1] if back else x, state, mask,
    ),
    "go_backwards turns the batch": lambda x, rows, state, turned, mask, back: (x, x[::-1] if back else x, state, mask),
    "x one step late": lambda x, rows, state, turned, mask, back: (x, np.roll(rows, 1, axis=1), state, turned),
    "computes in float32 whatever comes": lambda x, rows, state, turned, mask, back: (
        x.astype(np.float32), rows.astype(np.float32), [s.astype(np.float32) for s in state], turned,
    ),
    "computes in float64 whatever comes": lambda x, rows, state, turned, mask, back: (
        x.astype(float), rows.astype(float), [s.astype(float) for s in state], turned,
    ),
}  # fmt: skip
for name, change in LOOPS.items():
    wrong(name, _ready=readied(change))

never = property(lambda self: False, lambda self, value: None)
wrong("zero_output_for_mask is not heeded", zero_output_for_mask=never)
wrong("go_backwards of the cell is not heeded", go_backwards=never)


def after_run(change):
    """A `run` whose trace is changed: change(self, trace, arguments) gives the fields to be replaced."""

    def run(self, x, initial_state=None, mask=None, go_backwards=None):
        trace = LSTMCell.run(self, x, initial_state, mask, go_backwards)
        return replace(trace, **change(self, trace, (x, initial_state, None, go_backwards)))

    return run


def unmasked(self, arguments):
    return LSTMCell.run(self, *arguments)


def repeated(trace, h):
    """h (B, T, H) with masked steps repeating the one before, or zero where the cell says so."""
    h = h.copy()
    for t in range(h.shape[1]):
        before = h[:, t - 1] if t and not trace.cell.zero_output_for_mask else np.zeros_like(h[:, 0])
        h[:, t] = np.where(counts(trace)[:, t], h[:, t], before)
    return h


def counts(trace):
    return np.ones((*trace.h.shape[:2], 1), bool) if trace.mask is None else trace.mask[:, :, None]


AFTER = {
    "state does not wait at a masked step": lambda cell, trace, arguments: {
        "h": repeated(trace, unmasked(cell, arguments).h), "state": unmasked(cell, arguments).state,
    },
    "outputs zero at masked steps": lambda cell, trace, arguments: {"h": np.where(counts(trace), trace.h, 0)},
    "outputs of masked steps as computed": lambda cell, trace, arguments: {
        "h": np.where(counts(trace), trace.h, trace.o * np.tanh(trace.f * trace.c + trace.i * trace.g)),
    },
    "h0 as output before the first step that counts": lambda cell, trace, arguments: {
        "h": np.where(np.logical_or.accumulate(counts(trace), axis=1), trace.h, trace.initial_state[0][:, None]),
    },
    "last state zero where the last step is masked": lambda cell, trace, arguments: {
        "state": tuple(np.where(counts(trace)[:, -1:].all(1), part, 0) for part in trace.state),
    },
    "the belt waits, h does not": lambda cell, trace, arguments: {
        "state": (unmasked(cell, arguments).state[0], trace.state[1]),
    },
    "outputs turned back into time order": lambda cell, trace, arguments: {
        "h": trace.h[:, ::-1] if trace.go_backwards else trace.h,
    },
    "last state in the order c, h": lambda cell, trace, arguments: {"state": trace.state[::-1]},
    "last state one step early": lambda cell, trace, arguments: {
        "state": (trace.h[:, -2], trace.c[:, -2]) if trace.h.shape[1] > 1 else trace.state,
    },
    "trace's i and f under each other's name": lambda cell, trace, arguments: {"i": trace.f, "f": trace.i},
    "trace's g before the tanh": lambda cell, trace, arguments: {"g": np.arctanh(0.999 * trace.g)},
    "trace's c one step early": lambda cell, trace, arguments: {"c": np.roll(trace.c, 1, axis=1)},
}  # fmt: skip
for name, change in AFTER.items():
    wrong(name, run=after_run(change))


def remembers(self, x, initial_state=None, mask=None, go_backwards=None):
    """Goes on from where its last run ended, as a stateful layer does."""
    start = getattr(self, "last", None) if initial_state is None else initial_state
    trace = LSTMCell.run(self, x, start, mask, go_backwards)
    self.last = trace.state
    return trace


def writes_into_x(self, x, initial_state=None, mask=None, go_backwards=None):
    trace = LSTMCell.run(self, x, initial_state, mask, go_backwards)
    if np.asarray(x).flags.writeable and np.asarray(x).dtype.kind == "f":
        np.asarray(x)[...] = 0
    return trace


def writes_into_state(self, x, initial_state=None, mask=None, go_backwards=None):
    trace = LSTMCell.run(self, x, initial_state, mask, go_backwards)
    if initial_state is not None and initial_state[1].flags.writeable:
        initial_state[1][...] = trace.state[1]
    return trace


wrong("the state stays from run to run", run=remembers)
wrong("x is written over", run=writes_into_x)
wrong("the initial state is written over", run=writes_into_state)
wrong(
    "the mean of the batch is taken off the sums",
    _sums=lambda self, x_t, h: [z - z.mean(0) for z in LSTMCell._sums(self, x_t, h)],
)
wrong(
    "outputs alone: the mask is left out",
    __call__=lambda self, x, initial_state=None, mask=None, go_backwards=None: (
        LSTMCell.run(self, x, initial_state, None, go_backwards).h
    ),
)
wrong(
    "outputs alone: the belt in their place",
    __call__=lambda self, *args, **options: LSTMCell.run(self, *args, **options).c,
)
wrong("`step` starts from zeros", step=lambda self, x_t, state=None: LSTMCell.step(self, x_t))

# --- the way back is wrong -------------------------------------------------------------------------------------------


def back(change_in=None, change_z=None, change_out=None):
    """A `back` changed on the way in, at d_z (its four blocks), or on the way out. d_c is the whole slope of the new
    belt for the two latter."""

    def back(self, at, d_h, d_c):
        if change_in is not None:
            d_h, d_c = change_in(at, d_h, d_c)
        d_z, (d_h_old, d_c_old) = LSTMCell.back(self, at, d_h, d_c)
        a, d_a = curve(self.activation), slope(self.activation)
        d_c = d_c + d_h * at.o * d_a(a(at.c))
        if change_z is not None:
            d_z = joined(*change_z(at, d_h, d_c, *split(d_z)))
            d_h_old = d_z @ self.recurrent_kernel.T
        if change_out is not None:
            d_h_old, d_c_old = change_out(at, d_h_old, d_c_old, d_c)
        return d_z, (d_h_old, d_c_old)

    return back


wrong("back: the belt's slope is not added up", back=back(lambda at, d_h, d_c: (d_h, 0 * d_c)))
wrong("back: the way through h is cut, as in 1997", back=back(change_out=lambda at, d_h, d_c, new: (0 * d_h, d_c)))
wrong("back: the way along the belt is cut", back=back(change_out=lambda at, d_h, d_c, new: (d_h, 0 * d_c)))
wrong("back: along the belt without the forget gate", back=back(change_out=lambda at, d_h, d_c, new: (d_h, new)))
wrong("back: along the belt by the input gate", back=back(change_out=lambda at, d_h, d_c, new: (d_h, new * at.i)))
wrong("back: h and c change places", back=back(change_out=lambda at, d_h, d_c, new: (d_c, d_h)))
wrong(
    "back: no slope for the tanh that reads the belt",
    back=back(lambda at, d_h, d_c: (d_h, d_c + d_h * at.o * np.tanh(at.c) ** 2)),
)
BACK = {
    "no slope for the input gate": lambda at, d_h, d_c, i, f, g, o: (d_c * at.g, f, g, o),
    "no slope for the forget gate": lambda at, d_h, d_c, i, f, g, o: (i, d_c * at.c_prev, g, o),
    "no slope for the candidate": lambda at, d_h, d_c, i, f, g, o: (i, f, d_c * at.i, o),
    "no slope for the output gate": lambda at, d_h, d_c, i, f, g, o: (i, f, g, d_h * np.tanh(at.c)),
    "candidate with a gate's slope": lambda at, d_h, d_c, i, f, g, o: (i, f, d_c * at.i * at.g * (1 - at.g), o),
    "forget gate by the new belt": lambda at, d_h, d_c, i, f, g, o: (i, d_c * at.c * at.f * (1 - at.f), g, o),
    "output gate by the belt without tanh": lambda at, d_h, d_c, i, f, g, o: (
        i, f, g, d_h * at.c * at.o * (1 - at.o),
    ),
    "input gate and candidate change places": lambda at, d_h, d_c, i, f, g, o: (g, f, i, o),
    "input and forget gate change places": lambda at, d_h, d_c, i, f, g, o: (f, i, g, o),
    "no gradient for the forget gate": lambda at, d_h, d_c, i, f, g, o: (i, 0 * f, g, o),
    "the output gate's sign": lambda at, d_h, d_c, i, f, g, o: (i, f, g, -o),
}  # fmt: skip
for name, change in BACK.items():
    wrong(f"back: {name}", back=back(change_z=change))


def tracing(backward=None, base=LSTMTrace, **methods):
    """A trace with another way back."""
    return type("WrongTrace", (base,), methods | ({} if backward is None else {"backward": backward}))


def changed(**changes):
    """A `backward` whose gradients are changed by name: change(trace, value, d_outputs, d_state)."""

    def backward(self, d_outputs=None, d_state=None):
        slopes = LSTMTrace.backward(self, d_outputs, d_state)
        new = {n: change(self, getattr(slopes, n), d_outputs, d_state) for n, change in changes.items()}
        new = {n: value for n, value in new.items() if value is not None}
        weights = slopes.weights | {n: value for n, value in new.items() if n in slopes.weights}
        return replace(slopes, weights=weights, **{n: value for n, value in new.items() if n not in weights})

    return backward


def unmasked_back(self, d_outputs=None, d_state=None):
    return LSTMTrace.backward(replace(self, mask=None), d_outputs, d_state)


def only_counted_outputs(self, d_outputs=None, d_state=None):
    return LSTMTrace.backward(self, None if d_outputs is None else np.where(counts(self), d_outputs, 0), d_state)


def before_from_outputs(self, name):
    """Before the first step that counts the output is zero; taken for the old state, it hides h0."""
    return LSTMTrace.before(replace(self, states=self.states | {"h": self.h}), name)


def before_from_zero(wrong):
    def before(self, name):
        right = LSTMTrace.before(self, name)
        return np.concatenate([0 * right[:, :1], right[:, 1:]], axis=1) if name == wrong else right

    return before


def x_not_turned(self):
    return LSTMTrace._steps(self) | {"x": self.inputs}


TRACES = {
    "a gradient through masked steps": tracing(unmasked_back),
    "the slope of a repeated output is lost": tracing(only_counted_outputs),
    "d_state ignored": tracing(lambda self, d_outputs=None, d_state=None: LSTMTrace.backward(self, d_outputs)),
    "d_outputs ignored": tracing(lambda self, d_outputs=None, d_state=None: LSTMTrace.backward(self, None, d_state)),
    "dc of the last state ignored": tracing(
        lambda self, d_outputs=None, d_state=None: LSTMTrace.backward(
            self, d_outputs, None if d_state is None else (d_state[0], 0 * d_state[1])
        )
    ),
    "d_outputs in time order": tracing(
        lambda self, d_outputs=None, d_state=None: LSTMTrace.backward(
            self, d_outputs[:, ::-1] if self.go_backwards and d_outputs is not None else d_outputs, d_state
        )
    ),
    "the recurrent kernel without h0": tracing(before=before_from_zero("h")),
    "the forget gate without c0": tracing(before=before_from_zero("c")),
    "the old h taken from the outputs": tracing(before=before_from_outputs),
    "the kernel's inputs not turned round": tracing(_steps=x_not_turned),
    "the inputs' gradient not turned back": tracing(
        changed(inputs=lambda trace, value, *_: value[:, ::-1] if trace.go_backwards else value)
    ),
    "weights' gradients a mean over the batch": tracing(
        changed(kernel=lambda trace, value, *_: value / max(1, len(trace.h)))
    ),
    "the bias' gradient a mean over the steps": tracing(
        changed(bias=lambda trace, value, *_: None if value is None else value / max(1, trace.h.shape[1]))
    ),
    "the initial state's gradients change places": tracing(changed(initial_state=lambda trace, value, *_: value[::-1])),
    "the recurrent kernel's gradient transposed": tracing(
        changed(recurrent_kernel=lambda trace, value, *_: joined(*(block.T for block in split(value))))
    ),
    "h at every step without its own output": tracing(
        changed(h=lambda trace, value, d_outputs, d_state: None if d_outputs is None else value - d_outputs)
    ),
    "c at every step one step late": tracing(changed(c=lambda trace, value, *_: np.roll(value, 1, axis=1))),
    "c at every step in time order": tracing(
        changed(c=lambda trace, value, *_: value[:, ::-1] if trace.go_backwards else value)
    ),
    "c at every step zero where the mask is": tracing(changed(c=lambda trace, value, *_: value * counts(trace))),
}
for name, trace in TRACES.items():
    wrong(f"back: {name}", trace=trace)


def gru_back(change):
    """A GRU's `back`: change(at, blocks of d_z, the slope for the old state, d_h) gives both anew."""

    def back(self, at, d_h):
        d_z, (d_old,) = GRUCell.back(self, at, d_h)
        blocks, d_old = change(at, split(d_z, 3), d_old, d_h)
        return joined(*blocks), (d_old,)

    return back


GRU_BACK = {
    "the straight way through z is cut": lambda at, d_z, d_old, d_h: (d_z, d_old - d_h * at.z),
    "the way through the candidate is cut": lambda at, d_z, d_old, d_h: (d_z, d_h * at.z),
    "z's sign": lambda at, d_z, d_old, d_h: ([-d_z[0], d_z[1], d_z[2]], d_old),
    "no gradient for the reset gate": lambda at, d_z, d_old, d_h: ([d_z[0], 0 * d_z[1], d_z[2]], d_old),
    "no slope for the candidate": lambda at, d_z, d_old, d_h: ([d_z[0], d_z[1], d_h * (1 - at.z)], d_old),
}
for name, change in GRU_BACK.items():
    wrong(f"back: {name}", GRUCell, back=gru_back(change))


def without_reset(self, at, d_z):
    """The recurrent kernel's gradient as if the reset gate did not stand between."""
    found = GRUCell.weight_gradients(self, at, d_z)
    plain = SimpleRNNCell.weight_gradients(self, at, d_z)
    return found | {"recurrent_kernel": plain["recurrent_kernel"]}


wrong("back: the recurrent kernel's gradient without the reset gate", GRUCell, weight_gradients=without_reset)
wrong(
    "back: one bias gradient for both rows",
    GRUCell,
    weight_gradients=lambda self, at, d_z: (
        (found := GRUCell.weight_gradients(self, at, d_z))
        | ({"bias": np.stack([found["bias"][0]] * 2)} if "bias" in found else {})
    ),
)
wrong(
    "back: no slope for the tanh",
    SimpleRNNCell,
    back=lambda self, at, d_h: (d_h, (d_h @ self.recurrent_kernel.T,)),
)
wrong(
    "back: through the recurrent kernel the wrong way round",
    SimpleRNNCell,
    back=lambda self, at, d_h: (
        SimpleRNNCell.back(self, at, d_h)[0],
        (SimpleRNNCell.back(self, at, d_h)[0] @ self.recurrent_kernel,),
    ),
)

# --- the same makers, with nothing wrong: these stand -----------------------------------------------------------------

RIGHT = {
    "the weights as they are": ("LSTM", {"__init__": reading(lambda *weights: weights)}),
    "the equations": ("LSTM", {"turn": turning(right)}),
    "the GRU's equations": ("GRU", {"turn": gru_turn(lambda z, r, x, s, U, h, a: mixed(z, a(x + r * s), h))}),
    "the SimpleRNN's equations": ("SimpleRNN", {"turn": rnn_turn(lambda x, s, b, a: a(x + s + b))}),
    "what the loop gets": ("LSTM", {"_ready": readied(lambda x, rows, state, turned, *_: (x, rows, state, turned))}),
    "the trace": ("LSTM", {"run": after_run(lambda cell, trace, arguments: {"h": repeated(trace, trace.h)})}),
    "the way back": (
        "LSTM",
        {"back": back(
            lambda at, d_h, d_c: (d_h, d_c),
            lambda at, d_h, d_c, i, f, g, o: (i, f, g, o),
            lambda at, d_h, d_c, new: (d_h, new * at.f),
        )},
    ),
    "the gradients": ("LSTM", {"trace": tracing(changed(inputs=lambda trace, value, *_: value))}),
    "the GRU's way back": ("GRU", {"back": gru_back(lambda at, d_z, d_old, d_h: (d_z, d_old))}),
}  # fmt: skip
RIGHT = {name: replace(KINDS[kind], cell=type("Right", (KINDS[kind].cell,), m)) for name, (kind, m) in RIGHT.items()}
RIGHT |= {f"{name}, a subclass": replace(kind, cell=type("Right", (kind.cell,), {})) for name, kind in KINDS.items()}
