"""A training that is filmed: every few batches, what a plain loop and an LSTM answer, hold open, and learn from.

Both see the same batches of the same task, whose lag is fixed, and are looked at by the same examples. The film is kept
in `data/films`, in the form that `lstm_edu.films` reads.
"""

import platform

import numpy as np

from .. import films, learn, tasks
from ..cells import KINDS
from ..common import cards, checks
from .in_numpy_tasks import RULES, TASKS

# Plain values, from which the same film is made again. Seed 1 was named before any trial. At a lag of 20 its plain loop
# learns as well, so a rule chose the rest: the shortest lag of the experiment "letter" at which the plain loop of this
# seed did not begin to learn, and the smallest forget bias, in steps of a half from 1 on, from which its LSTM did.
FILMS = {
    "letter_30": {
        "task": "letter_box",
        "lag": 30,
        "units": 16,
        "forget_bias": 1.5,
        "optimizer": "adam",
        "learning_rate": 0.003,
        "clip": 1.0,
        "batch_size": 64,
        "batches": 800,
        "every": 25,  # batches between two frames
        "tested": 2000,  # examples that are never learnt from
    }
}
SEED = 1


def film(name, into=films.FOLDER, report=print):
    """Trains both cells of a film and writes NAME.npz and its card NAME.json into the folder `into`; returns the card.

    report(line) is called after each cell. Raises ValueError where the name is none of `FILMS`.
    """
    settings = FILMS[checks.one_of(name, tuple(FILMS), "film")]
    looked_at, shown = examples(settings)
    arrays = {"batch": np.arange(0, settings["batches"] + 1, settings["every"]), "inputs": shown.inputs[0]}
    for kind in films.PARTS:
        taken = list(frames(kind, settings, looked_at, shown))
        arrays |= {f"{kind}.{part}": np.stack([frame[part] for frame in taken]) for part in taken[0]}
        report(f"{name}, {kind}: {taken[-1]['right']:.1%} right after {settings['batches']} batches")
    said = {
        "film": name,
        "settings": settings,
        "seed": SEED,
        "command": f"python -m lstm_edu.runs film {name}",
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "slopes_over": len(shown.y),  # examples
    }
    return cards.write(into, name, films.packed(arrays), said)


def frames(kind, settings, looked_at, shown):
    """The frames of one cell, one after the other, while it is trained: each {part: array}, as `frame` makes them.

    kind: a name in `films.PARTS`; looked_at, shown: as `examples` gives them.
    """
    network, (loss, *_) = fresh(kind, settings), TASKS[settings["task"]]
    rule, rate = RULES[settings["optimizer"]], settings["learning_rate"]
    rng, memory = np.random.default_rng([SEED, 1]), {}  # both cells see the same batches
    for batch in range(0, settings["batches"] + 1, settings["every"]):
        if batch:
            batches = (drawn(settings, settings["batch_size"], rng) for _ in range(settings["every"]))
            learn.one_pass(network, batches, loss, rule, memory, settings["clip"], learning_rate=rate)
        yield frame(network, looked_at, shown, films.PARTS[kind])


def fresh(kind, settings):
    """The network that a training starts from."""
    _, D, K = TASKS[settings["task"]]
    of_the_cell = {"forget_bias": settings["forget_bias"], "dtype": np.float64}
    rng = np.random.default_rng(SEED)
    return learn.network(KINDS[kind], settings["units"], rng, input_size=D, outputs=K, **of_the_cell)


def frame(network, looked_at, shown, parts):
    """What a network is at one moment of its training: {part: array}.

    right: the share of `looked_at` that it answers right; loss: its mean loss over them. `parts` of its trace (T, H),
    for the first of `shown`. slope_h (T,), and slope_c: how long the slope of an example's own loss is for the state at
    each step, the root of the mean square over all of `shown`. The slope for the belt counts both ways in which it is
    used: it is read at that step, and it goes on to the next.
    """
    logits = network.logits(looked_at.inputs, looked_at.asked)
    loss, _ = learn.softmax_cross_entropy(logits, looked_at.y)
    trace = network.cell.run(shown.inputs)
    _, d_logits = learn.softmax_cross_entropy(network.dense(trace.h[shown.asked]), shown.y)
    d_outputs = np.zeros_like(trace.h)
    d_outputs[shown.asked] = len(shown.y) * d_logits @ network.dense.kernel.T  # each example's own loss, not the mean
    slopes = trace.backward(d_outputs)
    found = {"right": learn.right(logits, looked_at.y).mean(), "loss": loss, "slope_h": length(slopes.h)}
    found |= {part: getattr(trace, part)[0] for part in network.cell.parts if part in parts}
    if "c" in trace.states:
        found["slope_c"] = length(slopes.c + slopes.h * trace.o * (1 - np.tanh(trace.c) ** 2))
    return found


def length(slopes):
    """(T,): of slopes (B, T, H), the root of the mean square length."""
    return np.sqrt((slopes**2).sum(axis=2).mean(axis=0))


def examples(settings):
    """Two lots of examples that are never learnt from: those that are asked, and those among them whose bell rings at
    the last step, so that flag and bell stand at the same steps in all of them.
    """
    looked_at = drawn(settings, settings["tested"], np.random.default_rng([SEED, 2]))
    late = looked_at.asked[:, -1]
    return looked_at, tasks.Examples(*(array[late] for array in looked_at))


def drawn(settings, n, rng):
    """n examples of the film's task, in float64: then another machine's order of sums does not show in the film."""
    made = getattr(tasks, settings["task"])(n, settings["lag"], rng)
    return made._replace(inputs=made.inputs.astype(np.float64))
