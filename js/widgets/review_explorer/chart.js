// The curve of the prediction, the large map, what the units push, and the words' names: one picture over the words.
import say from "words:review_explorer";
import { html, put, short } from "../../kit/dom.js";
import { sizeOf } from "../../kit/size.js";
import { curve } from "./curve.js";
import { heatmap } from "./heatmap.js";
import { pushes } from "./pushes.js";

const NAMED = 11; // pixels that a word needs for its name

/** -> { element, map: the large map's element, draw(view) } */
export function chart(w, act) {
  const line = curve(act);
  const map = heatmap(act);
  const push = pushes();
  const pushName = html("div", { className: "review-push-name", ariaHidden: "true" }, say("maps.push"));
  const names = html("div", { className: "review-names", ariaHidden: "true" });
  const unit = html("b");
  const row = html("span", { className: "review-row" }, ...say.pieces("maps.unit", { unit }));
  const axis = (...marks) => html("div", { className: "review-axis", ariaHidden: "true" }, ...marks);
  const size = sizeOf(map.element, w);
  let spelled = null;

  function drawNames({ tokens, offset, reading }) {
    names.hidden = !(size().width / reading.T >= NAMED);
    if (names.hidden || spelled === tokens) return;
    spelled = tokens;
    names.style.gridTemplateColumns = `repeat(${reading.T}, 1fr)`;
    names.replaceChildren(
      ...tokens.map(({ typed }, k) => html("bdi", { dir: "ltr" }, k < offset ? say("chips.start") : short(typed))),
    );
  }

  const element = html(
    "div",
    { className: "review-chart" },
    axis(...["1", "½", "0"].map((mark) => html("span", {}, mark))),
    line.element,
    pushName,
    axis(row),
    map.element,
    push.element,
    names,
  );

  return {
    element,
    map: map.element,
    draw(view) {
      line.draw(view);
      map.draw(view, size());
      push.draw(view);
      pushName.hidden = Boolean(view.network && !view.reading.dense); // others stand between the units and the answer
      element.classList.toggle("review-no-push", pushName.hidden);
      row.hidden = !view.reading.T;
      put(unit, String(view.at.unit));
      row.style.top = `${(100 * (view.order.indexOf(view.at.unit) + 0.5)) / view.H}%`;
      drawNames(view);
    },
  };
}
