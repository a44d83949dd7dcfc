// What follows a guess gives its answer away: it is folded, up to the next heading or the next guess, until the reader has
// guessed or goes on without. A search in the page finds it and opens it. In print, and without scripts, it is all there,
// and so it is for whoever sets the switch in the page's header, on every page from then on: it is the first thing in the
// page, for a screen reader leaves out what is folded.
(() => {
  "use strict";

  const GUESS = "[data-folds]"; // in what stands for a guess until its widget lives, with the words of what is made here
  const KEY = "the-conveyor-belt:folds"; // in the browser: "open", or nothing

  const holds = (element) => element.querySelector(GUESS) !== null;

  function follows(cell) {
    const found = [];
    for (let next = cell.nextElementSibling; next && next.tagName !== "SECTION" && !holds(next); ) {
      found.push(next);
      next = next.nextElementSibling;
    }
    return found;
  }

  // -> show(all): shows what follows the guess, or folds it where it was neither guessed nor opened
  function fold(cell) {
    const folded = follows(cell);
    const button = document.createElement("button");
    const stop = new AbortController();
    const show = (all) => {
      const open = all || stop.signal.aborted;
      open ? button.remove() : cell.after(button);
      for (const element of folded)
        open ? element.removeAttribute("hidden") : element.setAttribute("hidden", "until-found");
    };
    const unfold = () => {
      stop.abort();
      show();
    };
    button.type = "button";
    button.className = "fold-open";
    button.textContent = cell.querySelector(GUESS).dataset.folds;
    button.addEventListener("click", () => {
      unfold();
      folded[0].tabIndex = -1; // where the button was, reading goes on
      folded[0].focus({ preventScroll: true });
    });
    for (const element of folded) element.addEventListener("beforematch", unfold, { signal: stop.signal });
    const look = () => /^(right|wrong)$/.test(cell.querySelector("[data-verdict]")?.dataset.verdict) && unfold();
    document.addEventListener("check-count", look, { signal: stop.signal });
    look(); // an answer of an earlier visit
    return show;
  }

  function kept() {
    try {
      return localStorage.getItem(KEY) === "open";
    } catch {
      return false; // refused: it lasts as long as the page
    }
  }

  function keep(open) {
    try {
      open ? localStorage.setItem(KEY, "open") : localStorage.removeItem(KEY);
    } catch {
      // refused: nothing is kept
    }
  }

  // A switch for all folds: changed(open) is told where it is set.
  function makeSwitch({ foldsAll, foldsAllTold }, open, changed) {
    const element = document.createElement("button");
    const set = (next) => element.setAttribute("aria-checked", next);
    element.type = "button";
    element.className = "fold-all";
    element.setAttribute("role", "switch");
    element.textContent = foldsAll;
    element.title = foldsAllTold;
    element.addEventListener("click", () => {
      open = !open;
      set(open);
      changed(open);
    });
    set(open);
    return element;
  }

  const places = [...document.querySelectorAll(GUESS)];
  const cells = places.map((place) => place.closest(".cell")).filter((cell) => follows(cell).length);
  if (!cells.length) return;
  const shows = cells.map(fold);
  const showAll = (open) => shows.forEach((show) => show(open));
  const all = makeSwitch(places[0].dataset, kept(), (open) => {
    keep(open);
    showAll(open);
  });
  document.querySelector(".article-header-buttons").prepend(all);
  showAll(kept());
})();
