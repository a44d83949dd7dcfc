// The trained network of a widget: embedding, LSTM, one sigmoid. Opened from a pack, which lstm_edu/widgets/review_explorer/pack.py
// makes of a shipped model or of a reader's own. What can be asked of a network is in the files named below; none of
// them needs a page, so that Node and a worker run them too.
import { fromInput, lstm } from "./cells.js";
import { once } from "./once.js";
import { numbers } from "./packed.js";
import { idsOf, PAD } from "./text.js";

export { confirm, ranking } from "./ranking.js";
export { measures, read, rereading } from "./reading.js";
export { terms } from "./terms.js";
export { encode } from "./text.js";

const FIRST = 4; // the four ids before the first word's stand for no word

/**
 * -> {
 *   name,                       what it is called
 *   D, H, V, length,            sizes of embedding, state, vocabulary; how many steps it reads
 *   words, ids,                 the known words, the most frequent first; Map: word -> id
 *   cell, dense,                { kernel, recurrent, bias, units } as js/numbers/cells.js wants it; { kernel (H), bias }
 *   embed(id), given(id),       -> Float64Array (D), and times kernel + bias (4H); computed once for each word
 *   mean(),                     -> Float64Array (D), of the embeddings of all known words
 *   paddings(T), padded(n),     how many steps of padding stand before T words; the state { h, c } that n of them leave
 *   pack }                      what it was opened from
 */
export function openNetwork(pack) {
  const [kernel, recurrent, denseKernel] = [pack.kernel, pack.recurrent, pack.dense_kernel].map(numbers);
  const [bias, denseBias] = [pack.bias, pack.dense_bias].map((array) => array && numbers(array));
  const embedding = numbers(pack.embedding);
  const scale = pack.scale && numbers(pack.scale);
  const H = denseKernel.length;
  const D = kernel.length / (4 * H);
  const V = embedding.length / D;
  const cell = { kernel, recurrent, bias, units: H };
  const words = pack.words.split(" ").slice(0, V - FIRST);

  const embed = once((id) => {
    const row = Float64Array.from(embedding.subarray(id * D, id * D + D));
    return scale ? row.map((value, d) => value * scale[d]) : row;
  });
  /** Of the embeddings of all known words. */
  function mean() {
    const sums = new Float64Array(D);
    for (let k = FIRST * D; k < V * D; k++) sums[k % D] += embedding[k];
    return sums.map((sum, d) => (sum * (scale ? scale[d] : 1)) / (V - FIRST));
  }
  const given = once((id) => fromInput(cell, embed(id), 0));
  const paddings = (T) => (pack.mask_zero ? 0 : Math.max(0, pack.length - T));
  let states; // after 1, 2, ... steps of padding: the same for every text, so computed once
  const padded = (n) => {
    if (!n) return { h: new Float64Array(H), c: new Float64Array(H) };
    states ??= lstm.run(cell, null, {}, { given: Array(pack.length).fill(given(PAD)) });
    return { h: states.h.slice((n - 1) * H, n * H), c: states.c.slice((n - 1) * H, n * H) };
  };
  return {
    name: pack.name,
    D,
    H,
    V,
    length: pack.length,
    words,
    ids: idsOf(words),
    cell,
    dense: { kernel: denseKernel, bias: denseBias?.[0] ?? 0 },
    embed,
    given,
    mean,
    paddings,
    padded,
    pack,
  };
}
