// A row of bars, a column for each step: their numbers below them, or none where the bars are narrow.
import say from "words:keeper";
import { html, number, put } from "../../kit/dom.js";

/** title, shown above the row; name, shown at its left end -> { element, draw(values, { low, high, held, text }) } */
export function barRow({ title = null, name = "", className, steps, numbers = true }) {
  const columns = Array.from({ length: steps }, () => barOf(numbers));
  const lead = html("span", { className: "keeper-lead", ariaHidden: "true" }, name);
  const row = html(
    "div",
    { className: `keeper-row ${className}`, role: "img" },
    lead,
    ...columns.map((c) => c.element),
  );
  const element = title ? html("div", {}, html("p", { className: "keeper-title" }, title), row) : row;
  return {
    element,
    draw(values, { low, high, label, held = false }) {
      row.toggleAttribute("data-held", held);
      columns.forEach((column, t) => column.draw(values[t], low, high));
      const said = say("row_said", { row: label, numbers: Array.from(values, hundredths).join(", ") });
      row.setAttribute("aria-label", held ? `${said} (${say("held")})` : said);
    },
  };
}

/** One bar between low and high, from the line of 0. -> { element, draw(value, low, high) } */
export function barOf(numbers = true) {
  const bar = html("i");
  const field = html("span", { className: "keeper-field" }, bar);
  const text = numbers ? html("span", { className: "keeper-number" }) : null;
  const percent = (part) => `${(100 * part).toFixed(2)}%`;
  return {
    element: html("span", { className: "keeper-column" }, field, text),
    field,
    draw(value, low, high) {
      const size = high - low;
      const [bottom, top] = [Math.min(value, 0), Math.max(value, 0)];
      field.style.setProperty("--zero", percent(-low / size));
      bar.style.bottom = percent((bottom - low) / size);
      bar.style.height = percent((top - bottom) / size);
      if (text) put(text, hundredths(value));
    },
  };
}

/** Two decimals, and no minus before a 0. */
const hundredths = (value) => number(Math.round(100 * value) / 100 + 0, 2);
