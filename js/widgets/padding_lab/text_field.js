// The text: typed into a field, or one of the ready ones.
import say from "words:padding_lab";
import { choice, html, textArea } from "../../kit/dom.js";
import { LONGEST } from "../../numbers/text.js";

/** texts: [{ name, text }]; write(text) -> { element, draw(text) } */
export function textField(texts, write) {
  const ready = choice({
    label: say("ready"),
    options: [["", say("own")], ...texts.map(({ name }, k) => [String(k), name])],
    value: "",
    input: (k) => k !== "" && write(texts[k].text),
  });
  const field = textArea({ label: say("field"), longest: LONGEST, write: write });
  return {
    element: html("div", { className: "padding-typing" }, ready.element, field),
    draw(text) {
      if (field.value !== text) field.value = text;
      const chosen = texts.findIndex((one) => one.text === text);
      ready.set(chosen < 0 ? "" : String(chosen));
    },
  };
}
