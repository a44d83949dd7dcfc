// The drawing of the stage: what has been computed has its colour and its number, the rest is faded; nodes can be
// opened, and something flows on the lines of what is computed next.
import say from "words:cell_stepper";
import { html } from "../../kit/dom.js";
import { drawing, flow, isDot } from "../../kit/drawing.js";
import { nodeButtons } from "./nodes.js";
import { around, route, touches } from "./routes.js";

export function stagePicture({ open, flowing }) {
  const element = html("div", { className: "cell-picture" });
  let stage;
  let made; // the drawing of the stage
  let routes; // part -> its lines
  let names; // of the nodes that can be opened, in order
  let buttons;
  let last; // step as last drawn
  let goesRound = false; // h and c, with the next drawing

  // what the ends show is computed by another node
  const opens = (name) => ({ c: "plus", h: flow(stage).at(-1) })[name] ?? name;

  function build(now) {
    stage = now.stage;
    last = now.step;
    made = drawing(stage);
    routes = Object.fromEntries(flow(stage).map((part) => [part, route(made.edges, part)]));
    names = ["x", "h_prev", "c_prev", ...flow(stage).slice(1), "c", "h"].filter((name) => name in made.nodes);
    buttons = nodeButtons(names, (name) => open(opens(name)));
    made.element.append(buttons.element);
    element.replaceChildren(made.element);
  }

  function draw(now) {
    if (now.stage !== stage) build(now);
    const { order, step, part, numbers } = now;
    const parts = new Set(["x", "h_prev", "c_prev", ...order.slice(0, step + 1)]);
    const lines = new Set([...parts].flatMap((name) => (routes[name] ?? []).map(({ edge }) => edge)));
    if (step === order.length - 1) for (const { edge } of around(made.edges)) lines.add(edge);
    const known = (name) => (isDot(name) ? [...lines].some((edge) => touches(edge, name)) : parts.has(opens(name)));
    for (const edge of made.edges) edge.element.classList.toggle("lstm-faded", !lines.has(edge));
    for (const [name, node] of Object.entries(made.nodes)) {
      node.classList.toggle("lstm-faded", !known(name));
      node.classList.toggle("cell-open", opens(name) === part);
    }

    const printed = (name) => (known(name) ? (numbers[name] ?? null) : null);
    for (const name of names) if (made.has(name)) made.print(name, printed(name));
    buttons.each((name) => {
      const node = stage === "loop" && name === "g" ? say("node.layer") : say(`node.${name}`);
      const value = printed(name);
      const label = value === null ? node : say("node.with_value", { node, value: value.toFixed(3) });
      return { pressed: opens(name) === part, label: known(name) ? label : say("node.later", { node }) };
    });

    if (step > last) flowing(made.element, routes[order[step]]);
    if (goesRound) flowing(made.element, around(made.edges));
    goesRound = false;
    last = step;
  }

  return { element, draw, round: () => (goesRound = true) };
}
