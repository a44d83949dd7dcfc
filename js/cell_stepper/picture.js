// The drawing of the stage: nodes are buttons, what has been computed has its colour, the rest is faded.
import { html, svg } from "../core/dom.js";
import { boxOf, drawing, flow, isDot, isEnd, words } from "../core/drawing.js";

const TARGET = 42; // a node is at least as large to the mouse: 24 pixels on the smallest screen
const OPENS = { c: () => "plus", h: (stage) => flow(stage).at(-1) }; // what the ends show is computed by another node
const NAMES = {
  x: "x, the input",
  h_prev: "h, the last output",
  c_prev: "c, the last belt",
  f: "f, forget gate",
  f_times_c: "f times c",
  i: "i, input gate",
  g: "g, candidate",
  i_times_g: "i times g",
  plus: "plus, on the belt",
  o: "o, output gate",
  tanh_c: "tanh of the belt",
  o_times_c: "o times tanh of the belt",
  c: "c, the new belt",
  h: "h, the new output",
};

export function stagePicture({ open, flowing }) {
  const element = html("div", { className: "cell-picture" });
  let stage;
  let made; // the drawing of the stage
  let routes; // part -> the edges that it takes and gives, each with the length before it
  let buttons; // [name, <g>], in order
  let last = {}; // step and turn as last drawn
  let around = false; // h and c go round with the next drawing

  function build(next) {
    stage = next;
    made = drawing(stage);
    routes = Object.fromEntries(flow(stage).map((part) => [part, route(made.edges, part)]));
    const order = ["x", "h_prev", "c_prev", ...flow(stage).slice(1), "c", "h"];
    buttons = order.filter((name) => name in made.nodes).map((name) => [name, made.nodes[name]]);
    buttons.forEach(([name, node], k) => {
      const [x, y, width, height] = boxOf(name);
      const [wide, tall] = [Math.max(width, TARGET), Math.max(height, TARGET)];
      const area = { x: x + (width - wide) / 2, y: y + (height - tall) / 2, width: wide, height: tall, rx: 9 };
      node.prepend(svg("rect", { class: "cell-target", ...area }));
      node.setAttribute("role", "button");
      node.onclick = () => {
        open(opens(name));
        rove(k);
      };
      node.onkeydown = (event) => onKey(event, k);
    });
    rove(0, false);
    made.element.setAttribute("role", "group");
    made.element.setAttribute("aria-label", words(stage).title);
    element.replaceChildren(made.element);
  }

  const opens = (name) => OPENS[name]?.(stage) ?? name;

  /** One stop for Tab; the arrows, Home and End go from node to node. */
  function rove(to, focus = true) {
    buttons.forEach(([, node], k) => node.setAttribute("tabindex", k === to ? 0 : -1));
    if (focus) buttons[to][1].focus();
  }
  function onKey(event, k) {
    const end = buttons.length - 1;
    const goal = {
      ArrowRight: Math.min(k + 1, end),
      ArrowDown: Math.min(k + 1, end),
      ArrowLeft: Math.max(k - 1, 0),
      ArrowUp: Math.max(k - 1, 0),
      Home: 0,
      End: end,
    }[event.key];
    if (goal !== undefined) rove(goal);
    else if (event.key === "Enter" || event.key === " ") open(opens(buttons[k][0]));
    else return;
    event.preventDefault();
  }

  function draw(now) {
    if (now.stage !== stage) {
      build(now.stage);
      last = now;
    }
    const { order, step, part, unit, values, state, x, t } = now;
    const done = new Set(order.slice(0, step + 1).flatMap((name) => [name, ...routes[name].map(({ edge }) => edge)]));
    const all = step === order.length - 1;
    for (const edge of made.edges) {
      edge.element.classList.toggle("lstm-faded", !(edge.kind === "return" ? all : done.has(edge)));
    }
    for (const [name, node] of Object.entries(made.nodes)) {
      const on = ({ kind, from, to }) => kind !== "return" && (from === name || to === name);
      if (isDot(name)) node.classList.toggle("lstm-faded", !made.edges.some((edge) => on(edge) && done.has(edge)));
    }
    const before = { x: x.length === 1 ? x[0] : null, h_prev: state.h[unit], c_prev: state.c[unit] };
    const shown = (name) => (name in before ? before[name] : values[name][unit]);
    const prints = { plus: "c", [order.at(-1)]: "h" };
    for (const [name, node] of buttons) {
      const known = name in before || done.has(opens(name));
      node.classList.toggle("lstm-faded", !known);
      node.setAttribute("aria-pressed", opens(name) === part);
      const value = prints[name] ?? name;
      const has = known && made.has(value) && (value in before || value in values);
      const text = has && shown(value) !== null ? `: ${shown(value).toFixed(3)}` : "";
      const called = stage === "loop" && name === "g" ? "h, the layer" : NAMES[name];
      node.setAttribute("aria-label", `${called}${known ? text : ", not yet computed"}`);
      if (made.has(name)) made.print(name, has ? shown(name) : null);
    }
    if (step > last.step && stage === last.stage) flowing(made.element, routes[order[step]]);
    if (around)
      flowing(
        made.element,
        made.edges.filter(({ kind }) => kind === "return").map((edge) => ({ edge, from: 0 })),
      );
    around = false;
    last = { step, stage, t };
  }

  return { element, draw, round: () => (around = true) };
}

/** The edges that bring a part what it needs, through dots back to where it comes from, and that bring what it makes to
 * the ends: [{ edge, from }], from the length that lies before the edge. */
function route(edges, part) {
  const found = new Map();
  const lengthOf = (edge) => edge.line.getTotalLength();
  const into = (name) => {
    let longest = 0;
    for (const edge of edges.filter((edge) => edge.to === name && edge.kind !== "return")) {
      const from = isDot(edge.from) ? into(edge.from) : 0;
      found.set(edge, from);
      longest = Math.max(longest, from + lengthOf(edge));
    }
    return longest;
  };
  const outOf = (name, from) => {
    let reaches = false;
    for (const edge of edges.filter((edge) => edge.from === name && edge.kind !== "return")) {
      const on = from + lengthOf(edge);
      if (isEnd(edge.to) || (isDot(edge.to) && outOf(edge.to, on))) {
        found.set(edge, from);
        reaches = true;
      }
    }
    return reaches;
  };
  if (isEnd(part)) return [];
  outOf(part, into(part));
  return [...found].map(([edge, from]) => ({ edge, from }));
}
