// The large number: P(positive) after the chosen word.
import say from "words:review_reader";
import { html, number, put, short } from "../../kit/dom.js";

/** -> { element, draw(view) } */
export function answer() {
  const value = html("output", { className: "reader-p" });
  const after = html("bdi", { className: "reader-after" });
  return {
    element: html("div", { className: "reader-answer" }, html("span", {}, say("positive")), value, after),
    draw({ tokens, offset, step, reading }) {
      put(value, reading ? number(reading.p[step]) : "–");
      value.dataset.value = reading?.p[step] ?? "";
      put(after, place(tokens, offset, step));
    },
  };
}

function place(tokens, offset, step) {
  const n = tokens.length - offset;
  if (!n) return say("after.nothing");
  if (step < offset) return say("after.start", { n });
  return say("after.word", { word: short(tokens[step].typed), k: step - offset + 1, n });
}
