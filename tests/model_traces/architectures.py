"""Keras models as people build them, small, each with an x: functions that give (model, x). All weights are random, the
biases too. Those whose names end in "_file" have the layers and sizes of a public file of Keras' own examples.
"""

import numpy as np


def random(model, scale=0.3, seed=0):
    """The model with random weights everywhere: with zeros for biases a mistake in them would not be seen."""
    rng = np.random.default_rng(seed)
    model.set_weights([rng.normal(scale=scale, size=w.shape).astype(w.dtype) for w in model.get_weights()])
    return model


def numbers(*shape, seed=1):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def ids(*shape, seed=2):
    """Words 1 to 9, and zeros before, between and behind them."""
    rng = np.random.default_rng(seed)
    return rng.integers(1, 10, shape) * (rng.random(shape) < 0.6)


def one_layer():
    from keras import Input, Sequential, layers

    return random(Sequential([Input((7, 3)), layers.LSTM(4, name="lstm")])), numbers(5, 7, 3)


def stacked():
    from keras import Input, Sequential, layers

    inner = [layers.LSTM(5, return_sequences=True), layers.Dropout(0.5), layers.LSTM(4, dropout=0.3)]
    return random(Sequential([Input((None, 3)), *inner, layers.Dense(1)])), numbers(5, 7, 3)


def gru_and_simple():
    from keras import Input, Sequential, layers

    inner = [
        layers.GRU(4, return_sequences=True),
        layers.GRU(3, return_sequences=True, reset_after=False, recurrent_activation="hard_sigmoid"),
        layers.SimpleRNN(5, activation="softsign", use_bias=False),
    ]
    return random(Sequential([Input((7, 3)), *inner])), numbers(4, 7, 3)


def masked_by_embedding():
    from keras import Input, Sequential, layers

    inner = [layers.Embedding(10, 3, mask_zero=True), layers.LSTM(4, return_sequences=True), layers.GRU(3)]
    return random(Sequential([Input((8,)), *inner]), 1), ids(6, 8)


def masking_backwards():
    from keras import Input, Sequential, layers

    x = numbers(5, 7, 3)
    x[0, :3], x[1, 5:], x[2] = 0, 0, 0
    inner = [layers.Masking(), layers.LSTM(4, go_backwards=True, return_sequences=True), layers.GRU(3)]
    return random(Sequential([Input((7, 3)), *inner])), x


def bidirectional(merge_mode, sequences=True, masks=True):
    from keras import Input, Sequential, layers

    both = layers.Bidirectional(layers.LSTM(4, return_sequences=sequences), merge_mode=merge_mode, name="both")
    embedding = layers.Embedding(10, 3, mask_zero=masks)
    if merge_mode is not None:
        return random(Sequential([Input((8,)), embedding, both]), 1), ids(6, 8)
    from keras import Model

    words = Input((8,))
    return random(Model(words, both(embedding(words))), 1), ids(6, 8)


def two_other_directions():
    """A `Bidirectional` of two layers that are not alike, which returns its states."""
    from keras import Input, Model, layers

    forward = layers.GRU(3, return_sequences=True, return_state=True)
    backward = layers.GRU(3, activation="relu", return_sequences=True, return_state=True, go_backwards=True)
    x = Input((7, 3))
    return random(Model(x, layers.Bidirectional(forward, backward_layer=backward)(x))), numbers(4, 7, 3)


def cells():
    from keras import Input, Sequential, layers

    several = layers.StackedRNNCells([layers.LSTMCell(4), layers.GRUCell(3), layers.SimpleRNNCell(5)])
    inner = [
        layers.Embedding(10, 3, mask_zero=True),
        layers.RNN(layers.LSTMCell(4), return_sequences=True, name="alone"),
        layers.RNN(several, return_sequences=True, go_backwards=True, zero_output_for_mask=True, name="several"),
    ]
    return random(Sequential([Input((8,)), *inner]), 0.6), ids(6, 8)


def cells_with_states():
    from keras import Input, Model, layers

    several = layers.RNN(layers.StackedRNNCells([layers.LSTMCell(4), layers.GRUCell(3)]), return_state=True)
    x, h, c, g = Input((7, 3)), Input((4,)), Input((4,)), Input((3,))
    model = Model([x, h, c, g], several(x, initial_state=[[h, c], g]))
    return random(model), [numbers(5, 7, 3), numbers(5, 4, seed=2), numbers(5, 4, seed=3), numbers(5, 3, seed=4)]


def time_distributed(masks):
    """A network of sentences and words. Where the words' masks come from their zeros it ends at the sentences: Keras
    hands the masks of the words on to the next layer, which cannot read them.
    """
    from keras import Input, Sequential, layers

    inner = [
        layers.Embedding(10, 3, mask_zero=masks),
        layers.TimeDistributed(layers.LSTM(4, name="of_words"), name="each"),
        *([] if masks else [layers.GRU(3, name="of_sentences")]),
    ]
    return random(Sequential([Input((3, 6)), *inner])), ids(4, 3, 6)


def encoder_decoder():
    from keras import Input, Model, layers

    told, said = Input((6,), name="told"), Input((5, 3), name="said")
    _, h, c = layers.LSTM(4, return_state=True, name="encoder")(layers.Embedding(10, 3, mask_zero=True)(told))
    y, *_ = layers.LSTM(4, return_sequences=True, return_state=True, name="decoder")(said, initial_state=[h, c])
    return random(Model({"told": told, "said": said}, layers.Dense(2)(y)), 0.6), {
        "told": ids(5, 6),
        "said": numbers(5, 5, 3),
    }


