// What each unit adds to the prediction at the chosen word, its h times its weight in the output: beside the map, row by
// row.
import { html, svg } from "../../kit/dom.js";

/** -> { element, draw(view) } */
export function pushes() {
  const bars = svg("path");
  const middle = svg("line", { x1: 0, x2: 0, y1: 0 });
  const picture = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, bars, middle);
  const element = html("div", { className: "review-pushes" }, picture);
  let drawn = [];
  return {
    element,
    draw({ network, reading, order, at, H }) {
      element.hidden = !network || !reading.T || !reading.dense;
      const key = [reading, order, at.step];
      if (element.hidden || key.every((value, k) => value === drawn[k])) return;
      drawn = key;
      const push = order.map((unit) => reading.dense.kernel[unit] * reading.h[at.step * H + unit]);
      const widest = Math.max(...push.map(Math.abs), 1e-9);
      picture.setAttribute("viewBox", `-1 0 2 ${H}`);
      middle.setAttribute("y2", H);
      bars.setAttribute("d", push.map((value, row) => `M0 ${row + 0.15}h${value / widest}v0.7H0z`).join(""));
    },
  };
}
