// One row of the marked parcel, as lstm_edu/tasks/parcel_row.py makes it: a test holds the two together.

const START = 5; // the flag goes up at one of the first five steps
export const INPUTS = 3; // the number, the flag, the bell

/** -> { inputs (T, 3), T, flag, right }: flag, the step at which it goes up; right, the number there. The bell rings at
 * the last step, `lag` steps after the flag. */
export function parcelRow(example, lag) {
  const draw = evenly(Math.imul(example, 0x9e3779b1) + lag);
  const flag = Math.floor(START * draw());
  const T = flag + lag + 1;
  const inputs = new Float64Array(INPUTS * T);
  for (let t = 0; t < T; t++) inputs[INPUTS * t] = (Math.floor(200 * draw() + 0.5) - 100) / 100;
  inputs[INPUTS * flag + 1] = inputs[INPUTS * (T - 1) + 2] = 1;
  return { inputs, T, flag, right: inputs[INPUTS * flag] };
}

/** Numbers from 0 to 1, 1 left out: mulberry32. */
function evenly(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
