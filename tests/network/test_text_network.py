"""TextNetwork against Keras: each kind of network that reads text, in float64, and every layer's trace."""

from pathlib import Path

import numpy as np
import pytest
from text_models import models, of_random_weights, rows, texts

from lstm_edu import watch
from lstm_edu.keras_bridge import text_network_from_keras
from lstm_edu.network import TextNetwork, Vocabulary, own_vocabulary, shipped

EXACT = 1e-12  # float64, 12 steps: worst seen 1.1e-15


def test_a_network_of_one_cell_reads_as_it_always_did():
    net = shipped("lstm_32")
    for text in ("Not bad at all.", "", "the movie " * 300):
        old, new = net.read(text), TextNetwork.of(net).read(text)
        assert (old.words, old.known, old.paddings, old.loudest) == (new.words, new.known, new.paddings, new.loudest)
        assert np.array_equal(old.p, new.p) and (old.start, old.last) == (new.start, new.last)
        assert all(np.array_equal(values, new.parts[part]) for part, values in old.parts.items())


def test_words_get_their_ids():
    ids = {"don't": 2, "dont": 3, "well": 4, "Well": 5, "made": 6, "wellmade": 7}
    text = "Well-made, DON'T"
    for split, expected in {
        "tokenizer": ["well", "made", "don't"],
        "vectorization": ["wellmade", "dont"],
        "blanks": ["Well-made,", "DON'T"],
    }.items():
        known = Vocabulary(ids, start=0, unknown=1, split=split)
        assert known.encode(text) == ([0, *(ids.get(word, 1) for word in expected)], ["<start>", *expected])
    assert Vocabulary(ids).encode("A well made film") == ([4, 6], ["well", "made"])  # unknown ones are left out


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"tokens": ["", "a"], "word_index": {"a": 1}}, ValueError, "tokens: expected either word_index or tokens"),
        ({"tokens": "a b"}, TypeError, "tokens: expected a list of words, got str"),
        ({"tokens": ["", "a", "a"]}, ValueError, "tokens: expected each word once, got 'a' more often"),
        ({"tokens": ["", b"a"]}, TypeError, "tokens[1]: expected a string, got bytes"),
        ({"word_index": {}}, TypeError, "word_index: expected a dictionary of words and ids, got dict without a word"),
        ({"word_index": {1: "a"}}, TypeError, "word_index: expected a string for each word, got int"),
        ({"word_index": {"a": 1.0}}, TypeError, "word_index['a']: expected a whole number, got float"),
        ({"word_index": {"a": -1}}, ValueError, "word_index['a']: expected a whole number from 0 to"),
        ({"word_index": {"a": 9}}, ValueError, "word_index: expected words with ids from 0 to 4, got none"),
        ({"tokens": ["", "a"], "unknown": 5}, ValueError, "unknown: expected a whole number from 0 to 4, got 5"),
        ({"tokens": ["", "a"], "pad": None}, TypeError, "pad: expected a whole number, got NoneType"),
        ({"tokens": ["", "a"], "split": "spaces"}, ValueError, "split: expected one of tokenizer, vectorization, "),
        (
            {"tokens": [*"abcde"]},
            ValueError,
            "tokens[0]: expected '', the padding, got 'a': the ids of the words may be",
        ),
        ({"tokens": ["", *"abcd"], "pad": 2}, ValueError, "tokens[2]: expected '', the padding, got 'b'"),
        ({"word_index": {"a": 0, "b": 4}}, ValueError, "word_index['a']: expected an id other than 0, the padding's"),
    ],
)
def test_words_that_do_not_fit_are_refused(given, error, message):
    with pytest.raises(error) as caught:
        own_vocabulary(5, **given)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("given", "warned"),
    [
        (
            {"tokens": ["", "a", "b"]},
            "tokens: expected words up to id 4, the last row of the Embedding, got none for the last 2",
        ),
        ({"tokens": ["", "a", "b"], "unknown": 1}, "tokens: .* got none for the last 2: "),
        ({"word_index": {"a": 1, "b": 3}}, "word_index: expected words up to id 4, .* got none for the last 1: "),
    ],
)
def test_a_list_that_ends_before_the_embedding_does_is_warned_of(given, warned):
    with pytest.warns(UserWarning, match=warned):
        own_vocabulary(5, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"tokens": ["", "[UNK]", "a", "b", "c"]},
        {"tokens": ["", "[UNK]", "a"], "unknown": 1},  # as TextVectorization of few texts has it
        {"tokens": ["<pad>", "<unk>", "a", "b", "c"], "split": "blanks"},
        {"word_index": {"a": 2, "b": 3}, "unknown": 4},
        {"word_index": {"[PAD]": 0, "a": 1, "b": 4, "c": 5}},  # c has no row, as with num_words
    ],
)
def test_a_list_that_fits_is_taken_in_silence(given):
    assert own_vocabulary(5, **given).ids["a"] == (
        given["tokens"].index("a") if "tokens" in given else given["word_index"]["a"]
    )


