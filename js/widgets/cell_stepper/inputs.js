// What comes in: a slider for each number of x and of the last h, and for the belt of the unit that is looked at.
import say from "words:cell_stepper";
import { html, number, slider } from "../../kit/dom.js";

/** The range of a slider grows with its value, which may come from Python or from the turn before. */
export function makeRoom(input, value, least) {
  const most = Math.max(least, Math.ceil(Math.abs(value)));
  if (Number(input.max) !== most) {
    input.max = most;
    input.min = -most;
  }
}

export function inputs(w) {
  const rowOf = () => Math.min(w.get("t"), w.get("x").length - 1);
  const named = (name, k, size) => (size > 1 ? `${name}[${k}]` : name);
  const one = (label, least, get, put, className) => {
    const made = slider({
      label,
      min: -least,
      max: least,
      step: 0.05,
      value: get(),
      input: put,
      read: () => number(get(), 3),
      className,
    });
    const draw = () => {
      makeRoom(made.input, get(), least);
      made.set(get());
    };
    return { ...made, draw };
  };
  const D = w.get("x")[0].length;
  const H = w.get("h").length;
  const x = Array.from({ length: D }, (_, d) =>
    one(
      say("inputs.x", { x: named("x", d, D) }),
      3,
      () => w.get("x")[rowOf()][d],
      (value) => w.set({ x: w.get("x").map((row, k) => (k === rowOf() ? row.with(d, value) : row)) }),
      "cell-x",
    ),
  );
  const h = Array.from({ length: H }, (_, u) =>
    one(
      say("inputs.last", { state: named("h", u, H) }),
      1,
      () => w.get("h")[u],
      (value) => w.set({ h: w.get("h").with(u, value) }),
      "cell-h",
    ),
  );
  const c = one(
    say("inputs.last", { state: "c" }),
    3,
    () => w.get("c")[w.get("unit")],
    (value) => w.set({ c: w.get("c").with(w.get("unit"), value) }),
    "cell-c",
  );
  const all = [...x, ...h, c];
  const scroll = html("div", { className: "cell-sliders" }, ...all.map(({ element }) => element));
  const draw = ({ stage }) => {
    c.element.hidden = stage === "loop";
    for (const made of all) made.draw();
  };
  return { element: html("div", { className: "cell-inputs" }, scroll), draw };
}
