// Where an answer is given: a field to type in, or choices. -> { element, read() -> [text], write([text]), focus() }
import say from "words:check";
import { html } from "../../kit/dom.js";

/** A text whose `code` between backticks is set as code. */
export const worded = (text) => text.split("`").map((part, k) => (k % 2 ? html("code", {}, part) : part));

/** The field for a number or an array. */
export function entry({ kind, unit, tolerance }) {
  const input = html("input", { type: "text", autocomplete: "off", spellcheck: false, maxLength: 200 });
  const field = say(`field.${kind}`);
  return {
    element: html(
      "label",
      { className: "check-entry" },
      html("span", {}, tolerance ? say("field.tolerance", { field, tolerance }) : field),
      input,
      unit ? html("span", {}, unit) : null,
    ),
    read: () => [input.value],
    write: ([text = ""]) => (input.value = text),
    focus: () => input.focus(),
  };
}

/** The choices, of which one or several can be picked. */
export function choices({ kind, choices }, name) {
  const type = kind === "several" ? "checkbox" : "radio";
  const inputs = choices.map((value) => html("input", { type, name, value }));
  const long = choices.some((text) => text.length > 24);
  return {
    element: html(
      "div",
      { className: `check-choices ${long ? "check-long" : ""}` },
      ...inputs.map((input) =>
        html("label", { className: "belt-tick" }, input, html("span", {}, ...worded(input.value))),
      ),
    ),
    read: () => inputs.filter((input) => input.checked).map((input) => input.value),
    write: (given) => inputs.forEach((input) => (input.checked = given.includes(input.value))),
    focus: () => inputs[0].focus(),
  };
}
