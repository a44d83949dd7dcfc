// Where things stand in the pictures of a cell, so that curve, slopes and map share their left and right end.
export const LEFT = 44; // pixels, for the names of the axes; style.css has both for the map
export const RIGHT = 10;

/** Lines from the left end to the right one, one at each height: what a path draws. */
export const across = (heights, width) => heights.map((y) => `M${LEFT} ${y}H${width - RIGHT}`).join("");

/** x of the left edge of step t, and how wide a step is, in a picture of `width` pixels with T steps. */
export function columns(width, T) {
  const wide = Math.max(width - LEFT - RIGHT, 0) / T;
  return { wide, x: (t) => LEFT + t * wide };
}
