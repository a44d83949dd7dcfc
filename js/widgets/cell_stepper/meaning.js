// What a part of the turn computes, as a letter and in words.
import say from "words:cell_stepper";

const LETTERS = {
  f: "f",
  i: "i",
  g: "g",
  o: "o",
  f_times_c: "f · c",
  i_times_g: "i · g",
  plus: "c",
  tanh_c: "tanh(c)",
  o_times_c: "h",
  x: "x",
  h_prev: "h",
  c_prev: "c",
};
const ELSEWHERE = { loop: { g: "h" }, belt: { g: "g", tanh_c: "h" }, gates: {} }; // in the stages before the last

/** f, f · c, c, tanh(c), h. */
export const letterOf = (stage, part) => ELSEWHERE[stage][part] ?? LETTERS[part];

export const meaningOf = (stage, part) =>
  part in ELSEWHERE[stage] ? say(`meaning_in_${stage}.${part}`) : say(`meaning.${part}`);
