// The parts small, and the chosen one large under the curve of the prediction.
import say from "words:review_explorer";
import { html } from "../../kit/dom.js";
import { chart } from "./chart.js";
import { layers } from "./layers.js";
import { mapHead } from "./map_head.js";
import { smallMaps } from "./small_maps.js";

/** -> { element, draw(view), paint() }: paint() what an answer need not wait for */
export function maps(w, act) {
  const six = smallMaps(w.id("part"), act.part);
  const large = chart(w, act);
  const layer = layers(act);
  const head = mapHead(w.speak, act, large.map);
  const push = html("span", {}, say("maps.push_hint"), " ");
  const hint = html("p", { className: "review-hint" }, push, say("maps.hint"));
  return {
    element: html("div", { className: "review-maps" }, layer.element, six.element, head.element, large.element, hint),
    draw(view) {
      layer.draw(view);
      six.draw(view);
      push.hidden = Boolean(view.network && !view.reading.dense);
      large.draw(view);
      head.draw(view);
    },
    paint: six.paint,
  };
}
