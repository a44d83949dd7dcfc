// A table that is drawn again and again: what stays as it is is left alone, so that a draw costs little and a control
// in a cell keeps the focus.
import { html, put } from "./dom.js";

/**
 * head: names of the columns, null for none; properties: of the <table>, and `caption`
 * -> { element, rows, name(k, text), draw(list) }
 * draw takes a list for each row, its first the row's header: texts, or elements. rows are the <tr>s of the body, for
 * marks on a cell: `rows[1].cells[2]`. name gives a column another name.
 */
export function table(head, { caption = null, ...properties } = {}) {
  const names = html(
    "tr",
    {},
    ...head.map((name) => (name === null ? html("td") : html("th", { scope: "col" }, name))),
  );
  const body = html("tbody");
  return {
    element: html("table", properties, caption && html("caption", {}, caption), html("thead", {}, names), body),
    rows: body.rows,
    name: (k, text) => put(names.cells[k], text),
    draw(list) {
      fit(body.rows, list.length, () => body.append(html("tr")));
      list.forEach((contents, k) => drawRow(body.rows[k], contents));
    },
  };
}

function drawRow(row, contents) {
  fit(row.cells, contents.length, (k) => row.append(k ? html("td") : html("th", { scope: "row" })));
  contents.forEach((content, k) => {
    const cell = row.cells[k];
    if (!(content instanceof Node)) put(cell, String(content));
    else if (cell.firstChild !== content || cell.childNodes.length > 1) cell.replaceChildren(content);
  });
}

/** As many of a live list of elements as `count`. */
function fit(list, count, add) {
  while (list.length > count) list[list.length - 1].remove();
  while (list.length < count) add(list.length);
}
