// The text as a path of the opinion, the sum before the last sigmoid: a row and an arrow for each word, and the places
// where the network comes to rest.
import say from "words:review_explorer";
import { html, number, put, scroll, svg } from "../../kit/dom.js";
import { sizeOf } from "../../kit/size.js";
import { resting } from "../../numbers/resting.js";
import { opinionPicture } from "./opinion_picture.js";
import { remember } from "../../kit/remember.js";

const NEAR = 0.005; // two places that are told by the same digits are one

/** act: { go(step) } -> { element, draw(view): while it is open } */
export function opinionPanel(w, act) {
  const told = html("p", {}, say("opinion.told"));
  const picture = opinionPicture(act);
  const box = scroll(say("opinion.box"), ...picture.elements);
  box.classList.add("review-opinion");
  const legend = html("p", { className: "review-hint" });
  const size = sizeOf(box, w);
  const restOf = remember(resting);
  let described = null;

  function describe(rest, { behind, sum }) {
    const after = behind ? [say("opinion.behind", { n: behind, place: number(sum, 2) })] : [];
    if (!rest) {
      legend.replaceChildren(...after);
      return;
    }
    const {
      average: [low, high],
      padding,
    } = rest;
    const two = (value) => number(value, 2);
    const places = Math.abs(high - low) < NEAR ? two(low) : say("opinion.both", { low: two(low), high: two(high) });
    legend.replaceChildren(
      ...say.pieces("opinion.average", { line: sample("average"), places }),
      " ",
      ...(padding === null ? [] : say.pieces("opinion.padding", { line: sample("padding"), place: two(padding) })),
      " ",
      say("opinion.average_word"),
      ...after.flatMap((told) => [" ", told]),
    );
  }

  return {
    element: html("div", {}, told, box, legend),
    draw(view) {
      const ready = view.network && view.reading.T > 0;
      box.hidden = legend.hidden = !ready;
      put(told, say(ready ? "opinion.told" : view.network ? "no_word" : "opinion.waiting"));
      if (!ready) return;
      const rest = restOf(view.network);
      if (view.reading !== described) describe(rest, view.reading);
      described = view.reading;
      picture.draw(view, rest, size().width);
    },
  };
}

/** A piece of the line that marks a place. */
const sample = (kind) =>
  svg(
    "svg",
    { class: "review-rest", viewBox: "0 0 32 13", "aria-hidden": "true" },
    svg("path", { class: `review-${kind}`, d: "M0 6.5H32" }),
  );
