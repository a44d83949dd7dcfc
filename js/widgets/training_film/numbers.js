// All numbers, for whoever wants them: every frame, and the steps of the one that is shown. Written only while it is open.
import say from "words:training_film";
import { html, number, scroll } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { letterAt, percent } from "./tell.js";

const share = (value) => (value >= 0.001 ? number(value, 4) : value.toExponential(1).replace("-", "\u2212"));

/** -> { element, draw(k) } */
export function numbersOf(w, film) {
  const { batches, T, flag, bell, cells, kept } = film;
  const plain = cells.simple_rnn;
  const heads = (names) => names.map((name) => say(`table.${name}`));
  const frames = table(heads(["batch", "plain_right", "plain_left", "lstm_right", "lstm_left", "kept"]), {
    caption: say("table.frames"),
  });
  const steps = table(heads(["step", "letter", "plain_left_here", "lstm_left_here", "f"]));
  const caption = html("caption");
  steps.element.prepend(caption);
  const element = html(
    "details",
    { className: "film-numbers", ontoggle: w.draw },
    html("summary", {}, say("table.summary")),
    scroll(say("table.frames"), frames.element),
    scroll(say("table.steps_label"), steps.element),
  );

  const rowOf = (batch, k) => [
    String(batch),
    ...[plain, cells.lstm].flatMap(({ right, left }) => [percent(right[k]), share(left(k)[flag])]),
    number(kept[k], 3),
  ];
  const what = { [flag]: say("table.flag"), [bell]: say("table.bell") };
  const stepOf = (k) => {
    const [before, after, f] = [plain.left(k), cells.lstm.left(k), cells.lstm.values(k, "f")];
    const { H } = cells.lstm;
    return (_, t) => {
      const mean = f.subarray(t * H, (t + 1) * H).reduce((sum, value) => sum + value, 0) / H;
      return [
        [t, what[t]].filter((text) => text !== undefined).join(" "),
        letterAt(film, t),
        share(before[t]),
        share(after[t]),
        number(mean, 3),
      ];
    };
  };
  return {
    element,
    draw(k) {
      if (!element.open) return;
      if (!frames.rows.length) frames.draw(Array.from(batches, rowOf)); // the same for every frame
      element.querySelector("[data-now]")?.removeAttribute("data-now");
      frames.rows[k].setAttribute("data-now", "");
      caption.textContent = say("table.steps", { n: batches[k] });
      steps.draw(Array.from({ length: T }, stepOf(k)));
    },
  };
}
