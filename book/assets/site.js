// What the theme and Sphinx leave undone.
(() => {
  "use strict";

  // A result of the search is shown with some words of its page, for which a page from a file may not ask.
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  // What is wider than its place scrolls, so the keyboard must reach it: also in an answer that opens later.
  const WIDE = "div.math, .highlight pre, .cell_output .output, .pst-scrollable-table-container";
  const mark = (element) => {
    if (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight) element.tabIndex = 0;
    else if (element.matches("div.math") && element.tabIndex === 0) element.removeAttribute("tabindex");
  };
  // A name in a table breaks behind one of its signs, where the column is too narrow for all of it.
  const mayBreak = (name) => {
    const parts = name.textContent.split(/(?<=[_.(=/])(?=\w)/);
    name.replaceChildren(...parts.flatMap((part, k) => (k ? [document.createElement("wbr"), part] : [part])));
  };
  const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => mark(target)));
  addEventListener("load", () => {
    document.querySelectorAll(".pst-scrollable-table-container code .pre").forEach(mayBreak);
    document.querySelectorAll(WIDE).forEach((element) => sizes.observe(element));
  });
})();
