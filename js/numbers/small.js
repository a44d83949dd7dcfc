// A small network that is handed numbers and no words: a cell, and what answers. Opened from what
// lstm_edu/widgets/small.py packs; plain data, so that who wants other weights makes another one of it.
import { gru, lstm, simpleRnn } from "./cells.js";
import { numbers } from "./packed.js";

const CELLS = { simple_rnn: simpleRnn, lstm, gru };

/**
 * -> {
 *   kind,        "simple_rnn", "lstm" or "gru"
 *   cell,        { kernel, recurrent, bias, units }, as js/numbers/cells.js wants it
 *   options,     what its `run` is told besides
 *   dense }      { kernel (H), bias (a number, or null) } of the first answer, h kernel + bias
 */
export function open({ kind, units, options, ...packed }) {
  const [kernel, recurrent, bias, denseKernel, denseBias] = [
    packed.kernel,
    packed.recurrent,
    packed.bias,
    packed.dense_kernel,
    packed.dense_bias,
  ].map((array) => array && numbers(array));
  const answers = denseKernel.length / units;
  const first = denseKernel.filter((_, k) => k % answers === 0);
  const dense = { kernel: first, bias: denseBias?.[0] ?? null };
  return { kind, cell: { kernel, recurrent, bias, units }, options, dense };
}

/** The trace of a sequence x (T, D), row by row; start, and more options, as the cell's own `run` has them. */
export const run = ({ kind, cell, options }, x, start, more) =>
  CELLS[kind].run(cell, x, start, { ...options, ...more });

/** The way back through a trace, as the cell's own `back`. */
export const back = ({ kind, cell }, trace, slopes, options) => CELLS[kind].back(cell, trace, slopes, options);

/** The first answer after step t, of a trace's h (T, H). */
export function answerOf({ cell: { units: H }, dense }, h, t) {
  let sum = dense.bias ?? 0;
  for (let u = 0; u < H; u++) sum += h[t * H + u] * dense.kernel[u];
  return sum;
}
