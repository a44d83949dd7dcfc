// The curves' names with their lines, and beside each the numbers to take away.
import say from "words:gradient_lab";
import { html, put, svg } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { LINES } from "./lines.js";
import { brief, halfLife, perStep, stepsOf } from "./told.js";

const NONE = "\u2013"; // the detour starts from nothing: it has no half

/** -> { element, draw(view, pointed) } */
export function figures() {
  const sheet = table([null, say("table.half"), "", say("table.each")], { className: "lab-figures" });
  const parts = html("p", { className: "lab-note" }, say("parts"));
  const names = Object.fromEntries(Object.keys(LINES).map((name) => [name, nameOf(name)]));
  return {
    element: html("div", { className: "belt-scroll" }, sheet.element, parts),
    draw({ curves, at, tokens, waits }, pointed) {
      sheet.element.hidden = waits;
      parts.hidden = !curves.some(({ name }) => name === "belt");
      const t = pointed === null || pointed > at ? 0 : pointed;
      sheet.name(
        2,
        t === 0 ? say(tokens ? "left.text" : "left.parcel") : say("left.pointed", { steps: stepsOf(at - t, tokens) }),
      );
      sheet.draw(
        curves.map(({ name, shares }) => [
          names[name],
          name === "detour" ? NONE : halfOf(shares, at, tokens),
          brief(shares[t]),
          name === "detour" || !at ? NONE : `× ${times(perStep(shares))}`,
        ]),
      );
    },
  };
}

const times = (value) => (value < 1000 ? value.toPrecision(3) : brief(value));

function halfOf(shares, at, tokens) {
  if (!Number.isFinite(shares[0])) return say("no_number");
  const n = halfLife(shares);
  return n === null ? say("half.over", { steps: stepsOf(at, tokens) }) : stepsOf(n, tokens);
}

/** A piece of the curve and its name; a part is set in. */
function nameOf(name) {
  const { role, dashes, part } = LINES[name];
  const line = svg("path", { d: "M0 6H30", stroke: `var(--gate-${role})`, "stroke-dasharray": dashes });
  const sample = svg("svg", { class: "lab-sample", width: 30, height: 12, "aria-hidden": "true" }, line);
  const text = html("span");
  put(text, say(`curve.${name}`));
  return html("span", { className: part ? "lab-name lab-part" : "lab-name" }, sample, text);
}
