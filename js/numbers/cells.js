// The cells of the book, forward and back, in Float64, one sequence at a time. No dependency, and no page: Node runs
// this too. The tests hold it against lstm_edu's cells.
//
// A cell is { kernel (D, K), recurrent (H, K), bias (K,) or null, units: H }, in Keras' layout and column order: K = H
// for the SimpleRNN, 4H for the LSTM (i, f, g, o), 3H for the GRU (z, r, g; bias 2 x 3H, resetAfter as Keras 3). All
// arrays are flat and row by row: x (T, D), every part of a trace (T, H).
//
//   trace = lstm.run(cell, x, start)                 start { h, c } (H,) each, zeros if left out
//   grads = lstm.back(cell, trace, { h, c, last })   h (T, H) a loss' slope for each output, last { h, c } for the
//                                                    last state; all may be left out
//
// back takes `weights` too: false leaves out the gradients of the weights and of x, two thirds of the work.
//
// run takes `given` too, for each step x_t kernel + bias (K,), where the caller has them: then x may be null; and `known`,
// { trace, steps }, an earlier trace whose first steps are the same and are not computed again. lstm.run and gru.run take
// `hold`: (t, parts) => void may write into the gates of a step before they are used; lstm.run takes `gate`, one of the
// curves below by its name in lstm_edu/cells/activations.py. A held gate passes nothing back: to `back`, `held(t, name, u)`
// says which.

export const sigmoid = (z) => 1 / (1 + Math.exp(-z));
const cut = (value) => Math.min(Math.max(value, 0), 1);

export const curves = {
  sigmoid,
  hard_sigmoid: (z) => cut(z / 6 + 0.5),
  hard_sigmoid_keras2: (z) => cut(0.2 * z + 0.5),
};

/** What squashes a SimpleRNN's sum, and each curve's slope from its own value y; at relu's corner that of the flat side. */
export const activations = {
  tanh: { curve: Math.tanh, slope: (y) => 1 - y * y },
  relu: { curve: (z) => Math.max(z, 0), slope: (y) => (y > 0 ? 1 : 0) },
  linear: { curve: (z) => z, slope: () => 1 },
};

const zeros = (n) => new Float64Array(n);

/** The cell of a widget, whose traits are nested lists; get(name) is one of them. */
export function cellOf(get) {
  const [kernel, recurrent, bias] = ["kernel", "recurrent_kernel", "bias"].map((name) => get(name));
  return {
    kernel: Float64Array.from(kernel.flat()),
    recurrent: Float64Array.from(recurrent.flat()),
    bias: bias?.length ? Float64Array.from(bias) : null,
    units: recurrent.length,
  };
}

/** z += row `at` of x times matrix (rows, K), in the columns from .. to. Eight sums at a time: they stay in the
 * processor's registers, and every line of memory is read once, which is three times as fast as a sum after the other. */
function addProduct(z, x, at, matrix, rows, K, from = 0, to = K) {
  let k = from;
  for (; k + 8 <= to; k += 8) {
    let a = z[k];
    let b = z[k + 1];
    let c = z[k + 2];
    let d = z[k + 3];
    let e = z[k + 4];
    let f = z[k + 5];
    let g = z[k + 6];
    let h = z[k + 7];
    for (let r = 0, m = k; r < rows; r++, m += K) {
      const value = x[at + r];
      a += value * matrix[m];
      b += value * matrix[m + 1];
      c += value * matrix[m + 2];
      d += value * matrix[m + 3];
      e += value * matrix[m + 4];
      f += value * matrix[m + 5];
      g += value * matrix[m + 6];
      h += value * matrix[m + 7];
    }
    z[k] = a;
    z[k + 1] = b;
    z[k + 2] = c;
    z[k + 3] = d;
    z[k + 4] = e;
    z[k + 5] = f;
    z[k + 6] = g;
    z[k + 7] = h;
  }
  for (; k < to; k++) {
    for (let r = 0, m = k; r < rows; r++, m += K) z[k] += x[at + r] * matrix[m];
  }
}

/** x_t kernel + bias (K,), with x_t at `at` in x: a cell's sums before the state is added; K: blocks * H, 4H of an LSTM. */
export function fromInput({ kernel, bias, units: H }, x, at, blocks = 4) {
  const K = blocks * H;
  const z = bias ? bias.slice(0, K) : zeros(K); // a GRU's second K numbers are of the state's side
  addProduct(z, x, at, kernel, kernel.length / K, K);
  return z;
}

