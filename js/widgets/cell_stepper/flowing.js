// Something runs along the lines of the drawing, where the reader did not ask for rest.
import { svg } from "../../kit/dom.js";

const PACE = 0.4; // units of the drawing in a millisecond

/** -> (drawing, [{ edge, from }]) => void: a point runs along each edge, after `from` units have been run. */
export function flowing(w, speed) {
  return (drawing, edges) => {
    for (const old of drawing.querySelectorAll(".cell-flow")) old.remove();
    if (w.calm()) return;
    for (const { edge, from } of edges) {
      const length = edge.line.getTotalLength();
      const d = edge.line.getAttribute("d");
      const point = svg("path", { class: "cell-flow", d, "stroke-dasharray": `0.01 ${length + 30}` });
      drawing.append(point);
      const shown = { visibility: "visible" }; // only while it runs
      const run = point.animate(
        [
          { ...shown, strokeDashoffset: 0 },
          { ...shown, strokeDashoffset: -length },
        ],
        { delay: from / PACE / speed(), duration: length / PACE / speed() },
      );
      run.onfinish = () => point.remove();
    }
  };
}
