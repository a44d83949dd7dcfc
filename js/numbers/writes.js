// The last sum before the sigmoid, taken apart by where on the belt it was written.

/**
 * A unit's last c is what each word wrote, i * g, times every f after it, and what the padding left, times every f; its h
 * is o * tanh(c). tanh(c) is shared out as c is: each write has the part that it has of c. So the parts add up to the sum
 * exactly. What a word writes depends on h, so on the words before it: a part is not what the answer owes to the word.
 *
 * -> { parts: Float64Array (T), padding, bias }: together the last logit
 */
export function writes({ H, dense }, { T, i, f, g, o, c, start }) {
  const parts = new Float64Array(T);
  let padding = 0;
  const last = (T - 1) * H;
  for (let u = 0; u < H && T; u++) {
    const end = c[last + u];
    let weight = dense.kernel[u] * o[last + u] * (end ? Math.tanh(end) / end : 1);
    for (let k = last + u, t = T - 1; t >= 0; t--, k -= H) {
      parts[t] += weight * i[k] * g[k];
      weight *= f[k];
    }
    padding += weight * start.c[u];
  }
  return { parts, padding, bias: dense.bias };
}