/** The steps that are taken from an earlier trace, and how many. */
function takeOver(parts, known, H) {
  const steps = known?.steps ?? 0;
  if (steps) for (const name in parts) parts[name].set(known.trace[name].subarray(0, steps * H));
  return steps;
}

/** out[at + r] += matrix (rows, K) times z: the way back through addProduct, to x. Four sums at a time, as there. */
function addBack(out, at, z, matrix, rows, K, from = 0, to = K) {
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = from, m = r * K + from; k < to; k++, m++) {
      a += z[k] * matrix[m];
      b += z[k] * matrix[m + K];
      c += z[k] * matrix[m + 2 * K];
      d += z[k] * matrix[m + 3 * K];
    }
    out[at + r] += a;
    out[at + r + 1] += b;
    out[at + r + 2] += c;
    out[at + r + 3] += d;
  }
  for (; r < rows; r++) {
    let sum = 0;
    for (let k = from, m = r * K + from; k < to; k++, m++) sum += z[k] * matrix[m];
    out[at + r] += sum;
  }
}

/** matrix (rows, K) += x (rows) outer z (K): the way back to the weights. */
function addOuter(matrix, x, at, z, rows, K, from = 0, to = K) {
  for (let r = 0; r < rows; r++) {
    const value = x[at + r];
    if (value !== 0) for (let k = from, m = r * K + from; k < to; k++, m++) matrix[m] += value * z[k];
  }
}

const addTo = (sum, z) => z.forEach((value, k) => (sum[k] += value));

/** What all backs start from: empty gradients, and the slope for the state that the last step left. */
function begin(cell, trace, slopes, K) {
  const { units: H } = cell;
  const D = cell.kernel.length / K;
  return {
    D,
    dH: Float64Array.from(slopes.last?.h ?? zeros(H)),
    dC: Float64Array.from(slopes.last?.c ?? zeros(H)),
    grads: {
      kernel: zeros(cell.kernel.length),
      recurrent: zeros(cell.recurrent.length),
      bias: cell.bias && zeros(cell.bias.length),
      x: zeros(trace.T * D),
      h: zeros(trace.T * H),
    },
  };
}

export const simpleRnn = {
  /** activation: one of the curves above. */
  run(cell, x, start = {}, { activation = "tanh", given, known } = {}) {
    const { kernel, recurrent, units: H } = cell;
    const { curve } = activations[activation];
    const D = kernel.length / H;
    const T = given ? given.length : x.length / D;
    const h = zeros(T * H);
    const first = Float64Array.from(start.h ?? zeros(H));
    const z = zeros(H);
    for (let t = takeOver({ h }, known, H); t < T; t++) {
      z.set(given?.[t] ?? fromInput(cell, x, t * D, 1));
      addProduct(z, t ? h : first, t ? (t - 1) * H : 0, recurrent, H, H);
      for (let u = 0; u < H; u++) h[t * H + u] = curve(z[u]);
    }
    return { T, x, h, start: { h: first }, activation };
  },

  back(cell, trace, slopes = {}, { weights = true } = {}) {
    const { kernel, recurrent, units: H } = cell;
    const { T, x, h, start, activation } = trace;
    const { slope } = activations[activation];
    const { D, grads, dH } = begin(cell, trace, slopes, H);
    const dZ = zeros(H);
    for (let t = T - 1; t >= 0; t--) {
      const at = t * H;
      for (let u = 0; u < H; u++) {
        dH[u] += slopes.h?.[at + u] ?? 0;
        grads.h[at + u] = dH[u];
        dZ[u] = dH[u] * slope(h[at + u]);
      }
      if (weights) {
        if (grads.bias) addTo(grads.bias, dZ);
        addOuter(grads.kernel, x, t * D, dZ, D, H);
        addOuter(grads.recurrent, t ? h : start.h, t ? at - H : 0, dZ, H, H);
        addBack(grads.x, t * D, dZ, kernel, D, H);
      }
      dH.fill(0);
      addBack(dH, 0, dZ, recurrent, H, H);
    }
    return { ...grads, start: { h: dH } };
  },
};

