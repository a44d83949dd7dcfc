// Recurrent layers one above the other, each in one direction or both: there, and the slopes back.
//
// A layer is { ways: [{ kind, cell, options, given }], merge }: the second way reads backward, and has its trace in its
// own order, the last step first. given(id) is what the lowest layer gets of an id, times its kernel, and its bias.
import { KINDS } from "./kinds.js";

/** The rows of an array (T, H), the last first. */
export function turned(array, H) {
  const out = new Float64Array(array.length);
  for (let from = 0, to = array.length - H; to >= 0; from += H, to -= H) out.set(array.subarray(from, from + H), to);
  return out;
}

/** The h after the last step; of no step the h that it started from. */
export const endOf = ({ T, h, start }, H) => (T ? h.subarray((T - 1) * H) : start.h);

/** The state { h, c } after step t, before the first the one that it started from. */
export function stateAt(trace, t, H) {
  if (t < 0) return trace.start;
  const at = (name) => trace[name]?.slice(t * H, t * H + H);
  return { h: at("h"), c: at("c") };
}

/**
 * Every layer over a row of ids -> [{ inputs, traces }], the lowest first; inputs: what the layer reads, (T, D) flat, in
 * the row's order, null of the lowest. starts: a state for each layer's forward way; hold(level, way): what its `run` is
 * told; known: { runs, steps }, an earlier result whose first steps are the same, where no layer reads backward.
 */
export function through(layers, row, { starts = [], hold = () => undefined, known } = {}) {
  let inputs = null;
  return layers.map((layer, level) => {
    const traces = layer.ways.map(({ kind, cell, options, given }, k) => {
      const order = (array) =>
        k ? turned(array, cell.kernel.length / (KINDS[kind].blocks.length * cell.units)) : array;
      return KINDS[kind].run(cell, inputs && order(inputs), k ? {} : starts[level], {
        ...options,
        given: inputs ? undefined : (k ? row.toReversed() : row).map(given),
        hold: hold(level, k),
        known: known && { trace: known.runs[level].traces[k], steps: known.steps },
      });
    });
    const run = { inputs, traces };
    if (level < layers.length - 1) inputs = merged(layer, traces);
    return run;
  });
}

const MERGES = { sum: (a, b) => a + b, ave: (a, b) => (a + b) / 2, mul: (a, b) => a * b };

/** The outputs of a layer's ways as one array, in the row's order. */
function merged({ ways, merge }, traces) {
  const H = ways[0].cell.units;
  const there = traces[0].h;
  if (ways.length === 1) return there;
  const back = turned(traces[1].h, H);
  if (merge !== "concat") return there.map((value, k) => MERGES[merge](value, back[k]));
  const both = new Float64Array(2 * there.length);
  for (let k = 0; k < there.length; k += H) {
    both.set(there.subarray(k, k + H), 2 * k);
    both.set(back.subarray(k, k + H), 2 * k + H);
  }
  return both;
}

/** How the last sum follows from the last h of one way of the highest layer, the other's as it is: { kernel (H), bias }.
 * head: of the merged h; ends: the last h of each way. */
export function answerBy({ ways, merge }, head, ends, k) {
  if (ways.length === 1) return head;
  const H = ends[0].length;
  const other = ends[1 - k];
  if (merge === "mul") return { kernel: head.kernel.map((weight, u) => weight * other[u]), bias: head.bias };
  const share = merge === "ave" ? 0.5 : 1;
  const of = (way) => {
    const from = merge === "concat" ? way * H : 0;
    return head.kernel.slice(from, from + H).map((weight) => share * weight);
  };
  const bias = of(1 - k).reduce((sum, weight, u) => sum + weight * other[u], head.bias);
  return { kernel: of(k), bias };
}

/**
 * The way back from the last sum, through all layers above, to one way of one layer: what its cell's `back` gives, in
 * its own order. held: as for that.
 */
export function slopes(layers, head, runs, { level, way, held }) {
  let d = null; // (T, width) of the outputs of the layer that is looked at, in the row's order
  for (let at = layers.length - 1; at >= level; at--) {
    const layer = layers[at];
    const { traces } = runs[at];
    const back = (k) => {
      const { kind, cell } = layer.ways[k];
      const ends = traces.map((trace) => endOf(trace, cell.units));
      const given = d ? { h: shareOf(layer, traces, d, k) } : { last: { h: answerBy(layer, head, ends, k).kernel } };
      const own = at === level;
      return KINDS[kind].back(cell, traces[k], given, { weights: !own, held: own ? held : undefined });
    };
    if (at === level) return back(way);
    const [there, other] = layer.ways.map((_, k) => back(k).x);
    const D = runs[at].inputs.length / traces[0].T;
    const added = other && turned(other, D);
    d = other ? there.map((value, k) => value + added[k]) : there;
  }
}

/** Of the slopes d for a layer's outputs those for one way's h, in its own order. */
function shareOf({ ways, merge }, traces, d, k) {
  const H = ways[0].cell.units;
  if (ways.length === 1) return d;
  const other = merge === "mul" && (k ? traces[0].h : turned(traces[1].h, H));
  const of = {
    concat: (t, u) => d[2 * H * t + k * H + u],
    sum: (t, u) => d[H * t + u],
    ave: (t, u) => d[H * t + u] / 2,
    mul: (t, u) => d[H * t + u] * other[H * t + u],
  }[merge];
  const share = Float64Array.from({ length: traces[k].h.length }, (_, n) => of(Math.floor(n / H), n % H));
  return k ? turned(share, H) : share;
}
