// BeltPulse: a value put on the belt, fading by f, read by o. Sliders, and three handles in the picture.
import { html, number, scroll, slider, svg } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { sizeOf } from "../../kit/size.js";
import { table } from "../../kit/table.js";
import { share, whole } from "../../kit/link.js";
import { halfLife, keeping, pulse } from "../../numbers/pulse.js";
import say from "words:belt_pulse";
import "./style.css";

// the picture in pixels: the belt's columns stand on the line `belt`, what is read on the line `floor`
const LEFT = 34;
const RIGHT = 14;
const TOP = 30;
const BELT = 180;
const BAND = 11;
const HIGH = BELT - TOP; // a value of 1 on the belt
const FLOOR = 292;
const LOW = 76; // a value of 1 that is read
const HEIGHT = 334;

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const rounded = (value, digits) => Number(value.toFixed(digits));

function halfLifeInWords(f) {
  const n = halfLife(f);
  return n === Infinity ? say("never") : n === 0 ? say("at_once") : say("steps", { n: number(n, 1) });
}

export default frame({
  name: "BeltPulse",
  title: say("title"),
  linked: { f: share, i: share, o: share, write: whole, read: whole },
  mount(w) {
    const control = (name, max, step, read, className) =>
      slider({
        label: say(name),
        min: 0,
        max,
        step,
        value: w.get(name),
        input: (value) => w.set({ [name]: value }),
        read: () => read(w.get(name)),
        className,
      });
    const gate = (name, digits) => control(name, 1, 10 ** -digits, (v) => number(v, digits), `pulse-${name}`);
    const time = (name) => control(name, w.get("steps") - 1, 1, (t) => say("at_step", { t }));
    const gates = { f: gate("f", 3), i: gate("i", 2), o: gate("o", 2) };
    const times = { write: time("write"), read: time("read") };
    const controls = { ...gates, ...times };
    const column = (sliders) => html("div", {}, ...Object.values(sliders).map(({ element }) => element));
    const picture = makePicture(w);
    const facts = makeFacts();
    const numbers = makeNumbers(w);
    w.body.append(
      picture.element,
      facts.element,
      html("div", { className: "pulse-controls" }, column(gates), column(times)),
      numbers.element,
    );
    const size = sizeOf(w.body, w);

    let told;
    return () => {
      const state = Object.fromEntries(["f", "i", "o", "write", "read", "steps"].map((name) => [name, w.get(name)]));
      for (const time of ["write", "read"]) state[time] = Math.min(state[time], state.steps - 1);
      const trace = pulse(state);
      for (const [name, control] of Object.entries(controls)) control.set(state[name]);
      picture.draw(state, trace, size().width);
      numbers.draw(trace);
      const words = facts.draw(state, trace);
      if (told !== undefined && told !== words) w.speak(words);
      told = words;
    };
  },
});

/** Three results in words. draw() returns them as one sentence. */
function makeFacts() {
  const names = [0, 1, 2].map(() => html("span", { className: "pulse-name" }));
  const values = [0, 1, 2].map(() => html("span", { className: "pulse-value" }));
  const element = html(
    "div",
    { className: "pulse-facts" },
    ...names.map((name, k) => html("div", {}, name, values[k])),
  );
  const draw = ({ f, o, read }, { c, h }) => {
    const lines = [
      [say("facts.half"), halfLifeInWords(f)],
      [say("facts.belt", { t: read }), number(c[read])],
      [say("facts.read"), `${number(o, 2)} · ${number(Math.tanh(c[read]))} = ${number(h[read])}`],
    ];
    lines.forEach(([name, value], k) => {
      names[k].textContent = name;
      values[k].textContent = value;
    });
    return lines.map(([name, value]) => say("facts.one", { name, value })).join(" ");
  };
  return { element, draw };
}

/** Every number, for whoever wants them; written only while it is open. */
function makeNumbers(w) {
  const all = table(["step", "c", "h"].map((name) => say(name)));
  const box = scroll(say("numbers.label"), all.element);
  box.classList.add("pulse-numbers");
  const element = html("details", { ontoggle: w.draw }, html("summary", {}, say("numbers.summary")), box);
  const draw = ({ c, h }) => element.open && all.draw(Array.from(c, (_, t) => [t, number(c[t], 6), number(h[t], 6)]));
  return { element, draw };
}

