// What trained networks answer to a row of ids that is read as it stands. reading.js puts the zeros in front by itself.
import { pad } from "./batches.js";
import { lstm, sigmoid } from "./cells.js";
import { once } from "./once.js";
import { openNetwork } from "./network.js";
import { logitOf } from "./reading.js";
import { PAD } from "./text.js";

/** Which steps of a row count: under a mask a step with a zero is left out, and the state handed on. */
export const counts = (mask) => (id) => !mask || id !== PAD;

/** P(positive) after each step (T) of a row; before the first step that counts, that of a state of zeros. */
export function along(network, row, mask) {
  const read = row.filter(counts(mask));
  const { h } = lstm.run(network.cell, null, {}, { given: read.map(network.given) });
  const p = [network.dense.bias, ...read.map((_, t) => logitOf(network, h, t))].map(sigmoid);
  let n = 0;
  return Float64Array.from(row, (id) => p[counts(mask)(id) ? ++n : n]);
}

/** Does a network that was trained on rows like `one` get the same from `count` ids in rows like `other`? */
export function same(count, one, other) {
  const ids = Array.from({ length: count }, (_, k) => PAD + 1 + k); // which ones they are makes no difference
  const [a, b] = [one, other].map((rows) => pad(ids, rows).filter(counts(rows.mask)));
  return a.length === b.length && a.every((id, t) => id === b[t]);
}

/**
 * models: [{ pack, handed }], handed: the rows of its training, { maxlen, padding, truncating, mask }
 * -> answers({ ids, rows }): for each { p (maxlen) along the row that these ids become, trained: its answer to the row
 *    that they would have become in its training }
 */
export function answering(models) {
  const network = once(({ pack }) => openNetwork(pack));
  const alongThe = (model, ids, rows) => along(network(model), pad(ids, rows), rows.mask);
  let text = null;
  let trained;
  return ({ ids, rows }) => {
    const now = ids.join();
    if (now !== text) trained = models.map((model) => alongThe(model, ids, model.handed).at(-1));
    text = now;
    return models.map((model, k) => ({ p: alongThe(model, ids, rows), trained: trained[k] }));
  };
}
