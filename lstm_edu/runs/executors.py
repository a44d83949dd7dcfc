"""Who trains: processes of this machine, or a Dask cluster of this and other machines."""

import logging
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from multiprocessing import active_children, get_context

TIMEOUT = 30  # seconds that a scheduler has to answer


def executor(workers=1, scheduler=None):
    """A context that gives a `concurrent.futures` executor; None, where one process, this one, does all.

    workers: processes on this machine. scheduler: the address of a Dask scheduler, as tcp://10.0.0.1:8786; its workers
    train then. ValueError for less than one worker; ImportError without Dask; ConnectionError where nothing answers.
    """
    if workers < 1:
        raise ValueError(f"workers: expected at least 1, got {workers}")
    if scheduler:
        return dask(scheduler)
    return nullcontext() if workers == 1 else processes(workers)


@contextmanager
def processes(workers):
    """So many processes, each with a core for its sums; none outlives an interrupt or an error."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by the processes that begin below
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_deaf) as pool:
        others = active_children()
        try:
            yield pool
        except BaseException:
            for child in active_children():
                if child not in others:
                    child.terminate()  # what still waits for a worker is given up then, too
            raise


def _deaf():
    """A worker leaves Ctrl-C to its parent, which ends it without a trace on the screen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def dask(address):
    """The workers of that scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise ImportError("scheduler: expected Dask beside this package: pip install 'lstm_edu[cluster]'") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a lost machine is a sentence here, not a trace
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConnectionError(f"scheduler: expected a Dask scheduler at {address}, got {error}") from None
    with client:
        yield client.get_executor(pure=False, retries=2)  # pure: equal arguments would share one result
