// The twelve steps side by side, or under one another where there is no room: what comes by, four switches, the gates
// that they mean, and two bars.
import say from "words:timeline";
import { PARTS } from "../../kit/colours.js";
import { html, put } from "../../kit/dom.js";
import { symbol } from "../../kit/symbols.js";
import { signed } from "./signed.js";

const ORDERS = "+-cr";
const GATES = PARTS.slice(0, 4);
const OTHER = { "+": "-", "-": "+" }; // one parcel at a step

/** A step's letters with one of them switched. */
function switched(letters, letter) {
  const on = new Set(letters);
  if (!on.delete(letter)) {
    on.add(letter);
    on.delete(OTHER[letter]);
  }
  return [...ORDERS].filter((one) => on.has(one)).join("");
}

/** choose(changes): what the reader has set. -> { element, draw(state) } */
export function gridOf(w, count, choose) {
  let row = 0; // of the switches: the one that Tab comes to
  const steps = Array.from({ length: count }, (_, t) => stepOf(t, (k) => press(t, k)));
  const element = html(
    "div",
    { className: "timeline-grid", role: "group", ariaLabel: say("picture.label"), onkeydown: move },
    ...headOf(),
    ...steps.flatMap(({ cells }) => cells),
  );

  function press(t, k) {
    row = k;
    const orders = w.get("orders").map((letters, step) => (step === t ? switched(letters, ORDERS[k]) : letters));
    choose({ orders, at: t });
  }

  function move(event) {
    const along = getComputedStyle(element).gridAutoFlow === "column" ? 0 : 1; // do the steps go to the right, or down?
    const [left, up, right, down] = ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"];
    const [back, before, on, after] = along ? [up, left, down, right] : [left, up, right, down];
    const at = Math.min(w.get("at"), count - 1);
    const places = {
      [back]: [at - 1, row],
      [on]: [at + 1, row],
      [before]: [at, row - 1],
      [after]: [at, row + 1],
      Home: [0, row],
      End: [count - 1, row],
    };
    const place = places[event.key];
    if (!place || !event.target.matches("button")) return;
    event.preventDefault();
    const [t, k] = place;
    if (!steps[t]?.buttons[k]) return;
    row = k;
    w.set({ at: t });
    steps[t].buttons[k].focus();
  }

  const draw = (state) => {
    const most = Math.max(1, ...state.trace.c.map(Math.abs));
    steps.forEach((step, t) => step.draw(state, t, most, row));
  };
  return { element, draw };
}

/** The names of the rows. */
function headOf() {
  const name = (text, className = "") => html("span", { className: `timeline-name ${className}` }, text);
  return [
    name(say("step")),
    name(say("parcel")),
    ...[...ORDERS].map((_, k) => name(say(`orders.${k}`))),
    ...GATES.map((gate) => name(gate, `timeline-gate timeline-${gate}`)),
    name(say("row.c"), "timeline-c"),
    name(say("row.h"), "timeline-h"),
  ];
}

/** The cells of one step, from the top. press(k): its k-th switch. */
function stepOf(t, press) {
  const place = html("span", { className: "timeline-step" }, String(t));
  const parcel = html("span", { className: "timeline-parcel" });
  const buttons = [...ORDERS].map((_, k) =>
    html("button", {
      type: "button",
      className: "timeline-order",
      ariaLabel: say("orders.at", { order: say(`orders.${k}`), t }),
      onclick: () => press(k),
    }),
  );
  const gates = GATES.map((gate) => html("span", { className: `timeline-gate timeline-${gate}` }));
  const [c, h] = PARTS.slice(4).map(barOf);
  const cells = [place, parcel, ...buttons, ...gates, c.element, h.element];
  let shown = null; // the task whose parcels stand there

  const draw = ({ task, orders, at, trace }, step, most, row) => {
    if (shown !== task) parcel.replaceChildren(...comesBy(task, step));
    shown = task;
    for (const cell of cells) cell.classList.toggle("timeline-at", step === at);
    buttons.forEach((button, k) => {
      button.setAttribute("aria-pressed", String(orders[step].includes(ORDERS[k])));
      button.tabIndex = step === at && k === row ? 0 : -1;
    });
    GATES.forEach((gate, k) => put(gates[k], signed(trace[gate][step])));
    c.draw(trace.c[step], most, signed(trace.c[step]));
    h.draw(trace.h[step], 1, trace.o[step] ? signed(trace.h[step], 2) : "");
  };
  return { cells, buttons, draw };
}

/** A parcel, its flag, the bell: signs with their names for those who do not see them. */
function comesBy({ parcels, flags, bells }, t) {
  const sign = (name) => html("span", { className: "timeline-sign", role: "img", ariaLabel: say(name) }, symbol(name));
  return [
    parcels[t] ? (parcels[t] > 0 ? "+1" : signed(parcels[t])) : null,
    flags.includes(t) ? sign("flag") : null,
    bells.includes(t) ? sign("bell") : null,
  ].filter(Boolean);
}

/** A bar about its line, and its number. */
function barOf(name) {
  const bar = html("span", { className: "timeline-fill" });
  const text = html("span", { className: "timeline-number" });
  const element = html("span", { className: `timeline-bar timeline-${name}` }, bar, text);
  const draw = (value, most, words) => {
    element.style.setProperty("--long", Math.abs(value) / most);
    element.classList.toggle("timeline-below", value < 0);
    put(text, words);
  };
  return { element, draw };
}
