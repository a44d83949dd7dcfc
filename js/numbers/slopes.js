// How far back the slope of one answer reaches: its length at every step before. No page: Node runs this too; it is
// held against lstm_edu/widgets/gradient_lab/slopes.py, which uses the way back of NumPy's cells.
import { back, run } from "./small.js";

/** The network (of small.js) with its recurrent kernel times `factor`, and the forget gate's bias set, null for its own. */
export function changed(network, { factor = 1, forgetBias = null }) {
  const { kernel, recurrent, bias, units: H } = network.cell;
  const cell = { kernel, recurrent: recurrent.map((weight) => weight * factor), bias, units: H };
  if (network.kind === "lstm" && forgetBias !== null) {
    cell.bias = bias ? Float64Array.from(bias) : new Float64Array(4 * H);
    cell.bias.fill(forgetBias, H, 2 * H);
  }
  return { ...network, cell };
}

/**
 * L is the network's first answer after the last step of x (T, D), times a number that makes the slope there of length
 * 1: dL/dh, or for an LSTM dL/dc, what the belt's value counts for in all.
 * -> { curves, norm }
 * curves: (T) each, the length of the slope at each step: `total`; for an LSTM the two parts of it too, which add up as
 * vectors: `belt`, the last step's slope times the f of all steps in between, and `detour`, all that came through h and
 * the gates. norm: the length of the slopes of all weights of cell and answer, taken together. weights: false leaves out
 * the norm, and two thirds of the work.
 */
export function slopes(network, x, start, { weights = true, ...options } = {}) {
  const { units: H } = network.cell;
  const trace = run(network, x, start, options);
  const last = (trace.T - 1) * H;
  const answer = network.dense.kernel;
  const first = network.kind === "lstm" ? answer.map((weight, u) => weight * readSlope(trace, last + u)) : answer;
  const scale = 1 / length(first, 0, H);
  const grads = back(network, trace, { last: { h: answer.map((weight) => weight * scale) } }, { weights });
  const curves = network.kind === "lstm" ? belt(trace, grads, H) : { total: lengths(grads.h, H) };
  return { curves, norm: weights ? normOf(network, grads, trace.h.subarray(last), scale) : null };
}

/** dh/dc of one unit at one step. */
const readSlope = ({ o, c }, k) => o[k] * (1 - Math.tanh(c[k]) ** 2);

/** dL/dc at each step, and what of it came along the belt alone and what by all other ways. */
function belt(trace, grads, H) {
  const { T, f } = trace;
  const [total, straight, detour] = [0, 1, 2].map(() => new Float64Array(T * H));
  for (let k = T * H - 1; k >= 0; k--) {
    const here = grads.h[k] * readSlope(trace, k); // what comes through h
    total[k] = grads.c[k] + here;
    if (k >= (T - 1) * H) straight[k] = here;
    else {
      straight[k] = straight[k + H] * f[k + H];
      detour[k] = detour[k + H] * f[k + H] + here;
    }
  }
  return { total: lengths(total, H), belt: lengths(straight, H), detour: lengths(detour, H) };
}

/** The length of the slopes of all weights as one vector: of the cell's, and of those behind the answer. */
function normOf({ dense }, grads, h, scale) {
  const bias = dense.bias === null ? 0 : scale;
  const arrays = [grads.kernel, grads.recurrent, grads.bias ?? []].map((array) => length(array, 0, array.length));
  return Math.hypot(...arrays, scale * length(h, 0, h.length), bias);
}

/** (T): the length of each row of values (T, H). */
const lengths = (values, H) =>
  Float64Array.from({ length: values.length / H }, (_, t) => length(values, t * H, (t + 1) * H));

function length(values, from, to) {
  let sum = 0;
  for (let k = from; k < to; k++) sum += values[k] * values[k];
  return Math.sqrt(sum);
}
