// The row of steps, one tab stop: each step a button, its colour how much of the slope is left there. The step that is
// chosen, or under the mouse, is the one after which the answer is asked. A text's words stand as they are read.
import say from "words:gradient_lab";
import { role } from "../../kit/colours.js";
import { button, html, put } from "../../kit/dom.js";
import { symbol } from "../../kit/symbols.js";
import { LEFT, LINES, RIGHT } from "./lines.js";
import { brief, wordOf } from "./told.js";

const FINE = 40; // more steps than this stand without a gap: a column may be two pixels wide

/** act: { go(step), hover(step or null) } -> { element, draw(view), name() }: name says each step's numbers to a screen reader */
export function steps(act) {
  const names = html("div", { className: "lab-names", ariaHidden: "true" });
  const signs = { flag: sign("flag"), bell: sign("bell") };
  const list = html("div", { className: "lab-chips", role: "toolbar", ariaLabel: say("chips.label") });
  const above = html("div", { className: "lab-signs", ariaHidden: "true" }, signs.flag, signs.bell);
  const element = html("div", { className: "lab-steps" }, above, names, list);
  element.style.setProperty("--left", `${LEFT}px`);
  element.style.setProperty("--right", `${RIGHT}px`);
  let view;
  let built = ""; // what the buttons were made for
  let chips = [];
  let rows; // of each cell, what is left at each step

  const stepOf = ({ target }) => chips.findIndex((chip) => chip.element === target.closest("button"));
  list.onclick = (event) => stepOf(event) >= 0 && act.go(stepOf(event));
  list.onpointermove = (event) => {
    const step = stepOf(event);
    if (event.pointerType === "mouse" && step >= 0 && step !== view.at) act.hover(step);
  };
  list.onpointerleave = () => act.hover(null);
  list.onkeydown = (event) => {
    const [at, last] = [stepOf(event), view.T - 1]; // from the focus: two keys may come within one frame
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const step = Math.min(Math.max(to, 0), last);
    chips[step].element.focus();
    act.go(step);
  };

  function build() {
    const { T, kinds, tokens } = view;
    const key = JSON.stringify([kinds, tokens?.map(wordOf)]);
    if (key !== built) {
      built = key;
      chips = [];
      list.replaceChildren();
      names.replaceChildren(...kinds.map((kind) => html("span", {}, say(`short.${kind}`))));
    }
    while (chips.length > T) chips.pop().element.remove();
    while (chips.length < T) {
      chips.push(chip(view, chips.length));
      list.append(chips.at(-1).element);
    }
    element.classList.toggle("lab-words", Boolean(tokens));
    element.classList.toggle("lab-fine", !tokens && T > FINE);
  }

  return {
    element,
    draw(next) {
      view = next;
      element.hidden = view.waits;
      if (view.waits) return;
      build();
      rows = view.kinds.map((kind) => view.curves.find((curve) => curve.name === kind).shares);
      const most = rows.map((shares) => Math.max(1, ...shares.filter(Number.isFinite)));
      chips.forEach((one, t) => drawChip(one, view.at, t, rows, most));
      name(chips[view.at], view, view.at, rows);
      const place = (one, t) => (one.style.left = `${(100 * (t + 0.5)) / view.T}%`);
      place(signs.flag, 0);
      place(signs.bell, view.at);
    },
    name: () => view.waits || chips.forEach((one, t) => name(one, view, t, rows)),
  };
}

const sign = (name) => html("span", { className: `lab-sign lab-${name}` }, symbol(name), html("b", {}, say(name)));

/** One step: a band for each cell, and for a word the word and a number. */
function chip({ kinds, tokens }, t) {
  const bands = kinds.map((kind) => ({
    element: html("span", { className: "lab-band" }),
    colour: role(LINES[kind].role).mark,
    alpha: "",
  }));
  const number = tokens ? html("small") : null;
  const word = tokens ? html("bdi", {}, wordOf(tokens[t])) : null;
  const element = button("", null, { className: "lab-chip", tabIndex: -1 });
  element.append(...bands.map((band) => band.element), ...[word, number].filter(Boolean));
  return { element, bands, number, name: "", place: "" };
}

/** What is seen of a step; what did not change is left alone. */
function drawChip(chip, at, t, rows, most) {
  const after = t > at;
  chip.bands.forEach((band, k) => {
    const alpha = after ? "00" : alphaOf(rows[k][t] / most[k]);
    if (band.alpha === alpha) return;
    band.alpha = alpha;
    band.element.style.backgroundColor = band.colour + alpha;
  });
  if (chip.number) put(chip.number, after ? "\u2013" : brief(rows[0][t]));
  const place = after ? "after" : t === at ? "asked" : "before";
  if (place === chip.place) return;
  chip.place = place;
  chip.element.dataset.place = place;
  chip.element.tabIndex = place === "asked" ? 0 : -1;
  if (place === "asked") chip.element.setAttribute("aria-current", "step");
  else chip.element.removeAttribute("aria-current");
}

/** How much of the colour stands there, as its last two digits; none for what is no number. */
const alphaOf = (share) =>
  Number.isFinite(share)
    ? Math.round(255 * share)
        .toString(16)
        .padStart(2, "0")
    : "00";

function name(chip, { at, kinds, tokens, T }, t, rows) {
  const place = tokens ? say("chips.word", { word: wordOf(tokens[t]) }) : say("chips.step", { t, last: T - 1 });
  const share = (kind, k) => say("chips.share", { name: say(`cell.${kind}`), share: brief(rows[k][t]) });
  const key = t > at ? "after" : t === at ? "asked" : "before";
  const text = say(`chips.${key}`, { place, shares: t > at ? "" : kinds.map(share).join(", ") });
  if (text !== chip.name) chip.element.setAttribute("aria-label", text);
  chip.name = text;
}
