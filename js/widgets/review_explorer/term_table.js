// The terms of a sum as a table, the largest first.
import say from "words:review_explorer";
import { button, number, scroll } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { bar } from "./bar.js";

const FIRST = 8; // terms shown at once; the rest opens
const COLUMNS = {
  sum: ["term", "input", "weight", "product"],
  gate: ["gate", "share", "what", "product"],
};
const columnNames = (kind) => COLUMNS[kind].map((column) => say(`columns.${column}`));

/** -> { element, more: a button, draw(found: what js/numbers/terms.js says), clear() } */
export function termTable() {
  const sheet = table([...columnNames("sum"), null], { className: "review-terms" });
  const more = button("", () => {
    all = !all;
    draw(found);
  });
  let all = false;
  let found = null;

  function draw(next) {
    found = next;
    columnNames(found.curve ? "sum" : "gate").forEach((name, k) => sheet.name(k, name));
    const sorted = [...found.terms].sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
    const widest = Math.max(Math.abs(sorted[0].product), 1e-9);
    const shown = sorted.slice(0, all ? sorted.length : FIRST);
    sheet.draw(shown.map((term) => rowOf(term, widest)));
    shown.forEach(({ product }, k) => (sheet.rows[k].dataset.product = product));
    more.hidden = sorted.length <= FIRST;
    more.textContent = say(all ? "sum.fewer" : "sum.all", { n: all ? FIRST : sorted.length });
    more.setAttribute("aria-expanded", all);
  }

  return {
    element: scroll(say("sum.terms"), sheet.element),
    more,
    draw,
    clear() {
      sheet.draw([]);
      more.hidden = true;
    },
  };
}

const rowOf = ({ group, name, input, weight, product }, widest) => [
  say(`term.${group}`, { k: name }),
  group === "bias" ? "" : number(input, 4),
  number(weight, 4),
  number(product, 4),
  bar(product / widest),
];
