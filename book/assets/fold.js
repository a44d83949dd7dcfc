// What follows a guess gives its answer away: it is folded, up to the next heading or the next guess, until the reader has
// guessed or goes on without. A search in the page finds it and opens it. In print, and without scripts, it is all there.
(() => {
  "use strict";

  const GUESS = "[data-folds]"; // in what stands for a guess until its widget lives, with the words of the button

  const holds = (element) => element.querySelector(GUESS) !== null;

  function follows(cell) {
    const found = [];
    for (let next = cell.nextElementSibling; next && next.tagName !== "SECTION" && !holds(next); ) {
      found.push(next);
      next = next.nextElementSibling;
    }
    return found;
  }

  function fold(cell) {
    const folded = follows(cell);
    if (!folded.length) return;
    const open = document.createElement("button");
    const stop = new AbortController();
    const unfold = () => {
      stop.abort();
      open.remove();
      folded.forEach((element) => element.removeAttribute("hidden"));
    };
    open.type = "button";
    open.className = "fold-open";
    open.textContent = cell.querySelector(GUESS).dataset.folds;
    open.addEventListener("click", () => {
      unfold();
      folded[0].tabIndex = -1; // where the button was, reading goes on
      folded[0].focus({ preventScroll: true });
    });
    cell.after(open);
    for (const element of folded) {
      element.setAttribute("hidden", "until-found");
      element.addEventListener("beforematch", unfold, { signal: stop.signal });
    }
    const look = () => /^(right|wrong)$/.test(cell.querySelector("[data-verdict]")?.dataset.verdict) && unfold();
    document.addEventListener("check-count", look, { signal: stop.signal });
    look(); // an answer of an earlier visit
  }

  for (const place of document.querySelectorAll(GUESS)) fold(place.closest(".cell"));
})();
