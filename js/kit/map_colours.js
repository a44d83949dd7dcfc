// How a value becomes a colour. Gates go from the page's ground to their colour, 0 to 1. The others, and all differences,
// have their colour above 0 and the page's ink below it, so that one rule reads every map.
import { ground, role } from "./colours.js";

const STEPS = 255;
const GATES = ["i", "f", "o", "z", "r"];

/** The numbers that a map of this part goes from and to: 0 to 1 for gates, -1 to 1 for g and h. c and differences have
 * a scale of their own, up to the next round number over their largest value; stretched, every part has. */
export function limits(part, values, compare, stretch) {
  const gate = GATES.includes(part) && !compare;
  if (gate && !stretch) return [0, 1];
  if (part !== "c" && !compare && !stretch) return [-1, 1];
  let low = gate ? 1 : 0;
  let high = 0;
  for (let k = 0; k < values.length; k++) {
    if (values[k] < low) low = values[k]; // NaN, a square that is not there, is neither
    if (values[k] > high) high = values[k];
  }
  if (gate) return high > low ? [Math.floor(low * 20) / 20, Math.ceil(high * 20) / 20] : [0, 1];
  const top = roundUp(Math.max(-low, high) || 1);
  return [-top, top];
}

/** The next round number. */
export function roundUp(value) {
  const ten = 10 ** Math.floor(Math.log10(value));
  return ten * [1, 2, 3, 5, 10].find((factor) => factor * ten >= value * (1 - 1e-9));
}

const kept = new Map();

/** A table of STEPS + 1 colours from the lower limit to the upper, as pixels of a canvas, and a clear one at its end. */
function colours(part, low) {
  const { mark, text } = role(part);
  const { background, ink } = ground();
  const key = [part, low < 0, background].join();
  if (!kept.has(key)) {
    const up = [background, mark, text];
    const stops = low < 0 ? [ink, mix(ink, background, 0.45), background, mark, text] : up;
    const table = new Uint32Array(STEPS + 2).map((_, k) => (k > STEPS ? 0 : pixel(along(stops, k / STEPS))));
    kept.set(key, { table, css: `linear-gradient(90deg, ${stops.join()})` });
  }
  return kept.get(key);
}

/** { css, table, low, steep }: a gradient for the legend; and the colour of a value is table[(value - low) * steep], and the table's
 * last that of no value. */
export function scale(part, [low, high]) {
  return { ...colours(part, low), low, steep: STEPS / (high - low) };
}

const TINTS = 20; // of each sign
const FULL = { above: 0.5, below: 0.45 }; // of the colour, so that letters over it stay readable in both themes

/** What lies behind letters, by the same rule: { css, of(share) }, a gradient for the legend; the colour of a share from -1 to 1. */
export function tints(part) {
  const { background, surface, line } = ground();
  const key = [part, "tints", background].join();
  if (!kept.has(key)) {
    const full = [mix(background, line, FULL.below), surface, mix(background, role(part).mark, FULL.above)];
    const all = Array.from({ length: 2 * TINTS + 1 }, (_, k) => hex(along(full, k / (2 * TINTS))));
    const of = (share) => all[Math.round(TINTS * (1 + share))];
    kept.set(key, { css: `linear-gradient(90deg, ${full.join()})`, of });
  }
  return kept.get(key);
}

const parse = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
const blend = (a, b, share) => a.map((value, k) => Math.round(value + (b[k] - value) * share));
const hex = (rgb) => `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
const mix = (a, b, share) => hex(blend(parse(a), parse(b), share));

function along(stops, share) {
  const at = share * (stops.length - 1);
  const k = Math.min(Math.floor(at), stops.length - 2);
  return blend(parse(stops[k]), parse(stops[k + 1]), at - k);
}

const order = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? [24, 16, 8, 0] : [0, 8, 16, 24]; // a, b, g, r
const pixel = ([r, g, b]) => ((255 << order[0]) | (b << order[1]) | (g << order[2]) | (r << order[3])) >>> 0;
