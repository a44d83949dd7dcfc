// What the model makes of the text: P(positive), as a number, a meter and a verdict.
import say from "words:review_explorer";
import { html, number, put } from "../../kit/dom.js";

/** -> { element, draw(view) } */
export function answer() {
  const value = html("output", { className: "review-p" });
  const verdict = html("span", { className: "review-verdict" });
  const share = html("i");
  const name = html("span", { className: "review-hint", title: say("meaning.positive") }, say("positive"));
  const meter = html("span", { className: "review-meter" }, share);
  return {
    element: html("div", { className: "review-answer" }, name, value, meter, verdict),
    draw({ reading, plain }) {
      const known = Number.isFinite(reading.last); // not for a text of the reader's while there is no model
      put(value, known ? number(reading.last, 3) : "–");
      value.dataset.value = reading.last;
      put(verdict, known ? verdictOn(reading, plain) : say("answer.unread"));
      share.style.width = known ? `${100 * reading.last}%` : "0";
    },
  };
}

function verdictOn({ last, holds }, plain) {
  const side = last >= 0.5 ? "positive" : "negative";
  return holds.length ? say(`answer.${side}_held`, { p: number(plain.last, 3) }) : say(`answer.${side}`);
}
