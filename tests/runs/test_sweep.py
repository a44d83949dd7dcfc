"""Runs in other processes and on a cluster: the same records, nothing lost, nothing twice, and bad days."""

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import active_children

import pytest

from lstm_edu.common import files
from lstm_edu.runs import data, executors, stores, sweep
from lstm_edu.runs.experiments import of_task
from lstm_edu.runs.one_run import TRAINERS

DISTRIBUTED = pytest.importorskip("distributed")
TINY = [
    of_task(name, "marked_parcel", units=3, lags=[1, 3], batches=40, block=20, batch_size=8, tested=[2], **own)
    for name, own in (("tiny_lstm", {}), ("tiny_gru", {"cell": "gru"}))
]
RUNS = [(recipe, seed) for recipe in TINY for seed in (1, 2)]


def quiet(line):
    pass


def measured(store):
    """What a run came to, without how long it took."""
    return {run.stem: (run.history, run.results, run.settings, run.versions, run.command) for run in store.runs()}


@contextmanager
def cluster(workers):
    """A Dask scheduler and workers, each a process of its own as on other machines: (address, the workers' pids)."""
    with DISTRIBUTED.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None, processes=True, silence_logs=50
    ) as running:
        yield running.scheduler_address, [worker.pid for worker in running.workers.values()]


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """All runs, one after the other in this process."""
    store = stores.Lines(tmp_path_factory.mktemp("alone") / "tiny.jsonl")
    sweep.run(RUNS, store, report=quiet)
    return store


def test_a_record_is_the_same_with_and_without_other_processes(alone, tmp_path):
    store = stores.Lines(tmp_path / "tiny.jsonl")
    with executors.executor(workers=2) as pool:
        sweep.run(RUNS, store, tmp_path / "weights", pool, report=quiet)
    assert measured(store) == measured(alone)
    assert len(list((tmp_path / "weights").iterdir())) == len(RUNS)


def test_on_a_cluster_a_lost_worker_loses_nothing(alone, tmp_path):
    """One of two workers is killed when the first run has ended; a second call has nothing to do."""
    store, said = stores.Lines(tmp_path / "tiny.jsonl"), []
    with cluster(2) as (address, pids):

        def kill(line):
            said.append(line)
            if line.startswith("1 of"):
                os.kill(pids[0], signal.SIGKILL)

        for report in (kill, said.append):
            with executors.executor(scheduler=address) as workers:
                sweep.run(RUNS, store, tmp_path / "weights", workers, report=report)
    assert measured(store) == measured(alone)
    assert said[0] == "0 of 4 runs are recorded, 4 to go" and said[-1] == "4 of 4 runs are recorded, 0 to go"
    assert len(said) == 6  # one line for each run


def test_a_task_that_is_asked_again_is_not_trained_again(alone):
    finished = sweep.task(*RUNS[0], store=alone, path=None, command="")
    assert finished.record == alone.get(TINY[0].name, 1) and finished.arrays is None


def test_a_scheduler_that_is_lost_ends_in_a_sentence(tmp_path):
    store = stores.Lines(tmp_path / "tiny.jsonl")
    with cluster(1) as (address, _), executors.executor(scheduler=address) as workers:

        class Lost:
            def submit(self, *_):
                future = workers.submit(time.sleep, 60)
                future.cancel()
                return future

        with pytest.raises(ConnectionError, match="a worker ended before its run did: what has ended is written down"):
            sweep.run(RUNS, store, executor=Lost(), report=quiet)


def failing(recipe, seed, data, report):
    raise FloatingPointError(f"seed {seed} diverged")


def test_a_run_that_fails_does_not_stop_the_others(tmp_path, monkeypatch):
    monkeypatch.setitem(TRAINERS, "failing", failing)
    bad, store = replace(TINY[0], name="bad", trainer="failing"), stores.Lines(tmp_path / "tiny.jsonl")
    with pytest.raises(ValueError, match=r"1 of 3 runs failed, the others are recorded\. bad, seed 4: seed 4 diverged"):
        sweep.run([RUNS[0], (bad, 4), RUNS[1]], store, report=quiet)
    assert [run.stem for run in store.runs()] == ["tiny_lstm-seed1", "tiny_lstm-seed2"]


