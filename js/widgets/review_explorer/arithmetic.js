// The sum behind the chosen square: what came from the word, from memory and from the bias, term by term.
import { button, html, number, svg } from "../../kit/dom.js";
import { terms } from "../../numbers/network.js";
import { WORDS } from "./scales.js";
import { wordName } from "./words.js";

const FIRST = 8; // terms shown at once; the rest opens
const SQUASHES = { i: "σ", f: "σ", o: "σ", g: "tanh" };
const HEADS = {
  sum: ["term", "input", "× weight", "= product"],
  gate: ["gate", "lets through", "× what", "= product"],
};
const GROUPS = { word: "from the word", memory: "from memory", bias: "from the bias" };

/**
 * act: { go(step, unit, part) }: opens another square.  -> { element, draw(view) }
 */
export function arithmetic(act) {
  const head = html("p", { className: "review-equation" });
  const sums = html("div", { className: "review-sums" });
  const total = html("p", { className: "review-total" });
  const heads = HEADS.sum.map((text) => html("th", { scope: "col" }, text));
  const rows = html("tbody");
  const list = html(
    "table",
    { className: "review-terms" },
    html("thead", {}, html("tr", {}, ...heads, html("td"))),
    rows,
  );
  const more = button("", () => {
    all = !all;
    fill();
  });
  const ways = html("div", { className: "belt-row" });
  const element = html(
    "div",
    {},
    head,
    sums,
    total,
    html("div", { className: "belt-scroll", tabIndex: 0, role: "region", ariaLabel: "Terms of the sum" }, list),
    more,
    ways,
  );
  let all = false;
  let found = null;
  let view = null;
  let drawn = "";

  function fill() {
    const sorted = [...found.terms].sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
    const widest = Math.max(...sorted.map(({ product }) => Math.abs(product)), 1e-9);
    rows.replaceChildren(
      ...sorted
        .slice(0, all ? sorted.length : FIRST)
        .map((term) =>
          html(
            "tr",
            { "data-product": term.product },
            html("th", { scope: "row" }, ...nameOf(term)),
            html("td", {}, term.group === "bias" ? "" : number(term.input, 4)),
            html("td", {}, number(term.weight, 4)),
            html("td", {}, number(term.product, 4)),
            html("td", {}, bar(term.product / widest)),
          ),
        ),
    );
    more.hidden = sorted.length <= FIRST;
    more.textContent = all ? `Show the largest ${FIRST}` : `Show all ${sorted.length} terms`;
    more.setAttribute("aria-expanded", all);
  }

  function nameOf({ group, name }) {
    const { part } = found;
    if (part === "c") return name === "f" ? ["f, of c before"] : ["i, of g"];
    if (part === "h") return ["o, of tanh(c)"];
    if (group === "bias") return ["bias"];
    return group === "word" ? [`word: embedding ${name}`] : [`memory: h ${name}`];
  }

  /** Buttons to the squares that this one is made of. */
  function links() {
    const { part, step, unit } = found;
    const to = (text, ...square) => button(text, () => act.go(...square));
    if (part === "c")
      ways.replaceChildren(
        ...["f", "i", "g"].map((name) => to(`Open ${name}`, step, unit, name)),
        ...(step ? [to("Open c of the word before", step - 1, unit, "c")] : []),
      );
    else if (part === "h") ways.replaceChildren(to("Open o", step, unit, "o"), to("Open c", step, unit, "c"));
    else {
      const loudest = found.terms
        .filter(({ group }) => group === "memory")
        .reduce((a, b) => (Math.abs(b.product) > Math.abs(a.product) ? b : a));
      ways.replaceChildren(
        ...(step
          ? [to(`Open the loudest of memory: h ${loudest.name}, a word earlier`, step - 1, loudest.name, "h")]
          : []),
      );
    }
  }

  return {
    element,
    /** The sum in words, for a screen reader. */
    spoken: () =>
      found ? [head, ...(sums.hidden ? [] : [sums]), total].map(({ textContent }) => textContent).join(". ") : "",
    draw(next) {
      view = next;
      const { network, reading, part, step, unit, tokens } = view;
      const key = [part, step, unit].join();
      if (!network || !reading.T) {
        head.textContent = network ? "There is no word to look at." : "The sum is there when the model has loaded.";
        for (const box of [sums, total, rows, ways]) box.replaceChildren();
        more.hidden = true;
        drawn = "";
        return;
      }
      if (drawn === key && found?.reading === reading) return;
      drawn = key;
      found = { ...terms(network, reading, part, step, unit), reading };
      const { sum, value, computed, held } = found;
      head.replaceChildren(
        html("b", { className: "review-letter", style: `color: var(--gate-${part}-text)` }, part),
        ` of unit ${unit}, ${WORDS[part]}, at `,
        html("bdi", {}, wordName(tokens, step, view.offset)),
        ": ",
        html("output", {}, number(value, 6)),
      );
      const gated = part === "c" || part === "h"; // there the terms are few, and all that there is
      sums.hidden = gated;
      HEADS[gated ? "gate" : "sum"].forEach((text, k) => (heads[k].textContent = text));
      const largest = Math.max(...Object.values(found.sums).map(Math.abs), 1e-9);
      sums.replaceChildren(
        ...Object.entries(found.sums).flatMap(([group, part]) => [
          html("span", {}, GROUPS[group]),
          html("span", { className: "review-number" }, number(part, 4)),
          bar(part / largest),
        ]),
      );
      const squash = SQUASHES[part];
      const count = found.terms.length;
      total.replaceChildren(
        count > 1 ? `The ${count} terms add up to ` : "The product is ",
        exact(sum, { "data-sum": sum }),
        squash ? `, and ${squash} makes ` : "",
        squash ? exact(computed, { "data-computed": computed }) : "",
        squash ? " of it." : ".",
        held ? ` It is held at ${number(value, 2)} instead.` : "",
      );
      fill();
      links();
    },
  };
}

/** Six digits of a number, and all of them for whoever points at it. */
const exact = (value, properties) => html("output", { ...properties, title: String(value) }, number(value, 6));

/** A bar from the middle: to the right for a share above 0, to the left below. */
export function bar(share) {
  const wide = Math.abs(share) * 50;
  return svg(
    "svg",
    { class: "review-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { x: share < 0 ? 50 - wide : 50, y: 1, width: wide, height: 8 }),
    svg("line", { x1: 50, x2: 50, y1: 0, y2: 10 }),
  );
}
