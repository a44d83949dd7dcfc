"""The answers of chapter 8's questions, computed."""

import numpy as np

from lstm_edu import facts, imdb, network, runs
from lstm_edu.widgets import reviews

from .shared import Computed, best_of, computes, means, padded


@computes("reviews-the")
def reviews_the():
    start, the = imdb.encode("the")
    unknown = imdb.encode("gossamerest")[1]
    rank = imdb.vocabulary().index("the") + 1
    assert rank == start  # 1 is both the rank of "the" and the start token
    (padding,) = set(imdb.pad([[]], 3).ravel().tolist())
    (unused,) = set(range(the)) - {padding, start, unknown}
    return Computed(the, [rank, padding, unknown, unused])


@computes("reviews-cut", keras=True)
def reviews_cut():
    import keras

    (kept,) = keras.utils.pad_sequences([np.arange(700)], 500)
    places = {"first": 0, "last": 200, "middle": 100}
    return {place: np.array_equal(kept, np.arange(start, start + 500)) for place, start in places.items()}


@computes("reviews-mask")
def reviews_mask():
    texts = [review for name, review in reviews() if name in ("Praise", "Scorn")]
    rows = {end: padded(texts, padding=end) for end in ("pre", "post")}
    named = ("lstm_32", *(f"lstm_32-seed{seed}" for seed in (2, 3, 4, 5)))
    nets = [network.shipped(name) for name in named]
    behind = np.array([net(rows["post"]) for net in nets])  # (5, 2), praise and scorn
    masked = [
        network.Network(network.Embedding(net.embedding.table, mask_zero=True), net.cell, net.dense) for net in nets
    ]
    front, skipped = (
        np.array([net(ids) for net in kind]) for kind, ids in ((nets, rows["pre"]), (masked, rows["post"]))
    )
    assert all((high > 0.9).all() and (low < 0.1).all() for high, low in (front.T, skipped.T))
    moved = behind[:, 0] - behind[:, 1]
    return {"apart": (moved > 0.5).any(), "same": (abs(moved) < 0.001).all(), "swapped": (moved < -0.5).any()}


@computes("reviews-products")
def reviews_products():
    T, V, D = len(imdb.encode("the plot is thin but the acting is superb")), 10_000, 32
    one_hot, E = np.zeros((T, V), bool), np.zeros((V, D), bool)
    products = one_hot.size * E.shape[1]
    return Computed(products, [V * D, T * D, (T - 1) * V * D], [V])


@computes("reviews-best")
def reviews_best():
    size = len(runs.records.load("rnn_tw")[0].correct)
    dense, *read_in_order = means("dense_16_16", "rnn_tw", "simple_rnn_32").values()
    assert dense > max(read_in_order)  # "it comes second"
    return Computed(best_of("reviews-best"), told=[size])


@computes("reviews-85")
def reviews_85():
    train, val = facts.number("rnn_tw.train.last.mean"), facts.number("rnn_tw.val.best.mean")
    validation, fits = abs(val - 0.85) < abs(train - 0.85) and abs(val - 0.85) < 0.01, train > 0.98
    learnt_from = imdb.statistics()["train"]["reviews"] * 0.8
    assert facts.number("rnn_tw.parameters") > 300_000
    return Computed(
        {
            "training": not validation,
            "validation_cannot_fit": validation and not fits,
            "validation_fits": validation and fits,
        },
        told=[300_000, learnt_from],
    )


@computes("reviews-lstm")
def reviews_lstm():
    lstm, bag = ([r.results["accuracy"] for r in runs.records.load(name)] for name in ("lstm_32", "bag_of_words"))
    above, below = min(lstm) > max(bag), max(lstm) < min(bag)
    assert min(lstm) > max(r.results["accuracy"] for r in runs.records.load("simple_rnn_32"))
    return {"above": above, "level": not above and not below, "below": below}


@computes("reviews-lead")
def reviews_lead():
    short, long = (runs.difference(*pair).mean for pair in (("lstm_tw_200", "rnn_tw"), ("lstm_32", "simple_rnn_32")))
    return {"larger": long > short, "not_larger": long <= short}


@computes("reviews-offset")
def reviews_offset():
    words = imdb.vocabulary()
    off_by = {14 - 1 - words.index(imdb.decode([14])[0])}
    (right,) = off_by
    return Computed(right, [1, right + 1])


@computes("reviews-end")
def reviews_end():
    ids = imdb.encode("so it begins " * 300 + "and so it ends").tolist()
    kept, trained_on = ids[:500], imdb.pad([ids], 500)[0].tolist()
    assert kept[0] == imdb.encode("")[0] and trained_on == ids[-500:]  # the start token, and the end
    return {
        "beginning_start": kept == ids[:500] != ids[-500:],
        "end": kept == ids[-500:],
        "beginning_without": kept == ids[1:501],
    }


@computes("reviews-words")
def reviews_words():
    ids = np.arange(10_000)
    words = [id for id in ids.tolist() if imdb.decode([id])[0] in imdb.vocabulary()[: len(ids)]]
    unused = 1
    return Computed(len(words), [len(ids), len(words) + unused, ids[-1]])
