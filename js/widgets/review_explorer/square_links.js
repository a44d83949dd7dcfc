import say from "words:review_explorer";
import { button } from "../../kit/dom.js";

/** Buttons to the squares that one is made of. found: what js/numbers/terms.js says; act: { go(step, unit, part) } */
export function squareLinks({ part, step, unit, terms }, act) {
  const to = (text, ...square) => button(text, () => act.go(...square));
  const open = (name) => to(say("sum.open", { part: name }), step, unit, name);
  if (part === "h") return ["o", "c"].map(open);
  if (part === "c") {
    const before = step ? [to(say("sum.open_before", { part }), step - 1, unit, part)] : [];
    return [...["f", "i", "g"].map(open), ...before];
  }
  if (!step) return [];
  const memory = terms.filter(({ group }) => group === "memory");
  const loudest = memory.reduce((a, b) => (Math.abs(b.product) > Math.abs(a.product) ? b : a)).name;
  return [to(say("sum.open_loudest", { unit: loudest }), step - 1, loudest, "h")];
}