def nested():
    """A model in a model, with layers of the same name in both."""
    from keras import Input, Model, Sequential, layers

    inner = Sequential([Input((7, 3)), layers.LSTM(4, return_sequences=True, name="lstm")], name="inner")
    x = Input((7, 3))
    y = layers.LSTM(3, name="lstm")(layers.GRU(5, return_sequences=True, name="gru")(inner(x)))
    return random(Model(x, y)), numbers(4, 7, 3)


def subclassed():
    """A class of one's own: layers in a list and in a layer of one's own, compiled by hand."""
    import keras
    import tensorflow as tf
    from keras import layers

    class Encoder(layers.Layer):
        def __init__(self):
            super().__init__(name="encoder")
            self.recurrent = [layers.LSTM(4, return_sequences=True, name=f"level_{k}") for k in range(2)]

        def call(self, x):
            for layer in self.recurrent:
                x = layer(x)
            return x

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.encoder, self.last = Encoder(), layers.GRU(3, name="last")

        @tf.function
        def call(self, x):
            return self.last(self.encoder(x) * 2)

    model = Own()
    model(numbers(1, 7, 3))
    return random(model), numbers(5, 7, 3)


def called_in_a_loop():
    """A decoder that writes one step after the other, each from the state before."""
    import keras
    from keras import layers

    class Decoder(keras.Model):
        def __init__(self):
            super().__init__()
            self.recurrent = layers.LSTM(4, return_state=True, name="decoder")

        def call(self, x):
            h = c = x[:, 0, :1] * 0 + keras.ops.zeros((1, 4))
            for t in range(6):
                y, h, c = self.recurrent(x[:, t : t + 1], initial_state=[h, c])
            return y

    model = Decoder()
    model(numbers(1, 6, 3))
    return random(model), numbers(5, 6, 3)


def shared():
    """One layer that reads two inputs."""
    from keras import Input, Model, layers

    lstm, one, other = layers.LSTM(4, name="shared"), Input((7, 3)), Input((5, 3))
    model = Model([one, other], layers.concatenate([lstm(one), lstm(other)]))
    return random(model), [numbers(4, 7, 3), numbers(4, 5, 3, seed=3)]


def stateful():
    from keras import Input, Sequential, layers

    inner = [layers.GRU(4, stateful=True, return_sequences=True), layers.LSTM(3, stateful=True)]
    return random(Sequential([Input(batch_shape=(2, 7, 3)), *inner])), numbers(6, 7, 3)


def stateful_both_ways():
    from keras import Input, Sequential, layers

    both = layers.Bidirectional(layers.LSTM(4, stateful=True, return_sequences=True))
    return random(Sequential([Input(batch_shape=(2, 7, 3)), both])), numbers(6, 7, 3)


def both_ways_from_a_state():
    from keras import Input, Model, layers

    x, *states = Input((7, 3)), Input((4,)), Input((4,))
    both = layers.Bidirectional(layers.GRU(4), merge_mode="sum")
    model = Model([x, *states], both(x, initial_state=states))
    return random(model), [numbers(5, 7, 3), numbers(5, 4, seed=2), numbers(5, 4, seed=3)]


def a_model_used_twice():
    """Siamese: the same encoder for two inputs."""
    from keras import Input, Model, Sequential, layers

    encoder = Sequential([Input((7, 3)), layers.Bidirectional(layers.LSTM(4), name="both")], name="encoder")
    one, other = Input((7, 3)), Input((7, 3))
    model = Model([one, other], layers.subtract([encoder(one), encoder(other)]))
    return random(model), [numbers(4, 7, 3), numbers(4, 7, 3, seed=3)]


def double_precision():
    from keras import Input, Sequential, layers

    inner = [layers.LSTM(4, return_sequences=True, dtype="float64"), layers.GRU(3, dtype="float64")]
    return random(Sequential([Input((7, 3), dtype="float64"), *inner])), numbers(4, 7, 3).astype(float)


def texts():
    from keras import Input, Sequential, layers

    reading = layers.TextVectorization(output_sequence_length=5, vocabulary=["good", "not", "film"])
    inner = [reading, layers.Embedding(5, 3, mask_zero=True), layers.LSTM(4)]
    return random(Sequential([Input((), dtype="string"), *inner])), np.array(["good film", "not a good film"])


def bidirectional_lstm_imdb_file():
    from keras import Input, Model, layers

    words = Input((None,), dtype="int32")
    x = layers.Embedding(20_000, 128)(words)
    x = layers.Bidirectional(layers.LSTM(64, return_sequences=True))(x)
    x = layers.Bidirectional(layers.LSTM(64))(x)
    model = Model(words, layers.Dense(1, activation="sigmoid")(x))
    return random(model, 0.1), np.random.default_rng(3).integers(0, 20_000, (2, 200))


def lstm_seq2seq_file():
    from keras import Input, Model, layers

    told, said = Input((None, 71)), Input((None, 93))
    _, h, c = layers.LSTM(256, return_state=True)(told)
    y, _, _ = layers.LSTM(256, return_sequences=True, return_state=True)(said, initial_state=[h, c])
    model = Model([told, said], layers.Dense(93, activation="softmax")(y))
    rng = np.random.default_rng(4)
    return random(model, 0.1), [np.eye(n)[rng.integers(0, n, (2, T))] for n, T in ((71, 16), (93, 59))]


def addition_rnn_file():
    from keras import Input, Sequential, layers

    inner = [
        layers.LSTM(128),
        layers.RepeatVector(4),
        layers.LSTM(128, return_sequences=True),
        layers.Dense(12, activation="softmax"),
    ]
    x = np.eye(12)[np.random.default_rng(5).integers(0, 12, (3, 7))].astype(bool)
    return random(Sequential([Input((7, 12)), *inner]), 0.1), x
