"""One batch, several processes: each runs its part of the sequences there and back, and the slopes are added up.

A cell's loop is a chain of short steps, which one core takes one after the other. A second core is of use only to other
sequences. Threads of one Python would wait for each other between two steps; processes do not.
"""

import multiprocessing
import operator
import os
import signal
from contextlib import contextmanager
from functools import reduce

import numpy as np

from ..common import checks
from .checkpoints import put

# Read when NumPy is imported: a process of the team has one core.
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")} | {"VECLIB_MAXIMUM_THREADS": "1"}


class Team:
    """In `one_pass`, a network's place: `Team(network, processes)` has its `weights`, its `forward` and its `logits`.

    Answers and slopes are those of the network but for rounding: their sums are made in another order. The processes
    are started once and handed the weights anew for each batch; what else of the network changes they do not see.
    `close`, or `with`, ends them. As with all of Python's `multiprocessing`, a script says `if __name__ == "__main__":`
    before it makes one; a notebook need not. Raises RuntimeError where a process has ended or the team is closed, else
    what the network raises; where that names a place in the batch, it is the place in one process' part.
    """

    def __init__(self, network, processes):
        self.network, self.last = network, None
        self.pipes, self.processes = [], []
        processes = checks.whole(processes, "processes", 1, 64)
        spawn = multiprocessing.get_context("spawn")
        shared = spawn.RawArray("b", sum(weight.nbytes for weight in network.weights.values()))
        self.weights_there = viewed(shared, network.weights)
        with environment(ONE_THREAD):
            for _ in range(processes):
                here, there = spawn.Pipe()
                process = spawn.Process(target=work, args=(there, shared), daemon=True)
                process.start()
                there.close()
                self.pipes.append(here)
                self.processes.append(process)
        # Not among the arguments of `work`: `start` would wait for ever for a process that ends while it reads them.
        self.ask([("network", network)] * processes)

    @property
    def weights(self):
        return self.network.weights

    def forward(self, inputs, asked=None):
        """As `Network.forward`; the way back is open until the next one."""
        self.last = SharedForward(self, self.told("forward", inputs, asked))
        return self.last

    def logits(self, inputs, asked=None):
        """As `Network.logits`."""
        return np.concatenate(self.told("logits", inputs, asked))

    def told(self, what, inputs, asked):
        """The answers of all parts, a list of (N, K) each, from as many processes as there are sequences for."""
        inputs = np.asarray(inputs)
        if inputs.ndim < 2:
            self.network.entered(inputs)  # which says what is wrong with them
        asked = checks.mask(asked, *inputs.shape[:2], "asked")
        put(self.weights_there, self.weights)
        everyone = np.arange(len(inputs))
        rows = everyone if asked is None else everyone[asked.any(axis=1)]
        parts = [part for part in np.array_split(rows, len(self.processes)) if len(part)] or [everyone]
        return self.ask([(what, inputs[part], None if asked is None else asked[part]) for part in parts])

    def ask(self, messages):
        """One message to each process, and what they answer. All are heard before an error is raised."""
        if not self.pipes:
            raise RuntimeError("team: expected one that is open, got one that was closed")
        try:
            for pipe, message in zip(self.pipes, messages, strict=False):
                pipe.send(message)
            answers = [pipe.recv() for pipe, _ in zip(self.pipes, messages, strict=False)]
        except BaseException as error:
            self.close()  # an answer that nobody has heard would be taken for the next one
            if not isinstance(error, EOFError | OSError):
                raise
            raise RuntimeError(
                "processes: one of them has ended by itself; a cell that a notebook defines is not known to another one"
            ) from None
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        return answers

    def close(self):
        for pipe in self.pipes:
            pipe.close()
        for process in self.processes:
            process.terminate()  # it holds nothing that must be written down
            process.join()
        self.pipes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class SharedForward:
    """As `Forward`: `logits` (N, K), in the order of the sequences, and the way back."""

    def __init__(self, team, logits):
        self.team, self.sizes, self.logits = team, [len(part) for part in logits], np.concatenate(logits)

    def backward(self, d_logits):
        """{name: slopes}, the sum of what each process found for its part."""
        if self.team.last is not self:
            raise ValueError("backward: expected that of the team's last forward, got that of an earlier one")
        d_logits = checks.shaped(d_logits, "d_logits", self.logits.shape, "(N, K)", self.logits.dtype)
        parts = np.split(d_logits, np.cumsum(self.sizes)[:-1])
        found = self.team.ask([("backward", part) for part in parts])
        return {name: reduce(operator.add, (slopes[name] for slopes in found)) for name in found[0]}


def work(pipe, shared):
    """What a process does until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    network = weights = forward = None
    while True:
        try:
            what, *given = pipe.recv()
        except (EOFError, OSError):
            return
        answer = None
        try:
            if what == "network":
                [network] = given
                weights = viewed(shared, network.weights)
            elif what == "backward":
                answer = forward.backward(*given)
            else:
                put(network.weights, weights)
                answer = getattr(network, what)(*given)
                if what == "forward":
                    forward, answer = answer, answer.logits
        except (TypeError, ValueError) as error:
            answer = error
        except Exception as error:
            answer = RuntimeError(f"{type(error).__name__}: {error}")  # not every error finds its way through a pipe
        try:
            pipe.send(answer)
        except OSError:
            return


def viewed(shared, weights):
    """{name: array} in the shared memory, of the weights' shapes and dtypes, one after the other."""
    found, start = {}, 0
    for name, weight in weights.items():
        found[name] = np.frombuffer(shared, weight.dtype, weight.size, start).reshape(weight.shape)
        start += weight.nbytes
    return found


@contextmanager
def environment(values):
    """Some variables of the environment, for as long as it lasts: a process that starts inherits them."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            os.environ.pop(name)
        os.environ.update({name: before[name] for name in values.keys() & before.keys()})
