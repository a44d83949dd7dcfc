// The parts as small maps, side by side: a group of radio buttons, each with its map as a picture.
import say from "words:review_explorer";
import partName from "words:parts";
import { looksLike } from "../../kit/colours.js";
import { html } from "../../kit/dom.js";
import { paint } from "../../kit/map.js";

/** id: a name for the group that no other on the page has. -> { element, draw(view), paint() } */
export function smallMaps(id, choose) {
  const element = html("div", { className: "review-parts", role: "radiogroup", ariaLabel: say("maps.parts") });
  let items = [];
  let shown = null; // the parts that they are of

  function itemOf(part) {
    const input = html("input", { type: "radio", name: id, value: part, onchange: () => choose(part) });
    const canvas = html("canvas", { ariaHidden: "true" });
    const like = looksLike(part);
    const label = html(
      "label",
      { className: "review-part", style: `--part: var(--gate-${like}); --part-text: var(--gate-${like}-text)` },
      input,
      html("span", { className: "review-part-name" }, ...named(part)),
      canvas,
    );
    return { part, input, canvas, label };
  }

  let view;
  let painted;
  return {
    element,
    draw(next) {
      view = next;
      if (view.parts !== shown) {
        shown = view.parts;
        items = shown.map(itemOf);
        element.style.setProperty("--parts", shown.length);
        element.hidden = shown.length < 2; // the large map shows it
        element.replaceChildren(...items.map(({ label }) => label));
        painted = undefined;
      }
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
