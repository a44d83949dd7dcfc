"""js/numbers/network.js in Node: what the page reads, computes and ranks, against lstm_edu and Keras."""

import json
from functools import cache

import numpy as np
import pytest
from holds import some_holds

from lstm_edu import imdb
from lstm_edu.imdb.text import split
from lstm_edu.keras_bridge import network_from_keras
from lstm_edu.network import LENGTH, Embedding, Network, card, names
from lstm_edu.network import shipped as loaded
from lstm_edu.widgets import ReviewExplorer
from lstm_edu.widgets.review_explorer import reviews
from lstm_edu.widgets.review_explorer.pack import pack, words

TEXTS = 200
EXACT = 1e-12  # worst seen of the 200 texts' P(positive): NumPy 9.4e-16, Keras in float64 7.8e-16
SINGLE = 1e-5  # Keras in float32: worst seen 1.1e-6

SCRIPT = """
import * as page from "./numbers/network.js";
const network = page.openNetwork(data.pack);
"""
ODD = [
    "",
    " \t\n",
    "a\nb\r\nc\rd\u2028e\u2029f\vg\fh\x85i",
    "<br /><br />A film, and <b>what</b> a film! <script>alert(1)</script>",
    "🎬 A great movie 🎬🎬 and 🎬👩\u200d👩\u200d👧 the 🇫🇷 end",
    "cliche\u0301 CLICHÉ cliché it\u200bs a\u00a0film z\u0335\u0321a\u0358lgo",
    "سيناريو رائع a film עלילה \u202ethe\u202c movie",
    "İSTANBUL I ı ß ẞ ΟΔΟΣ ΑΣ.Β ΑΣ Σ ŉ ǅ ﬁlm Kelvin",
    "\x00the\x00 the\x00movie \x85 \x96",
    "Don't stop: it's \"fine\"... 'quoted' 10/10 10,000 the-film_title `x` ~y~ {z} a\\b a|b",
    "the \ud800 film \udfff",
    "constructor __proto__ toString hasOwnProperty the",
    "the " * 498 + "end",
    "the " * 499 + "end",
    "the " * 500 + "end",
    "The movie, " * 2_500,
]


shipped = cache(loaded)


@cache
def packed(name="lstm_32"):
    return ReviewExplorer(name).packed()


@cache
def texts():
    """200: the ready reviews, and words drawn as often as they occur in reviews, from none to more than fit."""
    rng = np.random.default_rng(4)
    words = np.array(imdb.vocabulary())
    often = 1 / np.arange(1, len(words) + 1)
    lengths = np.r_[0, 1, 2, 499, 500, 501, 900, rng.integers(1, 600, TEXTS - 7 - len(reviews()))]
    drawn = [" ".join(rng.choice(words, size=n, p=often / often.sum())) for n in lengths]
    return [text for _, text in reviews()] + drawn


def rows():
    """The texts as the model is fed: (200, 500)."""
    return imdb.pad([imdb.encode(text) for text in texts()], LENGTH)


# --- text to ids ------------------------------------------------------------------------------------------------------


def encoded(node, pack, content):
    return node(
        SCRIPT + "give(data.texts.map((text) => page.encode(network, text)));", {"pack": pack, "texts": content}
    )


def test_encode_is_imdb_encode(node):
    rng = np.random.default_rng(1)
    letters = [*range(0x250), *range(0x2000, 0x2070), *range(0x370, 0x700), 0x1F3AC, 0xFE0F, 0xD800]
    random = ["".join(map(chr, rng.choice(letters, size=60))) for _ in range(300)]
    content = [*ODD, *random, *texts()]
    for text, got in zip(content, encoded(node, packed(), content), strict=True):
        ids, words = imdb.encode(text), split(text)
        tokens = got["tokens"]
        assert [token["id"] for token in tokens] == ids[-LENGTH:].tolist(), ascii(text)
        assert [token["word"] for token in tokens] == ["<start>", *words][-LENGTH:], ascii(text)
        assert [token["known"] for token in tokens] == (ids[-LENGTH:] != 2).tolist()
        assert got["cut"] == (len(words) - LENGTH if len(words) >= LENGTH else 0)
        assert got["paddings"] == LENGTH - len(tokens)


def test_a_word_stays_as_it_was_typed(node):
    [got] = encoded(node, packed(), ["Well, İSTANBUL: <b>ΟΔΟΣ</b> Don't"])
    assert [token["typed"] for token in got["tokens"]] == ["", "Well", "İSTANBUL", "b", "ΟΔΟΣ", "b", "Don't"]
    assert [token["word"] for token in got["tokens"]][2] == "i\u0307stanbul"


