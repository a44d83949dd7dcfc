"""Keras models that read text, of random weights, one for each kind of network that the explorer shows."""

import numpy as np

TOKENS = ["", "[UNK]", "[START]", *(f"w{k}" for k in range(3, 30))]


def models():
    """{name: (make(dtype) -> a built model, how the explorer is to read it)}."""
    import keras

    L = keras.layers

    def made(*layers, steps=12, ids=30, **embedding):
        def make(dtype):
            given = {"dtype": dtype}
            parts = [layer(given) for layer in layers]
            model = keras.Sequential(
                [keras.Input((steps,)), L.Embedding(ids, 5, dtype=dtype, **embedding), *parts, head(given)]
            )
            return of_random_weights(model)

        return make

    def head(given):
        return L.Dense(1, "sigmoid", **given)

    def one(kind, units=4, **options):
        return lambda given: kind(units, **options, **given)

    def both(kind, units=4, merge="concat", **options):
        return lambda given: L.Bidirectional(kind(units, **options, **given), merge_mode=merge, **given)

    words = {"tokens": TOKENS, "unknown": 1}
    behind = words | {"padding": "post", "truncating": "post"}
    go_on = {"return_sequences": True}
    masked = {"mask_zero": True}
    return {
        "lstm": (made(one(L.LSTM)), words),
        "lstm, start": (made(one(L.LSTM)), words | {"start": 2}),
        "lstm, behind": (made(one(L.LSTM)), behind),
        "lstm, cut in front, zeros behind": (made(one(L.LSTM)), words | {"padding": "post"}),
        "lstm, masked behind": (made(one(L.LSTM), **masked), behind),
        "lstm, masked": (made(one(L.LSTM), **masked), words),
        "lstm, open": (made(one(L.LSTM), steps=None, **masked), words | {"maxlen": 9}),
        "Masking": (made(lambda given: L.Masking(0.0, **given), one(L.LSTM)), behind),
        "no bias": (made(one(L.LSTM, use_bias=False)), behind),
        "stacked": (made(one(L.LSTM, 6, **go_on), one(L.LSTM, 3)), words),
        "stacked, behind": (made(one(L.LSTM, 6, **go_on), one(L.GRU, 3)), behind),
        "stacked, masked behind": (made(one(L.LSTM, 6, **go_on), one(L.LSTM, 3), **masked), behind),
        "three kinds": (made(one(L.GRU, **go_on), one(L.LSTM, 3, **go_on), one(L.SimpleRNN, 5)), words),
        "both": (made(both(L.LSTM)), words),
        "both, behind": (made(both(L.LSTM)), behind),
        "both, masked": (made(both(L.LSTM), **masked), behind),
        "both, sum": (made(both(L.LSTM, merge="sum")), behind),
        "both, ave": (made(both(L.GRU, merge="ave"), **masked), words),
        "both, mul": (made(both(L.LSTM, merge="mul")), words),
        "both, stacked": (made(both(L.LSTM, **go_on), both(L.GRU, 3)), behind),
        "both, mul below": (made(both(L.LSTM, merge="mul", **go_on), one(L.LSTM, 3)), words),
        "both, masked, stacked": (made(both(L.LSTM, merge="ave", **go_on), one(L.LSTM, 3), **masked), behind),
        "gru": (made(one(L.GRU)), words),
        "gru, reset before": (made(one(L.GRU, reset_after=False), **masked), behind),
        "simple rnn": (made(one(L.SimpleRNN)), behind),
    }


def of_random_weights(model):
    """The model with weights unlike those that Keras begins with: no bias is 0, no word's vector too."""
    rng = np.random.default_rng(1)
    model.set_weights([rng.normal(size=weight.shape) / 1.5 for weight in model.get_weights()])
    if any(type(layer).__name__ == "Masking" for layer in model.layers):
        embedding = model.layers[0]
        [table] = embedding.get_weights()
        table[[0, 7]] = 0  # the filling, and a word that no one has a vector for
        embedding.set_weights([table])
    return model


def texts():
    """From no word to more than fit, known and unknown."""
    rng = np.random.default_rng(3)
    drawn = [" ".join(rng.choice([*TOKENS[3:], "zzz"], size=n)) for n in (1, 3, 8, 11, 12, 13, 20)]
    return ["", "W8, w3! And w7.", *drawn]


def rows(how, content, length):
    """The texts as Keras' own `pad_sequences` makes them rows (B, T)."""
    import keras

    ids = {word: k for k, word in enumerate(how["tokens"])}
    start = [how["start"]] if "start" in how else []
    numbers = [[*start, *(ids.get(word.strip(".,!"), 1) for word in text.lower().split())] for text in content]
    sides = {name: how.get(name, "pre") for name in ("padding", "truncating")}
    return keras.utils.pad_sequences(numbers, length, **sides)
