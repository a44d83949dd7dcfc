// How many numbers a recurrent layer learns, and the shapes on the way through it. A plan is what one counts with:
// { D, H, blocks, kernel, recurrent, biases, directions }: the blocks' names, of H columns each, a kernel and a recurrent
// kernel (true or false), biases 0, 1 or 2 for each block. A wrong count is the right count of another plan.

import { gru, lstm } from "./cells.js";

/** The blocks of Keras' layers, from left to right. */
export const BLOCKS = { SimpleRNN: ["h"], LSTM: [...lstm.blocks], GRU: [...gru.blocks] };

/** What Keras makes of these settings: { cell, inputs, units, use_bias, reset_after, bidirectional }. */
export function planOf({ cell, inputs, units, use_bias, reset_after, bidirectional }) {
  const biases = !use_bias ? 0 : cell === "GRU" && reset_after ? 2 : 1;
  return {
    D: inputs,
    H: units,
    blocks: BLOCKS[cell],
    kernel: true,
    recurrent: true,
    biases,
    directions: bidirectional ? 2 : 1,
  };
}

export const count = ({ D, H, blocks, kernel, recurrent, biases, directions }) =>
  directions * blocks.length * H * ((kernel ? D : 0) + (recurrent ? H : 0) + biases);

/** The blocks that are gates: all but the candidate. */
export const gatesOf = (blocks) => blocks.filter((name) => name !== "g");

/** What others count: how the plan changes; those whose count is the right one are left out.
 * -> [{ key, plan, count }], the right one first. */
export function readings(settings) {
  const right = planOf(settings);
  const { D, H, blocks, biases, directions } = right;
  const { cell, steps } = settings;
  const found = [{ key: "right", plan: right, count: count(right) }];
  const add = (key, change, when = true) => {
    const plan = { ...right, ...change };
    if (when && count(plan) !== count(right)) found.push({ key, plan, count: count(plan) });
  };
  add("no_bias", { biases: 0 });
  add("bias", { biases: 1 }, biases === 0);
  add("two_biases", { biases: 2 }, biases === 1);
  add("one_bias", { biases: 1 }, biases === 2);
  add("no_candidate", { blocks: gatesOf(blocks) }, cell !== "SimpleRNN");
  add("four", { blocks: [...blocks, "4th"] }, cell === "GRU");
  add("one", { blocks: ["g"], biases: Math.min(biases, 1) }, cell !== "SimpleRNN");
  add("no_recurrent", { recurrent: false });
  add("no_kernel", { kernel: false });
  add("exchanged", { D: H, H: D });
  add("steps", { H: steps });
  add("one_direction", { directions: 1 }, directions === 2);
  return found;
}

/** The arrays in the order in which they are met, each [name, letters, shape], and the layers between them, each
 * [name, letters, shape, parameters]. settings: as above, and { vocabulary, steps, batch, return_sequences }. */
export function flow(settings) {
  const { vocabulary: V, inputs: D, units: H, steps: T, batch: B, return_sequences: all } = settings;
  const wide = settings.bidirectional ? 2 * H : H;
  const W = settings.bidirectional ? "2H" : "H";
  const [letters, shape] = all ? ["B, T", [B, T]] : ["B", [B]];
  return [
    ["ids", "B, T", [B, T]],
    ["Embedding", "V, D", [V, D], V * D],
    ["x", "B, T, D", [B, T, D]],
    [settings.cell, "", [], count(planOf(settings))],
    ["h", `${letters}, ${W}`, [...shape, wide]],
    ["Dense(1)", `${W}, 1`, [wide, 1], wide + 1],
    ["p", `${letters}, 1`, [...shape, 1]],
  ];
}
