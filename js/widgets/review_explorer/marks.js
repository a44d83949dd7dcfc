// Under the words: what each shows as its colour and as a bar, and the same in numbers.
import say from "words:review_explorer";
import { choice, html, number, put } from "../../kit/dom.js";
import { sigmoid } from "../../numbers/cells.js";
import { writes } from "../../numbers/writes.js";
import { marksTable } from "./marks_table.js";
import { wordName } from "./names.js";

/** act: { mark(kind), go(step, unit), draw() } -> { element, open(): whether all numbers are to be seen, draw(view) } */
export function marks(act) {
  const kind = choice({
    label: say("marks.shows"),
    options: [],
    value: "",
    input: act.mark,
  });
  const unit = choice({ label: say("marks.unit"), options: [], value: "", input: (k) => act.go(undefined, Number(k)) });
  const [low, swatch, high] = [html("span"), html("span", { className: "review-swatch" }), html("span")];
  const legend = html("span", { className: "review-legend" }, low, swatch, high);
  const hint = html("p", { className: "review-hint" });
  const chosen = html("p", { className: "review-chosen" });
  const table = marksTable(act.draw);
  const row = html("div", { className: "belt-row" }, kind.element, unit.element, legend);
  return {
    element: html("div", { className: "review-marks" }, row, hint, chosen, table.element),
    open: table.open,
    draw(view) {
      const { mark, marks, H, kept } = view;
      kind.offer(view.markable.map((name) => [name, say(`marks.${name}`, { part: kept })]));
      kind.set(mark);
      unit.element.hidden = legend.hidden = !marks.tints;
      if (unit.input.length !== H)
        unit.input.replaceChildren(...Array.from({ length: H }, (_, k) => html("option", { value: k }, String(k))));
      unit.set(String(view.unit));
      put(low, round(-marks.limit));
      put(high, round(marks.limit));
      if (marks.tints) swatch.style.background = marks.tints.css;
      const colour = say(kept === "c" ? "marks.colour_belt" : "marks.colour_output");
      put(hint, say(`marks.${mark}_hint`, { unit: view.unit, limit: round(marks.limit), part: kept, colour }));
      chosen.hidden = mark !== "without" && mark !== "writes";
      put(chosen, chosen.hidden ? "" : ofWord(view));
      table.draw(view);
    },
  };
}

/** A round number, with as many digits as it has. */
const round = (value) => number(value, Math.abs(value) < 1 ? Math.ceil(-Math.log10(Math.abs(value))) : 0);

/** The numbers of the chosen word. */
function ofWord({ network, reading, removed, mark, step, tokens, offset }) {
  if (!reading.T) return say("no_word");
  if (!network || (mark === "without" && step >= offset && Number.isNaN(removed?.[step] ?? Number.NaN)))
    return say("marks.waiting");
  const word = wordName(tokens, step, offset);
  const sum_now = number(reading.sum, 3);
  if (mark === "writes") {
    const { parts, padding, bias } = writes(network, reading);
    const [part, ...rest] = [parts[step], padding, bias].map((value) => number(value, 3));
    return say("marks.writes_word", { word, part, padding: rest[0], bias: rest[1], sum_now });
  }
  if (step < offset) return say("meaning.start");
  const sum = removed[step];
  const [p, p_now] = [sigmoid(sum), reading.last].map((value) => number(value, 3));
  return say("marks.without_word", { word, p, p_now, sum: number(sum, 3), sum_now });
}
