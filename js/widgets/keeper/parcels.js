// What comes by: a bar for each value, which is moved by the mouse or by keys, and its flag below it.
import say from "words:keeper";
import { html, number } from "../../kit/dom.js";
import { symbol } from "../../kit/symbols.js";
import { barOf } from "./bars.js";

const STEP = 0.1;
const MOVES = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: 5 * STEP, PageDown: -5 * STEP };
const ASIDE = { ArrowLeft: -1, ArrowRight: 1 };

/** put(t, value) and raise(t) are called -> { element, draw(now) } */
export function parcelsOf(steps, { put, raise }) {
  let values = [];
  const move = (t, value) => put(t, Math.round(Math.min(Math.max(value, -1), 1) / STEP) * STEP);
  const bars = Array.from({ length: steps }, (_, t) => valueSlider(t, { move, at: () => values[t] }));
  const flags = Array.from({ length: steps }, (_, t) => {
    const name = { ariaLabel: say("flag_at", { t }), className: "keeper-flag" };
    return html("button", { type: "button", onclick: () => raise(t), ...name }, symbol("flag"));
  });
  oneStop(bars.map(({ element }) => element));
  oneStop(flags);
  const numbers = Array.from({ length: steps }, (_, t) => html("span", { className: "keeper-number" }, String(t)));
  const lead = (text) => html("span", { className: "keeper-lead" }, text);
  const group = (label, ...children) =>
    html("div", { className: "keeper-row", role: "group", ariaLabel: label }, ...children);
  return {
    element: html(
      "div",
      {},
      html("p", { className: "keeper-title" }, say("parcels")),
      html("p", { className: "keeper-hint" }, say("hint")),
      group(say("value"), lead(""), ...bars.map(({ element }) => element)),
      group(say("flag"), lead(""), ...flags),
      html("div", { className: "keeper-row", ariaHidden: "true" }, lead(""), ...numbers),
    ),
    draw(now) {
      values = now.values;
      bars.forEach((bar, t) => bar.draw(values[t], now.flags[t]));
      flags.forEach((flag, t) => flag.setAttribute("aria-pressed", now.flags[t] === 1));
    },
  };
}

/** A value as a slider that stands upright. */
function valueSlider(t, { move, at }) {
  const { element, field, draw } = barOf();
  const attributes = {
    class: "keeper-column keeper-value",
    role: "slider",
    "aria-orientation": "vertical",
    "aria-label": say("value_at", { t }),
    "aria-valuemin": -1,
    "aria-valuemax": 1,
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const follow = ({ clientY }) => {
    const { top, height } = field.getBoundingClientRect();
    move(t, 1 - (2 * (clientY - top)) / height);
  };
  element.onpointerdown = (event) => {
    element.setPointerCapture(event.pointerId);
    element.focus();
    event.preventDefault();
    follow(event);
  };
  element.onpointermove = (event) => element.hasPointerCapture(event.pointerId) && follow(event);
  element.onkeydown = (event) => {
    const to = { Home: -1, End: 1 }[event.key] ?? at() + MOVES[event.key];
    if (Number.isNaN(to)) return;
    event.preventDefault();
    move(t, to);
  };
  return {
    element,
    draw(value, flag) {
      draw(value, -1, 1);
      element.toggleAttribute("data-flag", flag === 1);
      const text = number(value, 2);
      element.setAttribute("aria-valuenow", value);
      element.setAttribute("aria-valuetext", flag ? say("flagged", { value: text }) : text);
    },
  };
}

/** One stop for Tab; left and right go from element to element. */
function oneStop(elements) {
  const stop = (to) => elements.forEach((element, k) => (element.tabIndex = k === to ? 0 : -1));
  stop(0);
  elements.forEach((element, k) => {
    element.addEventListener("focus", () => stop(k));
    element.addEventListener("keydown", (event) => {
      const to = elements[k + (ASIDE[event.key] ?? Number.NaN)];
      if (!to) return;
      event.preventDefault();
      to.focus();
    });
  });
}
