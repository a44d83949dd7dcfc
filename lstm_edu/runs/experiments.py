"""Experiments, each a list of recipes that differ in what it asks about: on small made tasks, and one on reviews."""

from dataclasses import replace
from itertools import product
from pathlib import Path

from ..common import checks
from .recipes import LSTM_32, Recipe
from .stores import Lines

FOLDER = Path(__file__).resolve().parents[1] / "data" / "experiments"

SETTINGS = {
    "cell": "lstm",  # or another of `cells.KINDS`
    "units": 16,
    "activation": "tanh",  # of the plain cell
    "start": "keras",  # the recurrent kernel: orthogonal; or "identity", "small"
    "gain": 1.0,  # what it is multiplied by
    "forget_bias": 1.0,  # or "chrono"
    "lags": [1, 30],  # steps from flag to bell: from, to; or one number, always the same
    "pieces": None,  # after how many steps the way back is cut; None: never
    "optimizer": "adam",
    "learning_rate": 0.003,
    "clip": 1.0,  # the longest that all slopes together may be; None: as long as they are
    "batch_size": 64,
    "batches": 4_000,
    "block": 100,  # batches to a row of the history
    "until": None,  # a share of right answers in one block, after which the run ends
    "tested": [1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100],  # lags that are tested one by one
}
PLAIN, IDENTITY = {"cell": "simple_rnn"}, {"cell": "simple_rnn", "start": "identity"}
RELU = IDENTITY | {"activation": "relu"}  # Le, Jaitly, Hinton 2015
LSTMS = {f"lstm_b{bias}": {"forget_bias": float(bias)} for bias in (0, 1, 3, 5)}


def of_task(name, data, **settings):
    return Recipe(
        name=name,
        data=data,
        model="cell_and_dense",
        trainer="numpy_tasks",
        settings=SETTINGS | settings,
        source="this book",
    )


def rated(name, data, rates, **settings):
    """One recipe for each rate, given in thousandths: NAME_r3 learns at 0.003."""
    return [of_task(f"{name}_r{rate}", data, learning_rate=rate / 1000, **settings) for rate in rates]


# The parcel, lags from 1 to 30: how far off is the answer, lag by lag?
CELLS = {
    "simple_rnn": PLAIN,
    "simple_rnn_identity": IDENTITY,
    "simple_rnn_relu": RELU,
    "simple_rnn_small": PLAIN | {"start": "small"},
    "gru": {"cell": "gru"},
    "lstm": {},
    "lstm_b5": LSTMS["lstm_b5"],
}
PARCEL = [one for kind, own in CELLS.items() for one in rated(f"parcel_{kind}", "marked_parcel", (1, 3, 10, 30), **own)]

# The same parcel by the other cells: with as many units as the LSTM above, and with as many as its weights allow
RELATIVES = {
    "gru_reset_before": {"cell": "gru", "reset_after": False},  # as of 2014; `parcel_gru` resets after
    **{f"lstm_{one}": {"cell": f"lstm_{one}"} for one in ("no_forget", "no_tanh", "coupled", "peephole", "chollet")},
    "gru_18": {"cell": "gru", "units": 18},
}
OTHER_CELLS = [
    *(one for kind, own in RELATIVES.items() for one in rated(f"cells_{kind}", "marked_parcel", (3, 10, 30), **own)),
    *rated("cells_simple_rnn_33", "marked_parcel", (1, 3, 10, 30), **PLAIN, units=33),
]

# The same cells where something has to be forgotten: several flags, and the last one counts
ALL_CELLS = {"lstm": {}, "gru": {"cell": "gru"}, "simple_rnn": PLAIN} | RELATIVES
LAST = [
    one
    for kind, own in ALL_CELLS.items()
    if "units" not in own
    for one in rated(f"last_{kind}", "last_parcel", (3, 10, 30), **own)
]

# The parcel again, by LSTMs whose gates stay at their start, whatever comes in: what is the choosing worth?
HELD = [
    *rated("held_ifo", "marked_parcel", (3, 10, 30), held=["i", "f", "o"]),
    *rated("held_io", "marked_parcel", (10, 30), held=["i", "o"]),
    *rated("held_f", "marked_parcel", (10, 30), held=["f"]),
]

