// Loaded between require.js and Jupyter's widget manager: what the manager asks for is found beside it, no host is asked.
(() => {
  "use strict";

  const WIDGETS = new URL("vendor/widgets/", document.currentScript.src).href;
  window.require.config({ baseUrl: WIDGETS.slice(0, -1) }); // anywidget.js
  window.__jupyter_widgets_assets_path__ = WIDGETS; // fonts of its icons

  // The manager sets the equations in a label by MathJax 2. The book has MathJax 3, which may come later than this.
  const Queue = ([, , label]) => window.MathJax.startup.promise.then(() => window.MathJax.typesetPromise([label]));
  const bridge = () => window.MathJax && (window.MathJax.Hub ??= { Queue });
  if (document.readyState === "complete") bridge();
  else addEventListener("load", bridge, { once: true });
})();
