// What each word of the text shows, as its colour and as a bar under it.
import { limits, tints } from "../../kit/map_colours.js";

/**
 * kind: "belt", what one unit has on its belt after the word, or "answer", how far the word moved P(positive)
 * -> { values: (T), limit: of a bar's length, tints: of js/kit/map_colours.js, or null for no colour }
 */
export function marksOf(kind, { T, c, p, start }, unit, H) {
  if (kind === "answer") {
    const values = Float64Array.from({ length: T }, (_, t) => p[t] - (t ? p[t - 1] : (start.p ?? p[0])));
    return { values, limit: 1, tints: null };
  }
  const values = Float64Array.from({ length: T }, (_, t) => c[t * H + unit]);
  return { values, limit: limits("c", values)[1], tints: tints("c") };
}
