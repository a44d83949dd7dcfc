// Holding a gate: it is set to a number by hand, whatever the cell computes for it, and the prediction follows.
import { button, choice, html, number, slider } from "../core/dom.js";
import { PARTS, WORDS } from "./scales.js";
import { wordName } from "./words.js";

export const GATES = PARTS.slice(0, 4);

/** The place of a hold in words, of a candidate for one, or of a square. */
export function placeName({ gate, unit, step }, tokens, offset) {
  const where = step === null ? "at every word" : `at ${wordName(tokens, step, offset)}`;
  return `${gate} of ${unit === null ? "all units" : `unit ${unit}`} ${where}`;
}

const holdName = (hold, tokens, offset) => `${placeName(hold, tokens, offset)}, held at ${number(hold.value, 2)}`;

/** act: { hold(holds, said) } is called with the new list of holds. -> { element, draw(view), choose(gate) } */
export function holdPanel(act) {
  const wish = { gate: "f", units: "one", steps: "one", value: 0 };
  let view;
  const target = () => ({
    gate: wish.gate,
    unit: wish.units === "all" ? null : view.unit,
    step: wish.steps === "all" ? null : view.step,
    value: wish.value,
  });
  const same = (a, b) => a.gate === b.gate && a.unit === b.unit && a.step === b.step;
  const gate = choice({
    label: "Hold",
    options: GATES.map((name) => [name, `${name}, ${WORDS[name]}`]),
    value: wish.gate,
    input: (name) => {
      wish.gate = name;
      value.input.min = name === "g" ? -1 : 0;
      if (name !== "g" && wish.value < 0) wish.value = 0;
      value.set(wish.value);
      draw(view);
    },
  });
  const units = choice({
    label: "of",
    options: [
      ["one", "unit"],
      ["all", "all units"],
    ],
    value: "one",
    input: (name) => {
      wish.units = name;
      draw(view);
    },
  });
  const steps = choice({
    label: "at",
    options: [
      ["one", "word"],
      ["all", "every word"],
    ],
    value: "one",
    input: (name) => {
      wish.steps = name;
      draw(view);
    },
  });
  gate.input.ariaLabel = "Hold which gate";
  units.input.ariaLabel = "of which units";
  steps.input.ariaLabel = "at which words";
  const value = slider({
    label: "at the value",
    min: 0,
    max: 1,
    step: 0.01,
    value: 0,
    // while the last hold is this one, the slider moves it
    input: (next) => {
      wish.value = next;
      const last = view.holds.at(-1);
      if (last && same(last, target())) act.hold([...view.holds.slice(0, -1), target()]);
    },
  });
  const hold = button("Hold it", () => {
    const last = view.holds.at(-1);
    const others = last && same(last, target()) ? view.holds.slice(0, -1) : view.holds;
    act.hold([...others, target()], `Held: ${holdName(target(), view.tokens, view.offset)}.`);
  });
  const undo = button("Undo", () => act.hold(view.holds.slice(0, -1), "The last hold is undone."));
  const free = button("Let all go", () => act.hold([], "Nothing is held."));
  const list = html("ol", { className: "review-holds" });
  const told = html("p", { className: "review-told" });
  const element = html(
    "div",
    {},
    html("div", { className: "belt-row" }, gate.element, units.element, steps.element),
    html("div", { className: "belt-row" }, value.element, hold, undo, free),
    told,
    list,
  );
  let shown = "";

  function draw(next) {
    view = next;
    const { holds, tokens, offset, reading, plain } = view;
    units.input.options[0].textContent = `unit ${view.unit}`;
    steps.input.options[0].textContent = reading.T ? wordName(tokens, view.step, offset) : "this word";
    hold.disabled = !view.network || !reading.T;
    undo.disabled = free.disabled = !holds.length;
    const key = JSON.stringify([holds, holds.map(({ step }) => tokens[step]?.typed)]);
    if (key !== shown) {
      shown = key;
      list.replaceChildren(
        ...holds.map((one, k) => {
          const name = holdName(one, tokens, offset);
          return html(
            "li",
            {},
            html("bdi", {}, name),
            " ",
            button(
              "Let go",
              () =>
                act.hold(
                  holds.filter((_, other) => other !== k),
                  `Let go: ${name}.`,
                ),
              {
                ariaLabel: `Let go: ${name}`,
              },
            ),
          );
        }),
      );
    }
    told.replaceChildren(
      ...(holds.length && plain
        ? [
            "P(positive) is ",
            html("b", {}, number(reading.last, 3)),
            `; with nothing held it is ${number(plain.last, 3)}.`,
          ]
        : ["Choose a gate and hold it at a number: the map and the prediction follow at once."]),
    );
  }
  return {
    element,
    draw,
    choose(name) {
      gate.set((wish.gate = name));
      value.input.min = name === "g" ? -1 : 0;
    },
  };
}
