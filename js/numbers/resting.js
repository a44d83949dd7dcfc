// Where a network's answer comes to rest, if one input is read again and again.
import { fromInput } from "./cells.js";
import { KINDS } from "./kinds.js";

const STEPS = 2000; // the tutorials' networks rest by then: what is left of the way falls by a hundredth a step or more

/**
 * -> { average: [from a state against, from one in favour], padding: or null where none is read }: the last sum before the
 * sigmoid; null of a network with several layers or directions. average: after the mean of all words' embeddings, 2,000
 * times, from the two states in which every unit is full and pushes the answer down, or up; padding: after as many steps
 * of padding as a text without a word has.
 */
export function resting({ layers, head, causal, length, mean, padded, masked }) {
  if (layers.length > 1 || !causal) return null;
  const [{ kind, cell, options }] = layers[0].ways;
  const H = cell.units;
  const sumOf = (h) => h.reduce((sum, value, u) => sum + value * head.kernel[u], head.bias);
  const given = Array(STEPS).fill(fromInput(cell, mean(), 0, KINDS[kind].blocks.length));
  const from = (side) => {
    const full = head.kernel.map((weight) => side * Math.sign(weight));
    const { h } = KINDS[kind].run(cell, null, { h: full, c: full }, { ...options, given });
    return sumOf(h.subarray((STEPS - 1) * H));
  };
  return { average: [from(-1), from(1)], padding: masked ? null : sumOf(padded(length)[0].h) };
}
