// What a network computes at every word of a text.
import { lstm, sigmoid } from "./cells.js";

/**
 * The network reads a text: an array of ids, or the tokens of `encode`. The padding steps before it stand in `start`.
 * holds: [{ gate: "i" | "f" | "g" | "o", unit or null for all, step or null for all, value }], later ones win; the
 * padding steps are not held. known: a reading by the same network, of another text or with other holds; the steps that
 * both begin with are taken from it, so that a word typed at the end of a long text costs little.
 *
 * -> { T, ids, holds, paddings,
 *      i, f, g, o, c, h,        Float64Array (T * H) each, row by row
 *      logit, p,                (T) each: what the output would be after each step, before and after its sigmoid
 *      start: { h, c, logit, p }, after the paddings
 *      last }                   P(positive) after the last step
 */
export function read(network, text, holds = [], known = null) {
  const { H, cell } = network;
  const ids = Array.from(text, (token) => token.id ?? token);
  const T = ids.length;
  const paddings = network.paddings(T);
  const start = network.padded(paddings);
  const trace = lstm.run(cell, null, start, {
    given: ids.map(network.given),
    hold: holder(holds, H),
    known: known?.paddings === paddings ? { trace: known, steps: shared(known, ids, holds) } : undefined,
  });

  const logit = Float64Array.from({ length: T }, (_, t) => logitOf(network, trace.h, t));
  const p = logit.map(sigmoid);
  start.logit = logitOf(network, start.h, 0);
  start.p = sigmoid(start.logit);
  return { ...trace, ids, holds, paddings, start, logit, p, last: T ? p[T - 1] : start.p };
}

/** What the last sigmoid gets after step t of h (T * H). */
export function logitOf({ H, dense }, h, t) {
  let sum = dense.bias;
  for (let u = 0; u < H; u++) sum += h[t * H + u] * dense.kernel[u];
  return sum;
}

/** -> read, which takes from the reading before it what stays the same. */
export function rereading() {
  let before = null;
  let by = null;
  return (network, tokens, holds) => {
    before = read(network, tokens, holds, network === by ? before : null);
    by = network;
    return before;
  };
}

/** How many steps a reading of these ids with these holds begins with that are those of `known`: up to the first other
 * word, or to the first step on which a hold acts that one of them has and the other has not. */
function shared(known, ids, holds) {
  let same = 0;
  while (same < holds.length && same < known.holds.length && equal(holds[same], known.holds[same])) same++;
  const others = [...holds.slice(same), ...known.holds.slice(same)];
  const end = Math.min(ids.length, known.T, ...others.map(({ step }) => step ?? 0));
  let steps = 0;
  while (steps < end && ids[steps] === known.ids[steps]) steps++;
  return steps;
}

const equal = (a, b) => ["gate", "unit", "step", "value"].every((name) => a[name] === b[name]);

/** Does this hold act on gate, step and unit? */
export const acts = (hold, gate, step, unit) =>
  hold.gate === gate && (hold.step ?? step) === step && (hold.unit ?? unit) === unit;

/** What lstm.run calls at each step to put the held values in. */
function holder(holds, H) {
  if (!holds.length) return undefined;
  return (t, parts) => {
    for (const { gate, unit, step, value } of holds) {
      if ((step ?? t) !== t) continue;
      if (unit === null || unit === undefined) parts[gate].fill(value, t * H, t * H + H);
      else parts[gate][t * H + unit] = value;
    }
  };
}

/** What each unit did in a reading, for sorting: each is (network, reading) -> an array (H). */
export const measures = {
  /** What it adds to the last logit: its weight in the output times its h. */
  push: ({ H, dense }, { T, h, start }) =>
    dense.kernel.map((weight, u) => weight * (T ? h[(T - 1) * H + u] : start.h[u])),

  /** Steps until half of what is on its belt is gone, at its mean f: ln(1/2) / ln(f). */
  memory: ({ H }, { T, f }) => {
    const sums = new Float64Array(H);
    for (let k = 0; k < T * H; k += H) for (let u = 0; u < H; u++) sums[u] += f[k + u]; // row by row, as they lie
    return sums.map((sum) => Math.LN2 / Math.abs(Math.log(sum / T)));
  },

  /** The largest |c|. */
  belt: ({ H }, { T, c }) => {
    const largest = new Float64Array(H);
    for (let k = 0; k < T * H; k += H)
      for (let u = 0; u < H; u++) largest[u] = Math.max(largest[u], Math.abs(c[k + u]));
    return largest;
  },
};