@pytest.mark.keras
def test_texts_are_cut_up_as_keras_does():
    import keras

    content = ["Well-made, DON'T", "a\tb\nc  d", "İST É (x) [y] 10/10 `q` ~", "…—“fine”", "a\u00a0b \x0bc\x0cd"]
    layer = keras.layers.TextVectorization(standardize="lower_and_strip_punctuation")
    layer.adapt(content)
    tokens = layer.get_vocabulary()
    net = Vocabulary({word: k for k, word in enumerate(tokens)}, unknown=1, split="vectorization")
    for text in content:
        assert net.encode(text)[1] == [tokens[k] for k in np.asarray(layer([text]))[0] if k]


@pytest.mark.keras
@pytest.mark.parametrize("way", ["vectorization", "tokenizer", "tokenizer with a word for the unknown"])
def test_texts_become_numbers_as_the_page_says(way):
    """The table of book/your_network.md: what is written there gives what Keras' own way gives."""
    import keras
    from keras.src.legacy.preprocessing.text import Tokenizer

    known = ["The film is good, isn't it?", "A dull film - an over-long film."]
    content = [*known, "", "Unheard of: a FILM", "the film is good the film is dull today"]
    if way == "vectorization":
        layer = keras.layers.TextVectorization(output_sequence_length=6)
        layer.adapt(known)
        rows = np.asarray(layer(content))
        how = {"tokens": layer.get_vocabulary(), "unknown": 1, "padding": "post", "truncating": "post"}
        how |= {"split": "vectorization"}
    else:
        tokenizer = Tokenizer(oov_token="?" if "unknown" in way else None)
        tokenizer.fit_on_texts(known)
        rows = keras.utils.pad_sequences(tokenizer.texts_to_sequences(content), 6)
        how = {"word_index": tokenizer.word_index}
        how |= {"unknown": tokenizer.word_index["?"]} if "unknown" in way else {}
    layers = keras.layers
    size = 20 if way == "vectorization" else len(tokenizer.word_index) + 1
    model = keras.Sequential([keras.Input((6,)), layers.Embedding(size, 3), layers.LSTM(4), layers.Dense(1, "sigmoid")])
    of_random_weights(model)
    net = text_network_from_keras(model, **how)
    read = [net.read(text).last for text in content]
    assert np.abs(read - model.predict_on_batch(rows)[:, 0]).max() < 1e-6  # float32
    assert np.ptp(read) > 1e-3


@pytest.mark.keras
def test_a_sum_without_a_sigmoid_is_read_as_one():
    import keras

    layers = keras.layers
    model = keras.Sequential([keras.Input((6,)), layers.Embedding(3, 3), layers.GRU(2), layers.Dense(1)])
    squashed = keras.Sequential([*model.layers[:-1], layers.Dense(1, "sigmoid")])
    squashed.build((None, 6))
    words = {"word_index": {"a": 1, "b": 2}, "padding": "post"}
    net = text_network_from_keras(model, from_logits=True, **words)
    logit = model.predict_on_batch(np.array([[1, 2, 0, 0, 0, 0]])).item()
    assert net.read("a b c").last == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-6)  # float32
    for one, from_logits, message in (
        (model, False, "to be 'sigmoid', got 'linear': if it was trained with from_logits=True"),
        (squashed, True, "to be 'linear', got 'sigmoid'"),
    ):
        with pytest.raises(ValueError, match=message):
            text_network_from_keras(one, from_logits=from_logits, **words)