def test_a_smaller_vocabulary_knows_fewer_words(node):
    net = shipped("lstm_32")
    small = pack(Network(Embedding(net.embedding.table[:21]), net.cell, net.dense, LENGTH), "small")
    got = encoded(node, small | {"words": words()}, [text := "the movie movies"])
    assert [token["id"] for token in got[0]["tokens"]] == imdb.encode(text, num_words=21).tolist() == [1, 4, 20, 2]


# --- the reading ------------------------------------------------------------------------------------------------------

READ = (
    SCRIPT
    + """
give(data.texts.map((text, k) => page.read(network, page.encode(network, text).tokens, data.holds?.[k])));
"""
)


@pytest.fixture(scope="module")
def last(node):
    """P(positive) of the 200 texts, as the page computes it (200,)."""
    script = SCRIPT + "give(data.texts.map((text) => page.read(network, page.encode(network, text).tokens).last));"
    return np.array(node(script, {"pack": packed(), "texts": texts()}))


def test_reading_is_numpys(last, last_lines):
    expected = shipped("lstm_32")(rows())
    assert len(last) == TEXTS and np.ptp(expected) > 0.9  # texts that it finds good and bad
    error = np.abs(last - expected).max()
    last_lines.append(f"network.js: P(positive) of {TEXTS} texts, NumPy in float64 {error:.1e}")
    assert error < EXACT


@pytest.mark.keras
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", EXACT), ("float32", SINGLE)])
def test_reading_is_keras(last, dtype, tolerance, last_lines):
    model = keras_model(dtype)
    expected = model.predict(rows(), batch_size=TEXTS, verbose=0)[:, 0]
    assert expected.dtype == dtype
    error = np.abs(last - expected).max()
    last_lines.append(f"network.js: P(positive) of {TEXTS} texts, Keras in {dtype} {error:.1e}")
    assert error < tolerance


def keras_model(dtype):
    """The shipped model in Keras."""
    import keras

    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((LENGTH,), dtype="int32"),
            layers.Embedding(10_000, 32, dtype=dtype),
            layers.LSTM(32, dtype=dtype),
            layers.Dense(1, activation="sigmoid", dtype=dtype),
        ]
    )
    model.set_weights(list(loaded("lstm_32", dtype).weights.values()))
    return model


@pytest.mark.parametrize("name", names())
def test_every_word_and_every_hold_is_numpys(name, node):
    rng = np.random.default_rng(2)
    content = [text for text in texts() if len(split(text)) < 80][:8] + ["", "the " * 600]
    holds = [[]] + [some_holds(rng, min(LENGTH, len(split(text)) + 1)) for text in content[1:]]
    got = node(READ, {"pack": packed(name), "texts": content, "holds": holds})
    for text, held, reading in zip(content, holds, got, strict=True):
        expected = shipped(name).read(text, held)
        for part, values in expected.parts.items():
            off = np.abs(np.reshape(reading[part], values.shape) - values) / np.maximum(1, np.abs(values))
            assert off.max() < EXACT, part  # an open belt counts to some thousands
        assert np.abs(reading["p"] - expected.p).max() < EXACT
        assert reading["last"] == reading["p"][-1] and reading["paddings"] == LENGTH - reading["T"]
        moved = np.abs(reading["p"] - shipped(name).read(text).p).max()
        assert held == [] or moved > 1e-4 or name.startswith("belt")  # it was felt, but where a full belt drowns it


