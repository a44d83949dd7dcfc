// What the words of a text are called, and the places where a gate can be held.
import say from "words:review_explorer";
import { number, short } from "../../kit/dom.js";

/** The word at a step, in quotes; before the first word stands the start. */
export const wordName = (tokens, step, offset) =>
  step < offset ? say("word.start") : say("word.quoted", { word: short(tokens[step].typed) });

/** The place of a hold, of a candidate for one, or of a square. */
export const placeName = ({ gate, ...where }, tokens, offset) => placed("place", gate, where, tokens, offset);

/** The same behind a list of gates, which says its gate. */
export const whereName = (where, tokens, offset) => placed("where", "", where, tokens, offset);

export const holdName = (hold, tokens, offset) =>
  say("hold.hold_at", { place: placeName(hold, tokens, offset), value: number(hold.value, 2) });

/** unit, step: null for all. */
function placed(table, gate, { unit, step }, tokens, offset) {
  if (step === null) return say(`${table}.${unit === null ? "all" : "unit"}`, { gate, unit });
  return say(`${table}.${unit === null ? "word" : "one"}`, { gate, unit, word: wordName(tokens, step, offset) });
}
