// What works and what is broken, in words: what the numbers say, whichever gate is held.
import say from "words:keeper";

/** now -> a sentence or several */
export function tell({ found, flags }) {
  if (!found.length) return say(flags.includes(1) ? "broken.works" : "broken.empty");
  const hidden = found.every(({ kind }) => kind === "hidden" || kind === "dim");
  const sentences = found.map(({ kind, share, ...numbers }) =>
    say(`broken.${kind}`, { share: `${Math.round(100 * share)}%`, ...numbers }),
  );
  return [...(hidden ? [say("broken.belt_works")] : []), ...sentences].join(" ");
}
