"""The answers of the page on a reader's own network, computed."""

import numpy as np

from lstm_edu import LSTMCell, watch

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


@computes("own-old-gate", keras=True)
def own_old_gate():
    import keras

    rng = np.random.default_rng(0)
    weights = [rng.normal(size=shape).astype(np.float32) for shape in ((3, 16), (4, 16), (16,))]
    layer = keras.layers.LSTM(4, recurrent_activation="hard_sigmoid", return_sequences=True)  # "the layer is built"
    layer.build((None, None, 3))
    layer.set_weights(weights)
    x = rng.normal(size=(2, 20, 3)).astype(np.float32)
    apart = np.abs(np.asarray(layer(x)) - LSTMCell(*weights, recurrent_activation="hard_sigmoid_keras2")(x)).max()
    z = np.array([-1.0, 1.0])  # "opens less far or closes less far"
    old, new = np.clip(z / 5 + 0.5, 0, 1), np.asarray(keras.activations.hard_sigmoid(z))
    assert (np.abs(new - 0.5) < np.abs(old - 0.5)).all()
    return {"error": False, "same": bool(apart < 1e-5), "other": bool(apart > 0.01)}
