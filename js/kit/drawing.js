// The LSTM drawing as lstm_edu/drawing/svg.py draws it, from the same geometry and style, for widgets that move it.
// Here nodes can be pressed, edges lit and values changed; no position, path or word of its own.
import "../../lstm_edu/drawing/drawing.css";
import plan from "../../lstm_edu/drawing/geometry.json";
import { svg } from "./dom.js";

const OUTWARD = { left: [-1, 0], right: [1, 0], top: [0, -1], bottom: [0, 1] };
const CLASSES = { letter: "lstm-letter", variable: "lstm-italic", function: "", operation: "", note: "lstm-italic" };

/** The nodes that one turn computes in this state, in order; the first is where x, h and c come in. */
export const flow = (state) => plan.states[state].flow;

/** What is said of a state: { title }. */
export const words = (state) => plan.states[state];

/**
 * One state -> { element, nodes, edges, print }
 * nodes: name -> its <g>; edges: [{ from, to, kind, element, line }], from and to node names, line the <path>.
 * print(name, value) writes a value beside its node, 3 significant digits; null takes it away.
 */
export function drawing(state) {
  const here = (part) => part.states.includes(state);
  const roleOf = (part) => `lstm-${part[state]?.role ?? part.role}`;
  const edges = plan.edges.filter(here).map((edge) => {
    const { line, rest } = edgeShapes(edge);
    const element = svg("g", { class: roleOf(edge) }, line, ...rest);
    return { from: edge.from.split(".")[0], to: edge.to.split(".")[0], kind: edge.kind, element, line };
  });
  const nodes = {};
  for (const [name, node] of Object.entries(plan.nodes)) {
    if (!here(node)) continue;
    const labels = plan.labels.filter((label) => label.of === name && here(label)).map(labelText);
    nodes[name] = svg("g", { class: roleOf(node), "data-node": name }, ...shapes(node), ...labels);
  }
  const values = {};
  for (const [name, place] of Object.entries(plan.values)) {
    if (!here(place)) continue;
    values[name] = svg("text", { class: "lstm-number", ...at(place, plan.sizes.value), "data-value": name });
    nodes[place.of].append(values[name]);
  }
  const print = (name, value) => {
    const text = value === null ? "" : threeDigits(value);
    values[name].textContent = text;
    const fits = 0.556 * plan.sizes.value * text.length <= plan.values[name].room; // as svg.py measures it
    if (fits) values[name].removeAttribute("textLength");
    else set(values[name], { textLength: plan.values[name].room, lengthAdjust: "spacingAndGlyphs" });
  };
  const element = svg(
    "svg",
    { class: "lstm-drawing", viewBox: plan.view.join(" ") },
    rect("lstm-card", plan.view, plan.radius.card),
    ...plan.panels.filter(here).map((panel) => rect("lstm-panel", panel.box, plan.radius.panel)),
    svg("g", { class: "lstm-edges" }, ...edges.map((edge) => edge.element)),
    ...Object.values(nodes),
  );
  return { element, nodes, edges, print, has: (name) => name in values };
}

/** The box of a node, [x, y, width, height]. */
export const boxOf = (name) => plan.nodes[name].box;

export const isDot = (name) => plan.nodes[name].kind === "dot";
export const isEnd = (name) => plan.nodes[name].kind === "end";

/** 3 significant digits as the drawing prints them: 0.500, −1.24, 2.06e−9. */
export function threeDigits(value) {
  const small = value !== 0 && Math.abs(value) < 0.001;
  const text = small ? value.toExponential(2) : (value + 0).toPrecision(3); // + 0 turns -0 into 0
  return text.replace("e+", "e").replaceAll("-", "−");
}

// --- nodes ---------------------------------------------------------------------------------------------------------

const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
};
const rect = (kind, [x, y, width, height], radius) => svg("rect", { class: kind, x, y, width, height, rx: radius });
const short = (value) => Number(value.toPrecision(6)); // as Python's :g

