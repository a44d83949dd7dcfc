"""How long `watch` takes, and how much memory, beside `model.predict`: `make bench` prints the table.

1,000 sequences of 500 steps, 32 inputs, one LSTM of 32 units, float32, one thread each. The times are seconds of the
processor, in one process; what counts is the ratio of the fastest rounds, the first `predict`, which compiles, left
out. The memory is the peak of a process of its own for each program, less what a process has that has built the model
and called it on one sequence. `predict` keeps the answers, `watch` the traces: its memory stands beside theirs.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

THREADS = 1
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(THREADS)  # read when NumPy is imported
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np  # noqa: E402

B, T, D, H = 1000, 500, 32, 32
ROUNDS = 3
TRACES = 4 * B * T * (D + 6 * H) / 1e9  # GB: the inputs, i, f, g, o, c and h, four bytes for each number
AIMS = {"watch : predict, seconds": 8.0, "watch : its traces, GB": 1.5}  # the largest ratios that were aimed at


def programs():
    """({name: a function without arguments}, what both have to have before)."""
    import keras
    import tensorflow as tf

    from lstm_edu import watch

    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((T, D)), keras.layers.LSTM(H, name="lstm")])
    x = np.random.default_rng(0).normal(size=(B, T, D)).astype(np.float32)
    model(x[:1])
    return {"predict": lambda: model.predict(x, verbose=0), "watch": lambda: watch(model, x, quiet=True)}


def peak():
    """The largest memory of this process so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1024 if sys.platform == "linux" else 1) / 1e9


def memory_of(name):
    """The peak of a process of its own, in GB, above that of one that only stands ready."""
    told = subprocess.run([sys.executable, __file__, "--only", name], capture_output=True, text=True, check=True).stdout
    return float(told)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", help="one program, once: prints its memory")
    given = parser.parse_args()
    if given.only:
        program, before = programs()[given.only], peak()
        program()
        print(peak() - before)
        return
    memory = {name: memory_of(name) for name in ("predict", "watch")}
    found, seconds = programs(), {"predict": [], "watch": []}
    for name, program in found.items():
        for _ in range(given.rounds + (name == "predict")):  # the first predict compiles
            started = time.process_time()
            program()
            seconds[name].append(time.process_time() - started)
    print(f"{'':10} {'seconds':>8} {'GB':>6}")
    fastest = {name: min(values) for name, values in seconds.items()}
    for name in found:
        print(f"{name:10} {fastest[name]:8.2f} {memory[name]:6.2f}")
    seen = fastest["watch"] / fastest["predict"], memory["watch"] / TRACES
    print(f"\n{'ratio':26} {'seen':>5} {'aim':>5}")
    for (name, aim), ratio in zip(AIMS.items(), seen, strict=True):
        print(f"{name:26} {ratio:5.2f} {aim:5.1f}")


if __name__ == "__main__":
    main()
