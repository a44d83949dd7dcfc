// How long each network remembers: what it would answer at each step after the flag, and its error over new rows.
import say from "words:parcel";
import { html, number, put, svg } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { answersSince, errorsOver } from "../../numbers/parcel.js";
import { NOTHING } from "./outcome.js";

const ROWS = 500;
const SLICE = 4; // milliseconds of work between two inputs
const STILL = 200; // milliseconds that the lag has to stand before the work begins
const TOLD = 50; // rows after which the page says how far it is
// the picture of an answer over time, in its own units
const LEFT = 30;
const RIGHT = 290;
const MIDDLE = 66;
const HIGH = 50; // of a 1

/** -> { element, draw(now) } */
export function memoryOf(w, networks) {
  const measure = measuring(w, networks);
  const hint = html("p");
  const curves = networks.map(({ name }) => curveOf(name));
  const figures = html("div", { className: "parcel-curves" }, ...curves.map(({ element }) => element));
  const count = html("p");
  const sheet = table([null, say("columns.error")]);
  const names = [...networks.map(({ name }) => html("bdi", {}, name)), say("who.nothing")];
  let of = null; // the row that the curves are of
  const element = html(
    "details",
    { className: "parcel-memory", ontoggle: w.draw },
    html("summary", {}, say("memory.summary")),
    hint,
    figures,
    count,
    sheet.element,
  );
  return {
    element,
    draw({ answer, row, lag }) {
      if (!element.open) return;
      put(hint, say(answer === null ? "memory.wait" : "memory.curves"));
      figures.hidden = answer === null; // they would give the number away
      if (answer !== null && of !== row) {
        of = row;
        w.later(() => curves.forEach((curve, k) => curve.draw(answersSince(networks[k], row), row.right)));
      }
      const { done, errors } = measure(lag);
      put(
        count,
        say(done < ROWS ? "memory.counting" : "memory.counted", { done, rows: ROWS, lag: say("steps", { n: lag }) }),
      );
      sheet.draw(names.map((name, k) => [name, number(errors[k] ?? NOTHING)]));
    },
  };
}

/** -> measure(lag) -> { done, errors }: how many of the rows, and how far off each network is over them. It begins when
 * the lag stands still, goes on in small pieces, and from time to time the widget is drawn. */
function measuring(w, networks) {
  let of = null; // the lag that is measured
  let steps;
  let now;
  let timer;
  const goOn = () => {
    const end = performance.now() + SLICE;
    const before = now.done;
    do now = { done: now.done + 1, errors: steps.next().value };
    while (now.done < ROWS && performance.now() < end);
    if (now.done < ROWS) timer = setTimeout(goOn);
    if (Math.floor(now.done / TOLD) > Math.floor(before / TOLD)) w.draw();
  };
  w.signal.addEventListener("abort", () => clearTimeout(timer));
  return (lag) => {
    if (of !== lag) {
      clearTimeout(timer);
      [of, steps, now] = [lag, errorsOver(ROWS, networks, lag), { done: 0, errors: [] }];
      timer = setTimeout(goOn, STILL);
    }
    return now;
  };
}

/** One network's answer over time, beside the right number. */
function curveOf(name) {
  const line = (className) => svg("path", { class: className });
  const [axis, right, answers] = ["parcel-line", "parcel-right", "parcel-curve"].map(line);
  const label = (x, y, anchor, text = "") => svg("text", { x, y, "text-anchor": anchor }, text);
  const ends = [label(LEFT, 134, "middle", "1"), label(RIGHT, 134, "end")];
  const up = (value) => MIDDLE - HIGH * Math.min(Math.max(value, -1.15), 1.15);
  const heights = [-1, 0, 1].map((value) => label(LEFT - 8, up(value) + 4, "end", number(value, 0)));
  const picture = svg("svg", { viewBox: "0 0 300 140", role: "img" }, axis, right, answers, ...heights, ...ends);
  const title = html("figcaption", {}, html("bdi", {}, name));
  return {
    element: html("figure", {}, title, picture),
    draw(list, goal) {
      const x = (k) => LEFT + ((RIGHT - LEFT) * k) / Math.max(list.length - 1, 1);
      axis.setAttribute("d", [-1, 0, 1].map((value) => `M${LEFT} ${up(value)}H${RIGHT}`).join(""));
      right.setAttribute("d", `M${LEFT} ${up(goal)}H${RIGHT}`);
      const points = Array.from(list, (value, k) => `${x(k).toFixed(1)} ${up(value).toFixed(1)}`);
      answers.setAttribute("d", points.length > 1 ? `M${points.join("L")}` : `M${points[0]}h1`);
      put(ends[1], say("memory.last", { n: list.length }));
      const told = { right: number(goal, 2), first: number(list[0], 2), last: number(list.at(-1), 2), n: list.length };
      picture.setAttribute("aria-label", say("memory.label", told));
    },
  };
}
