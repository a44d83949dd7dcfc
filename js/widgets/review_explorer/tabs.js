// Panels of which one is seen at a time.
import { html } from "../../kit/dom.js";

/** label: of the list; panels: [[name, title, element], ...]; id(part) gives ids, choose(name) is called.
 * -> { element, draw(name, names: those that there are now), focus(name) } */
export function tabs(id, label, panels, choose) {
  const items = panels.map(([name, title, content]) => {
    const tab = html(
      "button",
      { type: "button", role: "tab", id: id(`tab-${name}`), onclick: () => choose(name) },
      title,
    );
    const panel = html("div", { role: "tabpanel", id: id(`panel-${name}`), className: "review-panel" }, content);
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("aria-labelledby", tab.id);
    return { name, tab, panel };
  });
  const list = html("div", { role: "tablist", className: "review-tabs", ariaLabel: label });
  list.append(...items.map(({ tab }) => tab));
  list.onkeydown = (event) => {
    const there = items.filter(({ tab }) => !tab.hidden);
    const at = there.findIndex(({ tab }) => tab === event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: there.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const { name, tab } = there[(to + there.length) % there.length];
    tab.focus();
    choose(name);
  };
  const element = html("div", { className: "review-tabbed" }, list, ...items.map(({ panel }) => panel));
  let drawn = "";
  return {
    element,
    focus: (chosen) => items.find(({ name }) => name === chosen).tab.focus(),
    draw(chosen, names) {
      const key = [chosen, ...names].join();
      if (key === drawn) return; // a tabIndex that is set, even to what it was, costs a layout
      drawn = key;
      for (const { name, tab, panel } of items) {
        tab.hidden = !names.includes(name);
        tab.setAttribute("aria-selected", name === chosen);
        tab.tabIndex = name === chosen ? 0 : -1;
        panel.hidden = name !== chosen;
      }
    },
  };
}
