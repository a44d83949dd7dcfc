// The six parts as small maps, side by side: a group of radio buttons, each with its map as a picture.
import say from "words:review_explorer";
import partName from "words:parts";
import { PARTS } from "../../kit/colours.js";
import { html } from "../../kit/dom.js";
import { paint } from "../../kit/map.js";

/** id: a name for the group that no other on the page has. -> { element, draw(view), paint() } */
export function smallMaps(id, choose) {
  const items = PARTS.map((part) => {
    const input = html("input", { type: "radio", name: id, value: part, onchange: () => choose(part) });
    const canvas = html("canvas", { ariaHidden: "true" });
    const label = html(
      "label",
      { className: "review-part", style: `--part: var(--gate-${part}); --part-text: var(--gate-${part}-text)` },
      input,
      html("span", { className: "review-part-name" }, ...named(part)),
      canvas,
    );
    return { part, input, canvas, label };
  });
  const element = html("div", { className: "review-parts", role: "radiogroup", ariaLabel: say("maps.parts") });
  element.append(...items.map(({ label }) => label));
  let view;
  let painted;
  return {
    element,
    draw(next) {
      view = next;
      for (const { part, input } of items) input.checked = part === view.part;
    },
    paint() {
      if (view.paintedAll === painted) return;
      painted = view.paintedAll;
      for (const { part, canvas } of items) {
        canvas.classList.toggle("review-fine", view.reading.T > 100);
        paint(canvas, view.all[part].values, view.order, view.all[part].scale);
      }
    },
  };
}

const named = (part) => say.pieces("maps.part", { part: html("b", {}, part), name: partName(part) });
