// The chosen unit word by word as a table: the map's row, for those who read numbers better than colours.
import say from "words:review_explorer";
import { html, number, put, scroll, short } from "../../kit/dom.js";
import { table } from "../../kit/table.js";

/** -> { element, draw(view) } */
export function unitTable() {
  const name = html("summary");
  const box = scroll(say("table.label"));
  const element = html("details", { className: "review-unit" }, name, box);
  let sheet;
  let columns = null;
  let view;
  let drawn = [];
  const fill = () => {
    if (!view) return; // opened before its panel was
    const { reading, unit, tokens, H, offset, parts } = view;
    if (!element.open || (drawn[0] === reading && drawn[1] === unit)) return;
    drawn = [reading, unit];
    if (parts !== columns) {
      columns = parts;
      sheet = table([say("table.word"), ...parts, say("positive")]);
      box.replaceChildren(sheet.element);
    }
    sheet.draw(
      tokens.map(({ typed }, t) => [
        html("bdi", {}, t < offset ? say("chips.start") : short(typed)),
        ...parts.map((part) => number(reading[part][t * H + unit], 3)),
        number(reading.p[t], 3),
      ]),
    );
  };
  element.ontoggle = fill;
  return {
    element,
    draw(next) {
      view = next;
      put(name, say("table.name", { unit: view.unit }));
      fill();
    },
  };
}
