// The settings: how long a row is, where its zeros stand, which end a long text loses, and the mask.
import say from "words:padding_lab";
import { button, html, slider, tick } from "../../kit/dom.js";

/** lengths: those of the slider; set(changes) -> { element, draw(rows) } */
export function switches(lengths, set) {
  const placeOf = (maxlen) => lengths.findLastIndex((length) => length <= maxlen);
  let maxlen = lengths.at(-1); // a link may say one between two of the slider's
  const length = slider({
    label: say("maxlen"),
    min: 0,
    max: lengths.length - 1,
    step: 1,
    value: placeOf(maxlen),
    read: (place) => say("steps", { n: place === placeOf(maxlen) ? maxlen : lengths[place] }),
    input: (place) => set({ maxlen: lengths[place] }),
  });
  const sides = ["padding", "truncating"].map((name) => sidesOf(name, set));
  const mask = tick({ label: say("mask"), value: false, input: (on) => set({ mask: on }) });
  return {
    element: html(
      "div",
      { className: "padding-switches" },
      length.element,
      ...sides.map(({ element }) => element),
      mask.element,
    ),
    draw(rows) {
      maxlen = rows.maxlen;
      length.set(placeOf(maxlen));
      for (const side of sides) side.draw(rows);
      mask.set(rows.mask);
    },
  };
}

/** Two buttons of which one is pressed. */
function sidesOf(name, set) {
  const buttons = ["pre", "post"].map((side) => [side, button(say(`${name}.${side}`), () => set({ [name]: side }))]);
  const label = say(`${name}.label`);
  return {
    element: html(
      "div",
      { className: "belt-row", role: "group", ariaLabel: label },
      html("span", { className: "padding-label" }, label),
      ...buttons.map(([, element]) => element),
    ),
    draw: (rows) => buttons.forEach(([side, element]) => element.setAttribute("aria-pressed", rows[name] === side)),
  };
}