@pytest.mark.keras
def test_what_is_asked_otherwise_is_refused_by_name():
    import keras

    layers = keras.layers
    tail = [layers.Embedding(9, 3, mask_zero=True), layers.LSTM(2), layers.Dense(1, "sigmoid")]
    model = keras.Sequential([keras.Input((6,)), *tail])
    reads = layers.TextVectorization()
    reads.adapt(["a b"])
    of_texts = keras.Sequential([keras.Input((1,), dtype="string"), reads, *tail])
    zeroed = keras.Sequential([keras.Input((6,)), tail[0], layers.LSTM(2, zero_output_for_mask=True), tail[2]])
    pooled = keras.Sequential([keras.Input((6,)), tail[0], layers.LSTM(2, return_sequences=True)])
    pooled.add(layers.GlobalAveragePooling1D())
    pooled.add(tail[2])
    words = {"word_index": {"a": 1, "b": 8}}
    for one, given, error, message in (
        (model, {"maxlen": 7}, ValueError, "maxlen: expected 6, as the model's input has it, got 7"),
        (model, {"padding": "behind"}, ValueError, "padding: expected one of pre, post, got 'behind'"),
        (model, {"truncating": 1}, TypeError, "truncating: expected one of pre, post, got int"),
        (model, {"pad": 3}, ValueError, "pad: expected 0, which mask_zero leaves out, got 3"),
        (model, {"from_logits": 1}, TypeError, "from_logits: expected"),
        (of_texts, {}, TypeError, "model: .*TextVectorization.* tokens=vectorization.get_vocabulary.., unknown=1"),
        (pooled, {}, TypeError, "then one Dense, got .*, Dense; not read here: GlobalAveragePooling1D: what each"),
        (Path("mine.keras"), {}, TypeError, "model: .* got PosixPath: keras.saving.load_model reads a file"),
        (zeroed, {}, ValueError, "model: expected the LSTM's zero_output_for_mask to be False, got True"),
    ):
        with pytest.raises(error, match=message):
            text_network_from_keras(one, **words | given)
    with pytest.raises(ValueError, match="word_index: expected one, or tokens, beside unknown, got neither"):
        text_network_from_keras(model, unknown=1)


@pytest.mark.keras
def test_the_answer_is_keras_and_every_place_can_be_read(last_lines):
    worst = 0
    for name, (make, how) in models().items():
        model = make("float64")
        net = text_network_from_keras(model, **how)
        content = texts()
        given = rows(how, content, net.length)
        expected = model.predict_on_batch(given)[:, 0]
        assert expected.dtype == np.float64 and np.ptp(expected) > 1e-3, name
        seen = watch(model, given)
        for place, cell in net.places.items():
            trace = seen[place]
            for k, text in enumerate(content):
                reading = net.read(text, place)
                worst = max(worst, abs(reading.last - expected[k]))
                at = columns(net, given[k], len(reading.words))
                assert len(at) == len(reading.words) == len(reading.known) == len(reading.p), name
                for part in cell.parts:
                    off = np.abs(trace.in_time(part)[k][at] - reading.parts[part])
                    worst = max(worst, off.max(initial=0))
                if reading.push is not None and len(net.layers[-1].ways()) == 1:
                    rest = np.log(expected[k] / (1 - expected[k])) - reading.push.sum()
                    assert abs(rest - net.dense.bias[0]) < 1e-9, name
    last_lines.append(f"TextNetwork: {len(models())} models, Keras in float64 {worst:.1e}")
    assert worst < EXACT


def columns(net, row, T):
    """Where the T words of a text stand in Keras' row: the steps that count, or those beside the filling."""
    if net.masked is not None:
        return np.flatnonzero(~net.masked[row])
    return np.arange(len(row))[len(row) - T :] if net.padding == "pre" else np.arange(T)
