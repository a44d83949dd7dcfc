// One value on the belt, its gates held by hand: put on at one step, read at another. No page: Node runs this too.
import { lstm } from "./cells.js";

/**
 * -> { c, h }, (steps,) each: what lies on the belt and what is read after each step of a cell of one unit.
 * The forget gate is f at every step. The input gate is i at step `write` and else shut, the output gate o at step
 * `read` and else shut. The candidate, the value that is put on, is 1.
 */
export function pulse({ f, i, o, write, read, steps }) {
  const hold = (t, gates) => {
    gates.f[t] = f;
    gates.i[t] = t === write ? i : 0;
    gates.g[t] = 1;
    gates.o[t] = t === read ? o : 0;
  };
  const weights = new Float64Array(4); // nobody looks at them: all gates are held
  const cell = { kernel: weights, recurrent: weights, bias: null, units: 1 };
  return lstm.run(cell, new Float64Array(steps), {}, { hold });
}

/** After how many steps half of it is gone: Infinity for a belt that keeps all. */
export const halfLife = (f) => (f === 1 ? Infinity : Math.log(0.5) / Math.log(f));

/** The f that leaves `share` of a value after n steps: the curve turned round, for whoever drags it. */
export const keeping = (share, n) => Math.min(Math.max(share, 0), 1) ** (1 / n);
