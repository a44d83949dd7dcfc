// All that the loop does with a sequence.
import { fading, layer, loop } from "../../numbers/loop.js";

export const PER_STEP = 3; // lines in the loop's body, with its head

const weightsOf = (cell) => (cell ? [cell.kernel, cell.recurrent, cell.bias].filter(Boolean) : []);

/**
 * -> { key, share, steps, length, changed }: steps as `loop` yields them; changed, how many numbers of each weight the
 * loop has changed: counted, not taken for granted. key: of two runs that are the same.
 */
export function runOf(sequence, cell, share) {
  const before = weightsOf(cell).map((weight) => weight.slice());
  const inputs = sequence.map((x) => Float64Array.from([x].flat()));
  const steps = [...loop(inputs, cell ? layer(cell) : fading(share), cell?.units ?? 1)];
  const changed = weightsOf(cell).map(
    (weight, k) => weight.filter((value, at) => !Object.is(value, before[k][at])).length,
  );
  return { key: keyOf(sequence, share), share, steps, length: sequence.length, changed };
}

export const keyOf = (sequence, share) => JSON.stringify([sequence, share]);

/** What the loop puts out at step t, undefined beyond the end. */
export const outputAt = (run, t) => run.steps[2 + PER_STEP * t]?.output;
