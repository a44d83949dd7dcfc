// Keeper: one LSTM unit that keeps what is flagged. The reader changes what comes by, holds a gate, and sees it break.
import partName from "words:parts";
import say from "words:keeper";
import "../../../lstm_edu/drawing/drawing.css";
import { PARTS } from "../../kit/colours.js";
import { button, html, number, put, scroll, slider } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { share, shapedLike } from "../../kit/link.js";
import { table } from "../../kit/table.js";
import { barRow } from "./bars.js";
import { parcelsOf } from "./parcels.js";
import { GATES, reader } from "./now.js";
import { tell } from "./tell.js";
import "./style.css";

const LAYERS = PARTS.slice(0, 4); // the gates and the candidate

/** What a link says, numbers in a range; else the error that leaves the widget as it was. */
const among = (fits) => (text, first) => {
  const numbers = shapedLike(text, first);
  if (!numbers.every(fits)) throw new RangeError(`not expected here: ${text}`);
  return numbers;
};
function gateOf(text) {
  if (text !== "null" && !GATES.includes(text)) throw new RangeError(`not expected here: ${text}`);
  return text === "null" ? null : text;
}

const nameOf = (letter) => say("part", { letter, name: partName(letter) });

export default frame({
  name: "Keeper",
  title: say("title"),
  linked: {
    values: among((value) => Math.abs(value) <= 1),
    flags: among((flag) => flag === 0 || flag === 1),
    hold: gateOf,
    level: share,
  },
  mount,
});

function mount(w) {
  const now = reader(w);
  const { steps } = now();
  const row = parcelsOf(steps, {
    put: (t, value) => w.set({ values: now().values.with(t, value) }),
    raise: (t) => w.set({ flags: now().flags.with(t, 1 - now().flags[t]) }),
  });
  const belt = barRow({ title: say("belt"), className: "lstm-c", steps });
  const output = barRow({ title: say("output"), className: "lstm-h", steps });
  const gates = LAYERS.map((name) => barRow({ name, className: `keeper-gate lstm-${name}`, steps, numbers: false }));
  const hold = holding(w);
  const told = html("p", { className: "keeper-told" });
  const numbers = numbersOf(w);
  w.body.append(
    row.element,
    belt.element,
    output.element,
    told,
    hold.element,
    ...gates.map(({ element }) => element),
    numbers.element,
  );
  w.body.style.setProperty("--steps", steps);

  let spoken;
  return () => {
    const state = now();
    const { c, h } = state.trace;
    const most = Math.max(1, ...c.map(Math.abs));
    hold.draw(state);
    row.draw(state);
    belt.draw(c, { low: -most, high: most, label: say("belt") });
    output.draw(h, { low: -1, high: 1, label: say("output") });
    LAYERS.forEach((name, k) => {
      const scale = { low: name === "g" ? -1 : 0, high: 1 };
      gates[k].draw(state.trace[name], { ...scale, label: nameOf(name), held: name === state.hold });
    });
    const words = tell(state);
    put(told, words);
    told.toggleAttribute("data-broken", state.found.length > 0);
    numbers.draw(state);
    if (spoken !== undefined && spoken !== words) w.speak(words);
    spoken = words;
  };
}

/** Which gate is held, and where. */
function holding(w) {
  const names = [null, ...GATES];
  const buttons = names.map((name) =>
    button(name ? nameOf(name) : say("none"), () => w.set({ hold: name }), {
      className: name ? `lstm-${name}` : "",
    }),
  );
  const level = slider({
    label: say("level"),
    min: 0,
    max: 1,
    step: 0.05,
    value: w.get("level"),
    input: (value) => w.set({ level: value }),
    className: "keeper-level",
  });
  return {
    element: html(
      "div",
      { className: "keeper-hold" },
      html(
        "div",
        { className: "belt-row", role: "group", ariaLabel: say("hold") },
        html("span", {}, say("hold")),
        ...buttons,
      ),
      level.element,
    ),
    draw(state) {
      buttons.forEach((element, k) => element.setAttribute("aria-pressed", names[k] === state.hold));
      level.input.disabled = state.hold === null;
      level.set(state.level);
    },
  };
}

/** Every number, for whoever wants them; written only while it is open. */
function numbersOf(w) {
  const all = table([say("step"), say("value"), say("flag"), ...PARTS]);
  const element = html(
    "details",
    { ontoggle: w.draw },
    html("summary", {}, say("numbers.summary")),
    scroll(say("numbers.label"), all.element),
  );
  const draw = ({ values, flags, trace }) =>
    element.open &&
    all.draw(
      values.map((value, t) => [
        String(t),
        number(value, 2),
        flags[t] ? say("flag") : "",
        ...PARTS.map((part) => number(trace[part][t], 4)),
      ]),
    );
  return { element, draw };
}
