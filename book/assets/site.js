// What the theme leaves undone for readers without a mouse: a wide equation scrolls, so the keyboard must reach it.
(() => {
  "use strict";

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
