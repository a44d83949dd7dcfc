// One part of the reading as a map, a column for each word and a row for each unit. One pixel is one square, and the
// browser scales it up. One tab stop: the arrows move the chosen square.
import say from "words:review_explorer";
import partName from "words:parts";
import { ground } from "../../kit/colours.js";
import { html } from "../../kit/dom.js";
import { paint } from "../../kit/map.js";
import { remember } from "../../kit/remember.js";

const JUMP = 10; // words that PageUp and PageDown go

/**
 * act: { now(), go(step, unit), open(), point(step or null, unit), part(name) }
 * -> { element, draw(view, size): size of the element, { width, height } }
 */
export function heatmap(act) {
  const canvas = html("canvas");
  const signs = html("canvas", { className: "review-signs" });
  const column = html("div", { className: "review-column" });
  const square = html("div", { className: "review-square" });
  const element = html(
    "div",
    { className: "review-map", tabIndex: 0, role: "application", ariaRoleDescription: say("maps.kind") },
    canvas,
    signs,
    column,
    square,
  );
  const labelOf = remember((part, parts, compare, words, units) =>
    say(compare ? "maps.label_difference" : "maps.label", {
      part,
      name: partName(part),
      words,
      units,
      keys: parts.join(" "),
    }),
  );
  let view;
  let size;

  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    const within = (share, count) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    const { T } = view.reading;
    const row = within((event.clientY - box.top) / box.height, view.order.length);
    return [within((event.clientX - box.left) / box.width, T), view.order[row]];
  };
  element.onpointermove = (event) => view?.reading.T && act.point(...under(event));
  element.onpointerleave = () => act.point(null);
  element.onclick = (event) => {
    if (!view?.reading.T) return;
    act.go(...under(event));
    if (act.now().panel !== "hold") act.open(); // there the click says which unit and word are to be held
  };
  element.onkeydown = (event) => {
    const { reading, order, step, unit, parts } = act.now();
    if (!reading.T || event.altKey || event.metaKey) return;
    const row = order.indexOf(unit);
    const bottom = order.length - 1;
    const last = reading.T - 1;
    const to = (t, at) => act.go(Math.max(0, Math.min(last, t)), order[Math.max(0, Math.min(bottom, at))]);
    const keys = {
      ArrowLeft: () => to(step - 1, row),
      ArrowRight: () => to(step + 1, row),
      ArrowUp: () => to(step, row - 1),
      ArrowDown: () => to(step, row + 1),
      PageUp: () => to(step - JUMP, row),
      PageDown: () => to(step + JUMP, row),
      Home: () => (event.ctrlKey ? to(step, 0) : to(0, row)),
      End: () => (event.ctrlKey ? to(step, bottom) : to(last, row)),
      Enter: act.open,
      " ": act.open,
    };
    for (const part of parts) keys[part] = () => act.part(part);
    const key = keys[event.key];
    if (!key || (event.ctrlKey && event.key.length === 1)) return;
    event.preventDefault();
    key();
  };

  return {
    element,
    draw(next, room) {
      const fresh = next.painted !== view?.painted;
      const sized = room !== size;
      view = next;
      size = room;
      const { T } = view.reading;
      const H = view.order.length;
      element.ariaLabel = labelOf(view.part, view.parts, view.compare, T, H);
      element.style.setProperty("--rows", H);
      if (fresh) paint(canvas, view.values, view.order, view.scale);
      if (fresh || sized) drawSigns(signs, view, size);
      const place = (box, step, row, high) => {
        box.style.left = `${(100 * step) / T}%`;
        box.style.width = `${100 / T}%`;
        box.style.top = `${(100 * row) / H}%`;
        box.style.height = `${(100 * high) / H}%`;
      };
      column.hidden = square.hidden = !T;
      place(column, view.at.step, 0, H);
      place(square, view.step, view.order.indexOf(view.unit), 1);
    },
  };
}

/** A small minus on every square below 0, where the squares are large enough: the sign is not told by colour alone. */
function drawSigns(signs, { values, reading: { T }, order, limits }, size) {
  const dots = devicePixelRatio;
  const wide = size.width / T;
  const high = size.height / order.length;
  const seen = limits[0] < 0 && wide >= 8 && high >= 5;
  signs.hidden = !seen;
  if (!seen) return;
  signs.width = size.width * dots;
  signs.height = size.height * dots;
  const pen = signs.getContext("2d");
  pen.scale(dots, dots);
  pen.fillStyle = ground().background;
  const faint = limits[1] / 20;
  const long = Math.min(6, wide * 0.5);
  order.forEach((unit, row) => {
    for (let t = 0; t < T; t++) {
      if (values[t * order.length + unit] < -faint)
        pen.fillRect((t + 0.5) * wide - long / 2, (row + 0.5) * high - 0.5, long, 1);
    }
  });
}
