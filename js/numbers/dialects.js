// The blocks of an LSTM's weights in another order, and one step with them. Which library has which order is said in
// lstm_edu/dialects.py alone, and comes from there.
import { lstm } from "./cells.js";

export const HOUSE = lstm.blocks;

/** A matrix (rows, 4H) whose blocks stand in the order `source`, in the order `target`. */
function ordered(matrix, H, source, target) {
  const K = 4 * H;
  const from = (k) => source.indexOf(target[Math.floor(k / H)]) * H + (k % H);
  return matrix.map((_, at) => matrix[at - (at % K) + from(at % K)]);
}

/** The cell with all of its blocks so ordered. */
export const reordered = (cell, source, target) => ({
  ...cell,
  kernel: ordered(cell.kernel, cell.units, source, target),
  recurrent: ordered(cell.recurrent, cell.units, source, target),
  bias: cell.bias && ordered(cell.bias, cell.units, source, target),
});

/** What a reader of the order `read` gets from a file in the order `written`: the cell, its blocks as they are taken. */
export const misread = (cell, written, read) => reordered(reordered(cell, HOUSE, written), read, HOUSE);

/** One step for each row of x (B, D), from h and c (B, H): the new h, (B, H) row by row. */
export function step(cell, { x, h, c }, gate) {
  return x.map((row, b) => [...lstm.run(cell, row, { h: h[b], c: c[b] }, { gate }).h]);
}

/** The largest difference between two such results. */
export const apart = (one, other) => Math.max(...one.flatMap((row, b) => row.map((v, u) => Math.abs(v - other[b][u]))));
