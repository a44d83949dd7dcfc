// Draws the figures of a page, each when it comes near the view. lstm_edu/figures/page.py writes what is read here.
// A classic script that loads Plotly as another classic script: this works from a web server and from a file.
(() => {
  "use strict";

  const PLOTLY = new URL("vendor/plotly/plotly-cartesian.min.js", document.currentScript.src).href;
  const CONFIG = {
    responsive: true,
    displaylogo: false,
    typesetMath: false, // a word with two dollar signs is a word
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
  };
  const METHODS = ["restyle", "relayout", "update", "animate"];

  let plotly;
  const loadPlotly = () =>
    (plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = PLOTLY;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => reject(new Error(`could not load ${PLOTLY}`));
      document.head.append(script);
    }));

  // The figure as the theme of the page wants it, in the page's letters. It is written in the colours of the light theme.
  function read(figure) {
    let text = figure.querySelector(":scope > script").textContent;
    if (document.documentElement.dataset.theme === "dark") {
      const { dark } = JSON.parse(text); // {light: dark}; what is dark for one colour may be light for another
      text = text.replace(/"((?:[^"\\]|\\.)*)"/g, (word, colour) =>
        Object.hasOwn(dark, colour) ? `"${dark[colour]}"` : word,
      );
    }
    const { data, layout, frames } = JSON.parse(text);
    const { sliders = [], ...rest } = layout;
    const see_through = { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
    const font = { ...rest.font, family: getComputedStyle(figure).fontFamily };
    return { data, frames, sliders, layout: { ...rest, ...see_through, font, width: undefined, autosize: true } };
  }

  // A slider of the browser's own for each of Plotly's, which no keyboard reaches.
  function addSliders(figure, sliders) {
    return sliders.map((slider) => {
      const row = document.createElement("label");
      const name = document.createElement("span");
      const input = document.createElement("input");
      const output = document.createElement("output");
      row.className = "plot-slider";
      name.textContent = (slider.currentvalue?.prefix ?? "").trim() || "state";
      Object.assign(input, { type: "range", min: 0, max: slider.steps.length - 1, step: 1 });
      input.value = slider.active ?? 0;
      row.append(name, input, output);
      figure.querySelector(":scope > .plot-area").after(row);
      return { input, output };
    });
  }

  const label = ({ input, output }, { steps }) => {
    output.textContent = steps[input.value].label;
    input.setAttribute("aria-valuetext", output.textContent);
  };

  function apply(Plotly, area, step) {
    if (!METHODS.includes(step.method)) throw new Error(`a slider's method: ${step.method}`);
    return Plotly[step.method](area, ...structuredClone(step.args));
  }

  async function draw(figure) {
    const Plotly = await loadPlotly();
    const area = figure.querySelector(":scope > .plot-area");
    const controls = addSliders(figure, read(figure).sliders);

    const show = async () => {
      const { data, layout, frames, sliders } = read(figure);
      await Plotly.newPlot(area, { data, layout, frames, config: CONFIG });
      for (const [k, control] of controls.entries()) {
        label(control, sliders[k]);
        if (Number(control.input.value) !== (sliders[k].active ?? 0))
          await apply(Plotly, area, sliders[k].steps[control.input.value]);
        control.input.oninput = () => {
          label(control, sliders[k]);
          apply(Plotly, area, sliders[k].steps[control.input.value]);
        };
      }
      figure.dataset.theme = document.documentElement.dataset.theme ?? "";
      figure.dataset.state = "drawn";
    };
    await show();
    new MutationObserver(() => {
      if (figure.dataset.theme !== (document.documentElement.dataset.theme ?? "")) show();
    }).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  function start(figure) {
    if (figure.dataset.state) return;
    figure.dataset.state = "drawing";
    draw(figure).catch((error) => {
      figure.dataset.state = "failed";
      figure.querySelector(":scope > details").open = true; // the numbers are still there
      console.error(error);
    });
  }

  const figures = document.querySelectorAll("figure.plot");
  const near = new IntersectionObserver(
    (entries) =>
      entries
        .filter((entry) => entry.isIntersecting)
        .forEach(({ target }) => {
          near.unobserve(target);
          start(target);
        }),
    { rootMargin: "600px" },
  );
  figures.forEach((figure) => near.observe(figure));

  // Paper waits for nobody: a figure that is not drawn yet prints its numbers.
  const opened = new Set();
  addEventListener("beforeprint", () => {
    for (const figure of figures) {
      const details = figure.querySelector(":scope > details");
      if (figure.dataset.state !== "drawn" && !details.open) opened.add(details);
      start(figure);
    }
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened.clear();
  });
})();