def test_losses_that_are_not_finite_are_no_record(monkeypatch):
    trained = TRAINERS["numpy_tasks"](TINY[0], 1, data.load(TINY[0]), quiet)
    monkeypatch.setitem(trained.history, "loss", [0.5, float("nan")])
    monkeypatch.setitem(TRAINERS, "numpy_tasks", lambda *_: trained)
    with pytest.raises(ValueError, match=r"tiny_lstm, seed 1: expected finite numbers, got loss \[0.5, nan\]"):
        sweep.task(*RUNS[0], store=stores.Folder("no/such"), path=None, command="")


def test_a_full_disk_keeps_what_was_written(tmp_path, monkeypatch):
    store, write = stores.Lines(tmp_path / "tiny.jsonl"), files.write

    def full(path, fill):
        if store.runs():
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write(path, fill)

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(OSError, match="No space left"):
        sweep.run(RUNS, store, report=quiet)
    assert [run.stem for run in store.runs()] == ["tiny_lstm-seed1"] and len(list(tmp_path.iterdir())) == 1


def test_a_record_that_is_cut_off_is_named(alone, tmp_path):
    path = tmp_path / "tiny.jsonl"
    path.write_text(alone.path.read_text()[:-40])
    with pytest.raises(ValueError, match=r"tiny\.jsonl, line 4: expected the record of a run, got "):
        sweep.run(RUNS, stores.Lines(path), report=quiet)


def test_a_process_that_is_lost_ends_in_a_sentence(tmp_path):
    store, long = stores.Lines(tmp_path / "tiny.jsonl"), TINY[0].but("long", "", batches=10**6)
    before = set(active_children())  # of other tests

    def kill(line):
        if line.startswith("1 of"):
            (worker,) = set(active_children()) - before
            worker.kill()

    with pytest.raises(ConnectionError, match="a worker ended before"), executors.processes(1) as pool:
        sweep.run([RUNS[0], (long, 1)], store, executor=pool, report=kill)
    assert [run.stem for run in store.runs()] == ["tiny_lstm-seed1"] and before >= set(active_children())


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_all_processes_in_one_line(tmp_path, workers):
    given = ["experiment", "letter", "--seeds", "9", "--workers"] + [str(workers), "--into", str(tmp_path)]
    running = subprocess.Popen(
        [sys.executable, "-m", "lstm_edu.runs", *given, "--weights", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # deaf to it, if these tests are
    )
    while not running.stdout.readline().startswith("1 of"):
        pass
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, error = running.communicate(timeout=120)
    assert running.returncode == 130 and error.count("\n") == 1 and "the same command goes on from here" in error
    assert stores.Lines(tmp_path / "letter.jsonl").runs()
    with pytest.raises(ProcessLookupError):  # a moment later none of them is left
        for _ in range(300):
            os.killpg(running.pid, 0)
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--workers", "0"], "workers: expected at least 1, got 0"),
        (["--scheduler", "nowhere"], "scheduler: expected a Dask scheduler at nowhere"),
        (["--scheduler", "tcp://127.0.0.1:1"], "scheduler: expected a Dask scheduler at tcp://127.0.0.1:1"),
    ],
)
def test_a_worker_that_is_not_there_is_said_before_training(given, words, tmp_path, one_line, monkeypatch):
    monkeypatch.setattr(executors, "TIMEOUT", 1)
    one_line(["experiment", "letter", "--into", str(tmp_path / "new"), *given], words)
    assert not (tmp_path / "new").exists()


def test_without_dask_the_way_to_it_is_said(one_line, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    one_line(["experiment", "letter", "--scheduler", "tcp://host:8786"], "pip install 'lstm_edu[cluster]'")
