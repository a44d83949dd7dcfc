// What a frame shows, in words.
import say from "words:training_film";
import { number } from "../../kit/dom.js";

const LEARNT = 0.95;
const GUESSING = 0.35; // chance is a quarter

export const percent = (share) => `${Math.round(100 * share)}%`;

/** The letter of step t. */
export const letterAt = ({ letters }, t) => "ABCD"[letters[t]];

/** How long the slope is, over its length at the bell, as a reader says it: 1 part in 480, 23%, 12 times. */
export function shareInWords(share) {
  if (share >= 1) return say("times", { n: number(share, share < 9.95 ? 1 : 0) });
  if (share >= 0.01) return percent(share);
  return say("one_in", { parts: Number((1 / share).toPrecision(2)).toLocaleString("en-US") });
}

/** How a cell stands at frame k. */
export function tellCell(film, name, k) {
  const { right, left } = film.cells[name];
  const stage = right[k] >= LEARNT ? "learnt" : right[k] > GUESSING ? "learning" : "guessing";
  const share = left(k)[film.flag];
  const told = [say(`stage.${stage}`), say(share >= 1 ? "grown" : "left", { left: shareInWords(share) })];
  if (name === "lstm") told.push(say("kept", { f: number(film.kept[k], 2) }));
  return told.join(" ");
}

/** The whole frame. */
export const tell = (film, k) =>
  [
    say("batch_said", { n: film.batches[k] }),
    ...Object.keys(film.cells).map((name) =>
      say("cell_said", {
        name: say(name),
        percent: percent(film.cells[name].right[k]),
        told: tellCell(film, name, k),
      }),
    ),
  ].join(" ");
