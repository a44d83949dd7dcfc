// Where the reader answers: a slider and a field for the same number. Open only while the bell asks.
import say from "words:parcel";
import { html, number, put, slider } from "../../kit/dom.js";
import { readNumber } from "../../numbers/answers.js";

/** give(answer) is called with a number from -1 to 1. -> { element, draw(now) } */
export function answering(w, give) {
  const wrong = html("p", { id: w.id("wrong"), className: "parcel-wrong", ariaLive: "polite" });
  const field = html("input", {
    type: "text",
    autocomplete: "off",
    maxLength: 12,
    ariaLabel: say("answer.field"),
    "aria-describedby": wrong.id,
    oninput: () => {
      complain(false);
      if (fits(typed())) range.set(typed());
    },
  });
  const range = slider({
    label: say("answer.label"),
    min: -1,
    max: 1,
    step: 0.01,
    value: 0,
    className: "parcel-slider",
    input: (value) => {
      complain(false);
      field.value = number(value, 2);
    },
  });
  const typed = () => readNumber(field.value).value;
  const complain = (yes) => {
    field.setAttribute("aria-invalid", yes);
    put(wrong, yes ? say("answer.wrong") : "");
  };
  const onsubmit = (event) => {
    event.preventDefault();
    if (fits(typed())) return give(typed());
    complain(true);
    field.focus();
  };
  const send = html("button", { type: "submit" }, say("answer.give"));
  const fields = html("fieldset", {}, range.element, field, send);
  let shown = ""; // the row and the answer that the fields are of

  return {
    element: html("form", { className: "parcel-answer", onsubmit }, fields, wrong),
    draw({ example, lag, answer, phase }) {
      fields.disabled = phase !== "bell" || answer !== null;
      const next = `${example} ${lag} ${answer}`;
      if (shown === next) return;
      shown = next;
      complain(false);
      range.set(answer ?? 0);
      field.value = answer === null ? "" : number(answer, 2);
    },
  };
}

const fits = (value) => Math.abs(value) <= 1; // undefined fits not
