// The first text beside the one above: its words, with colours and bars on the same scale, and its curve.
import say from "words:review_explorer";
import { theme } from "../../kit/colours.js";
import { html, scroll, short } from "../../kit/dom.js";
import { barOf, shareOf } from "../../kit/chip_bar.js";
import { curve } from "./curve.js";
import { marking } from "./marked.js";

/** -> { element, draw(view): while its panel is open } */
export function firstText() {
  const words = scroll(say("difference.words"));
  words.classList.add("review-words");
  const line = curve({ go() {}, point() {} });
  const element = html("div", { className: "review-first" }, words, line.element);
  const marked = marking();
  let drawn = [];
  return {
    element,
    draw({ base, network, mark, marks: { limit }, unit, H, kept }) {
      element.hidden = !base?.tokens.length;
      if (element.hidden) return;
      const { reading, tokens, offset } = base;
      const { values, tints } = marked({ mark, reading, network, unit, H, kept }, null, theme());
      const key = [tokens, values, limit];
      if (key.every((value, k) => value === drawn[k])) return;
      drawn = key;
      words.replaceChildren(
        ...tokens.flatMap(({ typed }, k) => {
          const share = shareOf(values[k], limit);
          const word = html("bdi", { className: "review-word" }, k < offset ? say("chips.start") : short(typed));
          word.style.backgroundImage = barOf(2 * Math.round(50 * share));
          word.style.setProperty("--tint", tints ? tints.of(share) : "");
          return [word, " "];
        }),
      );
      line.draw({ reading, at: { step: reading.T - 1 }, compare: false, against: null });
    },
  };
}
