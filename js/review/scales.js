// How a value becomes a colour. Gates go from the page's ground to their colour, 0 to 1. The others, and all differences,
// have their colour above 0 and the page's ink below it, so that one rule reads every map.
import { ground, role } from "../core/colours.js";

const STEPS = 255;
const GATES = "ifo";

export const PARTS = ["f", "i", "g", "o", "c", "h"]; // in the order of the book

export const WORDS = {
  f: { name: "forget gate", low: "0 forgets", high: "1 keeps" },
  i: { name: "input gate", low: "0 shut", high: "1 writes" },
  g: { name: "candidate", low: "to write: below 0", high: "above" },
  o: { name: "output gate", low: "0 shut", high: "1 reads" },
  c: { name: "belt", low: "below 0", high: "above" },
  h: { name: "output", low: "below 0", high: "above" },
};

/** The numbers that a map of this part goes from and to. c and differences have a scale of their own: up to the next
 * round number over their largest value. */
export function limits(part, values, compare) {
  if (!compare && GATES.includes(part)) return [0, 1];
  if (!compare && part !== "c") return [-1, 1];
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  const top = roundUp(largest || 1);
  return [-top, top];
}

function roundUp(value) {
  const ten = 10 ** Math.floor(Math.log10(value));
  return ten * [1, 2, 3, 5, 10].find((factor) => factor * ten >= value * (1 - 1e-9));
}

const kept = new Map();

/** A table of STEPS + 1 colours from the lower limit to the upper, as pixels of a canvas. */
function colours(part, low) {
  const { mark, text } = role(part);
  const { background, ink } = ground();
  const key = [part, low < 0, background].join();
  if (!kept.has(key)) {
    const up = [background, mark, text];
    const stops = low < 0 ? [ink, mix(ink, background, 0.45), background, mark, text] : up;
    const table = Uint32Array.from({ length: STEPS + 1 }, (_, k) => pixel(along(stops, k / STEPS)));
    kept.set(key, { table, css: `linear-gradient(90deg, ${stops.join()})` });
  }
  return kept.get(key);
}

/** { css, pixel(value) } of a part between limits: a gradient for the legend, and the colour of a value. */
export function scale(part, [low, high]) {
  const { table, css } = colours(part, low);
  const steep = STEPS / (high - low);
  return { css, pixel: (value) => table[Math.max(0, Math.min(STEPS, Math.round((value - low) * steep)))] };
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
