"""`watch`: the layers of whole models, each beside what Keras returned; what is refused; nothing is left behind."""

import io
import re
import subprocess
import sys
from functools import partial

import architectures as built
import numpy as np
import pytest
from architectures import ids, numbers, random

from lstm_edu import LSTMCell, watch
from lstm_edu.cells import LSTMTrace
from lstm_edu.model_traces import Directions, Seen, Stack, Unfollowed
from lstm_edu.other_libraries.keras_h5 import H5Layers

pytestmark = pytest.mark.keras

FLOAT32 = 2e-6  # up to 200 steps, values up to 1: worst seen 3.7e-7
FLOAT64 = 5e-15  # worst seen 2.2e-16

OF_WORDS = [f"each/of_words#{k}" for k in (1, 2, 3)]

# name: what builds it, and the places of its recurrent layers
MODELS = {
    "one layer": (built.one_layer, ["lstm"]),
    "stacked, with dropout": (built.stacked, 2),
    "GRU in both forms, SimpleRNN": (built.gru_and_simple, 3),
    "mask of an Embedding": (built.masked_by_embedding, 2),
    "Masking, backwards": (built.masking_backwards, 2),
    "Bidirectional, concat": (partial(built.bidirectional, "concat"), ["both.forward", "both.backward", "both"]),
    "Bidirectional, sum": (partial(built.bidirectional, "sum"), 3),
    "Bidirectional, mul": (partial(built.bidirectional, "mul", masks=False), 3),
    "Bidirectional, ave, last outputs": (partial(built.bidirectional, "ave", sequences=False), 3),
    "Bidirectional, None": (partial(built.bidirectional, None), 3),
    "Bidirectional of two layers, states": (built.two_other_directions, 3),
    "RNN of cells": (built.cells, ["alone", "several"]),
    "RNN of cells with initial states": (built.cells_with_states, 1),
    "TimeDistributed": (partial(built.time_distributed, False), [*OF_WORDS, "of_sentences"]),
    "TimeDistributed, masks": (partial(built.time_distributed, True), OF_WORDS),
    "encoder and decoder": (built.encoder_decoder, ["encoder", "decoder"]),
    "a model in a model": (built.nested, ["inner/lstm", "gru", "lstm"]),
    "a class of one's own": (built.subclassed, ["encoder/level_0", "encoder/level_1", "last"]),
    "a layer in a loop": (built.called_in_a_loop, [f"decoder#{k}" for k in range(1, 7)]),
    "a shared layer": (built.shared, ["shared#1", "shared#2"]),
    "stateful": (built.stateful, 2),
    "stateful, both directions": (built.stateful_both_ways, 3),
    "both directions from a state": (built.both_ways_from_a_state, 3),
    "a model used twice": (
        built.a_model_used_twice,
        [f"encoder/both{way}#{k}" for way in (".forward", ".backward", "") for k in (1, 2)],
    ),
    "float64": (built.double_precision, 2),
    "texts": (built.texts, 1),
    "Keras' example bidirectional_lstm_imdb": (built.bidirectional_lstm_imdb_file, 6),
    "Keras' example lstm_seq2seq": (built.lstm_seq2seq_file, 2),
    "Keras' example addition_rnn": (built.addition_rnn_file, 2),
}


@pytest.mark.parametrize("name", MODELS)
def test_every_layer_agrees_with_keras(name, last_lines):
    build, places = MODELS[name]
    model, x = build()
    seen = watch(model, x)
    assert list(seen) == places if isinstance(places, list) else len(seen) == places
    assert not any(isinstance(row.traced, Unfollowed) for row in seen.rows), seen
    assert seen.worst <= (FLOAT64 if name == "float64" else FLOAT32), seen
    assert len(repr(seen).splitlines()) == min(len(seen), 1 if "loop" in name else len(seen)) + 1  # no remark
    last_lines.append(f"watch, {name}: {seen.worst:.1e}")


def test_a_difference_is_seen():
    """The comparison can fail: a layer that gives something else than its weights say."""
    model, x = built.one_layer()
    layer, gives = model.layers[0], model.layers[0].call
    layer.call = lambda *arguments, **options: gives(*arguments, **options) + 0.01
    seen = watch(model, x)
    assert seen.worst == pytest.approx(0.01, rel=1e-3)
    assert "lstm differs from Keras by more than rounding can" in str(seen)
    del layer.call


# --- what a trace has -------------------------------------------------------------------------------------------------


