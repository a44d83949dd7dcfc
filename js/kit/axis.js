// Where the ticks of an axis stand.

/** Round values from low to high, evenly spaced, and `least` apart or more: 1, 2 or 5 times a power of ten. */
export function ticks(low, high, least) {
  const power = 10 ** Math.floor(Math.log10(least));
  const apart = [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least);
  const first = Math.ceil(low / apart);
  return Array.from({ length: Math.floor(high / apart) - first + 1 }, (_, k) => (first + k) * apart);
}
