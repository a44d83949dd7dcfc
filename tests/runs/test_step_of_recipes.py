"""One step of each kind of recipe beside Keras: the same batch, the same weights, the recipe's own settings."""

import numpy as np
import pytest

from lstm_edu import learn
from lstm_edu.network import Dense, Embedding, Network
from lstm_edu.runs import data, in_keras, in_numpy, recipes

pytestmark = pytest.mark.keras

SMALL = {"num_words": 60, "maxlen": 12, "embedding": 4, "units": 3}
CHANGES = {
    "lstm_500": {},
    "simple_rnn_500": {"layer": "simple_rnn"},
    "gru_200": {"layer": "gru"},
    "lstm_pad_post_cut_pre": {"pad": "post"},
    "lstm_pad_pre_cut_post": {"cut": "post"},
    "lstm_pad_post_cut_post": {"pad": "post", "cut": "post"},
    "lstm_mask_cut_pre": {"mask": True},
    "lstm_mask_cut_post": {"mask": True, "cut": "post"},
    "lstm_hard_gates": {},
    "lstm_epsilon_outside": {},
    "lstm_rmsprop_2017": {},
    "lstm_as_in_2017": {},
    "lstm_reversed": {"order": "reversed"},
    "lstm_shuffled": {"order": "shuffled"},
}
HARD = ("lstm_hard_gates", "lstm_as_in_2017")
WORST = 1e-14  # float64


@pytest.fixture
def float64():
    import keras

    before = keras.config.floatx(), keras.config.dtype_policy()
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    yield
    keras.config.set_floatx(before[0])
    keras.config.set_dtype_policy(before[1])


@pytest.mark.parametrize("name", CHANGES)
def test_a_step_is_keras_own(name, made_up_file, float64):
    ours = recipes.RECIPES[name].but("ours", "", **SMALL)
    theirs = recipes.of_reviews("theirs", "sequence", **SMALL, **CHANGES[name])
    reviews = data.load(ours, made_up_file).train[:16]
    assert (reviews.tokens == data.load(theirs, made_up_file).train[:16].tokens).all()
    [(rows, batch)] = learn.in_order(reviews, maxlen=12, **in_numpy.batched(ours.whole | {"batch_size": 16}))
    ids, y = in_keras.inputs(theirs, reviews[rows]), reviews.labels[rows]
    assert (batch.inputs == ids).all() and (batch.y == y).all() and (ids == 0).any()

    fresh = in_numpy.build(ours, np.random.default_rng(0))
    network = Network(
        Embedding(fresh.embedding.table.astype(float), fresh.embedding.mask_zero),
        fresh.cell.cast(np.float64),
        Dense(fresh.dense.kernel.astype(float), fresh.dense.bias.astype(float)),
    )
    model = in_keras.build(theirs)
    in_keras.set_arrays(model, dict(zip(in_keras.arrays(model), network.weights.values(), strict=True)))
    if name in HARD:
        as_keras_2(model)
    expected = after_a_step(model, ids, y, ours.settings["optimizer"])
    rule = in_numpy.RULES[ours.settings["optimizer"]]
    learn.one_pass(network, [batch], learn.binary_cross_entropy, rule, {})
    for weight, (own, value) in zip(expected, network.weights.items(), strict=True):
        assert np.abs(weight - value).max() < WORST, own


def as_keras_2(model):
    """Its gates are a straight line, cut off: z/5 + 1/2."""
    import keras

    model.get_layer("recurrent").cell.recurrent_activation = lambda z: keras.ops.clip(0.2 * z + 0.5, 0, 1)


def after_a_step(model, ids, y, optimizer):
    """The weights after it: by Keras 3's own optimizer, or by the rule of Keras 2, written out."""
    import keras
    import tensorflow as tf

    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        p = model(tf.constant(ids))
        loss = keras.losses.binary_crossentropy(y.astype(float)[:, None], p)
        loss = tf.reduce_mean(loss)
    slopes = tape.gradient(loss, [variable.value for variable in variables])
    if optimizer == "rmsprop":
        model.optimizer.apply(slopes, variables)
        return [variable.numpy() for variable in variables]
    weights = []
    for variable, slope in zip(variables, slopes, strict=True):
        square = tf.square(tf.convert_to_tensor(slope))  # Keras 2: a word's places are added up first
        epsilon = 1e-8  # of Keras 2.0
        if optimizer == "rmsprop_epsilon_outside":
            epsilon = 1e-7
            if isinstance(slope, tf.IndexedSlices):  # as Keras 3: each place is squared, then added up
                each = tf.IndexedSlices(tf.square(slope.values), slope.indices, slope.dense_shape)
                square = tf.convert_to_tensor(each)
        new_a = 0.9 * 0.0 + (1.0 - 0.9) * square.numpy()
        g = tf.convert_to_tensor(slope).numpy()
        weights.append(variable.numpy() - 0.001 * g / (np.sqrt(new_a) + epsilon))
    return weights


def test_keras_2_and_keras_3_part_where_slopes_are_small(made_up_file):
    """What the epsilon does: a slope far below the root of 1e-7 moves its weight by the learning rate over the root of
    0.1 in Keras 2, whatever its size, and by a thousandth of that in Keras 3.
    """
    for slope in (1e-2, 1e-6):
        inside, outside = {"w": np.zeros(1)}, {"w": np.zeros(1)}
        learn.rmsprop(inside, {"w": np.array([slope])}, {})
        learn.rmsprop_2017(outside, {"w": np.array([slope])}, {})
        assert outside["w"][0] == pytest.approx(-0.001 / np.sqrt(0.1), rel=0.04)
        assert inside["w"][0] / outside["w"][0] == pytest.approx(1 if slope == 1e-2 else 0.001, rel=0.04)
