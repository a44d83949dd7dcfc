// What a network computes at every word of a text.
import { sigmoid } from "./cells.js";
import { KINDS } from "./kinds.js";
import { answerBy, endOf, stateAt, through } from "./layers.js";

/**
 * The network reads a text: an array of ids, or the tokens of `encode`. The padding steps before it stand in `start`.
 * holds: [{ gate, unit or null for all, step or null for all, value }] of the cell that is looked at, later ones win; the
 * padding steps are not held. known: a reading by the same network, of another text or with other holds; the steps that
 * both begin with are taken from it, so that a word typed at the end of a long text costs little.
 *
 * -> { T, ids, holds, paddings,
 *      i, f, g, o, c, h,        the parts of the cell that is looked at: Float64Array (T * H) each, row by row
 *      logit, p,                (T) each: what the output would be after each step, before and after its sigmoid
 *      start: { h, c, logit, p }, before the first word that the cell reads
 *      sum, last,               what the last sigmoid gets, and P(positive) of the text
 *      end, dense,              the cell's last h; how `sum` follows from it, { kernel (H), bias }: null of a lower layer
 *      lead, both               1 where logit and p follow a way that reads backward; whether another way has read all
 *      runs, begun }            what js/numbers/layers.js made of the row, after so many steps of padding
 *
 * Where the highest layer reads in both directions, logit and p follow the one that is looked at, or the forward one, and
 * the other has read all.
 */
export function read(network, text, holds = [], known = null) {
  const { H, level, way, layers, head, parts } = network;
  const ids = Array.from(text, (token) => token.id ?? token);
  const T = ids.length;
  const { read: begun, before, behind } = network.around(T);
  const fill = (n) => Array(n).fill(network.rule.pad);
  const row = before || behind ? [...fill(before), ...ids, ...fill(behind)] : ids;
  const words = { T, before, behind };
  const held = holds.length ? holder(holds, H, (k) => wordAt(words, way, k)) : undefined;
  const runs = through(layers, row, {
    starts: network.padded(begun),
    hold: (at, k) => (at === level && k === way ? held : undefined),
    known:
      network.causal && known?.begun === begun ? { runs: known.runs, steps: shared(known, ids, holds) } : undefined,
  });

  const top = layers.length - 1;
  const { traces } = runs[top];
  const size = layers[top].ways[0].cell.units;
  const lead = level === top ? way : 0;
  const ends = traces.map((trace) => endOf(trace, size));
  const dense = answerBy(layers[top], head, ends, lead);
  const along = wordsOf(words, lead, traces[lead].h, size);
  const logit = Float64Array.from({ length: T }, (_, t) => logitOf({ H: size, dense }, along, t));
  const trace = runs[level].traces[way];
  const start = { ...stateAt(trace, (way ? behind : before) - 1, H) };
  start.logit = logitOf({ H: size, dense }, stateAt(traces[lead], (lead ? behind : before) - 1, size).h, 0);
  start.p = sigmoid(start.logit);
  const sum = logitOf({ H: size, dense }, ends[lead], 0);
  return {
    T,
    ...Object.fromEntries(parts.map((name) => [name, wordsOf(words, way, trace[name], H)])),
    ids,
    holds,
    paddings: begun + before + behind,
    start,
    logit,
    p: logit.map(sigmoid),
    sum,
    last: sigmoid(sum),
    end: endOf(trace, H),
    dense: level === top ? dense : null,
    lead,
    both: traces.length > 1,
    runs,
    begun,
    before,
    behind,
  };
}

/** Which word a step of a way is; null for a step of padding. */
export function wordAt({ T, before, behind }, way, k) {
  const t = way ? T - 1 - (k - behind) : k - before;
  return t < 0 || t >= T ? null : t;
}

/** The rows of an array (steps, H) that are words, in the order of the text. */
export function wordsOf({ T, before, behind }, way, array, H) {
  if (!way) return before || behind ? array.subarray(before * H, (before + T) * H) : array;
  const out = new Float64Array(T * H);
  for (let t = 0, at = (behind + T - 1) * H; t < T; t++, at -= H) out.set(array.subarray(at, at + H), t * H);
  return out;
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

/** What a cell's run calls at each step to put the held values in; wordAt(k): which word step k is. */
function holder(holds, H, wordAt) {
  const steps = new Set(holds.map(({ step }) => step ?? null));
  const always = steps.has(null);
  return (k, parts) => {
    const t = wordAt(k);
    if (t === null || (!always && !steps.has(t))) return;
    for (const { gate, unit, step, value } of holds) {
      if ((step ?? t) !== t) continue;
      if (unit === null || unit === undefined) parts[gate].fill(value, k * H, k * H + H);
      else parts[gate][k * H + unit] = value;
    }
  };
}

/** What each unit did in a reading, for sorting: each is (network, reading) -> an array (H). */
export const measures = {
  /** What it adds to the last sum: its weight in the output times its last h. */
  push: (_, { dense, end }) => dense.kernel.map((weight, u) => weight * end[u]),

  /** Steps until half of what it keeps is gone, at its mean f, or z of a GRU: ln(1/2) / ln(f). */
  memory({ H, kind }, reading) {
    const { T } = reading;
    const f = reading[KINDS[kind].keeps];
    const sums = new Float64Array(H);
    for (let k = 0; k < T * H; k += H) for (let u = 0; u < H; u++) sums[u] += f[k + u]; // row by row, as they lie
    return sums.map((sum) => Math.LN2 / Math.abs(Math.log(sum / T)));
  },

  /** The largest |c|, of a cell without a belt the largest |h|. */
  belt({ H, kind }, reading) {
    const { T } = reading;
    const c = reading[KINDS[kind].kept];
    const largest = new Float64Array(H);
    for (let k = 0; k < T * H; k += H)
      for (let u = 0; u < H; u++) largest[u] = Math.max(largest[u], Math.abs(c[k + u]));
    return largest;
  },
};