def test_the_gates_are_those_of_the_layers_equations():
    """Step by step, with Keras' own arithmetic and no cell of this package: the sums of the last layer of two."""
    from keras import ops

    model, x = built.stacked()
    seen = watch(model, x)
    last = model.layers[2]
    kernel, recurrent, bias = (np.asarray(w) for w in last.get_weights())
    below = np.asarray(model.layers[0](x))
    h = c = np.zeros((5, 4), np.float32)
    for t in range(7):
        i, f, g, o = np.split(below[:, t] @ kernel + h @ recurrent + bias, 4, axis=1)
        i, f, o, g = (*(np.asarray(ops.sigmoid(z)) for z in (i, f, o)), np.tanh(g))
        c = f * c + i * g
        h = o * np.tanh(c)
        for part, value in {"i": i, "f": f, "g": g, "o": o, "c": c, "h": h}.items():
            assert np.allclose(getattr(seen[last.name], part)[:, t], value, atol=FLOAT32), (part, t)


def test_a_trace_has_both_orders_and_its_mask():
    model, x = built.bidirectional("concat")
    seen = watch(model, x)
    both, backward = seen["both"], seen["both.backward"]
    assert isinstance(both, Directions) and both.backward is backward and both.merge_mode == "concat"
    assert isinstance(backward, LSTMTrace) and backward.go_backwards and not both.forward.go_backwards
    assert backward.c.shape == (6, 8, 4)
    assert np.array_equal(backward.in_time("c"), backward.c[:, ::-1])
    assert np.array_equal(backward.in_time("mask"), x != 0) and np.array_equal(backward.mask, (x != 0)[:, ::-1])
    assert np.array_equal(backward.inputs, model.layers[0].get_weights()[0][x])


def test_a_stack_has_a_trace_for_each_cell():
    model, x = built.cells()
    stack = watch(model, x)["several"]
    assert isinstance(stack, Stack) and [trace.h.shape[2] for trace in stack.cells] == [4, 3, 5]
    assert np.array_equal(stack.cells[1].inputs, stack.cells[0].in_time("h"))
    assert np.array_equal(stack.h, stack.cells[-1].h)


def test_a_mask_is_lost_where_keras_loses_it():
    """With an initial state, Keras 3 hands no mask to a layer: the table shows that all of its steps count."""
    from keras import Input, Model, layers

    words = Input((8,))
    y, h, c = layers.LSTM(4, return_sequences=True, return_state=True, name="first")(
        layers.Embedding(10, 3, mask_zero=True)(words)
    )
    model = random(Model(words, layers.LSTM(4, name="second")(y, initial_state=[h, c])))
    x = ids(6, 8)
    seen = watch(model, x)
    counted = {row.name: (row.counted, row.steps) for row in seen.rows}
    assert counted == {"first": (int((x != 0).sum()), 48), "second": (48, 48)} and seen.worst < FLOAT32
    assert np.allclose(seen["second"].initial_state[1], seen["first"].state[1], atol=FLOAT32)


def test_batches_change_nothing_but_rounding():
    model, x = built.encoder_decoder()
    whole, parts = watch(model, x), watch(model, x, batch_size=2)
    for name in whole:
        assert np.allclose(whole[name].c, parts[name].c, atol=FLOAT32)
        assert np.allclose(whole[name].initial_state[0], parts[name].initial_state[0], atol=FLOAT32)


def test_x_may_be_a_data_set_a_list_or_a_generator():
    import keras
    import tensorflow as tf

    class Pairs(keras.utils.PyDataset):
        num_batches = 3

        def __getitem__(self, k):
            return x[2 * k : 2 * k + 2], np.zeros(2)

    model, x = built.one_layer()
    f = watch(model, x)["lstm"].f
    pairs = tf.data.Dataset.from_tensor_slices((x, np.zeros(5))).batch(2)
    for given in (pairs, Pairs(), x.tolist(), (x[k : k + 2] for k in (0, 2, 4)), tf.constant(x)):
        assert np.allclose(watch(model, given)["lstm"].f, f, atol=FLOAT32)


# --- nothing is left behind -------------------------------------------------------------------------------------------


def numbers_of(model):
    return [np.array(v.numpy()) for v in model.variables]


