"""A trainer: the small made tasks in this book's own cells. Every batch is new."""

import platform
import time

import numpy as np

from .. import learn
from ..cells import KINDS, SimpleRNNCell, sigmoid
from ..common import checks
from ..network import held
from ..tasks import LETTERS
from .trained import Trained

RULES = {"adam": learn.adam, "sgd": learn.sgd}
# data -> loss, numbers a step, answers
TASKS = {
    "marked_parcel": (learn.squared_error, 3, 1),
    "letter_box": (learn.softmax_cross_entropy, LETTERS + 2, LETTERS),
    "last_parcel": (learn.squared_error, 3, 1),
}


def train(recipe, seed, data, report):
    """One run of a recipe: `Trained`. data: `data.train` makes batches, `data.test` has examples by name; report(line)
    is called when it ends.

    The history has a row for each `block` batches: the mean loss, for letters the share of right answers, and `slope`,
    the longest that all slopes together were before they were clipped. A run ends where the loss is no number any more
    (its results say after how many batches it was `lost`), and where a block's share of right answers comes to `until`.
    Results: `began`, after how many batches half of a block's answers were right; `error`, root of the mean square, or
    `accuracy`, on each of the test's parts.
    """
    settings, start = recipe.settings, time.perf_counter()
    loss, D, K = TASKS[recipe.data]
    network = build(settings, D, K, np.random.default_rng([seed, 0]))
    shared = learn.Pieces(network, settings["pieces"]) if settings["pieces"] else network
    rule = RULES[checks.one_of(settings["optimizer"], tuple(RULES), "optimizer")]
    rng, memory, watch, results = np.random.default_rng([seed, 1]), {}, Watch(judged=K > 1), {}
    for step in range(settings["block"], settings["batches"] + 1, settings["block"]):
        batches = (
            learn.Batch(*data.train(settings["batch_size"], settings["lags"], rng)) for _ in range(settings["block"])
        )
        rates = {"learning_rate": settings["learning_rate"]}
        try:
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # `watch` sees what comes of it
                learn.one_pass(shared, batches, loss, watch.over(rule, settings["clip"]), memory, seen=watch, **rates)
        except learn.TrainingError:
            results = {"lost": watch.batches}
            break
        if watch.ends(step, settings["until"]):
            break
    if not results:
        for name, examples in data.test.items():
            results |= {f"{key}{name}": value for key, value in scored(network, loss, examples).items()}
    if (began := watch.began()) is not None:
        results["began"] = began
    seconds = time.perf_counter() - start
    report(f"{recipe.name}, seed {seed}: {step} batches in {seconds:.0f} s, {results}")
    return Trained(
        arrays=network.weights,
        history=watch.history,
        results=results,
        tested=sum(len(examples.y) for examples in data.test.values()),
        seconds=[seconds],
        versions={"python": platform.python_version(), "numpy": np.__version__},
    )


def build(settings, D, K, rng):
    """The recipe's network with fresh weights. start: "keras", or how U begins: "identity", or "small", with a spectral
    radius of some 0.4; gain: what U is multiplied by. forget_bias: a number, or "chrono" for lags up to the longest.
    Where a recipe has them: `reset_after`, the form of a GRU; `held`, the gates that stay where their bias starts them,
    whatever comes in.
    """
    kind, H = KINDS[checks.one_of(settings["cell"], tuple(KINDS), "cell")], settings["units"]
    chrono = settings["forget_bias"] == "chrono"
    own = {"longest": np.max(settings["lags"]) + 1} if chrono else {"forget_bias": settings["forget_bias"]}
    own |= {"reset_after": settings["reset_after"]} if "reset_after" in settings else {}
    network = learn.network(kind, H, rng, input_size=D, outputs=K, **own)
    U, start = network.cell.recurrent_kernel, checks.one_of(settings["start"], ("keras", "identity", "small"), "start")
    if start != "keras":
        U[...] = np.eye(H) if start == "identity" else rng.normal(0, 0.4 / np.sqrt(H), (H, H))
    U *= U.dtype.type(settings["gain"])
    if kind is SimpleRNNCell:
        network.cell.activation = settings["activation"]
    for gate in settings.get("held", ()):
        network.cell = held(network.cell, gate, sigmoid(network.cell.bias[network.cell.columns(gate)]))
    return network


def scored(network, loss, examples):
    """{"accuracy": share of right answers} of letters, {"error": root of the mean square} of numbers."""
    logits = network.logits(examples.inputs, examples.asked)
    if logits.shape[1] > 1:
        return {"accuracy": float(learn.right(logits, examples.y).mean())}
    return {"error": float(np.sqrt(loss(logits, examples.y)[0]))}


class Watch:
    """What is seen of the batches of a block, and of all blocks so far."""

    def __init__(self, judged):
        self.history = {name: [] for name in ("step", "loss", "slope", *(("accuracy",) if judged else ()))}
        self.batches = 0
        self.block = {name: [] for name in self.history if name != "step"}

    def __call__(self, batch, logits, value):
        self.number("loss", value)
        self.batches += 1
        if "accuracy" in self.block:
            self.block["accuracy"].append(float(learn.right(logits, batch.y).mean()))

    def over(self, rule, clip):
        """The rule behind the clip, and how long the slopes were before it."""

        def step(weights, slopes, memory, **rates):
            self.number("slope", learn.norm(slopes))
            rule(weights, slopes if clip is None else learn.clipped(slopes, clip), memory, **rates)

        return step

    def number(self, name, value):
        """Keeps it, if it is one."""
        if not np.isfinite(value):
            raise learn.TrainingError(f"{name} is no number at batch {self.batches + 1}")
        self.block[name].append(value)

    def ends(self, step, until):
        """Closes a block, the batches up to `step`: whether the run ends with it."""
        means = {name: (max if name == "slope" else np.mean)(values) for name, values in self.block.items()}
        self.block = {name: [] for name in self.block}
        for name, value in {"step": step, **means}.items():
            self.history[name].append(value)
        return until is not None and means.get("accuracy", 0) >= until

    def began(self):
        """After how many batches half of a block's answers were right; None where they never were."""
        found = np.flatnonzero(np.array(self.history.get("accuracy", ())) >= 0.5)
        return self.history["step"][found[0]] if len(found) else None
