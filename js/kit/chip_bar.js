// The bar under a word, from its middle: to the right above 0, to the left below.

/** A value as a share of the longest bar, from -1 to 1; 0 where there is none. */
export const shareOf = (value, limit) => Math.max(-1, Math.min(1, value / limit)) || 0;

/** long: from -100 to 100 -> a background image */
export function barOf(long) {
  const [from, to] = [50, 50 + long / 2].sort((a, b) => a - b);
  return long ? `linear-gradient(90deg, #0000 ${from}%, var(--mark) ${from}% ${to}%, #0000 ${to}%)` : "";
}