def test_states_weights_and_random_generators_stay():
    model, x = built.stateful()
    model.predict(x[:2], batch_size=2, verbose=0)
    states = [np.array(v.numpy()) for layer in model.layers for v in layer.states]
    assert all(np.abs(state).max() > 0 for state in states)
    seen = watch(model, x)
    after = [np.array(v.numpy()) for layer in model.layers for v in layer.states]
    assert all(np.array_equal(a, b) for a, b in zip(states, after, strict=True))
    gru, lstm = seen[model.layers[0].name], seen[model.layers[1].name]
    assert np.array_equal(gru.initial_state[:2], states[0])  # the state it had
    assert np.allclose(gru.initial_state[2:4], gru.h[:2, -1], atol=FLOAT32)  # and from batch to batch, as in predict
    assert np.allclose(lstm.last_output, model.predict(x, batch_size=2, verbose=0), atol=FLOAT32)

    model, x = built.stacked()
    before = numbers_of(model)  # the state of the generator for dropout among them, which Keras moves in any call
    watch(model, x)
    assert all(np.array_equal(a, b) for a, b in zip(before, numbers_of(model), strict=True))


class Stopped(BaseException):
    pass


@pytest.mark.parametrize("error", [Stopped, ValueError])
def test_each_layer_gets_its_own_call_back(error):
    import keras
    import tensorflow as tf

    class Breaks(keras.layers.Layer):
        breaks = False

        def call(self, x):
            if self.breaks:
                raise error("no more")
            return x

    lstm, breaks = keras.layers.LSTM(4, stateful=True), Breaks()
    model = keras.Sequential([keras.Input(batch_shape=(2, 7, 3)), lstm, breaks])
    breaks.breaks = True
    with pytest.raises(error, match="no more"):
        watch(model, numbers(2, 7, 3))
    assert "call" not in vars(lstm) and not tf.config.functions_run_eagerly()
    assert all(np.all(state.numpy() == 0) for state in lstm.states)


def test_what_the_model_says_afterwards_is_what_it_said_before():
    model, x = built.bidirectional("concat")
    before = model.predict(x, verbose=0)
    watch(model, x)
    assert np.array_equal(before, model.predict(x, verbose=0))


# --- what cannot be followed ------------------------------------------------------------------------------------------


def test_a_layer_that_cannot_be_followed_is_listed_and_the_others_are_shown():
    import keras
    from keras import Input, Model, layers

    class Negative(layers.LSTM):
        def call(self, sequences, initial_state=None, mask=None, training=False):
            return -super().call(sequences, initial_state, mask, training)

    class Minimal(layers.Layer):
        state_size = 4

        def call(self, x, states):
            h = keras.ops.tanh(x @ keras.ops.ones((4, 4)) + states[0])
            return h, [h]

    x = Input((7, 3))
    y = layers.LSTM(4, return_sequences=True, name="known")(x)
    y = Negative(4, return_sequences=True, name="negative")(y)
    y = layers.RNN(Minimal(), return_sequences=True, name="minimal")(y)
    y = layers.LSTM(4, activation="gelu", return_sequences=True, name="gelu")(y)
    y = layers.GRU(4, dtype="mixed_float16", return_sequences=True, name="half")(y)
    y = layers.Bidirectional(layers.LSTM(4, activation="gelu"), name="both")(y)
    model = random(Model(x, y))
    seen = watch(model, numbers(5, 7, 3))
    reasons = {row.name: row.traced.reason for row in seen.rows if isinstance(row.traced, Unfollowed)}
    assert repr(seen["gelu"]) == f"Unfollowed: {reasons['gelu']}"
    assert list(reasons) == ["negative", "minimal", "gelu", "half", "both.forward", "both.backward", "both"]
    assert "got Negative" in reasons["negative"] and "got Minimal" in reasons["minimal"]
    assert "got mixed_float16" in reasons["half"] and seen["half"].inputs.dtype == np.float32
    assert "activation" in reasons["gelu"] and "forward direction is not followed" in reasons["both"]
    assert seen.worst < FLOAT32 and seen["known"].f.shape == (5, 7, 4)
    assert np.allclose(seen["negative"].inputs, seen["known"].h, atol=FLOAT32)
    assert np.array_equal(seen["minimal"].inputs, seen["negative"].returned[0])
    with pytest.raises(
        AttributeError, match="^f: expected a layer that was followed, got one that was not: .*Negative"
    ):
        _ = seen["negative"].f
    text = str(seen)
    assert text.count("not followed") >= 6 and "for a cell of your own" in text
    own = LSTMCell(*model.get_layer("negative").get_weights()).run(seen["negative"].inputs)  # what the remark says
    assert np.allclose(-own.h, seen["negative"].returned[0], atol=FLOAT32)


