// Bundles each js/NAME.js into one module, lstm_edu/widgets/scripts/NAME.js, and its style into NAME.css beside it.
// `make widgets` runs it; the results are in the repository, so that pip and Binder need no Node, and a test builds them
// anew into another folder (the argument) and compares.
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
await build({
  entryPoints: readdirSync(here).filter((name) => name.endsWith(".js")),
  absWorkingDir: here,
  outdir: process.argv[2] ?? "../lstm_edu/widgets/scripts",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
