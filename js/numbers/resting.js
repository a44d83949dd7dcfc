// Where a network's answer comes to rest, if one input is read again and again.
import { fromInput, lstm } from "./cells.js";

const STEPS = 2000; // the tutorials' networks rest by then: what is left of the way falls by a hundredth a step or more

/**
 * -> { average: [from a state against, from one in favour], padding: or null where none is read }: the last sum before the
 * sigmoid. average: after the mean of all words' embeddings, 2,000 times, from the two states in which every unit is
 * full and pushes the answer down, or up; padding: after as many steps of padding as a text without a word has.
 */
export function resting({ H, cell, dense, length, mean, padded, pack }) {
  const sumOf = (h) => h.reduce((sum, value, u) => sum + value * dense.kernel[u], dense.bias);
  const given = Array(STEPS).fill(fromInput(cell, mean(), 0));
  const from = (side) => {
    const full = dense.kernel.map((weight) => side * Math.sign(weight));
    const { h } = lstm.run(cell, null, { h: full, c: full }, { given });
    return sumOf(h.subarray((STEPS - 1) * H));
  };
  return { average: [from(-1), from(1)], padding: pack.mask_zero ? null : sumOf(padded(length).h) };
}
