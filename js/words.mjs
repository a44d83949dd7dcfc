// The sentences that a reader sees, for scripts: `import say from "words:belt_pulse"` is lstm_edu/words/*/belt_pulse.toml,
// in all languages there are, opened by js/kit/words.js. A plugin for esbuild, and the same as hooks for Node, which runs
// js/numbers alone. LSTM_EDU_WORDS names another folder of languages, as it does for Python.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";

const here = new URL(".", import.meta.url);
const folder = process.env.LSTM_EDU_WORDS || new URL("../lstm_edu/words", here).pathname;
const FORMS = ["zero", "one", "two", "few", "many", "other"]; // of plurals, as Unicode names them; other is always there
const isPlural = (value) => "other" in value && Object.keys(value).every((form) => FORMS.includes(form));

/** Keys of tables become "table.key", as in lstm_edu/words/__init__.py. */
const flat = (table, above = "") =>
  Object.entries(table).flatMap(([key, value]) =>
    typeof value === "object" && !isPlural(value) ? flat(value, `${above}${key}.`) : [[above + key, value]],
  );

const read = (path) => Object.fromEntries(flat(parse(readFileSync(path, "utf8"))));

/** A module that opens the catalogue of this name, in all languages that have it. */
function source(name, opener) {
  const paths = readdirSync(folder).map((language) => [language, join(folder, language, `${name}.toml`)]);
  const there = paths.filter(([, path]) => existsSync(path)).sort();
  if (!there.length) throw new Error(`words: no language in ${folder} has ${name}.toml`);
  const catalogues = Object.fromEntries(there.map(([language, path]) => [language, read(path)]));
  return `import { words } from ${JSON.stringify(opener)}; export default words(${JSON.stringify(catalogues)});`;
}

const SCHEME = "words:";

export const plugin = {
  name: "words",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^words:/ }, ({ path }) => ({ path: path.slice(SCHEME.length), namespace: "words" }));
    onLoad({ filter: /./, namespace: "words" }, ({ path }) => ({
      contents: source(path, "./kit/words.js"),
      resolveDir: here.pathname,
    }));
  },
};

export const resolve = (specifier, context, next) =>
  specifier.startsWith(SCHEME) ? { url: specifier, shortCircuit: true } : next(specifier, context);

export function load(url, context, next) {
  if (!url.startsWith(SCHEME)) return next(url, context);
  const opener = new URL("kit/words.js", here).href;
  return { format: "module", source: source(url.slice(SCHEME.length), opener), shortCircuit: true };
}