/** The picture, as wide as its place: a step is a column. The handles are for the mouse; the sliders do the same. */
function makePicture(w) {
  const line = (className) => svg("path", { class: className });
  const parts = {
    grid: line("pulse-grid"),
    columns: line("pulse-column"),
    band: svg("rect", { class: "pulse-band", x: LEFT, y: BELT, height: BAND }),
    chevrons: line("pulse-chevron"),
    half: line("pulse-half"),
    way: line("pulse-way"),
    output: svg("rect", { class: "pulse-output" }),
    floor: line("pulse-floor"),
  };
  const halfText = svg("text");
  const ticks = svg("g", { class: "pulse-ticks" });
  const handles = Object.fromEntries(["f", "i", "o"].map((name) => [name, makeHandle(name)]));
  const element = svg(
    "svg",
    { class: "pulse-picture", role: "img", height: HEIGHT },
    ...Object.values(parts),
    svg("text", { class: "pulse-title", x: LEFT, y: 14 }, say("c")),
    svg("text", { class: "pulse-title", x: LEFT, y: BELT + 29 }, say("h")),
    halfText,
    ticks,
    ...Object.values(handles),
  );
  let state; // as last drawn
  let trace;
  let width = 0; // of a column
  let held = null; // while a handle is dragged: how many steps after the writing the curve was taken
  const x = (t) => LEFT + (t + 0.5) * width;
  const up = (value) => BELT - value * HIGH;

  // what each handle means: where the mouse is, in steps and in values, makes new traits
  const step = (px) => clamp(Math.round((px - LEFT) / width - 0.5), 0, state.steps - 1);
  const drags = {
    i: (px, py) => ({ write: step(px), i: rounded(clamp((BELT - py) / HIGH, 0, 1), 2) }),
    // the curve goes through the mouse: sideways it is another time, up and down another height
    f: (px, py) => {
      held = clamp((px - x(state.write)) / width, 1, Math.max(state.steps - 1 - state.write, 1));
      return { f: rounded(keeping((BELT - py) / HIGH / state.i, held), 3) };
    },
    o: (px, py) => {
      const seen = Math.tanh(trace.c[state.read]);
      return { read: step(px), o: seen ? rounded(clamp((FLOOR - py) / LOW / seen, 0, 1), 2) : state.o };
    },
  };
  for (const [name, handle] of Object.entries(handles)) {
    const move = (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = element.getBoundingClientRect();
      w.set(drags[name](event.clientX - box.left, event.clientY - box.top));
    };
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => {
      held = null;
      w.draw();
    });
  }

  function draw(nextState, nextTrace, full) {
    state = nextState;
    trace = nextTrace;
    const { f, i, write, read, steps } = state;
    const { c, h } = trace;
    const end = full - RIGHT;
    width = (end - LEFT) / steps;
    const gap = Math.min(1, width * 0.15);
    element.setAttribute("width", full);
    element.setAttribute(
      "aria-label",
      say("picture.label", { i: number(i, 2), write, read, c: number(c[read]), h: number(h[read]) }),
    );

    const columns = Array.from(c, (value, t) => {
      const tall = value * HIGH;
      return tall < 0.05 ? "" : `M${x(t) - width / 2 + gap} ${BELT}v${-tall}h${width - 2 * gap}v${tall}z`;
    });
    set(parts.columns, { d: columns.join("") });
    set(parts.grid, { d: [up(0.5), up(1), FLOOR - LOW].map((y) => `M${LEFT} ${y}H${end}`).join("") });
    set(parts.band, { width: end - LEFT });
    set(parts.chevrons, { d: chevrons(end) });
    set(parts.floor, { d: `M${LEFT} ${FLOOR}H${end}` });

    const n = halfLife(f);
    const shown = i > 0 && n > 0;
    const goal = Math.min(x(write) + n * width, end);
    const inside = n !== Infinity && x(write) + n * width <= end;
    set(parts.half, { d: shown ? `M${x(write)} ${up(i / 2)}H${goal}${inside ? "m0 -6v12" : "m-6 -5l6 5l-6 5"}` : "" });
    const beside = end - goal > 90; // behind the handle, if there is room
    const half = n === Infinity ? say("picture.never") : say("picture.half", { n: number(n, 1) });
    halfText.textContent = shown ? half : "";
    set(halfText, { "text-anchor": beside ? "start" : "end", x: goal + (beside ? 17 : -14), y: up(i / 2) - 6 });

    const tall = h[read] * LOW;
    set(parts.way, { d: `M${x(read)} ${BELT + BAND}V${FLOOR - tall}` });
    const wide = Math.max(width - 2 * gap, 6);
    set(parts.output, { x: x(read) - wide / 2, y: FLOOR - tall, width: wide, height: tall });

    place(handles.i, x(write), up(c[write]));
    const grip = Math.min(held ?? gripOf(state), steps - 1 - write);
    handles.f.style.display = grip && i > 0 ? "" : "none";
    place(handles.f, x(write + grip), up(i * f ** grip));
    place(handles.o, x(read), FLOOR - tall);
    drawTicks(steps, end);
  }

  function chevrons(end) {
    const found = [];
    for (let at = LEFT + 14; at < end - 8; at += 28) found.push(`M${at} ${BELT + 2.3}l4 3.2l-4 3.2`);
    return found.join("");
  }

  let ticked = "";
  function drawTicks(steps, end) {
    if (ticked === `${steps} ${end}`) return;
    ticked = `${steps} ${end}`;
    const every = [1, 2, 5, 10, 20, 50, 100].find((n) => n * width >= 28) ?? 200;
    const label = (at, y, anchor, words) => svg("text", { x: at, y, "text-anchor": anchor }, words);
    const heights = [
      [0, up(0)],
      [0.5, up(0.5)],
      [1, up(1)],
      [0, FLOOR],
      [1, FLOOR - LOW],
    ];
    const labels = heights.map(([value, y]) => label(LEFT - 6, y + 4, "end", String(value)));
    for (let t = 0; t < steps; t += every) labels.push(label(x(t), FLOOR + 18, "middle", String(t)));
    labels.push(label((LEFT + end) / 2, HEIGHT - 6, "middle", say("step")));
    ticks.replaceChildren(...labels);
  }

  return { element, draw };
}

/** How many steps after the writing the handle of f stands: where about half is left, as far as there are steps. */
function gripOf({ f, write, steps }) {
  return Math.min(Math.max(Math.round(halfLife(f)), 1), steps - 1 - write);
}

const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
};
const place = (handle, x, y) => handle.setAttribute("transform", `translate(${x} ${y})`);

const makeHandle = (name) =>
  svg(
    "g",
    { class: `pulse-handle pulse-${name}`, "data-handle": name },
    svg("circle", { class: "pulse-touch", r: 18 }),
    svg("circle", { class: "pulse-knob", r: 11 }),
    svg("text", { "text-anchor": "middle", y: 5 }, name),
  );
