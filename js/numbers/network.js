// The trained network of a widget: embedding, recurrent layers, one sigmoid. Opened from a pack, which
// lstm_edu/widgets/review_explorer/pack.py makes of a shipped model or of a reader's own. What can be asked of a network
// is in the files named below; none of them needs a page, so that Node and a worker run them too.
import { fromInput } from "./cells.js";
import { KINDS } from "./kinds.js";
import { stateAt, through } from "./layers.js";
import { once } from "./once.js";
import { numbers } from "./packed.js";
import { idsOf, IMDB } from "./text.js";

export { confirm, ranking } from "./ranking.js";
export { measures, read, rereading } from "./reading.js";
export { terms } from "./terms.js";
export { encode } from "./text.js";

const FIRST = 4; // the four ids before the first word's stand for no word

/**
 * -> {
 *   name,                       what it is called
 *   D, V, length,               sizes of embedding, vocabulary; how many steps it reads
 *   words, ids, rule,           the known words; Map: word -> id; how a text becomes ids, of text.js
 *   layers, head,               as js/numbers/layers.js has them; { kernel, bias } of the last sum
 *   embed(id), given(id),       -> Float64Array (D), and times the lowest kernel + bias; computed once for each word
 *   mean(),                     -> Float64Array (D), of the embeddings of all known words
 *   causal,                     whether no layer reads backward
 *   paddings(T), around(T),     how many steps of padding a text of T words has: in all, and { read, before, behind } which of
 *                               them: read once for all texts, or in the row before and behind the words
 *   padded(n),                  the state { h, c } that n steps of padding leave in each layer
 *   pack,                       what it was opened from
 *   places, at(place),          names of the cells, [name, kind]; the network as it is seen from one of them:
 *   place, level, way, kind,    which one it is: its name, its layer, 1 where it reads backward, a name of kinds.js
 *   cell, H, parts, dense }     { kernel, recurrent, bias, units } as js/numbers/cells.js wants it; its units; what there is
 *                               to look at; the head, where it is all that follows on the cell
 */
export function openNetwork(pack) {
  const head = { kernel: numbers(pack.dense_kernel), bias: (pack.dense_bias && numbers(pack.dense_bias)[0]) ?? 0 };
  const embedding = numbers(pack.embedding);
  const scale = pack.scale && numbers(pack.scale);
  const first = pack.layers[0].ways[0];
  const D = numbers(first.kernel).length / (KINDS[first.kind].blocks.length * first.units);
  const V = embedding.length / D;
  const embed = once((id) => {
    const row = Float64Array.from(embedding.subarray(id * D, id * D + D));
    return scale ? row.map((value, d) => value * scale[d]) : row;
  });
  const layers = pack.layers.map(({ merge, ways }) => ({ merge, ways: ways.map((way) => openWay(way, embed)) }));

  const words = pack.rule ? pack.rule.words : pack.words.split(" ").slice(0, V - FIRST);
  const ids = pack.rule ? new Map(words.map((word, k) => [word, pack.rule.ids[k]])) : idsOf(words);
  const rule = pack.rule ?? IMDB;
  /** Of the embeddings of all known words. */
  function mean() {
    const sums = new Float64Array(D);
    for (const id of ids.values()) for (let d = 0; d < D; d++) sums[d] += embedding[id * D + d];
    return sums.map((sum, d) => (sum * (scale ? scale[d] : 1)) / ids.size);
  }

  const masked = pack.masked && new Set(pack.masked);
  const causal = layers.every(({ ways }) => ways.length === 1);
  const paddings = (T) => (masked ? 0 : Math.max(0, pack.length - T));
  function around(T) {
    const [read, before, behind] = [0, 0, 0];
    const fill = paddings(T);
    if (pack.padding === "post") return { read, before, behind: fill };
    return causal ? { read: fill, before, behind } : { read, before: fill, behind };
  }
  let blank; // after 1, 2, ... steps of padding: the same for every text, so computed once
  const padded = (n) => {
    if (!n) return layers.map(() => ({}));
    blank ??= through(layers, Array(pack.length).fill(rule.pad));
    return blank.map(({ traces: [trace] }, level) => stateAt(trace, n - 1, layers[level].ways[0].cell.units));
  };

  const places = pack.layers.flatMap(({ ways }, level) =>
    ways.map(({ name, kind }, way) => ({ name, kind, level, way })),
  );
  const top = places.findIndex(({ level }) => level === layers.length - 1);
  const shared = {
    name: pack.name,
    D,
    V,
    length: pack.length,
    padding: pack.padding,
    truncating: pack.truncating,
    words,
    ids,
    rule,
    masked,
    layers,
    head,
    embed,
    given: layers[0].ways[0].given,
    mean,
    causal,
    paddings,
    around,
    padded,
    pack,
    places: places.map(({ name, kind }) => [name, kind]),
    at(place) {
      const found = places.findIndex(({ name }) => name === place);
      return seenFrom(found < 0 ? top : found);
    },
  };
  const seenFrom = once((k) => {
    const { name, kind, level, way } = places[k];
    const { cell } = layers[level].ways[way];
    const alone = level === layers.length - 1 && layers[level].ways.length === 1;
    const { parts } = KINDS[kind];
    return { ...shared, place: name, level, way, kind, cell, H: cell.units, parts, dense: alone ? head : null };
  });
  return seenFrom(top);
}

function openWay({ kind, units, reset_after, ...packed }, embed) {
  const [kernel, recurrent, bias] = [packed.kernel, packed.recurrent, packed.bias].map((one) => one && numbers(one));
  const cell = { kernel, recurrent, bias, units };
  const options = kind === "gru" ? { resetAfter: reset_after } : {};
  return { kind, cell, options, given: once((id) => fromInput(cell, embed(id), 0, KINDS[kind].blocks.length)) };
}
