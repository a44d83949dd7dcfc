// Names for Jupyter's own controls in a lab, and their keys. A slider there carries no name and its number no role, a
// Play's buttons have pictures alone; the words stand beside them. lstm_edu/labs/lab.py puts this into each lab.
import say from "words:kit";
import { keepKeys } from "../kit/keys.js";

const PLAYS = [
  ["play", "start", "repeat"],
  ["previous", "play", "next", "start", "repeat"],
];

function name(lab) {
  lab.onkeydown = keepKeys;
  for (const slider of lab.querySelectorAll(".widget-slider")) {
    const label = slider.querySelector(".widget-label")?.textContent ?? "";
    const readout = slider.querySelector(".widget-readout");
    set(slider.querySelector("[role=slider]"), { "aria-label": label, "aria-valuetext": readout?.textContent ?? "" });
    set(readout, { role: "textbox", "aria-label": say("controls.number", { name: label }) });
  }
  for (const play of lab.querySelectorAll(".widget-play")) {
    const buttons = [...play.querySelectorAll("button")];
    const names = PLAYS.find(({ length }) => length === buttons.length) ?? [];
    names.forEach((control, k) => set(buttons[k], { "aria-label": say(`controls.${control}`) }));
  }
}

function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (element && element.getAttribute(key) !== value) element.setAttribute(key, value);
  }
}

export default {
  render() {
    // controls come when the notebook draws them, and again when a lab changes what it shows
    let pending = 0;
    const look = () => {
      pending = 0;
      document.querySelectorAll(".belt-lab").forEach(name);
    };
    const watch = new MutationObserver(() => (pending ||= requestAnimationFrame(look)));
    watch.observe(document.body, { childList: true, subtree: true });
    look();
    return () => {
      watch.disconnect();
      cancelAnimationFrame(pending);
    };
  },
};