def test_what_is_known_is_not_read_again_and_nothing_changes(node):
    """Any reading may be given along with any other: steps that they share are taken over, the others are not."""
    rng = np.random.default_rng(6)
    words = [word for text in texts()[:4] for word in split(text)]
    content, holds = [], []
    for _ in range(60):  # a text, then one near it: the same, a word changed, added or taken away
        text = list(rng.choice(words, size=rng.integers(1, 40)))
        other = list(text)
        at = int(rng.integers(len(text)))
        other[at : at + int(rng.integers(2))] = list(rng.choice(words, size=rng.integers(2)))
        content += [" ".join(text), " ".join(other)]
        held = some_holds(rng, min(len(text), len(other)) or 1)
        holds += [held[: rng.integers(3)], held[: rng.integers(3)]]
    script = (
        SCRIPT
        + """
    const sets = data.texts.map((text, k) => [page.encode(network, text).tokens, data.holds[k]]);
    let known = null;
    const along = sets.map(([tokens, holds]) => (known = page.read(network, tokens, holds, known)));
    const alone = sets.map(([tokens, holds]) => page.read(network, tokens, holds));
    const json = (reading) => JSON.stringify(reading, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value));
    const [{ traces: [trace], ...rest }] = alone[0].runs;
    const wrong = { ...alone[0], runs: [{ ...rest, traces: [{ ...trace, i: trace.i.map(() => 7) }] }] };
    const [tokens, held] = sets[0];
    const last = tokens.length - 1;
    const changed = tokens.with(last, { ...tokens[last], id: tokens[last].id === 9 ? 8 : 9 });
    const taken = (tokens, holds) => page.read(network, tokens, holds, wrong).i.filter((value) => value === 7).length;
    const one = { gate: "o", unit: 3, step: last - 1, value: 0.5 };
    give({
      same: along.map((reading, k) => json(reading) === json(alone[k])),
      taken: [taken(tokens, held), taken(changed, held), taken(tokens, [...held, one])].map((n) => n / network.H),
      last,
    });
    """
    )
    found = node(script, {"pack": packed(), "texts": content, "holds": holds})
    assert found["same"] == [True] * 120
    last = found["last"]
    assert found["taken"] == [last + 1, last, last - 1]  # steps that were not computed again


def test_no_word_at_all_is_read(node):
    [start, nothing] = node(SCRIPT + "give([page.read(network, [1]), page.read(network, [])]);", {"pack": packed()})
    net = shipped("lstm_32")
    expected, padding = net.read(""), net(np.zeros((1, LENGTH), int)).item()
    assert nothing["T"] == 0 and nothing["paddings"] == LENGTH
    assert nothing["last"] == nothing["start"]["p"] == pytest.approx(padding, abs=EXACT)
    assert start["start"]["p"] == pytest.approx(expected.start, abs=EXACT)
    assert start["last"] == pytest.approx(expected.last, abs=EXACT)


# --- the arithmetic of a square ---------------------------------------------------------------------------------------


def test_terms_add_up_to_the_square(node):
    script = (
        SCRIPT
        + """
    const reading = page.read(network, page.encode(network, data.text).tokens, data.holds);
    give(data.places.map(([part, step, unit]) => page.terms(network, reading, part, step, unit)));
    """
    )
    rng = np.random.default_rng(3)
    _, text = reviews()[0]
    steps = len(split(text)) + 1
    places = [(part, int(rng.integers(steps)), int(rng.integers(32))) for part in "ifgoch" * 20]
    places += [(part, 0, 5) for part in "ifgoch"] + [("f", 3, 7)]
    hold = {"gate": "f", "unit": 7, "step": 3, "value": 0.25}
    found = node(script, {"pack": packed(), "text": text, "places": places, "holds": [hold]})
    net = shipped("lstm_32")
    run = net.run(imdb.encode(text)[None], [hold])
    expected = {part: getattr(run.trace, part)[0] for part in net.cell.parts}
    z = run.trace.inputs[0] @ net.cell.kernel + run.trace.before("h")[0] @ net.cell.recurrent_kernel + net.cell.bias
    for (part, step, unit), got in zip(places, found, strict=True):
        terms = got["terms"]
        assert all(term["product"] == term["input"] * term["weight"] for term in terms)
        assert abs(sum(term["product"] for term in terms) - got["sum"]) < EXACT
        assert abs(sum(got["sums"].values()) - got["sum"]) < EXACT
        for group, value in got["sums"].items():
            assert abs(sum(term["product"] for term in terms if term["group"] == group) - value) < EXACT
        held = (part, step, unit) == ("f", 3, 7)
        assert got["held"] == held and got["value"] == pytest.approx(expected[part][step, unit], abs=EXACT)
        assert (abs(got["computed"] - got["value"]) > 0.01) if held else abs(got["computed"] - got["value"]) < EXACT
        if part in "ifgo":
            assert [term["group"] for term in terms] == ["word"] * 32 + ["memory"] * 32 + ["bias"]
            assert abs(got["sum"] - z[step, "ifgo".index(part) * 32 + unit]) < EXACT
        else:
            assert [term["group"] for term in terms] == {"c": ["kept", "new"], "h": ["read"]}[part]


# --- what mattered ----------------------------------------------------------------------------------------------------


