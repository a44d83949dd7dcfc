// Buttons over the nodes of the drawing: one stop for Tab, the arrows, Home and End go from node to node.
import { svg } from "../../kit/dom.js";
import { boxOf } from "../../kit/drawing.js";

const TARGET = 42; // as large as this at least: 24 pixels on the smallest screen
const TO = {
  ArrowRight: (k, last) => Math.min(k + 1, last),
  ArrowDown: (k, last) => Math.min(k + 1, last),
  ArrowLeft: (k) => Math.max(k - 1, 0),
  ArrowUp: (k) => Math.max(k - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** names of nodes, in order -> { element, each(name => { pressed, label }) }; press(name) is called. */
export function nodeButtons(names, press) {
  const buttons = names.map((name, k) => {
    const [x, y, width, height] = boxOf(name);
    const [wide, tall] = [Math.max(width, TARGET), Math.max(height, TARGET)];
    const area = { x: x + (width - wide) / 2, y: y + (height - tall) / 2, width: wide, height: tall, rx: 9 };
    return svg("rect", {
      class: "cell-node",
      role: "button",
      "data-opens": name,
      ...area,
      onclick: () => {
        go(k);
        press(name);
      },
      onkeydown: (event) => onKey(event, k),
    });
  });
  const stop = (to) => buttons.forEach((button, k) => button.setAttribute("tabindex", k === to ? 0 : -1));
  function go(to) {
    stop(to);
    buttons[to].focus();
  }
  function onKey(event, k) {
    if (event.key in TO) go(TO[event.key](k, buttons.length - 1));
    else if (event.key === "Enter" || event.key === " ") press(names[k]);
    else return;
    event.preventDefault();
  }
  stop(0);
  const each = (say) =>
    names.forEach((name, k) => {
      const { pressed, label } = say(name);
      buttons[k].setAttribute("aria-pressed", pressed);
      buttons[k].setAttribute("aria-label", label);
    });
  return { element: svg("g", {}, ...buttons), each };
}
