// A reader's text as the model's word ids, in the same way as lstm_edu/imdb/text.py; a test holds the two together.

export const PAD = 0;
const START = 1;
const UNKNOWN = 2;
const OFFSET = 3; // a word's id is its rank by frequency, from 1, plus OFFSET

// What Keras turned into spaces. Not among it: the apostrophe, and every space but the plain one, tab and newline.
const SPACES = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n ]+/;

/** The ids of a list of words, the most frequent first: a Map. */
export const idsOf = (words) => new Map(words.map((word, k) => [word, k + 1 + OFFSET]));

/**
 * The text as the network reads it: { tokens, cut, paddings }.
 * tokens: [{ word, typed, id, known }], START first (typed is empty there); word as the network knows it, typed as it
 * was written. cut: how many words were left out at the beginning, for want of room. paddings: the steps before.
 */
export function encode({ ids, length, paddings }, text) {
  const typed = text.split(SPACES).filter(Boolean);
  // The whole text in lower case, then split: how a Greek sigma ends depends on what follows it.
  const words = text.toLowerCase().split(SPACES).filter(Boolean);
  const cut = Math.max(0, words.length - length);
  const tokens = words.slice(cut).map((word, k) => {
    const id = ids.get(word) ?? UNKNOWN;
    return { word, typed: typed[cut + k], id, known: id !== UNKNOWN };
  });
  if (tokens.length < length) tokens.unshift({ word: "<start>", typed: "", id: START, known: true });
  return { tokens, cut, paddings: paddings(tokens.length) };
}