def test_a_layer_that_reads_pictures_is_listed():
    from keras import Input, Sequential, layers

    model = random(Sequential([Input((4, 6, 2)), layers.ConvLSTM1D(3, 3, name="pictures"), layers.Flatten()]))
    seen = watch(model, numbers(2, 4, 6, 2))
    assert "got ConvLSTM1D" in seen["pictures"].reason and seen["pictures"].inputs.shape == (2, 4, 6, 2)
    assert seen["pictures"].returned[0].shape == (2, 4, 3)


def test_a_layer_that_is_not_called_or_not_alike_in_each_batch_is_listed():
    import keras
    from keras import layers

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.short, self.never = layers.LSTM(2, name="short"), layers.LSTM(2, name="never")

        def call(self, x, other=False):
            return self.never(x) if other else self.short(x[:, : len(x)])

    model = Own()
    model.never.build((None, None, 3))
    model(numbers(2, 5, 3))
    seen = watch(model, numbers(3, 5, 3), batch_size=2)
    assert "does not call it for this x" in seen["never"].reason
    assert "same shape in each batch" in seen["short"].reason
    assert isinstance(watch(model, numbers(3, 5, 3), batch_size=3)["short"], LSTMTrace)


def test_tensors_without_values_are_a_reason():
    import keras
    from keras import layers

    class Mapped(keras.Model):
        def __init__(self):
            super().__init__()
            self.inner = layers.LSTM(2, name="inner")

        def call(self, x):
            return keras.ops.vectorized_map(self.inner, x)

    model = Mapped()
    model(numbers(2, 4, 5, 3))
    seen = watch(model, numbers(2, 4, 5, 3))
    assert "compiled first" in seen["inner"].reason and "call" not in vars(model.inner)


def test_a_layer_with_numbers_that_are_none_is_listed():
    model, x = built.stacked()
    x[1, 2, 0] = np.nan
    seen = watch(model, x)
    assert all("expected finite numbers" in trace.reason for trace in seen.values()) and np.isnan(seen.worst)


# --- arguments --------------------------------------------------------------------------------------------------------


def test_the_memory_is_estimated_and_refused_with_a_number():
    model, x = built.stacked()
    x = np.repeat(x, 200, axis=0)  # 1,000 sequences, of which 256 are run
    with pytest.raises(ValueError, match="^memory: expected traces of at most 0.0005 GB, got") as caught:
        watch(model, x, memory=0.0005)
    assert "for 1000 sequences: hand over at most" in str(caught.value)
    fit = int(str(caught.value).partition("at most 0.0005 GB")[2].partition("at most ")[2].split()[0])
    seen = watch(model, x[:fit], memory=0.0005)
    kept = {id(a): a.nbytes for trace in seen.values() for a in (trace.inputs, *trace.states.values(), trace.h)}
    kept |= {id(getattr(trace, gate)): getattr(trace, gate).nbytes for trace in seen.values() for gate in "ifgo"}
    assert 0.8 * 0.0005e9 < sum(kept.values()) <= 0.0005e9


def refused_models():
    import keras
    from keras import Input, Sequential, layers

    class Unbuilt(keras.Model):
        def call(self, x):
            return x

    unbuilt = Sequential([layers.LSTM(2)])
    return [
        (None, TypeError, "model: expected a Keras 3 model, got NoneType"),
        ("model.keras", TypeError, "load_model"),
        (layers.LSTM(2), TypeError, r"got LSTM: hand over keras.Sequential\(\[layer\]\)"),
        (keras.Model, TypeError, "got the class Model"),
        (LSTMCell(np.ones((1, 4)), np.ones((1, 4))), TypeError, "got LSTMCell"),
        (np.ones((2, 3)), TypeError, "got ndarray"),
        (unbuilt, ValueError, "model: expected a built model"),
        (Unbuilt(), ValueError, "model: expected a built model"),
        (Sequential([Input((3,)), layers.Dense(2)]), ValueError, "at least one recurrent layer .* got Dense"),
    ]


def test_what_is_no_model_to_watch_is_refused():
    for model, error, words in refused_models():
        with pytest.raises(error, match=words) as caught:
            watch(model, numbers(2, 7, 3))
        assert str(caught.value).startswith("model: ") and "\n" not in str(caught.value)


