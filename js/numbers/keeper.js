// The keeper: one unit that keeps the flagged parcel, a gate of it held, and what breaks by that. No page: Node runs
// this too. lstm_edu/widgets/keeper.py says the same in Python.
import { lstm } from "./cells.js";

// of a parcel: not worth a word; all of it; 0% as it is told
const [LITTLE, NEARLY, NONE] = [0.1, 0.9, 0.005];

/** values, flags (T,); hold: "f", "i" or "o", which has the value `level` at every step, or null -> the cell's trace */
export function runOf(cell, values, flags, hold, level) {
  const x = Float64Array.from(values.flatMap((value, t) => [value, flags[t]]));
  return lstm.run(cell, x, {}, { hold: hold ? (t, gates) => (gates[hold][t] = level) : undefined });
}

/** How much of each parcel lies on the belt: of[t][s] is the share of the parcel of step s at step t. The belt is their sum. */
export function shares({ T, f, i }) {
  const of = [];
  for (let t = 0; t < T; t++) {
    of.push(Array.from({ length: T }, (_, s) => (t ? f[t] * of[t - 1][s] : 0)));
    of[t][t] = i[t];
  }
  return of;
}

/** What is broken, [{ kind, ...numbers }]; nothing where the unit does its work. Steps count from 0. */
export function broken(trace, flags) {
  const of = shares(trace);
  const steps = Array.from(flags.keys());
  const flagged = steps.filter((t) => flags[t]);
  const others = steps.filter((t) => !flags[t]);
  const found = [];

  const written = flagged.filter((t) => of[t][t] > LITTLE);
  if (flagged.length && !written.length) found.push({ kind: "nothing" });
  const faint = least(written, (t) => of[t][t]);
  if (faint?.share < NEARLY) found.push({ kind: "faint", at: faint.of, share: faint.share });

  const end = (s) => (flagged.find((t) => t > s) ?? flags.length) - 1; // before the next flag
  const lost = least(written, (s) => of[end(s)][s] / of[s][s]);
  const place = lost && { from: lost.of, at: end(lost.of) };
  if (lost?.share < NONE) found.push({ kind: "gone", ...place });
  else if (lost?.share < NEARLY) found.push({ kind: "lost", ...place, share: lost.share });

  const before = (t) => flagged[flagged.indexOf(t) - 1];
  const stays = least(flagged.slice(1), (t) => -of[t][before(t)]);
  if (-stays?.share > LITTLE) found.push({ kind: "summed", from: before(stays.of), at: stays.of, share: -stays.share });

  // with these weights all of them or none
  if (others.some((t) => of[t][t] > LITTLE)) found.push({ kind: "all", n: others.length });

  const full = steps.filter((t) => Math.abs(trace.c[t]) > LITTLE);
  const shown = full.map((t) => trace.h[t] / Math.tanh(trace.c[t]));
  if (full.length && Math.max(...shown) < LITTLE) found.push({ kind: "hidden" });
  else if (Math.min(...shown) < NEARLY) found.push({ kind: "dim", share: Math.min(...shown) });
  return found;
}

/** The first of some steps whose share is the least, { of, share }; undefined where there is none. */
function least(steps, share) {
  return steps.map((t) => ({ of: t, share: share(t) })).reduce((a, b) => (a && a.share <= b.share ? a : b), undefined);
}
