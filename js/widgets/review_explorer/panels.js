// One thing at a time below the maps: the sum, holding a gate, what mattered, the opinion, the difference.
import say from "words:review_explorer";
import { html } from "../../kit/dom.js";
import { differencePanel } from "./difference_panel.js";
import { holdPanel } from "./hold_panel.js";
import { opinionPanel } from "./opinion_panel.js";
import { rankingPanel } from "./ranking_panel.js";
import { sumPanel } from "./sum_panel.js";
import { tabs } from "./tabs.js";
import { unitTable } from "./unit_table.js";

/** -> { element, focus(name), readOut(): the sum, when it is drawn next, draw(view) } */
export function panels(w, act) {
  const square = sumPanel(act);
  const unit = unitTable();
  const hold = holdPanel(act);
  const mattered = rankingPanel(act, w.signal);
  const opinion = opinionPanel(w, act);
  const difference = differencePanel(w.get("reviews"), act);
  const elements = {
    square: html("div", {}, square.element, unit.element),
    hold: hold.element,
    mattered: mattered.element,
    opinion: opinion.element,
    difference: difference.element,
  };
  const items = Object.entries(elements).map(([name, element]) => [name, say(`panels.${name}`), element]);
  const { element, focus, draw } = tabs(w.id, say("panels.label"), items, act.panel);
  let opened = false; // a square was: its sum is to be read out
  return {
    element,
    focus,
    readOut: () => (opened = true),
    draw(view) {
      draw(view.panel, view.panels);
      if (view.panel === "square") {
        square.draw(view);
        unit.draw(view);
        if (opened) w.speak(square.spoken());
        opened = false;
      }
      hold.draw(view);
      if (view.panel === "mattered") mattered.draw(view);
      if (view.panel === "opinion") opinion.draw(view);
      if (view.panel === "difference") difference.draw(view);
    },
  };
}
