// The steps side by side: bars for what came in and for what went out, an arrow where the state went on.
import say from "words:loop_stepper";
import { html, scroll, svg } from "../../kit/dom.js";
import { brief, list } from "./digits.js";
import { outputAt, PER_STEP } from "./run.js";
import { placeOf } from "./tell.js";

const COLUMN = 42; // pixels of the picture for a step
const GAP = 10; // between two steps, where the state goes on
const BAR = 26; // the longest bar
const ROWS = { input: 50, output: 128 }; // where the bars stand

/** chosen(t) is called where a step is clicked -> { element, draw(now, run, before) } */
export function pictureOf(inputs, units, chosen) {
  const columns = [];
  const drawing = svg("svg", { role: "img", height: 172 });
  const view = scroll(say("picture.label"), drawing);

  function draw(now, run, before) {
    while (columns.length > run.length) columns.pop().group.remove();
    while (columns.length < run.length) {
      columns.push(column(columns.length, chosen));
      drawing.append(columns.at(-1).group);
    }
    drawing.setAttribute("width", (COLUMN + GAP) * run.length);
    const olds = columns.map((_, t) => outputAt(before, t) ?? []);
    const most = {
      input: reach(run.steps.map(({ input }) => input)),
      output: reach([...run.steps.map(({ output }) => output), ...olds]),
    };
    columns.forEach(({ group, ground, input, old, output, arrow }, t) => {
      const read = t < now.t || (t === now.t && now.line >= 1);
      const done = t < now.t || (t === now.t && (now.line >= 2 || now.ended));
      const passed = t < now.t || (t === now.t && (now.line === 3 || now.ended));
      const values = run.steps[2 + PER_STEP * t];
      group.toggleAttribute("data-read", read);
      ground.toggleAttribute("data-now", t === now.t && !now.ended);
      bars(input, values.input, inputs, ROWS.input, most.input);
      const changed = done && olds[t].some((value, k) => value !== values.output[k]);
      bars(old, changed ? olds[t] : [], units, ROWS.output, most.output, false);
      bars(output, done ? values.output : [], units, ROWS.output, most.output);
      arrow.toggleAttribute("data-off", !passed || t === run.length - 1);
    });
    const output = now.output ? say("picture.output", { h: list(now.output) }) : say("picture.no_output");
    drawing.setAttribute("aria-label", say("picture.described", { n: run.length, place: placeOf(now), output }));
    const left = now.t * (COLUMN + GAP);
    if (left < view.scrollLeft || left + COLUMN > view.scrollLeft + view.clientWidth)
      view.scrollLeft = left - view.clientWidth / 2;
  }

  return { element: html("div", { className: "loop-picture" }, view, html("p", {}, say("picture.words"))), draw };
}

/** The largest size among lists of numbers, some of them not there yet. */
const reach = (lists) => Math.max(...lists.flatMap((values) => [...(values ?? [])].map(Math.abs)), 1e-12);

/** The place of step t, and the parts of it that change. */
function column(t, chosen) {
  const bar = (className) => svg("g", { className });
  const arrow = (d) => svg("path", { className: "loop-arrow", d });
  const parts = {
    ground: svg("rect", { x: 1, y: 1, width: COLUMN, height: 170, rx: 4, className: "loop-ground" }),
    input: bar("loop-input"),
    output: bar("loop-output"),
    old: bar("loop-first"),
    arrow: arrow(`M${COLUMN + 2} ${ROWS.output}h${GAP - 2}l-4-4m4 4l-4 4`),
  };
  const group = svg(
    "g",
    { transform: `translate(${t * (COLUMN + GAP)} 0)`, onclick: () => chosen(t) },
    parts.ground,
    svg("text", { x: COLUMN / 2, y: 15 }, String(t)),
    parts.input,
    arrow(`M${COLUMN / 2} 82v14l-4-4m4 4l4-4`),
    parts.output,
    parts.old,
    parts.arrow,
  );
  return { group, ...parts };
}

/** A bar for each number, up or down from the line, and the number itself where there is only one. */
function bars(group, values, places, y, most, written = true) {
  const wide = Math.min((COLUMN - 8) / places, 12);
  const from = (COLUMN - wide * places) / 2;
  group.replaceChildren(
    svg("path", { d: `M4 ${y}h${COLUMN - 8}` }),
    ...[...values].map((value, k) => {
      const tall = (BAR * Math.abs(value)) / most;
      return svg("rect", {
        x: from + k * wide + Math.min(1, wide / 8),
        y: value < 0 ? y : y - tall,
        width: wide - 2 * Math.min(1, wide / 8),
        height: tall,
      });
    }),
    ...(written && values.length === 1 && places === 1
      ? [svg("text", { x: COLUMN / 2, y: y + (values[0] < 0 ? -4 : 14) }, brief(values[0]))]
      : []),
  );
}
