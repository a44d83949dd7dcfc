// Every word's numbers as a table: what its colour and bar show, for those who read numbers better.
import say from "words:review_explorer";
import { html, number, scroll, short } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { sigmoid } from "../../numbers/cells.js";
import { writes } from "../../numbers/writes.js";

const COLUMNS = ["p", "p_without", "sum_without", "part"];

/** opened(): it was opened or closed -> { element, open(), draw(view) } */
export function marksTable(opened) {
  const sheet = table([say("table.word"), "", ...COLUMNS.map((name) => say(`marks_table.${name}`))]);
  const element = html(
    "details",
    { className: "review-table", ontoggle: opened },
    html("summary", {}, say("marks.table")),
    scroll(say("marks.label"), sheet.element),
  );
  let drawn = [];
  return {
    element,
    open: () => element.open,
    draw({ network, reading, unit, tokens, H, offset, removed }) {
      if (!element.open || !network) return;
      const key = [reading, unit, removed];
      if (key.every((value, k) => value === drawn[k])) return;
      drawn = key;
      const { parts } = writes(network, reading);
      const seen = (value, shown = value) => (Number.isNaN(value) ? "" : number(shown, 3));
      sheet.name(1, say("marks_table.c", { unit }));
      sheet.draw(
        tokens.map(({ typed }, t) => {
          const sum = removed?.[t] ?? Number.NaN;
          return [
            html("bdi", {}, t < offset ? say("chips.start") : short(typed)),
            number(reading.c[t * H + unit], 3),
            number(reading.p[t], 3),
            seen(sum, sigmoid(sum)),
            seen(sum),
            number(parts[t], 3),
          ];
        }),
      );
    },
  };
}