export const lstm = {
  blocks: "ifgo", // of the columns, from left to right, as LSTMCell.blocks says

  /** forget: false gives the cell of 1997, whose belt keeps everything (f is 1; its columns are not looked at). */
  run(cell, x, start = {}, { forget = true, hold, given, known, gate = "sigmoid" } = {}) {
    const { kernel, recurrent, units: H } = cell;
    const curve = curves[gate];
    const K = 4 * H;
    const D = kernel.length / K;
    const T = given ? given.length : x.length / D;
    const parts = Object.fromEntries(["i", "f", "g", "o", "c", "h"].map((name) => [name, zeros(T * H)]));
    const { i, f, g, o, c, h } = parts;
    const first = { h: Float64Array.from(start.h ?? zeros(H)), c: Float64Array.from(start.c ?? zeros(H)) };
    const z = zeros(K);
    for (let t = takeOver(parts, known, H); t < T; t++) {
      const at = t * H;
      z.set(given?.[t] ?? fromInput(cell, x, t * D));
      addProduct(z, t ? h : first.h, t ? at - H : 0, recurrent, H, K);
      for (let u = 0; u < H; u++) {
        i[at + u] = curve(z[u]);
        f[at + u] = forget ? curve(z[H + u]) : 1;
        g[at + u] = Math.tanh(z[2 * H + u]);
        o[at + u] = curve(z[3 * H + u]);
      }
      hold?.(t, parts);
      for (let u = 0; u < H; u++) {
        c[at + u] = f[at + u] * (t ? c[at - H + u] : first.c[u]) + i[at + u] * g[at + u];
        h[at + u] = o[at + u] * Math.tanh(c[at + u]);
      }
    }
    return { T, x, ...parts, start: first, forget, gate };
  },

  /** Besides the weights' gradients: h and c (T, H), the slope for the state that a step hands on, and i, f, g, o (T, H),
   * the slope for each gate's value. */
  back(cell, trace, slopes = {}, { held = () => false, weights = true } = {}) {
    const { kernel, recurrent, units: H } = cell;
    const K = 4 * H;
    const { T, x, i, f, g, o, c, h, start, forget, gate } = trace;
    if (gate !== "sigmoid") throw new RangeError(`back: knows the slope of the sigmoid, not of ${gate}`);
    const { D, grads, dH, dC } = begin(cell, trace, slopes, K);
    for (const name of ["c", "i", "f", "g", "o"]) grads[name] = zeros(T * H);
    const dZ = zeros(K);
    for (let t = T - 1; t >= 0; t--) {
      const at = t * H;
      for (let u = 0; u < H; u++) {
        const k = at + u;
        const read = Math.tanh(c[k]);
        const before = t ? c[k - H] : start.c[u];
        dH[u] += slopes.h?.[k] ?? 0;
        dC[u] += slopes.c?.[k] ?? 0;
        grads.h[k] = dH[u];
        grads.c[k] = dC[u];
        dC[u] += dH[u] * o[k] * (1 - read * read);
        grads.o[k] = dH[u] * read;
        grads.f[k] = forget ? dC[u] * before : 0;
        grads.i[k] = dC[u] * g[k];
        grads.g[k] = dC[u] * i[k];
        dZ[u] = held(t, "i", u) ? 0 : grads.i[k] * i[k] * (1 - i[k]);
        dZ[H + u] = held(t, "f", u) ? 0 : grads.f[k] * f[k] * (1 - f[k]);
        dZ[2 * H + u] = held(t, "g", u) ? 0 : grads.g[k] * (1 - g[k] * g[k]);
        dZ[3 * H + u] = held(t, "o", u) ? 0 : grads.o[k] * o[k] * (1 - o[k]);
        dC[u] *= f[k];
      }
      if (weights) {
        if (grads.bias) addTo(grads.bias, dZ);
        addOuter(grads.kernel, x, t * D, dZ, D, K);
        addOuter(grads.recurrent, t ? h : start.h, t ? at - H : 0, dZ, H, K);
        addBack(grads.x, t * D, dZ, kernel, D, K);
      }
      dH.fill(0);
      addBack(dH, 0, dZ, recurrent, H, K);
    }
    return { ...grads, start: { h: dH, c: dC } };
  },
};

