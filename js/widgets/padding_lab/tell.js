import say from "words:padding_lab";

/** The row in words: what it is made of, what was cut, and which steps count. */
export function tell({ tokens, rows, place }) {
  const kept = place.to - place.from;
  const cut = tokens.length - kept;
  const side = place.before ? "before" : place.behind ? "behind" : "full";
  const ids = say("told.ids", { n: kept });
  const zeros = say("told.zeros", { n: place.before + place.behind });
  return [
    say(`told.${side}`, { steps: say("steps", { n: rows.maxlen }), zeros, ids }),
    cut ? say(`told.cut_${place.from ? "first" : "last"}`, { n: cut }) : say("told.whole"),
    rows.mask && (side === "full" ? say("told.nothing_masked") : say("told.masked", { ids })),
  ]
    .filter(Boolean)
    .join(" ");
}