function shapes({ kind, box }) {
  const [x, y, width, height] = box;
  const radius = width / 2;
  if (kind === "end") return [rect("lstm-end", box, height / 2)];
  if (kind === "layer") return [rect("lstm-layer", box, plan.radius.layer)];
  const middle = { cx: short(x + radius), cy: short(y + radius), r: short(radius) };
  if (kind === "dot") return [svg("circle", { class: "lstm-dot", ...middle })];
  const circle = svg("circle", { class: "lstm-operation", ...middle });
  const sign = signPath(kind, x + radius, y + radius, 0.5 * radius);
  return sign ? [circle, svg("path", { class: "lstm-sign", d: sign })] : [circle];
}

function signPath(kind, x, y, arm) {
  if (kind === "plus") return `M${x - arm} ${y}h${2 * arm}M${x} ${y - arm}v${2 * arm}`;
  if (kind !== "times") return "";
  const [reach, across] = [0.8 * arm, short(1.6 * arm)];
  const left = short(x - reach);
  return `M${left} ${short(y - reach)}l${across} ${across}` + `M${left} ${short(y + reach)}l${across} ${-across}`;
}

// --- edges ---------------------------------------------------------------------------------------------------------

function port(name) {
  const [node, side] = name.split(".");
  return [plan.nodes[node].ports[side], OUTWARD[side]];
}

function edgeShapes(edge) {
  const [start] = port(edge.from);
  const [tip, [outX, outY]] = port(edge.to);
  let end = tip;
  const rest = [];
  if (edge.arrow) {
    const [length, half] = plan.arrow[edge.kind];
    const [x, y] = [tip[0] + length * outX, tip[1] + length * outY];
    const [dx, dy] = [half * outY, half * outX];
    const head = `M${tip[0]} ${tip[1]}L${short(x + dx)} ${short(y + dy)}L${short(x - dx)} ${short(y - dy)}Z`;
    rest.push(svg("path", { class: "lstm-arrow", d: head }));
    end = [tip[0] + 0.9 * length * outX, tip[1] + 0.9 * length * outY]; // the line stops inside the head
  }
  const [along, across] = plan.chevron;
  for (const [x, y] of edge.chevrons ?? []) {
    const d = `M${short(x - along / 2)} ${short(y - across)}l${along} ${across}l${-along} ${across}`;
    rest.push(svg("path", { class: "lstm-chevron", d }));
  }
  const line = svg("path", { class: `lstm-edge lstm-edge-${edge.kind}`, d: path([start, ...edge.via, end]) });
  return { line, rest };
}

/** Through the points, corners rounded. Every segment is level or upright. */
function path([first, ...rest]) {
  const pair = ([x, y]) => `${short(x)} ${short(y)}`;
  let steps = `M${pair(first)}`;
  let from = first;
  for (let k = 0; k + 1 < rest.length; k++) {
    const before = towards(rest[k], from);
    from = towards(rest[k], rest[k + 1]);
    steps += `L${pair(before)}Q${pair(rest[k])} ${pair(from)}`;
  }
  return `${steps}L${pair(rest.at(-1))}`;
}

function towards([x, y], [goalX, goalY]) {
  const part = plan.corner / (Math.abs(goalX - x) + Math.abs(goalY - y)); // one of the two is 0
  return [x + part * (goalX - x), y + part * (goalY - y)];
}

// --- texts ---------------------------------------------------------------------------------------------------------

const at = ({ at: [x, y], anchor }, size) => ({ x, y, "font-size": size, "text-anchor": anchor });

function labelText(label) {
  const sub = label.sub && svg("tspan", { dy: plan.drop, "font-size": plan.sizes.subscript }, label.sub);
  return svg("text", { class: CLASSES[label.style], ...at(label, plan.sizes[label.style]) }, label.text, sub);
}
