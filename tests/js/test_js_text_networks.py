"""js/numbers/network.js in Node: networks of several layers, directions and cells, against NumPy and Keras."""

from dataclasses import replace

import numpy as np
import pytest
from text_models import models, rows, texts

from lstm_edu import LSTMCell
from lstm_edu.network import Dense, Embedding, Layer, TextNetwork, Vocabulary
from lstm_edu.network.vocabulary import SPLITS
from lstm_edu.widgets import ReviewExplorer
from lstm_edu.widgets.review_explorer.pack import pack

EXACT = 1e-12  # float64, 12 steps: worst seen 1.8e-15

SCRIPT = """
import * as page from "./numbers/network.js";
give(data.map(({ pack, texts }) => {
  const network = page.openNetwork(pack);
  return network.places.map(([place]) => texts.map((text) => {
    const seen = network.at(place);
    const { tokens, cut, left } = page.encode(seen, text);
    const { runs, ...reading } = page.read(seen, tokens);
    return { place, words: tokens.map(({ word }) => word), known: tokens.map(({ known }) => known), reading };
  }));
}));
"""


@pytest.fixture(scope="module")
def explored():
    """{name: (the model in float64, how it is read, its explorer)}."""
    made = {name: (make("float64"), how) for name, (make, how) in models().items()}
    return {name: (model, how, ReviewExplorer(model, texts(), **how)) for name, (model, how) in made.items()}


@pytest.mark.keras
def test_every_place_of_every_network_is_numpys_and_the_answer_keras(explored, node, last_lines):
    content = texts()
    asked = [{"pack": explorer.packed(), "texts": content} for _, _, explorer in explored.values()]
    found = node(SCRIPT, asked)
    worst = 0
    for (name, (model, how, explorer)), places in zip(explored.items(), found, strict=True):
        net = explorer.network
        expected = model.predict_on_batch(rows(how, content, net.length))[:, 0]
        assert expected.dtype == np.float64
        assert [of_place[0]["place"] for of_place in places] == list(net.places)
        for of_place in places:
            for text, p, got in zip(content, expected, of_place, strict=True):
                numpy = net.read(text, got["place"])
                reading = got["reading"]
                assert (got["words"], got["known"]) == (numpy.words, numpy.known), name
                assert reading["paddings"] == numpy.paddings
                off = [reading["last"] - p, reading["last"] - numpy.last, reading["start"]["p"] - numpy.start]
                off += list(np.subtract(reading["p"], numpy.p))
                for part, values in numpy.parts.items():
                    off += list(np.ravel(reading[part]) - values.ravel())
                worst = max(worst, np.abs(off).max())
                assert (reading["dense"] is None) == (numpy.push is None)
    last_lines.append(f"network.js: {len(found)} kinds of networks, NumPy and Keras in float64 {worst:.1e}")
    assert worst < EXACT


ODD = [
    "Well-made, DON'T",
    "a\tb\nc  d\x0be\x0cf\rg",
    "İST É (x) [y] 10/10 `q` ~ - …—“fine” w3,w4 W5'",
    " . ",
    "cliche\u0301 a\u00a0b \u2028c ΑΣ.Β ΑΣ Σ the film",
    "constructor __proto__ toString",
]


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("marks", [{"start": 2, "unknown": 1}, {"unknown": None}], ids=["marks", "none"])
def test_texts_are_cut_up_as_numpy_does(split, marks, node):
    rng = np.random.default_rng(0)
    words = sorted({word for text in ODD for word in SPLITS[split](text)})[::2]  # every second one is known
    known = Vocabulary({word: k + 3 for k, word in enumerate(words)}, split=split, **marks)
    cell = LSTMCell(rng.normal(size=(2, 4)), rng.normal(size=(1, 4)))
    table = Embedding(rng.normal(size=(len(words) + 3, 2)))
    net = TextNetwork(known, table, (Layer("lstm", cell),), Dense(rng.normal(size=(1, 1))), 4, truncating="post")
    script = """
    import * as page from "./numbers/network.js";
    const network = page.openNetwork(data.pack);
    give(data.texts.map((text) => page.encode(network, text)));
    """
    for text, got in zip(ODD, node(script, {"pack": pack(net, "own"), "texts": ODD}), strict=True):
        ids, heard = known.encode(text)
        tokens = got["tokens"]
        assert [(one["id"], one["word"]) for one in tokens] == list(zip(ids, heard, strict=True))[:4]
        assert all(text[one["at"] :].startswith(one["typed"]) for one in tokens)
        assert got["cut"] == max(0, len(ids) - 4)
        assert got["left"] == len(SPLITS[split](text)) + ("start" in marks) - len(ids)
        assert (got["before"], got["behind"]) == (None, ids[4] if len(ids) > 4 else None)


