// One turn of a cell as the drawing shows it at one of its stages, and what each value of a unit is made of. No page:
// Node runs this too.
//
// cell { kernel (D, 4H), recurrent (H, 4H), bias (4H,) or null, units: H, gate }, flat, as in cells.js; gate is the
// curve of the gates. A stage is "loop" (the candidate's layer alone: a plain loop), "belt" (f, i and o are 1) or
// "gates" (the LSTM). state { h, c } (H,) each is what the turn before left.
import { curves, lstm, simpleRnn } from "./cells.js";

/** -> the parts that the stage has, of i f g o c h, (H,) each. */
export function turn(stage, cell, x, state) {
  if (stage === "loop") return { h: simpleRnn.run(candidateAlone(cell), x, { h: state.h }).h };
  const open = (_, gates) => ["f", "i", "o"].forEach((name) => gates[name].fill(1));
  const { i, f, g, o, c, h } = lstm.run(cell, x, state, { gate: cell.gate, hold: stage === "belt" ? open : undefined });
  return stage === "belt" ? { g, c, h } : { i, f, g, o, c, h };
}

/** The SimpleRNN that has the candidate's weights. */
function candidateAlone({ kernel, recurrent, bias, units: H }) {
  const block = (array) => array.filter((_, k) => Math.floor((k % (4 * H)) / H) === lstm.blocks.indexOf("g"));
  return { kernel: block(kernel), recurrent: block(recurrent), bias: bias && block(bias), units: H };
}

/**
 * What a node of the drawing computes for one unit -> { terms, sum, squash, value }
 * terms: [{ name, index, value, times, weight, product }]: product = value * times; times is null where nothing is
 * multiplied. weight: { array: "kernel" | "recurrent" | "bias", at } where times (for the bias: value) is a weight.
 * squash: the name of what is applied to the sum, null for nothing.
 */
export function made(part, stage, cell, x, state, values, unit) {
  const of = (name) => values[name][unit];
  const before = state.c[unit];
  const product = (name, value, times) => ({ name, value, times, product: value * times });
  const alone = (name, value) => ({ name, value, times: null, product: value });
  if (lstm.blocks.includes(part)) {
    const squash = part === "g" ? "tanh" : cell.gate;
    const terms = dot(lstm.blocks.indexOf(part) * cell.units + unit, cell, x, state.h);
    return result(terms, squash, stage === "loop" ? of("h") : of(part));
  }
  const kept = () => (stage === "belt" ? alone("c", before) : product("f · c", of("f"), before));
  const added = () => (stage === "belt" ? alone("g", of("g")) : product("i · g", of("i"), of("g")));
  switch (part) {
    case "f_times_c":
      return result([kept()], null);
    case "i_times_g":
      return result([added()], null);
    case "plus":
      return result([kept(), added()], null, of("c"));
    case "tanh_c":
      return result([alone("c", of("c"))], "tanh");
    case "o_times_c":
      return result([product("o · tanh(c)", of("o"), Math.tanh(of("c")))], null, of("h"));
  }
  const arrives = { x: x[0], h_prev: state.h[unit], c_prev: before };
  return { terms: [], sum: arrives[part], squash: null, value: arrives[part] };
}

/** The terms of the sum in one column: from x, from h, the bias. */
function dot(column, { kernel, recurrent, bias, units: H }, x, h) {
  const K = 4 * H;
  const from = (name, inputs, array, matrix) =>
    Array.from(inputs, (value, index) => {
      const at = index * K + column;
      return { name, index, value, times: matrix[at], weight: { array, at }, product: value * matrix[at] };
    });
  const terms = [...from("x", x, "kernel", kernel), ...from("h", h, "recurrent", recurrent)];
  if (bias) {
    const weight = { array: "bias", at: column };
    terms.push({ name: "bias", index: 0, value: bias[column], times: null, weight, product: bias[column] });
  }
  return terms;
}

const squashes = { ...curves, tanh: Math.tanh };

/** value: as the cell gave it, or worked out here for what the cell keeps no name for. */
function result(terms, squash, value) {
  const sum = terms.reduce((total, term) => total + term.product, 0);
  return { terms, sum, squash, value: value ?? (squash ? squashes[squash](sum) : sum) };
}
