// All that is drawn, from the traits as they are now.
import { flow } from "../../kit/drawing.js";
import { cellOf } from "../../numbers/cells.js";
import { turn } from "../../numbers/turn.js";

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** all: as if the whole turn had been computed. */
export function read(w, all) {
  const stage = w.get("stage");
  const order = flow(stage);
  const units = w.get("h").length;
  const unit = clamp(w.get("unit"), 0, units - 1);
  const rows = w.get("x");
  const x = Float64Array.from(rows[Math.min(w.get("t"), rows.length - 1)]);
  const cell = { ...cellOf(w.get), gate: w.get("gate") };
  const state = { h: Float64Array.from(w.get("h")), c: Float64Array.from(w.get("c")) };
  const values = turn(stage, cell, x, state);
  const known = [...order, "h_prev", ...(stage === "loop" ? [] : ["c_prev"])];
  const last = order.length - 1;
  const step = all ? last : clamp(w.get("step"), 0, last);
  const part = known.includes(w.get("part")) ? w.get("part") : order[step];
  return { stage, order, unit, units, cell, x, state, values, part, step, last, t: w.get("t") };
}
