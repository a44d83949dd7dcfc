// A text as its words with what stands between them, so that one word can be changed and the rest stays as it was typed.
// `typed` are the words as the model's reading found them, in their order (the last ones, if the text was cut).

/** { head, words: [{ typed, tail }] }: head + every typed + tail is the text. A tail reaches to the next word. */
function cutUp(text, typed) {
  const starts = [];
  let end = text.length;
  for (let k = typed.length - 1; k >= 0; k--) {
    const at = text.lastIndexOf(typed[k], end - typed[k].length);
    starts.unshift(at);
    end = at;
  }
  const words = typed.map((word, k) => ({
    typed: word,
    tail: text.slice(starts[k] + word.length, starts[k + 1] ?? text.length),
  }));
  return { head: text.slice(0, starts[0] ?? text.length), words };
}

const join = (head, words) => head + words.map(({ typed, tail }) => typed + tail).join("");

export const remove = (text, typed, k) => edit(text, typed, (words) => words.splice(k, 1));
export const move = (text, typed, k, to) => edit(text, typed, (words) => words.splice(to, 0, ...words.splice(k, 1)));
export const change = (text, typed, k, word) =>
  edit(text, typed, (words) => {
    words[k].typed = word;
  });

/** Fisher and Yates' shuffle; `random` gives numbers from 0 up to 1. */
export const shuffle = (text, typed, random = Math.random) =>
  edit(text, typed, (words) => {
    for (let k = words.length - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1));
      [words[k], words[other]] = [words[other], words[k]];
    }
  });

function edit(text, typed, how) {
  const { head, words } = cutUp(text, typed);
  const last = words.at(-1);
  how(words);
  const end = words.at(-1);
  if (words.includes(last)) [last.tail, end.tail] = [end.tail, last.tail]; // what ends the text stays at its end
  return join(head, words);
}
