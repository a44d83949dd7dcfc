// The reading that stands in the widget's state: what is seen before the model has loaded.
import { PARTS } from "./colours.js";
import { encode } from "../numbers/network.js";
import { numbers } from "../numbers/packed.js";

/** The reading that stands in the widget's state: the picture before the model has loaded. A long text's does not. */
export function openStored(first) {
  if (!first) return { name: "", text: "", tokens: [], cut: 0, H: 1, unit: 0, parts: PARTS, reading: empty() };
  const { tokens, cut, paddings } = encode(
    { ids: new Map(), length: first.length, paddings: () => first.paddings },
    first.text,
  );
  tokens.forEach((token, k) => (token.known = first.known[k]));
  const reading = { T: tokens.length, holds: [], paddings, start: { p: first.start } };
  for (const name of [...PARTS, "p"]) reading[name] = numbers({ dtype: "float32", data: first[name] });
  reading.last = tokens.length ? reading.p.at(-1) : first.start;
  return { name: first.name, text: first.text, tokens, cut, H: first.units, unit: first.unit, parts: PARTS, reading };
}

function empty() {
  const none = new Float64Array();
  const parts = Object.fromEntries(PARTS.map((part) => [part, none]));
  return { T: 0, holds: [], paddings: 0, ...parts, p: none, start: {}, last: Number.NaN };
}
