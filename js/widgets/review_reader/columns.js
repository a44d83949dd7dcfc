// A column for each word: the word, its piece of the curve, and its square of colour. They fill lines as a text does, and
// the curve goes on from line to line. All of them are one slider: the arrow keys go from word to word.
import say from "words:review_reader";
import { barOf, shareOf } from "../../kit/chip_bar.js";
import { html, number, put, short, svg } from "../../kit/dom.js";
import { limits, tints } from "../../kit/map_colours.js";

const STRETCH = 50; // words that are laid out together, and only while they are in sight

/** act: { now(), go(step) } -> { element, draw(view), reveal() } */
export function columns(act) {
  const axis = html(
    "span",
    { className: "reader-axis", ariaHidden: "true" },
    ...["1", "½", "0", "c"].map((mark) => html("span", {}, mark)),
  );
  const dot = html("i", { className: "reader-dot" });
  const element = html("div", {
    className: "reader-words",
    role: "slider",
    tabIndex: 0,
    ariaLabel: say("words.label"),
  });
  element.setAttribute("aria-valuemin", 0);
  const firstStretch = html("div", { className: "reader-stretch" }, axis);
  element.append(firstStretch);
  const made = []; // { element, word, curve, line, area, strip, ...what is drawn }
  let spelled = null;
  let chosen = null;
  let revealed = null;

  element.onclick = ({ target }) => {
    const column = target.closest(".reader-column");
    if (column) act.go(made.findIndex(({ element }) => element === column));
  };
  element.onkeydown = (event) => {
    const { step, tokens } = act.now();
    const last = tokens.length - 1;
    const [back, next] = [Math.max(0, step - 1), Math.min(last, step + 1)];
    const to = { ArrowLeft: back, ArrowDown: back, ArrowRight: next, ArrowUp: next, Home: 0, End: last }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act.go(to);
  };

  function add(one) {
    if (made.length && made.length % STRETCH === 0) element.append(html("div", { className: "reader-stretch" }));
    element.lastChild.append(one.element);
    made.push(one);
  }

  function drop({ element: gone }) {
    const stretch = gone.parentNode;
    gone.remove();
    if (stretch !== firstStretch && !stretch.firstChild) stretch.remove();
  }

  function spell({ tokens, offset }) {
    while (made.length < tokens.length) add(column());
    while (made.length > tokens.length) drop(made.pop());
    tokens.forEach(({ typed, known }, k) => {
      put(made[k].word, k < offset ? say("words.start") : short(typed));
      made[k].element.classList.toggle("reader-start", k < offset);
      made[k].element.classList.toggle("reader-unknown", !known);
    });
  }

  function draw(view) {
    const { tokens, step, reading, unit, H } = view;
    if (tokens !== spelled) spell(view);
    spelled = tokens;
    const c = Array.from(tokens, (_, t) => reading?.c[t * H + unit] ?? 0);
    const limit = limits("c", c)[1];
    const colour = tints("c");
    made.forEach((one, t) => {
      curveOf(one, reading?.p, t);
      stripOf(one, shareOf(c[t], limit), colour);
    });
    choose(made[step], reading?.p[step]);
    element.setAttribute("aria-valuemax", Math.max(tokens.length - 1, 0));
    element.setAttribute("aria-valuenow", step);
    element.setAttribute("aria-valuetext", spokenOf(view));
  }

  function choose(column, p) {
    if (column !== chosen) {
      chosen?.element.classList.remove("reader-chosen");
      column?.element.classList.add("reader-chosen");
      column?.curve.append(dot);
      chosen = column;
    }
    dot.hidden = p === undefined;
    dot.style.top = `${100 * (1 - p)}%`;
  }

  return {
    element,
    draw,
    /** Scrolls the words, and not the page, until the chosen one is seen. */
    reveal() {
      const first = revealed === null; // a text is read from its beginning
      if (!chosen || chosen === revealed) return;
      revealed = chosen;
      if (first) return;
      const room = element.getBoundingClientRect();
      const { top, bottom } = chosen.element.getBoundingClientRect();
      element.scrollTop += Math.min(top - room.top, 0) + Math.max(bottom - room.bottom, 0);
    },
  };
}

function column() {
  const word = html("bdi", { className: "reader-word" });
  const [area, line] = ["area", "line"].map((name) => svg("path", { class: `reader-${name}` }));
  const picture = svg("svg", { viewBox: "0 0 2 1", preserveAspectRatio: "none" }, area, line);
  const curve = html("span", { className: "reader-curve" }, picture);
  const strip = html("span", { className: "reader-strip" });
  const element = html("span", { className: "reader-column" }, word, curve, strip);
  return { element, word, area, line, curve, strip, shape: "", long: 0, tint: "" };
}

/** From the middle between this word's P and the one before, through it, to the middle between it and the next. */
function curveOf(one, p, t) {
  const down = (value) => Math.round(1e3 * (1 - value)) / 1e3;
  const shape = p
    ? `M0 ${down((p[t] + (p[t - 1] ?? p[t])) / 2)}L1 ${down(p[t])}L2 ${down((p[t] + (p[t + 1] ?? p[t])) / 2)}`
    : "";
  if (shape === one.shape) return;
  one.shape = shape;
  one.line.setAttribute("d", shape);
  one.area.setAttribute("d", shape && `${shape}V0.5H0Z`);
}

/** The colour, and a bar from the middle, to the right above 0 and to the left below. */
function stripOf(one, share, colour) {
  const long = 2 * Math.round(50 * share);
  const tint = colour.of(share);
  if (long !== one.long) one.strip.style.backgroundImage = barOf(long);
  if (tint !== one.tint) one.strip.style.backgroundColor = tint;
  Object.assign(one, { long, tint });
}

function spokenOf({ tokens, offset, step, reading }) {
  const word = step < offset ? say("words.start") : short(tokens[step].typed);
  return reading ? say("words.value", { word, p: number(reading.p[step]) }) : say("words.value_unread", { word });
}
