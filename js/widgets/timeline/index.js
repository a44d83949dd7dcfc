// Timeline: a belt of twelve steps. At each the reader puts a parcel on, clears, reads, or leaves it alone.
import say from "words:timeline";
import { PARTS } from "../../kit/colours.js";
import { button, html, number, put, scroll } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { whole } from "../../kit/link.js";
import { table } from "../../kit/table.js";
import { timeline, verdict } from "../../numbers/timeline.js";
import { gridOf } from "./grid.js";
import { signed } from "./signed.js";
import "./style.css";

/** The orders of a link: a text for each step, of the letters "+-cr" in this order. */
function readOrders(text, first) {
  const orders = JSON.parse(text);
  const fits = (letters) => typeof letters === "string" && /^[+-]?c?r?$/.test(letters);
  if (!Array.isArray(orders) || orders.length !== first.length || !orders.every(fits)) {
    throw new RangeError(`expected ${first.length} orders, got ${text}`);
  }
  return orders;
}

export default frame({
  name: "Timeline",
  title: say("title"),
  linked: { task: String, orders: readOrders, at: whole },
  mount,
});

function mount(w) {
  const tasks = w.get("tasks");
  const nothing = w.get("orders").map(() => "");
  const task = () => tasks.find(({ name }) => name === w.get("task")) ?? tasks[0];
  const at = () => Math.min(w.get("at"), nothing.length - 1);

  const now = () => {
    const trace = timeline(w.get("orders"));
    return { task: task(), orders: w.get("orders"), at: at(), trace };
  };
  const choose = (changes) => {
    w.set(changes);
    const state = now();
    const { at: t, trace } = state;
    const told = say("picture.value", { t, c: signed(trace.c[t]), h: number(trace.h[t], 2) });
    w.speak(say("spoken", { told, verdict: judged(state) }));
  };

  const choices = tasks.map(({ name }) =>
    button(say(`names.${name}`), () => w.set({ task: name, orders: nothing, at: 0 }), { "aria-pressed": "false" }),
  );
  const asked = html("p", { className: "timeline-task" });
  const grid = gridOf(w, nothing.length, choose);
  const sums = [0, 1, 2].map(() => html("span"));
  const judgement = html("p", { className: "timeline-verdict" });
  const numbers = numbersOf(w);
  w.body.append(
    html("div", { className: "belt-row" }, ...choices),
    asked,
    grid.element,
    html("p", { className: "timeline-sums" }, ...sums),
    judgement,
    html(
      "div",
      { className: "belt-row" },
      button(say("empty"), () => choose({ orders: nothing })),
    ),
    numbers.element,
  );

  return () => {
    const state = now();
    choices.forEach((choice, k) => choice.setAttribute("aria-pressed", String(tasks[k] === state.task)));
    put(asked, say(`tasks.${state.task.name}`));
    grid.draw(state);
    sumsOf(state).forEach((text, k) => put(sums[k], text));
    put(judgement, judged(state));
    judgement.dataset.kind = verdict(state.task, state.trace)?.kind ?? "";
    numbers.draw(state.trace);
  };
}

/** The two lines of the cell at the chosen step, with its numbers in them. */
function sumsOf({ at: t, trace }) {
  const [f, i, g, o, c] = PARTS.map((name) => signed(trace[name][t]));
  const h = signed(trace.h[t], trace.o[t] ? 2 : 0);
  const before = signed(t ? trace.c[t - 1] : 0);
  const inside = (text) => (text.startsWith("\u2212") ? `(${text})` : text);
  return [
    say("told.gates", { t, f, i, g, o }),
    `c = ${f} · ${inside(before)} + ${i} · ${inside(g)} = ${c}`,
    `h = ${o} · tanh(${c}) = ${h}`,
  ];
}

/** What the task says of it. */
function judged({ task, trace }) {
  const found = verdict(task, trace);
  if (!found) return "";
  const { kind, t, c, wanted } = found;
  return kind === "right" ? say("verdict.right") : say(`verdict.${kind}`, { t, c: signed(c), wanted: signed(wanted) });
}

/** Every number, for whoever wants them; written only while it is open. */
function numbersOf(w) {
  const all = table([say("step"), ...PARTS]);
  const element = html(
    "details",
    { ontoggle: w.draw },
    html("summary", {}, say("numbers.summary")),
    scroll(say("numbers.label"), all.element),
  );
  const row = (trace, t) => [t, ...PARTS.map((name) => signed(trace[name][t], name === "h" ? 6 : 0))];
  return { element, draw: (trace) => element.open && all.draw(Array.from(trace.c, (_, t) => row(trace, t))) };
}
