// One of the two cells: how much it answers right, how much of the slope is left at each step, and one part of it as a map.
import say from "words:training_film";
import { html, put } from "../../kit/dom.js";
import { sizeOf } from "../../kit/size.js";
import { curveOf } from "./curve.js";
import { stripOf } from "./strip.js";
import { slopeOf } from "./slope.js";
import { percent, tellCell } from "./tell.js";

/** name: of the cell; go(k) to another frame -> { element, draw(k, part): part of the LSTM that is shown } */
export function cellOf(w, film, name, go) {
  const right = html("b", { className: "film-right" });
  const told = html("p", { className: "film-told" });
  const curve = curveOf(film, name, go);
  const slope = slopeOf(film, name);
  const strip = stripOf(film, name);
  const element = html(
    "div",
    { className: `film-cell film-${name}`, role: "group", ariaLabel: say(name) },
    html("p", { className: "film-name" }, html("b", {}, say(name)), right),
    curve.element,
    told,
    slope.element,
    strip.element,
  );
  const size = sizeOf(element, w);
  return {
    element,
    draw(k, part) {
      const { width } = size();
      put(right, say("right", { percent: percent(film.cells[name].right[k]) }));
      put(told, tellCell(film, name, k));
      curve.draw(k, width);
      slope.draw(k, width);
      strip.draw(k, name === "lstm" ? part : "h");
    },
  };
}
