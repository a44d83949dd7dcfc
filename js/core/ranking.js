// Which gate at which word mattered most: ranked by the slope of the output, then confirmed by holding each in earnest.
import { lstm } from "./cells.js";
import { acts, read } from "./reading.js";

const ENDS = { i: [0, 1], f: [0, 1], g: [-1, 1], o: [0, 1] }; // how far a gate can be moved

/**
 * The n candidates that would move the last logit furthest if they were held at an end of their range, by the slope at
 * the value they have: [{ gate, step, unit, slope, value, estimate }], the largest first. value: the end that moves it
 * more; estimate: by how much, to first order.
 */
export function ranking(network, reading, n = 50) {
  const { U, cell, dense } = network;
  const { T, holds } = reading;
  const held = (t, gate, unit) => holds.some((hold) => acts(hold, gate, t, unit));
  const slopes = lstm.back(cell, reading, { last: { h: dense.kernel } }, holds.length ? held : undefined);
  const candidates = [];
  for (const [gate, ends] of Object.entries(ENDS)) {
    for (let k = 0; k < T * U; k++) {
      const slope = slopes[gate][k];
      const here = reading[gate][k];
      const value = here - ends[0] > ends[1] - here ? ends[0] : ends[1];
      const estimate = slope * (value - here);
      candidates.push({ gate, step: Math.floor(k / U), unit: k % U, slope, value, estimate });
    }
  }
  return candidates.sort((a, b) => Math.abs(b.estimate) - Math.abs(a.estimate)).slice(0, n);
}

/** The candidates with `moved`, by how much P(positive) really moves when each is held alone, the largest first. */
export function confirm(network, ids, holds, candidates) {
  const { last } = read(network, ids, holds);
  return candidates
    .map((candidate) => ({ ...candidate, moved: read(network, ids, [...holds, candidate]).last - last }))
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved));
}