# The letter, always the same lag: after how many batches does learning begin?
STARTS = {
    "simple_rnn": PLAIN,
    "simple_rnn_identity": IDENTITY,
    "simple_rnn_relu": RELU,
    **LSTMS,
    "lstm_chrono": {"forget_bias": "chrono"},
}
FIXED = {"batches": 1_500, "block": 25, "until": 0.95, "tested": []}
LETTER = [
    one
    for (kind, own), lag in product(STARTS.items(), (5, 10, 20, 30, 50, 100))
    for one in rated(f"letter_{kind}_lag{lag}", "letter_box", (3, 10), **own, **FIXED, lags=lag)
]

# The letter with short lags among the long ones: can the plain cell keep a sign? And does as long a training help it
# where the lag is always long?
LONG = {"batches": 6_000}
MIXED = [
    *rated("letter_simple_rnn_mixed", "letter_box", (1, 3, 10), **PLAIN, **LONG),
    *rated("letter_lstm_mixed", "letter_box", (1, 3, 10), **LONG),
    *rated("letter_simple_rnn_lag30_long", "letter_box", (3, 10), **PLAIN | FIXED | LONG, lags=30),
    *rated("letter_simple_rnn_lag50_long", "letter_box", (3, 10), **PLAIN | FIXED | LONG, lags=50),
]

# The way back cut short: what is lost, at a fixed lag, and with short lags among the long ones?
CUT = [
    one
    for pieces in (10, 20, 50)
    for one in (
        of_task(f"cut_fixed_{pieces}", "letter_box", pieces=pieces, forget_bias=5.0, lags=30, **FIXED),
        of_task(f"cut_mixed_{pieces}", "marked_parcel", pieces=pieces, learning_rate=0.01),
    )
]

# Slopes that grow without end, let free and clipped: plain steps that are too long, and a U that is too large
TOO_FAR = {
    "simple_rnn": PLAIN | {"learning_rate": 0.3},
    "simple_rnn_gain4": PLAIN | {"learning_rate": 0.03, "gain": 4.0},
    "lstm": {"learning_rate": 1.0},
    "lstm_gain8": {"learning_rate": 1.0, "gain": 8.0},
}
EXPLOSION = [
    of_task(
        f"explosion_{kind}_{how}", "marked_parcel", **own, optimizer="sgd", clip=clip, batches=400, block=10, tested=[]
    )
    for (kind, own), (how, clip) in product(TOO_FAR.items(), {"free": None, "clipped": 1.0}.items())
]

# Film reviews: does the belt carry them, if it starts open? With and without the loop, by the forget bias at the start;
# and with a loop that starts smaller, or at 0, and may grow.
BELT_LOOPS = {
    "whole": {"loop": "whole"},
    "no_candidate": {"loop": "no_candidate"},
    "no_loop": {"loop": "no_loop"},
    "third": {"loop": "whole", "gain": 0.3},
    "tenth": {"loop": "whole", "gain": 0.1},
    "from_zero": {"loop": "whole", "gain": 0.0},
}
BELT_STARTS = {
    "b1": {"forget_bias": 1.0},
    "b3": {"forget_bias": 3.0},
    "b5": {"forget_bias": 5.0},
    "chrono": {"forget_bias": "chrono"},
    "b1_fast": {"forget_bias": 1.0, "learning_rate": 0.003},
}
BELT = [
    replace(
        LSTM_32,
        name=f"belt_{loop}_{start}",
        trainer="numpy",
        source="this book",
        claimed="",
        settings=LSTM_32.settings | {"alike": False} | BELT_LOOPS[loop] | BELT_STARTS[start],
    )
    for loop, start in [
        *product(("whole", "no_loop"), BELT_STARTS),
        *product(("no_candidate",), ("b1", "b3", "b5", "chrono")),
        *product(("third", "tenth", "from_zero"), ("b5",)),
    ]
]

EXPERIMENTS = {
    "parcel": PARCEL,
    "cells": OTHER_CELLS,
    "last": LAST,
    "held": HELD,
    "letter": LETTER,
    "mixed": MIXED,
    "cut": CUT,
    "explosion": EXPLOSION,
    "belt": BELT,
}


def store(experiment, folder=FOLDER):
    """Where the runs of an experiment are kept: one file, a record a line. ValueError names those there are."""
    return Lines(Path(folder) / f"{checks.one_of(experiment, tuple(EXPERIMENTS), 'experiment')}.jsonl")
