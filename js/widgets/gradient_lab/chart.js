// The length of the slope at each step, on a log axis, the step that is asked at the right. Curves that leave the axis
// are marked where they do.
import say from "words:gradient_lab";
import { svg } from "../../kit/dom.js";
import { LEFT, LINES, RIGHT } from "./lines.js";
import { scale } from "./scale.js";
import { brief, round, stepsOf } from "./told.js";

const TOP = 28;
const FLOOR = 238; // of the plot
const HEIGHT = 282;

/** act: { point(step or null) } -> { element, draw(view, pointed, width) } */
export function chart(act) {
  const grid = svg("g", { class: "lab-grid" });
  const ticks = svg("g", { class: "lab-ticks" });
  const lines = svg("g", { class: "lab-lines" });
  const asked = svg("path", { class: "lab-bell-line" });
  const point = svg("path", { class: "lab-point" });
  const title = svg("text", { class: "lab-axis", x: 0, y: 14 }, say("axis.length"));
  const element = svg("svg", { class: "lab-picture", role: "img", height: HEIGHT });
  element.append(grid, asked, point, lines, ticks, title);
  let shown;
  element.onpointermove = ({ clientX }) => {
    const { left } = element.getBoundingClientRect();
    const step = Math.floor((clientX - left - LEFT) / shown.column);
    act.point(step >= 0 && step <= shown.at ? step : null);
  };
  element.onpointerleave = () => act.point(null);

  let ticked = ""; // what the ticks were drawn for: texts cost a layout
  function drawTicks(axis, view, x, y, end) {
    const key = [axis.ticks, view.at, view.T, Boolean(view.tokens), end].join();
    if (key === ticked) return;
    ticked = key;
    grid.replaceChildren(...axis.ticks.map((value) => across(value, y(value), end)));
    ticks.replaceChildren(...axis.ticks.map((value) => tick(value, y(value))), ...below(view, x, end));
  }

  let curves = {}; // name -> its lines and marks
  function build(names) {
    if (Object.keys(curves).join() === names.join()) return;
    curves = Object.fromEntries(names.map((name) => [name, curveOf(LINES[name])]));
    lines.replaceChildren(...Object.values(curves).map((curve) => curve.element));
  }

  return {
    element,
    draw(view, pointed, width) {
      element.style.display = view.waits ? "none" : "";
      if (view.waits) return;
      const end = width - RIGHT;
      const column = (end - LEFT) / view.T;
      shown = { column, at: view.at };
      const all = view.curves.flatMap(({ values, kind }) => [values, values.map((v) => v / view.cuts[kind])]);
      const axis = scale(all, view.log);
      const x = (t) => LEFT + (t + 0.5) * column;
      const y = (value) => FLOOR - axis.share(value) * (FLOOR - TOP);
      element.setAttribute("width", width);
      element.setAttribute("aria-label", described(view));
      drawTicks(axis, view, x, y, end);
      asked.setAttribute("d", `M${x(view.at)} ${TOP - 6}V${FLOOR}`);
      const where = pointed !== null && pointed <= view.at ? x(pointed) : null;
      point.setAttribute("d", where === null ? "" : `M${where} ${TOP}V${FLOOR}`);
      build(view.curves.map(({ name }) => name));
      for (const curve of view.curves) curves[curve.name].draw(curve, view, x, y);
    },
  };
}

const across = (value, y, end) => svg("path", { class: value === 1 ? "lab-one" : "", d: `M${LEFT} ${y}H${end}` });
const tick = (value, y) => svg("text", { x: LEFT - 7, y: y + 4, "text-anchor": "end" }, round(value));

/** Under the plot: how many steps before the asked one each place is. */
function below({ at, tokens }, x, end) {
  const apart = [1, 2, 5, 10, 20, 50].find((n) => n * (x(1) - x(0)) >= 34) ?? 100;
  const labels = [];
  for (let n = 0; n <= at; n += apart) labels.push(label(x(at - n), FLOOR + 17, "middle", String(n)));
  const name = say(tokens ? "axis.words_before" : "axis.steps_before");
  return [...labels, label((LEFT + end) / 2, HEIGHT - 5, "middle", name)];
}
const label = (x, y, anchor, text) => svg("text", { x, y, "text-anchor": anchor }, text);

/** A curve, behind it what it was before the clip, and a mark where it leaves the axis. -> { element, draw(curve, view, x, y) } */
function curveOf({ role, dashes }) {
  const colour = `var(--gate-${role})`;
  const line = (className) => svg("path", { class: className, stroke: colour, "stroke-dasharray": dashes });
  const [before, now] = [line("lab-ghost"), line("lab-line")];
  const beyond = svg("path", { class: "lab-beyond", fill: colour });
  const dot = svg("circle", { fill: colour });
  return {
    element: svg("g", {}, before, now, beyond, dot),
    draw({ name, kind, values }, { cuts }, x, y) {
      const heights = values.map(y);
      const last = values.length - 1;
      const cut = cuts[kind] !== 1 && name === kind; // of the whole, not of its parts
      const heightsBefore = cut ? values.map((value) => y(value / cuts[kind])) : [];
      before.setAttribute("d", pathOf(heightsBefore, x));
      now.setAttribute("d", pathOf(heights, x));
      beyond.setAttribute("d", triangle(heights, x));
      dot.setAttribute("r", inside(heights[last]) ? 3.5 : 0); // a detour starts from nothing
      dot.setAttribute("cx", x(last));
      dot.setAttribute("cy", inside(heights[last]) ? heights[last] : FLOOR);
    },
  };
}

const inside = (height) => height >= TOP - 0.5 && height <= FLOOR + 0.5;

/** The line within the plot: a piece that leaves it ends on its edge; what has no place, as 0 on a log axis, breaks it. */
function pathOf(heights, x) {
  let path = "";
  let goesOn = false; // from where the piece before ended: dashes run through
  for (let t = 1; t < heights.length; t++) {
    const [from, to] = [heights[t - 1], heights[t]];
    const seen = Number.isFinite(from) && Number.isFinite(to) && (inside(from) || inside(to));
    if (seen && !goesOn) path += `M${onEdge(t - 1, t, heights, x)}`;
    if (seen) path += `L${onEdge(t, t - 1, heights, x)}`;
    goesOn = seen && inside(to);
  }
  return path;
}

/** Where the line from step `from` to step `to` is within the plot first. */
function onEdge(from, to, heights, x) {
  const height = heights[from];
  if (inside(height)) return `${x(from).toFixed(1)} ${height.toFixed(1)}`;
  const edge = height < TOP ? TOP : FLOOR;
  const share = (edge - height) / (heights[to] - height);
  return `${(x(from) + share * (x(to) - x(from))).toFixed(1)} ${edge}`;
}

/** A triangle where a curve goes beyond the axis for good, seen from the asked step. */
function triangle(heights, x) {
  const [height] = heights;
  if (Number.isNaN(height) || inside(height)) return "";
  const up = height < TOP;
  const back = heights.findIndex(inside); // the first step within the plot
  const at = x(back < 0 ? heights.length - 1 : back - 1);
  return `M${at - 6} ${up ? TOP : FLOOR}h12l-6 ${up ? -9 : 9}z`;
}

function described({ curves, at, tokens }) {
  const each = curves.map(({ name, shares }) =>
    say("picture.curve", { name: say(`curve.${name}`), share: brief(shares[0]) }),
  );
  return say("picture.label", { steps: stepsOf(at, tokens), curves: each.join(" ") });
}
