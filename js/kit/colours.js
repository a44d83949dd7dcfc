// The colours of the gates, from the one file that the drawings and figures use too, and the theme a page has.
import colours from "../../lstm_edu/drawing/colours.json";

const dark = matchMedia("(prefers-color-scheme: dark)");

export const PARTS = Object.keys(colours.roles); // f i g o c h, in the order of the book

/** "light" or "dark": what the book's theme or JupyterLab says on an element; elsewhere the reader's system decides. */
export function theme() {
  const { theme: page } = document.documentElement.dataset;
  const { jpThemeLight: lab } = document.body.dataset;
  if (page === "light" || page === "dark") return page;
  if (lab) return lab === "true" ? "light" : "dark";
  return dark.matches ? "dark" : "light";
}

/** Calls `changed()` at each change of the theme until the AbortSignal says stop. */
export function onTheme(changed, signal) {
  dark.addEventListener("change", changed, { signal });
  const watch = new MutationObserver(changed);
  watch.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  watch.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  signal.addEventListener("abort", () => watch.disconnect());
}

/** The part whose colour another one has: a GRU's two gates that of the LSTM's gate that does the like. */
export const looksLike = (part) => ({ z: "f", r: "i" })[part] ?? part;

/** { mark, text } of a part, f i g o c h or a GRU's z r, in the theme of the page: hex colours. */
export function role(name) {
  const { mark, text } = colours.roles[looksLike(name)];
  return { mark, text: text[theme()] };
}

/** background, surface, ink, line, faded, faded-text of the page's theme. */
export const ground = () => colours.themes[theme()];

/** Puts the colours on an element as the custom properties that lstm_edu/drawing/palette.py names too. */
export function paint(element) {
  for (const name of PARTS) {
    element.style.setProperty(`--gate-${name}`, role(name).mark);
    element.style.setProperty(`--gate-${name}-text`, role(name).text);
  }
  for (const [name, value] of Object.entries(ground())) element.style.setProperty(`--lstm-${name}`, value);
  element.style.colorScheme = theme();
}
