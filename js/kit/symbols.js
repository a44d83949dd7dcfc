// The signs that a text font may lack, drawn: from another font they would have other lines, and another look.
import { svg } from "./dom.js";

const PATHS = {
  tick: "M2 9 6 13 14 3",
  cross: "M3 3 13 13M13 3 3 13",
  left: "M14 8H2M7 3 2 8 7 13",
  right: "M2 8H14M9 3 14 8 9 13",
  here: "M4 3 13 8 4 13Z",
  flag: "M4 15V2H14L11 5.5 14 9H4",
  bell: "M2 12H14M4 12V7a4 4 0 0 1 8 0V12M7 14.5H9",
};

/** A sign beside a text: tick, cross, left, right, here, flag, bell. Nothing is read out: the text beside it, or a label, says it. */
export const symbol = (name) =>
  svg("svg", { class: "belt-symbol", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));

/** The same sign in an SVG drawing, 10 units wide, its left end at x and on the line y. */
export const symbolAt = (name, x, y) =>
  svg("path", { class: "belt-sign", d: PATHS[name], transform: `translate(${x} ${y - 9}) scale(0.625)` });