def stepwise(cell, holds, T, before, behind, backwards):
    """The cell with gates held at some words: a reference of this test's own, a step at a time."""

    class Held(type(cell)):
        def run(self, *arguments, **options):
            self.steps = iter(range(10_000))
            return super().run(*arguments, **options)

        def put(self, parts):
            k = self.k
            word = T - 1 - (k - behind) if backwards else k - before
            for hold in holds:
                if 0 <= word < T and hold["step"] in (None, word):
                    parts[hold["gate"]][:, slice(None) if hold["unit"] is None else hold["unit"]] = hold["value"]

        def turn(self, x_t, h, c=None):
            self.k = next(self.steps)
            if isinstance(self, LSTMCell):
                i, f, g, o, _, _ = super().turn(x_t, h, c)
                self.put({"i": i, "f": f, "g": g, "o": o})
                c = f * c + i * g
                return i, f, g, o, c, o * np.tanh(c)
            z, r, _, _ = super().turn(x_t, h)
            self.put({"z": z, "r": r, "g": np.empty_like(z)})
            U_g, sides = self.recurrent_kernel[:, self.columns("g")], [self._bias(k)[self.columns("g")] for k in (0, 1)]
            inner = r * (h @ U_g + sides[1]) if self.reset_after else (r * h) @ U_g
            g = np.tanh(x_t @ self.kernel[:, self.columns("g")] + sides[0] + inner)
            self.put({"z": z, "r": r, "g": g})
            return z, r, g, z * h + (1 - z) * g

    held = object.__new__(Held)
    vars(held).update(vars(cell))
    return held


def some_holds(rng, cell, T):
    gates = [part for part in cell.parts if part not in cell.states]
    return [
        {
            "gate": str(rng.choice(gates)),
            "unit": None if rng.random() < 0.3 else int(rng.integers(cell.units)),
            "step": None if rng.random() < 0.3 else int(rng.integers(T)),
            "value": float(rng.choice([0, 1, rng.normal()])),
        }
        for _ in range(3)
    ]


def with_held(net, place, holds, T):
    """The `TextNetwork` with gates held in the cell at a place, for a text of T words."""
    fill = 0 if net.masked is not None else net.length - T
    before, behind = (fill, 0) if net.padding == "pre" else (0, fill)

    def changed(layer):
        ways = {
            name: stepwise(cell, holds, T, before, behind, k) if holds and name == place else cell
            for k, (name, cell) in enumerate(layer.ways().items())
        }
        return Layer(layer.name, *ways.values(), merge=layer.merge)

    return replace(net, layers=tuple(map(changed, net.layers)))


ASKED = """
import * as page from "./numbers/network.js";
import { KINDS } from "./numbers/kinds.js";
import { remove } from "./numbers/removal.js";
import { resting } from "./numbers/resting.js";
import { canWrite, writes } from "./numbers/writes.js";

const told = { outdated: () => false, tell() {} };
give(await Promise.all(data.map(async ({ pack, text, holds, place, long }) => {
  const network = page.openNetwork(pack).at(place);
  const { tokens } = page.encode(network, text);
  const reading = page.read(network, tokens, holds);
  const logit = (one, value) => page.read(network, tokens, [...holds, { ...one, value }], reading).sum;
  const step = 1e-4;
  const ranked = page.ranking(network, reading, Infinity).map((one) => {
    const here = reading[one.gate][one.step * network.H + one.unit];
    return { ...one, here, difference: (logit(one, here + step) - logit(one, here - step)) / (2 * step) };
  });
  const squares = [];
  for (const part of network.parts)
    for (let t = 0; t < reading.T; t++)
      for (let unit = 0; unit < network.H; unit++) {
        const { terms, sum, computed, value, held } = page.terms(network, reading, part, t, unit);
        const added = terms.reduce((total, { product }) => total + product, 0);
        squares.push({ off: held ? 0 : computed - value, sum: added - sum });
      }
  const without = await Promise.all([text, long].map(async (text) => {
    const found = page.encode(network, text);
    const { ids } = page.read(network, found.tokens);
    const offset = found.tokens[0]?.typed === "" ? 1 : 0;
    const sums = await remove(network, { ...found, ids, holds: [], offset }, told);
    return found.tokens.map(({ typed, at }, t) => {
      if (t < offset) return 0;
      const rest = page.encode(network, text.slice(0, at) + text.slice(at + typed.length));
      return sums[t] - page.read(network, rest.tokens).sum;
    });
  }));
  const { runs, ...plain } = reading;
  return {
    plain,
    ranked,
    last: page.ranking(network, reading, Infinity, { last: false }).map(({ step }) => step),
    squares,
    without: without.flat(),
    written: canWrite(network, reading) ? writes(network, reading) : null,
    resting: resting(network),
    measures: Object.fromEntries(
      Object.entries(page.measures)
        .filter(([name]) => (name !== "push" || reading.dense) && (name !== "memory" || KINDS[network.kind].keeps))
        .map(([name, of]) => [name, of(network, reading)]),
    ),
  };
})));
"""


