// What the theme and Sphinx leave undone.
(() => {
  "use strict";

  // A result of the search is shown with some words of its page, for which a page from a file may not ask.
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  // A wide equation scrolls, so the keyboard must reach it.
  const mark = () => {
    for (const equation of document.querySelectorAll('mjx-container[display="true"]')) {
      if (equation.scrollWidth > equation.clientWidth) equation.tabIndex = 0;
      else equation.removeAttribute("tabindex");
    }
  };
  addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    mark();
    addEventListener("resize", mark);
    // equations in an answer that was closed have no width until it opens
    document.addEventListener("toggle", mark, true);
    document.addEventListener("click", () => requestAnimationFrame(mark));
  });
})();
