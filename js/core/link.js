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

/** The page's address with this state of the widget `id`, what it says of other widgets kept. */
export function makeLink(id, state) {
  const old = location.hash.startsWith(MARK) ? [...new URLSearchParams(location.hash.slice(MARK.length))] : [];
  const parameters = new URLSearchParams(old.filter(([key]) => !key.startsWith(`${id}.`)));
  for (const [name, text] of Object.entries(state)) parameters.set(`${id}.${name}`, text);
  return `${location.href.split("#")[0]}${MARK}${parameters}`;
}
