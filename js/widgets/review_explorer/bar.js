import { svg } from "../../kit/dom.js";

/** A bar from the middle: to the right for a share above 0, to the left below. */
export function bar(share) {
  const wide = Math.abs(share) * 50;
  return svg(
    "svg",
    { class: "review-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { x: share < 0 ? 50 - wide : 50, y: 1, width: wide, height: 8 }),
    svg("line", { x1: 50, x2: 50, y1: 0, y2: 10 }),
  );
}
