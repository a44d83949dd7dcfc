"""What chapters 7 and 9 say of Keras and do not show: on a GPU, all but cuDNN itself; in training; batch by batch."""

from importlib import import_module

import numpy as np
import pytest

from lstm_edu import LSTMCell

pytestmark = pytest.mark.keras

BEHIND, IN_FRONT, A_GAP, NOTHING = [1, 1, 1, 0, 0], [0, 0, 1, 1, 1], [1, 0, 1, 1, 1], [0, 0, 0, 0, 0]
REFUSED = IN_FRONT, A_GAP, NOTHING
LAST = 7.0  # what the kernel's stand-in says the state is; no LSTM's h is so large


@pytest.fixture
def called(monkeypatch):
    """Keras sees a GPU. cuDNN's kernel, which needs one, is replaced: outputs 0, states 7; the list has its calls."""
    import tensorflow as tf

    rnn, calls = import_module("keras.src.backend.tensorflow.rnn"), []

    def kernel(input, input_h, input_c, **_):
        calls.append(input.shape)
        outputs = tf.zeros((*input.shape[:2], input_h.shape[-1]))
        return outputs, LAST * tf.ones_like(input_h), LAST * tf.ones_like(input_c), None, None

    monkeypatch.setattr(rnn, "_is_gpu_available", lambda: True)
    monkeypatch.setattr(tf.raw_ops, "CudnnRNNV3", kernel)
    return calls


def layer(**options):
    import keras

    keras.utils.set_random_seed(0)
    made = keras.layers.LSTM(4, **options)
    made.build((1, 5, 3))
    return made


def model(made):
    import keras

    ids = keras.Input((5,))
    return keras.Model(ids, made(keras.layers.Embedding(10, 3, mask_zero=True)(ids)))


X = np.random.default_rng(0).normal(size=(1, 5, 3)).astype("float32")


def test_a_mask_with_the_filling_behind_is_taken_and_the_cell_is_never_run(called, monkeypatch):
    made = layer(return_sequences=True, return_state=True)
    monkeypatch.setattr(made.cell, "call", lambda *_, **__: pytest.fail("the cell ran"))
    y, h, c = made(X, mask=np.array([BEHIND], bool))
    assert len(called) == 1 and not np.any(y) and np.all(h == LAST) and np.all(c == LAST)


def test_the_last_output_is_the_state_and_not_the_zeros_behind(called):
    assert np.all(layer()(X, mask=np.array([BEHIND], bool)) == LAST) and called


@pytest.mark.parametrize("mask", REFUSED)
def test_called_directly_a_layer_goes_back_to_the_loop(called, mask):
    mask = np.array([mask], bool)
    looped = layer(return_sequences=True, use_cudnn=False)(X, mask=mask).numpy()
    assert np.array_equal(layer(return_sequences=True)(X, mask=mask), looped) and called == []


@pytest.mark.parametrize("mask", REFUSED)
def test_predict_stops_with_an_error(called, mask):
    import tensorflow as tf

    assert np.all(model(layer()).predict(np.array([BEHIND]), verbose=0) == LAST)
    with pytest.raises(tf.errors.InvalidArgumentError, match="right-padded"):
        model(layer()).predict(np.array([mask]), verbose=0)


@pytest.mark.parametrize(
    "options",
    [
        {"activation": "relu"},
        {"recurrent_activation": "hard_sigmoid"},
        {"use_bias": False},
        {"recurrent_dropout": 0.2},
        {"unroll": True},
        {"use_cudnn": False},
    ],
    ids=str,
)
def test_a_layer_that_asks_for_something_else_runs_the_loop(called, options):
    y = layer(**options)(X, mask=np.array([IN_FRONT], bool)).numpy()
    assert called == [] and not np.any(y == LAST) and np.all(np.isfinite(y))


def test_dropout_alone_with_implementation_1_stops_the_training():
    import tensorflow as tf

    made = layer(dropout=0.5, implementation=1)
    assert np.all(np.isfinite(made(X)))
    with pytest.raises(tf.errors.InvalidArgumentError, match="[Rr]ank"):
        made(X, training=True)
    assert np.all(np.isfinite(layer(dropout=0.5, implementation=1, use_cudnn=False)(X, training=True)))


def test_a_state_lasts_over_epochs_and_calls_until_it_is_reset():
    import keras

    reader = layer(stateful=True)
    kept = keras.Sequential([keras.Input(batch_shape=X.shape), reader])
    kept.compile(keras.optimizers.SGD(0.0), "mse", jit_compile=False)  # nothing is learnt
    kept.fit(X, np.zeros((1, 4)), batch_size=1, epochs=2, shuffle=False, verbose=0)
    again = kept.predict(X, batch_size=1, verbose=0)
    cell = LSTMCell(*reader.get_weights())
    last = {n: cell.run(np.concatenate([X] * n, axis=1)).last_output for n in (1, 3)}
    assert np.abs(again - last[3]).max() < 1e-6  # float32, 15 steps: worst seen 3e-8
    reader.reset_state()
    assert np.abs(kept.predict(X, batch_size=1, verbose=0) - last[1]).max() < 1e-6 < np.abs(again - last[1]).max()


def test_dropout_drops_the_same_inputs_at_every_step_of_a_review():
    import keras

    keras.utils.set_random_seed(0)
    glass = keras.layers.SimpleRNN(8, activation="linear", dropout=0.5, return_sequences=True)
    glass.build((None, None, 8))
    glass.set_weights([np.eye(8), np.zeros((8, 8)), np.zeros(8)])  # each input is shown as it is
    rows = np.array(glass(np.ones((1, 3, 8)), training=True))[0]  # (3, 8)
    assert set(rows.ravel()) == {0.0, 2.0} and (rows == rows[0]).all()
