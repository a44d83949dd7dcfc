// The row as it reaches the network: a chip for each id, and those that were cut away. Zeros stand before all words or
// behind all of them, and a text that is cut leaves room for none.
import say from "words:padding_lab";
import { html, put, scroll, short } from "../../kit/dom.js";
import { remember } from "../../kit/remember.js";

const STRETCH = 50; // chips that are laid out together
const MOST = 1000; // chips; of a longer text those at the other end are counted only
const EACH = 12; // zeros that get a chip each
const START = "<start>"; // as imdb.decode names them
const ZERO = "<pad>";

/** -> { element, draw(state), reveal(state): scrolls to where the text was cut } */
export function row() {
  const [before, behind] = [zeros(), zeros()];
  const stretches = html("div", { className: "padding-stretches" });
  const more = html("p", { className: "padding-more" });
  const element = scroll(say("row.label"), before.element, stretches, behind.element);
  element.classList.add("padding-row");
  const made = [];
  let spelled;

  function spell(tokens) {
    while (made.length > tokens.length) drop();
    while (made.length < tokens.length) add();
    tokens.forEach(({ typed, id, known }, k) => {
      const { word, number, element } = made[k];
      put(word, typed === "" ? START : short(typed));
      put(number, id === null ? "\u00a0" : String(id));
      element.classList.toggle("padding-unknown", !known);
    });
  }

  function add() {
    if (made.length % STRETCH === 0) stretches.append(html("div", { className: "padding-stretch" }));
    const one = chip("padding-word");
    stretches.lastChild.append(one.element);
    made.push(one);
  }

  function drop() {
    made.pop().element.remove();
    if (made.length % STRETCH === 0) stretches.lastChild.remove();
  }

  /** Which tokens have a chip: from this one on MOST, at the end that the row keeps. */
  const windowOf = ({ tokens, rows }) => (rows.truncating === "pre" ? Math.max(0, tokens.length - MOST) : 0);
  const shownOf = remember((tokens, from) => tokens.slice(from, from + MOST));

  return {
    element: html("div", {}, element, more),
    draw(state) {
      const { tokens, place, rows } = state;
      const from = windowOf(state);
      const shown = shownOf(tokens, from);
      if (shown !== spelled) spell(shown);
      spelled = shown;
      made.forEach((one, k) => {
        const kind = kindOf(k + from, place, tokens.length);
        if (kind !== one.kind) one.element.dataset.kind = kind;
        one.kind = kind;
      });
      before.draw(place.before, rows.mask);
      behind.draw(place.behind, rows.mask);
      const left = tokens.length - shown.length;
      put(more, left ? say("row.more", { n: left }) : "");
      more.hidden = !left;
    },
    reveal(state) {
      const { place, tokens } = state;
      const edge = place.from ? place.from : place.to < tokens.length ? place.to - 1 : null;
      const one = made[edge - windowOf(state)];
      if (edge === null || !one) return;
      const room = element.getBoundingClientRect();
      const { top, bottom } = one.element.getBoundingClientRect();
      if (top < room.top || bottom > room.bottom) element.scrollTop += (top + bottom - room.top - room.bottom) / 2;
    },
  };
}

/** "kept", "cut", or at which edge of what is kept the text was cut: "first" or "last". */
function kindOf(k, { from, to }, count) {
  if (k < from || k >= to) return "cut";
  if (k === from && from) return "first";
  return k === to - 1 && to < count ? "last" : "kept";
}

function chip(className) {
  const word = html("bdi");
  const number = html("span");
  return { element: html("span", { className: `padding-chip ${className}` }, word, number), word, number, kind: "" };
}

/** The zeros on one side: a chip each, or one for all of them. */
function zeros() {
  const element = html("div", { className: "padding-zeros" });
  const made = [];
  return {
    element,
    draw(n, skipped) {
      const wanted = n > EACH ? 1 : n;
      while (made.length > wanted) made.pop().element.remove();
      while (made.length < wanted) {
        made.push(chip("padding-zero"));
        element.append(made.at(-1).element);
      }
      for (const { word, number } of made) {
        put(word, n > EACH ? `${n} × ${ZERO}` : ZERO);
        put(number, skipped ? say("row.skipped") : "0");
      }
      element.classList.toggle("padding-skipped", skipped);
      element.hidden = !n;
    },
  };
}
