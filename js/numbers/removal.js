// The text without one of its words, read again: what the answer becomes.
import { read } from "./reading.js";

const PIECE = 20; // words at a time: some hundredths of a second

/** The ids and holds that are left without the word at a step. before, behind: the id that comes in at the front, or at
 * the end, where the text was cut there, or null. A hold goes with its word. */
export function without({ ids, holds, before, behind = null }, step) {
  const front = before === null ? [] : [before];
  const end = behind === null ? [] : [behind];
  const moved = (at) => (at < step ? at + front.length : at - 1 + front.length);
  return {
    ids: [...front, ...ids.slice(0, step), ...ids.slice(step + 1), ...end],
    holds: holds
      .filter((hold) => hold.step !== step)
      .map((hold) => ((hold.step ?? null) === null ? hold : { ...hold, step: moved(hold.step) })),
  };
}

/**
 * The last sum before the sigmoid without each of the words, in pieces, as js/kit/worker.js asks for: a promise of an
 * array (T), of null once `outdated()` is true. `tell(some)` gets it as it grows; NaN is yet to come, or the start.
 * request: { ids, holds, before, behind, offset }, offset: how many marks, which are no words, stand before the first word
 */
export async function remove(network, request, { outdated, tell }) {
  const { ids, holds, offset } = request;
  const logits = new Float64Array(ids.length).fill(Number.NaN);
  const shifted = read(network, without(request, ids.length - 1).ids, holds); // begins as most of the others do
  for (let step = offset; step < ids.length; step++) {
    if ((step - offset) % PIECE === 0) {
      tell(logits.slice());
      await new Promise((resume) => setTimeout(resume));
      if (outdated()) return null;
    }
    const left = without(request, step);
    const reading = read(network, left.ids, left.holds, shifted);
    logits[step] = reading.T ? reading.sum : Number.NaN;
  }
  return logits;
}
