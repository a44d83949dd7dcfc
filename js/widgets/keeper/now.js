// All there is to draw, from the traits as they are now.
import { cellOf } from "../../numbers/cells.js";
import { broken, runOf } from "../../numbers/keeper.js";

export const GATES = ["f", "i", "o"];

/** -> now() -> { values, flags, hold, level, steps, trace, found } */
export function reader(w) {
  const cell = cellOf((name) => w.get("weights")[name]);
  return () => {
    const values = w.get("values").map((value) => within(value, -1, 1));
    const flags = values.map((_, t) => (w.get("flags")[t] ? 1 : 0));
    const hold = GATES.find((name) => name === w.get("hold")) ?? null;
    const level = within(w.get("level"), 0, 1);
    const trace = runOf(cell, values, flags, hold, level);
    return { values, flags, hold, level, steps: values.length, trace, found: broken(trace, flags) };
  };
}

const within = (value, low, high) => Math.min(Math.max(value, low), high);
