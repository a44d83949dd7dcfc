// Panels of which one is seen at a time.
import { html } from "../../kit/dom.js";

/** label: of the list; panels: [[name, title, element], ...]; id(part) gives ids, choose(name) is called.
 * -> { element, draw(name), focus(name) } */
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
    const at = items.findIndex(({ tab }) => tab === event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const { name, tab } = items[(to + items.length) % items.length];
    tab.focus();
    choose(name);
  };
  const element = html("div", { className: "review-tabbed" }, list, ...items.map(({ panel }) => panel));
  let drawn = "";
  return {
    element,
    focus: (chosen) => items.find(({ name }) => name === chosen).tab.focus(),
    draw(chosen) {
      if (chosen === drawn) return; // a tabIndex that is set, even to what it was, costs a layout
      drawn = chosen;
      for (const { name, tab, panel } of items) {
        tab.setAttribute("aria-selected", name === chosen);
        tab.tabIndex = name === chosen ? 0 : -1;
        panel.hidden = name !== chosen;
      }
    },
  };
}
