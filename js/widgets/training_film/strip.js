// One part of a cell at each step, for each of its units: a map of squares. The units keep their order in the whole film.
import say from "words:training_film";
import partName from "words:parts";
import { html, number, put } from "../../kit/dom.js";
import { paint } from "../../kit/map.js";
import { scale } from "../../kit/map_colours.js";

const HALF = 0.5;

/** -> { element, draw(k, part) } */
export function stripOf(film, name) {
  const cell = film.cells[name];
  const order = orderOf(film, cell);
  const [low, swatch, high] = [html("span"), html("span", { className: "film-swatch" }), html("span")];
  const caption = html("span");
  const canvas = html("canvas", { role: "img" });
  const column = html("div", { className: "film-column" });
  column.style.left = `${(100 * film.flag) / film.T}%`;
  column.style.width = `${100 / film.T}%`;
  const element = html(
    "figure",
    {},
    html("figcaption", {}, caption, html("span", { className: "film-legend", ariaHidden: "true" }, low, swatch, high)),
    html("div", { className: "film-map" }, canvas, column),
  );
  return {
    element,
    draw(k, part) {
      const limits = part === "f" ? [HALF, 1] : cell.limits(part); // below half nothing lasts: all of it is pale
      const colours = scale(part, limits);
      put(caption, say("strip.caption", { letter: part, name: partName(part), n: cell.H }));
      canvas.ariaLabel = say("strip.label", { letter: part, name: partName(part), n: cell.H, T: film.T });
      const ends = limits.map((limit) => number(limit, Number.isInteger(limit) ? 0 : 1));
      put(low, part === "f" ? say("strip.at_most", { n: ends[0] }) : ends[0]);
      put(high, ends[1]);
      swatch.style.background = colours.css;
      paint(canvas, cell.values(k, part), order, colours);
    },
  };
}

/** The units by how open f is at the quiet steps of the last frame, the most open first; of the plain loop as they come. */
function orderOf({ batches, flag, bell }, { H, parts, values }) {
  const units = Array.from({ length: H }, (_, unit) => unit);
  if (!parts.includes("f")) return units;
  const f = values(batches.length - 1, "f");
  const open = units.map((unit) => {
    let sum = 0;
    for (let t = flag + 1; t < bell; t++) sum += f[t * H + unit];
    return sum;
  });
  return units.sort((a, b) => open[b] - open[a]);
}
