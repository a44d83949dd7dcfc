// Under the words: what each shows as its colour and as a bar.
import say from "words:review_explorer";
import { choice, html, number, put } from "../../kit/dom.js";
import { MARKS } from "./view.js";

/** act: { mark(kind), go(step, unit) } -> { element, draw(view) } */
export function marks(act) {
  const kind = choice({
    label: say("marks.shows"),
    options: MARKS.map((name) => [name, say(`marks.${name}`)]),
    value: MARKS[0],
    input: act.mark,
  });
  const unit = choice({ label: say("marks.unit"), options: [], value: "", input: (k) => act.go(undefined, Number(k)) });
  const [low, swatch, high] = [html("span"), html("span", { className: "review-swatch" }), html("span")];
  const legend = html("span", { className: "review-legend" }, low, swatch, high);
  const hint = html("p", { className: "review-hint" });
  return {
    element: html(
      "div",
      { className: "review-marks" },
      html("div", { className: "belt-row" }, kind.element, unit.element, legend),
      hint,
    ),
    draw({ mark, marks: { limit, tints: colours }, H, unit: chosen }) {
      kind.set(mark);
      unit.element.hidden = legend.hidden = !colours;
      if (unit.input.length !== H)
        unit.input.replaceChildren(...Array.from({ length: H }, (_, k) => html("option", { value: k }, String(k))));
      unit.set(String(chosen));
      const digits = limit < 1 ? 1 + Math.ceil(-Math.log10(limit)) : 0;
      put(low, number(-limit, digits));
      put(high, number(limit, digits));
      if (colours) swatch.style.background = colours.css;
      put(hint, say(`marks.${mark}_hint`, { unit: chosen }));
    },
  };
}
