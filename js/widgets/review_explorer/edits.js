// A text as its words with what stands between them, so that one word can be changed and the rest stays as it was typed.
// `tokens` are the words as the model's reading found them, [{ typed, at: its place in the text }], in their order; those
// that it leaves out stand with what is between the others.

/** { head, words: [{ typed, tail }] }: head + every typed + tail is the text. A tail reaches to the next word. */
function cutUp(text, tokens) {
  const words = tokens.map(({ typed, at }, k) => ({
    typed,
    tail: text.slice(at + typed.length, tokens[k + 1]?.at ?? text.length),
  }));
  return { head: text.slice(0, tokens[0]?.at ?? text.length), words };
}

const join = (head, words) => head + words.map(({ typed, tail }) => typed + tail).join("");

export const remove = (text, tokens, k) => edit(text, tokens, (words) => words.splice(k, 1));
export const move = (text, tokens, k, to) => edit(text, tokens, (words) => words.splice(to, 0, ...words.splice(k, 1)));
export const change = (text, tokens, k, word) =>
  edit(text, tokens, (words) => {
    words[k].typed = word;
  });

/** Fisher and Yates' shuffle; `random` gives numbers from 0 up to 1. */
export const shuffle = (text, tokens, random = Math.random) =>
  edit(text, tokens, (words) => {
    for (let k = words.length - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1));
      [words[k], words[other]] = [words[other], words[k]];
    }
  });

function edit(text, tokens, how) {
  const { head, words } = cutUp(text, tokens);
  const last = words.at(-1);
  how(words);
  const end = words.at(-1);
  if (words.includes(last)) [last.tail, end.tail] = [end.tail, last.tail]; // what ends the text stays at its end
  return join(head, words);
}
