// What is held, a row and a button for each.
import say from "words:review_explorer";
import { button, html } from "../../kit/dom.js";
import { holdName } from "./names.js";

/** act: { hold(holds, said) }; rest: gets the focus when no row is left -> { element, draw(view) } */
export function holdList(act, rest) {
  const element = html("ol", { className: "review-holds" });
  let shown = "";
  let wanted = null; // the row whose button is to have the focus, when the list is drawn

  function rowOf(holds, k, name) {
    const letGo = () => {
      wanted = k;
      const others = holds.filter((_, other) => other !== k);
      act.hold(others, say("hold.gone", { hold: name }));
    };
    const free = button(say("hold.let_go"), letGo, { ariaLabel: say("hold.let_go_of", { hold: name }) });
    return html("li", {}, html("bdi", {}, name), " ", free);
  }

  return {
    element,
    draw({ holds, tokens, offset }) {
      const key = JSON.stringify([holds, holds.map(({ step }) => tokens[step]?.typed)]);
      if (key === shown) return;
      shown = key;
      element.replaceChildren(...holds.map((one, k) => rowOf(holds, k, holdName(one, tokens, offset))));
      if (wanted !== null) ([...element.querySelectorAll("button")].slice(0, wanted + 1).at(-1) ?? rest).focus();
      wanted = null;
    },
  };
}