HOLDS = [
    {"gate": "f", "unit": None, "step": 4, "value": 0.5},
    {"gate": "o", "unit": 3, "step": None, "value": 0.9},
    {"gate": "g", "unit": 8, "step": 9, "value": -0.3},
]


@pytest.mark.parametrize("holds", [[], HOLDS], ids=["free", "held"])
def test_the_slopes_are_central_differences(holds, node, last_lines):
    script = (
        SCRIPT
        + """
    const { tokens } = page.encode(network, data.text);
    const reading = page.read(network, tokens, data.holds);
    const all = page.ranking(network, reading, Infinity);
    const logit = (one, value) => page.read(network, tokens, [...data.holds, { ...one, value }]).logit.at(-1);
    const step = 1e-4;
    give({
      first: page.ranking(network, reading),
      all: all.map((one) => {
        const here = reading[one.gate][one.step * network.H + one.unit];
        return { ...one, here, difference: (logit(one, here + step) - logit(one, here - step)) / (2 * step) };
      }),
    });
    """
    )
    text = "The plot is dull but the acting is wonderful"
    got = node(script, {"pack": packed(), "text": text, "holds": holds})
    every = got["all"]
    assert len({(one["gate"], one["step"], one["unit"]) for one in every}) == len(every) == 4 * 32 * 10
    worst = max(abs(one["slope"] - one["difference"]) for one in every)
    last_lines.append(f"network.js: {len(every)} slopes, central differences {worst:.1e}")
    assert worst < 1e-7  # worst seen 3.0e-10
    for one in every:
        low, high = (-1, 1) if one["gate"] == "g" else (0, 1)
        assert one["value"] == (low if one["here"] - low > high - one["here"] else high)
        assert abs(one["estimate"] - one["difference"] * (one["value"] - one["here"])) < 1e-6
    sizes = [abs(one["estimate"]) for one in every]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > 0.01
    assert got["first"] == [{k: one[k] for k in got["first"][0]} for one in every[:50]]


def test_a_whole_gate_moves_as_its_units_together_and_the_last_word_can_be_left_out(node):
    script = (
        SCRIPT
        + """
    const { tokens } = page.encode(network, data.text);
    const reading = page.read(network, tokens, data.holds);
    const whole = { gates: "fio", whole: true };
    give({
      ones: page.ranking(network, reading, Infinity),
      all: page.ranking(network, reading, Infinity, whole),
      rest: page.ranking(network, reading, Infinity, { ...whole, last: false }),
      tried: page.confirm(network, reading, page.ranking(network, reading, 50, whole)),
      nothing: page.ranking(network, page.read(network, [1]), 50, { last: false }),
      parts: Object.fromEntries(["f", "i", "o"].map((gate) => [gate, reading[gate]])),
    });
    """
    )
    text = "The plot is dull but the acting is wonderful"
    got = node(script, {"pack": packed(), "text": text, "holds": HOLDS})
    T = 10
    assert got["nothing"] == [] and [one for one in got["all"] if one["step"] < T - 1] == got["rest"]
    assert {(one["gate"], one["step"]) for one in got["all"]} == {(g, t) for g in "fio" for t in range(T)}
    for one in got["all"]:
        here = np.reshape(got["parts"][one["gate"]], (T, 32))[one["step"]]
        alike = [k for k in got["ones"] if (k["gate"], k["step"]) == (one["gate"], one["step"])]
        slopes = np.array([k["slope"] for k in sorted(alike, key=lambda k: k["unit"])])  # (H,)
        moves = {value: float(slopes @ (value - here)) for value in (0, 1)}
        assert one["unit"] is None and abs(one["slope"] - slopes.sum()) < EXACT
        assert abs(abs(one["estimate"]) - max(map(abs, moves.values()))) < EXACT
        assert abs(moves[one["value"]] - one["estimate"]) < EXACT
    net = shipped("lstm_32")
    for one in got["tried"][::5]:
        hold = {name: one[name] for name in ("gate", "unit", "step", "value")}
        moved = net.read(text, [*HOLDS, hold]).last - net.read(text, HOLDS).last
        assert abs(one["moved"] - moved) < EXACT


def test_confirmed_is_what_really_moves(node):
    script = (
        SCRIPT
        + """
    const { tokens } = page.encode(network, data.text);
    const reading = page.read(network, tokens, data.holds);
    give(page.confirm(network, reading, page.ranking(network, reading)));
    """
    )
    _, text = reviews()[0]
    holds = [{"gate": "o", "unit": 3, "step": None, "value": 0.5}]
    found = node(script, {"pack": packed(), "text": text, "holds": holds})
    net = shipped("lstm_32")
    before = net.read(text, holds).last
    assert len(found) == 50
    for one in found[::5]:
        hold = {name: one[name] for name in ("gate", "unit", "step", "value")}
        assert abs(one["moved"] - (net.read(text, [*holds, hold]).last - before)) < EXACT
    sizes = [abs(one["moved"]) for one in found]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > 0.001


