"""The answer of the page on a reader's own network, computed."""

import numpy as np

from lstm_edu import watch

from .shared import computes


@computes("own-mask", keras=True)
def own_mask():
    import keras

    ids = np.array([[1, 2, 3, 0, 0], [4, 1, 0, 0, 0]])
    read = keras.Input((5,))
    embedded = keras.layers.Embedding(5, 3, mask_zero=True)(read)
    options = {"return_sequences": True, "return_state": True}
    y, h, c = keras.layers.LSTM(4, name="one", **options)(embedded)
    once = watch(keras.Model(read, keras.layers.LSTM(4, name="two")(y, initial_state=[h, c])), ids)
    assert once.worst < 1e-6 and once["one"].mask.sum() == 5
    alone = watch(keras.Model(read, keras.layers.LSTM(4, name="two")(y)), ids)  # "It would without `initial_state`"
    assert np.array_equal(alone["two"].mask, ids != 0)
    assert np.abs(once["one"].h[:, -1]).max() > 0  # "repeats its last output. It is not zero"
    counts = np.ones_like(ids, bool) if once["two"].mask is None else once["two"].mask
    return {"same": np.array_equal(counts, ids != 0), "all": bool(counts.all()), "words": False}
