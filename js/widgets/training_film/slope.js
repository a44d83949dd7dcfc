// How much of the slope is left at each step, from the bell back to the flag and beyond, on a scale of tenths.
import say from "words:training_film";
import { html, put, svg } from "../../kit/dom.js";
import { symbolAt } from "../../kit/symbols.js";
import { across, columns, LEFT, RIGHT } from "./place.js";
import { letterAt, shareInWords } from "./tell.js";

const TOP = 22; // the names of flag and bell stand above it
const HIGH = 96; // of the whole scale
const FLOOR = TOP + HIGH;
const HEIGHT = FLOOR + 18;
const ROOM = 10; // pixels for a letter
const WORDS = 300; // for the words flag and bell beside their signs
const POWERS = 3; // of ten from a line to the next

/** -> { element, draw(k, width) } */
export function slopeOf(film, name) {
  const cell = film.cells[name];
  const { T, flag, bell } = film;
  const [top, tenths] = scaleOf(film); // the powers of ten at the upper end, and from there to the lower
  const y = (power) => TOP + (HIGH * (top - power)) / tenths;
  const here = svg("rect", { class: "film-here", y: TOP, height: HIGH });
  const bars = svg("path", { class: "film-bars" });
  const grid = svg("path", { class: "film-grid" });
  const whole = svg("path", { class: "film-whole" }); // the slope is as long as at the bell
  const names = svg("g", { class: "film-axis" });
  const flagged = svg("text", { class: "film-flagged", y: 14 });
  const rung = svg("text", { class: "film-flagged", y: 14, "text-anchor": "end" });
  const signs = svg("g");
  const picture = svg(
    "svg",
    { class: "film-slope", role: "img", height: HEIGHT },
    here,
    grid,
    bars,
    whole,
    names,
    signs,
    flagged,
    rung,
  );
  let drawn = 0;

  /** The letter of step t; where there is no room for all, that of the flag alone. */
  const letter = (t, x, wide) => {
    if (wide < ROOM && t !== flag) return "";
    const at = { x, y: FLOOR + 14, "text-anchor": "middle", class: t === flag ? "film-marked" : null };
    return svg("text", at, letterAt(film, t));
  };

  function drawAxes(width) {
    drawn = width;
    const { wide, x } = columns(width, T);
    picture.setAttribute("width", width);
    here.setAttribute("x", x(flag));
    here.setAttribute("width", wide);
    flagged.setAttribute("x", x(flag) + 16);
    rung.setAttribute("x", width - RIGHT - 14);
    put(rung, width < WORDS ? "" : say("bell"));
    const powers = lines(top - tenths, top);
    grid.setAttribute("d", across(powers.map(y), width));
    whole.setAttribute("d", across([y(0)], width));
    names.replaceChildren(
      ...powers.map((power) => powerOfTen(power, LEFT - 6, y(power) + 4)),
      ...Array.from({ length: T }, (_, t) => letter(t, x(t) + wide / 2, wide)),
    );
    signs.replaceChildren(symbolAt("flag", x(flag) + 2, 14), symbolAt("bell", width - RIGHT - 10, 14));
  }

  return {
    element: html("figure", {}, html("figcaption", {}, say(`slope.${name}`)), picture),
    draw(k, width) {
      if (width !== drawn) drawAxes(width);
      const left = cell.left(k);
      const { wide, x } = columns(width, T);
      const gap = Math.min(1, wide * 0.12);
      const tall = (share) => Math.max(0, FLOOR - y(Math.max(Math.log10(share), top - tenths)));
      const bar = (share, t) => `M${x(t) + gap} ${FLOOR}v${-tall(share)}h${wide - 2 * gap}v${tall(share)}z`;
      bars.setAttribute("d", Array.from(left, bar).join(""));
      const there = shareInWords(left[flag]);
      const said = say("flag", { left: there });
      put(flagged, width < WORDS ? there : said);
      picture.setAttribute("aria-label", say("slope.label", { said, n: bell - flag }));
    },
  };
}

/** The powers of ten of the upper end, and how many there are down to the smallest share of any frame and cell. */
function scaleOf({ cells, batches, flag }) {
  const shares = Object.values(cells).flatMap(({ left }) =>
    Array.from(batches, (_, k) => Array.from(left(k).subarray(flag))).flat(),
  );
  const top = Math.max(Math.ceil(Math.log10(Math.max(...shares))), 0);
  const bottom = Math.floor(Math.log10(Math.min(...shares)));
  return [top, Math.min(Math.max(top - bottom, 3), 15)];
}

/** The powers that have a line. */
function lines(low, high) {
  const first = Math.ceil(low / POWERS);
  return Array.from({ length: Math.floor(high / POWERS) - first + 1 }, (_, n) => POWERS * (first + n));
}

function powerOfTen(power, x, y) {
  const at = { x, y, "text-anchor": "end" };
  if (!power) return svg("text", at, "1");
  return svg("text", at, "10", svg("tspan", { dy: -4, "font-size": 9 }, String(power).replace("-", "\u2212")));
}
