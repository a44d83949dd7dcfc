// Every word's numbers as a table: what its colour and bar show, for those who read numbers better.
import say from "words:review_explorer";
import { html, number, scroll, short } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { sigmoid } from "../../numbers/cells.js";
import { canWrite, writes } from "../../numbers/writes.js";

/** The columns behind the word, by their keys; what has no meaning for a network is not there. */
const columnsOf = (network, reading) => [
  "p",
  "p_without",
  "sum_without",
  ...(canWrite(network, reading) ? ["part"] : []),
];

/** opened(): it was opened or closed -> { element, open(), draw(view) } */
export function marksTable(opened) {
  const box = scroll(say("marks.label"));
  const element = html(
    "details",
    { className: "review-table", ontoggle: opened },
    html("summary", {}, say("marks.table")),
    box,
  );
  let sheet;
  let columns = "";
  let drawn = [];
  return {
    element,
    open: () => element.open,
    draw({ network, reading, unit, tokens, H, offset, removed, kept }) {
      if (!element.open || !network) return;
      const key = [reading, unit, removed];
      if (key.every((value, k) => value === drawn[k])) return;
      drawn = key;
      const names = columnsOf(network, reading);
      if (names.join() !== columns) {
        columns = names.join();
        sheet = table([say("table.word"), "", ...names.map((name) => say(`marks_table.${name}`))]);
        box.replaceChildren(sheet.element);
      }
      const parts = names.includes("part") ? writes(network, reading).parts : null;
      const seen = (value, shown = value) => (Number.isNaN(value) ? "" : number(shown, 3));
      sheet.name(1, say("marks_table.c", { unit, part: kept }));
      sheet.draw(
        tokens.map(({ typed }, t) => {
          const sum = removed?.[t] ?? Number.NaN;
          return [
            html("bdi", {}, t < offset ? say("chips.start") : short(typed)),
            number(reading[kept][t * H + unit], 3),
            number(reading.p[t], 3),
            seen(sum, sigmoid(sum)),
            seen(sum),
            ...(parts ? [number(parts[t], 3)] : []),
          ];
        }),
      );
    },
  };
}
