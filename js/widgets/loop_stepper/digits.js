// Numbers as this widget writes them: short, for there is little room.
import { number } from "../../kit/dom.js";

export const short = (value) => String(Number(value.toPrecision(4))).replace("-", "\u2212");

/** Three digits where there is little room: 0.00243, 7e-5. */
export function brief(value) {
  const size = Math.abs(value);
  const text = size !== 0 && (size < 0.001 || size >= 1e5) ? value.toExponential(0) : Number(value.toPrecision(3));
  return String(text).replace("e+", "e").replaceAll("-", "\u2212");
}

/** The numbers of a variable: one as it is, several as NumPy prints a row. */
export function list(values) {
  if (!values) return "\u2013";
  if (values.length === 1) return short(values[0]);
  const shown = [...values.slice(0, 8)].map((value) => number(value));
  return `[${shown.join(" ")}${values.length > 8 ? " \u2026" : ""}]`;
}
