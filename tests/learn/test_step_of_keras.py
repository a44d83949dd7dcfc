"""One training step, and ten, beside Keras' from the same weights and batches: loss, every slope, every weight."""

import numpy as np
import pytest
from test_forward_back import dense

from lstm_edu import learn
from lstm_edu.cells import GRUCell, LSTMCell, SimpleRNNCell
from lstm_edu.learn import optimisers

pytestmark = pytest.mark.keras

V, D, H, B, T, STEPS = 12, 4, 5, 6, 7, 10
KINDS = {"LSTM": LSTMCell, "GRU": GRUCell, "SimpleRNN": SimpleRNNCell}
RULES = {
    "SGD": ("sgd", {"learning_rate": 0.1}),
    "SGD, momentum": ("sgd", {"learning_rate": 0.1, "momentum": 0.9}),
    "RMSprop": ("rmsprop", {}),
    "Adam": ("adam", {}),
}
# In float64 the numbers are such as float32 has exactly: Keras rounds 0.9 and 0.999 to it before it uses them.
EXACT = {"SGD, momentum": {"learning_rate": 0.125, "momentum": 0.875}, "Adam": {"beta_1": 0.875, "beta_2": 0.9375}}
# The largest difference to Keras after one step and after ten, of losses, slopes and weights.
TOLERANCES = {
    "float32": (1e-6, 5e-6),  # worst seen 1.6e-7, 6.3e-7
    "float64": (2e-15, 1e-14),  # worst seen 3.1e-16, 5.6e-16
}


def keras_network(kind, weights):
    """The same network in Keras, with these weights, and its variables in the order of ours."""
    import keras

    layers = keras.layers
    model = keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(V, D, mask_zero=True),
        getattr(layers, kind)(H),
        layers.Dense(1),
    ])  # fmt: skip
    model.set_weights(list(weights.values()))
    return model, model.trainable_variables


def keras_steps(kind, rule, rates, dtype, weights, batches):
    """(loss, slopes, weights) of each step."""
    import keras
    import tensorflow as tf

    model, variables = keras_network(kind, weights)
    name = {"sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam"}[rule]
    optimizer = getattr(keras.optimizers, name)(**rates)
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    for ids, y in batches:
        with tf.GradientTape() as tape:
            loss = bce(y.astype(dtype)[:, None], model(tf.constant(ids)))
        slopes = tape.gradient(loss, [variable.value for variable in variables])
        optimizer.apply(slopes, variables)
        slopes = [tf.convert_to_tensor(slope).numpy() for slope in slopes]
        yield float(loss), slopes, [variable.value.numpy().copy() for variable in variables]


@pytest.fixture
def dtype(request):
    """Keras computes in it: loss and learning rate too, which a layer's own dtype does not reach."""
    import keras

    before = keras.config.floatx(), keras.config.dtype_policy()
    keras.config.set_floatx(request.param)
    keras.config.set_dtype_policy(request.param)
    yield request.param
    keras.config.set_floatx(before[0])
    keras.config.set_dtype_policy(before[1])


@pytest.mark.parametrize("dtype", TOLERANCES, indirect=True)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", RULES)
def test_steps(name, kind, dtype, last_lines):
    rule, rates = RULES[name]
    rates = EXACT.get(name, rates) if dtype == "float64" else rates
    rng = np.random.default_rng(0)
    net = learn.network(KINDS[kind], H, rng, words=V, embedding=D, dtype=np.dtype(dtype))
    batches = [(rng.integers(1, V, (B, T)).astype(np.int32), rng.integers(0, 2, B)) for _ in range(STEPS)]
    for ids, _ in batches:
        ids[0, :3] = 0  # padding in front: it does not count
    theirs = keras_steps(kind, rule, rates, dtype, net.weights, batches)
    memory, worst = {}, []
    for (ids, y), (loss, slopes, weights) in zip(batches, theirs, strict=True):
        forward = net.forward(ids)
        value, d_logits = learn.binary_cross_entropy(forward.logits, y)
        own = forward.backward(d_logits)
        getattr(optimisers, rule)(net.weights, own, memory, **rates)
        off = [abs(value - loss)]
        off += [np.abs(dense(own[key], slope.shape) - slope).max() for key, slope in zip(own, slopes, strict=True)]
        off += [np.abs(a - b).max() for a, b in zip(net.weights.values(), weights, strict=True)]
        worst.append(max(off))
    after_one, after_ten = TOLERANCES[dtype]
    assert worst[0] < after_one and max(worst) < after_ten
    last_lines.append(
        f"a step beside Keras, {kind}, {name}, {dtype}: {worst[0]:.1e} after one, {max(worst):.1e} within ten"
    )


@pytest.mark.parametrize("longest", [0.01, 100.0])
def test_clipping_is_keras_own(longest):
    import tensorflow as tf

    rng = np.random.default_rng(0)
    slopes = {"a": rng.normal(size=(3, 4)), "b": rng.normal(size=5)}
    expected, length = tf.clip_by_global_norm(list(slopes.values()), longest)
    assert learn.norm(slopes) == pytest.approx(float(length), rel=1e-14)
    for own, theirs in zip(learn.clipped(slopes, longest).values(), expected, strict=True):
        assert np.allclose(own, theirs, rtol=1e-13)
