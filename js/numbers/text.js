// A reader's text as the model's word ids, in the same way as lstm_edu/imdb/text.py and lstm_edu/network/vocabulary.py; a
// test holds them together.

export const LONGEST = 100_000; // letters that a field takes: 500 words are read, and a browser's field is slow with a novel

export const PAD = 0;
const OFFSET = 3; // a word's id is its rank by frequency, from 1, plus OFFSET

/** How the IMDB data's texts become ids: the id before every text and that of unknown words, null for none; what fills a
 * row; how a text is cut into words. */
export const IMDB = { start: 1, unknown: 2, pad: PAD, split: "tokenizer" };

// How a text is cut into words: what a word is as it was typed, and all words as the network knows them.
const same = (typed) => typed;
const SPLITS = {
  // What Keras turned into spaces. Not among it: the apostrophe, and every space but the plain one, tab and newline.
  // The whole text in lower case, then split: how a Greek sigma ends depends on what follows it.
  tokenizer: {
    word: /[^!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n ]+/g,
    known: (_, text) => text.toLowerCase().match(SPLITS.tokenizer.word) ?? [],
  },
  vectorization: {
    word: /[^ \t\n\v\f\r]+/g,
    known: (typed) =>
      typed.map((word) =>
        word
          .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
          .replace(/[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~']/g, ""),
      ),
  },
  blanks: { word: /[^ \t\n\v\f\r]+/g, known: same },
};

/** The ids of a list of words, the most frequent first: a Map. */
export const idsOf = (words) => new Map(words.map((word, k) => [word, k + 1 + OFFSET]));

/**
 * The text as the network reads it: { tokens, cut, left, before, behind, paddings }.
 * tokens: [{ word, typed, at, id, known }], the start first, if there is one (typed is empty there); word as the network
 * knows it, typed as it was written, at: its place in the text. cut: how many words were left out for want of room; left:
 * how many for what they are, unknown or masked. before, behind: the id that would stand first, or last, if there were
 * room for one more, null for none. paddings: how many steps of padding there are.
 */
export function encode({ ids, length, paddings, rule = IMDB, truncating = "pre", masked = null }, text) {
  const { word: pattern, known } = SPLITS[rule.split];
  const found = [...text.matchAll(pattern)];
  const typed = found.map(([one]) => one);
  const words = known(typed, text);
  const all = typed.map((one, k) => {
    const id = ids.get(words[k]) ?? rule.unknown;
    return { word: words[k], typed: one, at: found[k].index, id, known: id !== rule.unknown };
  });
  const heard = all.filter(({ word, id }) => word && id !== null);
  const start = rule.start === null ? [] : [{ word: "<start>", typed: "", at: 0, id: rule.start, known: true }];
  const items = [...start, ...heard];
  const from = truncating === "pre" ? Math.max(0, items.length - length) : 0;
  const room = items.slice(from, from + length);
  const tokens = masked ? room.filter(({ id }) => !masked.has(id)) : room;
  return {
    tokens,
    cut: heard.length - room.filter(({ typed }) => typed).length,
    left: all.filter(({ word }) => word).length - heard.length + room.length - tokens.length,
    before: from ? items[from - 1].id : null,
    behind: items[from + length]?.id ?? null,
    paddings: paddings(tokens.length),
  };
}
