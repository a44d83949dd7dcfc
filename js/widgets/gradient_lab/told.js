// What is seen, in sentences, and how a share of the slope is written.
import say from "words:gradient_lab";

const minus = (text) => text.replace("e+", "e").replaceAll("-", "\u2212");

/** Two digits: 0.60, 13, 3e−7. */
export function brief(value) {
  if (!Number.isFinite(value)) return say("no_number");
  if (value === 0) return "0";
  if (value < 0.001 || value >= 1000) return minus(value.toExponential(0));
  return value >= 10 ? value.toFixed(0) : value.toPrecision(2);
}

/** A round value of an axis: 1, 0.01, 1e−4, with no more digits than it has. */
export const round = (value) => (value < 0.001 || value >= 1000 ? brief(value) : String(Number(value.toPrecision(3))));

/** After how many steps back half of it is left: the first where no more is; null where more is left everywhere. */
export function halfLife(shares) {
  const last = shares.length - 1;
  for (let n = 1; n <= last; n++) if (shares[last - n] <= 0.5) return n;
  return null;
}

/** What each step multiplies the slope by, on the average of all of them. */
export const perStep = (shares) => shares[0] ** (1 / (shares.length - 1));

/** A number of steps; of words, where a text is read. */
export const stepsOf = (n, tokens) => say(tokens ? "words" : "steps", { n });

/** What the page asks, and where. */
export function question({ at, tokens, waits, failed }) {
  if (failed) return say("failed");
  if (waits) return say("waits");
  if (!tokens) return say("question.parcel", { steps: stepsOf(at) });
  return say("question.text", { word: wordOf(tokens[at]) });
}

export const wordOf = ({ typed }) => typed || say("start");

/** The numbers to take away, as a screen reader is told them. */
export function told({ curves, at, tokens }) {
  return curves
    .filter(({ name, shares }) => name !== "detour" && shares.length > 1)
    .map(({ name, shares }) => {
      const n = halfLife(shares);
      const half = n === null ? say("half.more", { steps: stepsOf(at, tokens) }) : stepsOf(n, tokens);
      const place = say(tokens ? "left.text" : "left.parcel");
      return say("told", { name: say(`curve.${name}`), half, place, share: brief(shares[0]) });
    })
    .join(" ");
}

/** What the clip does, a line for each cell. */
export function clipped({ kinds, norms, cuts, clip }) {
  if (clip === null) return "";
  const lines = kinds.map((kind) => {
    const values = { name: say(`cell.${kind}`), norm: brief(norms[kind]), clip };
    return cuts[kind] === 1 ? say("clip.kept", values) : say("clip.cut", { ...values, factor: brief(cuts[kind]) });
  });
  if (kinds.some((kind) => cuts[kind] !== 1)) lines.push(say("clip.thin"));
  return lines.join("\n");
}