REFUSED = [
    ({"x": None}, TypeError, "x: expected arrays .* got NoneType"),
    ({"x": "a film"}, TypeError, "x: expected arrays .* got str"),
    ({"x": 3.0}, ValueError, "x: expected at least one sequence"),
    ({"x": []}, ValueError, "x: expected at least one sequence"),
    ({"x": {}}, ValueError, "x: .* empty dict"),
    ({"x": numbers(0, 7, 3)}, ValueError, r"x: expected at least one sequence, got shape \(0, 7, 3\)"),
    ({"x": [[1, 2], [3]]}, ValueError, "x: .* rows of different lengths: pad them first"),
    ({"x": numbers(5, 7, 3) * 1j}, TypeError, "x: expected real numbers or texts, got dtype complex"),
    ({"x": np.array([object()])}, TypeError, "x: expected real numbers or texts, got dtype object"),
    ({"x": np.ma.masked_array(numbers(5, 7, 3))}, TypeError, "x: expected a plain array"),
    ({"x": np.zeros((5, 7, 3), "datetime64[s]")}, TypeError, "x: expected real numbers or texts"),
    ({"x": numbers(5, 7)}, ValueError, r"x: expected shape \(B, 7, 3\), got \(5, 7\): a batch .* is x\[None\]"),
    ({"x": np.full((5, 7, 3), "a")}, ValueError, "x: expected numbers for 'seq.*', got strings: turn words into ids"),
    ({"x": [[["a"] * 3] * 7]}, ValueError, "x: expected numbers for .*, got strings"),
    ({"x": numbers(5, 7, 4)}, ValueError, "x: expected what .* can read, but it says"),
    ({"x": [numbers(5, 7, 3), numbers(5, 7, 3)]}, ValueError, "x: expected what .* can read, but it says"),
    (
        {"x": [numbers(5, 7, 3), numbers(4, 7, 3)]},
        ValueError,
        r"x: expected the same number .* x\[0\] has 5, x\[1\] has 4",
    ),
    ({"x": [numbers(5, 7, 3), None]}, TypeError, r"x\[1\]: expected arrays"),
    ({"x": {"a": numbers(5, 7, 3), "b": numbers(6, 7, 3)}}, ValueError, r"x: .* x\['a'\] has 5, x\['b'\] has 6"),
    ({"x": iter([])}, ValueError, "x: expected at least one batch"),
    ({"x": iter([numbers(5, 7, 4)])}, ValueError, "x: expected what .* can read, but it says"),
    ({"x": iter([numbers(5, 7, 3)]), "batch_size": 2}, ValueError, "batch_size: expected None"),
    ({"batch_size": 0}, ValueError, "batch_size: expected a whole number from 1"),
    ({"batch_size": 2.0}, TypeError, "batch_size: expected a whole number, got float"),
    ({"batch_size": True}, TypeError, "batch_size: expected a whole number, got bool"),
    ({"memory": -1}, ValueError, "memory: expected a number from 0"),
    ({"memory": float("nan")}, ValueError, "memory: expected a number from 0"),
    ({"memory": "4 GB"}, TypeError, "memory: expected a number from 0"),
    ({"memory": 0}, ValueError, "memory: expected traces of at most 0 GB, .* fewer or shorter"),
    ({"quiet": 1}, TypeError, "quiet: expected True or False"),
]


def test_bad_arguments_are_refused_in_a_sentence():
    model, x = built.one_layer()
    for options, error, words in REFUSED:
        try:
            watch(model, **{"x": x} | options)
            pytest.fail(f"not refused: {options}")
        except error as refusal:
            assert re.match(words, said := str(refusal)), (options, said)
        assert "\n" not in said and "\x1b" not in said, options
    assert "call" not in vars(model.layers[0])


def test_an_id_without_a_row_is_named():
    model, x = built.masked_by_embedding()
    x[1, 2] = 50
    with pytest.raises(ValueError, match=r"^x: expected ids from 0 to 9, the rows of the Embedding, got 50$"):
        watch(model, x)


def test_a_stateful_model_reads_whole_batches():
    model, x = built.stateful()
    for options, words in (
        ({"x": x[:5]}, "x: expected a multiple of 2 sequences"),
        ({"x": x, "batch_size": 3}, "batch_size: expected 2, the size"),
    ):
        with pytest.raises(ValueError, match=f"^{words}"):
            watch(model, **options)


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_names_are_found_and_others_are_refused_with_those_that_there_are():
    seen = watch(*built.nested())
    assert seen["inner/lstm"].h.shape == (4, 7, 4) and seen["lstm"].h.shape == (4, 7, 3)
    assert seen["gru"] is seen["gru"] and "gru" in seen and "belt" not in seen
    with pytest.raises(KeyError, match="name: expected one of inner/lstm, gru, lstm, got 'belt'"):
        seen["belt"]
    seen = watch(*built.called_in_a_loop())
    with pytest.raises(KeyError, match="expected one of decoder#1, decoder#2, .*got 'decoder'"):
        seen["decoder"]
    assert np.allclose(seen["decoder#2"].initial_state[1], seen["decoder#1"].state[1], atol=FLOAT32)
    assert str(seen).splitlines()[1].startswith("decoder#1 to decoder#6")


