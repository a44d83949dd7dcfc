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
  const boxes = new Map(); // of the parcels in sight: step -> box
  let of = null; // the row that the boxes are of

  function begin(row) {
    of = row;
    boxes.clear();
    const anew = svg("g", { class: "parcel-train" }); // it starts where it stands
    train.replaceWith(anew);
    train = anew;
  }

  /** The boxes that are seen, and one more at each side, which comes into sight while the belt runs. */
  function keep(row, here, width) {
    const reach = Math.ceil(width / PITCH / 2) + 1;
    for (const [k, { group }] of boxes) {
      if (Math.abs(k - here) <= reach) continue;
      group.remove();
      boxes.delete(k);
    }
    for (let k = Math.max(here - reach, 0); k <= Math.min(here + reach, row.T - 1); k++) {
      if (boxes.has(k)) continue;
      boxes.set(k, boxOf(k, row));
      train.append(boxes.get(k).group);
    }
  }

  function draw({ row, at, answer, told }, width) {
    const here = at - 1;
    if (row !== of) begin(row);
    keep(row, here, width);
    element.setAttribute("width", width);
    element.setAttribute("aria-label", told.picture);
    view.setAttribute("x", (width - PITCH) / 2);
    floor.setAttribute("d", `M0 ${FLOOR + 2}H${width}`);
    train.style.transform = `translateX(${width / 2 - here * PITCH}px)`;
    for (const [k, { group, text }] of boxes) {
      const where = k === here ? "here" : k < here ? "past" : "coming";
      const open = where === "here" || (answer !== null && where === "past");
      if (group.dataset.where !== where) group.dataset.where = where;
      group.toggleAttribute("data-open", open);
      put(text, open ? number(row.inputs[INPUTS * k], 2) : "");
    }
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
