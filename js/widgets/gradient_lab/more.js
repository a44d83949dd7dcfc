// Behind "more": what few readers move, and every number; written only while it is open.
import say from "words:gradient_lab";
import { html, scroll, tick } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { brief } from "./told.js";

/** rest: the controls that stand here -> { element, draw(view) } */
export function more(w, { rest }) {
  const axis = tick({ label: say("axis.ordinary"), value: false, input: (yes) => w.set({ log: !yes }) });
  const place = html("div");
  const sheetPlace = scroll(say("table.summary"), place);
  sheetPlace.classList.add("lab-numbers");
  const element = html(
    "details",
    { ontoggle: w.draw },
    html("summary", {}, say("more")),
    html("div", { className: "lab-controls" }, ...rest, axis.element),
    html("p", { className: "lab-note" }, say("about")),
    sheetPlace,
  );
  let sheet = null;
  let heads = "";
  return {
    element,
    draw({ curves, at, tokens, log }) {
      axis.set(!log);
      if (!element.open) return;
      const names = [
        say(tokens ? "table.words_before" : "table.before"),
        ...curves.map(({ name }) => say(`curve.${name}`)),
      ];
      if (heads !== names.join()) {
        heads = names.join();
        sheet = table(names);
        place.replaceChildren(sheet.element);
      }
      sheet.draw(Array.from({ length: at + 1 }, (_, n) => [n, ...curves.map(({ values }) => brief(values[at - n]))]));
    },
  };
}
