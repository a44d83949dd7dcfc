// Loaded between require.js and Jupyter's widget manager: what the manager asks for lies beside it, and no host is asked.
(() => {
  "use strict";

  const WIDGETS = new URL("vendor/widgets/", document.currentScript.src).href;
  const MANAGER = "@jupyter-widgets/html-manager";
  window.require.config({
    baseUrl: WIDGETS.slice(0, -1), // of anywidget.js
    // Both are in embed-amd.js. The fonts of their icons they look for beside the place that stands here.
    paths: { [MANAGER]: `${WIDGETS}manager`, [`${MANAGER}/dist/libembed-amd`]: `${WIDGETS}libembed` },
  });
})();
