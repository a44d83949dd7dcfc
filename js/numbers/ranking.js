// Which gate at which word mattered most: ranked by the slope of the output, then confirmed by holding each in earnest.
import { KINDS } from "./kinds.js";
import { slopes as slopesBack } from "./layers.js";
import { acts, read, wordAt, wordsOf } from "./reading.js";

/**
 * The n candidates that would move the last logit furthest if they were held at an end of their range, by the slopes at
 * the values they have: [{ gate, step, unit, slope, value, estimate }], the largest first. gates: which of them, all if
 * left out; whole: all units of a gate together, with a unit of null, not one alone; last: whether those of the word that
 * is read last are among them. value: the end that moves it more; estimate: by how much, to first order.
 */
export function ranking(network, reading, n = 50, { gates, whole = false, last = true } = {}) {
  const { H, layers, head, level, way } = network;
  const ends = KINDS[network.kind].gates;
  const names = Object.keys(ends).filter((gate) => gates === undefined || gates.includes(gate));
  if (!names.length) return [];
  const { holds, T } = reading;
  const isHeld = (k, gate, unit) => {
    const t = wordAt(reading, way, k);
    return t !== null && holds.some((hold) => acts(hold, gate, t, unit));
  };
  const held = holds.length ? isHeld : undefined;
  const back = slopesBack(layers, head, reading.runs, { level, way, held });
  const slopes = Object.fromEntries(names.map((gate) => [gate, wordsOf(reading, way, back[gate], H)]));
  const across = whole ? H : 1; // units of one candidate
  const units = (at) => [at * across, (at + 1) * across];

  function moved(gate, at, value) {
    const [from, to] = units(at);
    let sum = 0;
    for (let k = from; k < to; k++) sum += slopes[gate][k] * (value - reading[gate][k]);
    return sum;
  }
  function end(gate, at) {
    const [low, high] = ends[gate];
    return Math.abs(moved(gate, at, low)) > Math.abs(moved(gate, at, high)) ? low : high;
  }

  // Numbers are sorted fast; 64,000 candidates are not, so only those among the first n are made.
  const count = (Math.max(0, last ? T : T - 1) * H) / across;
  const first = last || !way ? 0 : H / across; // the word that is read last is the first one, read backward
  const sizes = new Float64Array(names.length * count);
  names.forEach((gate, row) => {
    for (let k = 0; k < count; k++) sizes[row * count + k] = Math.abs(moved(gate, first + k, end(gate, first + k)));
  });
  const least = sizes.slice().sort().at(-n) ?? 0;
  const candidates = [];
  sizes.forEach((size, k) => {
    if (size < least) return;
    const gate = names[Math.floor(k / count)];
    const at = first + (k % count);
    const [from, to] = units(at);
    const place = { gate, step: Math.floor(from / H), unit: whole ? null : from % H };
    const slope = slopes[gate].subarray(from, to).reduce((sum, one) => sum + one, 0);
    const value = end(gate, at);
    candidates.push({ ...place, slope, value, estimate: moved(gate, at, value) });
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
