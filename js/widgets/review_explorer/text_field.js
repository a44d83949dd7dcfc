// The text: typed into a field, or one of the ready reviews.
import say from "words:review_explorer";
import { choice, html } from "../../kit/dom.js";
import { LONGEST } from "../../numbers/text.js";

/** reviews: [{ name, text }]; beside: what stands beside their list; act: { take(text), write(text) } -> { element, draw(text), full() } */
export function textField(reviews, beside, act) {
  const ready = choice({
    label: say("text.ready"),
    options: [["", say("text.own")], ...reviews.map(({ name }, k) => [String(k), name])],
    value: "",
    input: (k) => k !== "" && act.take(reviews[k].text),
  });
  const field = html("textarea", {
    rows: 2,
    maxLength: LONGEST,
    spellcheck: false,
    dir: "auto",
    ariaLabel: say("text.field"),
    oninput: () => act.write(field.value),
  });
  return {
    element: html(
      "div",
      { className: "review-typing" },
      html("div", { className: "belt-row" }, ready.element, beside),
      field,
    ),
    full: () => field.value.length >= LONGEST,
    draw(text) {
      if (field.value !== text) field.value = text;
      const chosen = reviews.findIndex((review) => review.text === text);
      ready.set(chosen < 0 ? "" : String(chosen));
    },
  };
}
