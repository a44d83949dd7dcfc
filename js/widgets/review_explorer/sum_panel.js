// The sum behind the chosen square: what came from the word, from memory and from the bias, term by term.
import say from "words:review_explorer";
import partName from "words:parts";
import { looksLike } from "../../kit/colours.js";
import { html, number } from "../../kit/dom.js";
import { terms } from "../../numbers/network.js";
import { bar } from "./bar.js";
import { wordName } from "./names.js";
import { squareLinks } from "./square_links.js";
import { termTable } from "./term_table.js";

const CURVES = { sigmoid: "σ", tanh: "tanh" };

/** act: { go(step, unit, part) }: opens another square.  -> { element, spoken(), draw(view) } */
export function sumPanel(act) {
  const head = html("p", { className: "review-equation" });
  const sums = html("div", { className: "review-sums" });
  const total = html("p", { className: "review-total" });
  const list = termTable();
  const ways = html("div", { className: "belt-row" });
  let found = null;
  let drawn = "";

  function clear(text) {
    head.textContent = text;
    for (const box of [sums, total, ways]) box.replaceChildren();
    list.clear();
    drawn = "";
  }

  return {
    element: html("div", {}, head, sums, total, list.element, list.more, ways),
    /** The sum in words, for a screen reader. */
    spoken: () =>
      found ? [head, ...(sums.hidden ? [] : [sums]), total].map(({ textContent }) => textContent).join(". ") : "",
    draw({ network, reading, part, step, unit, tokens, offset }) {
      if (!network || !reading.T) return clear(say(network ? "no_word" : "sum.waiting"));
      const key = [network.place, part, step, unit].join();
      if (drawn === key && found?.reading === reading) return;
      drawn = key;
      found = { ...terms(network, reading, part, step, unit), reading };
      head.replaceChildren(
        ...say.pieces("sum.value", {
          part: html("b", { className: "review-letter", style: `color: var(--gate-${looksLike(part)}-text)` }, part),
          unit,
          name: partName(part),
          word: html("bdi", {}, wordName(tokens, step, offset)),
          value: html("output", {}, number(found.value, 6)),
        }),
      );
      sums.hidden = !found.curve; // there the terms are few, and all that there is
      sums.replaceChildren(...(sums.hidden ? [] : groups(found.sums)));
      total.replaceChildren(...added(found));
      list.draw(found);
      ways.replaceChildren(...squareLinks(network, found, act));
    },
  };
}

/** The sums of the groups of terms, each with its bar. */
function groups(sums) {
  const largest = Math.max(...Object.values(sums).map(Math.abs), 1e-9);
  return Object.entries(sums).flatMap(([group, sum]) => [
    html("span", {}, say(`sum.${group}`)),
    html("span", { className: "review-number" }, number(sum, 4)),
    bar(sum / largest),
  ]);
}

function added({ curve, terms, sum, computed, value, held }) {
  const values = {
    n: terms.length,
    sum: exact(sum, { "data-sum": sum }),
    curve: CURVES[curve],
    value: exact(computed, { "data-computed": computed }),
    held: number(value, 2),
  };
  if (curve) return say.pieces(held ? "sum.squashed_held" : "sum.squashed", values);
  return say.pieces(terms.length > 1 ? "sum.added" : "sum.product", values);
}

/** Six digits of a number, and all of them for whoever points at it. */
const exact = (value, properties) => html("output", { ...properties, title: String(value) }, number(value, 6));
