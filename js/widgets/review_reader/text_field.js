// The text: typed into a field, or one of three ready ones.
import say from "words:review_reader";
import { button, html, textArea } from "../../kit/dom.js";
import { LONGEST } from "../../numbers/text.js";

/** act: { write(text) } -> { element, draw(text) } */
export function textField(act) {
  const field = textArea({ label: say("field"), longest: LONGEST, write: act.write });
  const ready = ["bad", "not_bad"].map((key) => say(`ready.${key}`));
  const buttons = [
    ...ready.map((text) => button(text, () => act.write(text))),
    button(say("ready.none"), () => act.write("")),
  ];
  return {
    element: html(
      "div",
      { className: "reader-typing" },
      field,
      html("div", { className: "belt-row" }, html("span", {}, say("try")), ...buttons),
    ),
    draw: (text) => field.value !== text && (field.value = text),
  };
}