def test_units_are_counted_as_numpy_would(node):
    script = (
        SCRIPT
        + """
    const reading = page.read(network, page.encode(network, data.text).tokens, data.holds);
    give(Object.fromEntries(Object.entries(page.measures).map(([name, of]) => [name, [...of(network, reading)]])));
    """
    )
    _, text = reviews()[0]
    expected = shipped("lstm_32").read(text)
    columns = {
        "push": expected.push,
        "memory": np.log(0.5) / np.log(expected.parts["f"].mean(axis=0)),
        "belt": np.abs(expected.parts["c"]).max(axis=0),
    }
    got = node(script, {"pack": packed(), "text": text, "holds": []})
    assert list(got) == list(columns)
    for name, values in columns.items():
        assert np.abs(np.array(got[name]) - values).max() < EXACT * max(1, np.abs(values).max())
    kept = node(script, {"pack": packed(), "text": text, "holds": [{"gate": "f", "value": 1}]})
    assert set(kept["memory"]) == {None}  # infinite, which JSON has no word for


# --- what each word does to the answer --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [21, 498, 499, 500, 501, 503])
def test_without_a_word_the_text_is_read_again(node, words):
    """Held gates go with their words; where the text was cut the word before comes in."""
    script = """
    import { openNetwork, encode, read } from "./numbers/network.js";
    import { remove, without } from "./numbers/removal.js";
    const network = openNetwork(data.pack);
    const { tokens, before, cut } = encode(network, data.text);
    const { ids, holds } = read(network, tokens, data.holds);
    const offset = tokens[0].typed === "" ? 1 : 0;
    const told = [];
    const outdated = () => false;
    const request = { ids, holds, before, offset };
    const logits = await remove(network, request, { outdated, tell: (some) => told.push([...some]) });
    const late = await remove(network, request, { outdated: () => true, tell: () => {} });
    give({ logits, told, late, offset, cut, left: data.steps.map((step) => without(request, step)) });
    """
    text = " ".join((reviews()[0][1].split() * 30)[:words])
    steps = [1, 4, min(words, LENGTH) - 1]
    holds = [{"gate": "f", "unit": 3, "step": 4, "value": 0.5}, {"gate": "o", "unit": None, "step": 9, "value": 0.8}]
    holds.append({"gate": "i", "unit": 1, "step": None, "value": 0.7})
    found = node(script, {"pack": packed(), "text": text, "steps": steps, "holds": holds})
    offset, cut, logits = found["offset"], found["cut"], found["logits"]
    typed = text.split()
    net = shipped("lstm_32")
    for step, left in zip(steps, found["left"], strict=True):
        shorter = " ".join(typed[: cut + step - offset] + typed[cut + step - offset + 1 :])
        wanted = imdb.encode(shorter)[-LENGTH:]
        assert left["ids"] == wanted.tolist()
        assert logits[step] == pytest.approx(net.run(wanted[None], left["holds"]).logit[0, -1], abs=1e-11)
        kept = [hold for hold in left["holds"] if hold["step"] is not None]
        assert len(kept) == 2 - (step == 4)
        for hold in kept:
            was = 4 if hold["gate"] == "f" else 9
            assert hold["step"] == was - (was > step) + (words >= LENGTH)
    assert logits[:offset] == [None] * offset and None not in logits[offset:]
    assert found["late"] is None and len(found["told"]) == -(-(len(logits) - offset) // 20)


@pytest.mark.parametrize("holds", [[], HOLDS], ids=["free", "held"])
@pytest.mark.parametrize("name", names())
def test_the_writes_are_the_last_sum(node, name, holds):
    script = """
    import { openNetwork, encode, read } from "./numbers/network.js";
    import { writes } from "./numbers/writes.js";
    const network = openNetwork(data.pack);
    give(data.texts.map((text) => writes(network, read(network, encode(network, text).tokens, data.holds))));
    """
    content = [reviews()[0][1], "the plot " * 300]
    net = shipped(name)
    found = node(script, {"pack": packed(name), "texts": content, "holds": holds})
    for text, got in zip(content, found, strict=True):
        run = net.run(imdb.encode(text)[-LENGTH:][None], holds)
        i, f, g, o, c = (getattr(run.trace, part)[0] for part in "ifgoc")  # (T, H) each
        after = np.flip(np.cumprod(np.flip(np.vstack([f[1:], np.ones_like(f[:1])]), 0), 0), 0)  # (T, H)
        share = net.dense.kernel[:, 0] * o[-1] * np.tanh(c[-1]) / c[-1]  # (H,)
        before = run.trace.before("c")[0, 0]
        assert np.abs(np.array(got["parts"]) - (i * g * after) @ share).max() < EXACT
        assert abs(got["padding"] - (before * after[0] * f[0]) @ share) < EXACT
        assert abs(sum(got["parts"]) + got["padding"] + got["bias"] - run.logit[0, -1]) < EXACT


def average(net):
    """The mean of the embeddings of all words (D,)."""
    return net.embedding.table[4:].mean(axis=0)


@pytest.mark.parametrize("name", names())
def test_where_the_answer_comes_to_rest(node, name, last_lines):
    script = """
    import { openNetwork } from "./numbers/network.js";
    import { resting } from "./numbers/resting.js";
    const network = openNetwork(data);
    give({ rest: resting(network), mean: network.mean() });
    """
    got = node(script, packed(name))
    net = shipped(name)
    assert np.abs(np.array(got["mean"]) - average(net)).max() < EXACT
    full = np.sign(net.dense.kernel[:, 0])[None]  # (1, H)
    x = np.tile(average(net), (1, 2_000, 1))
    rest = [net.logit(net.cell.run(x, (side * full, side * full)).last_output)[0] for side in (-1, 1)]
    padding = net.run(np.zeros((1, LENGTH), int)).logit[0, -1]
    error = np.abs(np.subtract([*got["rest"]["average"], got["rest"]["padding"]], [*rest, padding])).max()
    last_lines.append(f"resting.js: {name}, NumPy {error:.1e}")
    assert error < EXACT
    step = net.cell.run(x[:, :1], net.cell.run(x, (full, full)).state)
    if card(name)["recipe"] == "lstm_32":  # a network whose belt starts open may take longer
        assert abs(net.logit(step.last_output)[0] - rest[1]) < 1e-6  # it rests


# --- packs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_a_shipped_pack_holds_the_shipped_numbers(name, node):
    weights = shipped(name).weights
    got = node(
        SCRIPT + "give({ ...network, rows: data.rows.map(network.embed), ids: null, pack: null });",
        {"pack": packed(name), "rows": list(range(0, 10_000, 97))},
    )
    assert np.array_equal(got["rows"], weights["embedding"][::97])  # equal, not close
    assert got["cell"]["kernel"] == weights["kernel"].ravel().tolist()
    assert got["cell"]["recurrent"] == weights["recurrent_kernel"].ravel().tolist()
    assert got["cell"]["bias"] == weights["bias"].tolist()
    assert got["dense"]["kernel"] == weights["dense_kernel"].ravel().tolist()
    assert got["dense"]["bias"] == weights["dense_bias"][0]
    assert (got["D"], got["H"], got["V"], got["length"], got["name"]) == (32, 32, 10_000, LENGTH, name)
    assert tuple(got["words"]) == imdb.vocabulary()[:9_996]


def test_the_models_scripts_are_small_and_hold_the_packs(node, tmp_path):
    import assets

    assets.write_models(tmp_path)
    written = sorted(path.stem for path in tmp_path.glob("*.js"))
    assert written == sorted(["words", *names()])
    assert all(path.stat().st_size < 500_000 for path in tmp_path.iterdir())
    script = 'globalThis.window = {}; import { runInThisContext } from "node:vm";'
    script += 'data.forEach((path) => runInThisContext(readFileSync(path, "utf8"))); give(window);'
    got = node(script, [str(path) for path in tmp_path.iterdir()])
    assert got["beltWords"].split(" ") == list(imdb.vocabulary())
    packs = {name: pack(loaded(name), name) for name in names()}
    assert got["beltModels"] == json.loads(json.dumps(packs))


def own_model(keras, cell=None, head=None, inputs=(12,), first=None, ids=1_000, dtype="float32", **embedding):
    """A reader's model, of random weights; each argument is what is unlike the usual."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input(inputs),
            first or layers.Embedding(ids, 3, dtype=dtype, **embedding),
            layers.Dropout(0.5, dtype=dtype),
            cell or layers.LSTM(2, dtype=dtype),
            head or layers.Dense(1, activation="sigmoid", dtype=dtype),
        ]
    )
    rng = np.random.default_rng(1)  # Keras begins with small numbers, and biases of 0
    model.set_weights([rng.normal(size=weight.shape) for weight in model.get_weights()])
    return model


def own_class(keras, call, first="embedding", **options):
    """The layers of `own_model` in a class of the reader's own, whose `call` is call(self, ids)."""
    plain = own_model(keras, **options)
    parts = dict(zip(("embedding", "dropout", "lstm", "dense"), plain.layers, strict=True))

    class Mine(keras.Model):
        def __init__(self):
            super().__init__()
            for name in sorted(parts, key=lambda name: name != first):
                setattr(self, name, parts[name])

        def call(self, ids):
            return call(self, ids)

    model = Mine()
    model(np.ones((1, 12), int))
    return model


def in_a_row(self, ids):
    return self.dense(self.lstm(self.dropout(self.embedding(ids))))


def functional(keras, between=lambda x: x, outputs=lambda y: y, more=()):
    """The layers of `own_model` called one after the other, with something between embedding and cell."""
    embedding, dropout, lstm, dense = own_model(keras).layers
    ids = keras.Input((12,))
    model = keras.Model([ids, *more] if more else ids, outputs(dense(lstm(between(dropout(embedding(ids)))))))
    return model


@pytest.mark.keras
@pytest.mark.parametrize(
    "case",
    [
        "plain",
        "no bias",
        "masked",
        "open length",
        "float64",
        "functional",
        "own class",
        "own class, masked",
        "own class, in another order",
        "functions",
    ],
)
def test_a_readers_own_model(case, node):
    import keras
    import tensorflow as tf

    def without_bias():
        head = keras.layers.Dense(1, activation="sigmoid", use_bias=False)
        return own_model(keras, keras.layers.LSTM(2, use_bias=False), head)

    model = {
        "plain": lambda: own_model(keras),
        "no bias": without_bias,
        "masked": lambda: own_model(keras, mask_zero=True),
        "open length": lambda: own_model(keras, inputs=(None,)),
        "float64": lambda: own_model(keras, dtype="float64"),
        "functional": lambda: functional(keras),
        "own class": lambda: own_class(keras, in_a_row),
        "own class, masked": lambda: own_class(keras, in_a_row, mask_zero=True),
        "own class, in another order": lambda: own_class(keras, in_a_row, first="dense"),
        "functions": lambda: own_model(
            keras,
            keras.layers.LSTM(2, activation=tf.nn.tanh, recurrent_activation=keras.ops.sigmoid),
            keras.layers.Dense(1, activation=tf.sigmoid),
        ),
    }[case]()
    given = ReviewExplorer(model).packed()
    length = 500 if case.startswith(("open", "own class")) else 12
    assert given["length"] == length and given["name"] == model.name
    content = ["", "A wonderful film", "qqqq the movie zebra", "the movie was not good " * 30]
    rows = imdb.pad([imdb.encode(text, num_words=1_000) for text in content], length)
    expected = model.predict(rows, verbose=0)[:, 0]
    got = [reading["last"] for reading in node(READ, {"pack": given, "texts": content})]
    net = network_from_keras(model)
    assert np.abs(got - net(rows)).max() < EXACT and np.abs(got[1] - net.read(content[1]).last) < EXACT
    assert np.ptp(expected) > 0.01
    assert np.abs(got - expected).max() < (EXACT if case == "float64" else SINGLE)


def merged_by_hand(keras):
    layers = keras.layers
    ids = keras.Input((12,))
    there, back = layers.Bidirectional(layers.LSTM(2), merge_mode=None)(layers.Embedding(1_000, 3)(ids))
    return keras.Model(ids, layers.Dense(1, "sigmoid")(there + back))


def stateful(keras):
    layers = keras.layers
    cell, head = layers.LSTM(2, stateful=True), layers.Dense(1, "sigmoid")
    return keras.Sequential([keras.Input(batch_shape=(2, 12)), layers.Embedding(1_000, 3), cell, head])


def quantized(keras):
    model = own_model(keras)
    model.layers[-1].quantize("int8")
    return model


# Keras' own way of reading a variable while it quantizes one
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
@pytest.mark.keras
def test_what_cannot_be_shown_is_refused():
    import keras

    layers = keras.layers

    def sigmoid(z):
        return z

    refused = {
        "Keras model or the name": (TypeError, lambda: 3),
        "expected one of": (ValueError, lambda: "lstm_64"),
        "expected a built model": (ValueError, lambda: keras.Sequential([layers.Embedding(1_000, 3), layers.LSTM(2)])),
        "Conv1D, Dense; not read here: Conv1D: what .* shown by from lstm_edu import watch; watch.model, x., with": (
            TypeError,
            lambda: own_model(keras, layers.Conv1D(2, 12)),
        ),
        "the GRU's recurrent_activation to be 'sigmoid', got 'hard_sigmoid': what .* watch": (
            ValueError,
            lambda: own_model(keras, layers.GRU(2, recurrent_activation="hard_sigmoid")),
        ),
        "the SimpleRNN's activation to be 'tanh', got 'relu': what .* watch": (
            ValueError,
            lambda: own_model(keras, layers.SimpleRNN(2, activation="relu")),
        ),
        "merge_mode to be one of concat, sum, ave, mul, got None: what .* watch": (
            ValueError,
            lambda: merged_by_hand(keras),
        ),
        "got Dense, LSTM, Dense": (TypeError, lambda: own_model(keras, first=layers.Dense(3), inputs=(12, 2))),
        "recurrent_activation to be 'sigmoid', got 'hard_sigmoid'": (
            ValueError,
            lambda: own_model(keras, layers.LSTM(2, recurrent_activation="hard_sigmoid")),
        ),
        "go_backwards to be False": (ValueError, lambda: own_model(keras, layers.LSTM(2, go_backwards=True))),
        "return_sequences to be False": (ValueError, lambda: own_model(keras, layers.LSTM(2, return_sequences=True))),
        "units to be 1, got 2": (ValueError, lambda: own_model(keras, head=layers.Dense(2, activation="sigmoid"))),
        "activation to be 'sigmoid', got 'linear': if it was trained with from_logits=True, hand over": (
            ValueError,
            lambda: own_model(keras, head=layers.Dense(1)),
        ),
        "5 to 10004 ids, .* got 20000: hand over your own words, word_index=... or tokens=...": (
            ValueError,
            lambda: own_model(keras, ids=20_000),
        ),
        "got stateful=True": (ValueError, lambda: stateful(keras)),
        "activation to be 'sigmoid', got 'test_js_network.+sigmoid'": (
            ValueError,
            lambda: own_model(keras, head=layers.Dense(1, activation=sigmoid)),
        ),
        "recurrent_activation to be one of .* got the function .*gelu": (
            ValueError,
            lambda: own_model(keras, layers.LSTM(2, recurrent_activation="gelu")),
        ),
        # half precision, in any of the layers
        "got float16 in 'embedding": (ValueError, lambda: own_model(keras, dtype="float16")),
        "got mixed_float16 in": (ValueError, lambda: own_model(keras, layers.LSTM(2, dtype="mixed_float16"))),
        "got mixed_bfloat16 in 'dense": (
            ValueError,
            lambda: own_model(keras, head=layers.Dense(1, "sigmoid", dtype="mixed_bfloat16")),
        ),
        "got float8_from_float32 in 'lstm": (
            ValueError,
            lambda: own_model(keras, layers.LSTM(2, dtype="float8_from_float32")),
        ),
        "got int8_from_float32 in .* from before it was quantized": (ValueError, lambda: quantized(keras)),
        # models that do more with these layers than to call them one after the other
        "got Functional, off by": (ValueError, lambda: functional(keras, lambda x: 2 * x)),
        "as its layers do one after the other, got Functional": (
            ValueError,
            lambda: functional(keras, outputs=lambda y: 1 - y),
        ),
        "got Mine, off by": (ValueError, lambda: own_class(keras, lambda self, ids: in_a_row(self, ids[:, ::-1]))),
        "of shape .B, 1. = .3, 1., got .3,.": (
            ValueError,
            lambda: own_class(keras, lambda self, ids: in_a_row(self, ids)[:, 0]),
        ),
        "rows of ids .B, T., got ZeroDivisionError": (
            TypeError,
            lambda: own_class(keras, lambda self, ids: in_a_row(self, ids) if len(ids) == 1 else 1 / 0),
        ),
        "one input of shape .None, T., rows of ids, got .None, 12., .None, 3.": (
            ValueError,
            lambda: functional(keras, more=[keras.Input((3,))]),
        ),
    }
    for message, (error, make) in refused.items():
        with pytest.raises(error, match=f"^model: .*{message}"):
            ReviewExplorer(make())
