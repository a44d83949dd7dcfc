// A widget's state in the page's address: #belt?pulse.f=0.9&pulse.t=3. In the fragment, because that is the one part
// of an address that a browser keeps to itself: what a reader typed is sent nowhere.

const MARK = "#belt?";

/** What the address says of the widget `id`: name -> text. */
export function readLink(id) {
  const found = {};
  if (!location.hash.startsWith(MARK)) return found;
  for (const [key, text] of new URLSearchParams(location.hash.slice(MARK.length))) {
    if (key.startsWith(`${id}.`)) found[key.slice(id.length + 1)] = text;
  }
  return found;
}

/** The page's address with this state of the widget `id`, what it says of other widgets kept; an empty state leaves out
 * the widget. */
export function makeLink(id, state) {
  const old = location.hash.startsWith(MARK) ? [...new URLSearchParams(location.hash.slice(MARK.length))] : [];
  const parameters = new URLSearchParams(old.filter(([key]) => !key.startsWith(`${id}.`)));
  for (const [name, text] of Object.entries(state)) parameters.set(`${id}.${name}`, text);
  const [page] = location.href.split("#");
  return parameters.size ? `${page}${MARK}${parameters}` : page;
}

/** The address of another page, with this state of the widget `id` there. */
export function linkTo(page, id, state) {
  const named = Object.entries(state).map(([name, text]) => [`${id}.${name}`, text]);
  return `${page}${MARK}${new URLSearchParams(named)}`;
}

// Readers for `linked` of a widget: what a link says, made fit, or an error.

export const LARGEST = 1e6; // beyond it nothing here is worth a look, and products overflow

/** A number from 0 to 1. */
export const share = (text) => Math.max(0, Math.min(1, finite(text)));

/** A number, and a finite one: plain decimals, as makeLink writes them. */
export function finite(text) {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) throw new RangeError(`expected a number, got ${text}`);
  const value = Number(text);
  if (Math.abs(value) > LARGEST) throw new RangeError(`expected a number up to ${LARGEST}, got ${text}`);
  return value;
}

/** A whole number from 0 to 999,999. */
export function whole(text) {
  if (!/^\d{1,6}$/.test(text)) throw new RangeError(`expected a whole number, got ${text}`);
  return Number(text);
}

/** Numbers in lists nested as in `first`, the value that the page came with. */
export function shapedLike(text, first) {
  const value = JSON.parse(text);
  const fits = (a, b) =>
    Array.isArray(b)
      ? Array.isArray(a) && a.length === b.length && a.every((item, k) => fits(item, b[k]))
      : isNumber(a);
  const isNumber = (a) => typeof a === "number" && Math.abs(a) <= LARGEST;
  if (!fits(value, first)) throw new RangeError("expected numbers in the shape that the page has");
  return value;
}
