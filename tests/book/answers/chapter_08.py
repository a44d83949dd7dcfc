"""The answers of chapter 8's questions, computed."""

import numpy as np

from lstm_edu import facts, imdb, network, runs, study
from lstm_edu.widgets import reviews

from .shared import Computed, best_of, computes, means, padded, true_by_number


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
    bag, dense, lstm_32, rnn = "bag_of_words", "dense_16_16", "lstm_32", "simple_rnn_32"
    real = [(bag, dense), (bag, lstm_32), (lstm_32, rnn), (dense, "rnn_tw")]
    found = runs.family([*real, (dense, lstm_32), ("rnn_tw", rnn)])  # "Two pairs stay open"
    assert [pair for pair, tested in found.items() if tested.differs] == real
    return {"above": above, "level": not above and not below, "below": below}


@computes("reviews-differ")
def reviews_differ():
    lstm, bag = (np.stack([run.correct for run in runs.records.load(name)]) for name in ("lstm_32", "bag_of_words"))
    only = [[(one & ~other).mean(), (other & ~one).mean()] for one in lstm for other in bag]
    lstm_alone, bag_alone = np.mean(only, axis=0)
    even = abs(lstm_alone - bag_alone) < 0.005
    seeds = np.mean([runs.accuracy(name).disagreement for name in ("lstm_32", "bag_of_words")])
    assert 0.45 < seeds / (lstm_alone + bag_alone) < 0.55  # "half"
    alone = (lstm.all(0) & ~bag.any(0)).sum(), (bag.all(0) & ~lstm.any(0)).sum()
    assert min(alone) > 200  # "each kind knows"
    return {"lstm": lstm_alone > bag_alone and not even, "bag": bag_alone > lstm_alone and not even, "even": even}


@computes("reviews-pairs")
def reviews_pairs():
    found = runs.difference("logistic_pairs", "logistic_words")

    def lost(name, way, than="written"):  # points at the median, of each run, where the words of the test are moved
        right = (study.order.of(name, order, "accuracy_at_median") for order in (than, way))
        return 100 * np.subtract(*right)

    assert lost("logistic_pairs", "words")[0] > 100 * found.mean and lost("logistic_pairs", "twenties")[0] < 0.1
    for way in study.order.PIECES:
        assert 1.7 < lost("lstm_500", way).mean() < 2.6  # "about two points in any case"
        for name in ("logistic_pairs", "lstm_500"):  # a changed answer is one right more or less: McNemar
            changed = study.order.of(name, way, "changed").mean()
            assert 1.96 * np.sqrt(changed / 25_000) < 0.005  # "less than half a point"
    inside, half = runs.mean(lost("lstm_500", "words", "twenties"))
    assert inside < half < 0.5
    return true_by_number(100 * found.mean, {"nothing": 0, "points": 1.5, "many": 6})


@computes("reviews-shuffled")
def reviews_shuffled():
    shuffled, written = (100 * runs.best(runs.records.load(name)).kept for name in ("lstm_shuffled", "lstm_500"))
    lost, half = runs.gap(written, shuffled)
    assert lost < means("bag_of_words")["bag_of_words"] * 100 - shuffled.mean() < 5  # "far below a bag" it is not
    return {"alike": abs(lost) < half < 1, "points": 1 < lost < 3, "many": lost > 5}


@computes("reviews-lead")
def reviews_lead():
    lead = {words: runs.split(f"lstm_{words}", f"simple_rnn_{words}")["best"][1] for words in (50, 100, 200, 500)}
    grows = list(lead.values()) == sorted(lead.values()) and lead[500] > 2 * lead[50]
    longer = 1 - imdb.statistics()["train"]["kept"]["500"]["reviews"] / imdb.statistics()["train"]["reviews"]
    assert 1 / 13 < longer < 1 / 11  # "one review in twelve"
    of_50, of_500 = (
        runs.gap(*(runs.best(runs.records.load(f"{layer}_{words}")).kept for layer in ("lstm", "simple_rnn")))
        for words in (50, 500)
    )
    assert of_500[0] - of_50[0] > np.hypot(of_500[1], of_50[1])
    for words in lead:  # "about a quarter of a point", after the last epoch, where single answers are recorded
        assert 0.002 < runs.difference(f"lstm_{words}", f"simple_rnn_{words}").examples < 0.003
    return {"grows": grows, "same": abs(lead[500] - lead[50]) < 0.005, "shrinks": lead[500] < lead[50]}


@computes("reviews-slope")
def reviews_slope():
    def reaches(layer, words, kind):
        return study.first_word.of(f"{layer}_{words}", kind)[1][-1]  # one share for each run

    lstm, rnn = (np.median(reaches(layer, 200, "fresh")) for layer in ("lstm", "simple_rnn"))
    assert rnn > 1e9 * lstm
    ahead = {
        words: (reaches("simple_rnn", words, "trained")[:, None] > reaches("lstm", words, "trained")).mean()
        for words in (50, 100, 200, 500)
    }
    assert ahead[50] == ahead[100] == 1 and 0.7 < ahead[200] < 0.8  # "in every pair of runs", "in three of four"
    assert 0.3 < ahead[500] < 0.37  # "in two pairs of three"
    assert all(np.median(reaches(layer, n, "trained")) < 1e-3 for layer in ("lstm", "simple_rnn") for n in (500, 1_000))
    found = {"lstm": lstm > 3 * rnn, "same": 1 / 3 < lstm / rnn < 3, "simple_rnn": rnn > 3 * lstm}
    return Computed(found, told=[1 / (1 + np.exp(-1))])  # a fresh forget gate


@computes("reviews-offset")
def reviews_offset():
    words = imdb.vocabulary()
    off_by = {14 - 1 - words.index(imdb.decode([14])[0])}
    (right,) = off_by
    return Computed(right, [1, right + 1])


@computes("reviews-rows")
def reviews_rows():
    (ids,) = rows = padded(["the plot is thin but the acting is superb"])
    net = network.shipped("lstm_32")
    slopes = net.forward(rows).backward(np.ones((1, 1)))["embedding"]
    moved = slopes.values.any(axis=1)
    assert np.array_equal(slopes.ids[moved], np.unique(ids)) and imdb.decode(ids[:1]) == ["<pad>"]
    return Computed(moved.sum(), [np.count_nonzero(ids), moved.sum() - 1, len(ids), len(net.embedding.table)])
