// Every step that is done, in numbers.
import say from "words:loop_stepper";
import { html, scroll } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { brief, list } from "./digits.js";
import { outputAt } from "./run.js";

/** -> { element, draw(now, run, before) } */
export function historyOf() {
  const sheet = table([say("table.step"), "input_t", "output_t", say("table.moved")]);
  const name = say("table.title");
  return {
    element: html("details", {}, html("summary", {}, name), scroll(name, sheet.element)),
    draw(now, run, before) {
      const done = ({ line, t }) => line === 2 && t <= now.t - (now.line === 1 && !now.ended ? 1 : 0);
      sheet.draw(
        run.steps
          .filter(done)
          .map(({ t, input, output }) => [t, list(input), list(output), moved(output, outputAt(before, t))]),
      );
    },
  };
}

/** By how much an output differs from the first run's, in the unit where it differs most. */
const moved = (output, old) =>
  old ? brief(Math.max(...output.map((value, k) => Math.abs(value - old[k])))) : "\u2013";
