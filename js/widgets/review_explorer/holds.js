// Holding a gate: it is set to a number by hand, whatever the cell computes for it, and the prediction follows.
import { button, choice, html, number, put, slider, tick } from "../../kit/dom.js";
import { PARTS, WORDS } from "./scales.js";
import { wordName } from "./words.js";

export const GATES = PARTS.slice(0, 4);

/** The place of a hold in words, of a candidate for one, or of a square. */
export function placeName({ gate, unit, step }, tokens, offset) {
  return `${gate} ${whereName({ unit, step }, tokens, offset)}`;
}

function whereName({ unit, step }, tokens, offset) {
  const word = step === null ? "at every word" : `at ${wordName(tokens, step, offset)}`;
  return `of ${unit === null ? "all units" : `unit ${unit}`} ${word}`;
}

const holdName = (hold, tokens, offset) => `${placeName(hold, tokens, offset)}, held at ${number(hold.value, 2)}`;

/** act: { hold(holds, said) } is called with the new list of holds. -> { element, draw(view), choose(gate) } */
export function holdPanel(act) {
  const wish = { gate: "f", units: false, steps: false, value: 0 }; // units, steps: all of them
  let view;
  const target = () => ({
    gate: wish.gate,
    unit: wish.units ? null : view.unit,
    step: wish.steps ? null : view.step,
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
  const all = (name, label) =>
    tick({
      label,
      value: false,
      input: (on) => {
        wish[name] = on;
        draw(view);
      },
    }).element;
  const where = html("bdi"); // of the unit and at the word that are chosen in the map, or of all
  gate.input.ariaLabel = "Hold which gate";
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
  // A button that can do no more hands the focus on.
  const undo = button("Undo", () => {
    if (view.holds.length < 2) hold.focus();
    act.hold(view.holds.slice(0, -1), "The last hold is undone.");
  });
  const free = button("Let all go", () => {
    hold.focus();
    act.hold([], "Nothing is held.");
  });
  const list = html("ol", { className: "review-holds" });
  const told = html("p", { className: "review-told" });
  const unheld = html("span");
  const now = html("b");
  const moved = html("span", { className: "review-moved" }, "P(positive) ", unheld, " → ", now);
  const element = html(
    "div",
    {},
    html("div", { className: "belt-row" }, gate.element, where, all("units", "all units"), all("steps", "every word")),
    html("div", { className: "belt-row" }, value.element, hold, moved, undo, free),
    told,
    list,
  );
  let shown = "";
  let wanted = null; // the row whose button is to have the focus, when the list is drawn

  function draw(next) {
    view = next;
    const { holds, tokens, offset, reading, plain } = view;
    put(where, reading.T ? whereName(target(), tokens, offset) : "");
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
              () => {
                wanted = k;
                const others = holds.filter((_, other) => other !== k);
                act.hold(others, `Let go: ${name}.`);
              },
              { ariaLabel: `Let go: ${name}` },
            ),
          );
        }),
      );
      if (wanted !== null) ([...list.querySelectorAll("button")].slice(0, wanted + 1).at(-1) ?? hold).focus();
      wanted = null;
    }
    moved.hidden = !holds.length;
    put(unheld, number(plain.last, 3));
    put(now, number(reading.last, 3));
    put(
      told,
      holds.length
        ? "Left of the arrow: with nothing held. Right of it: with all of these held."
        : "Choose a gate or the candidate, the unit and the word in the map, and hold it: the map and the prediction follow at once.",
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
