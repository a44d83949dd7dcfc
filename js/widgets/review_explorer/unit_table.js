// The chosen unit word by word as a table: the map's row, for those who read numbers better than colours.
import { html, number, scroll } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { PARTS } from "./scales.js";
import { short } from "./words.js";

/** -> { element, draw(view) } */
export function unitTable() {
  const name = html("summary");
  const sheet = table(["word", ...PARTS, "P(positive)"]);
  const box = scroll("The unit word by word", sheet.element);
  const element = html("details", { className: "review-unit" }, name, box);
  let view;
  let drawn = [];
  const fill = () => {
    if (!view) return; // opened before its panel was
    const { reading, unit, tokens, H, offset } = view;
    if (!element.open || (drawn[0] === reading && drawn[1] === unit)) return;
    drawn = [reading, unit];
    sheet.draw(
      tokens.map(({ typed }, t) => [
        html("bdi", {}, t < offset ? "start" : short(typed)),
        ...PARTS.map((part) => number(reading[part][t * H + unit], 3)),
        number(reading.p[t], 3),
      ]),
    );
  };
  element.ontoggle = fill;
  return {
    element,
    draw(next) {
      view = next;
      const text = `Unit ${view.unit}, word by word, as a table`;
      if (name.textContent !== text) name.textContent = text;
      fill();
    },
  };
}
