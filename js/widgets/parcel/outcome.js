// Once the reader has answered: the right number, the reader and the cells on one scale, the score, and the whole row.
import say from "words:parcel";
import { html, number, put, scroll, svg } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { rootMeanSquare } from "../../numbers/parcel.js";
import { INPUTS } from "../../numbers/parcel_row.js";

export const NOTHING = Math.sqrt(1 / 3); // how far off who knows nothing is, the root of the mean square

/** -> { element, draw(now) } */
export function outcomeOf(networks) {
  const names = [
    say("who.right"),
    say("who.reader"),
    ...networks.map(({ name }) => html("bdi", {}, name)),
    say("who.nothing"),
  ];
  const scales = names.map(() => svg("svg", { class: "parcel-scale", "aria-hidden": "true" }));
  const sheet = table([null, axis(), ...["answer", "off", "score"].map((name) => say(`columns.${name}`))]);
  const score = html("p", { className: "parcel-score" });
  const whole = html("ol", { className: "parcel-row" });
  const row = html("details", {}, html("summary", {}, say("row.summary")), scroll(say("row.label"), whole));
  const element = html("div", { className: "parcel-outcome" }, sheet.element, score, row);
  let shown = ""; // the row and the answers that are shown

  return {
    element,
    draw(now) {
      const next = now.answer === null ? "" : `${now.example} ${now.lag} ${now.answer} ${now.rounds.length}`;
      element.hidden = !next;
      if (shown === next) return;
      shown = next;
      if (!next) return [sheet.draw([]), whole.replaceChildren()]; // nothing of the row before is left to be found
      const { right, answers } = now.played(now.example, now.lag);
      const said = [right, now.answer, ...answers, 0];
      const scores = scoresOf(now);
      sheet.draw(
        names.map((name, k) => {
          drawScale(scales[k], right, said[k]);
          const off = k ? number(Math.abs(said[k] - right), 2) : "";
          return [name, scales[k], number(said[k], 2), off, k ? digits(scores[k - 1]) : ""];
        }),
      );
      put(score, say("score", { n: now.rounds.length, nothing: number(NOTHING) }));
      whole.replaceChildren(...stepsOf(now.row));
    },
  };
}

const digits = (error) => (Number.isFinite(error) ? number(error) : "\u2013");

/** Over all rounds: of the reader, of each network, of who knows nothing. */
function scoresOf({ rounds, played }) {
  const all = rounds.map(({ example, lag, answer }) => ({ answer, ...played(example, lag) }));
  const networks = all[0]?.answers ?? [];
  return [
    rootMeanSquare(all.map(({ answer, right }) => answer - right)),
    ...networks.map((_, k) => rootMeanSquare(all.map(({ answers, right }) => answers[k] - right))),
    NOTHING,
  ];
}

// a scale is from -1 to 1, with room at both ends; what lies beyond is drawn at the edge, and its number says where
const percent = (value) => `${50 + 44 * Math.min(Math.max(value, -1.1), 1.1)}%`;

function axis() {
  const text = (value) => svg("text", { x: percent(value), y: 13, "text-anchor": "middle" }, number(value, 0));
  return svg("svg", { class: "parcel-axis", role: "img", "aria-label": say("columns.scale") }, ...[-1, 0, 1].map(text));
}

function drawScale(scale, right, said) {
  const line = (className, x1, x2, y1, y2) => svg("line", { class: className, x1, x2, y1, y2 });
  scale.replaceChildren(
    line("parcel-line", percent(-1), percent(1), 13, 13),
    ...[-1, 0, 1].map((value) => line("parcel-line", percent(value), percent(value), 9, 17)),
    line("parcel-right", percent(right), percent(right), 0, 26),
    line("parcel-off", percent(right), percent(said), 13, 13),
    svg("circle", { class: "parcel-said", cx: percent(said), cy: 13, r: 5 }),
  );
}

/** The row laid open, a parcel an entry. */
function stepsOf({ inputs, T, flag }) {
  return Array.from({ length: T }, (_, t) => {
    const sign = t === flag ? "flag" : t === T - 1 ? "bell" : "";
    return html("li", { "data-sign": sign }, number(inputs[INPUTS * t], 2), sign ? html("b", {}, say(sign)) : null);
  });
}
