// What each word of the text shows, as its colour and as a bar under it.
import { limits, roundUp, tints } from "../../kit/map_colours.js";
import { writes } from "../../numbers/writes.js";
import { remember } from "../../kit/remember.js";

/** values: (T), NaN for a word that shows none; limit: of a bar's length; tints: of js/kit/map_colours.js, or null for no
 * colour. Each is (reading, network, unit, H, kept, removed) -> { values, limit, tints } */
const SHOWN = {
  /** What one unit has on its belt after the word, without a belt its h. */
  belt(reading, _, unit, H, kept) {
    const values = Float64Array.from({ length: reading.T }, (_, t) => reading[kept][t * H + unit]);
    return { values, limit: limits(kept, values)[1], tints: tints(kept) };
  },

  /** How far P(positive) moved at the word. */
  answer({ T, p, start, lead }) {
    const before = (t) => p[lead ? t + 1 : t - 1] ?? start.p ?? p[t];
    const values = Float64Array.from({ length: T }, (_, t) => p[t] - before(t));
    return { values, limit: 1, tints: null };
  },

  /** By how much the last sum is larger with the word than without. */
  without({ T, sum }, _, __, ___, ____, removed) {
    return bars(Float64Array.from({ length: T }, (_, t) => sum - (removed?.[t] ?? Number.NaN)));
  },

  /** What was written at the word and stands in the last sum. */
  writes(reading, network) {
    return bars(network ? writes(network, reading).parts : new Float64Array(reading.T).fill(Number.NaN));
  },
};

const bars = (values) => ({
  values,
  limit: roundUp(Math.max(...values.map((value) => Math.abs(value) || 0), 0) || 1),
  tints: null,
});

/** -> marked(view, removed, theme) */
export function marking() {
  const make = remember((kind, ...given) => SHOWN[kind](...given));
  return ({ mark, reading, network, unit, H, kept }, removed, theme) =>
    make(mark, reading, network, mark === "belt" ? unit : null, H, kept, removed, theme);
}
