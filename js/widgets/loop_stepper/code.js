// The loop as chapter 1 prints it; the line that has just run is lit.
import say from "words:loop_stepper";
import { html } from "../../kit/dom.js";
import { symbol } from "../../kit/symbols.js";
import { short } from "./digits.js";

/** -> { element, draw(now, share) } */
export function codeOf(cell) {
  const f = html("code");
  const lines = [
    cell ? `state_t = zeros(${cell.units})` : "state_t = 0",
    "for input_t in input_sequence:",
    "    output_t = f(input_t, state_t)",
    "    state_t = output_t",
  ].map((text) => html("li", {}, symbol("here"), html("code", {}, text)));
  return {
    element: html(
      "div",
      { className: "loop-code" },
      html("ol", {}, ...lines),
      html("p", {}, ...say.pieces("running", { sign: symbol("here"), f })),
    ),
    draw(now, share) {
      lines.forEach((line, k) => {
        if (k === now.line) line.setAttribute("aria-current", "step");
        else line.removeAttribute("aria-current");
      });
      f.textContent = cell
        ? `f(x, h) = tanh(x @ kernel + h @ recurrent_kernel${cell.bias ? " + bias" : ""})`
        : `f(input_t, state_t) = ${short(share)} * state_t + input_t`;
    },
  };
}
