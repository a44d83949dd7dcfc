// The six parts small, and the chosen one large under the curve of the prediction.
import say from "words:review_explorer";
import { html } from "../../kit/dom.js";
import { chart } from "./chart.js";
import { mapHead } from "./map_head.js";
import { smallMaps } from "./small_maps.js";

/** -> { element, draw(view), paint() }: paint() what an answer need not wait for */
export function maps(w, act) {
  const six = smallMaps(w.id("part"), act.part);
  const large = chart(w, act);
  const head = mapHead(w.speak, act, large.map);
  const hint = html("p", { className: "review-hint" }, say("maps.hint"));
  return {
    element: html("div", { className: "review-maps" }, six.element, head.element, large.element, hint),
    draw(view) {
      six.draw(view);
      large.draw(view);
      head.draw(view);
    },
    paint: six.paint,
  };
}
