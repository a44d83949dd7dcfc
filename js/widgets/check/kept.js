// What was given stays in the browser, a key for each question; where it keeps nothing, it lasts as long as the page.

const key = (id) => `the-conveyor-belt:check:${id}`;

/** { given, shown } as it was kept for a question, or null. */
export function kept(id) {
  try {
    const { given, shown } = JSON.parse(localStorage.getItem(key(id))) ?? {};
    const texts = Array.isArray(given) && given.every((text) => typeof text === "string");
    return texts ? { given, shown: shown === true } : null;
  } catch {
    return null;
  }
}

/** Keeps { given, shown }; null forgets it. */
export function keep(id, state) {
  try {
    if (state) localStorage.setItem(key(id), JSON.stringify(state));
    else localStorage.removeItem(key(id));
  } catch {
    // refused: nothing is kept
  }
}
