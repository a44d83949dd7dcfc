import say from "words:review_explorer";
import { button } from "../../kit/dom.js";
import { KINDS } from "../../numbers/kinds.js";

// The other parts of a unit that one is made of.
const MADE_OF = { lstm: { c: ["f", "i", "g"], h: ["o", "c"] }, gru: { h: ["z", "g"], g: ["r"] }, simple_rnn: {} };

/** Buttons to the squares that one is made of. found: what js/numbers/terms.js says; act: { go(step, unit, part) } */
export function squareLinks({ kind, way }, { part, step, unit, terms, from }, act) {
  const to = (text, ...square) => button(text, () => act.go(...square));
  const parts = (MADE_OF[kind][part] ?? []).map((name) => to(say("sum.open", { part: name }), step, unit, name));
  if (!from) return parts; // the first that is read
  const earlier = step + (way ? 1 : -1);
  const before = () => to(say("sum.open_before", { part }), earlier, unit, part);
  const memory = terms.filter(({ group }) => group === "memory" || group === "reset");
  if (!memory.length) return part === KINDS[kind].kept ? [...parts, before()] : parts;
  const loudest = memory.reduce((a, b) => (Math.abs(b.product) > Math.abs(a.product) ? b : a)).name;
  return [...parts, to(say("sum.open_loudest", { unit: loudest }), earlier, loudest, "h")];
}
