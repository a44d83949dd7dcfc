"""The answers of chapter 6's questions, computed."""

import numpy as np

from lstm_edu.cells import sigmoid
from lstm_edu.network import held, small
from lstm_edu.runs import outcomes
from lstm_edu.study import reach
from lstm_edu.tasks import marked_parcel

from .shared import Computed, computes

NOTHING = np.sqrt(1 / 3)


@computes("survive-lag")
def survive_lag():
    lags, plain = outcomes.by_lag("parcel", "parcel_simple_rnn")
    lstm = outcomes.by_lag("parcel", "parcel_lstm")[1]
    ratio = (plain.mean(axis=1) / lstm.mean(axis=1))[lags == 20].item()
    return {"same": ratio < 1.5, "ten": ratio > 3, "perfect": bool((lstm == 0).any())}


@computes("survive-product")
def survive_product():
    f = float(sigmoid(1.0))
    return Computed(f**20, [f, f**10, 0.952**20], told=[f, 0.952])


@computes("survive-bias")
def survive_bias():
    some = {f"b{bias}": bool((~np.isnan(outcomes.began(f"lstm_b{bias}")[50])).any()) for bias in (0, 1, 3, 5)}
    return Computed(some, told=sigmoid(np.array([0.0, 1.0, 3.0])))


@computes("survive-half")
def survive_half():
    net = small("parcel_lstm_b5")
    x, y, asked = marked_parcel(1000, 10, np.random.default_rng(7))
    before, after = (
        float(np.sqrt(((net.dense(cell.run(x).h[asked]) - y) ** 2).mean()))
        for cell in (net.cell, held(net.cell, "f", 0.5))
    )
    choices = {
        "nothing": after > 0.9 * NOTHING,
        "some": 3 * before < after < 0.5 * NOTHING,
        "same": after < 1.2 * before,
    }
    return Computed(choices, told=[0.5])


@computes("survive-cut")
def survive_cut():
    fixed = np.mean([run.results["accuracy"] for run in outcomes.best("cut", "cut_fixed_10")])
    mixed = np.mean([run.results["error"] for run in outcomes.best("cut", "cut_mixed_10")])
    return {"both": fixed > 0.9, "mixed": fixed < 0.6 and mixed < 0.1, "neither": mixed > 0.3}


@computes("survive-imdb")
def survive_imdb():
    halves = np.array(list(reach.halves("lstm_32").values()))
    return {
        "two": bool((halves < 5).all()),
        "tens": bool(((halves >= 10) & (halves < 100)).all()),
        "hundreds": bool((halves >= 100).all()),
    }


@computes("survive-life")
def survive_life():
    f = 0.5 ** (1 / 50)
    return Computed(np.log(f / (1 - f)), [f, np.log(50), 49], [0.9 < (50 / 51) ** 50 * 2.5 < 1])


@computes("survive-straight")
def survive_straight():
    c, o, i = 0.5, 0.6, 0.5
    read = np.tanh(c)
    f, g = sigmoid(0.8 + 0.5 * o * read), np.tanh(0.9 * o * read)
    moved = c * f * (1 - f) * 0.5 + i * (1 - g**2) * 0.9  # the new c, as h moves
    whole = f + moved * o * (1 - read**2)
    share = f / whole
    told = [round(f, 3), round(whole, 3)]
    return Computed(100 * share**20, [100 * share, 100 * f**20, 100 * share / 20], told=told)
