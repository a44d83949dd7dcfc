"""How long an epoch of IMDB takes in NumPy, beside PyTorch on the same batches and Keras' `fit` as the tutorials write
it: `make bench` prints the table. 10,000 words, the last 500 of a review, 32 units, batches of 128, RMSprop, float32,
two cores each; 20,000 reviews to learn from.

NumPy shares each batch out among two processes of one thread each; PyTorch and Keras have two threads. NumPy and
PyTorch have batches of like length; Keras has every review padded to 500 steps. PyTorch is not one of this
project's packages: without it its row is left out (`pip install torch` brings it). All of it in one run of one process,
turn by turn: what counts are the ratios. A column is the median of the rounds (--rounds, 3 if nothing is said).
"""

import argparse
import os
import resource
import statistics
import time

THREADS = 2
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, str(THREADS))  # read when NumPy is imported; a process of the team has its own
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np  # noqa: E402

from lstm_edu import LSTMCell, imdb, learn  # noqa: E402

UNITS, WORDS, LENGTH, BATCH, LEARNT_FROM = 32, 10_000, 500, 128, 20_000
AIMS = {"PyTorch, the same batches": 0.6, "Keras fit, 500 steps each": 0.3}


def in_numpy(train, team):
    draw, memory = learn.of_reviews(train, BATCH, LENGTH), {}

    def epoch(rng):
        learn.one_pass(team, draw(rng), learn.binary_cross_entropy, learn.rmsprop, memory)

    return epoch


def fresh():
    return learn.network(LSTMCell, UNITS, np.random.default_rng(0), words=WORDS)


def megabytes(train):
    """The most memory that an epoch needs, in this process and those of its team: asked before others bring theirs."""
    with learn.Team(fresh(), THREADS) as team:
        in_numpy(train, team)(np.random.default_rng(0))
    own, of_one = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + THREADS * of_one) / 1024


def in_pytorch(train):
    import torch

    torch.set_num_threads(THREADS)
    torch.set_flush_denormal(True)
    embedding = torch.nn.Embedding(WORDS, UNITS, padding_idx=0)
    lstm, head = torch.nn.LSTM(UNITS, UNITS), torch.nn.Linear(UNITS, 1)
    weights = [*embedding.parameters(), *lstm.parameters(), *head.parameters()]
    rule, loss = torch.optim.RMSprop(weights, lr=1e-3, alpha=0.9), torch.nn.BCEWithLogitsLoss()
    draw = learn.of_reviews(train, BATCH, LENGTH)

    def epoch(rng):
        for ids, y, _ in draw(rng):
            rule.zero_grad()
            h, _ = lstm(embedding(torch.from_numpy(np.ascontiguousarray(ids.T)).long()))  # (T, B, H)
            loss(head(h[-1])[:, 0], torch.from_numpy(y).float()).backward()
            rule.step()

    return epoch


def in_keras(train):
    import keras

    layers = keras.layers
    model = keras.Sequential(
        [layers.Embedding(WORDS, UNITS), layers.LSTM(UNITS), layers.Dense(1, activation="sigmoid")]
    )
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    x = imdb.pad(train, LENGTH)
    model.fit(x[:BATCH], train.labels[:BATCH], batch_size=BATCH, verbose=0)  # what compiling takes is not counted

    return lambda rng: model.fit(x, train.labels, batch_size=BATCH, verbose=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    train = imdb.load(num_words=WORDS)[0][:LEARNT_FROM]
    memory = megabytes(train)
    team = learn.Team(fresh(), THREADS)
    programs = {"NumPy": in_numpy(train, team)}
    for name, made in zip(AIMS, (in_pytorch, in_keras), strict=True):
        try:
            programs[name] = made(train)
        except ImportError as missing:
            print(f"{name}: left out, {missing}")
    seconds = {name: [] for name in programs}
    for k in range(rounds):
        for name, epoch in programs.items():
            start = time.perf_counter()
            epoch(np.random.default_rng(k))
            seconds[name].append(time.perf_counter() - start)
            print(f"round {k + 1}, {name}: {seconds[name][-1]:.1f} s", flush=True)
    team.close()
    own = statistics.median(seconds["NumPy"])
    print(f"\nNumPy: {own:.1f} s an epoch; after one, the most memory held was {memory:.0f} MB")
    for name, aim in AIMS.items():
        if name in seconds:
            other = statistics.median(seconds[name])
            print(f"{name:28s}{other:6.1f} s    NumPy takes {own / other:.2f} of it; aimed at {aim}")


if __name__ == "__main__":
    main()