export const gru = {
  blocks: "zrg",

  /** resetAfter true, as Keras 3: r scales what comes out of the recurrent product; bias (2, 3H), for x and for h.
   * false, as in Keras 2.2 and the paper: r scales h before the product; bias (3H,). */
  run(cell, x, start = {}, { resetAfter = true, hold, given, known } = {}) {
    const { kernel, recurrent, bias, units: H } = cell;
    const K = 3 * H;
    const D = kernel.length / K;
    const T = given ? given.length : x.length / D;
    const parts = Object.fromEntries(["z", "r", "g", "h"].map((name) => [name, zeros(T * H)]));
    const { z, r, g, h } = parts;
    const inner = zeros(T * H); // the recurrent sum of the candidate, before r (resetAfter); the way back needs it
    const first = Float64Array.from(start.h ?? zeros(H));
    const fromH = zeros(K);
    const kept = zeros(H); // r * h
    for (let t = takeOver({ ...parts, inner }, known, H); t < T; t++) {
      const at = t * H;
      const before = t ? h.subarray(at - H, at) : first;
      const fromX = given?.[t] ?? fromInput(cell, x, t * D, 3);
      bias && resetAfter ? fromH.set(bias.subarray(K, 2 * K)) : fromH.fill(0);
      addProduct(fromH, before, 0, recurrent, H, K, 0, resetAfter ? K : 2 * H);
      for (let u = 0; u < H; u++) {
        z[at + u] = sigmoid(fromX[u] + fromH[u]);
        r[at + u] = sigmoid(fromX[H + u] + fromH[H + u]);
      }
      hold?.(t, parts); // r, before it is used for g
      for (let u = 0; u < H; u++) kept[u] = r[at + u] * before[u];
      if (!resetAfter) addProduct(fromH, kept, 0, recurrent, H, K, 2 * H, K);
      for (let u = 0; u < H; u++) {
        inner[at + u] = fromH[2 * H + u];
        g[at + u] = Math.tanh(fromX[2 * H + u] + (resetAfter ? r[at + u] : 1) * inner[at + u]);
      }
      hold?.(t, parts);
      for (let u = 0; u < H; u++) {
        h[at + u] = z[at + u] * before[u] + (1 - z[at + u]) * g[at + u];
      }
    }
    return { T, x, ...parts, inner, start: { h: first }, resetAfter };
  },

  /** Besides the weights' gradients: h (T, H), and z, r, g (T, H), the slope for each gate's value. */
  back(cell, trace, slopes = {}, { held = () => false, weights = true } = {}) {
    const { kernel, recurrent, units: H } = cell;
    const K = 3 * H;
    const { T, x, z, r, g, h, inner, start, resetAfter } = trace;
    const { D, grads, dH } = begin(cell, trace, slopes, K);
    for (const name of gru.blocks) grads[name] = zeros(T * H);
    const dX = zeros(K); // for the sums that come from x
    const dI = zeros(K); // for those that come from h
    const kept = zeros(H);
    const dKept = zeros(H);
    const dBefore = zeros(H);
    for (let t = T - 1; t >= 0; t--) {
      const at = t * H;
      const before = t ? h.subarray(at - H, at) : start.h;
      for (let u = 0; u < H; u++) {
        const k = at + u;
        dH[u] += slopes.h?.[k] ?? 0;
        grads.h[k] = dH[u];
        grads.z[k] = dH[u] * (before[u] - g[k]);
        grads.g[k] = dH[u] * (1 - z[k]);
        dX[u] = held(t, "z", u) ? 0 : grads.z[k] * z[k] * (1 - z[k]);
        dX[2 * H + u] = held(t, "g", u) ? 0 : grads.g[k] * (1 - g[k] * g[k]);
        dBefore[u] = dH[u] * z[k];
        kept[u] = r[k] * before[u];
        dI[2 * H + u] = dX[2 * H + u] * (resetAfter ? r[k] : 1);
      }
      dKept.fill(0);
      if (!resetAfter) addBack(dKept, 0, dI, recurrent, H, K, 2 * H, K);
      for (let u = 0; u < H; u++) {
        const k = at + u;
        grads.r[k] = resetAfter ? dX[2 * H + u] * inner[k] : dKept[u] * before[u];
        dX[H + u] = held(t, "r", u) ? 0 : grads.r[k] * r[k] * (1 - r[k]);
        if (!resetAfter) dBefore[u] += dKept[u] * r[k];
        dI[u] = dX[u];
        dI[H + u] = dX[H + u];
      }
      if (weights) {
        if (grads.bias) {
          dX.forEach((value, k) => (grads.bias[k] += value));
          if (resetAfter) dI.forEach((value, k) => (grads.bias[K + k] += value));
        }
        addOuter(grads.kernel, x, t * D, dX, D, K);
        addOuter(grads.recurrent, before, 0, dI, H, K, 0, resetAfter ? K : 2 * H);
        if (!resetAfter) addOuter(grads.recurrent, kept, 0, dI, H, K, 2 * H, K);
        addBack(grads.x, t * D, dX, kernel, D, K);
      }
      dH.set(dBefore);
      addBack(dH, 0, dI, recurrent, H, K, 0, resetAfter ? K : 2 * H);
    }
    return { ...grads, start: { h: dH } };
  },
};
