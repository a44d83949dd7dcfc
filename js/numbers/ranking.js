// Which gate at which word mattered most: ranked by the slope of the output, then confirmed by holding each in earnest.
import { lstm } from "./cells.js";
import { acts, read } from "./reading.js";

const ENDS = { i: [0, 1], f: [0, 1], g: [-1, 1], o: [0, 1] }; // how far a gate can be moved

/** The end of the gate's range that is further from where it is. */
function end(gate, here) {
  const [low, high] = ENDS[gate];
  return here - low > high - here ? low : high;
}

/**
 * The n candidates, of the gates named, that would move the last logit furthest if they were held at an end of their range, by the slope at
 * the value they have: [{ gate, step, unit, slope, value, estimate }], the largest first. value: the end that moves it
 * more; estimate: by how much, to first order.
 */
export function ranking(network, reading, n = 50, among = lstm.blocks) {
  const { H, cell, dense } = network;
  const { holds } = reading;
  const held = holds.length ? (t, gate, unit) => holds.some((hold) => acts(hold, gate, t, unit)) : undefined;
  const slopes = lstm.back(cell, reading, { last: { h: dense.kernel } }, { held, weights: false });
  const estimate = (gate, k) => slopes[gate][k] * (end(gate, reading[gate][k]) - reading[gate][k]);

  // Numbers are sorted fast; 64,000 candidates are not, so only those among the first n are made.
  const gates = Object.keys(ENDS).filter((gate) => among.includes(gate));
  const { length } = reading.i;
  const sizes = new Float64Array(gates.length * length);
  gates.forEach((gate, row) => {
    for (let k = 0; k < length; k++) sizes[row * length + k] = Math.abs(estimate(gate, k));
  });
  const least = sizes.slice().sort().at(-n) ?? 0;
  const candidates = [];
  sizes.forEach((size, at) => {
    if (size < least) return;
    const gate = gates[Math.floor(at / length)];
    const k = at % length;
    const value = end(gate, reading[gate][k]);
    const place = { gate, step: Math.floor(k / H), unit: k % H };
    candidates.push({ ...place, slope: slopes[gate][k], value, estimate: estimate(gate, k) });
  });
  return candidates.sort((a, b) => Math.abs(b.estimate) - Math.abs(a.estimate)).slice(0, n);
}

/** The candidates with `moved`, by how much P(positive) really moves when each is held alone, the largest first. */
export function confirm(network, reading, candidates) {
  const { ids, holds, last } = reading;
  const held = (candidate) => read(network, ids, [...holds, candidate], reading);
  return candidates.map((candidate) => ({ ...candidate, moved: held(candidate).last - last })).sort(furthest);
}

const furthest = (a, b) => Math.abs(b.moved) - Math.abs(a.moved);
const PIECE = 5; // candidates at a time: some hundredths of a second

/**
 * ranking and confirm in pieces, with room for other things between them: a promise of the confirmed list, of null once
 * `outdated()` is true. After each piece `tell(list)` gets the list as it stands; who is yet to come has no `moved`.
 */
export async function rank(network, { ids, holds = [], among }, { outdated, tell }) {
  const pause = () => new Promise((resume) => setTimeout(resume));
  await pause();
  if (outdated()) return null;
  const reading = read(network, ids, holds);
  const list = ranking(network, reading, 50, among);
  for (let done = 0; done < list.length; done += PIECE) {
    tell(list);
    await pause();
    if (outdated()) return null;
    list.splice(done, PIECE, ...confirm(network, reading, list.slice(done, done + PIECE)));
  }
  return list.sort(furthest);
}
