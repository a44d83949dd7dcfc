// Over the large map: the square in words, what its colours mean, and how it is drawn.
import say from "words:review_explorer";
import { button, choice, html, number, put, tick } from "../../kit/dom.js";
import { wordName } from "./names.js";

/** act: { compare(on), stretch(on), sort(name) }; map: its element -> { element, draw(view) } */
export function mapHead(speak, act, map) {
  const readout = html("p", { className: "review-readout" });
  const [low, swatch, high] = [html("span"), html("span", { className: "review-swatch" }), html("span")];
  const legend = html("span", { className: "review-legend" }, low, swatch, high);
  const off = button(
    say("maps.off"),
    () => {
      act.compare(false);
      map.focus({ preventScroll: true }); // the button goes
    },
    { ariaLabel: say("maps.off_label") },
  );
  const comparing = html("span", { className: "review-comparing" }, ...say.pieces("maps.difference", { off }));
  const sort = choice({
    label: say("maps.order"),
    options: [],
    value: "number",
    input: act.sort,
  });
  const stretch = tick({ label: say("maps.stretch"), value: false, input: act.stretch });
  stretch.element.title = say("meaning.stretch");
  const controls = html("div", { className: "belt-row" }, legend, comparing, stretch.element, sort.element);
  let told = "";
  return {
    element: html("div", { className: "review-head" }, readout, controls),
    draw(view) {
      const [from, to] = view.limits;
      put(low, shortly(from));
      swatch.style.background = view.scale.css;
      put(high, shortly(to));
      comparing.hidden = !view.compare;
      stretch.set(view.stretch);
      stretch.input.disabled = view.compare;
      sort.offer(view.sorts.map((name) => [name, say(orderName(name, view.kept))]));
      sort.set(view.sort);
      const words = describe(view);
      put(readout, words);
      if (document.activeElement === map && !view.pointed && words !== told) speak(words);
      told = words;
    },
  };
}

/** How full a belt gets; of a cell without one, how large its h. */
const orderName = (name, kept) => `order.${name === "belt" && kept === "h" ? "size" : name}`;

const shortly = (value) => number(value, Number.isInteger(value) ? 0 : value < 0.1 && value > -0.1 ? 3 : 1);

/** The square in words. */
function describe({ reading, tokens, offset, part, values, H, compare, at: { step, unit } }) {
  if (!reading.T) return say("no_word");
  const name = wordName(tokens, step, offset);
  const value = values[step * H + unit];
  const key = !compare ? "square" : Number.isNaN(value) ? "square_alone" : "square_difference";
  return say(`maps.${key}`, {
    word: step < offset ? name : say("word.counted", { word: name, k: step - offset + 1, n: reading.T - offset }),
    unit,
    part,
    value: number(value, 3),
    p: number(reading.p[step], 3),
  });
}
