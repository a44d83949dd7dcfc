// The sequence, to be written by the reader.
import say from "words:loop_stepper";
import { html } from "../../kit/dom.js";
import { LARGEST } from "../../kit/link.js";

const LONGEST = 20; // steps

/** -> { element, draw(sequence) } */
export function sequenceOf(w, inputs) {
  const several = inputs > 1;
  const wrong = html("p", { id: w.id("wrong"), className: "loop-wrong", ariaLive: "polite" });
  const field = html(several ? "textarea" : "input", {
    spellcheck: false,
    autocomplete: "off",
    "aria-describedby": w.id("wrong"),
    oninput: () => {
      const { sequence, error } = parse(field.value, inputs);
      wrong.textContent = error ?? "";
      field.setAttribute("aria-invalid", String(Boolean(error)));
      if (sequence) w.set({ sequence });
    },
  });
  if (several) field.rows = 6;
  const label = several ? say("sequence.rows", { inputs }) : say("sequence.row");
  return {
    element: html("div", {}, html("label", { className: "loop-sequence" }, html("span", {}, label), field), wrong),
    draw(sequence) {
      if (JSON.stringify(parse(field.value, inputs).sequence) === JSON.stringify(sequence)) return;
      if (field === document.activeElement && field.getAttribute("aria-invalid") === "true") return; // being written
      field.value = several ? sequence.map((row) => row.join("  ")).join("\n") : sequence.flat().join(" ");
      field.setAttribute("aria-invalid", "false");
      wrong.textContent = "";
    },
  };
}

/** { sequence } from what somebody wrote, or { error } in words. */
function parse(text, inputs) {
  const numbers = (line) =>
    line
      .replaceAll("\u2212", "-")
      .split(/[\s,;[\]]+/)
      .filter(Boolean)
      .map(Number);
  const rows =
    inputs > 1
      ? text
          .split("\n")
          .filter((line) => line.trim())
          .map(numbers)
      : numbers(text).map((x) => [x]);
  if (!rows.length) return { error: say("sequence.empty") };
  if (rows.length > LONGEST) return { error: say("sequence.long", { most: LONGEST, steps: rows.length }) };
  for (const [t, row] of rows.entries()) {
    if (!row.every(Number.isFinite)) return { error: say("sequence.no_number", { t }) };
    if (row.some((value) => Math.abs(value) > LARGEST)) return { error: say("sequence.large", { t, most: LARGEST }) };
    if (row.length !== inputs) return { error: say("sequence.shape", { t, inputs, found: row.length }) };
  }
  return { sequence: inputs > 1 ? rows : rows.flat() };
}

/** Whether it can be a sequence at all, whatever Python or a link said. */
export const fits = (sequence, inputs) =>
  Array.isArray(sequence) &&
  sequence.length >= 1 &&
  sequence.length <= LONGEST &&
  sequence.every((step) => [step].flat().length === inputs && [step].flat().every(Number.isFinite));

/** A sequence out of a link. */
export function readSequence(text) {
  const sequence = JSON.parse(text);
  if (!Array.isArray(sequence) || !sequence.flat().every((value) => Math.abs(value) <= LARGEST))
    throw new TypeError("no sequence");
  return sequence;
}
