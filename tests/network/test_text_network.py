"""TextNetwork against Keras: each kind of network that reads text, in float64, and every layer's trace."""

import numpy as np
import pytest
from text_models import models, rows, texts

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
    ],
)
def test_words_that_do_not_fit_are_refused(given, error, message):
    with pytest.raises(error) as caught:
        own_vocabulary(5, **given)
    assert str(caught.value).startswith(message)


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
