// What is to be said of a row as far as it has come by.
import say from "words:parcel";
import { number } from "../../kit/dom.js";

const SPOKEN_ALONE = ["bell", "done"]; // the number that comes with the bell is of no account

/** -> { shown, spoken, picture }: the line above the belt, what a screen reader is told, the picture in words. */
export function tell(now) {
  const { phase, at, answer, row } = now;
  const shown = phase === "done" ? outcome(answer, row) : say(`told.${phase}`);
  if (phase === "start") return { shown, spoken: shown, picture: say("picture.start") };
  const value = number(now.number, 2);
  const sign = { flag: "flag", bell: "bell", done: "bell" }[phase] ?? "plain";
  const picture = say(`picture.${sign}`, { n: at, number: value });
  return {
    shown,
    spoken: SPOKEN_ALONE.includes(phase) ? shown : say("spoken", { number: value, told: shown }),
    picture,
  };
}

const outcome = (answer, { right }) =>
  say("told.done", { right: number(right, 2), answer: number(answer, 2), off: number(Math.abs(answer - right), 2) });
