// The loop of chapter 1, as it is printed there, stopping after every line. Values are Float64Arrays: of one number for
// the chapter's first f, of a number a unit for a layer.
import { simpleRnn } from "./cells.js";

/** state_t = 0; for input_t in input_sequence: output_t = f(input_t, state_t); state_t = output_t.
 * Yields what the variables hold after each line: { line, t, input, state, output }; the last one has `ended`. */
export function* loop(sequence, f, units) {
  let state = new Float64Array(units);
  let input, output;
  let t = -1;
  yield { line: 0, t, state };
  for (input of sequence) {
    t += 1;
    yield { line: 1, t, input, state, output };
    const before = state;
    output = f(input, state);
    yield { line: 2, t, input, state, output, before };
    state = output;
    yield { line: 3, t, input, state, output };
  }
  yield { line: 1, t, input, state, output, ended: true };
}

/** The chapter's first f: a part of the old state, plus the input. */
export const fading = (keep) => (input, state) => Float64Array.of(keep * state[0] + input[0]);

/** The layer: tanh(x W + h U + b). */
export const layer = (cell) => (input, state) => simpleRnn.run(cell, input, { h: state }).h;
