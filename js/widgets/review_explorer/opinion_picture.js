import say from "words:review_explorer";
import { ticks } from "../../kit/axis.js";
import { number, put, short, svg } from "../../kit/dom.js";

const ROW = 18; // pixels of a word
const HEAD = 22; // of the axis above
const EDGE = 14;
const POINT = 4; // of an arrow

/** act: { go(step) } -> { elements: the axis and the rows, draw(view, rest: of js/numbers/resting.js, width in pixels) } */
export function opinionPicture(act) {
  const scale = svg("g");
  const axis = svg("svg", { height: HEAD, "aria-hidden": "true" }, scale);
  const chosen = svg("rect", { x: 0, width: "100%", height: ROW });
  const lines = Object.fromEntries(
    ["zero", "average", "padding", "path", "arrows"].map((name) => [name, svg("path", { class: `review-${name}` })]),
  );
  const words = svg("g", { "text-anchor": "end" });
  const rows = svg("svg", { role: "img" }, chosen, ...Object.values(lines), words);
  let drawn = [];

  rows.onclick = (event) => act.go(Math.floor((event.clientY - rows.getBoundingClientRect().top) / ROW));

  /** The words in front of their rows; only what is another word is written anew. */
  function spell({ tokens, offset }, left) {
    const texts = words.children;
    while (texts.length > tokens.length) texts[texts.length - 1].remove();
    while (texts.length < tokens.length) words.append(svg("text", { y: (texts.length + 0.7) * ROW }));
    tokens.forEach(({ typed }, k) => put(texts[k], k < offset ? say("chips.start") : cut(short(typed), left)));
    words.setAttribute("transform", `translate(${left - 6})`);
  }

  return {
    elements: [axis, rows],
    draw(view, rest, width) {
      const { reading, tokens, step } = view;
      chosen.setAttribute("y", step * ROW);
      const key = [reading, tokens, rest, width];
      if (key.every((value, k) => value === drawn[k])) return;
      drawn = key;
      const { T, logit, start, lead } = reading;
      const { average, padding } = rest ?? { average: [], padding: null };
      const places = [...average, ...(padding === null ? [] : [padding])];
      const [low, high] = [
        Math.min(-1, ...places, start.logit, ...logit),
        Math.max(1, ...places, start.logit, ...logit),
      ];
      const left = Math.min(110, 0.28 * width);
      const wide = width - left - 2 * EDGE;
      const x = (value) => Math.round(10 * (left + EDGE + (wide * (value - low)) / (high - low))) / 10;
      const upright = (values) => values.map((value) => `M${x(value)} 0V${T * ROW}`).join("");
      const marks = ticks(low, high, Math.max(1, (48 * (high - low)) / wide));
      rows.setAttribute("height", T * ROW);
      rows.setAttribute(
        "aria-label",
        say("opinion.picture", { n: T, from: number(start.logit, 2), to: number(logit[lead ? 0 : T - 1], 2) }),
      );
      scale.replaceChildren(
        ...marks.map((mark) => svg("text", { x: x(mark), y: HEAD - 6, "text-anchor": "middle" }, number(mark, 0))),
      );
      lines.zero.setAttribute("d", upright([0]));
      lines.average.setAttribute("d", upright(average));
      lines.padding.setAttribute("d", upright(padding === null ? [] : [padding]));
      const ends = (lead ? [...logit, start.logit] : [start.logit, ...logit]).map(x); // at the edges of the rows
      lines.path.setAttribute(
        "d",
        `M${ends[0]} 0${ends
          .slice(1)
          .map((to) => `v${ROW / 2}H${to}v${ROW / 2}`)
          .join("")}`,
      );
      lines.arrows.setAttribute(
        "d",
        Array.from({ length: T }, (_, t) => arrow(ends[t + lead], ends[t + 1 - lead], (t + 0.5) * ROW)).join(""),
      );
      spell(view, left);
    },
  };
}

/** From one place to another; a move that is hardly one is a dot. */
function arrow(from, to, y) {
  const back = Math.min(POINT, Math.abs(to - from)) * Math.sign(from - to);
  if (Math.abs(to - from) < 1) return `M${to - 1} ${y}h2`;
  return `M${from} ${y}H${to}m${back} ${-POINT}L${to} ${y}l${back} ${POINT}`;
}

/** A word that has too little room ends with dots. */
const cut = (word, left) => {
  const most = Math.floor(left / 7.5);
  return word.length > most ? `${[...word].slice(0, most - 1).join("")}…` : word;
};
