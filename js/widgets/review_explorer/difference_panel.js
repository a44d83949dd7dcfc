// The text against the first one: change, delete, move or shuffle words, or take a ready review for the first, and see what
// each gate did otherwise.
import say from "words:review_explorer";
import { button, choice, html, number, tick } from "../../kit/dom.js";
import { firstText } from "./first_text.js";

/** reviews: [{ name, text }]; act: { beside(text), compare(on), first(), back(), shuffle() } -> { element, draw(view) } */
export function differencePanel(reviews, act) {
  const told = html("p", { className: "review-told" });
  const ready = choice({
    label: say("difference.with"),
    options: [["", say("difference.own")], ...reviews.map(({ name }, k) => [String(k), name])],
    value: "",
    input: (k) => k !== "" && act.beside(reviews[k].text),
  });
  const text = firstText();
  const ways = ["shuffle", "back", "first"].map((name) => button(say(`difference.${name}`), act[name]));
  const on = tick({ label: say("difference.show"), value: false, input: act.compare });
  return {
    element: html(
      "div",
      {},
      ready.element,
      text.element,
      told,
      html("div", { className: "belt-row" }, on.element, ...ways),
      html("p", { className: "review-hint" }, say("difference.hint")),
    ),
    draw(view) {
      const { base, compare, reading } = view;
      on.set(compare);
      for (const control of [on.input, ready.input, ...ways]) control.disabled = !base;
      const k = reviews.findIndex((review) => review.text === base?.text);
      ready.set(k < 0 ? "" : String(k));
      text.draw(view);
      told.replaceChildren(...comparison(base, reading, view.text));
    },
  };
}

function comparison(base, reading, text) {
  if (!base) return [say("difference.waiting")];
  if (base.text === text && !reading.holds.length) return [say("difference.same")];
  const before = number(base.reading.last, 3);
  return say.pieces("difference.moved", { before, now: html("b", {}, number(reading.last, 3)) });
}