def test_the_table_as_text_and_as_html():
    import keras

    model = keras.Sequential([keras.Input((7, 3)), keras.layers.LSTM(4, name="a<b>", go_backwards=True)])
    seen = watch(model, numbers(5, 7, 3))
    head, line = str(seen).splitlines()
    assert head.split("  ")[0] == "layer" and line.startswith("a<b>   LSTM, backwards  (5, 7, 3)  (5, 4)   all 35")
    html = seen._repr_html_()
    assert "a&lt;b&gt;" in html and "<b>" not in html and html.count("<tr>") == 2


def test_a_trace_is_told_in_one_line():
    model, x = built.bidirectional("concat")
    both = watch(model, x)["both"]
    told = f"LSTMTrace i f g o c h {both.forward.h.shape}, {(x != 0).sum()} of {x.size} steps count"
    assert repr(both.forward) == told and repr(both.backward) == f"{told}, the last step first"
    assert repr(both) == f"Directions(forward={told}, backward={told}, the last step first, merge_mode='concat')"
    trace = watch(*built.one_layer())["lstm"]
    assert repr(trace) == "LSTMTrace i f g o c h (5, 7, 4), all 35 steps count"
    with pytest.raises(AttributeError, match=r"^f: expected one direction, got both: take .forward or .backward"):
        _ = both.f


def test_help_says_what_get_gives():
    import keras  # noqa: F401  # it writes another text for every Mapping's get

    seen = watch(*built.one_layer())
    assert seen.get("lstm") is seen["lstm"] and seen.get("belt") is None and "layer" in Seen.get.__doc__
    assert "layer" in H5Layers.get.__doc__


def test_a_figure_of_a_layer():
    model, x = built.bidirectional("concat")
    seen = watch(model, x)
    words = [f"<b>{k}" for k in range(8)]
    figure = seen.figure("both.backward", sample=3, tokens=words)
    assert [trace.type for trace in figure.data] == ["heatmap"] * 6
    f = np.array(figure.data[1].z)
    trace, counts = seen["both"].backward, x[3] != 0
    first, *_, last = np.flatnonzero(counts)
    shown = counts[first : last + 1]
    assert np.allclose(f[:, shown], trace.in_time("f")[3].T[:, counts]) and np.isnan(f[:, ~shown]).all()
    assert figure.layout.xaxis6.ticktext[1] == "&lt;b&gt;1" and "both.backward" in figure.layout.title.text
    for layer, words in (("both", "one direction"), (seen["both"], "one direction")):
        with pytest.raises(ValueError, match=f"^layer: expected {words}"):
            seen.figure(layer)
    with pytest.raises(ValueError, match="^tokens: expected 8 texts, one for each step, got 1"):
        seen.figure("both.forward", tokens=["good"])
    with pytest.raises(KeyError):
        seen.figure("belt")
    assert seen.figure(seen["both"].forward, steps=(2, 4)).data[0].z.shape == (4, 3)


def test_a_bar_where_somebody_watches(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    model, x = built.one_layer()
    monkeypatch.setattr(sys, "stdout", said := Terminal())
    watch(model, x, batch_size=2, quiet=True), watch(model, x)
    assert said.getvalue() == ""
    watch(model, x, batch_size=2)
    drawn = said.getvalue().split("\r")
    assert drawn[1].startswith("watch ████████░") and drawn[1].endswith("33%")
    assert drawn[-1] == "" and drawn[-2].strip() == "" and len(drawn[-2]) >= len(drawn[-3])


def test_watch_is_loaded_when_it_is_asked_for():
    code = (
        "import sys, lstm_edu; before = set(sys.modules);"
        "from lstm_edu import watch; from lstm_edu.model_traces import Seen; from lstm_edu import watch as again;"
        "print('lstm_edu.model_traces' in before, again is watch, callable(watch), 'keras' in sys.modules);"
        "print(hasattr(lstm_edu, 'wach'))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert told == ["False", "True", "True", "False", "False"]
