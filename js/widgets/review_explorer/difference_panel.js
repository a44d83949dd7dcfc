// The text against the first one: change, delete, move or shuffle words, and see what each gate did otherwise.
import say from "words:review_explorer";
import { button, html, number, tick } from "../../kit/dom.js";

/** act: { compare(on), first(), back(), shuffle() } -> { element, draw(view) } */
export function differencePanel(act) {
  const told = html("p", { className: "review-told" });
  const ways = ["shuffle", "back", "first"].map((name) => button(say(`difference.${name}`), act[name]));
  const on = tick({ label: say("difference.show"), value: false, input: act.compare });
  return {
    element: html(
      "div",
      {},
      told,
      html("div", { className: "belt-row" }, on.element, ...ways),
      html("p", { className: "review-hint" }, say("difference.hint")),
    ),
    draw({ base, compare, reading, text }) {
      on.set(compare);
      for (const control of [on.input, ...ways]) control.disabled = !base;
      told.replaceChildren(...comparison(base, reading, text));
    },
  };
}

function comparison(base, reading, text) {
  if (!base) return [say("difference.waiting")];
  if (base.text === text && !reading.holds.length) return [say("difference.same")];
  const before = number(base.reading.last, 3);
  return say.pieces("difference.moved", { before, now: html("b", {}, number(reading.last, 3)) });
}
