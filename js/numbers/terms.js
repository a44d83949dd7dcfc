// The arithmetic behind one value of a reading: the numbers that it is the sum of.
import { lstm, sigmoid } from "./cells.js";
import { acts } from "./reading.js";

/**
 * -> { part, step, unit, terms: [{ group, name, input, weight, product }], sums: { group: number }, sum, computed,
 *      value, held }
 * i, f, g, o: groups "word" (name: which number of the embedding), "memory" (name: which unit's h), "bias"; `computed`
 *             is what the gate's sigmoid or tanh makes of the sum, `value` what was used: another number if it is held.
 * c:          "kept" f * c before, "new" i * g.       h: "read" o * tanh(c).
 */
export function terms(network, reading, part, step, unit) {
  const list = LISTS[part](network, reading, part, step, unit);
  const sums = {};
  let sum = 0;
  for (const { group, product } of list) {
    sums[group] = (sums[group] ?? 0) + product;
    sum += product;
  }
  return {
    part,
    step,
    unit,
    terms: list,
    sums,
    sum,
    computed: SQUASH[part]?.(sum) ?? sum,
    value: reading[part][step * network.H + unit],
    held: reading.holds.some((hold) => acts(hold, part, step, unit)),
  };
}

const SQUASH = { i: sigmoid, f: sigmoid, g: Math.tanh, o: sigmoid };
const LISTS = { i: ofGate, f: ofGate, g: ofGate, o: ofGate, c: ofBelt, h: ofOutput };

const term = (group, name, input, weight) => ({ group, name, input, weight, product: input * weight });

/** The state (h or c) of the step before: that of the paddings before the first. */
const before = (reading, name, step, H) =>
  step ? reading[name].subarray((step - 1) * H, step * H) : reading.start[name];

function ofGate({ H, cell, embed }, reading, gate, step, unit) {
  const K = 4 * H;
  const column = lstm.blocks.indexOf(gate) * H + unit;
  const word = embed(reading.ids[step]);
  const memory = before(reading, "h", step, H);
  return [
    ...Array.from(word, (x, d) => term("word", d, x, cell.kernel[d * K + column])),
    ...Array.from(memory, (h, u) => term("memory", u, h, cell.recurrent[u * K + column])),
    term("bias", null, 1, cell.bias?.[column] ?? 0),
  ];
}

function ofBelt({ H }, reading, _, step, unit) {
  const [f, i, g] = ["f", "i", "g"].map((gate) => reading[gate][step * H + unit]);
  return [term("kept", "f", f, before(reading, "c", step, H)[unit]), term("new", "i", i, g)];
}

function ofOutput({ H }, reading, _, step, unit) {
  const at = step * H + unit;
  return [term("read", "o", reading.o[at], Math.tanh(reading.c[at]))];
}
