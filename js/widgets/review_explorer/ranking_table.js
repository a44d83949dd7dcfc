// The candidates for what mattered as a table: what the slope says of each, how far it moved P(positive), and two buttons.
import say from "words:review_explorer";
import { button, html, number, scroll } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { sigmoid } from "../../numbers/cells.js";
import { bar } from "./bar.js";
import { placeName } from "./names.js";

/** act: { go(step, unit, part), holdThis(candidate) } -> { element, draw(view, list, count): the first ones of them } */
export function rankingTable(act) {
  const columns = ["place", "guess", "moved"].map((name) => say(`mattered.${name}`));
  const sheet = table([...columns, null, null], { className: "review-terms review-ranked" });

  function rowOf(one, { tokens, offset, reading }, widest) {
    const held = { place: placeName(one, tokens, offset), value: number(one.value, 0) };
    const place = say("mattered.set_to", held);
    const named = (name) => ({ ariaLabel: say(`mattered.${name}_it`, { place }) });
    const see = button(say("mattered.see"), () => act.go(one.step, one.unit ?? undefined, one.gate), named("see"));
    const hold = button(say("mattered.hold"), () => act.holdThis(one), named("hold"));
    return [
      html("bdi", {}, place),
      number(sigmoid(reading.sum + one.estimate) - reading.last, 3),
      one.moved === undefined ? "…" : number(one.moved, 3),
      bar((one.moved ?? 0) / widest),
      html("span", {}, see, " ", hold),
    ];
  }

  return {
    element: scroll(say("mattered.label"), sheet.element),
    draw(view, list, count) {
      const widest = Math.max(...list.map(({ moved }) => Math.abs(moved ?? 0)), 1e-9);
      const shown = list.slice(0, count);
      sheet.draw(shown.map((one) => rowOf(one, view, widest)));
      shown.forEach(({ moved }, k) => (sheet.rows[k].dataset.moved = moved ?? ""));
    },
  };
}
