// The LSTM drawing for widgets that move it: the shapes that lstm_edu/drawing/shapes.py computed, as elements. Here nodes
// can be pressed, edges lit and values changed.
import "../../lstm_edu/drawing/drawing.css";
import plan from "../../lstm_edu/drawing/shapes.json";
import say from "words:drawing";
import { svg } from "./dom.js";

/** The nodes that one turn computes in this state, in order; the first is where x, h and c come in. */
export const flow = (state) => plan.states[state].flow;

/**
 * One state -> { element, nodes, edges, print, has }
 * nodes: name -> its <g>; edges: [{ from, to, kind, element, line }], from and to node names, line the <path>.
 * print(name, value) writes a value beside its node, 3 decimals; null takes it away. has(name): is it printed?
 */
export function drawing(state) {
  const here = (part) => part.states.includes(state);
  const roleOf = (part) => `lstm-${part[state]?.role ?? part.role}`;
  const edges = plan.edges.filter(here).map(({ from, to, kind, shapes, ...part }) => {
    const [line, ...rest] = shapes.map(drawn);
    return { from, to, kind, line, element: svg("g", { class: roleOf(part) }, line, ...rest) };
  });
  const nodes = {};
  for (const [name, node] of Object.entries(plan.nodes)) {
    if (!here(node)) continue;
    const shapes = [...node.shapes, ...node.texts.filter(here).map(({ shape }) => shape)];
    nodes[name] = svg("g", { class: roleOf(node), "data-node": name }, ...shapes.map(drawn));
  }
  const values = {};
  for (const [name, place] of Object.entries(plan.values)) {
    if (!here(place)) continue;
    values[name] = drawn(place.shape);
    values[name].setAttribute("data-value", name);
    nodes[place.of].append(values[name]);
  }
  const print = (name, value) => write(values[name], plan.values[name], value === null ? "" : threeDecimals(value));
  const element = svg(
    "svg",
    { class: "lstm-drawing", viewBox: plan.view.join(" "), role: "group", "aria-label": say(`${state}.title`) },
    drawn(plan.card),
    ...plan.panels.filter(here).map(({ shape }) => drawn(shape)),
    svg("g", { class: "lstm-edges" }, ...edges.map((edge) => edge.element)),
    ...Object.values(nodes),
  );
  return { element, nodes, edges, print, has: (name) => name in values };
}

/** A shape of shapes.json as an element. */
function drawn([tag, attributes, ...children]) {
  const content = (child) => (Array.isArray(child) ? drawn(child) : child.says ? say(child.says) : child);
  return svg(tag, attributes, ...children.map(content));
}

/** A text into its place, squeezed where it would not fit. */
function write(element, { room, digits }, text) {
  element.textContent = text;
  if (text.length > digits) {
    element.setAttribute("textLength", room);
    element.setAttribute("lengthAdjust", "spacingAndGlyphs");
  } else element.removeAttribute("textLength");
}

/** The box of a node, [x, y, width, height]. */
export const boxOf = (name) => plan.nodes[name].box;

export const isDot = (name) => plan.nodes[name].kind === "dot";
export const isEnd = (name) => plan.nodes[name].kind === "end";

const LARGE = 1000; // from here on a number would have too many characters

/** A number as the drawing prints it: 0.500, −1.240, 0.000; from a thousand on 1.23e4. */
function threeDecimals(value) {
  const text = Math.abs(value) < LARGE ? (Math.round(1000 * value) / 1000 + 0).toFixed(3) : value.toExponential(2);
  return text.replace("e+", "e").replaceAll("-", "−");
}
