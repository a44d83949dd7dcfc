// The belt that runs by: a parcel is open while it is at the window, and closed before and after.
import { number, put, svg } from "../../kit/dom.js";
import { INPUTS } from "../../numbers/parcel_row.js";

const PITCH = 84; // pixels from box to box
const WIDE = 72;
const TALL = 54;
const FLOOR = 110; // where the boxes stand
const HEIGHT = 122;
const FLAG = "M0 -4v-34l20 8l-20 8";
const BELL = "M-14 -9q6 -5 6 -14a8 8 0 0 1 16 0q0 9 6 14zM-3 -5a3 3 0 0 0 6 0z";

/** -> { element, draw(now, width) } */
export function beltOf() {
  const view = svg("rect", { class: "parcel-window", y: 4, width: PITCH, height: FLOOR + 4, rx: 6 });
  const floor = svg("path", { class: "parcel-floor" });
  let train = svg("g");
  const element = svg("svg", { class: "parcel-belt", role: "img", height: HEIGHT }, view, train, floor);
  let boxes = [];
  let of = null; // the row that the boxes are of

  function build(row) {
    of = row;
    boxes = Array.from({ length: row.T }, (_, k) => boxOf(k, row));
    const anew = svg("g", { class: "parcel-train" }, ...boxes.map(({ group }) => group)); // it starts where it stands
    train.replaceWith(anew);
    train = anew;
  }

  function draw({ row, at, answer, told }, width) {
    if (row !== of) build(row);
    element.setAttribute("width", width);
    element.setAttribute("aria-label", told.picture);
    view.setAttribute("x", (width - PITCH) / 2);
    floor.setAttribute("d", `M0 ${FLOOR + 2}H${width}`);
    train.style.transform = `translateX(${width / 2 - (at - 1) * PITCH}px)`;
    boxes.forEach(({ group, text }, k) => {
      const where = k === at - 1 ? "here" : k < at ? "past" : "coming";
      const open = where === "here" || (answer !== null && where === "past");
      if (group.dataset.where !== where) group.dataset.where = where;
      group.toggleAttribute("data-open", open);
      put(text, open ? number(row.inputs[INPUTS * k], 2) : "");
    });
  }

  return { element, draw };
}

/** A box, its middle at 0 of its group. The flag and the bell are seen when it has come to the window. */
function boxOf(k, { flag, T }) {
  const top = FLOOR - TALL;
  const text = svg("text", { y: top + 33, "text-anchor": "middle" });
  const sign = (name, d) => svg("path", { class: `parcel-${name}`, d, transform: `translate(0 ${top})` });
  const group = svg(
    "g",
    { class: "parcel-box", transform: `translate(${k * PITCH} 0)`, "data-where": "coming" },
    svg("rect", { x: -WIDE / 2, y: top, width: WIDE, height: TALL, rx: 4 }),
    svg("path", { class: "parcel-lid", d: `M${-WIDE / 2} ${top + 16}h${WIDE}M-7 ${top}v16h14v-16` }),
    text,
    k === flag ? sign("flag", FLAG) : null,
    k === T - 1 ? sign("bell", BELL) : null,
  );
  return { group, text };
}
