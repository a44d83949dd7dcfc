// The axis of the slope's length: which values it reaches, where they stand, and where it has its ticks.
import { ticks } from "../../kit/axis.js";

const LEAST = -12; // powers of ten: what lies beyond is marked at the axis' end
const MOST = 8;

/** lists: of all values that are drawn -> { ticks: [values], share(value): 0 at the low end, 1 at the high one, beyond for more } */
export function scale(lists, log) {
  let [least, most] = [1, 1];
  for (const values of lists) {
    for (const value of values) {
      if (!(value > 0 && value < Infinity)) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (!log) {
    const high = Math.min(most, 10 ** MOST) * 1.05;
    return { ticks: ticks(0, high, high / 6), share: (value) => value / high };
  }
  const even = (power) => 2 * Math.floor(power / 2); // in steps of two: it moves less while something is dragged
  const low = Math.min(Math.max(even(Math.log10(least)), LEAST), -2);
  const high = Math.min(-even(-Math.log10(most)), MOST);
  const apart = Math.max(1, Math.ceil((high - low) / 7));
  const powers = Array.from({ length: Math.floor((high - low) / apart) + 1 }, (_, k) => high - k * apart);
  return {
    ticks: powers.map((power) => 10 ** power),
    share: (value) => (Math.log10(value) - low) / (high - low),
  };
}
