// The last sum before the sigmoid, taken apart by where on the belt of an LSTM it was written.
import { wordAt } from "./reading.js";

/** Whether there is such a part of each word: the cell that is looked at is an LSTM's, and nothing but the answer stands
 * above it. */
export const canWrite = ({ kind }, { dense }) => kind === "lstm" && Boolean(dense);

/**
 * A unit's last c is what each word wrote, i * g, times every f after it, and what the padding left, times every f; its h
 * is o * tanh(c). tanh(c) is shared out as c is: each write has the part that it has of c. So the parts add up to the sum
 * exactly. What a word writes depends on h, so on the words before it: a part is not what the answer owes to the word.
 *
 * -> { parts: Float64Array (T), padding, bias }: together the last logit
 */
export function writes({ H, level, way }, reading) {
  const { T, i, f, g, o, c, start } = reading.runs[level].traces[way];
  const { dense } = reading;
  const parts = new Float64Array(reading.T);
  let padding = 0;
  const last = (T - 1) * H;
  for (let u = 0; u < H && T; u++) {
    const end = c[last + u];
    let weight = dense.kernel[u] * o[last + u] * (end ? Math.tanh(end) / end : 1);
    for (let k = last + u, step = T - 1; step >= 0; step--, k -= H) {
      const word = wordAt(reading, way, step);
      const part = weight * i[k] * g[k];
      if (word === null) padding += part;
      else parts[word] += part;
      weight *= f[k];
    }
    padding += weight * start.c[u];
  }
  return { parts, padding, bias: dense.bias };
}
