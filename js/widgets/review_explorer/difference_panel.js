// The text against the first one: change, delete, move or shuffle words, and see what each gate did otherwise.
import { button, html, number, tick } from "../../kit/dom.js";

/** act: { compare(on), first(), back(), shuffle() } -> { element, draw(view) } */
export function differencePanel(act) {
  const told = html("p", { className: "review-told" });
  const ways = [
    button("Shuffle the words", act.shuffle),
    button("Back to the first text", act.back),
    button("Make this the first text", act.first),
  ];
  const on = tick({ label: "Show the difference in the maps", value: false, input: act.compare });
  const element = html(
    "div",
    {},
    told,
    html("div", { className: "belt-row" }, on.element, ...ways),
    html(
      "p",
      { className: "review-hint" },
      "Each word is compared with the same word of the first text, a changed one with the word it replaced. ",
      "A hatched column has no partner there.",
    ),
  );
  return {
    element,
    draw({ base, compare, reading, text }) {
      on.set(compare);
      for (const control of [on.input, ...ways]) control.disabled = !base;
      const same = base && base.text === text && !reading.holds?.length;
      told.replaceChildren(
        ...(!base
          ? ["The comparison is there when the model has loaded."]
          : same
            ? ["This is the first text. Change a word, move it, delete it, or shuffle them all."]
            : [
                "P(positive) was ",
                number(base.reading.last, 3),
                " for the first text and is ",
                html("b", {}, number(reading.last, 3)),
                " now.",
              ]),
      );
    },
  };
}
