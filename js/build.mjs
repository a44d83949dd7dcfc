// Bundles each widget, js/widgets/NAME/index.js, and each script of a lab, js/labs/NAME.js, into one module,
// lstm_edu/widgets/scripts/NAME.js, and its style into NAME.css beside it. `make widgets` runs it; the results are in
// the repository, so that pip and Binder need no Node, and a test builds them anew into another folder (the first
// argument) and compares. Further arguments: other files to bundle.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { plugin as words } from "./words.mjs";

const here = new URL(".", import.meta.url).pathname;
const [outdir = "../lstm_edu/widgets/scripts", ...others] = process.argv.slice(2);
const options = {
  absWorkingDir: here,
  bundle: true,
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

// import text from "./NAME.js?worker" gives that file, bundled, as text: a widget is one module and can name no other
// file for its worker.
const workers = {
  name: "workers",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?worker$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace("?worker", "")),
      namespace: "worker",
    }));
    onLoad({ filter: /./, namespace: "worker" }, async ({ path }) => {
      const { outputFiles } = await build({ ...options, entryPoints: [path], format: "iife", write: false });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

const file = (path) => ({ in: path, out: basename(path, ".js") });
const widgets = readdirSync(join(here, "widgets")).map((name) => ({ in: `widgets/${name}/index.js`, out: name }));
const labs = readdirSync(join(here, "labs")).map((name) => file(`labs/${name}`));

await build({
  ...options,
  entryPoints: others.length ? others.map(file) : [...widgets, ...labs],
  outdir,
  format: "esm",
  plugins: [workers, words],
});
