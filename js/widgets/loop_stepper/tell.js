// What a line of the loop has done, and where it stands, in words.
import say from "words:loop_stepper";
import { number } from "../../kit/dom.js";
import { short } from "./digits.js";

/** "step 2, line 3" */
export function placeOf({ line, t, ended }) {
  if (ended) return say("place.end");
  return t < 0 ? say("place.start") : say("place.step", { t, line: line + 1 });
}

/** What the line has done. */
export function tell(now, { share, length }, cell) {
  const { line, t, input, output, before, ended } = now;
  if (ended) return say("tell.end");
  if (line === 0) return say("tell.start");
  if (line === 1) return say("tell.input", { t, last: length - 1 });
  if (line === 3) return say("tell.state");
  if (!cell) return `${short(share)} \u00d7 ${short(before[0])} + ${short(input[0])} = ${short(output[0])}`;
  const { kernel, recurrent, bias, units } = cell;
  const dot = (x, matrix) => x.reduce((sum, value, k) => sum + value * matrix[k * units], 0);
  const terms = [dot(input, kernel), dot(before, recurrent), ...(bias ? [bias[0]] : [])].map((term) => number(term));
  const sum = terms.join(" + ").replaceAll("+ \u2212", "\u2212 ");
  return say(bias ? "tell.unit_with_bias" : "tell.unit", { sum, output: number(output[0]) });
}
