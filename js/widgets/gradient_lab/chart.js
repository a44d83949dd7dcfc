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

  return {
    element,
    draw(view, pointed, width) {
      element.style.display = view.waits ? "none" : "";
      if (view.waits) return;
      const end = width - RIGHT;
      const column = (end - LEFT) / view.T;
      shown = { column, at: view.at };
      const all = view.curves.flatMap(({ values, kind }) => [values, values.map((v) => v / view.cuts[kind])]);
      const axis = scale(
        all.flatMap((values) => [...values]),
        view.log,
      );
      const x = (t) => LEFT + (t + 0.5) * column;
      const y = (value) => FLOOR - axis.share(value) * (FLOOR - TOP);
      element.setAttribute("width", width);
      element.setAttribute("aria-label", described(view));
      drawTicks(axis, view, x, y, end);
      asked.setAttribute("d", `M${x(view.at)} ${TOP - 6}V${FLOOR}`);
      const where = pointed !== null && pointed <= view.at ? x(pointed) : null;
      point.setAttribute("d", where === null ? "" : `M${where} ${TOP}V${FLOOR}`);
      lines.replaceChildren(...view.curves.flatMap((curve) => drawn(curve, view, x, y)));
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

/** A curve, behind it what it was before the clip, and a mark where it leaves the axis. */
function drawn({ name, kind, values }, { cuts }, x, y) {
  const { role, dashes } = LINES[name];
  const line = (list, className) => {
    const d = pathOf(list, x, y);
    return svg("path", { class: className, d, stroke: `var(--gate-${role})`, "stroke-dasharray": dashes });
  };
  const cut = cuts[kind] !== 1 && name === kind; // of the whole, not of its parts
  const ghost = cut
    ? [
        line(
          values.map((value) => value / cuts[kind]),
          "lab-ghost",
        ),
      ]
    : [];
  const sign = leaves(values, x, y);
  if (sign) sign.setAttribute("fill", `var(--gate-${role})`);
  const last = values.length - 1;
  const height = y(values[last]); // a detour starts from nothing
  const dot = inside(height) ? [svg("circle", { cx: x(last), cy: height, r: 3.5, fill: `var(--gate-${role})` })] : [];
  return [...ghost, line(values, "lab-line"), ...(sign ? [sign] : []), ...dot];
}

const inside = (height) => height >= TOP - 0.5 && height <= FLOOR + 0.5;

/** The line within the plot: a piece that leaves it ends on its edge; what has no place, as 0 on a log axis, breaks it. */
function pathOf(values, x, y) {
  const pieces = [];
  let before = null;
  values.forEach((value, t) => {
    const here = Number.isFinite(y(value)) ? [x(t), y(value)] : null;
    if (before && here && (inside(before[1]) || inside(here[1]))) {
      const [a, b] = [onEdge(before, here), onEdge(here, before)];
      pieces.push(`M${a[0].toFixed(1)} ${a[1].toFixed(1)}L${b[0].toFixed(1)} ${b[1].toFixed(1)}`);
    }
    before = here;
  });
  return joined(pieces);
}

/** Where the line from `from` to `to` is within the plot first. */
function onEdge(from, to) {
  if (inside(from[1])) return from;
  const edge = from[1] < TOP ? TOP : FLOOR;
  const share = (edge - from[1]) / (to[1] - from[1]);
  return [from[0] + share * (to[0] - from[0]), edge];
}

/** Pieces that go on where the one before ended become one line: dashes run through. */
function joined(pieces) {
  let end = "";
  return pieces
    .map((piece) => {
      const [from, to] = piece.slice(1).split("L");
      const text = from === end ? `L${to}` : piece;
      end = to;
      return text;
    })
    .join("");
}

/** A triangle where a curve goes beyond the axis for good, seen from the asked step. */
function leaves(values, x, y) {
  const height = y(values[0]);
  if (Number.isNaN(height) || inside(height)) return null;
  for (let t = 0; t < values.length; t++) {
    if (t + 1 < values.length && !inside(y(values[t + 1]))) continue;
    const up = height < TOP;
    const [at, edge] = [x(t), up ? TOP : FLOOR];
    return svg("path", { class: "lab-beyond", d: `M${at - 6} ${edge}h12l-6 ${up ? -9 : 9}z` });
  }
}

function described({ curves, at, tokens }) {
  const each = curves.map(({ name, shares }) =>
    say("picture.curve", { name: say(`curve.${name}`), share: brief(shares[0]) }),
  );
  return say("picture.label", { steps: stepsOf(at, tokens), curves: each.join(" ") });
}
