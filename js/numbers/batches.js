// Texts of different lengths as rows of one length, as lstm_edu/imdb/batches.py makes them; a test holds the two together.
import { PAD } from "./text.js";

/**
 * Where `count` ids stand in a row: { from, to } which of them stay, { before, behind } how many zeros stand around them.
 * rows: { maxlen, padding, truncating }, the last two "pre" or "post"
 */
export function placed(count, { maxlen, padding, truncating }) {
  const kept = Math.min(count, maxlen);
  const from = truncating === "pre" ? count - kept : 0;
  const before = padding === "pre" ? maxlen - kept : 0;
  return { from, to: from + kept, before, behind: maxlen - kept - before };
}

/** The row (maxlen) of a list of ids. */
export function pad(ids, rows) {
  const { from, to, before, behind } = placed(ids.length, rows);
  return [...Array(before).fill(PAD), ...ids.slice(from, to), ...Array(behind).fill(PAD)];
}
