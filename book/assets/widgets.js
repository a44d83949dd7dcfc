// Brings the widgets of a page to life, from the state that its notebook left in it. Loaded on such pages alone.
// The book's own widgets need no kernel and no manager: each is a module that takes a model and an element. Where a page
// shows other widgets too (ipywidgets' sliders), Jupyter's own manager is loaded instead, and mounts all of them.
(() => {
  "use strict";

  const HERE = new URL(".", document.currentScript.src).href;
  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';

  document.documentElement.dataset.bookAssets = HERE; // where a widget finds the models

  const load = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = HERE + name;
      script.dataset.jupyterWidgetsCdn = `${HERE}vendor/widgets/`; // the manager would ask a host for what it lacks
      script.onload = resolve;
      script.onerror = () => reject(new Error(`could not load ${script.src}`));
      document.head.append(script);
    });

  // What anywidget calls a model: traits, and who wants to know of their changes. There is no kernel to tell.
  class Model {
    #traits;
    #listeners = new Map();
    constructor(traits) {
      this.#traits = { ...traits };
    }
    get(name) {
      return this.#traits[name];
    }
    set(name, value) {
      if (Object.is(this.#traits[name], value)) return;
      this.#traits[name] = value;
      for (const event of [`change:${name}`, "change"]) {
        for (const listener of this.#listeners.get(event) ?? []) listener(this, value);
      }
    }
    on(names, listener) {
      for (const name of names.split(" ")) {
        if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
        this.#listeners.get(name).add(listener);
      }
    }
    off(names, listener) {
      for (const name of names ? names.split(" ") : [...this.#listeners.keys()]) {
        if (listener) this.#listeners.get(name)?.delete(listener);
        else this.#listeners.delete(name);
      }
    }
    save_changes() {}
    send() {}
  }

  // A module made of text runs from a file too, where a browser lets no module be loaded.
  const modules = new Map();
  function moduleOf(text) {
    if (!modules.has(text)) {
      const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      modules.set(text, import(url));
    }
    return modules.get(text);
  }

  const styles = new Set();
  function addStyle(text) {
    if (!text || styles.has(text)) return;
    styles.add(text);
    const style = document.createElement("style");
    style.textContent = text;
    document.head.append(style);
  }

  async function mount(view, { state }) {
    const place = view.closest(".belt-place");
    const el = document.createElement("div");
    try {
      addStyle(state._css);
      const found = (await moduleOf(state._esm)).default;
      const widget = typeof found === "function" ? await found() : found;
      const model = new Model(state);
      await widget.initialize?.({ model });
      view.after(el);
      await widget.render?.({ model, el });
      place?.setAttribute("data-state", "live");
    } catch (error) {
      el.remove(); // the picture stays
      place?.setAttribute("data-state", "failed");
      console.error(error);
    }
  }

  const loaded = () =>
    document.readyState === "complete" || new Promise((resolve) => addEventListener("load", resolve, { once: true }));

  async function start() {
    const models = {};
    for (const { text } of document.querySelectorAll(STATE)) Object.assign(models, JSON.parse(text).state);
    const views = [...document.querySelectorAll(VIEW)].map((view) => [view, models[JSON.parse(view.text).model_id]]);
    const known = views.filter(([, model]) => model);
    if (known.some(([, model]) => model.model_module !== "anywidget")) {
      await loaded(); // a script of the theme that met require.js would take itself for one of its modules
      for (const name of ["vendor/widgets/require.js", "manager.js", "vendor/widgets/embed-amd.js"]) await load(name);
    } else {
      for (const [view, model] of known) await mount(view, model);
    }
    document.documentElement.dataset.widgets = "ready";
  }

  start().catch(console.error);
})();
