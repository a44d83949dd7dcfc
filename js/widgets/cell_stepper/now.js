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
  const numbers = printed(x, state, values, unit);
  return { stage, order, unit, units, cell, x, state, values, numbers, part, step, last, t: w.get("t") };
}

/** What the drawing prints when all parts have been computed: name -> number, of the unit that is looked at. */
function printed(x, state, values, unit) {
  const made = Object.fromEntries(Object.entries(values).map(([name, of]) => [name, of[unit]]));
  const { f, i, g, c } = made;
  const [h_prev, c_prev] = [state.h[unit], state.c[unit]];
  const products = f === undefined ? {} : { f_times_c: f * c_prev, i_times_g: i * g, tanh_c: Math.tanh(c) };
  return { x: x.length === 1 ? x[0] : null, h_prev, c_prev, ...made, ...products };
}
