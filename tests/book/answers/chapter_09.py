"""The answers of chapter 9's questions, computed."""

from collections import Counter

import numpy as np

from lstm_edu import facts, imdb, runs

from .shared import Computed, best_of, choices, computes, means, padded, positive, torch_count, true_by_number


@computes("imdb-parameters", keras=True)
def imdb_parameters():
    import keras

    layers = keras.layers

    def counted(layer, bias=True):
        parts = [layers.Embedding(10_000, 32), layer, layers.Dense(1, use_bias=bias)]
        return [part.count_params() for part in keras.Sequential([keras.Input((500,)), *parts]).layers]

    right = counted(layers.LSTM(32))
    torch = [right[0], torch_count(32, 32), right[2]]
    no_bias, rnn = counted(layers.LSTM(32, use_bias=False), bias=False), counted(layers.SimpleRNN(32))
    return Computed(right, [no_bias, torch, rnn, counted(layers.LSTM(32), bias=False)])


@computes("imdb-loss", keras=True)
def imdb_loss():
    import keras

    y, p = np.array([1.0, 0.0, 1.0]), np.full(3, 0.5)
    loss = float(keras.losses.binary_crossentropy(y, p))
    distance, squared = np.abs(y - p).mean(), np.square(y - p).mean()
    return Computed(loss, [distance, squared, -np.log2(p[0]), -np.log10(p[0]), np.log(p[0]), -np.log(p[0]) * 2])


@computes("imdb-epoch")
def imdb_epoch():
    best = Counter(int(np.argmax(record.history["val_accuracy"])) for record in runs.records.load("lstm_32"))
    return {
        "same": len(best) == 1 and 9 not in best,
        "last": set(best) == {9},
        "different": len(best) > 1,
    }


@computes("imdb-seed")
def imdb_seed():
    names = "lstm_32", "lstm_32_threads", "lstm_32_threads_again"
    found = np.array([[facts.number(f"{name}.test.seed{seed}") for seed in (1, 2, 3)] for name in names])
    apart = 100 * np.ptp(found, axis=0).max()  # points
    steps = 10 * np.ceil(0.8 * imdb.statistics()["train"]["reviews"] / 128)
    numbers = {"not": 0, "fourth_digit": 0.01, "points": 2}
    return Computed(true_by_number(apart, numbers), told=[steps, round(apart, 1)])


@computes("imdb-best")
def imdb_best():
    metrics = {"validation_best": "val.best", "validation_last": "val.last", "test": "test"}
    found = {name: facts.number(f"lstm_32.{metric}.mean") for name, metric in metrics.items()}
    return {name: value == max(found.values()) for name, value in found.items()}


@computes("imdb-recipes")
def imdb_recipes():
    lstms = means("lstm_32", "lstm_tw_200", "wang", "brownlee")
    wang = runs.difference("wang", "lstm_32")
    assert lstms["wang"] == max(lstms.values()) and wang.mean < wang.both  # "by less than chance can do"
    assert min(means("dense_16_16", "bag_of_words").values()) > max(lstms.values())  # "two other models"
    return best_of("imdb-recipes")


@computes("imdb-500")
def imdb_500():
    short, long = (100 * runs.best(runs.records.load(name)).kept for name in ("lstm_200", "lstm_500"))
    assert len(short) == len(long) == 10
    ended = [run.results for run in runs.records.load("lstm_500")]
    moved = [one["accuracy_at_median"] for one in ended if one["accuracy"] < 0.83]
    assert len(moved) == 3 and min(moved) > 0.855  # "three of the ten end with all answers moved to one side"
    (one, apart), (other, away) = runs.mean(short), runs.mean(long)
    chance = np.hypot(apart, away)
    assert other - one > chance  # "More than chance"
    cut = imdb.statistics()["train"]["kept"]["200"]["reviews"] / imdb.statistics()["train"]["reviews"]
    assert 0.35 < 1 - cut < 0.45  # "Four reviews in ten"
    gain = other - one
    assert round(100 * np.mean(long[:, None] > short)) == 99  # "of a hundred pairs of runs 500 words win 99"
    return Computed({"same": gain < chance, "little": chance < gain < 1, "much": gain >= 2}, told=[200])


@computes("imdb-six")
def imdb_six():
    texts = choices("imdb-six")
    return dict(zip(texts, (positive()(padded(texts.values())) > 0.5).tolist(), strict=True))


@computes("imdb-pad")
def imdb_pad():
    front, *behind = (means(name)[name] for name in ("lstm_500", "lstm_pad_post_cut_pre", "lstm_pad_post_cut_post"))
    assert 500 - imdb.statistics()["train"]["length"]["median"] > 300
    return {
        "same": max(behind) > front - 0.01,
        "less": 0.55 < max(behind) < front - 0.01,
        "guessing": max(behind) < 0.55,
    }


@computes("imdb-sorted")
def imdb_sorted():
    labels = np.repeat([1, 0], imdb.statistics()["train"]["positive"])
    held_back = labels[int(0.8 * len(labels)) :]
    shuffled = labels.mean() * len(held_back)
    return Computed(held_back.sum(), [shuffled, len(held_back)], [len(held_back)])


@computes("imdb-2017")
def imdb_2017():
    def among(name):
        fitted = [run.history["accuracy"][-1] for run in runs.records.load(name)]
        return min(fitted) <= 0.9628 <= max(fitted)  # the printed log, after its last epoch

    return {"luck": among("lstm_500"), "gates": among("lstm_hard_gates"), "optimizer": among("lstm_rmsprop_2017")}


@computes("imdb-dropout")
def imdb_dropout():
    found = {name: runs.best(runs.records.load(name)) for name in ("lstm_dropout", "lstm_bidirectional", "lstm_500")}
    (gain, half), (beside, chance) = (
        runs.gap(100 * found[name].kept, 100 * found["lstm_500"].kept)
        for name in ("lstm_dropout", "lstm_bidirectional")
    )
    assert -3.5 < gain < -2.5 and abs(beside) < chance  # "three points"; "nothing that can be seen"
    promised, _ = runs.gap(*(100 * runs.best(runs.records.load(name)).promised for name in ("lstm_dropout", "lstm_32")))
    assert -3.5 < promised < -2.5  # "and on validation"
    return Computed({"better": gain > half, "same": abs(gain) < half, "worse": gain < -half}, told=[500])


@computes("imdb-tuned")
def imdb_tuned():
    sizes = [(H, D) for H in (8, 32, 64) for D in (8, 32, 64) if (H, D) != (32, 32)]
    searches = runs.nested(["lstm_200", *(f"lstm_200_units{H}_embedding{D}" for H, D in sizes)])
    plain = {run.seed: run.results["accuracy_at_best"] for run in runs.records.load("lstm_200")}
    gain, chance = runs.mean([100 * (one.test - plain[one.seed]) for one in searches])
    validated = {run.seed: max(run.history["val_accuracy"]) for run in runs.records.load("lstm_200")}
    ahead = np.mean([100 * (one.promised - validated[one.seed]) for one in searches])
    found = {"less": gain < chance, "little": gain > chance and gain < 1.5, "much": gain >= 2}
    return Computed(found, told=[round(ahead, 1)])


@computes("imdb-lucky")
def imdb_lucky():
    tests = np.random.default_rng(1).binomial(5_000, 0.88, size=(10_000, 10)) / 50  # percent
    return Computed(tests.max(axis=1).mean(), [tests.mean(), 88 + 100 * runs.half_width(0.88, 5_000)])
