// A belt of one unit whose gates are set by orders, and what a task says of it. No page: Node runs this too.
import { lstm } from "./cells.js";

/** The gates that a step's orders mean: letters out of "+-cr", put +1, put -1, clear, read. */
const gatesOf = (letters) => {
  const put = letters.includes("+") - letters.includes("-");
  return { f: 1 - letters.includes("c"), i: Math.abs(put), g: put, o: Number(letters.includes("r")) };
};

/** -> { f, i, g, o, c, h }, (T,) each, of a cell of one unit that does at each step what its orders say. */
export function timeline(orders) {
  const hold = (t, parts) => {
    for (const [name, value] of Object.entries(gatesOf(orders[t]))) parts[name][t] = value;
  };
  const weights = new Float64Array(4); // nobody looks at them: all gates are held
  const cell = { kernel: weights, recurrent: weights, bias: null, units: 1 };
  return lstm.run(cell, new Float64Array(orders.length), {}, { hold });
}

/**
 * What a task { parcels, flags, bells } says of a trace: at each bell the last parcel with a flag should be on the belt,
 * alone, and be read. -> { kind: "right" }, or the first bell at which it is not so, { kind, t, c, wanted }, its kind
 * "empty" (the belt is at 0), "other" (it is at another number) or "unread"; null for a task that asks for nothing.
 */
export function verdict({ parcels, flags, bells }, { c, o }) {
  for (const t of bells) {
    const wanted = parcels[Math.max(...flags.filter((flag) => flag <= t))];
    const kind = c[t] !== wanted ? (c[t] ? "other" : "empty") : o[t] ? "" : "unread";
    if (kind) return { kind, t, c: c[t], wanted };
  }
  return bells.length ? { kind: "right" } : null;
}
