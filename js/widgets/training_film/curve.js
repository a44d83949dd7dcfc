// How much a cell answers right, over the batches; a press or a drag goes to that batch.
import { ticks } from "../../kit/axis.js";
import { svg } from "../../kit/dom.js";
import say from "words:training_film";
import { across, LEFT, RIGHT } from "./place.js";
import { percent } from "./tell.js";

const TOP = 8;
const HIGH = 62; // of 100%
const HEIGHT = TOP + HIGH + 34;
const CHANCE = 1 / 4;

/** -> { element, draw(k, width) } */
export function curveOf(film, name, go) {
  const { batches } = film;
  const { right } = film.cells[name];
  const last = batches.length - 1;
  const path = (className) => svg("path", { class: className });
  const [grid, chance, future, past, now] = ["grid", "chance", "future", "past", "now"].map((part) =>
    path(`film-${part}`),
  );
  const dot = svg("circle", { class: "film-dot", r: 5 });
  const names = svg("g", { class: "film-axis" });
  const element = svg(
    "svg",
    { class: "film-curve", role: "img", height: HEIGHT },
    grid,
    chance,
    names,
    future,
    past,
    now,
    dot,
  );
  let drawn = 0; // the width as it was drawn
  const x = (k) => LEFT + ((drawn - LEFT - RIGHT) * batches[k]) / batches[last];
  const y = (share) => TOP + HIGH * (1 - share);
  const line = (from, to) =>
    Array.from({ length: to - from + 1 }, (_, n) => `${n ? "L" : "M"}${x(from + n)} ${y(right[from + n])}`).join("");

  const take = (event) => {
    const share = (event.clientX - element.getBoundingClientRect().left - LEFT) / (drawn - LEFT - RIGHT);
    go(film.frameOf(share * batches[last]));
  };
  element.onpointerdown = (event) => {
    element.setPointerCapture(event.pointerId);
    take(event);
  };
  element.onpointermove = (event) => element.hasPointerCapture(event.pointerId) && take(event);

  function drawAxes(width) {
    drawn = width;
    const end = width - RIGHT;
    element.setAttribute("width", width);
    grid.setAttribute("d", across([0, 0.5, 1].map(y), width));
    chance.setAttribute("d", across([y(CHANCE)], width));
    const label = (text, at, high, anchor) => svg("text", { x: at, y: high, "text-anchor": anchor }, text);
    const least = (batches[last] * 60) / Math.max(end - LEFT, 60);
    names.replaceChildren(
      ...[0, 0.5, 1].map((share) => label(percent(share), LEFT - 6, y(share) + 4, "end")),
      label(say("chance"), end - 8, y(CHANCE) + 12, "end"),
      ...ticks(0, batches[last], least).map((batch) =>
        label(
          String(batch),
          LEFT + ((end - LEFT) * batch) / batches[last],
          y(0) + 15,
          batch === batches[last] ? "end" : batch ? "middle" : "start",
        ),
      ),
      label(say("batches"), (LEFT + end) / 2, HEIGHT - 4, "middle"),
    );
  }

  return {
    element,
    draw(k, width) {
      if (width !== drawn) drawAxes(width);
      element.setAttribute("aria-label", say("curve", { n: batches[k], percent: percent(right[k]) }));
      past.setAttribute("d", line(0, k));
      future.setAttribute("d", line(k, last));
      now.setAttribute("d", `M${x(k)} ${TOP}V${y(0)}`);
      dot.setAttribute("cx", x(k));
      dot.setAttribute("cy", y(right[k]));
    },
  };
}
