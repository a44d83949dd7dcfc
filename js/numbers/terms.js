// The arithmetic behind one value of a reading: the numbers that it is the sum of.
import { sigmoid } from "./cells.js";
import { KINDS } from "./kinds.js";
import { acts } from "./reading.js";

/**
 * -> { part, step, unit, terms: [{ group, name, input, weight, product }], sums: { group: number }, sum, curve, computed,
 *      value, held, from }
 * A gate, a candidate and a SimpleRNN's h: groups "word" (name: which number of the embedding) or "below" (which unit's h
 * of the layer below), "memory" (which unit's h), in a GRU's g "reset" (the same, times r), "bias"; `curve` is "sigmoid" or
 * "tanh", `computed` what it makes of the sum, `value` what was used: another number if it is held.
 * An LSTM's c: "kept" f * c before, "new" i * g; its h: "read" o * tanh(c). A GRU's h: "stays" z * h before, "comes"
 * (1 - z) * g. There `curve` is null. from: whether a word was read before.
 */
export function terms(network, reading, part, step, unit) {
  const summed = WRITTEN[network.kind][part];
  const list = summed ? summed(reading, step * network.H + unit, stateBefore(network, reading, step), unit) : null;
  const terms = list ?? ofColumn(network, reading, part, step, unit);
  const sums = {};
  let sum = 0;
  for (const { group, product } of terms) {
    sums[group] = (sums[group] ?? 0) + product;
    sum += product;
  }
  const curve = list ? null : part === "g" || part === "h" ? "tanh" : "sigmoid";
  return {
    part,
    step,
    unit,
    terms,
    sums,
    sum,
    curve,
    computed: curve ? CURVES[curve](sum) : sum,
    value: reading[part][step * network.H + unit],
    held: reading.holds.some((hold) => acts(hold, part, step, unit)),
    from: earlierOf(network, reading, step) !== null,
  };
}

const CURVES = { sigmoid, tanh: Math.tanh };
const term = (group, name, input, weight) => ({ group, name, input, weight, product: input * weight });

// The parts that no column of the kernels makes.
const WRITTEN = {
  lstm: {
    c: ({ f, i, g }, k, before, unit) => [term("kept", "f", f[k], before.c[unit]), term("new", "i", i[k], g[k])],
    h: ({ o, c }, k) => [term("read", "o", o[k], Math.tanh(c[k]))],
  },
  gru: {
    h: ({ z, g }, k, before, unit) => [
      term("stays", "z", z[k], before.h[unit]),
      term("comes", "1 − z", 1 - z[k], g[k]),
    ],
  },
  simple_rnn: {},
};

/** The step that was read before one, or null. */
function earlierOf({ way }, { T }, step) {
  const earlier = way ? step + 1 : step - 1;
  return earlier < 0 || earlier >= T ? null : earlier;
}

/** The state { h, c } that a step began from: that of the word read before it, or of the start. */
function stateBefore(network, reading, step) {
  const { H } = network;
  const earlier = earlierOf(network, reading, step);
  if (earlier === null) return reading.start;
  const at = (name) => reading[name]?.subarray(earlier * H, (earlier + 1) * H);
  return { h: at("h"), c: at("c") };
}

/** What the cell is given at a step: the word's embedding, or the layer below. */
function inputsAt({ level, embed }, reading, step) {
  if (!level) return embed(reading.ids[step]);
  const { inputs, traces } = reading.runs[level];
  const D = inputs.length / traces[0].T;
  const row = reading.before + step;
  return inputs.subarray(row * D, (row + 1) * D);
}

function ofColumn(network, reading, part, step, unit) {
  const { H, kind, level, way, layers } = network;
  const { cell, options } = layers[level].ways[way];
  const { blocks } = KINDS[kind];
  const K = blocks.length * H;
  const column = blocks.indexOf(part) * H + unit;
  const inputs = Array.from(inputsAt(network, reading, step), (x, d) =>
    term(level ? "below" : "word", d, x, cell.kernel[d * K + column]),
  );
  const { h } = stateBefore(network, reading, step);
  const weight = (u) => cell.recurrent[u * K + column];
  const bias = cell.bias?.[column] ?? 0;
  const inner = options.resetAfter && cell.bias ? cell.bias[K + column] : 0; // of the state's side
  if (kind === "gru" && part === "g") {
    const r = (u) => reading.r[step * H + u];
    const reset = options.resetAfter
      ? (value, u) => term("reset", u, value, r(unit) * weight(u))
      : (value, u) => term("reset", u, r(u) * value, weight(u));
    const scale = options.resetAfter ? r(unit) : 0;
    return [...inputs, ...Array.from(h, reset), term("bias", null, 1, bias + scale * inner)];
  }
  return [
    ...inputs,
    ...Array.from(h, (value, u) => term("memory", u, value, weight(u))),
    term("bias", null, 1, bias + inner),
  ];
}
