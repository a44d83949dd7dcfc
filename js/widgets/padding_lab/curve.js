// Where the steps of a row stand from left to right: every word takes as much room as another, and the zeros, of which
// there may be hundreds, are squeezed into half of the width.
import { placed } from "../../numbers/batches.js";

const SQUEEZED = 0.5; // of the width, at most, for all zeros

/** { ids, rows } -> { zeros: their share of the width, behind: on the right?, word: the last word's step, x(t): 0 to 1 } */
export function axisOf({ ids, rows }) {
  const { from, to, before, behind } = placed(ids.length, rows);
  const words = to - from;
  const zeros = Math.min((before + behind) / rows.maxlen, SQUEEZED);
  const left = before ? zeros : 0;
  const wide = [zeros / (before + behind || 1), (1 - zeros) / words]; // of a zero, of a word
  const x = (t) => {
    if (t < before) return (t + 0.5) * wide[0];
    const word = t - before;
    return word < words ? left + (word + 0.5) * wide[1] : 1 - (rows.maxlen - t - 0.5) * wide[0];
  };
  return { zeros, behind: behind > 0, word: before + words - 1, x };
}

/** A path through P(positive) after each step, from edge to edge of a square of 1 by 1. */
export function curveOf({ p, ids, rows }) {
  const { x } = axisOf({ ids, rows });
  const round = (value) => Math.round(1e4 * value) / 1e4;
  const points = Array.from(p, (value, t) => `${round(x(t))} ${round(1 - value)}`);
  return `M0 ${round(1 - p[0])}L${points.join("L")}L1 ${round(1 - p.at(-1))}`;
}
