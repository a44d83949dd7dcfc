// Sentences by their keys, in the language that the page's <html lang> names, in English where there is none of that
// language. A catalogue is lstm_edu/words/LANGUAGE/NAME.toml: `import say from "words:NAME"` gives what `words` returns.
//
//   say("half", { steps: "3.1" })        the key "half", its holes filled; "table.key" for one that stands in a table
//   say("steps", { n: 3 })               a plural, chosen by n
//   say.pieces("press", { key: html("kbd", {}, "Enter") })      for elements in holes: the children of an html(...)

import { once } from "../numbers/once.js";

/** catalogues: language -> key -> a sentence, with {holes}, or the forms of a plural. */
export function words(catalogues) {
  const say = (key, values) => say.pieces(key, values).join("");

  say.pieces = (key, values = {}) => {
    const language = languageAmong(catalogues);
    const found = catalogues[language][key];
    if (found === undefined) throw new RangeError(`words: no key ${key} in ${language}`);
    const text = typeof found === "string" ? found : (found[formOf(values.n, language)] ?? found.other);
    return cut(text).map((piece, k) => (k % 2 ? filled(piece, key, values) : piece));
  };

  return say;
}

function languageAmong(catalogues) {
  const page = globalThis.document?.documentElement.lang ?? ""; // Node has no page
  return [page, plain(page)].find((language) => language in catalogues) ?? "en";
}

// Kept, as a widget asks for sentences at every frame: a sentence's pieces, its holes at the odd places; a language
// without its country, and its rules.
const plain = once((language) => language.split("-")[0]);
const cut = once((text) => text.split(/\{(\w+)\}/));
const rules = once((language) => new Intl.PluralRules(language));
const formOf = (n, language) => rules(language).select(n);

function filled(hole, key, values) {
  if (!(hole in values)) throw new RangeError(`words: ${key} needs a value for ${hole}`);
  return values[hole];
}
