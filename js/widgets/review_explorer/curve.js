// P(positive) after each word, as a curve over the map; and over the words' place, so that both read as one picture.
import say from "words:review_explorer";
import { html, put, svg } from "../../kit/dom.js";

/** What the curve is; where two directions read, along which of them. */
function nameOf({ compare, against, reading }) {
  const name = say(compare ? "maps.curve_first" : against ? "maps.curve_unheld" : "maps.curve");
  return reading.both ? say(reading.lead ? "maps.curve_backward" : "maps.curve_forward", { name }) : name;
}

/** act: { go(step), point(step or null) } -> { element, draw(view) } */
export function curve(act) {
  const area = svg("path", { class: "review-area" });
  const other = svg("path", { class: "review-other" });
  const line = svg("path", { class: "review-line" });
  const half = svg("line", { class: "review-half", x1: 0, y1: 0.5, y2: 0.5 });
  const picture = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, area, half, other, line);
  const column = html("div", { className: "review-column" });
  const dot = html("div", { className: "review-dot" });
  const name = html("span");
  const element = html("div", { className: "review-curve" }, picture, column, dot, name);
  let view;
  const under = (event) => {
    const box = element.getBoundingClientRect();
    const { T } = view.reading;
    return Math.max(0, Math.min(T - 1, Math.floor(((event.clientX - box.left) / box.width) * T)));
  };
  element.onpointermove = (event) => view?.reading.T && act.point(under(event));
  element.onpointerleave = () => act.point(null);
  element.onclick = (event) => view?.reading.T && act.go(under(event));

  /** A line through the values; it is broken where there is none. */
  function path(values) {
    let pen = "M";
    return Array.from(values, (p, t) => {
      if (Number.isNaN(p)) {
        pen = "M";
        return "";
      }
      const point = `${pen}${t + 0.5} ${Math.round(1e4 * (1 - p)) / 1e4}`;
      pen = "L";
      return point;
    }).join("");
  }
  return {
    element,
    draw(next) {
      const last = view;
      view = next;
      const { T, p } = view.reading;
      if (view.reading !== last?.reading) {
        picture.setAttribute("viewBox", `0 0 ${Math.max(T, 1)} 1`);
        half.setAttribute("x2", Math.max(T, 1));
        const shape = path(p);
        line.setAttribute("d", shape);
        area.setAttribute("d", T ? `${shape}L${T - 0.5} 0.5L0.5 0.5Z` : "");
      }
      if (view.against !== last?.against) other.setAttribute("d", view.against ? path(view.against) : "");
      put(name, nameOf(view));
      column.hidden = dot.hidden = !T;
      column.style.left = `${(100 * view.at.step) / T}%`;
      column.style.width = `${100 / T}%`;
      dot.style.left = `${(100 * (view.at.step + 0.5)) / T}%`;
      dot.style.top = `${100 * (1 - p[view.at.step])}%`;
    },
  };
}
