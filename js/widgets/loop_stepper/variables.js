// The variables with their shapes and values; what the line has changed is marked.
import say from "words:loop_stepper";
import { table } from "../../kit/table.js";
import { html } from "../../kit/dom.js";
import { list } from "./digits.js";

const CHANGES = [["state_t"], ["input_t"], ["output_t"], ["state_t"]]; // by each line

/** -> { element, draw(now, run) } */
export function variablesOf(cell, inputs) {
  const H = cell?.units ?? 1;
  const size = (n) => (cell ? `(${n},)` : "()");
  const weights = !cell
    ? []
    : [
        ["kernel", `(${inputs}, ${H})`],
        ["recurrent_kernel", `(${H}, ${H})`],
        ...(cell.bias ? [["bias", `(${H},)`]] : []),
      ];
  const sheet = table(
    ["name", "shape", "value"].map((name) => say(`variables.${name}`)),
    {
      caption: say(cell ? "variables.title" : "variables.title_of_numbers"),
    },
  );
  const codes = new Map(
    ["input_t", "output_t", "state_t", ...weights.map(([name]) => name)].map((name) => [name, html("code", {}, name)]),
  );
  const lines = Math.ceil(Math.min(Math.max(inputs, H), 8) / 3); // that a value takes where the page is narrow
  return {
    element: html("div", { className: "loop-variables", style: `--lines: ${lines}` }, sheet.element),
    draw(now, run) {
      const rows = [
        ["input_t", size(inputs), list(now.input)],
        ["output_t", size(H), list(now.output)],
        ["state_t", size(H), list(now.state)],
        ...weights.map(([name, shape], k) => [name, shape, say("variables.changed", { n: run.changed[k] })]),
      ];
      sheet.draw(rows.map(([name, ...rest]) => [codes.get(name), ...rest]));
      rows.forEach(([name], k) => {
        sheet.rows[k].toggleAttribute("data-new", !now.ended && CHANGES[now.line].includes(name));
        sheet.rows[k].cells[2].classList.toggle("loop-value", k < 3);
      });
    },
  };
}
