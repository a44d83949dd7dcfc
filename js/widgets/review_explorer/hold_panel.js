// Holding a gate: it is set to a number by hand, whatever the cell computes for it, and the prediction follows.
import say from "words:review_explorer";
import partName from "words:parts";
import { button, choice, html, number, put, slider, tick } from "../../kit/dom.js";
import { symbol } from "../../kit/symbols.js";
import { holdList } from "./hold_list.js";
import { holdName, whereName } from "./names.js";

/** act: { hold(holds, said) } is called with the new list of holds. -> { element, draw(view) } */
export function holdPanel(act) {
  const wish = { gate: "f", units: false, steps: false, value: 0 }; // units, steps: all of them
  let view;
  const target = () => ({
    gate: wish.gate,
    unit: wish.units ? null : view.unit,
    step: wish.steps ? null : view.step,
    value: wish.value,
  });
  const isTarget = ({ gate, unit, step }) => {
    const wanted = target();
    return gate === wanted.gate && unit === wanted.unit && step === wanted.step;
  };
  /** The holds without the last, if it is the one that is wanted now. */
  const others = () => (view.holds.length && isTarget(view.holds.at(-1)) ? view.holds.slice(0, -1) : view.holds);

  const gate = choice({
    label: say("hold.gate"),
    options: [],
    value: wish.gate,
    input: (name) => {
      wish.gate = name;
      draw(view);
    },
  });
  gate.input.ariaLabel = say("hold.gate_label");
  const all = (name, label) => {
    const input = (on) => {
      wish[name] = on;
      draw(view);
    };
    return tick({ label, value: false, input }).element;
  };
  const where = html("bdi"); // of the unit and at the word that are chosen in the map, or of all
  const value = slider({
    label: say("hold.value"),
    min: 0,
    max: 1,
    step: 0.01,
    value: 0,
    // while the last hold is this one, the slider moves it
    input: (next) => {
      wish.value = next;
      if (others() !== view.holds) act.hold([...others(), target()]);
    },
  });
  const hold = button(say("hold.hold"), () => {
    const name = holdName(target(), view.tokens, view.offset);
    act.hold([...others(), target()], say("hold.held", { hold: name }));
  });
  // A button that can do no more hands the focus on.
  const undo = button(say("hold.undo"), () => {
    if (view.holds.length < 2) hold.focus();
    act.hold(view.holds.slice(0, -1), say("hold.undone"));
  });
  const free = button(say("hold.free"), () => {
    hold.focus();
    act.hold([], say("hold.freed"));
  });
  const list = holdList(act, hold);
  const told = html("p", { className: "review-told" });
  const before = html("span");
  const now = html("b");
  const moved = html(
    "span",
    { className: "review-moved" },
    ...say.pieces("hold.moved", { before, sign: symbol("right"), now }),
  );
  const ticks = [all("units", say("hold.all_units")), all("steps", say("hold.every_word"))];
  const element = html(
    "div",
    {},
    html("div", { className: "belt-row" }, gate.element, where, ...ticks),
    html("div", { className: "belt-row" }, value.element, hold, moved, undo, free),
    told,
    list.element,
  );

  function draw(next) {
    view = next;
    const { holds, tokens, offset, reading, plain, gates } = view;
    if (!gates.length) return;
    gate.offer(gates.map((name) => [name, say("hold.named", { gate: name, name: partName(name) })]));
    if (!gates.includes(wish.gate)) wish.gate = gates[0];
    gate.set(wish.gate);
    const least = wish.gate === "g" ? -1 : 0;
    if (Number(value.input.min) !== least) value.input.min = least;
    wish.value = Math.max(least, wish.value);
    value.set(wish.value);
    put(where, reading.T ? whereName(target(), tokens, offset) : "");
    hold.disabled = !view.network || !reading.T;
    undo.disabled = free.disabled = !holds.length;
    list.draw(view);
    moved.hidden = !holds.length;
    put(before, number(plain.last, 3));
    put(now, number(reading.last, 3));
    put(told, say(holds.length ? "hold.told" : "hold.choose"));
  }
  return { element, draw };
}
