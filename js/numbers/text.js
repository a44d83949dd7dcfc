// A reader's text as the model's word ids, in the same way as lstm_edu/imdb/text.py; a test holds the two together.

export const LONGEST = 100_000; // letters that a field takes: 500 words are read, and a browser's field is slow with a novel

export const PAD = 0;
const START = 1;
const UNKNOWN = 2;
const OFFSET = 3; // a word's id is its rank by frequency, from 1, plus OFFSET

// What Keras turned into spaces. Not among it: the apostrophe, and every space but the plain one, tab and newline.
const SPACES = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n ]+/;

/** The ids of a list of words, the most frequent first: a Map. */
export const idsOf = (words) => new Map(words.map((word, k) => [word, k + 1 + OFFSET]));

/**
 * The text as the network reads it: { tokens, cut, before, paddings }.
 * tokens: [{ word, typed, id, known }], START first (typed is empty there); word as the network knows it, typed as it
 * was written. cut: how many words were left out at the beginning, for want of room. before: the id that would stand
 * first if there were room for one more, null where there is. paddings: the steps before.
 */
export function encode({ ids, length, paddings }, text) {
  const typed = text.split(SPACES).filter(Boolean);
  // The whole text in lower case, then split: how a Greek sigma ends depends on what follows it.
  const words = text.toLowerCase().split(SPACES).filter(Boolean);
  const cut = Math.max(0, words.length - length);
  const idOf = (word) => ids.get(word) ?? UNKNOWN;
  const tokens = words.slice(cut).map((word, k) => {
    const id = idOf(word);
    return { word, typed: typed[cut + k], id, known: id !== UNKNOWN };
  });
  const full = tokens.length === length;
  const before = full ? (cut ? idOf(words[cut - 1]) : START) : null;
  if (!full) tokens.unshift({ word: "<start>", typed: "", id: START, known: true });
  return { tokens, cut, before, paddings: paddings(tokens.length) };
}
