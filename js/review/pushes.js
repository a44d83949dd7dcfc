// What each unit adds to the prediction at the chosen word, its h times its weight in the output: beside the map, row by
// row.
import { html, svg } from "../core/dom.js";

/** -> { element, draw(view) } */
export function pushes() {
  const picture = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" });
  const element = html("div", { className: "review-pushes" }, picture);
  let bars = [];
  let drawn = [];
  return {
    element,
    draw({ network, reading, order, at, U }) {
      element.hidden = !network || !reading.T;
      const key = [reading, order, at.step];
      if (element.hidden || key.every((value, k) => value === drawn[k])) return;
      drawn = key;
      if (bars.length !== U) {
        bars = Array.from({ length: U }, (_, row) => svg("rect", { y: row + 0.15, height: 0.7 }));
        picture.setAttribute("viewBox", `-1 0 2 ${U}`);
        picture.replaceChildren(...bars, svg("line", { x1: 0, x2: 0, y1: 0, y2: U }));
      }
      const push = order.map((unit) => network.dense.kernel[unit] * reading.h[at.step * U + unit]);
      const widest = Math.max(...push.map(Math.abs), 1e-9);
      push.forEach((value, row) => {
        bars[row].setAttribute("x", Math.min(0, value / widest));
        bars[row].setAttribute("width", Math.abs(value / widest));
      });
    },
  };
}