@pytest.mark.keras
def test_holds_slopes_sums_and_words_taken_away_at_every_place(explored, node, last_lines):
    rng = np.random.default_rng(5)
    text, long = "w8 w3 w11 w4 w9", " ".join(f"w{k}" for k in range(3, 20))
    asked = []
    for name, (_, _, explorer) in explored.items():
        for place, cell in explorer.network.places.items():
            T = len(explorer.network.read(text).words)
            holds = some_holds(rng, cell, T) if len(cell.parts) > 1 else []
            asked.append((name, place, {"holds": holds, "place": place, "text": text, "long": long}))
    found = node(ASKED, [one | {"pack": explored[name][2].packed()} for name, _, one in asked])
    assert len(found) == len(asked) > 25
    worst = {"held": 0, "slopes": 0, "squares": 0, "without": 0, "written": 0, "resting": 0}

    def note(what, *off):
        worst[what] = max(worst[what], np.abs(np.ravel(off)).max(initial=0))

    for (name, place, one), got in zip(asked, found, strict=True):
        net = explored[name][2].network
        cell, plain = net.places[place], got["plain"]
        T = len(net.read(text).words)
        numpy = with_held(net, place, one["holds"], T).read(text, place)
        note("held", plain["last"] - numpy.last, *np.subtract(plain["p"], numpy.p))
        for part, values in numpy.parts.items():
            note("held", np.ravel(plain[part]) - values.ravel())
        gates = [part for part in cell.parts if part not in cell.states]
        assert len(got["ranked"]) == len(gates) * cell.units * T, name
        for candidate in got["ranked"]:
            note("slopes", candidate["slope"] - candidate["difference"])
            low, high = (-1, 1) if candidate["gate"] == "g" else (0, 1)
            assert candidate["value"] in (low, high)
        backwards = place.endswith(".backward")
        assert set(got["last"]) == (set(range(1, T)) if backwards else set(range(T - 1)) if gates else set()), name
        note("squares", [square[kind] for square in got["squares"] for kind in ("off", "sum")])
        assert len(got["squares"]) == len(cell.parts) * T * cell.units
        note("without", got["without"])
        last = np.log(numpy.last / (1 - numpy.last))
        top = any(place in layer.ways() for layer in net.layers[-1:])
        assert (got["written"] is not None) == (top and isinstance(cell, LSTMCell))
        if got["written"]:
            note("written", sum(got["written"]["parts"]) + got["written"]["padding"] + got["written"]["bias"] - last)
        assert ("push" in got["measures"]) == top and ("memory" in got["measures"]) == bool(gates)
        assert (got["resting"] is not None) == (len(net.places) == 1)
        if got["resting"]:
            note("resting", np.subtract(got["resting"]["average"], rests(net, cell)))
    last_lines.append(f"network.js: {len(found)} places, " + ", ".join(f"{k} {v:.1e}" for k, v in worst.items()))
    assert worst.pop("slopes") < 1e-6 and max(worst.values()) < 1e-11


def rests(net, cell):
    """The last sum after 2,000 average words, from the states full against and full in favour."""
    mean = net.embedding.table[sorted(net.vocabulary.ids.values())].mean(axis=0)
    x, full = np.tile(mean, (1, 2_000, 1)), np.sign(net.dense.kernel[:, 0])[None]
    starts = [(side * full, side * full) if "c" in cell.states else side * full for side in (-1, 1)]
    return [net.dense(cell.run(x, start).last_output)[0, 0] for start in starts]
